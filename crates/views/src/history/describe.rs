//! Each event as a Chinese sentence.

use domain::{
    AnyEvent, Fen, Text,
    cadre::{CadreEvent, Retirement},
    fund::{FundEvent, FundId},
    hardship::HardshipEvent,
    identity::IdentityEvent,
    medal::MedalEvent,
    payment_batch::{PaymentBatchEvent, PaymentList},
    petition::{ClockName, Due, PetitionEvent},
    petition_access::PetitionAccessEvent,
    round::RoundEvent,
    visit::{Visit, VisitEvent, Visitor},
};

use super::care;
use crate::words;

/// What happened, in a sentence for a person.
pub fn describe(event: &AnyEvent) -> String {
    match event {
        AnyEvent::Cadre(event) => cadre(event),
        AnyEvent::Visit(event) => visit(event),
        AnyEvent::Fund(event) => fund(event),
        AnyEvent::Hardship(event) => hardship(event),
        AnyEvent::PaymentBatch(event) => payment_batch(event),
        AnyEvent::Medal(event) => medal(event),
        AnyEvent::Petition(event) => petition(event),
        AnyEvent::PetitionAccess(PetitionAccessEvent::Attempted(_)) => {
            "试图查阅无权查阅的信访件".to_owned()
        }
        AnyEvent::Round(event) => round(event),
        AnyEvent::Health(event) => care::health(event),
        AnyEvent::Duty(event) => care::duty(event),
        AnyEvent::Plan(event) => care::plan(event),
        AnyEvent::Identity(event) => match event {
            IdentityEvent::Claimed(_) => "身份证号登记".to_owned(),
            IdentityEvent::Released(_) => "身份证号释放".to_owned(),
        },
    }
}

