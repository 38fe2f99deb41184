use calendar::Calendar;
use domain::{
    Aggregate, AnyEvent, BUNDLED_RULES, CadreId, Event, Profiles, Rules, duty::Duty, fund::Fund,
    hardship::Hardship, medal::Medal, petition::PetitionCase, visit::VisitRecord,
};
use serde_json::{Value, json};
use views::testing::{Past, date, person, petition_id, visit_id};

use super::{DeviationKind as Kind, DeviationReport, Judge, Law};

fn bundled() -> Vec<Rules> {
    let parse = |(_, text)| toml::from_str(text).unwrap();
    BUNDLED_RULES.into_iter().map(parse).collect()
}

fn judged(past: &Past, proposed: Option<&Rules>) -> DeviationReport {
    let (profiles, calendar) = (
        Profiles::new(bundled()).unwrap(),
        Calendar::bundled().unwrap(),
    );
    let mut judge = Judge::new(Law {
        profiles: &profiles,
        proposed,
        calendar: &calendar,
        today: date("2026-11-22"),
    });
    for recorded in &past.events {
        let version = recorded.metadata.version;
        let event = AnyEvent::decode(&recorded.name, version, &recorded.data).unwrap();
        judge.take(recorded, &event).unwrap();
    }
    judge.finish().unwrap()
}

/// The kinds found, and by how many days.
fn found(past: &Past) -> Vec<(Kind, Option<i32>)> {
    let report = judged(past, None);
    let found = report.deviations.iter();
    found
        .map(|deviation| (deviation.kind, deviation.days))
        .collect()
}

fn event<E: Event>(name: &str, data: Value) -> E {
    let newest = E::NAMES.iter().find(|(known, _)| *known == name).unwrap().1;
    let data = data.to_string();
    E::decode(name, newest, data.as_bytes()).unwrap().unwrap()
}

fn then<A: Aggregate>(past: &mut Past, id: impl std::fmt::Display, name: &str, data: Value) {
    past.then::<A>(id, &[], event::<A::Event>(name, data));
}

/// One step of a petition.
fn petition(past: &mut Past, recorded: &str, name: &str, data: Value) {
    past.recorded(recorded);
    then::<PetitionCase>(past, petition_id(1), name, data);
}

/// Received on 2 January and accepted on that day: to be told by the 17th (a Saturday, so Monday the
/// 19th), and answered by 3 March.
fn accepted(past: &mut Past) {
    let registered = json!({"petition": {
        "id": petition_id(1).to_string(), "channel": "letter", "petitioner": {"name": "来信人"},
        "subject": "医药费", "text": "报销偏低", "received": "2026-01-02",
    }});
    petition(
        past,
        "2026-01-02T02:00:00Z",
        "petition.registered",
        registered,
    );
    let accepted = json!({"accepted": "2026-01-02"});
    petition(past, "2026-01-02T03:00:00Z", "petition.accepted", accepted);
}

fn told(past: &mut Past, on: &str) {
    let notice = json!({"notice": {"content": "ours", "means": "on_the_spot", "told": on}});
    petition(
        past,
        &format!("{on}T03:00:00Z"),
        "petition.petitioner_told",
        notice,
    );
}

fn replied(past: &mut Past, on: &str) {
    let reply = json!({"text": "已办理", "delivered": on});
    petition(past, &format!("{on}T03:00:00Z"), "petition.replied", reply);
}

fn extended(past: &mut Past, on: &str, days: u32) {
    let extension = json!({"extension": {
        "days": days, "reasons": "情况复杂", "approver": "wang", "approved": on, "told": on,
    }});
    petition(
        past,
        &format!("{on}T03:00:00Z"),
        "petition.extended",
        extension,
    );
}

#[test]
fn a_petition_told_and_answered_in_time_is_no_deviation() {
    let mut past = Past::default();
    accepted(&mut past);
    told(&mut past, "2026-01-19");
    replied(&mut past, "2026-03-03");
    assert_eq!(found(&past), []);
}

#[test]
fn a_day_late_is_late_for_the_petitioner_and_for_the_answer() {
    let mut past = Past::default();
    accepted(&mut past);
    told(&mut past, "2026-01-20");
    replied(&mut past, "2026-03-04");
    let late = [
        (Kind::PetitionAnsweredLate, Some(1)),
        (Kind::PetitionToldLate, Some(1)),
    ];
    assert_eq!(found(&past), late);
}

#[test]
fn what_was_never_done_is_late_up_to_the_day_of_judgement() {
    let mut past = Past::default();
    accepted(&mut past);
    let late = [
        (Kind::PetitionNotAnswered, Some(264)),
        (Kind::PetitionNotTold, Some(307)),
    ];
    assert_eq!(found(&past), late);
}

