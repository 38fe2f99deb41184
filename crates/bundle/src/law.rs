use calendar::{Calendar, Date};
use domain::{Profiles, Rules};
use inspection::deviations;

use crate::{Error, files};

/// The rules and the calendar that a bundle is judged by, as their files hold them.
#[derive(Debug, Clone)]
pub struct Law {
    texts: Vec<RuleText>,
    profiles: Profiles,
    calendar: Calendar,
}

/// The file of a rule profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// The id of the profile.
    pub id: String,
    /// What the file holds.
    pub text: String,
}

impl Law {
    /// Reads the rule files and the calendar.
    ///
    /// # Errors
    /// [`crate::BundleFault::FileMalformed`], with the file.
    pub fn read(texts: Vec<RuleText>, calendar: &str) -> Result<Self, Error> {
        let mut rules: Vec<Rules> = Vec::new();
        for RuleText { id, text } in &texts {
            let file = files::rules(id);
            let read: Rules = toml::from_str(text)
                .map_err(|error: toml::de::Error| Error::malformed(&file, error.message()))?;
            if read.id != *id {
                return Err(Error::malformed(&file, "it holds another profile"));
            }
            rules.push(read);
        }
        let profiles = Profiles::new(rules).map_err(|error| Error::malformed("rules", error))?;
        let calendar =
            Calendar::parse(calendar).map_err(|error| Error::malformed(files::CALENDAR, error))?;
        Ok(Law {
            texts,
            profiles,
            calendar,
        })
    }

    pub(crate) fn texts(&self) -> &[RuleText] {
        &self.texts
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// As a judge is told it, on a day.
    pub(crate) fn on(&self, today: Date) -> deviations::Law<'_> {
        deviations::Law {
            profiles: &self.profiles,
            proposed: None,
            calendar: &self.calendar,
            today,
        }
    }
}
