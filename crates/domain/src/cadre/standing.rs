use calendar::Date;

use super::event::StandingBasis;
use crate::MedalRules;

/// Party standing (党龄).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The day of admission (入党时间): it cannot begin before.
    pub joined_on: Date,
    /// Its first day, if settled.
    pub starts_on: Option<Date>,
    /// What settles it, or why it is open.
    pub basis: StandingBasis,
}

impl Standing {
    /// What settles the first day of standing. A document of the organisation settles it, whatever
    /// else is known, and nothing else settles it after a break in membership (`gap`). Otherwise it
    /// is the day of full membership, except that those admitted in the
    /// years without probation count from admission. Neither date is ever inferred from the other:
    /// a probation can be extended, so an unknown or contradictory one leaves the question open.
    pub fn settle(
        rules: &MedalRules,
        joined_on: Date,
        full_member_on: Option<Date>,
        document: Option<Date>,
        gap: bool,
    ) -> Standing {
        let without_probation =
            (rules.no_probation_from..=rules.no_probation_until).contains(&joined_on);
        let (starts_on, basis) = match (document, full_member_on) {
            (Some(stated), _) => (Some(stated), StandingBasis::Document),
            (None, _) if gap => (None, StandingBasis::Gap),
            (None, Some(full)) if without_probation && full != joined_on => {
                (None, StandingBasis::Contradiction)
            }
            (None, _) if without_probation => (Some(joined_on), StandingBasis::NoProbation),
            (None, Some(full)) => (Some(full), StandingBasis::FullMembership),
            (None, None) => (None, StandingBasis::Missing),
        };
        Standing {
            joined_on,
            starts_on,
            basis,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules;

    #[test]
    fn what_settles_the_first_day_of_standing() {
        use StandingBasis::{Contradiction, Document, FullMembership, Missing, NoProbation};
        for (joined, full, document, starts, basis) in [
            // Before the years without probation: full membership counts.
            (
                "1966-05-05",
                Some("1967-05-05"),
                None,
                Some("1967-05-05"),
                FullMembership,
            ),
            ("1966-05-05", None, None, None, Missing),
            (
                "1969-03-31",
                Some("1970-03-31"),
                None,
                Some("1970-03-31"),
                FullMembership,
            ),
            ("1969-03-31", None, None, None, Missing),
            // In them: admission counts.
            ("1969-04-01", None, None, Some("1969-04-01"), NoProbation),
            (
                "1976-07-01",
                Some("1976-07-01"),
                None,
                Some("1976-07-01"),
                NoProbation,
            ),
            ("1977-08-11", None, None, Some("1977-08-11"), NoProbation),
            // In them, and yet a probation: someone must look at the file.
            ("1972-05-20", Some("1973-05-20"), None, None, Contradiction),
            // After them.
            (
                "1977-08-12",
                Some("1978-08-12"),
                None,
                Some("1978-08-12"),
                FullMembership,
            ),
            ("1977-08-12", None, None, None, Missing),
            // Recalled at once, without probation, outside those years: still full membership.
            (
                "1980-01-01",
                Some("1980-01-01"),
                None,
                Some("1980-01-01"),
                FullMembership,
            ),
            // A document settles every case.
            (
                "1972-05-20",
                Some("1973-05-20"),
                Some("1972-05-20"),
                Some("1972-05-20"),
                Document,
            ),
            (
                "1966-05-05",
                None,
                Some("1971-01-01"),
                Some("1971-01-01"),
                Document,
            ),
        ] {
            let date = |text: &str| text.parse::<Date>().unwrap();
            assert_eq!(
                Standing::settle(
                    &rules().medal,
                    date(joined),
                    full.map(date),
                    document.map(date),
                    false
                ),
                Standing {
                    joined_on: date(joined),
                    starts_on: starts.map(date),
                    basis
                },
                "{joined} {full:?} {document:?}"
            );
        }
    }

    #[test]
    fn after_a_break_in_membership_only_a_document_settles_it() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (joined, full) in [("1966-05-05", Some("1967-05-05")), ("1972-05-20", None)] {
            for document in [None, Some("1980-03-01")] {
                let standing = Standing::settle(
                    &rules().medal,
                    date(joined),
                    full.map(date),
                    document.map(date),
                    true,
                );
                let expected = match document {
                    None => (None, StandingBasis::Gap),
                    Some(stated) => (Some(date(stated)), StandingBasis::Document),
                };
                assert_eq!((standing.starts_on, standing.basis), expected);
            }
        }
    }
}
