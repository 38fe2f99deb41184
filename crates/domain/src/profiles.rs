use calendar::Date;

use crate::{DutyRules, Rules};

/// The jurisdiction whose profiles apply where another has none of its own.
pub const NATIONAL: &str = "national";

/// Every rule profile a bureau knows. No two of one jurisdiction apply on the same day, so which
/// one governed a matter never depends on their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profiles(Vec<Rules>);

rejections! {
    /// Why rule profiles are refused.
    pub enum ProfilesError {
        /// A profile ends before it begins.
        EndsBeforeItBegins { id: String, from: Date, until: Date } = "profile_ends_before_it_begins",
            "the rule profile {id} ends {until}, before it begins {from}: correct valid_from or valid_until",
            "规则 {id} 的失效日期 {until} 早于生效日期 {from}，请更正 valid_from 或 valid_until";
        /// Two profiles bear one name.
        SameId { id: String } = "profile_same_id",
            "two rule profiles are named {id}: events name the profile they were decided under, so give each an id of its own",
            "有两份规则的 id 都是 {id}：每个事件都注明所依据的规则，请为其分别命名";
        /// Two duties of one profile bear one name.
        SameRule { id: String, rule: String } = "profile_same_rule",
            "the rule profile {id} has two duties named {rule}: every duty names the rule it was raised by, so give each an id of its own",
            "规则 {id} 中有两项责任事项的 id 都是 {rule}：每项责任都注明所依据的规则，请为其分别命名";
        /// Two profiles of one jurisdiction apply on the same day.
        Overlap { one: String, other: String, on: Date } = "profiles_overlap",
            "the rule profiles {one} and {other} both apply on {on}: end one with valid_until before the other begins",
            "规则 {one} 与 {other} 在 {on} 同时有效，请用 valid_until 使前者在后者生效之前失效";
        /// No profile applies on the day of a matter.
        NoneOn { jurisdiction: String, on: Date } = "no_rules_on_that_day",
            "no rule profile of {jurisdiction} or of the nation applies on {on}: correct the date, or add the profile of that time",
            "{jurisdiction} 及全国均无适用于 {on} 的规则，请更正日期，或补充当时的规则文件";
    }
}

impl Profiles {
    /// Takes profiles that do not contradict each other.
    ///
    /// # Errors
    /// [`ProfilesError`] with the profiles that do.
    pub fn new(rules: impl IntoIterator<Item = Rules>) -> Result<Self, ProfilesError> {
        let mut rules: Vec<Rules> = rules.into_iter().collect();
        rules.sort_by(|a, b| {
            (&a.jurisdiction, a.valid_from, &a.id).cmp(&(&b.jurisdiction, b.valid_from, &b.id))
        });
        for (n, one) in rules.iter().enumerate() {
            if let Some(until) = one.valid_until.filter(|until| *until < one.valid_from) {
                return Err(ProfilesError::EndsBeforeItBegins {
                    id: one.id.clone(),
                    from: one.valid_from,
                    until,
                });
            }
            if rules.iter().skip(n + 1).any(|other| other.id == one.id) {
                return Err(ProfilesError::SameId { id: one.id.clone() });
            }
            if let Some(rule) = one.duty.as_ref().and_then(DutyRules::named_twice) {
                return Err(ProfilesError::SameRule {
                    id: one.id.clone(),
                    rule: rule.to_string(),
                });
            }
        }
        // Sorted by their first day, two that overlap overlap on the later one's first day.
        for pair in rules.windows(2) {
            if let [one, other] = pair
                && one.jurisdiction == other.jurisdiction
                && one.valid_on(other.valid_from)
            {
                return Err(ProfilesError::Overlap {
                    one: one.id.clone(),
                    other: other.id.clone(),
                    on: other.valid_from,
                });
            }
        }
        Ok(Profiles(rules))
    }

    /// The profile of this jurisdiction that applies on this day.
    pub fn at(&self, jurisdiction: &str, date: Date) -> Option<&Rules> {
        self.0
            .iter()
            .find(|rules| rules.jurisdiction == jurisdiction && rules.valid_on(date))
    }