#[test]
fn an_extension_is_measured_against_the_limit_and_against_the_last_day_it_prolongs() {
    let mut past = Past::default();
    accepted(&mut past);
    told(&mut past, "2026-01-05");
    extended(&mut past, "2026-03-05", 31);
    replied(&mut past, "2026-03-20");
    let late = [
        (Kind::ExtensionTooLong, Some(1)),
        (Kind::ExtensionAfterDue, Some(2)),
    ];
    assert_eq!(found(&past), late);
}

#[test]
fn a_proposed_profile_is_laid_over_the_past() {
    let mut past = Past::default();
    accepted(&mut past);
    told(&mut past, "2026-01-05");
    replied(&mut past, "2026-02-20");
    assert_eq!(found(&past), []);
    let province = bundled().pop().unwrap();
    assert_eq!(province.petition.handle.term, calendar::Term::Days(30));
    let report = judged(&past, Some(&province));
    let deviation = &report.deviations[0];
    assert_eq!(deviation.kind, Kind::PetitionAnsweredLate);
    assert_eq!(deviation.profile, "province-30");
    assert_eq!(report.proposed.as_deref(), Some("province-30"));
}

#[test]
fn what_the_reader_may_not_know_of_is_neither_listed_nor_counted() {
    let mut past = Past::default();
    accepted(&mut past);
    duty(&mut past);
    let hidden = format!("petition-{}", petition_id(1));
    let report = judged(&past, None).without(&[hidden].into());
    assert_eq!(report.counts, [(Kind::DutyNotDone, 1)].into());
    assert_eq!(report.deviations.len(), 1);
}

/// The duty to visit person 1 in hospital, known on the 22nd of January 2025 and to be done by the 26th.
fn duty(past: &mut Past) -> String {
    let golden = include_str!("../../../domain/golden/duty.opened.v1.9.json");
    let mut opened: Value = serde_json::from_str(golden).unwrap();
    let id = format!("{}-hospital_visit-2025-01-20", person(1));
    opened["id"] = json!(id);
    past.recorded("2025-01-22T03:00:00Z");
    then::<Duty>(past, &id, "duty.opened", opened);
    id
}

fn visited(past: &mut Past, recorded: &str, who: CadreId, mode: &str) {
    let visit = json!({"visit": {
        "person": who.to_string(), "visited": recorded, "visitors": [{"name": "甲"}], "mode": mode,
        "purpose": "hospitalisation",
    }});
    past.recorded(recorded);
    then::<VisitRecord>(past, visit_id(1), "visit.recorded", visit);
}

fn fulfilled(past: &mut Past, duty: &str, on: &str) {
    let by = json!({"by": {"visit": {"visit": visit_id(1).to_string(), "visited": on}}});
    past.recorded("2025-03-01T01:00:00Z");
    then::<Duty>(past, duty, "duty.fulfilled", by);
}

#[test]
fn a_duty_is_closed_by_a_visit_that_matches_and_stands() {
    let case = |who, mode, on: &str, withdrawn: bool| {
        let mut past = Past::default();
        let duty = duty(&mut past);
        visited(&mut past, on, who, mode);
        fulfilled(&mut past, &duty, on);
        if withdrawn {
            let why = json!({"reason": "误录"});
            then::<VisitRecord>(&mut past, visit_id(1), "visit.withdrawn", why);
        }
        found(&past)
    };
    let in_time = "2025-01-23T03:00:00Z";
    assert_eq!(case(person(1), "hospital", in_time, false), []);
    let other = [(Kind::DutyClosedByOther, None)];
    assert_eq!(case(person(2), "hospital", in_time, false), other);
    assert_eq!(case(person(1), "phone", in_time, false), other);
    assert_eq!(case(person(1), "hospital", in_time, true), other);
    let before = "2025-01-21T03:00:00Z";
    let early = [(Kind::VisitBeforeTrigger, None)];
    assert_eq!(case(person(1), "hospital", before, false), early);
    let late = "2025-01-28T03:00:00Z";
    let done_late = [(Kind::DutyDoneLate, Some(2))];
    assert_eq!(case(person(1), "hospital", late, false), done_late);
}

#[test]
fn a_duty_that_nobody_did_is_not_forgotten() {
    let mut past = Past::default();
    duty(&mut past);
    assert_eq!(found(&past), [(Kind::DutyNotDone, Some(665))]);
}

