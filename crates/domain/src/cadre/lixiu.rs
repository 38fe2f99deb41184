use calendar::Date;

use crate::LixiuRules;

/// The yearly subsidy (离休干部生活补贴) of one who joined the revolution on this day, in tenths of
/// a month of basic pay; `None` for one who joined after the last day of the rules and so is not
/// 离休.
pub fn lixiu_subsidy(rules: &LixiuRules, joined_revolution_on: Date) -> Option<u32> {
    rules
        .subsidies
        .iter()
        .find(|step| joined_revolution_on <= step.until)
        .map(|step| step.tenths_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules;

    #[test]
    fn the_earlier_one_joined_the_higher_the_subsidy() {
        for (joined, tenths) in [
            ("1935-10-19", Some(30)),
            ("1937-07-06", Some(30)),
            ("1937-07-07", Some(25)),
            ("1942-12-31", Some(25)),
            ("1943-01-01", Some(20)),
            ("1945-09-02", Some(20)),
            ("1945-09-03", Some(10)),
            ("1949-09-30", Some(10)),
            ("1949-10-01", None),
        ] {
            assert_eq!(
                lixiu_subsidy(&rules().lixiu, joined.parse().unwrap()),
                tenths,
                "{joined}"
            );
        }
    }
}
