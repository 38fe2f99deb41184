//! Whether a duty ended as the record says.

use std::collections::BTreeMap;

use calendar::Date;
use serde_json::Value;

use super::{Life, Recount, Visit, date, day_of, text};

impl Life {
    /// Follows one duty through its history, and compares its end with the record.
    pub(super) fn judge(
        &self,
        duty: &str,
        history: &[(String, Value)],
        until: Date,
        counted: &mut Recount,
    ) {
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
