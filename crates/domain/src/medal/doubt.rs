use calendar::full_age;
use serde::{Deserialize, Serialize};

use crate::{
    MedalRules,
    cadre::{Person, Standing, StandingBasis},
};

/// Declares the doubts, each with its stable code and its words in both languages.
macro_rules! doubts {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $en:literal, $zh:literal;)+) => {
        /// Why nobody can say yet whether a member's standing is long enough. A document of the
        /// organisation that states its first day settles every one of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum MedalDoubt {
            $($(#[$meta])* $variant,)+
        }

        impl MedalDoubt {
            /// All of them.
            pub const ALL: &'static [MedalDoubt] = &[$(MedalDoubt::$variant),+];

            /// Stable, snake_case.
            pub fn code(self) -> &'static str {
                match self { $(MedalDoubt::$variant => $code,)+ }
            }

            /// What is open and what settles it, in English.
            pub fn en(self) -> &'static str {
                match self { $(MedalDoubt::$variant => $en,)+ }
            }

            /// The same in Chinese.
            pub fn zh(self) -> &'static str {
                match self { $(MedalDoubt::$variant => $zh,)+ }
            }
        }
    };
}

doubts! {
    /// The day of full membership is not known.
    StandingMissing = "standing_missing",
        "the day of full membership is not known: record it, or the document that states the first day of standing",
        "转正日期不详，请补录转正日期，或依据组织材料补录党龄起算日期";
    /// Admitted in the years without probation, yet a later day of full membership is given.
    ProbationContradiction = "probation_contradiction",
        "admitted in the years without probation, yet a later day of full membership is recorded: look into the file, and record the document that states the first day of standing",
        "入党时间在未实行预备期的年份，却另有较晚的转正日期，请核对档案并依据组织材料补录党龄起算日期";
    /// A break in membership is noted.
    MembershipGap = "membership_gap",
        "a break in membership is noted: record the organisation's document that states from when standing counts",
        "党籍曾有中断，请依据组织决定补录党龄起算日期";
    /// Admitted at an age at which nobody is.
    JoinedUnderAge = "joined_under_age",
        "younger than the age of admission on the recorded day of admission: one of the dates is likely wrong; correct it, or record the document that states the first day of standing",
        "按登记的出生日期，入党时未达到入党年龄，日期可能有误，请更正，或依据组织材料补录党龄起算日期";
}

/// What keeps the first day of standing open, if anything does.
pub(super) fn doubt(
    person: &Person,
    standing: &Standing,
    rules: &MedalRules,
) -> Option<MedalDoubt> {
    match standing.basis {
        StandingBasis::Document => None,
        StandingBasis::Contradiction => Some(MedalDoubt::ProbationContradiction),
        StandingBasis::Missing => Some(MedalDoubt::StandingMissing),
        StandingBasis::Gap => Some(MedalDoubt::MembershipGap),
        StandingBasis::FullMembership | StandingBasis::NoProbation => person
            .born_on
            .is_some_and(|born| full_age(born, standing.joined_on) < rules.admitted_from_age)
            .then_some(MedalDoubt::JoinedUnderAge),
    }
}
