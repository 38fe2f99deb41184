//! Two people are on the frozen list of a Spring Festival round, 2026-02-01 to 2026-02-16.

use domain::{
    CadreId,
    cadre::DeathRecorded,
    round::{
        ExcuseGround, Round, RoundAssigned, RoundAudienceFrozen, RoundClosed, RoundExcused,
        RoundLateArrivalsListed, RoundPlan, RoundPlanned, RoundStarted,
    },
    visit::{Mode, Purpose, Visit, VisitCorrected, VisitRecord, VisitRecorded, VisitWithdrawn},
};

use super::*;
use crate::{
    PageRequest,
    testing::{Past, date, person, round, round_id, staff, text, unit, visit, visit_id, when},
};

fn began() -> Past {
    let mut past = Past::default();
    begin(&mut past);
    past
}

fn begin(past: &mut Past) {
    past.registered(1, "王一", |_| ());
    past.registered(2, "李二", |_| ());
    happened(past, RoundPlanned { plan: round() });
    happened(past, RoundStarted { eligible: 2 });
    let people = vec![person(1), person(2)];
    happened(past, RoundAudienceFrozen { people });
}

fn happened(past: &mut Past, event: impl Into<RoundEvent>) {
    past.then::<Round>(round_id(1), &[], event);
}

fn visited(past: &mut Past, n: u32, visit: Visit) {
    let days_late = None;
    past.then::<VisitRecord>(visit_id(n), &[], VisitRecorded { visit, days_late });
}

fn of(list: RoundList) -> CoverageFilter {
    CoverageFilter {
        round: round_id(1),
        list,
        staff: None,
    }
}

fn asked(past: &Past, filter: &CoverageFilter) -> RoundCoverage {
    coverage(&past.rows(), filter, &PageRequest::default())
        .unwrap()
        .unwrap()
}

/// The figures of the round, and who was not reached.
fn not_reached(past: &Past) -> (u64, u64, Vec<CadreId>) {
    let found = asked(past, &of(RoundList::NotReached));
    let figures = found.round.figures;
    let people = found.people.items.into_iter().map(|one| one.person);
    (figures.reached, figures.eligible, people.collect())
}

#[test]
fn coverage_is_reached_of_eligible_and_names_who_was_not() {
    let mut past = began();
    assert_eq!(not_reached(&past), (0, 2, vec![person(1), person(2)]));
    visited(&mut past, 1, visit(1));
    visited(&mut past, 2, visit(1));
    assert_eq!(not_reached(&past), (1, 2, vec![person(2)]));
    let reached = asked(&past, &of(RoundList::Reached)).people.items;
    assert_eq!(reached[0].person, person(1));
    assert_eq!(reached[0].reached_on, Some(date("2026-02-10")));
    assert_eq!(reached.len(), 1);
}

#[test]
fn only_visits_of_the_round_s_kind_in_its_days_count() {
    let other = |n, visited: &str, purpose| Visit {
        visited: when(visited),
        purpose,
        ..visit(n)
    };
    let mut past = began();
    visited(
        &mut past,
        1,
        other(1, "2026-01-31", Purpose::SpringFestival),
    );
    visited(
        &mut past,
        2,
        other(1, "2026-02-17", Purpose::SpringFestival),
    );
    visited(&mut past, 3, other(1, "2026-02-10", Purpose::Routine));
    assert_eq!(not_reached(&past).0, 0);
    // The last moment of the last day, in Beijing.
    let last = other(1, "2026-02-16T15:59:59Z", Purpose::SpringFestival);
    visited(&mut past, 4, last);
    let first = other(2, "2026-02-01", Purpose::SpringFestival);
    visited(&mut past, 5, first);
    assert_eq!(not_reached(&past), (2, 2, vec![]));
}

#[test]
fn a_visit_counts_as_it_reads_now() {
    let mut past = began();
    visited(&mut past, 1, visit(1));
    let corrected = VisitCorrected {
        visit: Visit {
            person: person(2),
            mode: Mode::Phone,
            ..visit(1)
        },
        reason: text("走访对象有误"),
    };
    past.then::<VisitRecord>(visit_id(1), &[], corrected);
    assert_eq!(not_reached(&past), (1, 2, vec![person(1)]));
    let withdrawn = VisitWithdrawn {
        reason: text("未曾走访"),
    };
    past.then::<VisitRecord>(visit_id(1), &[], withdrawn);
    assert_eq!(not_reached(&past), (0, 2, vec![person(1), person(2)]));
}

#[test]
fn a_visit_counts_whenever_it_is_recorded() {
    let mut past = Past::default();
    visited(&mut past, 1, visit(1));
    begin(&mut past);
    happened(&mut past, RoundClosed { late: 0 });
    assert_eq!(not_reached(&past), (1, 2, vec![person(2)]));
    visited(&mut past, 2, visit(2));
    assert_eq!(not_reached(&past), (2, 2, vec![]));
}

#[test]
fn the_excused_stay_in_the_figure_and_among_those_not_reached() {
    let mut past = began();
    for n in [1, 2] {
        let person = person(n);
        let ground = ExcuseGround::Declined;
        happened(&mut past, RoundExcused { person, ground });
    }
    visited(&mut past, 1, visit(1));
    let found = asked(&past, &of(RoundList::NotReached));
    let figures = found.round.figures;
    assert_eq!(
        (figures.eligible, figures.reached, figures.excused),
        (2, 1, 1)
    );
    assert_eq!(found.people.items[0].excused, Some(ExcuseGround::Declined));
}

