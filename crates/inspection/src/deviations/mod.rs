//! What was not done by the book. The whole log is judged again: by the rules that were in force then, or
//! by a proposed file as if it had always been.
//!
//! A judge of each field folds the events as they come and says what it found at the end, by what is
//! known then: a visit that was withdrawn closes nothing any more. What the events themselves say of
//! last days and lateness is not believed but reckoned again.

mod funds;
mod hardship;
mod kind;
mod late_records;
mod medals;
mod petitions;
mod report;
mod visits;

#[cfg(test)]
mod tests;

pub use kind::DeviationKind;
pub use report::{Deviation, DeviationReport, Evidence};

use calendar::{Calendar, Date, DateError};
use domain::{AnyEvent, Profiles, ProfilesError, Rules};
use event_log::{Position, Recorded};

use self::{
    funds::Funds, hardship::Hardship, late_records::LateRecords, medals::Medals,
    petitions::Petitions, visits::Visits,
};

/// By which rules and calendar is judged.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// Every rule profile that the bureau knows.
    pub profiles: &'a Profiles,
    /// A profile to judge by instead of those in force then.
    pub proposed: Option<&'a Rules>,
    /// Days off and make-up workdays.
    pub calendar: &'a Calendar,
    /// The day on which is judged: what was not done by its end is late.
    pub today: Date,
}

/// Why a log cannot be judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// An event was decided under rules that are not known here, and none are for that day.
    #[error("the event at {position} names the rule profile {profile}, which is not here: {error}")]
    NoRules {
        /// Where.
        position: Position,
        /// The profile it names.
        profile: String,
        /// What is missing.
        error: ProfilesError,
    },
    /// A last day lies behind the end of time.
    #[error("a last day of the stream of the event at {position} cannot be reckoned: {error}")]
    Date {
        /// Where.
        position: Position,
        /// Why.
        error: DateError,
    },
}

impl<'a> Law<'a> {
    /// The rules an event is judged by: the proposed ones, those it names, or those of its day.
    fn of(&self, recorded: &Recorded) -> Result<&'a Rules, JudgeError> {
        let metadata = &recorded.metadata;
        let on = metadata.occurred.date();
        self.named(&metadata.rules, on, recorded.position)
    }

    /// The proposed rules, those of this name, or those of the day, for the event at `position`.
    fn named(&self, profile: &str, on: Date, position: Position) -> Result<&'a Rules, JudgeError> {
        let named = || self.profiles.iter().find(|rules| rules.id == profile);
        match self.proposed.or_else(named) {
            Some(rules) => Ok(rules),
            None => self
                .profiles
                .governing(domain::NATIONAL, on)
                .map_err(|error| JudgeError::NoRules {
                    position,
                    profile: profile.to_owned(),
                    error,
                }),
        }
    }
}

/// Judges a log, event by event in its order.
pub struct Judge<'a> {
    law: Law<'a>,
    events: u64,
    petitions: Petitions,
    visits: Visits,
    hardship: Hardship,
    funds: Funds,
    medals: Medals,
    late_records: LateRecords,
    found: Vec<Deviation>,
}

impl<'a> Judge<'a> {
    /// Begins with nothing known.
    pub fn new(law: Law<'a>) -> Self {
        Judge {
            law,
            events: 0,
            petitions: Petitions::default(),
            visits: Visits::default(),
            hardship: Hardship::default(),
            funds: Funds::default(),
            medals: Medals::default(),
            late_records: LateRecords::default(),
            found: Vec::new(),
        }
    }

    /// Takes the next event of the log.
    ///
    /// # Errors
    /// [`JudgeError`].
    pub fn take(&mut self, recorded: &Recorded, event: &AnyEvent) -> Result<(), JudgeError> {
        self.events += 1;
        let rules = self.law.of(recorded)?;
        let found = &mut self.found;
        self.late_records.take(recorded, event, rules, found);
        match event {
            AnyEvent::Petition(event) => self
                .petitions
                .take(&self.law, recorded, event, rules, found),
            AnyEvent::Visit(event) => {
                self.visits.visit(recorded, event);
                Ok(())
            }
            AnyEvent::Duty(event) => {
                self.visits.duty(recorded, event);
                Ok(())
            }
            AnyEvent::Hardship(event) => {
                self.hardship.take(recorded, event, found);
                Ok(())
            }
            AnyEvent::Fund(event) => {
                self.funds.take(recorded, event, found);
                Ok(())
            }
            AnyEvent::Cadre(event) => {
                self.medals.person(recorded, event);
                Ok(())
            }
            AnyEvent::Medal(event) => {
                self.medals.take(recorded, event, found);
                Ok(())
            }
            AnyEvent::PaymentBatch(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Round(_)
            | AnyEvent::Health(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }

    /// Everything that was found, the gravest first, sealed petitions' too: whoever tells of it leaves out
    /// what the reader may not see, by [`DeviationReport::without`].
    ///
    /// # Errors
    /// [`JudgeError`].
    pub fn finish(mut self) -> Result<DeviationReport, JudgeError> {
        self.petitions.finish(&self.law, &mut self.found)?;
        self.visits.finish(&self.law, &mut self.found);
        self.medals.finish(&self.law, &mut self.found)?;
        Ok(DeviationReport::new(
            self.law.today,
            self.law.proposed.map(|rules| rules.id.clone()),
            self.events,
            self.late_records.taken_over(),
            self.found,
        ))
    }
}
