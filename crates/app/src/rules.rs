//! Which rules the bureau knows, and what others would have made of the past.

use calendar::{Date, days_before};
use domain::{
    Rejection, Rules,
    duty::trial::{Past, Period, Trial, try_rules},
};
use serde::Serialize;
use views::duties;

use crate::{App, Error, Reading, Rulebook};

/// A rule profile that the bureau knows, or may adopt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleProfile {
    /// Names it; every event says under which profile it was decided.
    pub id: String,
    /// Where it applies.
    pub jurisdiction: String,
    /// The first day it applies.
    pub valid_from: Date,
    /// The last day it applies; open while it is in force.
    pub valid_until: Option<Date>,
    /// Where its numbers come from.
    pub source: String,
    /// The file it was read from; nothing if it comes with Sangyu.
    pub file: Option<String>,
    /// Whether the bureau follows it today.
    pub in_force: bool,
}

/// A rule profile that someone thinks of adopting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The name of its file, for the messages.
    pub file_name: String,
    /// What the file holds.
    pub text: String,
}

/// What became of a candidate that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// What it is.
    pub candidate: RuleProfile,
    /// What stands in the way of adopting it as it is.
    pub obstacle: Option<Refusal>,
    /// What it would have changed.
    #[serde(flatten)]
    pub trial: Trial,
}

/// A refusal that is told, and refuses nothing yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The stable code.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
    /// The same in Chinese.
    pub message_zh: String,
}

/// How many days are tried if the first one is not said.
const A_YEAR: u32 = 365;
/// How many are tried at most: each of them is looked at for everyone.
const MOST_DAYS: u32 = 1_098;

impl Reading {
    /// Every profile that the bureau knows, by jurisdiction and first day.
    pub fn rule_profiles(&self) -> Vec<RuleProfile> {
        let profiles = self.app.parts.rules.profiles().iter();
        profiles
            .map(|rules| self.app.shown_profile(rules, None))
            .collect()
    }

    /// Tries a candidate on the past: what it would have raised, timed and closed otherwise than the
    /// rules in force on each day. The year up to today, if not said otherwise. Nothing is recorded.
    ///
    /// # Errors
    /// [`crate::RuleFileError`]; [`Error::Invalid`] if the days lie in the future, are over three
    /// years, or the last one comes before the first; if the views do not answer.
    pub async fn try_rules(
        &self,
        candidate: Candidate,
        from: Option<Date>,
        until: Option<Date>,
    ) -> Result<Tried, Error> {
        let Candidate { file_name, text } = candidate;
        let rules = Rulebook::candidate(&file_name, &text).map_err(Error::rejected)?;
        let period = period(from, until, self.app.today())?;
        let shown = self.app.shown_profile(&rules, Some(file_name));
        let obstacle = self.app.parts.rules.can_adopt(&rules).err();
        let past = self.ask(move |conn| {
            let people = duties::people_changed_after(conn, None)?.items.into_iter();
            let watched = people.filter(|person| person.comes_round);
            Ok(Past {
                occasions: duties::occasions_after(conn, None)?.items,
                people: watched.map(|person| person.facts).collect(),
                done: duties::done_and_due_from(conn, period.from)?,
            })
        });
        let (past, parts) = (past.await?, self.app.parts.clone());
        // Everyone, day by day, twice: seconds for a city.
        let trial = tokio::task::spawn_blocking(move || {
            let in_force = |day| parts.rules.on(day);
            try_rules(&past, period, in_force, &rules, &parts.calendar)
        });
        let trial = trial
            .await
            .map_err(|error| Error::Internal(format!("the trial broke off: {error}")))?;
        Ok(Tried {
            candidate: shown,
            obstacle: obstacle.map(Refusal::from),
            trial: trial.map_err(Error::rejected)?,
        })
    }
}

impl App {
    fn shown_profile(&self, rules: &Rules, file: Option<String>) -> RuleProfile {
        let book = &self.parts.rules;
        RuleProfile {
            id: rules.id.clone(),
            jurisdiction: rules.jurisdiction.clone(),
            valid_from: rules.valid_from,
            valid_until: rules.valid_until,
            source: rules.source.clone(),
            file: file.or_else(|| book.file_of(&rules.id).map(str::to_owned)),
            in_force: book.on(self.today()).is_ok_and(|known| known == rules),
        }
    }
}

impl<R: Rejection> From<R> for Refusal {
    fn from(rejection: R) -> Self {
        Refusal {
            code: rejection.code().to_owned(),
            message: rejection.to_string(),
            message_zh: rejection.zh(),
        }
    }
}

fn period(from: Option<Date>, until: Option<Date>, today: Date) -> Result<Period, Error> {
    let until = until.unwrap_or(today);
    if until > today {
        return Err(Error::invalid(
            "until",
            "it lies in the future: rules are tried on what happened",
            "晚于今天：规则只能以已发生的情况试算",
        ));
    }
    let from = from.unwrap_or_else(|| days_before(until, A_YEAR));
    if !(days_before(until, MOST_DAYS)..=until).contains(&from) {
        return Err(Error::invalid(
            "from",
            &format!("it must lie 0 to {MOST_DAYS} days before `until`"),
            &format!("须在 until 当日至其前 {MOST_DAYS} 日之间"),
        ));
    }
    Ok(Period { from, until })
}
