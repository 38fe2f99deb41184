//! A report against a person is shown and counted to those alone who may see it.

use domain::{
    Actor,
    petition::{
        Accused, AccusedNamed, Category, Classified, ClockName, DuplicateLinked, PetitionCase,
        PetitionEvent,
    },
    petition_access::{AccessAttempted, AttemptedBy, PetitionAccess},
};
use event_log::StreamName;

use super::{received_with, work::due};
use crate::{
    PageRequest, history,
    petition_access::attempts,
    petitions::{
        FiguresFilter, PetitionFilter, WorkFilter, board, figures, get, list, of_unit, worklist,
    },
    testing::{Past, date, person, petition_id, reader, staff, text, unit},
};

/// Each public question of the two views, and how much it shows this reader of these petitions.
fn shown_to(reader: &Actor, past: &Past, ids: &[u32]) -> Vec<(&'static str, usize)> {
    let (rows, page, today) = (past.rows(), PageRequest::default(), date("2026-02-01"));
    let got = |n: &&u32| {
        get(&rows, petition_id(**n), today, reader)
            .unwrap()
            .is_some()
    };
    let of_stream = |n: &u32| {
        let stream = StreamName::new("petition", &petition_id(*n).to_string()).unwrap();
        history::of_stream(&rows, &stream, reader, &page)
            .unwrap()
            .items
            .len()
    };
    let counted = figures(&rows, FiguresFilter::default(), None, today, reader).unwrap();
    let total = counted.all.total;
    vec![
        ("figures", usize::try_from(total).unwrap()),
        (
            "board",
            usize::try_from(board(&rows, None, today, reader).unwrap().total).unwrap(),
        ),
        (
            "attempts",
            ids.iter()
                .map(|n| {
                    attempts(&rows, petition_id(*n), reader, &page)
                        .unwrap()
                        .items
                        .len()
                })
                .sum(),
        ),
        ("get", ids.iter().filter(got).count()),
        (
            "list",
            list(&rows, &PetitionFilter::default(), reader, &page)
                .unwrap()
                .items
                .len(),
        ),
        (
            "worklist",
            worklist(&rows, &WorkFilter::default(), today, reader, &page)
                .unwrap()
                .items
                .len(),
        ),
        (
            "of_person",
            history::of_person(&rows, person(1), &page)
                .unwrap()
                .items
                .len(),
        ),
        (
            "streams_of_person",
            history::streams_of_person(&rows, person(1)).unwrap().len(),
        ),
        ("of_stream", ids.iter().map(of_stream).sum()),
        ("of_unit", of_unit(&rows, KEEPER, reader).unwrap().len()),
    ]
}

/// The unit that keeps the petitions here.
const KEEPER: &str = "老干部局";

/// Someone of another unit.
fn outsider() -> Actor {
    Actor {
        unit: unit("财务处"),
        ..reader()
    }
}

fn shown(past: &Past, ids: &[u32]) -> Vec<(&'static str, usize)> {
    shown_to(&outsider(), past, ids)
}

/// Nothing is shown to another unit, and all but what is told of a person to the one that keeps it.
fn is_sealed(past: &Past, ids: &[u32]) -> bool {
    let kept = shown_to(&reader(), past, ids);
    shown(past, ids).iter().all(|(_, count)| *count == 0)
        && kept
            .iter()
            .all(|(asked, count)| (*count == 0) == asked.ends_with("of_person"))
}

fn received(past: &mut Past, n: u32) {
    let tell = due(ClockName::Tell, 1, "2026-01-05", "2026-01-20", "2026-01-20");
    received_with(past, n, "反映作风", "2026-01-05", vec![tell]);
    let attempted = AccessAttempted {
        who: staff("zhao"),
        by: AttemptedBy::Id,
        on: date("2026-01-06"),
    };
    past.then::<PetitionAccess>(petition_id(n), &[], attempted);
}

fn then(past: &mut Past, n: u32, event: impl Into<PetitionEvent>) {
    past.then::<PetitionCase>(petition_id(n), &[person(1)], event);
}

