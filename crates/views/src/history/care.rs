//! Stays in hospital, check-ups and duties as Chinese sentences.

use domain::{
    Text,
    duty::{CancelReason, DutyDue, DutyEvent, Fulfilment},
    health::{Bed, HealthEvent, Learnt},
};

use super::{describe::sentence, words};

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
    }
}

fn why(why: &CancelReason) -> &'static str {
    match why {
        CancelReason::Died { .. } => "本人去世",
        CancelReason::Superseded { .. } => "档案重复",
        CancelReason::TriggerWithdrawn => "起因登记有误",
    }
}
