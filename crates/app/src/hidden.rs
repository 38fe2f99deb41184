//! What is hidden from whoever asks. To them it never was.

use std::collections::{BTreeSet, HashSet};

use domain::{
    Actor, Aggregate, PetitionId,
    petition::PetitionCase,
    petition_access::{AttemptedBy, PetitionAccess},
};
use views::sealing;

use crate::{
    App, Error, Reading,
    attempts::Attempt,
    execute::{Loaded, stream},
};

impl App {
    /// Whether it is hidden from this person: by itself, or by a petition that is the same matter.
    pub(crate) async fn is_hidden<A: Aggregate>(
        &self,
        loaded: &Loaded<A>,
        actor: &Actor,
    ) -> Result<bool, Error> {
        if loaded.is_hidden_from(actor) {
            return Ok(true);
        }
        let mut looked_at = BTreeSet::new();
        let mut same = loaded.state.same_matter();
        while let Some(id) = same.pop() {
            if looked_at.insert(id) {
                let other = self.load_petition(id).await?;
                if other.is_hidden_from(actor) {
                    return Ok(true);
                }
                same.extend(other.state.same_matter());
            }
        }
        Ok(false)
    }

    /// Another petition that a command names, as this person may see it.
    pub(crate) async fn petition_shown_to(
        &self,
        actor: &Actor,
        id: PetitionId,
    ) -> Result<PetitionCase, Error> {
        let other = self.load_petition(id).await?;
        if self.is_hidden(&other, actor).await? {
            self.note_command(&id.to_string(), actor);
            return Ok(PetitionCase::default());
        }
        Ok(other.state)
    }

    /// Keeps that someone gave a command on what is hidden from them, or named it in one.
    pub(crate) fn note_command(&self, id: &str, actor: &Actor) {
        // Nothing but petitions is ever hidden.
        if let Ok(petition) = id.parse() {
            self.note(Attempt {
                petition,
                who: actor.clone(),
                by: AttemptedBy::Command,
            });
        }
    }

    async fn load_petition(&self, id: PetitionId) -> Result<Loaded<PetitionCase>, Error> {
        self.load(&stream::<PetitionCase>(&id)?, None).await
    }
}

impl Reading {
    /// The streams of the log that are hidden from the reader, as the views know it now: petitions, and
    /// the attempts to see them.
    pub(crate) async fn hidden_streams(&self) -> Result<HashSet<String>, Error> {
        let reader = self.reader().clone();
        let hidden = self.ask(move |conn| sealing::hidden_from(conn, &reader));
        let mut streams = HashSet::new();
        for petition in &hidden.await? {
            for stream in [
                stream::<PetitionCase>(petition)?,
                stream::<PetitionAccess>(petition)?,
            ] {
                streams.insert(stream.as_str().to_owned());
            }
        }
        Ok(streams)
    }
}

impl<A: Aggregate> Loaded<A> {
    /// Whether it is hidden by itself. What has events has someone who began it; should that not be
    /// readable, the thing is shown to nobody.
    fn is_hidden_from(&self, actor: &Actor) -> bool {
        match (&self.keeper, self.revision) {
            (Some(keeper), _) => self.state.is_hidden_from(actor, keeper),
            (None, Some(_)) => true,
            (None, None) => false,
        }
    }
}
