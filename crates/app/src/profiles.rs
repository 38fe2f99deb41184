use std::{collections::BTreeMap, fs, path::Path};

use calendar::Date;
use domain::{BUNDLED_RULES, NATIONAL, Profiles, ProfilesError, Rejection as _, Rules};

/// The rules a bureau follows: every profile it knows, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulebook {
    profiles: Profiles,
    jurisdiction: String,
    /// The file of each profile, by its id.
    files: BTreeMap<String, RuleFile>,
}

/// A file that holds a rule profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// Its name; nothing if it comes with Sangyu.
    pub name: Option<String>,
    /// What it holds, as it was.
    pub text: String,
}

domain::rejections! {
    /// Why a file is refused as a rule profile.
    pub enum RuleFileError {
        /// It does not hold one.
        NoProfile { file: String, line: usize, fault: String } = "rule_file_malformed",
            "the rule profile {file} is refused at line {line}: {fault}; correct that line",
            "规则文件 {file} 第 {line} 行有误：{fault}；请更正该行";
    }
}

/// Why rule profiles cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// A file does not hold a profile.
    #[error(transparent)]
    File(#[from] RuleFileError),
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

impl ProfileError {
    /// What is wrong and what to do, in Chinese. `Display` says the same in English.
    pub fn zh(&self) -> String {
        match self {
            ProfileError::File(error) => error.zh(),
            ProfileError::Profiles(error) => error.zh(),
            ProfileError::NoSuchJurisdiction(name) => {
                format!("没有适用于 {name} 的规则，请更正其名称，或补充其规则文件")
            }
            ProfileError::Io(error) => format!("无法读取规则文件：{error}"),
        }
    }
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
        let (mut rules, mut kept) = (Vec::new(), BTreeMap::new());
        let mut keep = |rules: &Rules, name, text: &str| {
            let text = text.to_owned();
            kept.insert(rules.id.clone(), RuleFile { name, text });
        };
        for (file, text) in files {
            let own = parse(file, text)?;
            keep(&own, Some(name_of(file)), text);
            rules.push(own);
        }
        for (file, text) in BUNDLED_RULES {
            let bundled = parse(file, text)?;
            if rules.iter().all(|own| own.id != bundled.id) {
                keep(&bundled, None, text);
                rules.push(bundled);
            }
        }
        if rules.iter().all(|r| r.jurisdiction != jurisdiction) {
            return Err(ProfileError::NoSuchJurisdiction(jurisdiction.to_owned()));
        }
        Ok(Rulebook {
            profiles: Profiles::new(rules)?,
            jurisdiction: jurisdiction.to_owned(),
            files: kept,
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

    /// The name of the file that a profile was read from; nothing if it comes with Sangyu.
    pub fn file_of(&self, id: &str) -> Option<&str> {
        self.files.get(id)?.name.as_deref()
    }

    /// Every file, with the id of the profile it holds.
    pub fn files(&self) -> impl Iterator<Item = (&str, &RuleFile)> {
        self.files.iter().map(|(id, file)| (id.as_str(), file))
    }

    /// Reads the profile that someone thinks of adopting.
    ///
    /// # Errors
    /// [`RuleFileError`].
    pub fn candidate(file: &str, text: &str) -> Result<Rules, RuleFileError> {
        parse(file, text)
    }

    /// Whether the bureau could adopt this profile as it is, in the place of one with its id or beside
    /// the others.
    ///
    /// # Errors
    /// [`ProfilesError`]: how it and the others contradict each other.
    pub fn can_adopt(&self, candidate: &Rules) -> Result<(), ProfilesError> {
        let others = self.profiles.iter().filter(|own| own.id != candidate.id);
        Profiles::new(others.chain([candidate]).cloned()).map(|_| ())
    }
}

/// The profiles that come with Sangyu, for a bureau without rules of its own.
///
/// # Errors
/// [`ProfileError`] if a file does not hold a profile; a test keeps them from that.
pub fn national_rules() -> Result<Rulebook, ProfileError> {
    Rulebook::new(NATIONAL, [])
}

fn parse(file: &str, text: &str) -> Result<Rules, RuleFileError> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        RuleFileError::NoProfile {
            file: file.to_owned(),
            line: 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count(),
            fault: error.message().trim().to_owned(),
        }
    })
}

/// The folder is said by the configuration.
fn name_of(file: &str) -> String {
    let name = Path::new(file).file_name();
    name.map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into())
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
        let text = domain::NATIONAL_RULES.replace("[visit]\n", "[visit]\nextra = 1\n");
        let line = 1 + text.lines().position(|line| line == "extra = 1").unwrap();
        let error = Rulebook::new(NATIONAL, [("mine.toml", text.as_str())]).unwrap_err();
        for told in [error.to_string(), error.zh()] {
            assert!(told.contains("mine.toml"), "{told}");
            assert!(told.contains(&format!(" {line}")), "{told}");
            assert!(told.contains("extra"), "{told}");
        }
    }

    #[test]
    fn a_profile_that_leaves_a_number_out_is_refused() {
        let text = domain::NATIONAL_RULES.replace("late_after_days = 7", "");
        let error = Rulebook::candidate("mine.toml", &text).unwrap_err();
        assert!(error.to_string().contains("late_after_days"), "{error}");
        assert_eq!(error.code(), "rule_file_malformed");
    }

    #[test]
    fn what_stands_in_the_way_of_a_candidate_is_told_before_it_is_adopted() {
        let rules = national_rules().unwrap();
        let mut candidate = rules.on(day("2026-05-01")).unwrap().clone();
        // In the place of the one with its id.
        assert_eq!(rules.can_adopt(&candidate), Ok(()));
        candidate.id = "city-2026".into();
        let overlap = rules.can_adopt(&candidate).unwrap_err();
        assert_eq!(overlap.code(), "profiles_overlap");
        candidate.jurisdiction = "city".into();
        assert_eq!(rules.can_adopt(&candidate), Ok(()));
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
        assert_eq!(rules.file_of("city-2024"), Some("city.toml"));
        assert_eq!(rules.file_of("national-2005"), None);
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
