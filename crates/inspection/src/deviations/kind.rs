use serde::{Deserialize, Serialize};

/// Declares the kinds, the gravest first, each with its stable code, its words in both languages, and
/// the rule that it breaks.
macro_rules! kinds {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $en:literal, $zh:literal, $rule:literal;)+) => {
        /// What was not done by the book. In the order of gravity, the gravest first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum DeviationKind {
            $($(#[$meta])* $variant,)+
        }

        impl DeviationKind {
            /// All of them, the gravest first.
            pub const ALL: &'static [DeviationKind] = &[$(DeviationKind::$variant),+];

            /// Stable, snake_case.
            pub fn code(self) -> &'static str {
                match self { $(DeviationKind::$variant => $code,)+ }
            }

            /// What it is, in English.
            pub fn en(self) -> &'static str {
                match self { $(DeviationKind::$variant => $en,)+ }
            }

            /// The same in Chinese.
            pub fn zh(self) -> &'static str {
                match self { $(DeviationKind::$variant => $zh,)+ }
            }

            /// The rule that it breaks, where the profile names none of its own.
            pub fn rule(self) -> &'static str {
                match self { $(DeviationKind::$variant => $rule,)+ }
            }
        }
    };
}

kinds! {
    /// More was set aside than the budget holds, or more was spent than was set aside.
    FundOverrun = "fund_overrun", "more money than there was", "资金超支",
        "支出不超过批准额，批准额不超过预算";
    /// One person assessed and approved, attested and approved, or approved and paid.
    DutiesNotSeparate = "duties_not_separate", "one person in two offices", "职责未分离",
        "评估、审批、发放由不同的人承担";
    /// A medal went to someone who had died by the cut-off.
    MedalToTheDead = "medal_to_the_dead", "a medal for someone who had died", "向已去世者颁发纪念章",
        "纪念章颁发给截止日健在的党员";
    /// A medal went to someone whose standing does not reach, or is open.
    MedalIneligible = "medal_ineligible", "a medal without the standing for it", "不符合颁发条件",
        "党龄于当年7月1日达到规定年限";
    /// Nobody answered, and the last day has passed.
    PetitionNotAnswered = "petition_not_answered", "a petition that was not answered", "逾期未答复", "";
    /// Answered after the last day.
    PetitionAnsweredLate = "petition_answered_late", "a petition that was answered late", "逾期答复", "";
    /// The petitioner was not told, and the last day has passed.
    PetitionNotTold = "petition_not_told", "a petitioner who was not told", "逾期未告知", "";
    /// The petitioner was told after the last day.
    PetitionToldLate = "petition_told_late", "a petitioner who was told late", "逾期告知", "";
    /// A review or final review was not decided, and the last day has passed.
    ReviewNotDecided = "review_not_decided", "a review that was not decided", "复查复核逾期未决定", "";
    /// A review or final review was decided after the last day.
    ReviewDecidedLate = "review_decided_late", "a review that was decided late", "复查复核逾期决定", "";
    /// Prolonged by more days than there may be.
    ExtensionTooLong = "extension_too_long", "an extension beyond the limit", "延期超过上限", "";
    /// Prolonged when the last day had passed.
    ExtensionAfterDue = "extension_after_due", "an extension after the last day", "期满后才批准延期", "";
    /// A visit that does not match closed a duty.
    DutyClosedByOther = "duty_closed_by_other", "a duty closed by a visit that does not match",
        "以不符合要求的走访办结责任", "责任只能由相符的走访或批准的免除办结";
    /// A duty was not done, and its last day has passed.
    DutyNotDone = "duty_not_done", "a duty that was not done", "责任逾期未办", "";
    /// A duty was done after its last day.
    DutyDoneLate = "duty_done_late", "a duty that was done late", "责任逾期办结", "";
    /// A visit was on record before what it answers to was known.
    VisitBeforeTrigger = "visit_before_trigger", "a visit recorded before its cause was known",
        "走访记录早于获知事由", "先获知事由，后记录走访";
    /// A fact was recorded long after it happened.
    RecordedLate = "recorded_late", "a fact recorded long afterwards", "补录过迟", "及时记录";
}
