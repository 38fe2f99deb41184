use calendar::{Date, When};
use serde::{Deserialize, Serialize};

/// What raises duties. Each is written as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriggerKind {
    /// 住院.
    Admitted,
    /// 长期住院.
    LongStay,
    /// 出院.
    Discharged,
    /// 体检结果需反馈.
    CheckedUp,
    /// 去世.
    Died,
    /// 矛盾纠纷.
    Dispute,
    /// 生活困难.
    Hardship,
    /// 重要生日.
    Birthday,
    /// 春节.
    SpringFestival,
    /// 经常性联系.
    Contact,
    /// 档案久未核实.
    StaleRecord,
    /// 一人一策方案需复核.
    PlanReview,
}

impl TriggerKind {
    /// Every kind with its stored word and its Chinese term.
    pub const ALL: [(TriggerKind, &'static str, &'static str); 12] = [
        (TriggerKind::Admitted, "admitted", "住院"),
        (TriggerKind::LongStay, "long_stay", "长期住院"),
        (TriggerKind::Discharged, "discharged", "出院"),
        (TriggerKind::CheckedUp, "checked_up", "体检反馈"),
        (TriggerKind::Died, "died", "去世"),
        (TriggerKind::Dispute, "dispute", "矛盾纠纷"),
        (TriggerKind::Hardship, "hardship", "生活困难"),
        (TriggerKind::Birthday, "birthday", "重要生日"),
        (TriggerKind::SpringFestival, "spring_festival", "春节"),
        (TriggerKind::Contact, "contact", "经常性联系"),
        (TriggerKind::StaleRecord, "stale_record", "档案核实"),
        (TriggerKind::PlanReview, "plan_review", "计划复核"),
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        let known = TriggerKind::ALL.iter().find(|(kind, ..)| *kind == self);
        known.map_or("", |(_, word, _)| word)
    }

    /// The Chinese term.
    pub fn zh(self) -> &'static str {
        let known = TriggerKind::ALL.iter().find(|(kind, ..)| *kind == self);
        known.map_or("", |(.., zh)| zh)
    }
}

/// What raised a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// What it was.
    pub kind: TriggerKind,
    /// The day it happened or began: a visit from that day on counts.
    pub on: Date,
    /// When the bureau knew: the clock starts here, and the rules of this day govern.
    pub known: When,
    /// The last day, where that is a birthday, a feast, the end of a period or the day of a review
    /// rather than a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The age reached on a birthday.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<i16>,
}
