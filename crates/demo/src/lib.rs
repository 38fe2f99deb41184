//! A made-up bureau from a seed: the size of Shunde's in 2022 (12,000 retired cadres, 9,000 of them
//! Party members, in 172 branches), with three years of visits, hardship cases, petitions and
//! medals. Everything goes through the real commands, day by day on a simulated clock, so every
//! rule holds in it and every time in it is the time it would have been recorded.
//!
//! Nobody in it exists: the ID numbers use a division code that was never given.

mod action;
mod clock;
mod people;
mod schedule;

use calendar::Date;
use event_log::Position;
use futures::{StreamExt as _, TryStreamExt as _, stream};

pub use clock::SimulatedClock;

use app::{App, Error};

/// What is to be built.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many people.
    pub people: u32,
    /// The same seed gives the same bureau.
    pub seed: u64,
    /// The last day of the three years.
    pub until: Date,
}

/// What was built.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Built {
    /// Requests carried out.
    pub requests: usize,
    /// Where the last event stands in the log.
    pub position: Option<Position>,
}

/// How many requests are under way at once: the log commits what is queued together.
const AT_ONCE: usize = 64;

/// Builds the bureau. `clock` must be the one that `app` reads. `progress` is told how many
/// requests are done, of how many.
///
/// # Errors
/// The first refusal or failure; a rule that refuses here is a fault of the plan.
pub async fn build(
    app: &App,
    clock: &SimulatedClock,
    plan: Plan,
    mut progress: impl FnMut(usize, usize),
) -> Result<Built, Error> {
    let days = schedule::schedule(plan);
    let total = days.iter().map(|(_, actions)| actions.len()).sum();
    let mut built = Built::default();
    for (date, actions) in days {
        clock.begin_day(date);
        let mut answers = stream::iter(actions)
            .map(|action| {
                let app = app.clone();
                tokio::spawn(async move { action.carry_out(&app).await })
            })
            .buffer_unordered(AT_ONCE)
            .map(|joined| joined.map_err(|e| Error::Internal(e.to_string())))
            .boxed();
        while let Some(answer) = answers.try_next().await? {
            built.position = built.position.max(answer?.position);
            built.requests += 1;
            progress(built.requests, total);
        }
    }
    Ok(built)
}

#[cfg(test)]
mod tests;
