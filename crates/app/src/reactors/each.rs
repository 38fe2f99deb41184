//! One command on each of many streams: many are read, decided and appended together.

use std::collections::BTreeSet;

use domain::{Aggregate, CadreId, cadre::Cadre};
use event_log::{Append, Expected, LogError, RequestId};
use tokio::task::JoinSet;

use super::{Asked, Reaction};
use crate::{
    App, Error, Kind, Request,
    execute::{Known, Loaded, PAGE, stream},
};

/// How many streams are read and appended to at once.
const TOGETHER: usize = 256;

/// How many tasks there are at a time: enough that some decide while others wait for the log.
const TASKS: usize = 4;

/// The names of what one stream recorded.
type Outcome = Result<Vec<String>, Error>;

impl App {
    /// Carries out each command as a request of its own that takes everything but its id from
    /// `request`, and counts what came of them. What a rule refuses keeps nothing else from being
    /// asked.
    pub(super) async fn ask_each<A>(
        &self,
        asked: Vec<Asked<A>>,
        request: &Request,
        reaction: &mut Reaction,
    ) -> Result<(), Error>
    where
        A: Aggregate<Command: Clone + Sync>,
    {
        let mut asked = asked.into_iter().peekable();
        let mut tasks = JoinSet::new();
        loop {
            while tasks.len() < TASKS && asked.peek().is_some() {
                let lot: Vec<_> = asked.by_ref().take(TOGETHER).collect();
                let (app, request) = (self.clone(), request.clone());
                tasks.spawn(async move { app.ask_lot::<A>(lot, &request).await });
            }
            let Some(done) = tasks.join_next().await else {
                return Ok(());
            };
            let done = done.map_err(|error| Error::Internal(error.to_string()))?;
            for outcome in done? {
                reaction.count(outcome)?;
            }
        }
    }

    /// Decides each on what was read of it, and appends what was decided. Where that was not the
    /// whole stream, or someone was faster, or the command may have to be hidden from who asks, the
    /// stream is asked as anyone asks it.
    async fn ask_lot<A>(&self, lot: Vec<Asked<A>>, request: &Request) -> Result<Vec<Outcome>, Error>
    where
        A: Aggregate<Command: Clone + Sync>,
    {
        let log = &self.parts.log;
        let streams = lot.iter().map(|(id, _)| stream::<A>(id));
        let streams = streams.collect::<Result<Vec<_>, _>>()?;
        let read = log.read_streams(streams.clone(), PAGE).await?;
        let mut loaded = Vec::new();
        for stored in &read {
            let mut one = Loaded::<A>::nothing();
            stored.iter().try_for_each(|event| one.take(event))?;
            loaded.push(one);
        }
        let whom = lot.iter().zip(&loaded);
        let whom = whom.filter_map(|((_, command), loaded)| loaded.state.concerns(command));
        let known = self.people(whom.collect()).await?;
        let (mut outcomes, mut appends, mut waiting) = (vec![], vec![], vec![]);
        for ((((id, command), stream), stored), loaded) in
            lot.into_iter().zip(streams).zip(read).zip(loaded)
        {
            let request = Request {
                id: RequestId(self.parts.ids.next()),
                ..request.clone()
            };
            if stored.len() == PAGE || !A::is_upkeep(&command) {
                outcomes.push(self.ask::<A>(&id, command, &request).await);
                continue;
            }
            let decided = self.decide(loaded, vec![command.clone()], &request, &known);
            match decided.await {
                Ok(events) if events.is_empty() => outcomes.push(Ok(vec![])),
                Ok(events) => {
                    let expected = stored
                        .last()
                        .map_or(Expected::NoStream, |last| Expected::Exact(last.revision));
                    let names = events.iter().map(|event| event.name.to_string()).collect();
                    appends.push(Append {
                        stream,
                        expected,
                        events,
                    });
                    waiting.push((id, command, request, names));
                }
                Err(error) => outcomes.push(Err(error)),
            }
        }
        let answers = log.append_each(appends).await;
        for ((id, command, request, names), answer) in waiting.into_iter().zip(answers) {
            outcomes.push(match answer {
                Ok(_) => Ok(names),
                Err(error)
                    if error.unknown() || matches!(error, LogError::WrongRevision { .. }) =>
                {
                    self.ask::<A>(&id, command, &request).await
                }
                Err(error) => Err(error.into()),
            });
        }
        Ok(outcomes)
    }

    /// These people, read together. One whose record is longer than a page is left out, and so is who
    /// has none.
    async fn people(&self, whom: BTreeSet<CadreId>) -> Result<Known, Error> {
        let streams = whom.iter().map(stream::<Cadre>);
        let streams = streams.collect::<Result<Vec<_>, _>>()?;
        let read = self.parts.log.read_streams(streams, PAGE).await?;
        let mut known = Known::new();
        for (id, stored) in whom.into_iter().zip(read) {
            let mut cadre = Loaded::<Cadre>::nothing();
            stored.iter().try_for_each(|event| cadre.take(event))?;
            if let Some(person) = cadre.state.person().filter(|_| stored.len() < PAGE) {
                known.insert(id, person);
            }
        }
        Ok(known)
    }

    async fn ask<A>(&self, id: &A::Id, command: A::Command, request: &Request) -> Outcome
    where
        A: Aggregate<Command: Clone + Sync>,
    {
        let asked = self.carry_out::<A>(id, vec![command], request).await;
        asked.map(|(_, names)| names)
    }
}

impl Reaction {
    /// # Errors
    /// What is no refusal: the pass cannot go on.
    fn count(&mut self, outcome: Outcome) -> Result<(), Error> {
        match outcome {
            Ok(names) => {
                self.spoke += u64::from(!names.is_empty());
                for name in names {
                    *self.events.entry(name).or_default() += 1;
                }
                Ok(())
            }
            Err(error) if error.kind() == Kind::Rejected => {
                *self.refused.entry(error.code().to_owned()).or_default() += 1;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
