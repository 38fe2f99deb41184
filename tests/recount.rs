//! Counts the duties of a bureau again, from its raw events: it reads the stored JSON and the rules as
//! they are told in docs/duties.md, and shares nothing with what raises, closes and shows duties but
//! the lunar calendar and the days off, which have tests of their own.

use std::collections::{BTreeMap, HashMap};

use calendar::{Date, LunarDate, civil_date, lunar_birthday};
use event_log::Recorded;
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
const SPRING_FESTIVALS: [Date; 4] = [
    Date::constant(2024, 2, 10),
    Date::constant(2025, 1, 29),
    Date::constant(2026, 2, 17),
    Date::constant(2027, 2, 6),
];
const NAMED_AGES: [i16; 7] = [60, 70, 80, 90, 100, 105, 110];

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
            history.push((event.name.clone(), data));
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

    fn take(&mut self, event: &Recorded, data: &Value, today: Date) {
        let id = event.stream.id().to_owned();
        let key = event.id.0.to_string();
        let mut raise = |person: &str, rule: &str, known: Date| {
            if known >= SINCE {
                let duty = format!("{person}-{rule}-{key}");
                self.triggers.insert(duty.clone(), Trigger::default());
                Some(duty)
            } else {
                None
            }
        };
        match event.name.as_str() {
            "cadre.registered" => {
                let profile = &data["profile"];
                let born = date(&profile["born_on"]);
                let solar = born.map(|born| (false, born.month(), born.day()));
                let person = Person {
                    lixiu: data["retirement"]["status"] == "lixiu",
                    born,
                    birthday: birthday(&profile["birthday"]).or(solar),
                    checked: Some(today),
                    unit: data["unit"].as_str().unwrap().to_owned(),
                    ..Person::default()
                };
                assert!(self.people.insert(id, person).is_none());
            }
            "cadre.living_recorded" => {
                let person = self.people.get_mut(&id).unwrap();
                person.alone = data["living"] == "alone";
                person.unable = data["mobility"] == "unable_to_care_for_self";
            }
            "cadre.contact_assigned" => self.person(&id).contact = text(&data["staff"]),
            "cadre.contact_handed_over" => self.person(&id).contact = text(&data["to"]),
            "cadre.transfer_accepted" => self.person(&id).unit = text(&data["to"]).unwrap(),
            "cadre.record_verified" => {
                let on = date(&data["on"]);
                self.person(&id).checked = on;
                self.checks.entry(id).or_default().extend(on);
            }
            "cadre.duplicate_decided" if data["decision"] == "same_person" => {
                self.person(&id).kept_as = text(&data["other"]);
            }
            "cadre.dispute_reported" => {
                raise(&id, "dispute_visit", day_of(&data["known"]));
            }
            "cadre.death_recorded" => {
                let duty = raise(&id, "death_visit", today);
                let person = self.person(&id);
                person.died = text(&data["died_on"]);
                person.deaths.extend(duty);
            }
            "cadre.death_withdrawn" => {
                let person = self.person(&id);
                person.died = None;
                for duty in std::mem::take(&mut person.deaths) {
                    self.withdraw(&duty);
                }
            }
            "health.admitted" => {
                let learnt = &data["admitted"];
                let duty = raise(&id, "hospital_visit", day_of(&learnt["known"]));
                let person = self.person(&id);
                person.stay = Some((key, day_of(&learnt["happened"])));
                let stay = data["stay"].as_u64().unwrap();
                person.stays.entry(stay).or_default().extend(duty);
            }
            "health.discharged" => {
                let known = day_of(&data["discharged"]["known"]);
                let duty = raise(&id, "discharge_follow_up", known);
                let person = self.person(&id);
                person.stay = None;
                let stay = data["stay"].as_u64().unwrap();
                person.stays.entry(stay).or_default().extend(duty);
            }
            "health.stay_withdrawn" => {
                let person = self.person(&id);
                let stay = data["stay"].as_u64().unwrap();
                let raised = person.stays.remove(&stay).unwrap_or_default();
                if let Some((event, _)) = person.stay.take_if(|(event, _)| {
                    let of_it = |duty: &String| duty.ends_with(event.as_str());
                    raised.iter().any(of_it)
                }) {
                    let months = format!("{id}-long_stay_visit-{event}-");
                    let of_it = self.triggers.range_mut(months.clone()..);
                    of_it
                        .take_while(|(duty, _)| duty.starts_with(&months))
                        .for_each(|(_, trigger)| trigger.withdrawn = true);
                }
                raised.iter().for_each(|duty| self.withdraw(duty));
            }
            "health.checked_up" if data["feedback_needed"] == true => {
                raise(&id, "check_up_feedback", day_of(&data["known"]));
            }
            "hardship.opened" if data["ground"] != "survivor" => {
                raise(data["person"].as_str().unwrap(), "hardship_visit", today);
            }
            "visit.recorded" | "visit.corrected" => {
                let visit = &data["visit"];
                let visit = Visit {
                    person: text(&visit["person"]).unwrap(),
                    day: day_of(&visit["visited"]),
                    purpose: visit["purpose"].clone(),
                    mode: visit["mode"].clone(),
                };
                let of_person = self.visits_of.entry(visit.person.clone());
                of_person.or_default().push(id.clone());
                self.visits.insert(id, visit);
            }
            "visit.withdrawn" => {
                self.visits.remove(&id);
            }
            "plan.adopted" | "plan.reviewed" => {
                let began = date(&data["adopted_on"]).or(date(&data["on"])).unwrap();
                let next = day_of(&data["next_review"]);
                self.person(&id).review = Some((key, began.tomorrow().unwrap(), next));
                if event.name == "plan.reviewed" {
                    self.reviews.entry(id).or_default().push(began);
                }
            }
            "plan.review_withdrawn" | "plan.closed" => panic!("plans go on"),
            // The made-up bureau changes telephones alone.
            "cadre.amended" => assert_eq!(data["changes"][0]["field"], "phone"),
            "cadre.retirement_recorded" => panic!("nobody's retirement changes"),
            _ => {}
        }
    }

    fn person(&mut self, id: &str) -> &mut Person {
        self.people.get_mut(id).unwrap()
    }

    fn withdraw(&mut self, duty: &str) {
        self.triggers.get_mut(duty).unwrap().withdrawn = true;
    }

    /// What comes round on a day.
    fn look(&mut self, day: Date) {
        if day < SINCE {
            return;
        }
        let feast = SPRING_FESTIVALS.into_iter().find(|feast| *feast >= day);
        let feast = feast.filter(|feast| left(day, *feast) <= 30);
        let month_ends = day.last_of_month();
        let quarter = (day.month() - 1) / 3 + 1;
        let quarter_ends = Date::constant(day.year(), quarter * 3, 1).last_of_month();
        let of_month = day.day() == 1 || left(day, month_ends) >= 10;
        let first_of_quarter = day.day() == 1 && (day.month() - 1) % 3 == 0;
        let of_quarter = first_of_quarter || left(day, quarter_ends) >= 30;
        let month = format!("{:04}-{:02}", day.year(), day.month());
        let quarter = format!("{:04}-Q{quarter}", day.year());
        let living = |person: &&Person| person.died.is_none() && person.kept_as.is_none();
        for (id, person) in self.people.iter().filter(|(_, person)| living(person)) {
            let mut raise = |rule: &str, key: &str| {
                let duty = format!("{id}-{rule}-{key}");
                self.triggers.entry(duty).or_default();
            };
            let aged = person.born.is_some_and(|born| age(born, day) >= 80);
            let in_need = aged || person.alone || person.unable;
            if person.lixiu && of_month {
                raise("lixiu_contact", &month);
            }
            if person.lixiu && of_quarter {
                raise("lixiu_visit", &quarter);
            }
            if in_need && of_quarter {
                raise("care_visit", &quarter);
            }
            if let Some(feast) = feast
                && (person.lixiu || in_need)
            {
                raise("spring_festival_visit", &feast.to_string());
            }
            if let Some(checked) = person.checked.filter(|checked| left(*checked, day) > 90)
                && person.lixiu
            {
                raise("record_check", &checked.to_string());
            }
            if let Some((event, admitted)) = &person.stay
                && let Some(months) = months(*admitted, day)
            {
                raise("long_stay_visit", &format!("{event}-{months}"));
            }
            if let Some((event, first, due)) = &person.review
                && *first <= day
                && left(day, *due) <= 14
            {
                raise("plan_review", event);
            }
            if let Some(birthday) = important_birthday(person, day) {
                raise("birthday_visit", &birthday.to_string());
            }
        }
    }

    /// Follows one duty through its history, and compares its end with the record.
    fn judge(&self, duty: &str, history: &[(String, Value)], until: Date, counted: &mut Recount) {
        let (id, rest) = duty.split_at(36);
        let person = &self.people[id];
        let trigger = &self.triggers[duty];
        let of_death = rest.starts_with("-death_visit-");
        let (first, opened) = &history[0];
        assert_eq!(first, "duty.opened", "{duty}");
        assert_eq!(opened["id"], duty);
        let from = day_of(&opened["trigger"]["on"]);
        let mut due = date(&opened["due"]["deadline"]["rolled"]).unwrap();
        let mut keeper = (text(&opened["unit"]), text(&opened["handler"]));
        let (mut state, mut why) = ("open", Value::Null);
        let mut asked_by = Value::Null;
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for (name, data) in &history[1..] {
            let next = match name.as_str() {
                "duty.fulfilled" => "fulfilled",
                "duty.waiver_approved" => {
                    assert_ne!(data["by"], asked_by, "{duty}");
                    "waived"
                }
                "duty.cancelled" => "cancelled",
                "duty.fulfilment_withdrawn" => {
                    assert_eq!(state, "fulfilled", "{duty}");
                    state = "open";
                    continue;
                }
                "duty.reinstated" => {
                    assert_eq!(state, "cancelled", "{duty}");
                    state = "open";
                    continue;
                }
                "duty.reassigned" => {
                    keeper = (text(&data["unit"]), text(&data["handler"]));
                    continue;
                }
                "duty.recomputed" => {
                    due = date(&data["due"]["deadline"]["rolled"]).unwrap();
                    continue;
                }
                "duty.warned" | "duty.missed" => {
                    *said.entry(name.clone()).or_default() += 1;
                    continue;
                }
                "duty.escalated" => {
                    *said
                        .entry(format!("before the {}", data["rung"]))
                        .or_default() += 1;
                    continue;
                }
                "duty.waiver_requested" => {
                    asked_by = data["by"].clone();
                    continue;
                }
                "duty.waiver_refused" => continue,
                doubled => panic!("{doubled} of {duty}"),
            };
            assert_eq!(state, "open", "{duty} is closed twice");
            (state, why) = (next, data.clone());
        }
        assert!(said.values().all(|times| *times == 1), "{duty}: {said:?}");
        let missed = said.contains_key("duty.missed");
        counted.missed += usize::from(missed);
        let gone =
            trigger.withdrawn || person.kept_as.is_some() || (person.died.is_some() != of_death);
        match state {
            "open" => {
                counted.open += 1;
                assert!(!gone, "{duty} should have fallen away");
                let closed_by = self.closing(id, opened, from);
                assert_eq!(closed_by, None, "{duty} should be done");
                let keepers = (Some(person.unit.clone()), person.contact.clone());
                assert_eq!(keeper, keepers, "{duty} is kept by the wrong one");
                assert_eq!(missed, until > due, "{duty} is due on {due}");
            }
            "fulfilled" => {
                counted.fulfilled += 1;
                let day = self.done(duty, opened, &why["by"], from);
                assert!(missed || day <= due, "{duty} was done late");
            }
            "waived" => counted.waived += 1,
            "cancelled" => {
                counted.cancelled += 1;
                let why = &why["why"];
                let on = person.died.as_deref();
                let reason = if let Some(kept_as) = why["superseded"]["kept_as"].as_str() {
                    person.kept_as.as_deref() == Some(kept_as)
                } else if let Some(died) = why["died"]["on"].as_str() {
                    on == Some(died)
                } else {
                    *why == "trigger_withdrawn" && trigger.withdrawn
                };
                assert!(reason, "{duty} fell away without reason: {why}");
            }
            other => panic!("{other}"),
        }
    }

    /// The day on which what closed it was done; it must still stand.
    fn done(&self, duty: &str, opened: &Value, by: &Value, from: Date) -> Date {
        if let Some(visit) = by["visit"]["visit"].as_str() {
            let visit = &self.visits[visit];
            assert!(closes(visit, &duty[..36], opened, from), "{duty}");
            return visit.day;
        }
        let (done, on) = if by["review"].is_null() {
            (&self.checks, &by["verification"]["on"])
        } else {
            (&self.reviews, &by["review"]["on"])
        };
        let day = day_of(on);
        let known = done[&duty[..36]].contains(&day);
        assert!(known && day >= from, "{duty}");
        day
    }

    /// Whatever would close it.
    fn closing(&self, person: &str, opened: &Value, from: Date) -> Option<Date> {
        let done = match opened["closed_by"].as_str() {
            Some("verification") => Some(&self.checks),
            Some("review") => Some(&self.reviews),
            _ => None,
        };
        if let Some(done) = done {
            return done.get(person)?.iter().copied().find(|day| *day >= from);
        }
        let visits = self.visits_of.get(person)?.iter();
        let mut standing = visits.filter_map(|visit| self.visits.get(visit));
        let closing = standing.find(|visit| closes(visit, person, opened, from));
        closing.map(|visit| visit.day)
    }
}

