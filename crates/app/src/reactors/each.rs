//! One command on each of many streams.

use domain::Aggregate;
use event_log::RequestId;
use futures::{StreamExt as _, stream};
use tokio::task::JoinSet;

use super::{Asked, Reaction};
use crate::{Answer, App, Error, Kind, Request};

/// How many streams a task asks, and at once: the log commits together what waits together.
const TOGETHER: usize = 64;

/// How many tasks there are at a time: enough that some decide while others wait for the log.
const TASKS: usize = 8;

/// What asking one stream came to; with the names of what was recorded.
type Outcome = Result<(Answer, Vec<String>), Error>;

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
                tasks.spawn(ask_lot::<A>(self.clone(), lot, request.clone()));
            }
            let Some(done) = tasks.join_next().await else {
                return Ok(());
            };
            let done = done.map_err(|error| Error::Internal(error.to_string()))?;
            for outcome in done {
                reaction.count(outcome)?;
            }
        }
    }
}

async fn ask_lot<A>(app: App, lot: Vec<Asked<A>>, request: Request) -> Vec<Outcome>
where
    A: Aggregate<Command: Clone + Sync>,
{
    let (app, request) = (&app, &request);
    let ask = |(id, command): Asked<A>| async move {
        let request = Request {
            id: RequestId(app.parts.ids.next()),
            ..request.clone()
        };
        app.carry_out::<A>(&id, vec![command], &request).await
    };
    stream::iter(lot)
        .map(ask)
        .buffer_unordered(TOGETHER)
        .collect()
        .await
}

impl Reaction {
    /// # Errors
    /// What is no refusal: the pass cannot go on.
    fn count(&mut self, outcome: Outcome) -> Result<(), Error> {
        match outcome {
            Ok((_, names)) => {
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
