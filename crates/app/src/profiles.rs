use domain::Rules;

/// A rule profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the rule profile is refused: {0}")]
pub struct ProfileError(String);

/// The national rule profile that comes with Sangyu.
///
/// # Errors
/// [`ProfileError`] if the file does not hold a profile; a test keeps it from that.
pub fn national_rules() -> Result<Rules, ProfileError> {
    parse_rules(domain::NATIONAL_RULES)
}

/// Reads a rule profile; unknown keys are refused, with the line.
///
/// # Errors
/// [`ProfileError`] with the place and the fault.
pub fn parse_rules(text: &str) -> Result<Rules, ProfileError> {
    toml::from_str(text).map_err(|e| ProfileError(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_national_profile_is_readable_and_named() {
        assert_eq!(national_rules().unwrap().id, "national-2022");
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = parse_rules(&format!("{}\nextra = 1\n", domain::NATIONAL_RULES)).unwrap_err();
        assert!(error.to_string().contains("extra"), "{error}");
    }
}