#[test]
fn who_assessed_neither_approves_nor_pays() {
    let case = |assessor: &str, approver: &str, payer: &str| {
        let mut past = Past::default();
        let id = format!("{}-serious_illness", person(1));
        let mut then = |name, data| {
            then::<Hardship>(&mut past, &id, name, data);
        };
        then(
            "hardship.opened",
            json!({"person": person(1).to_string(), "ground": "serious_illness", "case": 1}),
        );
        then(
            "hardship.assessed",
            json!({"assessor": assessor, "finding": "属实", "recommended": 100}),
        );
        then(
            "hardship.approved",
            json!({"approver": approver, "amount": 100, "document": "批"}),
        );
        then(
            "hardship.disbursed",
            json!({"payer": payer, "voucher": "1", "amount": 100, "paid_on": "2026-01-02"}),
        );
        found(&past).len()
    };
    assert_eq!(case("a", "b", "c"), 0);
    assert_eq!(case("a", "a", "c"), 1);
    assert_eq!(case("a", "b", "a"), 1);
    assert_eq!(case("a", "b", "b"), 1);
}

#[test]
fn money_that_was_not_there_is_told_to_the_fen() {
    let mut past = Past::default();
    let fund = json!({"unit": "老干部局", "year": 2026, "source": "财政"});
    let mut then = |name, data| {
        then::<Fund>(&mut past, "2026-0", name, data);
    };
    then(
        "fund.budget_set",
        json!({"fund": fund, "amount": 1_000, "document": "预算"}),
    );
    let case = json!({"person": person(1).to_string(), "ground": "serious_illness", "case": 1});
    let reserved = |amount: u64| {
        json!({
            "reservation": "00000000-0000-0000-0000-000000000001", "case": case, "amount": amount,
            "approver": "b", "document": "批",
        })
    };
    then("fund.reserved", reserved(1_000));
    then("fund.reserved", reserved(1));
    let report = judged(&past, None);
    let [overrun] = report.deviations.as_slice() else {
        panic!("{report:?}");
    };
    assert_eq!(
        (overrun.kind, overrun.amount),
        (Kind::FundOverrun, Some(domain::Fen(1)))
    );
}

/// A member since a day, who was given the medal of 2026; dead since a day, if any.
fn medal(starts_on: &str, died_on: Option<&str>) -> Vec<(Kind, Option<i32>)> {
    let mut past = Past::default();
    let who = past.registered(1, "王某", |_| ());
    let standing = json!({
        "joined_on": starts_on, "standing_starts_on": starts_on, "basis": "document", "evidence": "档案",
    });
    past.cadre(
        who,
        event::<domain::cadre::CadreEvent>("cadre.party_standing_recorded", standing),
    );
    let mut then = |name, data| {
        then::<Medal>(&mut past, who, name, data);
    };
    then(
        "medal.nominated",
        json!({
            "person": who.to_string(), "year": 2026, "standing_starts_on": starts_on,
        }),
    );
    then("medal.awarded", json!({"year": 2026}));
    if let Some(day) = died_on {
        let died = json!({"died_on": day});
        past.cadre(
            who,
            event::<domain::cadre::CadreEvent>("cadre.death_recorded", died),
        );
    }
    found(&past)
}

#[test]
fn a_medal_needs_fifty_years_by_the_first_of_july_and_a_living_holder() {
    assert_eq!(medal("1976-07-01", None), []);
    let too_early = [(Kind::MedalIneligible, None)];
    assert_eq!(medal("1976-07-02", None), too_early);
    let dead = medal("1976-07-01", Some("2025-12-31"));
    assert!(dead.contains(&(Kind::MedalToTheDead, None)), "{dead:?}");
}

#[test]
fn what_was_recorded_over_a_week_later_is_told_and_a_ledger_row_only_counted() {
    let late = |past: &mut Past| {
        let visit = json!({"visit": {
            "person": person(1).to_string(), "visited": "2026-01-02", "visitors": [{"name": "甲"}],
            "mode": "home", "purpose": "routine",
        }});
        past.recorded("2026-01-10T03:00:00Z");
        then::<VisitRecord>(past, visit_id(1), "visit.recorded", visit);
    };
    let mut past = Past::default();
    late(&mut past);
    assert_eq!(found(&past), [(Kind::RecordedLate, Some(8))]);
    let mut past = Past::default();
    past.copied_from("台账.xlsx", "一月", 3);
    late(&mut past);
    let report = judged(&past, None);
    assert_eq!((report.deviations.len(), report.taken_over), (0, 1));
}

#[test]
fn the_gravest_comes_first_whatever_was_recorded_first() {
    let mut past = Past::default();
    duty(&mut past);
    accepted(&mut past);
    let kinds: Vec<_> = found(&past).into_iter().map(|(kind, _)| kind).collect();
    let ranked = [
        Kind::PetitionNotAnswered,
        Kind::PetitionNotTold,
        Kind::DutyNotDone,
    ];
    assert_eq!(kinds, ranked);
}
