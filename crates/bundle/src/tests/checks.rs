use calendar::When;
use domain::Rejection as _;
use inspection::deviations::{DeviationReport, Judge};
use ledger::{EventProof, Keys};

use super::*;
use crate::{archive::Reader, files};

fn file(bundle: &[u8], name: &str) -> Vec<u8> {
    let mut reader = Reader::open(Cursor::new(bundle)).unwrap();
    reader.head(name).unwrap()
}

fn judged(events: &[Recorded]) -> DeviationReport {
    let law = law();
    let mut judge = Judge::new(law.on(date("2026-06-30")));
    for recorded in events {
        let event =
            domain::AnyEvent::decode(&recorded.name, recorded.metadata.version, &recorded.data);
        judge.take(recorded, &event.unwrap()).unwrap();
    }
    judge.finish().unwrap()
}

#[test]
fn a_bundle_holds_the_events_and_says_what_it_covers() {
    let bureau = &*BUREAU;
    let events = bureau.of(person(0));
    let found = verified(&bureau.of_person(0), &bureau.key()).unwrap();
    assert_eq!(found.coverage.events, events.len() as u64);
    assert_eq!(found.checkpoint.size, bureau.events.len() as u64);
    assert!(!found.coverage.whole);
    assert_eq!(found.coverage.gaps, []);
    assert_eq!(found.coverage.first, Some(events[0].metadata.recorded));
    assert!(found.report);
    assert_eq!(found.deviations, judged(&events).deviations.len() as u64);
    assert!(found.deviations > 0, "a life without a fault tries nothing");
}

#[test]
fn the_report_tells_who_it_is_what_happened_and_what_was_not_by_the_book() {
    let bundle = BUREAU.of_person(0);
    let report = String::from_utf8(file(&bundle, files::REPORT_HTML)).unwrap();
    let deviation = judged(&BUREAU.of(person(0))).deviations[0].kind.zh();
    for told in [
        "基本情况",
        "责任事项",
        "走访",
        "经过",
        "事件清单",
        "不能证明",
        deviation,
    ] {
        assert!(report.contains(told), "{told}");
    }
    let state = String::from_utf8(file(&bundle, files::STATE)).unwrap();
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    let name = state["person"]["profile"]["name"].as_str().unwrap();
    assert!(report.contains(name));
}

#[test]
fn everything_is_known_to_be_everything() {
    let bureau = &*BUREAU;
    let bundle = bureau.bundle(&scope(Subject::Bureau), bureau.events.clone());
    let found = verified(&bundle, &bureau.key()).unwrap();
    assert!(found.coverage.whole);
    let all_but_one = bureau.bundle(&scope(Subject::Bureau), bureau.events[1..].to_vec());
    // Its first stream begins with its second event.
    let found = verified(&all_but_one, &bureau.key()).unwrap();
    assert!(!found.coverage.whole);
    assert_eq!(found.coverage.gaps.len(), 1);
}

#[test]
fn a_bundle_of_a_moment_holds_what_counts_then_and_nothing_else() {
    let bureau = &*BUREAU;
    let events = bureau.of(person(0));
    let middle = events[events.len() / 2].metadata.recorded;
    let moment = AsOf::at(When::At(middle));
    let (then, counted) = as_of(bureau, 0, moment);
    assert!(counted.len() < events.len());
    let found = verified(&bureau.bundle(&then, counted.clone()), &bureau.key()).unwrap();
    assert_eq!(found.coverage.events, counted.len() as u64);
    // One that came later was put in before it was signed.
    let too_many = events[..=counted.len()].to_vec();
    let refused = verified(&bureau.bundle(&then, too_many), &bureau.key()).unwrap_err();
    assert_eq!(refused.code(), "bundle_event_stray");
    let before = AsOf::at(When::Day(date("1949-10-01")));
    let (then, counted) = as_of(bureau, 0, before);
    let refused = bureau.made(&then, counted).unwrap_err();
    assert_eq!(refused.code(), "bundle_empty");
}

#[test]
fn what_is_left_out_in_the_middle_of_a_stream_is_told() {
    let bureau = &*BUREAU;
    let mut events = bureau.of(person(0));
    let long = events.iter().find(|event| event.revision.0 == 2).unwrap();
    let stream = long.stream.clone();
    events.retain(|event| event.stream != stream || event.revision.0 != 1);
    let bundle = bureau.bundle(&scope(Subject::Person(person(0))), events);
    let found = verified(&bundle, &bureau.key()).unwrap();
    let [gap] = &found.coverage.gaps[..] else {
        panic!("{:?}", found.coverage.gaps);
    };
    assert_eq!(
        (gap.stream.as_str(), gap.from, gap.until),
        (stream.as_str(), 1, 1)
    );
}

#[test]
fn each_event_has_a_proof_that_others_can_read() {
    let bureau = &*BUREAU;
    let bundle = bureau.of_person(1);
    let keys = Keys::trusting(bureau.key(), &[]).unwrap();
    for event in bureau.of(person(1)) {
        let index = bureau.events.iter().position(|e| e.id == event.id).unwrap() as u64;
        let proof = String::from_utf8(file(&bundle, &files::single_proof(index))).unwrap();
        let proof: EventProof = proof.parse().unwrap();
        assert_eq!(proof.verify(&keys).unwrap().leaf.id, event.id);
    }
}

#[test]
fn the_key_that_was_noted_down_years_ago_still_verifies() {
    let bureau = Bureau::with(&BUREAU.events, 3);
    let noted = bureau.key();
    bureau.folder.rotate([9; 32], now()).unwrap();
    assert_ne!(bureau.folder.keys().unwrap().current(), &noted);
    let bundle = bureau.of_person(0);
    verified(&bundle, &noted).unwrap();
    let other = BUREAU.key();
    let refused = verified(&bundle, &other).unwrap_err();
    assert_eq!(refused.code(), "ledger_signature_missing");
}

#[test]
fn the_same_events_make_the_same_bundle() {
    assert_eq!(BUREAU.of_person(0), BUREAU.of_person(0));
}

/// What follows from the events of one person is what follows for them from all events: no judge needs
/// to look beyond.
#[test]
fn the_deviations_of_a_person_are_those_of_the_whole_record() {
    let bureau = &*BUREAU;
    let whole = judged(&bureau.events);
    for n in [0, 1] {
        let events = bureau.of(person(n));
        let streams: Vec<&str> = events.iter().map(|e| e.stream.as_str()).collect();
        let theirs = whole.deviations.iter();
        let theirs = theirs.filter(|deviation| streams.contains(&deviation.stream.as_str()));
        let theirs: Vec<_> = theirs.collect();
        let own = judged(&events);
        assert_eq!(own.deviations.iter().collect::<Vec<_>>(), theirs);
    }
}

#[test]
fn what_is_wrong_is_told_in_both_languages() {
    let cut = &BUREAU.of_person(0)[..1000];
    let refused = verified(cut, &BUREAU.key()).unwrap_err();
    let Error::Fault(fault) = &refused else {
        panic!("{refused}");
    };
    assert_eq!(fault.code(), "bundle_malformed");
    assert!(refused.to_string().contains("no inspection bundle"));
    assert!(refused.zh().contains("核查包"));
}
