use std::{fs, path::Path};

use calendar::Date;
use domain::{BUNDLED_RULES, NATIONAL, Profiles, ProfilesError, Rules};

/// The rules a bureau follows: every profile it knows, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulebook {
    profiles: Profiles,
    jurisdiction: String,
}

/// Why rule profiles cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// A file does not hold a profile; the text tells the line.
    #[error("the rule profile {file} is refused: {fault}")]
    File {
        /// Its name.
        file: String,
        /// Where and what the fault is.
        fault: Box<toml::de::Error>,
    },
    /// The profiles contradict each other.
    #[error(transparent)]
    Profiles(#[from] ProfilesError),
    /// No profile is of the bureau's jurisdiction: its name is most likely mistyped.
    #[error("no rule profile is of the jurisdiction {0}: correct its name, or add its profile")]
    NoSuchJurisdiction(String),
    /// A file cannot be read.
    #[error("the rule profiles cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl Rulebook {
    /// The profiles of these files, each a name and its text, beside those that come with Sangyu.
    /// A profile with the id of one of those takes its place. Unknown keys are refused.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn new<'a>(
        jurisdiction: &str,
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ProfileError> {
        let mut rules = Vec::new();
        for (file, text) in files {
            rules.push(parse(file, text)?);
        }
        for (file, text) in BUNDLED_RULES {
            let bundled = parse(file, text)?;
            if rules.iter().all(|own| own.id != bundled.id) {
                rules.push(bundled);
            }
        }
        if rules.iter().all(|r| r.jurisdiction != jurisdiction) {
            return Err(ProfileError::NoSuchJurisdiction(jurisdiction.to_owned()));
        }
        Ok(Rulebook {
            profiles: Profiles::new(rules)?,
            jurisdiction: jurisdiction.to_owned(),
        })
    }

    /// The same for a file, or for every `.toml` file of a folder.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn read(jurisdiction: &str, path: &Path) -> Result<Self, ProfileError> {
        let mut paths = Vec::new();
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                let path = entry?.path();
                if path
                    .extension()
                    .is_some_and(|extension| extension == "toml")
                {
                    paths.push(path);
                }
            }
            // So that of two faulty files always the same is named.
            paths.sort();
        } else {
            paths.push(path.to_owned());
        }
        let mut files = Vec::new();
        for path in &paths {
            files.push((path.display().to_string(), fs::read_to_string(path)?));
        }
        let files = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        Rulebook::new(jurisdiction, files)
    }

    /// The profile that governs a matter of this day.
    ///
    /// # Errors
    /// [`ProfilesError::NoneOn`].
    pub fn on(&self, date: Date) -> Result<&Rules, ProfilesError> {
        self.profiles.governing(&self.jurisdiction, date)
    }

    /// Every profile known.
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// Where the bureau is, such as `national`.
    pub fn jurisdiction(&self) -> &str {
        &self.jurisdiction
    }
}

/// The profiles that come with Sangyu, for a bureau without rules of its own.
///
/// # Errors
/// [`ProfileError`] if a file does not hold a profile; a test keeps them from that.
pub fn national_rules() -> Result<Rulebook, ProfileError> {
    Rulebook::new(NATIONAL, [])
}

fn parse(file: &str, text: &str) -> Result<Rules, ProfileError> {
    toml::from_str(text).map_err(|fault| ProfileError::File {
        file: file.to_owned(),
        fault: Box::new(fault),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn id_on(rules: &Rulebook, date: &str) -> String {
        rules.on(day(date)).unwrap().id.clone()
    }

    #[test]
    fn the_rules_are_those_of_the_day_and_the_place() {
        let rules = national_rules().unwrap();
        assert_eq!(id_on(&rules, "2026-05-01"), "national-2022");
        assert_eq!(id_on(&rules, "2022-04-30"), "national-2005");
        let rules = Rulebook::new("province-30", []).unwrap();
        assert_eq!(id_on(&rules, "2026-05-01"), "province-30");
        assert_eq!(id_on(&rules, "2022-04-30"), "national-2005");
        let early = rules.on(day("2005-04-30")).unwrap_err();
        assert!(matches!(early, ProfilesError::NoneOn { .. }));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_file_and_line() {
        let text = format!("extra = 1\n{}", domain::NATIONAL_RULES);
        let error = Rulebook::new(NATIONAL, [("mine.toml", text.as_str())]).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("mine.toml") && error.contains("line 1"),
            "{error}"
        );
        assert!(error.contains("extra"), "{error}");
    }

    #[test]
    fn a_mistyped_jurisdiction_is_refused() {
        let error = Rulebook::new("provincc-30", []).unwrap_err();
        assert!(matches!(error, ProfileError::NoSuchJurisdiction(_)));
    }

    #[test]
    fn an_operator_replaces_a_profile_by_its_id_and_adds_others() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| fs::write(dir.path().join(name), text).unwrap();
        let days = |n: u32| format!("handle = {{ term = {{ days = {n} }}");
        write(
            "national.toml",
            domain::NATIONAL_RULES.replace(&days(60), &days(45)),
        );
        write(
            "city.toml",
            domain::NATIONAL_RULES
                .replace("\"national-2022\"", "\"city-2024\"")
                .replace("\"national\"", "\"city\"")
                .replace("2022-05-01\"\n", "2024-01-01\"\n"),
        );
        write("notes.txt", "not a profile".into());
        let rules = Rulebook::read("city", dir.path()).unwrap();
        assert_eq!(id_on(&rules, "2024-01-01"), "city-2024");
        let national = rules.on(day("2023-12-31")).unwrap();
        let term = national.petition.handle.term;
        assert_eq!(
            (national.id.as_str(), term),
            ("national-2022", calendar::Term::Days(45))
        );
        let one = Rulebook::read(NATIONAL, &dir.path().join("national.toml")).unwrap();
        assert_eq!(one.on(day("2023-12-31")).unwrap(), national);
    }

    #[test]
    fn profiles_that_overlap_are_refused() {
        let text = domain::NATIONAL_RULES.replace("\"national-2022\"", "\"mine\"");
        let error = Rulebook::new(NATIONAL, [("mine.toml", text.as_str())]).unwrap_err();
        assert!(matches!(
            error,
            ProfileError::Profiles(ProfilesError::Overlap { .. })
        ));
    }
}
