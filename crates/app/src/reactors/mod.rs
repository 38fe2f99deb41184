//! What happens by itself when its time has come: a reactor asks the views which streams have
//! something to say now, and carries out a command on each.
//!
//! The views only say whom to ask; what is recorded is decided by the stream as it stands, under
//! its expected revision. So nothing is said twice, however often a reactor runs, wherever it broke
//! off, and however many run side by side. Reactors act on a log, never on its replay: building
//! views anew asks none of them.
//!
//! A reactor is a type in a file of its own that implements [`Reactor`], and a line in
//! [`App::react`].

mod duty_deadlines;
mod duty_following;
mod duty_opening;
mod each;
mod funds;
pub(crate) mod petition_deadlines;

pub(crate) use duty_opening::Vigil;

use std::{collections::BTreeMap, fmt, time::Duration};

use calendar::Timestamp;
use domain::{Actor, Aggregate, StaffId, Text, TextError, Unit};
use event_log::RequestId;
use futures::future::try_join;
use serde::{Deserialize, Serialize};

use crate::{App, Error, Request};

/// How long a pass waits for more once the log has moved.
const BREATH: Duration = Duration::from_millis(100);

/// Something that happens by itself.
pub(crate) trait Reactor {
    /// Names it in reports, in logs, and as the account that acts: `reactor.<name>`.
    const NAME: &'static str;

    /// What it speaks of.
    type Aggregate: Aggregate<Command: Clone + Sync>;

    /// Whom to ask now, and what. Better one too many than one too few: what has nothing to say
    /// says nothing. Each stream is named once.
    fn due(
        app: &App,
        now: Timestamp,
    ) -> impl Future<Output = Result<Vec<Asked<Self::Aggregate>>, Error>> + Send;
}

/// A stream, and the command that makes it say what it has to say.
pub(crate) type Asked<A> = (<A as Aggregate>::Id, <A as Aggregate>::Command);

/// What one reactor did in one pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// Which reactor.
    pub reactor: String,
    /// How many streams were asked.
    pub asked: u64,
    /// How many of them had something to say.
    pub spoke: u64,
    /// How many events were recorded, by their stored names.
    pub events: BTreeMap<String, u64>,
    /// How many refused, by the code of the refusal. They are asked again in the next pass.
    pub refused: BTreeMap<String, u64>,
}

impl App {
    /// One pass of every reactor over everything that has something to say now. Takes over first
    /// what the log holds, and finishes what was cut off between a fund and its cases.
    ///
    /// # Errors
    /// If the log or the views fail; what was recorded by then stays, and the next pass goes on.
    pub async fn react(&self) -> Result<Vec<Reaction>, Error> {
        self.catch_up().await?;
        self.finish_funds().await?;
        let now = self.parts.clock.now();
        let (petitions, opening) = try_join(
            self.pass::<petition_deadlines::PetitionDeadlines>(now),
            self.pass::<duty_opening::DutyOpening>(now),
        )
        .await?;
        // What was opened may be done already.
        self.catch_up().await?;
        let following = self.pass::<duty_following::DutyFollowing>(now).await?;
        // What is done is not overdue.
        self.catch_up().await?;
        let deadlines = self.pass::<duty_deadlines::DutyDeadlines>(now).await?;
        Ok(vec![petitions, opening, following, deadlines])
    }

    /// Reacts for ever: when the log has moved, and at every tick, for the clock moves too.
    pub async fn keep_reacting<T>(&self, tick: impl Fn() -> T)
    where
        T: Future<Output = ()>,
    {
        loop {
            // What is appended from here on wakes it again.
            let seen = self.parts.log.head().await;
            let reacted = match self.react().await {
                Ok(reactions) => {
                    reactions.iter().for_each(tell);
                    seen.map_err(Error::from)
                }
                Err(error) => Err(error),
            };
            match reacted {
                Ok(seen) => tokio::select! {
                    // What is recorded in a burst is looked at together.
                    () = moved(self, seen) => tokio::time::sleep(BREATH).await,
                    () = tick() => {}
                },
                // What failed is tried again at the next tick, not at once.
                Err(error) => {
                    tracing::error!(code = error.code(), "the reactors failed: {error}");
                    tick().await;
                }
            }
        }
    }

    async fn pass<R: Reactor>(&self, now: Timestamp) -> Result<Reaction, Error> {
        let asked = R::due(self, now).await?;
        let id = self.parts.ids.next();
        let request = Request {
            correlation: Some(id),
            ..Request::new(RequestId(id), actor(R::NAME)?)
        };
        let mut reaction = Reaction {
            reactor: R::NAME.to_owned(),
            asked: asked.len() as u64,
            spoke: 0,
            events: BTreeMap::new(),
            refused: BTreeMap::new(),
        };
        self.ask_each::<R::Aggregate>(asked, &request, &mut reaction)
            .await?;
        Ok(reaction)
    }
}

/// Returns when the log holds more than was seen.
async fn moved(app: &App, seen: Option<event_log::Position>) {
    if let Err(error) = app.parts.log.wait(seen).await {
        tracing::error!("the log cannot be waited for: {error}");
        std::future::pending::<()>().await;
    }
}

/// Says in the log what was done, in counts alone.
fn tell(reaction: &Reaction) {
    let Reaction {
        reactor,
        asked,
        spoke,
        events,
        refused,
    } = reaction;
    if !refused.is_empty() {
        tracing::warn!(reactor, ?refused, "some streams refused to be asked");
    }
    if *spoke > 0 {
        tracing::info!(reactor, asked, spoke, ?events, "reacted");
    }
}

/// Who acts when nobody does.
fn actor(reactor: &str) -> Result<Actor, Error> {
    let text = |text: &str| Text::parse(text).map_err(|e: TextError| unnamed(&e));
    Ok(Actor {
        id: StaffId(text(&format!("reactor.{reactor}"))?),
        name: text("桑榆（自动）")?,
        role: text("system")?,
        unit: Unit(text("桑榆")?),
    })
}

fn unnamed(error: &dyn fmt::Display) -> Error {
    Error::Internal(format!("a reactor cannot be named so: {error}"))
}
