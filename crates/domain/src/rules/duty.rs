use std::collections::BTreeSet;

use calendar::{Date, Term};
use serde::{Deserialize, Serialize};

use super::LadderRules;
use crate::{
    Text,
    duty::{RuleId, TriggerKind},
    visit::{Mode, Purpose},
};

/// Who must be looked after when (责任事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRules {
    /// The first day on which a trigger raises a duty: what was known before, such as what is copied
    /// from old ledgers, raises none.
    pub since: Date,
    /// Whom an overdue duty climbs to, and when.
    pub ladder: LadderRules,
    /// Each kind of duty.
    pub rules: Vec<DutyRule>,
}

impl DutyRules {
    /// The rule with this id.
    pub fn rule(&self, id: &RuleId) -> Option<&DutyRule> {
        self.rules.iter().find(|rule| rule.id == *id)
    }

    /// The first id that a second rule bears, too.
    pub(crate) fn named_twice(&self) -> Option<&RuleId> {
        let mut known = BTreeSet::new();
        let mut ids = self.rules.iter().map(|rule| &rule.id);
        ids.find(|id| !known.insert(*id))
    }
}

/// One kind of duty: what raises it, for whom, for how long it runs, and what closes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRule {
    /// Names it in the id of every duty; one that is changed keeps its id.
    pub id: RuleId,
    /// What people call it, such as 住院必访.
    pub name: Text,
    /// What raises it, and how long it runs.
    pub trigger: TriggerRule,
    /// Whom it is for: whoever is in one of these classes; everyone if there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Class>,
    /// A warning is given so many calendar days before the raw last day.
    pub warn_days_before: u32,
    /// What closes it.
    pub closed_by: ClosedBy,
    /// The document it rests on.
    pub rule: String,
}

/// What raises a duty. A term runs from the day on which the bureau knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TriggerRule {
    /// 住院.
    Admitted {
        /// How long it runs.
        term: Term,
    },
    /// 长期住院: again whenever so many months of a stay are over.
    LongStay {
        /// Every so many months.
        every_months: u32,
        /// How long it runs.
        term: Term,
    },
    /// 出院.
    Discharged {
        /// How long it runs.
        term: Term,
    },
    /// 体检结果需反馈.
    CheckedUp {
        /// How long it runs.
        term: Term,
    },
    /// 去世.
    Died {
        /// How long it runs.
        term: Term,
    },
    /// 矛盾纠纷.
    Dispute {
        /// How long it runs.
        term: Term,
    },
    /// 生活困难: a hardship case was opened.
    Hardship {
        /// How long it runs.
        term: Term,
    },
    /// 重要生日: at the profile's named ages; due on the birthday itself.
    Birthday {
        /// Opened so many calendar days before.
        days_before: u32,
    },
    /// 春节: due on the day itself.
    SpringFestival {
        /// Opened so many calendar days before.
        days_before: u32,
    },
    /// 经常性联系: once in every period, due on its last day.
    Contact {
        /// Which periods.
        every: Every,
        /// Whoever comes into the audience with fewer calendar days left starts with the next one.
        newcomers_need_days: u32,
    },
    /// 档案久未核实.
    StaleRecord {
        /// Raised when so many calendar days have passed since the record was entered or verified.
        after_days: u32,
        /// How long it runs.
        term: Term,
    },
    /// 计划复核: the day of the next review of the plan for the person; due on that day.
    PlanReview {
        /// Opened so many calendar days before.
        days_before: u32,
    },
}

impl TriggerRule {
    /// What raises it.
    pub fn kind(&self) -> TriggerKind {
        match self {
            TriggerRule::Admitted { .. } => TriggerKind::Admitted,
            TriggerRule::LongStay { .. } => TriggerKind::LongStay,
            TriggerRule::Discharged { .. } => TriggerKind::Discharged,
            TriggerRule::CheckedUp { .. } => TriggerKind::CheckedUp,
            TriggerRule::Died { .. } => TriggerKind::Died,
            TriggerRule::Dispute { .. } => TriggerKind::Dispute,
            TriggerRule::Hardship { .. } => TriggerKind::Hardship,
            TriggerRule::Birthday { .. } => TriggerKind::Birthday,
            TriggerRule::SpringFestival { .. } => TriggerKind::SpringFestival,
            TriggerRule::Contact { .. } => TriggerKind::Contact,
            TriggerRule::StaleRecord { .. } => TriggerKind::StaleRecord,
            TriggerRule::PlanReview { .. } => TriggerKind::PlanReview,
        }
    }

    /// How long it runs from the day the bureau knew; nothing where the last day is the birthday,
    /// the feast, the end of the period or the review itself.
    pub fn term(&self) -> Option<Term> {
        match self {
            TriggerRule::Admitted { term }
            | TriggerRule::LongStay { term, .. }
            | TriggerRule::Discharged { term }
            | TriggerRule::CheckedUp { term }
            | TriggerRule::Died { term }
            | TriggerRule::Dispute { term }
            | TriggerRule::Hardship { term }
            | TriggerRule::StaleRecord { term, .. } => Some(*term),
            TriggerRule::Birthday { .. }
            | TriggerRule::SpringFestival { .. }
            | TriggerRule::Contact { .. }
            | TriggerRule::PlanReview { .. } => None,
        }
    }
}

/// A class of people that a duty is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 离休.
    Lixiu,
    /// Of this 周岁 or older.
    Aged(i16),
    /// 独居.
    LivingAlone,
    /// 不能自理.
    UnableToCareForSelf,
}

/// A period of regular contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// 每月.
    Month,
    /// 每季度.
    Quarter,
    /// 每年.
    Year,
}

/// What closes a duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    /// A visit that matches.
    Visit(VisitMatch),
    /// A verification of the record.
    Verification,
    /// A review of the plan for the person.
    Review,
}

/// Which visits match: an empty list leaves the choice free.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VisitMatch {
    /// For one of these purposes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// In one of these ways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<Mode>,
}

impl VisitMatch {
    /// Whether a visit for this purpose and in this way matches.
    pub fn admits(&self, purpose: &Purpose, mode: Mode) -> bool {
        (self.purposes.is_empty() || self.purposes.contains(purpose))
            && (self.modes.is_empty() || self.modes.contains(&mode))
    }
}
