use crate::{
    ProfilesError, cadre::CadreRejection, duty::DutyRejection, fund::FundRejection,
    hardship::HardshipRejection, health::HealthRejection, identity::IdentityRejection,
    medal::MedalRejection, payment_batch::PaymentBatchRejection, petition::PetitionRejection,
    plan::PlanRejection, round::RoundRejection, visit::VisitRejection,
};

/// Every code a rule refuses with, in alphabetical order and once each: the code, and the templates
/// of its English and Chinese text. `docs/errors.md` is written from it.
pub fn all_codes() -> Vec<(&'static str, &'static str, &'static str)> {
    let mut codes = [
        CadreRejection::CODES,
        DutyRejection::CODES,
        FundRejection::CODES,
        HardshipRejection::CODES,
        HealthRejection::CODES,
        IdentityRejection::CODES,
        MedalRejection::CODES,
        PaymentBatchRejection::CODES,
        PetitionRejection::CODES,
        PlanRejection::CODES,
        ProfilesError::CODES,
        RoundRejection::CODES,
        VisitRejection::CODES,
    ]
    .concat();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_code_means_one_thing_wherever_it_is_given() {
        for pair in all_codes().windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{pair:#?}");
        }
    }

    #[test]
    fn a_code_is_in_snake_case() {
        for (code, ..) in all_codes() {
            let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            assert!(plain && !code.is_empty(), "{code}");
        }
    }

    #[test]
    fn both_languages_tell_the_same_data() {
        for (code, en, zh) in all_codes() {
            assert_eq!(placeholders(en), placeholders(zh), "{code}");
        }
    }

    fn placeholders(template: &str) -> BTreeSet<&str> {
        template
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }
}