fn accused() -> AccusedNamed {
    let accused = Accused::Person {
        name: text("某某"),
        staff: None,
    };
    AccusedNamed {
        accused: vec![accused],
    }
}

fn linked(first: u32) -> DuplicateLinked {
    DuplicateLinked {
        first: petition_id(first),
        on: date("2026-01-08"),
    }
}

#[test]
fn every_question_that_others_may_ask_is_asked_here() {
    let asked: Vec<&str> = shown(&Past::default(), &[])
        .iter()
        .map(|(q, _)| *q)
        .collect();
    for source in [
        include_str!("../mod.rs"),
        include_str!("../../history/mod.rs"),
        include_str!("../../petition_access/mod.rs"),
    ] {
        let exported = source.lines().filter(|line| line.starts_with("pub use"));
        let names =
            exported.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
        // Modules and keywords aside, a lowercase name is a function. Two of them are given an event,
        // what was searched in vain is for the record of attempts, not for the reader, and
        // `stored_files` names files without saying whose.
        let modules = [
            "pub",
            "use",
            "clock",
            "details",
            "documents",
            "facts",
            "query",
            "stage",
            "describe",
            "document",
            "searched_in_vain",
            "stored_files",
        ];
        for name in names.filter(|name| name.starts_with(char::is_lowercase)) {
            assert!(
                modules.contains(&name) || asked.contains(&name),
                "{name} is not asked"
            );
        }
    }
}

#[test]
fn once_someone_is_accused_no_question_shows_the_petition_to_another_unit() {
    let mut past = Past::default();
    received(&mut past, 1);
    let before = shown(&past, &[1]);
    assert!(before.iter().any(|(_, count)| *count > 0), "{before:?}");
    then(&mut past, 1, accused());
    assert!(is_sealed(&past, &[1]), "{:?}", shown(&past, &[1]));
}

#[test]
fn a_report_is_sealed_by_its_category_and_stays_so_when_it_is_classified_anew() {
    let mut past = Past::default();
    received(&mut past, 1);
    for category in [Category::Report, Category::Suggestion] {
        then(
            &mut past,
            1,
            Classified {
                category,
                reason: None,
                dues: vec![],
                handling_stopped: None,
            },
        );
        assert!(is_sealed(&past, &[1]));
    }
}

#[test]
fn what_was_linked_to_a_report_is_sealed_with_it_whichever_came_first() {
    let mut past = Past::default();
    for n in [1, 2, 3] {
        received(&mut past, n);
    }
    then(&mut past, 2, linked(1));
    then(&mut past, 1, accused());
    then(&mut past, 3, linked(2));
    assert!(
        is_sealed(&past, &[1, 2, 3]),
        "{:?}",
        shown(&past, &[1, 2, 3])
    );
}

#[test]
fn whom_it_accuses_it_is_not_shown_even_in_the_unit_that_keeps_it() {
    let mut past = Past::default();
    received(&mut past, 1);
    then(&mut past, 1, accused());
    let namesake = Actor {
        name: text("某某"),
        ..reader()
    };
    let shown = shown_to(&namesake, &past, &[1]);
    assert!(shown.iter().all(|(_, count)| *count == 0), "{shown:?}");
}

#[test]
fn a_page_token_that_names_a_sealed_petition_leads_as_far_as_one_that_names_none() {
    let mut past = Past::default();
    for n in [1, 2, 3] {
        received(&mut past, n);
    }
    let first = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let filter = PetitionFilter::default();
    let page = list(&past.rows(), &filter, &outsider(), &first).unwrap();
    let named = page.items.last().unwrap().petition;
    let rest = PageRequest {
        page_token: page.next_page_token,
        ..first
    };
    let after = |past: &Past| {
        let page = list(&past.rows(), &filter, &outsider(), &rest).unwrap();
        page.items.len()
    };
    assert_eq!(after(&past), 1);
    past.then::<PetitionCase>(named, &[], accused());
    assert_eq!(after(&past), 0);
}
