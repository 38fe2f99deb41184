//! 责任事项立项: every trigger raises its duty. What happened and what comes round is compared with
//! the duties there are; what is missing is opened. The id of a duty follows from its trigger, so
//! whatever broke off is simply missing still, and nothing is opened twice.

use std::collections::{BTreeMap, HashMap, HashSet};

use calendar::{Date, Timestamp, civil_date};
use domain::{
    CadreId, Rules,
    duty::{
        Duty, DutyCommand, DutyId, Trigger,
        watch::{Facts, Watch},
    },
};
use event_log::Position;
use views::duties::{self, Open, Watched};

use super::{Asked, Reactor};
use crate::{App, Error};

/// Opens what is missing.
pub(super) struct DutyOpening;

/// What was seen by the last pass, so that the next one need only look at what is new. Nothing of it
/// must outlive the process: without it everything is looked at.
#[derive(Debug, Default)]
pub(crate) struct Vigil {
    /// For whom duties come round.
    people: HashMap<CadreId, Watched>,
    /// The newest change of a person that was seen.
    people_at: Option<Position>,
    /// The newest occasion that was seen.
    occasions_at: Option<Position>,
    /// The day up to which watch was kept.
    watched: Option<Date>,
    /// What the last pass asked for: it is asked for again until it is there.
    asked: BTreeMap<DutyId, Trigger>,
}

impl Reactor for DutyOpening {
    const NAME: &'static str = "duty_opening";
    type Aggregate = Duty;

    async fn due(app: &App, now: Timestamp) -> Result<Vec<Asked<Duty>>, Error> {
        let mut vigil = app.vigil.lock().await;
        let raised = vigil.keep(app, civil_date(now)).await?;
        let missing = app
            .parts
            .views
            .query(move |conn| duties::missing(conn, raised))
            .await?;
        vigil.asked = missing.iter().cloned().collect();
        let open = |(id, trigger): Open| (id.clone(), DutyCommand::Open { id, trigger });
        Ok(missing.into_iter().map(open).collect())
    }
}

impl Vigil {
    /// All that may be missing by this day.
    async fn keep(&mut self, app: &App, today: Date) -> Result<Vec<Open>, Error> {
        let after = self.people_at;
        let people = app
            .parts
            .views
            .query(move |conn| duties::people_changed_after(conn, after))
            .await?;
        let after = self.occasions_at;
        let occasions = app
            .parts
            .views
            .query(move |conn| duties::occasions_after(conn, after))
            .await?;
        let begin = match self.watched {
            Some(day) => day,
            None => app
                .parts
                .views
                .query(duties::last_opening)
                .await?
                .unwrap_or(today),
        };
        let new: HashSet<CadreId> = people.items.iter().map(|p| p.facts.person).collect();
        for person in people.items {
            if person.comes_round {
                self.people.insert(person.facts.person, person);
            } else {
                self.people.remove(&person.facts.person);
            }
        }
        let mut raised = std::mem::take(&mut self.asked);
        for (occasion, facts) in &occasions.items {
            let rules = rules(app, occasion.known.date())?;
            raised.extend(occasion.raises(rules, facts));
        }
        let mut before = match self.watched {
            Some(day) => Some(Watch::on(day, rules(app, day)?)),
            None => None,
        };
        for day in days(begin, today) {
            let watch = Watch::on(day, rules(app, day)?);
            for person in self.people.values().filter(|p| p.since <= day) {
                // What was there to be seen before, or was seen today, was seen.
                let known = before.as_ref();
                let known = known.filter(|_| !new.contains(&person.facts.person));
                if known.is_some() && self.watched >= Some(day) {
                    continue;
                }
                see(&watch, known, &person.facts, &mut raised);
            }
            before = Some(watch);
        }
        self.people_at = people.until;
        self.occasions_at = occasions.until;
        self.watched = Some(today);
        self.asked.clone_from(&raised);
        Ok(raised.into_iter().collect())
    }
}

fn see(
    watch: &Watch<'_>,
    before: Option<&Watch<'_>>,
    facts: &Facts,
    raised: &mut BTreeMap<DutyId, Trigger>,
) {
    let known: Vec<DutyId> = match before {
        Some(before) => before.sees(facts).map(|(id, _)| id).collect(),
        None => vec![],
    };
    for (id, trigger) in watch.sees(facts) {
        if !known.contains(&id) {
            raised.entry(id).or_insert(trigger);
        }
    }
}

fn rules(app: &App, day: Date) -> Result<&Rules, Error> {
    app.parts.rules.on(day).map_err(Error::rejected)
}

/// From one day to another, both inclusive; the other one alone if it is earlier.
fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    let next = move |day: &Date| day.tomorrow().ok().filter(|day| *day <= until);
    std::iter::successors(Some(from.min(until)), next)
}