fn cadre(event: &CadreEvent) -> String {
    match event {
        CadreEvent::Registered(e) => {
            let status = e.retirement.as_ref().map(retirement);
            sentence(format!("建档，由{}管理", e.unit), [status])
        }
        CadreEvent::Amended(e) => {
            let changes: Vec<String> = e.changes.iter().map(words::field).collect();
            sentence(
                format!("信息变更：{}", changes.join("，")),
                [labelled("原因", Some(&e.reason))],
            )
        }
        CadreEvent::RetirementRecorded(e) => format!("登记{}", retirement(&e.retirement)),
        CadreEvent::PartyStandingRecorded(e) => sentence(
            format!("登记党龄：{} 入党", e.joined_on),
            [
                e.full_member_on.map(|d| format!("{d} 转正")),
                Some(match e.standing_starts_on {
                    Some(day) => format!("党龄自 {day} 起算（{}）", words::basis(e.basis)),
                    None => format!("党龄起算日{}", words::basis(e.basis)),
                }),
                labelled("依据", Some(&e.evidence)),
            ],
        ),
        CadreEvent::TreatmentGranted(e) => {
            let until = e.until.map(|d| format!(" 至 {d}")).unwrap_or_default();
            sentence(
                format!("享受{}，自 {} 起{until}", e.treatment, e.from),
                [Some(format!(
                    "批准文号：{}（{}）",
                    e.approval.number, e.approval.on
                ))],
            )
        }
        CadreEvent::TreatmentEnded(e) => sentence(
            format!("{}至 {} 止", e.treatment, e.until),
            [labelled("原因", Some(&e.reason))],
        ),
        CadreEvent::LivingRecorded(e) => sentence(
            format!("居住情况：{}", words::living(&e.living)),
            [e.mobility
                .map(|m| format!("行动能力：{}", words::mobility(m)))],
        ),
        CadreEvent::TransferRequested(e) => sentence(
            format!("由{}申请转至{}", e.from, e.to),
            [labelled("原因", Some(&e.reason))],
        ),
        CadreEvent::TransferAccepted(e) => format!("{}已接收，自{}转入", e.to, e.from),
        CadreEvent::TransferRejected(e) => sentence(
            format!("{}未接收", e.to),
            [labelled("原因", Some(&e.reason))],
        ),
        CadreEvent::ContactAssigned(e) => format!("自 {} 起联系人为{}", e.from, e.name),
        CadreEvent::ContactHandedOver(e) => sentence(
            format!("自 {} 起联系人改为{}", e.from, e.name),
            [labelled("原因", Some(&e.reason))],
        ),
        CadreEvent::DeathRecorded(e) => format!("{} 去世", e.died_on),
        CadreEvent::DeathWithdrawn(e) => sentence(
            "撤销误登的去世记录".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
        CadreEvent::SurvivorRecorded(e) => {
            format!("登记遗属：{}（{}）", e.survivor.name, e.survivor.relation)
        }
        CadreEvent::DisputeReported(e) => format!("矛盾纠纷：{}", e.matter),
        CadreEvent::RecordVerified(e) => sentence(
            format!("{} 核实档案", e.on),
            [labelled("依据", Some(&e.evidence))],
        ),
        CadreEvent::DuplicateDecided(e) => sentence(
            format!("查重认定：{}", words::duplicate(e.decision)),
            [
                Some(format!("另一档案 {}", e.other)),
                labelled("依据", Some(&e.reason)),
            ],
        ),
    }
}

fn retirement(retirement: &Retirement) -> String {
    match retirement {
        Retirement::Lixiu {
            joined_revolution_on,
            approval: Some(approval),
        } => format!(
            "离休，{joined_revolution_on} 参加革命，批准文号：{}（{}）",
            approval.number, approval.on
        ),
        Retirement::Lixiu {
            joined_revolution_on,
            approval: None,
        } => format!("离休，{joined_revolution_on} 参加革命，缺批准文号"),
        Retirement::Tuixiu => "退休".to_owned(),
    }
}

fn visit(event: &VisitEvent) -> String {
    match event {
        VisitEvent::Recorded(e) => {
            let late = e.days_late.map(|days| format!("补记，晚 {days} 天"));
            sentence(of_visit(&e.visit), [late])
        }
        VisitEvent::Corrected(e) => sentence(
            format!("更正{}", of_visit(&e.visit)),
            [labelled("更正原因", Some(&e.reason))],
        ),
        VisitEvent::Withdrawn(e) => sentence(
            "撤销走访记录".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
    }
}

fn of_visit(visit: &Visit) -> String {
    let money = Some(visit.money).filter(|m| *m > Fen::ZERO);
    let mut given = String::new();
    if let Some(money) = money {
        given.push_str(&format!("，慰问金 {money} 元"));
    }
    if let Some(goods) = &visit.goods {
        given.push_str(&format!("，慰问品：{goods}"));
    }
    let visitors: Vec<String> = visit.visitors.iter().map(visitor).collect();
    sentence(
        format!(
            "走访（{}）：{}{given}",
            words::mode(visit.mode),
            words::purpose(&visit.purpose)
        ),
        [
            Some(format!("走访人：{}", visitors.join("、"))).filter(|_| !visitors.is_empty()),
            labelled("地点", visit.place.as_ref()),
            labelled("了解到", visit.findings.as_ref()),
            labelled("需要", visit.needs.as_ref()),
        ],
    )
}

fn visitor(visitor: &Visitor) -> String {
    let known = [&visitor.unit, &visitor.post, &visitor.rank];
    let known: Vec<&str> = known.into_iter().flatten().map(Text::as_str).collect();
    if known.is_empty() {
        visitor.name.to_string()
    } else {
        format!("{}（{}）", visitor.name, known.join(" "))
    }
}

fn hardship(event: &HardshipEvent) -> String {
    match event {
        HardshipEvent::Opened(e) => sentence(
            format!("困难帮扶立案：{}", e.ground.zh()),
            [
                e.recipient
                    .as_ref()
                    .map(|r| format!("受助遗属：{}（{}）", r.name, r.relation)),
                labelled("情况", e.situation.as_ref()),
                e.known.map(|known| format!("知悉时间：{}", known.date())),
            ],
        ),
        HardshipEvent::Assessed(e) => sentence(
            format!("困难评估：建议帮扶 {} 元", e.recommended),
            [labelled("评估意见", Some(&e.finding))],
        ),
        HardshipEvent::Approved(e) => sentence(
            format!("批准帮扶 {} 元", e.amount),
            [e.reserved
                .as_ref()
                .map(|r| format!("资金：{}", fund_name(&r.fund)))],
        ),
        HardshipEvent::ApprovalLapsed(e) => sentence(
            "帮扶审批未能完成".to_owned(),
            [Some(format!("额度退回：{}", fund_name(&e.reserved.fund)))],
        ),
        HardshipEvent::RestReleased(e) => sentence(
            format!("未发放的 {} 元退回资金", e.amount),
            [Some(format!("资金：{}", fund_name(&e.reserved.fund)))],
        ),
        HardshipEvent::Declined(e) => {
            sentence("未批准帮扶".to_owned(), [labelled("原因", Some(&e.reason))])
        }
        HardshipEvent::Disbursed(e) => format!("发放帮扶金 {} 元", e.amount),
        HardshipEvent::LineStruck(e) => sentence(
            "从发放名单中划去".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
        HardshipEvent::Reversed(e) => sentence(
            format!("冲销帮扶金 {} 元", e.amount),
            [labelled("原因", Some(&e.reason))],
        ),
        HardshipEvent::FollowedUp(e) => format!("帮扶回访：{}", e.findings),
        HardshipEvent::Closed(e) => sentence(
            "困难帮扶结案".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
        HardshipEvent::Reopened(e) => sentence(
            "困难帮扶重新立案".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
        HardshipEvent::PaymentTakenOver(e) => sentence(
            format!("由 {} 年台账转入帮扶金 {} 元", e.year, e.amount),
            [labelled("备注", e.remark.as_ref())],
        ),
    }
}

fn fund_name(fund: &FundId) -> String {
    format!("{} {} 年{}", fund.unit, fund.year, fund.source.as_str())
}

fn fund(event: &FundEvent) -> String {
    match event {
        FundEvent::BudgetSet(e) => {
            format!("{}预算定为 {} 元", fund_name(&e.fund), e.amount)
        }
        FundEvent::Reserved(e) => format!("审批占用额度 {} 元", e.amount),
        FundEvent::Released(e) => format!("释放额度 {} 元", e.amount),
        FundEvent::Spent(e) => format!("支出 {} 元", e.amount),
        FundEvent::SpendingReversed(e) => format!("冲销支出 {} 元", e.amount),
        FundEvent::CarriedOut(e) => format!("结转 {} 元至 {} 年", e.amount, e.to.year),
        FundEvent::CarriedIn(e) => format!("上年结转 {} 元转入", e.amount),
        FundEvent::Closed(e) => {
            sentence("年度关账".to_owned(), [labelled("依据", Some(&e.reason))])
        }
    }
}

fn payment_batch(event: &PaymentBatchEvent) -> String {
    let lines = |list: &PaymentList| format!("“{}”，{} 行", list.title, list.lines.len());
    match event {
        PaymentBatchEvent::Drafted(e) => format!("拟定发放名单{}", lines(&e.list)),
        PaymentBatchEvent::Revised(e) => format!("修改发放名单{}", lines(&e.list)),
        PaymentBatchEvent::Approved(_) => "审批发放名单".to_owned(),
        PaymentBatchEvent::Discarded(e) => sentence(
            "发放名单作废".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
    }
}

fn round(event: &RoundEvent) -> String {
    match event {
        RoundEvent::Planned(e) => {
            let plan = &e.plan;
            format!(
                "制定走访方案“{}”，{} 至 {}",
                plan.title, plan.from, plan.until
            )
        }
        RoundEvent::Started(e) => format!("启动走访，应走访 {} 人", e.eligible),
        RoundEvent::AudienceFrozen(e) => format!("确定走访名单 {} 人", e.people.len()),
        RoundEvent::Assigned(e) => format!("分派 {} 人给{}", e.people.len(), e.name),
        RoundEvent::Excused(e) => format!("一人未能走访：{}", words::excuse(e.ground)),
        RoundEvent::ExcuseWithdrawn(_) => "一人恢复走访".to_owned(),
        RoundEvent::LateArrivalsListed(e) => format!("后来符合条件 {} 人，另列", e.people.len()),
        RoundEvent::Closed(_) => "走访办结".to_owned(),
        RoundEvent::Cancelled(e) => {
            sentence("取消走访".to_owned(), [labelled("原因", Some(&e.reason))])
        }
    }
}

fn medal(event: &MedalEvent) -> String {
    const MEDAL: &str = "“光荣在党50年”纪念章";
    match event {
        MedalEvent::Nominated(e) => format!(
            "推荐颁发 {} 年{MEDAL}，党龄自 {} 起算",
            e.year, e.standing_starts_on
        ),
        MedalEvent::Attested(e) => format!("{}审核{MEDAL}：{}", e.branch, e.statement),
        MedalEvent::Approved(_) => format!("批准颁发{MEDAL}"),
        MedalEvent::Declined(e) => sentence(
            format!("未同意颁发{MEDAL}"),
            [labelled("原因", Some(&e.reason))],
        ),
        MedalEvent::Awarded(e) => sentence(
            format!("颁发 {} 年{MEDAL}", e.year),
            [labelled("编号", e.number.as_ref())],
        ),
        MedalEvent::Presented(e) => {
            let whom = if e.to_family { "家属" } else { "本人" };
            format!("{MEDAL}由{}送达{whom}", e.by)
        }
        MedalEvent::DecidedAfterDeath(e) => format!(
            "本人去世后{MEDAL}的处理：{}，由{}决定",
            words::after_death(e.decision),
            e.approval.by
        ),
        MedalEvent::Replaced(e) => sentence(
            format!("补发{MEDAL}，由{}批准", e.approval.by),
            [labelled("原因", Some(&e.reason))],
        ),
        MedalEvent::Revoked(e) => sentence(
            format!("收回{MEDAL}，由{}批准", e.approval.by),
            [labelled("原因", Some(&e.reason))],
        ),
    }
}

fn petition(event: &PetitionEvent) -> String {
    match event {
        PetitionEvent::Registered(e) => {
            let channel = words::channel(e.petition.channel);
            format!("信访登记（{channel}）：{}", e.petition.subject)
        }
        PetitionEvent::Accepted(e) => sentence("信访受理".to_owned(), [handling_until(&e.dues)]),
        PetitionEvent::Replied(e) => format!("信访答复：{}", e.text),
        PetitionEvent::Closed(e) => match &e.exemption {
            None => "信访办结".to_owned(),
            Some(exemption) => format!("信访办结：{}", words::exemption(exemption.ground)),
        },
        PetitionEvent::Classified(e) => sentence(
            format!("信访分类：{}", words::category(e.category)),
            [labelled("原因", e.reason.as_ref())],
        ),
        PetitionEvent::AccusedNamed(_) => "登记被检举控告对象（密）".to_owned(),
        PetitionEvent::DuplicateLinked(e) => format!("重复信访，关联至 {}", e.first),
        PetitionEvent::RefusedAsFinal(e) => format!("不再受理：{} 已复核终结", e.reviewed),
        PetitionEvent::RoutedOnward(e) => format!("转送{}", e.to),
        PetitionEvent::PetitionerTold(e) => sentence(
            format!("告知信访人（{}）", words::means(e.notice.means)),
            [Some(words::notice(&e.notice.content))],
        ),
        PetitionEvent::ObjectionRaised(e) => sentence(
            "向转送单位提出异议".to_owned(),
            [labelled("理由", Some(&e.reasons))],
        ),
        PetitionEvent::ReturnAgreed(_) => "转送单位同意退回".to_owned(),
        PetitionEvent::ReturnDeclined(e) => sentence(
            "转送单位不同意退回".to_owned(),
            [labelled("原因", Some(&e.reason))],
        ),
        PetitionEvent::Returned(_) => "退回转送单位".to_owned(),
        PetitionEvent::Assigned(e) => {
            let supporting: Vec<&str> = e
                .assignment
                .supporting
                .iter()
                .map(|u| u.0.as_str())
                .collect();
            sentence(
                format!("交{}办理", e.assignment.lead),
                [
                    Some(format!("协办单位：{}", supporting.join("、")))
                        .filter(|_| !supporting.is_empty()),
                    Some(format!("承办人：{}", e.assignment.handler.0)),
                ],
            )
        }
        PetitionEvent::Recused(e) => sentence(
            "工作人员回避".to_owned(),
            [labelled("原因", Some(&e.interest))],
        ),
        PetitionEvent::Noted(e) => format!("调查核实：{}", e.text),
        PetitionEvent::HearingOpened(_) => "启动听证".to_owned(),
        PetitionEvent::HearingHeld(e) => format!("听证结束：{}", e.record),
        PetitionEvent::Mediated(e) => format!("达成调解：{}", e.agreement),
        PetitionEvent::Extended(e) => sentence(
            format!("延期 {} 日办理", e.extension.days),
            [
                handling_until(&e.dues),
                labelled("理由", Some(&e.extension.reasons)),
            ],
        ),
        PetitionEvent::OpinionIssued(e) => format!(
            "出具处理意见（{}）：{}",
            words::outcome(e.opinion.outcome),
            e.opinion.decision
        ),
        PetitionEvent::Delivered(e) => {
            format!("送达{}", words::petition_document(e.document))
        }
        PetitionEvent::Rated(e) => format!("信访人评价：{}", words::rating(e.rating)),
        PetitionEvent::ExecutionFollowedUp(e) => format!("跟踪执行情况：{}", e.findings),
        PetitionEvent::ExecutionDone(e) => format!("执行到位：{}", e.evidence),
        PetitionEvent::ReviewRequested(e) => sentence(
            format!(
                "向{}请求{}",
                e.request.reviewer,
                words::level(e.request.level)
            ),
            [labelled("理由", Some(&e.request.reasons))],
        ),
        PetitionEvent::ReviewDecided(e) => format!(
            "{}意见（{}）：{}",
            words::level(e.decision.level),
            words::review_result(e.decision.result),
            e.decision.text
        ),
        PetitionEvent::Supervised(e) => sentence(
            format!("督办：{}", words::supervision(e.ground)),
            [labelled("建议", Some(&e.recommendation))],
        ),
        PetitionEvent::FeedbackGiven(e) => format!("督办反馈：{}", e.feedback),
        PetitionEvent::UrgentlyReported(e) => format!("紧急报告{}：{}", e.to, e.matter),
        PetitionEvent::AidOffered(_) => "转入困难帮扶".to_owned(),
        PetitionEvent::DocumentAttached(e) => {
            format!("添加附件：{}", words::document_kind(e.document.kind))
        }
        PetitionEvent::DocumentWithdrawn(e) => {
            sentence("撤下附件".to_owned(), [labelled("原因", Some(&e.reason))])
        }
        PetitionEvent::Withdrawn(e) => sentence(
            "信访人撤回".to_owned(),
            [labelled("原因", e.reason.as_ref())],
        ),
        PetitionEvent::Reopened(e) => {
            let reason = labelled("原因", Some(&e.reason));
            sentence("重新办理".to_owned(), [handling_until(&e.dues), reason])
        }
        PetitionEvent::DeadlineRecomputed(e) => format!(
            "{}期限按日历 {} 重算：{}",
            words::clock(e.due.clock),
            e.due.deadline.calendar,
            e.due.deadline.rolled
        ),
        PetitionEvent::DeadlineWarned(e) => {
            format!("{}期限临近：{} 届满", words::clock(e.clock), e.due_rolled)
        }
        PetitionEvent::DeadlineMissed(e) => format!(
            "{}超期：应于 {} 前完成",
            words::clock(e.clock),
            e.due_rolled
        ),
        PetitionEvent::Escalated(e) => {
            format!("{}超期，提醒{}", words::clock(e.clock), words::rung(e.rung))
        }
    }
}

/// By when it is to be answered, if this event says so.
fn handling_until(dues: &[Due]) -> Option<String> {
    let due = dues.iter().find(|due| due.clock == ClockName::Handle)?;
    Some(format!("应于 {} 前答复", due.deadline.rolled))
}

fn labelled(label: &str, text: Option<&Text>) -> Option<String> {
    text.map(|text| format!("{label}：{text}"))
}

/// The head and whatever is known besides, in one sentence.
pub(super) fn sentence<const N: usize>(head: String, rest: [Option<String>; N]) -> String {
    rest.into_iter().flatten().fold(head, |mut sentence, part| {
        sentence.push('；');
        sentence.push_str(&part);
        sentence
    })
}