#[test]
fn the_names_can_be_narrowed_to_those_of_one_member_of_staff() {
    let mut past = began();
    happened(
        &mut past,
        RoundAssigned {
            staff: staff("zhao.min"),
            name: text("赵敏"),
            people: vec![person(2)],
        },
    );
    let hers = CoverageFilter {
        staff: Some("zhao.min".into()),
        ..of(RoundList::NotReached)
    };
    let found = asked(&past, &hers);
    assert_eq!(found.round.figures.assigned, 1);
    let people: Vec<_> = found.people.items.iter().map(|one| one.person).collect();
    assert_eq!(people, [person(2)]);
    assert_eq!(found.people.items[0].staff_name, Some(text("赵敏")));
}

#[test]
fn whoever_meets_the_rule_only_later_is_listed_apart_and_leaves_the_figure_alone() {
    let mut past = began();
    past.registered(3, "张三", |_| ());
    past.registered(4, "赵四", |_| ());
    let died = DeathRecorded {
        died_on: date("2026-02-02"),
        document: None,
    };
    past.cadre(person(4), died);
    visited(&mut past, 1, visit(3));
    let found = asked(&past, &of(RoundList::Late));
    assert_eq!((found.late, found.round.figures.eligible), (1, 2));
    assert_eq!(found.round.figures.reached, 0);
    assert_eq!(found.people.items[0].person, person(3));
    assert_eq!(found.people.items[0].name, Some(text("张三")));
    assert_eq!(found.people.items[0].reached_on, Some(date("2026-02-10")));
}

#[test]
fn who_came_late_to_a_closed_round_is_settled() {
    let mut past = began();
    past.registered(3, "张三", |_| ());
    let people = vec![person(3)];
    happened(&mut past, RoundLateArrivalsListed { people });
    happened(&mut past, RoundClosed { late: 1 });
    past.registered(4, "赵四", |_| ());
    let found = asked(&past, &of(RoundList::Late));
    assert_eq!(found.late, 1);
    let people: Vec<_> = found.people.items.iter().map(|one| one.person).collect();
    assert_eq!(people, [person(3)]);
}

#[test]
fn a_list_of_names_goes_on_page_by_page() {
    for list in [RoundList::NotReached, RoundList::Late] {
        let mut past = began();
        past.registered(3, "张三", |_| ());
        past.registered(4, "赵四", |_| ());
        let rows = past.rows();
        let mut request = PageRequest {
            page_size: 1,
            page_token: None,
        };
        let mut found = vec![];
        loop {
            let page = coverage(&rows, &of(list), &request)
                .unwrap()
                .unwrap()
                .people;
            found.extend(page.items.into_iter().map(|one| one.person));
            request.page_token = page.next_page_token;
            if request.page_token.is_none() {
                break;
            }
        }
        assert_eq!(found.len(), 2, "{list:?}");
        assert!(found[0] < found[1]);
    }
}

#[test]
fn the_audience_is_whoever_meets_the_rule_in_the_register() {
    let mut past = began();
    past.registered(3, "张三", |e| e.unit = unit("市民政局"));
    past.registered(4, "赵四", |e| e.profile.branch = Some(text("第一支部")));
    let met = |plan: &RoundPlan| -> Vec<CadreId> {
        let cards = eligible(&past.rows(), plan).unwrap();
        cards.into_iter().map(|card| card.person).collect()
    };
    assert_eq!(met(&round()), [1, 2, 3, 4].map(person));
    let mut narrow = RoundPlan {
        unit: Some(unit("老干部局")),
        ..round()
    };
    assert_eq!(met(&narrow), [1, 2, 4].map(person));
    narrow.audience.branch = Some(text("第一支部"));
    assert_eq!(met(&narrow), [person(4)]);
}

#[test]
fn rounds_are_listed_latest_first_and_found_by_kind_state_and_unit() {
    let mut past = began();
    let later = RoundPlan {
        kind: domain::round::RoundKind::JulyFirst,
        unit: Some(unit("市民政局")),
        from: date("2026-06-20"),
        until: date("2026-07-10"),
        ..round()
    };
    past.then::<Round>(round_id(2), &[], RoundPlanned { plan: later });
    let rows = past.rows();
    let found = |filter: RoundFilter| -> Vec<_> {
        let page = list(&rows, &filter, &PageRequest::default()).unwrap();
        page.items.into_iter().map(|row| row.round).collect()
    };
    let all = RoundFilter::default;
    assert_eq!(found(all()), [2, 1].map(round_id));
    let kind = Some(domain::round::RoundKind::JulyFirst);
    assert_eq!(found(RoundFilter { kind, ..all() }), [round_id(2)]);
    let state = Some(RoundState::Running);
    assert_eq!(found(RoundFilter { state, ..all() }), [round_id(1)]);
    // The other one is for everyone's people.
    let of = |unit: &str| RoundFilter {
        unit: Some(unit.into()),
        ..all()
    };
    assert_eq!(found(of("市民政局")), [2, 1].map(round_id));
    assert_eq!(found(of("老干部局")), [round_id(1)]);
    let first = PageRequest {
        page_size: 1,
        page_token: None,
    };
    let page = list(&rows, &all(), &first).unwrap();
    let second = PageRequest {
        page_token: page.next_page_token,
        ..first
    };
    let page = list(&rows, &all(), &second).unwrap();
    assert_eq!(page.items[0].round, round_id(1));
    assert_eq!(page.next_page_token, None);
}
