//! What happened to people, as it is stored.

use calendar::Date;
use event_log::Recorded;
use serde_json::Value;

use super::{Life, Person, SINCE, Trigger, Visit, birthday, date, day_of, text};

impl Life {
    pub(super) fn take(&mut self, event: &Recorded, data: &Value, today: Date) {
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
        match &*event.name {
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
            // What a ledger brought has no situation, and was known before.
            "hardship.opened" if data["ground"] != "survivor" && !data["situation"].is_null() => {
                let known = match &data["known"] {
                    Value::Null => today,
                    known => day_of(known),
                };
                raise(data["person"].as_str().unwrap(), "hardship_visit", known);
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
                if &*event.name == "plan.reviewed" {
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
}