fn closes(visit: &Visit, person: &str, opened: &Value, from: Date) -> bool {
    let asked = &opened["closed_by"]["visit"];
    let admits = |list: &Value, what: &Value| {
        let list = list.as_array();
        list.is_none_or(|list| list.contains(what))
    };
    visit.person == person
        && visit.day >= from
        && admits(&asked["purposes"], &visit.purpose)
        && admits(&asked["modes"], &visit.mode)
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

/// Calendar days from one to another.
fn left(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// 周岁: born on 29 February, a year older on the 28th of a common year.
fn age(born: Date, on: Date) -> i16 {
    let years = on.year() - born.year();
    years - i16::from(on < solar(on.year(), born.month(), born.day()))
}

fn solar(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or_else(|_| Date::constant(year, month, 28))
}

/// How many months are over since an admission; nothing before the first.
fn months(since: Date, day: Date) -> Option<i32> {
    let months = i32::from(day.year() - since.year()) * 12 + i32::from(day.month() - since.month());
    let comes = since.day().min(day.last_of_month().day());
    let over = months - i32::from(day.day() < comes);
    (over >= 1).then_some(over)
}

/// The birthday of a named age that lies in the seven days ahead.
fn important_birthday(person: &Person, day: Date) -> Option<Date> {
    let (born, (is_lunar, month, of_month)) = (person.born?, person.birthday?);
    if is_lunar {
        let year = LunarDate::from_solar(day).unwrap().year();
        let kept = |year| lunar_birthday(year, month, of_month).unwrap();
        let (on, year) = [year, year + 1]
            .map(|year| (kept(year), year))
            .into_iter()
            .find(|(on, _)| *on >= day)?;
        // Years of life by the lunar calendar, over on the lunar day of birth.
        let birth = LunarDate::from_solar(born).unwrap();
        let over = |on: Date, year: i16| {
            let turned = lunar_birthday(year, birth.month(), birth.day()).unwrap();
            year - birth.year() - i16::from(on < turned)
        };
        let (now, before) = (over(on, year), over(kept(year - 1), year - 1));
        let named = NAMED_AGES.iter().any(|age| before < *age && *age <= now);
        return (left(day, on) <= 7 && named).then_some(on);
    }
    let this_year = solar(day.year(), month, of_month);
    let on = if this_year >= day {
        this_year
    } else {
        solar(day.year() + 1, month, of_month)
    };
    let before = solar(on.year() - 1, month, of_month);
    let named = |named: &i16| age(born, before) < *named && *named <= age(born, on);
    (left(day, on) <= 7 && NAMED_AGES.iter().any(named)).then_some(on)
}
