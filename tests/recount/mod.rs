//! Counts the duties of a bureau again, from its raw events: it reads the stored JSON and the rules as
//! they are told in docs/duties.md, and shares nothing with what raises, closes and shows duties but
//! the lunar calendar and the days off, which have tests of their own.

mod comes_round;
mod happened;
mod judge;

use std::collections::{BTreeMap, HashMap};

use calendar::{Date, civil_date};
use event_log::{EventLog, Recorded};
use serde_json::Value;

/// What was counted. Every duty is in one of the last four.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Recount {
    /// What should have raised a duty.
    pub(crate) triggers: usize,
    pub(crate) open: usize,
    pub(crate) fulfilled: usize,
    pub(crate) waived: usize,
    pub(crate) cancelled: usize,
    /// Those whose last day passed.
    pub(crate) missed: usize,
}

/// Duties are raised by what is known from this day on.
const SINCE: Date = Date::constant(2025, 1, 1);

/// A person, as far as a rule looks at them.
#[derive(Default)]
struct Person {
    lixiu: bool,
    alone: bool,
    unable: bool,
    born: Option<Date>,
    /// Lunar or not, month, day.
    birthday: Option<(bool, i8, i8)>,
    checked: Option<Date>,
    /// The event of the admission, and its day.
    stay: Option<(String, Date)>,
    died: Option<String>,
    kept_as: Option<String>,
    unit: String,
    contact: Option<String>,
    /// What set the day of the next review of the plan, the day after it, and that day.
    review: Option<(String, Date, Date)>,
    /// The admissions and discharges, by the number of the stay.
    stays: HashMap<u64, Vec<String>>,
    deaths: Vec<String>,
}

struct Visit {
    person: String,
    day: Date,
    purpose: Value,
    mode: Value,
}

/// A trigger, and whether it had been recorded in error.
#[derive(Default)]
struct Trigger {
    withdrawn: bool,
}

#[derive(Default)]
struct Life {
    people: BTreeMap<String, Person>,
    visits: HashMap<String, Visit>,
    /// Which visits were ever recorded of a person.
    visits_of: HashMap<String, Vec<String>>,
    checks: HashMap<String, Vec<Date>>,
    reviews: HashMap<String, Vec<Date>>,
    /// By the name of the duty that each raises.
    triggers: BTreeMap<String, Trigger>,
}

/// All that a log holds.
pub(crate) async fn read(log: &dyn EventLog) -> Vec<Recorded> {
    let mut all: Vec<Recorded> = vec![];
    loop {
        let after = all.last().map(|event| event.position);
        let page = log.read_all(after, 5_000).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Counts, and panics with the place at the first duty that is lost, doubled, or closed without reason.
/// `until` is the last day on which the clock was asked.
pub(crate) fn recount(events: &[Recorded], until: Date) -> Recount {
    let mut life = Life::default();
    let mut duties: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    let mut day: Option<Date> = None;
    for event in events {
        let on = civil_date(event.metadata.recorded);
        if day != Some(on) {
            life.go_on(day, on);
            day = Some(on);
        }
        let data: Value = serde_json::from_slice(&event.data).unwrap();
        if let Some(duty) = event.stream.to_string().strip_prefix("duty-") {
            let history = duties.entry(duty.to_owned()).or_default();
            history.push((event.name.to_string(), data));
        } else {
            life.take(event, &data, on);
        }
    }
    life.go_on(day, until);
    life.look(until);
    let mut counted = Recount {
        triggers: life.triggers.len(),
        ..Recount::default()
    };
    for (duty, trigger) in &life.triggers {
        let lost = !duties.contains_key(duty) && !trigger.withdrawn;
        assert!(!lost, "lost: {duty}");
    }
    for (duty, history) in &duties {
        assert!(life.triggers.contains_key(duty), "no trigger: {duty}");
        life.judge(duty, history, until, &mut counted);
    }
    counted
}

impl Life {
    /// The evening of a day and the mornings up to another.
    fn go_on(&mut self, from: Option<Date>, to: Date) {
        let Some(from) = from else { return };
        self.look(from);
        let mut day = from;
        while day < to {
            day = day.tomorrow().unwrap();
            self.look(day);
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn date(value: &Value) -> Option<Date> {
    value.as_str().map(|text| text.parse().unwrap())
}

/// Of a day, or of a moment.
fn day_of(value: &Value) -> Date {
    let text = value.as_str().unwrap();
    match text.parse() {
        Ok(moment) => civil_date(moment),
        Err(_) => text.parse().unwrap(),
    }
}

fn birthday(value: &Value) -> Option<(bool, i8, i8)> {
    let part = |name: &str| i8::try_from(value[name].as_i64().unwrap()).unwrap();
    let lunar = value["calendar"].as_str()? == "lunar";
    Some((lunar, part("month"), part("day")))
}
