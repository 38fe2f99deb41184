//! What follows from the events of a bundle. Whoever makes one and whoever checks it reckon it here.

use domain::AnyEvent;
use event_log::{Position, Recorded};
use inspection::{
    Asked,
    deviations::{DeviationReport, Judge},
    dossier,
};
use serde_json::Value;
use views::{Replay, Replayed, ViewsError};

use crate::{Error, Law, Scope};

/// Folds and judges the events as they come.
pub(crate) struct Derivation<'a> {
    replayed: Replayed<'a>,
    views: &'static [&'static str],
    judge: Judge<'a>,
    asked: Asked,
}

/// What follows from them.
pub(crate) struct Derived {
    /// The dossier.
    pub(crate) state: Value,
    /// What was not done by the book.
    pub(crate) deviations: DeviationReport,
}

impl<'a> Derivation<'a> {
    pub(crate) fn begin(
        scope: &Scope,
        law: &'a Law,
        replay: &'a mut Replay,
    ) -> Result<Self, Error> {
        Ok(Derivation {
            replayed: replay.begin()?,
            views: scope.subject.views(),
            judge: Judge::new(law.on(scope.day)),
            asked: scope.asked(),
        })
    }

    /// Takes the next events, in the order of the ledger. Their positions must be those of [`place`].
    pub(crate) fn take(&mut self, events: &[Recorded]) -> Result<(), Error> {
        self.replayed.apply(self.views, events)?;
        for recorded in events {
            let (position, version) = (recorded.position, recorded.metadata.version);
            let event = AnyEvent::decode(&recorded.name, version, &recorded.data)
                .map_err(|error| ViewsError::Decode { position, error })?;
            self.judge.take(recorded, &event)?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Derived, Error> {
        self.replayed.index(self.views)?;
        Ok(Derived {
            state: dossier(&self.replayed, &self.asked)?,
            deviations: self.judge.finish()?,
        })
    }
}

/// Where an event of a bundle stands: by its number in the ledger, which is the same on every log.
pub(crate) fn place(index: u64) -> Position {
    Position::from_stored(index + 1)
}
