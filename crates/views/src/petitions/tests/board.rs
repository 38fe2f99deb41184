//! How a unit stands: every count leads to the rows that it counts.

use domain::petition::{
    Assigned, Assignment, FeedbackGiven, Opinion, OpinionIssued, Outcome, PetitionCase,
    PetitionEvent, Supervised, SupervisionGround,
};

use super::{
    received,
    work::{accepted, replied},
};
use crate::{
    PageRequest,
    petitions::{PetitionStage, WorkFilter, board, worklist},
    testing::{Past, Rows, date, petition_id, reader, staff, text, unit},
};

fn then(past: &mut Past, n: u32, event: impl Into<PetitionEvent>) {
    past.then::<PetitionCase>(petition_id(n), &[], event);
}

fn given_to(past: &mut Past, n: u32, handler: &str) {
    let assignment = Assignment {
        lead: unit("一科"),
        supporting: vec![],
        handler: staff(handler),
        head: staff("li"),
    };
    then(past, n, Assigned { assignment });
}

fn supervised(past: &mut Past, n: u32) {
    let supervised = Supervised {
        number: 1,
        ground: SupervisionGround::Shirking,
        recommendation: text("限期办理"),
    };
    then(past, n, supervised);
}

/// Each has the clock of telling, due on 20 January 2026, a Tuesday, and that of handling.
fn bureau() -> Past {
    let mut past = Past::default();
    for n in 1..=5 {
        accepted(&mut past, n);
    }
    given_to(&mut past, 1, "zhang");
    given_to(&mut past, 2, "zhang");
    given_to(&mut past, 3, "wu");
    let opinion = Opinion {
        claim: text("报销"),
        facts_and_reasons: text("属实"),
        decision: text("支持"),
        legal_basis: text("条例"),
        outcome: Outcome::Supported,
    };
    let issued = date("2026-01-10");
    then(&mut past, 2, OpinionIssued { opinion, issued });
    supervised(&mut past, 3);
    replied(&mut past, 5, "2026-01-10");
    received(&mut past, 6, "无期限", "2026-01-05");
    past
}

fn rows_of(rows: &Rows, today: &str, narrow: impl FnOnce(&mut WorkFilter)) -> u64 {
    let mut filter = WorkFilter::default();
    narrow(&mut filter);
    let page = worklist(
        rows,
        &filter,
        date(today),
        &reader(),
        &PageRequest::default(),
    )
    .unwrap();
    page.items.len() as u64
}

#[test]
fn every_count_is_the_number_of_rows_that_its_filter_gives() {
    let rows = bureau().rows();
    let mut told_something = [false; 8];
    // Before the warning, on the day of the warning, the last day, and overdue.
    for today in ["2026-01-12", "2026-01-19", "2026-01-20", "2026-01-21"] {
        for of in [None, Some("一科"), Some("老干部局")] {
            let shown = board(&rows, of.map(text), date(today), &reader()).unwrap();
            let count = |narrow: &dyn Fn(&mut WorkFilter)| {
                rows_of(&rows, today, |filter| {
                    filter.unit = of.map(text);
                    narrow(filter);
                })
            };
            let counts = [
                (shown.total, count(&|_| ())),
                (shown.overdue, count(&|f| f.overdue = true)),
                (shown.due_today, count(&|f| f.due_within = Some(0))),
                (
                    shown.due_this_week,
                    count(&|f| f.due_within = Some(shown.days_left_this_week)),
                ),
                (shown.warned, count(&|f| f.warned = true)),
                (
                    shown.awaiting_delivery,
                    count(&|f| f.awaiting_delivery = true),
                ),
                (
                    shown.awaiting_feedback,
                    count(&|f| f.awaiting_feedback = true),
                ),
                (shown.unassigned, count(&|f| f.unassigned = true)),
            ];
            for (n, (counted, listed)) in counts.into_iter().enumerate() {
                assert_eq!(counted, listed, "count {n} of {of:?} on {today}");
                told_something[n] |= counted > 0;
            }
            for stage in &shown.stages {
                let listed = count(&|f| f.stage = Some(stage.stage));
                assert_eq!(stage.total, listed, "{:?}", stage.stage);
            }
            for handler in &shown.handlers {
                let whose = Some(handler.handler.clone());
                let all = count(&|f| f.handler.clone_from(&whose));
                let overdue = count(&|f| {
                    f.handler.clone_from(&whose);
                    f.overdue = true;
                });
                assert_eq!((handler.total, handler.overdue), (all, overdue));
            }
            let by_stage: u64 = shown.stages.iter().map(|of| of.total).sum();
            let by_handler: u64 = shown.handlers.iter().map(|of| of.total).sum();
            assert_eq!(by_stage, shown.total);
            assert_eq!(by_handler + shown.unassigned, shown.total);
        }
    }
    assert_eq!(told_something, [true; 8], "no count is always nothing");
}

#[test]
fn a_week_ends_on_sunday() {
    let rows = Past::default().rows();
    let left = |day: &str| {
        board(&rows, None, date(day), &reader())
            .unwrap()
            .days_left_this_week
    };
    assert_eq!(left("2026-01-19"), 6, "Monday");
    assert_eq!(left("2026-01-25"), 0, "Sunday");
}

#[test]
fn feedback_is_owed_also_when_the_petition_was_answered_and_until_it_is_given() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    replied(&mut past, 1, "2026-01-10");
    let owed = |past: &Past| {
        let shown = board(&past.rows(), None, date("2026-01-12"), &reader()).unwrap();
        (shown.total, shown.awaiting_feedback)
    };
    assert_eq!(owed(&past), (0, 0));
    supervised(&mut past, 1);
    assert_eq!(owed(&past), (1, 1));
    let feedback = FeedbackGiven {
        number: 1,
        feedback: text("已整改"),
    };
    then(&mut past, 1, feedback);
    assert_eq!(owed(&past), (0, 0));
}

#[test]
fn what_waits_for_delivery_stands_at_its_stage() {
    let rows = bureau().rows();
    let shown = board(&rows, None, date("2026-01-12"), &reader()).unwrap();
    let stages: Vec<_> = shown.stages.iter().map(|of| (of.stage, of.total)).collect();
    assert_eq!(
        stages,
        [
            (PetitionStage::Received, 1),
            (PetitionStage::Accepted, 3),
            (PetitionStage::Opined, 1)
        ]
    );
}
