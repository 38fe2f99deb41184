use domain::{Text, petition::PetitionEvent};

use super::{labelled, sentence};
use crate::history::words;

/// What happened to a petition, in a sentence for a person.
pub(super) fn describe(event: &PetitionEvent) -> String {
    match event {
        PetitionEvent::Registered(e) => {
            let channel = words::channel(e.petition.channel);
            format!("信访登记（{channel}）：{}", e.petition.subject)
        }
        PetitionEvent::Accepted(_) => "信访受理".to_owned(),
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
        PetitionEvent::Assigned(e) => format!("交{}办理", e.assignment.lead),
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
            [labelled("理由", Some(&e.extension.reasons))],
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
        PetitionEvent::Withdrawn(e) => sentence(
            "信访人撤回".to_owned(),
            [labelled("原因", e.reason.as_ref())],
        ),
        PetitionEvent::Reopened(e) => {
            sentence("重新办理".to_owned(), [labelled("原因", Some(&e.reason))])
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

/// The number or document that the event itself names.
pub(super) fn document(event: &PetitionEvent) -> Option<&Text> {
    match event {
        PetitionEvent::Registered(e) => e.petition.number.as_ref(),
        PetitionEvent::RoutedOnward(e) => e.document.as_ref(),
        PetitionEvent::Classified(_)
        | PetitionEvent::AccusedNamed(_)
        | PetitionEvent::DuplicateLinked(_)
        | PetitionEvent::RefusedAsFinal(_)
        | PetitionEvent::PetitionerTold(_)
        | PetitionEvent::ObjectionRaised(_)
        | PetitionEvent::ReturnAgreed(_)
        | PetitionEvent::ReturnDeclined(_)
        | PetitionEvent::Returned(_)
        | PetitionEvent::Accepted(_)
        | PetitionEvent::Assigned(_)
        | PetitionEvent::Recused(_)
        | PetitionEvent::Noted(_)
        | PetitionEvent::HearingOpened(_)
        | PetitionEvent::HearingHeld(_)
        | PetitionEvent::Mediated(_)
        | PetitionEvent::Extended(_)
        | PetitionEvent::OpinionIssued(_)
        | PetitionEvent::Replied(_)
        | PetitionEvent::Delivered(_)
        | PetitionEvent::Rated(_)
        | PetitionEvent::ExecutionFollowedUp(_)
        | PetitionEvent::ExecutionDone(_)
        | PetitionEvent::ReviewRequested(_)
        | PetitionEvent::ReviewDecided(_)
        | PetitionEvent::Supervised(_)
        | PetitionEvent::FeedbackGiven(_)
        | PetitionEvent::UrgentlyReported(_)
        | PetitionEvent::AidOffered(_)
        | PetitionEvent::Withdrawn(_)
        | PetitionEvent::Closed(_)
        | PetitionEvent::Reopened(_)
        | PetitionEvent::DeadlineRecomputed(_)
        | PetitionEvent::DeadlineWarned(_)
        | PetitionEvent::DeadlineMissed(_)
        | PetitionEvent::Escalated(_) => None,
    }
}