    /// The profile that governs a matter of this jurisdiction and day: its own, or the national
    /// one where it has none for that day.
    ///
    /// # Errors
    /// [`ProfilesError::NoneOn`] if there is neither.
    pub fn governing(&self, jurisdiction: &str, date: Date) -> Result<&Rules, ProfilesError> {
        self.at(jurisdiction, date)
            .or_else(|| self.at(NATIONAL, date))
            .ok_or_else(|| ProfilesError::NoneOn {
                jurisdiction: jurisdiction.to_owned(),
                on: date,
            })
    }

    /// All of them, by jurisdiction and first day.
    pub fn iter(&self) -> impl Iterator<Item = &Rules> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled() -> Vec<Rules> {
        let parse = |(_, text)| toml::from_str(text).unwrap();
        crate::BUNDLED_RULES.into_iter().map(parse).collect()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_regime_is_that_of_the_day() {
        let profiles = Profiles::new(bundled()).unwrap();
        for (jurisdiction, date, id) in [
            ("national", "2005-04-30", None),
            ("national", "2005-05-01", Some("national-2005")),
            ("national", "2022-04-30", Some("national-2005")),
            ("national", "2022-05-01", Some("national-2022")),
            ("national", "2099-01-01", Some("national-2022")),
            ("province-30", "2022-04-30", None),
            ("province-30", "2022-05-01", Some("province-30")),
            ("elsewhere", "2022-05-01", None),
        ] {
            let found = profiles.at(jurisdiction, day(date)).map(|r| r.id.as_str());
            assert_eq!(found, id, "{jurisdiction} {date}");
        }
    }

    #[test]
    fn a_jurisdiction_without_rules_of_its_own_follows_the_national_ones() {
        let profiles = Profiles::new(bundled()).unwrap();
        for (jurisdiction, date, id) in [
            ("province-30", "2015-01-01", Some("national-2005")),
            ("province-30", "2024-01-01", Some("province-30")),
            ("elsewhere", "2024-01-01", Some("national-2022")),
            ("elsewhere", "2004-01-01", None),
        ] {
            let found = profiles.governing(jurisdiction, day(date));
            assert_eq!(
                found.ok().map(|r| r.id.as_str()),
                id,
                "{jurisdiction} {date}"
            );
        }
    }

    #[test]
    fn two_profiles_of_one_jurisdiction_do_not_overlap() {
        let mut rules = bundled();
        rules[0].valid_until = Some(day("2022-05-01"));
        let overlap = ProfilesError::Overlap {
            one: "national-2005".into(),
            other: "national-2022".into(),
            on: day("2022-05-01"),
        };
        assert_eq!(Profiles::new(rules.clone()), Err(overlap.clone()));
        rules[0].valid_until = None;
        rules.reverse();
        assert_eq!(Profiles::new(rules), Err(overlap));
    }

    #[test]
    fn a_profile_has_a_name_of_its_own_and_ends_after_it_begins() {
        let mut rules = bundled();
        rules[2].id = "national-2005".into();
        let same = ProfilesError::SameId {
            id: "national-2005".into(),
        };
        assert_eq!(Profiles::new(rules), Err(same));
        let mut rules = bundled();
        rules[0].valid_until = Some(day("2005-04-30"));
        let ends = ProfilesError::EndsBeforeItBegins {
            id: "national-2005".into(),
            from: day("2005-05-01"),
            until: day("2005-04-30"),
        };
        assert_eq!(Profiles::new(rules), Err(ends));
    }

    #[test]
    fn a_duty_has_a_name_of_its_own_in_its_profile() {
        let mut rules = bundled();
        let duty = rules[1].duty.as_mut().unwrap();
        duty.rules.push(duty.rules[3].clone());
        let same = ProfilesError::SameRule {
            id: "national-2022".into(),
            rule: "check_up_feedback".into(),
        };
        assert_eq!(Profiles::new(rules), Err(same));
    }
}
