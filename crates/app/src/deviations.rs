//! The whole log judged again: by the rules in force then, or by a proposed file.

use std::ops::ControlFlow;

use calendar::When;
use domain::AnyEvent;
use event_log::{Recorded, StoredPage};
use inspection::{
    AsOf,
    deviations::{DeviationReport, Judge, JudgeError, Law},
};

use crate::{Candidate, Error, Reading, Rulebook};

impl Reading {
    /// What was not done by the book, in all that was recorded by `known_by`, judged on that day; or by
    /// now. Judged by the profiles that the events name, or by `proposed` as if it had always been in
    /// force. Who may see what follows from today's record, also of a day before a report was sealed.
    /// Nothing is recorded.
    ///
    /// # Errors
    /// [`crate::RuleFileError`]; [`Error::Rejected`] where the rules of an event are not known; if the
    /// log or the views fail.
    pub async fn deviations(
        &self,
        proposed: Option<Candidate>,
        known_by: Option<When>,
    ) -> Result<DeviationReport, Error> {
        let proposed = proposed.map(|Candidate { file_name, text }| {
            Rulebook::candidate(&file_name, &text).map_err(Error::rejected)
        });
        let proposed = proposed.transpose()?;
        let as_of = AsOf {
            occurred_by: None,
            known_by,
        };
        let today = as_of.day(self.app.today());
        let parts = self.app.parts.clone();
        let judged = self.over_the_log(move |pages| {
            let mut judge = Judge::new(Law {
                profiles: parts.rules.profiles(),
                proposed: proposed.as_ref(),
                calendar: &parts.calendar,
                today,
            });
            let known = |page: StoredPage| {
                let size = page.len();
                let events = page.recorded()?.into_iter();
                let known = events.take_while(|event| as_of.knows(event));
                let known = known.map(decoded).collect::<Result<Vec<_>, _>>()?;
                let more = known.len() == size;
                Ok((known, more))
            };
            pages.in_turn(known, |(known, more)| {
                for (recorded, event) in known {
                    judge.take(recorded, event).map_err(refused)?;
                }
                Ok(match more {
                    true => ControlFlow::Continue(()),
                    false => ControlFlow::Break(()),
                })
            })?;
            judge.finish().map_err(refused)
        });
        let judged = judged.await?;
        // What was judged is in the views, too, before they are asked who may see it.
        self.app.catch_up().await?;
        Ok(judged.without(&self.hidden_streams().await?))
    }
}

fn decoded(recorded: Recorded) -> Result<(Recorded, AnyEvent), Error> {
    let version = recorded.metadata.version;
    let event = AnyEvent::decode(&recorded.name, version, &recorded.data)?;
    Ok((recorded, event))
}

fn refused(error: JudgeError) -> Error {
    match error {
        JudgeError::NoRules { error, .. } => Error::rejected(error),
        JudgeError::Date { .. } => Error::Internal(error.to_string()),
    }
}
