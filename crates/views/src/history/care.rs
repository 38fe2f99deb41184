//! Stays in hospital, check-ups, duties and plans as Chinese sentences.

use domain::{
    Text,
    duty::{CancelReason, DutyDue, DutyEvent, Fulfilment},
    health::{Bed, HealthEvent, Learnt},
    plan::{Measure, PlanEvent},
};

use super::describe::sentence;
use crate::words;

pub(super) fn health(event: &HealthEvent) -> String {
    match event {
        HealthEvent::Admitted(e) => {
            sentence(format!("住院：{}", bed(&e.bed)), [known(&e.admitted)])
        }
        HealthEvent::MovedInHospital(e) => {
            sentence(format!("转院转床至{}", bed(&e.bed)), [known(&e.moved)])
        }
        HealthEvent::Discharged(e) => sentence("出院".to_owned(), [known(&e.discharged)]),
        HealthEvent::StayWithdrawn(e) => sentence(
            format!("撤销误登的第 {} 次住院", e.stay),
            [Some(format!("原因：{}", e.reason))],
        ),
        HealthEvent::CheckedUp(e) => sentence(
            format!("体检：{}", e.findings),
            [e.feedback_needed.then(|| "需一对一反馈".to_owned())],
        ),
    }
}

fn bed(bed: &Bed) -> String {
    let parts = [Some(&bed.hospital), bed.ward.as_ref(), bed.bed.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(Text::as_str).collect();
    parts.join(" ")
}

fn known(fact: &Learnt) -> Option<String> {
    let later = fact.known.date() > fact.happened.date();
    later.then(|| format!("{} 知悉", fact.known.date()))
}

pub(super) fn duty(event: &DutyEvent) -> String {
    match event {
        DutyEvent::Opened(e) => sentence(format!("责任事项：{}", e.name), [Some(due(&e.due))]),
        DutyEvent::Fulfilled(e) => format!("责任事项完成：{}", done(&e.by)),
        DutyEvent::FulfilmentWithdrawn(e) => {
            format!("责任事项重新打开：{}已撤销或更改", done(&e.by))
        }
        DutyEvent::WaiverRequested(e) => sentence(
            "申请免除责任事项".to_owned(),
            [Some(format!("原因：{}", e.reason))],
        ),
        DutyEvent::WaiverApproved(_) => "批准免除责任事项".to_owned(),
        DutyEvent::WaiverRefused(e) => sentence(
            "不同意免除责任事项".to_owned(),
            [Some(format!("原因：{}", e.reason))],
        ),
        DutyEvent::Cancelled(e) => format!("责任事项取消：{}", why(&e.why)),
        DutyEvent::Reinstated(_) => "责任事项恢复".to_owned(),
        DutyEvent::Reassigned(e) => format!("责任事项改由{}负责", e.unit),
        DutyEvent::Recomputed(e) => {
            sentence("责任事项期限重新计算".to_owned(), [Some(due(&e.due))])
        }
        DutyEvent::Warned(e) => format!("责任事项将于 {} 到期", e.due_rolled),
        DutyEvent::Missed(e) => format!("责任事项已于 {} 到期，尚未完成", e.due_rolled),
        DutyEvent::Escalated(e) => format!("责任事项逾期，提请{}处理", words::rung(e.rung)),
    }
}

fn due(due: &DutyDue) -> String {
    format!("{} 前完成", due.deadline.rolled)
}

fn done(by: &Fulfilment) -> String {
    match by {
        Fulfilment::Visit { visited, .. } => format!("{} 走访", visited.date()),
        Fulfilment::Verification { on } => format!("{on} 核实"),
        Fulfilment::Review { on } => format!("{on} 复核"),
    }
}

fn why(why: &CancelReason) -> &'static str {
    match why {
        CancelReason::Died { .. } => "本人去世",
        CancelReason::Superseded { .. } => "档案重复",
        CancelReason::TriggerWithdrawn => "起因登记有误",
    }
}

pub(super) fn plan(event: &PlanEvent) -> String {
    let because = |reason: &Text| Some(format!("原因：{reason}"));
    match event {
        PlanEvent::Adopted(e) => {
            let needs: Vec<String> = e
                .needs
                .iter()
                .map(|need| format!("{}（{}）", need.text, need.kind.zh()))
                .collect();
            let measures: Vec<String> = e.measures.iter().map(measure).collect();
            let measures = Some(measures.join("，")).filter(|measures| !measures.is_empty());
            sentence(
                format!("制定第 {} 份一人一策方案：{}", e.plan, needs.join("，")),
                [
                    measures.map(|measures| format!("措施：{measures}")),
                    Some(format!("{} 复核", e.next_review)),
                ],
            )
        }
        PlanEvent::NeedAdded(e) => {
            let kind = e.need.kind.zh();
            format!("方案增加第 {} 项需求：{}（{kind}）", e.number, e.need.text)
        }
        PlanEvent::NeedRevised(e) => {
            let kind = e.need.kind.zh();
            format!("方案第 {} 项需求改为：{}（{kind}）", e.number, e.need.text)
        }
        PlanEvent::MeasureAdded(e) => {
            format!("方案增加第 {} 项措施：{}", e.number, measure(&e.measure))
        }
        PlanEvent::MeasureRevised(e) => {
            format!("方案第 {} 项措施改为：{}", e.number, measure(&e.measure))
        }
        PlanEvent::MeasureCompleted(e) => sentence(
            format!("方案第 {} 项措施已落实", e.number),
            [e.result.as_ref().map(|result| format!("结果：{result}"))],
        ),
        PlanEvent::MeasureDropped(e) => sentence(
            format!("方案第 {} 项措施取消", e.number),
            [because(&e.reason)],
        ),
        PlanEvent::MeasureReopened(e) => sentence(
            format!("方案第 {} 项措施恢复", e.number),
            [because(&e.reason)],
        ),
        PlanEvent::Reviewed(e) => sentence(
            format!("方案复核：{}", e.findings),
            [Some(format!("下次复核 {}", e.next_review))],
        ),
        PlanEvent::ReviewWithdrawn(e) => sentence(
            format!("撤销误登的第 {} 次方案复核", e.number),
            [because(&e.reason)],
        ),
        PlanEvent::Closed(e) => sentence("方案终止".to_owned(), [because(&e.reason)]),
    }
}

fn measure(measure: &Measure) -> String {
    let (text, owner, due) = (&measure.text, &measure.owner_name, measure.due);
    format!("{text}（{owner}，{due} 前）")
}
