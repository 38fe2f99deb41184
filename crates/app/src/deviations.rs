//! The whole log judged again: by the rules in force then, or by a proposed file.

use calendar::When;
use domain::AnyEvent;
use event_log::Recorded;
use inspection::{
    AsOf,
    deviations::{DeviationReport, Judge, JudgeError, Law},
};
use tokio::sync::mpsc;

use crate::{Candidate, Error, Reading, Rulebook};

/// How many events are read at a time.
const PAGE: usize = 5_000;

impl Reading {
    /// What was not done by the book, in all that was recorded by `known_by`, judged on that day; or by
    /// now. Judged by the profiles that the events name, or by `proposed` as if it had always been in
    /// force. Nothing is recorded.
    ///
    /// # Errors
    /// [`crate::RuleFileError`]; [`Error::Rejected`] where the rules of an event are not known; if the
    /// log fails.
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
        let (parts, reader) = (self.app.parts.clone(), self.reader().clone());
        let (pages, mut read) = mpsc::channel::<Vec<Recorded>>(2);
        let judging = tokio::task::spawn_blocking(move || {
            let mut judge = Judge::new(Law {
                profiles: parts.rules.profiles(),
                proposed: proposed.as_ref(),
                calendar: &parts.calendar,
                today,
            });
            while let Some(page) = read.blocking_recv() {
                for recorded in page {
                    let version = recorded.metadata.version;
                    let event = AnyEvent::decode(&recorded.name, version, &recorded.data)?;
                    judge.take(&recorded, &event).map_err(refused)?;
                }
            }
            judge.finish(&reader).map_err(refused)
        });
        let mut after = None;
        loop {
            let mut page = self.app.parts.log.read_all(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.position);
            let whole = page.len();
            page.truncate(page.iter().take_while(|event| as_of.knows(event)).count());
            let ended = page.len() < whole;
            // Whoever receives no more has failed, and says why.
            if pages.send(page).await.is_err() || ended {
                break;
            }
        }
        drop(pages);
        judging
            .await
            .map_err(|error| Error::Internal(format!("the judgement broke off: {error}")))?
    }
}

fn refused(error: JudgeError) -> Error {
    match error {
        JudgeError::NoRules { error, .. } => Error::rejected(error),
        JudgeError::Date { .. } => Error::Internal(error.to_string()),
    }
}
