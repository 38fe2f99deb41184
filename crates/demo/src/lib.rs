//! A made-up bureau from a seed: the size of Shunde's in 2022 (12,000 retired cadres, 9,000 of them
//! Party members, in 172 branches), with years of visits, stays in hospital, hardship cases, petitions
//! and medals. Everything goes through the real commands, day by day on a simulated clock, and on
//! each day the reactors say what has to be said; so every rule holds in it, and every time in it is
//! the time it would have been recorded.
//!
//! Nobody in it exists: the ID numbers use a division code that was never given.

mod action;
mod clock;
mod desk;
mod people;
mod schedule;
mod visit;

use std::collections::BTreeMap;

use calendar::{Date, civil_date};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

pub use clock::SimulatedClock;

use action::Action;
use app::{App, Error};
use desk::Desk;

/// What is to be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// How many people.
    pub people: u32,
    /// The same seed gives the same bureau.
    pub seed: u64,
    /// How many years.
    pub years: i16,
    /// The last day of them.
    pub until: Date,
}

impl Plan {
    /// The first day: all people are entered on it.
    pub fn from(&self) -> Date {
        let until = self.until;
        Date::new(
            until.year() - self.years,
            until.month(),
            until.day().min(28),
        )
        .unwrap_or(until)
    }
}

/// What was built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// Days gone through.
    pub days: usize,
    /// Requests carried out by the staff.
    pub requests: usize,
    /// What was recorded by itself, by the stored names.
    pub by_itself: BTreeMap<String, u64>,
}

/// How many requests are under way at once: the log commits what is queued together.
const AT_ONCE: usize = 64;

/// Builds the bureau, or goes on with one that was broken off: the days behind the newest event are
/// whole, and on its day the requests that were carried out are answered as before. `clock` must be
/// the one that `app` reads. `progress` is told how many days are done, of how many.
///
/// # Errors
/// The first refusal or failure; a rule that refuses here is a fault of the plan.
pub async fn build(
    app: &App,
    clock: &SimulatedClock,
    plan: Plan,
    mut progress: impl FnMut(usize, usize),
) -> Result<Built, Error> {
    let newest = app.log().newest().await?;
    let begun = newest.map(|event| civil_date(event.metadata.recorded));
    let mut schedule = schedule::schedule(plan);
    let mut desk = Desk::new(plan.seed, begun);
    let mut built = Built::default();
    // What people read is built beside: the requests of a day need not wait for it. It ends with this.
    let (mut following, follower) = (JoinSet::new(), app.clone());
    following.spawn(async move { follower.follow().await });
    let next = |day: &Date| day.tomorrow().ok().filter(|next| *next <= plan.until);
    let days: Vec<Date> = std::iter::successors(Some(plan.from()), next).collect();
    for (done, day) in days.iter().copied().enumerate() {
        let happens = schedule.remove(&day).unwrap_or_default();
        if begun.is_none_or(|begun| begun <= day) {
            clock.begin_day(day);
            // In the morning the clocks speak, and what happened is told; then it is known what to
            // do, and in the evening it is done.
            built.reacts(app).await?;
            built.carry_out(app, happens).await?;
            built.reacts(app).await?;
            desk.read(app).await?;
            built.carry_out(app, desk.of_day(day)).await?;
        }
        built.days += 1;
        progress(done + 1, days.len());
    }
    // What was done on the last day.
    built.reacts(app).await?;
    Ok(built)
}

impl Built {
    async fn reacts(&mut self, app: &App) -> Result<(), Error> {
        for reaction in app.react().await? {
            for (name, events) in reaction.events {
                *self.by_itself.entry(name).or_default() += events;
            }
        }
        Ok(())
    }

    async fn carry_out(&mut self, app: &App, actions: Vec<Action>) -> Result<(), Error> {
        let mut answers = stream::iter(actions)
            .map(|action| {
                let app = app.clone();
                tokio::spawn(async move { action.carry_out(&app).await })
            })
            .buffer_unordered(AT_ONCE)
            .map(|joined| joined.map_err(|e| Error::Internal(e.to_string())))
            .boxed();
        while let Some(answer) = answers.try_next().await? {
            answer?;
            self.requests += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
