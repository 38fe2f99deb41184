//! What is to be done next, and was it done in time?

use calendar::{Deadline, Term};
use domain::petition::{
    Assigned, Assignment, Category, Classified, ClockName, Due, DuplicateLinked, Extended,
    Extension, Means, Notice, NoticeContent, ObjectionRaised, PetitionAccepted, PetitionCase,
    PetitionClosed, PetitionReopened, PetitionReplied, PetitionWithdrawn, PetitionerTold, Rated,
    Rating, Recused, RoutedOnward, Track,
};

use super::received_with;
use crate::{
    PageRequest,
    petitions::{
        Figures, FiguresBy, FiguresFilter, PetitionStage, WorkFilter, WorkRow, figures, get,
        worklist::{Asked, worklist},
    },
    testing::{Past, Rows, date, petition_id, reader, staff, text, unit, when},
};

pub(super) fn due(clock: ClockName, run: u32, start: &str, raw: &str, rolled: &str) -> Due {
    Due {
        clock,
        run,
        start: date(start),
        term: Term::Days(60),
        extension: None,
        not_counted: vec![],
        warn_from: date(raw),
        deadline: Deadline {
            raw: date(raw),
            rolled: date(rolled),
            provisional: false,
            skipped: vec![],
            rule: "R34".to_owned(),
            calendar: "cn-2026.1".to_owned(),
        },
    }
}

fn tell() -> Due {
    due(ClockName::Tell, 1, "2026-01-05", "2026-01-20", "2026-01-20")
}

fn handle() -> Due {
    due(
        ClockName::Handle,
        1,
        "2026-01-06",
        "2026-03-07",
        "2026-03-09",
    )
}

/// Received on 5 January, with the clock of telling.
fn received(past: &mut Past, n: u32) {
    received_with(past, n, "反映供暖", "2026-01-05", vec![tell()]);
}

/// … and accepted the next day, with the clock of handling.
pub(super) fn accepted(past: &mut Past, n: u32) {
    received(past, n);
    then(
        past,
        n,
        PetitionAccepted {
            accepted: when("2026-01-06"),
            dues: vec![handle()],
        },
    );
}

pub(super) fn then(past: &mut Past, n: u32, event: impl Into<domain::petition::PetitionEvent>) {
    past.then::<PetitionCase>(petition_id(n), &[], event);
}

pub(super) fn told(past: &mut Past, n: u32, day: &str) {
    let notice = Notice {
        content: NoticeContent::Ours,
        means: Means::Phone,
        told: when(day),
    };
    then(past, n, PetitionerTold { notice });
}

pub(super) fn replied(past: &mut Past, n: u32, day: &str) {
    then(
        past,
        n,
        PetitionReplied {
            text: text("已协调解决"),
            delivered: when(day),
            dues: vec![],
        },
    );
}

fn count(past: &Past, today: &str) -> Figures {
    figures(
        &past.rows(),
        FiguresFilter::default(),
        None,
        date(today),
        &reader(),
    )
    .unwrap()
    .all
}

fn work(rows: &Rows, filter: &WorkFilter, today: &str) -> Vec<WorkRow> {
    worklist(
        rows,
        filter,
        date(today),
        &reader(),
        &PageRequest::default(),
    )
    .unwrap()
    .items
}

fn next(rows: &Rows, today: &str) -> Vec<(ClockName, i32)> {
    let work = work(rows, &WorkFilter::default(), today);
    let next = work.into_iter().filter_map(|row| row.next);
    next.map(|next| (next.clock, next.days_left.unwrap()))
        .collect()
}

#[test]
fn an_answer_on_the_rolled_last_day_is_in_time_and_a_day_later_is_late() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    replied(&mut past, 1, "2026-03-09T15:59:59Z");
    accepted(&mut past, 2);
    replied(&mut past, 2, "2026-03-09T16:00:00Z");
    let counted = count(&past, "2026-06-01");
    assert_eq!((counted.total, counted.answered), (2, 2));
    assert_eq!((counted.answered_in_time, counted.answered_late), (1, 1));
    assert_eq!(counted.median_days_to_answer, Some(62.5));
    assert_eq!(counted.profile["national-2022"], 2);
}

#[test]
fn an_extension_moves_the_last_day() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    let extension = Extension {
        days: 30,
        reasons: text("案情复杂"),
        approver: staff("head"),
        approved: date("2026-03-01"),
        told: when("2026-03-02"),
    };
    let moved = due(
        ClockName::Handle,
        1,
        "2026-01-06",
        "2026-04-06",
        "2026-04-07",
    );
    then(
        &mut past,
        1,
        Extended {
            extension,
            dues: vec![moved],
        },
    );
    assert_eq!(count(&past, "2026-04-07").open_overdue, 0);
    replied(&mut past, 1, "2026-04-07");
    assert_eq!(count(&past, "2026-06-01").answered_in_time, 1);
    let details = get(&past.rows(), petition_id(1), date("2026-06-01"), &reader())
        .unwrap()
        .unwrap()
        .details;
    assert_eq!(details.courses[0].extended_days, 30);
}

#[test]
fn acceptance_tells_the_petitioner_nothing_but_a_notice_or_an_answer_does() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    accepted(&mut past, 2);
    told(&mut past, 2, "2026-01-20");
    accepted(&mut past, 3);
    replied(&mut past, 3, "2026-01-21");
    let counted = count(&past, "2026-02-01");
    assert_eq!((counted.told_in_time, counted.told_late), (1, 1));
    assert_eq!(counted.mean_days_to_tell, Some(15.5));
}

#[test]
fn what_is_open_is_overdue_only_after_the_rolled_last_day_and_what_left_us_is_neither() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    accepted(&mut past, 2);
    then(
        &mut past,
        2,
        PetitionWithdrawn {
            withdrawn: when("2026-02-01"),
            reason: None,
        },
    );
    received(&mut past, 3);
    then(
        &mut past,
        3,
        RoutedOnward {
            to: unit("医保局"),
            document: None,
            routed: when("2026-01-07"),
        },
    );
    let on = |day| {
        let counted = count(&past, day);
        (counted.open, counted.open_overdue, counted.ended_otherwise)
    };
    assert_eq!(on("2026-03-09"), (1, 0, 2));
    assert_eq!(on("2026-03-10"), (1, 1, 2));
}

#[test]
fn a_breach_is_not_unmade_by_a_new_course_answered_in_time() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    replied(&mut past, 1, "2026-03-20");
    then(&mut past, 1, PetitionClosed { exemption: None });
    then(
        &mut past,
        1,
        PetitionReopened {
            reason: text("新情况"),
            on: date("2026-04-01"),
            dues: vec![due(
                ClockName::Handle,
                2,
                "2026-04-01",
                "2026-05-31",
                "2026-06-01",
            )],
        },
    );
    let open = count(&past, "2026-04-02");
    assert_eq!((open.open, open.answered), (1, 0));
    replied(&mut past, 1, "2026-04-10");
    let counted = count(&past, "2026-06-01");
    assert_eq!((counted.answered_in_time, counted.answered_late), (0, 1));
    assert_eq!(counted.median_days_to_answer, Some(9.0));
}

#[test]
fn a_category_without_a_clock_of_handling_is_answered_without_limit() {
    let mut past = Past::default();
    received(&mut past, 1);
    then(
        &mut past,
        1,
        Classified {
            category: Category::Suggestion,
            reason: None,
            dues: vec![],
            handling_stopped: None,
        },
    );
    then(
        &mut past,
        1,
        PetitionAccepted {
            accepted: when("2026-01-06"),
            dues: vec![],
        },
    );
    replied(&mut past, 1, "2026-09-01");
    then(
        &mut past,
        1,
        Rated {
            rating: Rating::BasicallySatisfied,
        },
    );
    let counted = count(&past, "2026-10-01");
    assert_eq!((counted.answered, counted.answered_without_limit), (1, 1));
    assert_eq!((counted.rated, counted.satisfied), (1, 1));
}

#[test]
fn the_period_is_of_receipt_and_both_its_ends_count() {
    let mut past = Past::default();
    received(&mut past, 1);
    let rows = past.rows();
    let total = |from: &str, to: &str, of: &str| {
        let filter = FiguresFilter {
            from: Some(date(from)),
            to: Some(date(to)),
            unit: Some(text(of)),
            category: None,
        };
        let counted = figures(&rows, filter, None, date("2026-02-01"), &reader());
        counted.unwrap().all.total
    };
    assert_eq!(total("2026-01-05", "2026-01-05", "老干部局"), 1);
    assert_eq!(total("2026-01-06", "2026-12-31", "老干部局"), 0);
    assert_eq!(total("2025-01-01", "2026-01-04", "老干部局"), 0);
    assert_eq!(total("2026-01-05", "2026-01-05", "医保局"), 0);
}

#[test]
fn groups_add_up_to_the_whole_and_each_is_named_by_what_it_holds() {
    let mut past = Past::default();
    for (n, day) in [
        (1, "2025-12-31"),
        (2, "2026-01-01"),
        (3, "2026-03-31"),
        (4, "2026-04-01"),
    ] {
        received_with(&mut past, n, "反映供暖", day, vec![]);
    }
    for (n, category) in [
        (1, Category::Suggestion),
        (2, Category::Demand(Track::Investigation)),
    ] {
        let classified = Classified {
            category,
            reason: None,
            dues: vec![],
            handling_stopped: None,
        };
        then(&mut past, n, classified);
    }
    let rows = past.rows();
    let by = |by, of: FiguresFilter| {
        let report = figures(&rows, of, Some(by), date("2026-05-01"), &reader()).unwrap();
        let sum: u64 = report.groups.iter().map(|g| g.figures.total).sum();
        assert_eq!(sum, report.all.total, "{by:?}");
        let named = report
            .groups
            .into_iter()
            .map(|g| (g.group, g.figures.total));
        named.collect::<Vec<_>>()
    };
    let all = FiguresFilter::default;
    let named = |groups: &[(&str, u64)]| -> Vec<(String, u64)> {
        groups.iter().map(|(g, n)| ((*g).to_owned(), *n)).collect()
    };
    let months = [
        ("2025-12", 1),
        ("2026-01", 1),
        ("2026-03", 1),
        ("2026-04", 1),
    ];
    assert_eq!(by(FiguresBy::Month, all()), named(&months));
    let quarters = [("2025-Q4", 1), ("2026-Q1", 2), ("2026-Q2", 1)];
    assert_eq!(by(FiguresBy::Quarter, all()), named(&quarters));
    assert_eq!(
        by(FiguresBy::Year, all()),
        named(&[("2025", 1), ("2026", 3)])
    );
    assert_eq!(by(FiguresBy::Unit, all()), named(&[("老干部局", 4)]));
    let categories = [
        ("demand_investigation", 1),
        ("suggestion", 1),
        ("unclassified", 2),
    ];
    assert_eq!(by(FiguresBy::Category, all()), named(&categories));
    let of = FiguresFilter {
        category: Some(Category::Demand(Track::Investigation)),
        ..all()
    };
    assert_eq!(by(FiguresBy::Year, of), named(&[("2026", 1)]));
}

#[test]
fn the_clock_that_runs_out_next_comes_first_and_one_that_was_kept_not_at_all() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    assert_eq!(next(&past.rows(), "2026-01-21"), [(ClockName::Tell, -1)]);
    told(&mut past, 1, "2026-01-21");
    assert_eq!(next(&past.rows(), "2026-03-07"), [(ClockName::Handle, 2)]);
    replied(&mut past, 1, "2026-03-08");
    assert_eq!(next(&past.rows(), "2026-03-20"), []);
}

#[test]
fn the_longest_overdue_is_on_top_and_an_open_petition_without_a_clock_at_the_end() {
    let mut past = Past::default();
    received_with(&mut past, 1, "无期限", "2026-01-05", vec![]);
    accepted(&mut past, 2);
    told(&mut past, 2, "2026-01-07");
    received(&mut past, 3);
    let rows = past.rows();
    let work = work(&rows, &WorkFilter::default(), "2026-02-01");
    let order: Vec<_> = work.iter().map(|row| row.petition).collect();
    assert_eq!(order, [3, 2, 1].map(petition_id));
    assert_eq!(work[2].next, None);
}

#[test]
fn whoever_was_routed_away_must_still_be_told() {
    let mut past = Past::default();
    received(&mut past, 1);
    then(
        &mut past,
        1,
        RoutedOnward {
            to: unit("医保局"),
            document: None,
            routed: when("2026-01-07"),
        },
    );
    assert_eq!(next(&past.rows(), "2026-01-20"), [(ClockName::Tell, 0)]);
    told(&mut past, 1, "2026-01-20");
    assert_eq!(next(&past.rows(), "2026-01-20"), []);
}

#[test]
fn the_right_to_object_is_work_until_it_lapses_or_is_used() {
    let object = || {
        due(
            ClockName::Object,
            1,
            "2026-01-05",
            "2026-01-12",
            "2026-01-12",
        )
    };
    let mut past = Past::default();
    received_with(&mut past, 1, "转来", "2026-01-05", vec![tell(), object()]);
    let rows = past.rows();
    assert_eq!(next(&rows, "2026-01-12"), [(ClockName::Object, 0)]);
    assert_eq!(next(&rows, "2026-01-13"), [(ClockName::Tell, 7)]);
    then(
        &mut past,
        1,
        ObjectionRaised {
            reasons: text("不属于本单位职责"),
            raised: when("2026-01-07"),
        },
    );
    assert_eq!(next(&past.rows(), "2026-01-08"), [(ClockName::Tell, 12)]);
}

#[test]
fn the_work_list_narrows_to_the_unit_and_the_handler_until_the_handler_stands_back() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    accepted(&mut past, 2);
    then(
        &mut past,
        1,
        Assigned {
            assignment: Assignment {
                lead: unit("一科"),
                supporting: vec![],
                handler: staff("zhang"),
                head: staff("li"),
            },
        },
    );
    let found = |past: &Past, unit: Option<&str>, handler: Option<&str>| {
        let filter = WorkFilter {
            unit: unit.map(text),
            handler: handler.map(text),
            ..WorkFilter::default()
        };
        let work = work(&past.rows(), &filter, "2026-02-01");
        work.iter().map(|row| row.petition).collect::<Vec<_>>()
    };
    assert_eq!(found(&past, Some("一科"), None), [petition_id(1)]);
    assert_eq!(found(&past, Some("老干部局"), None), [petition_id(2)]);
    assert_eq!(found(&past, None, Some("zhang")), [petition_id(1)]);
    assert_eq!(found(&past, Some("老干部局"), Some("zhang")), []);
    then(
        &mut past,
        1,
        Recused {
            staff: staff("zhang"),
            interest: text("亲属"),
        },
    );
    assert_eq!(found(&past, None, Some("zhang")), []);
    assert_eq!(found(&past, Some("一科"), None), [petition_id(1)]);
}

#[test]
fn pages_of_the_work_list_lead_through_every_petition_once() {
    let mut past = Past::default();
    for n in 1..=9 {
        accepted(&mut past, n);
    }
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = worklist(
            &rows,
            &WorkFilter::default(),
            date("2026-02-01"),
            &reader(),
            &request,
        )
        .unwrap();
        seen.extend(page.items.iter().map(|row| row.petition));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=9).map(petition_id).collect::<Vec<_>>());
}

#[test]
fn a_page_of_the_work_list_is_read_off_an_index_however_it_is_narrowed() {
    let rows = Past::default().rows();
    let unit = WorkFilter {
        unit: Some(text("一科")),
        ..WorkFilter::default()
    };
    let handler = WorkFilter {
        handler: Some(text("zhang")),
        ..WorkFilter::default()
    };
    let overdue = WorkFilter {
        overdue: true,
        ..WorkFilter::default()
    };
    let stage = WorkFilter {
        stage: Some(PetitionStage::UnderFinalReview),
        ..WorkFilter::default()
    };
    let feedback = WorkFilter {
        awaiting_feedback: true,
        ..WorkFilter::default()
    };
    let delivery = WorkFilter {
        awaiting_delivery: true,
        ..WorkFilter::default()
    };
    for (filter, index) in [
        (delivery, "petitions_work_by_delivery"),
        (stage, "petitions_work_by_stage"),
        (feedback, "petitions_work_by_feedback"),
        (WorkFilter::default(), "petitions_work_by_due"),
        (overdue, "petitions_work_by_due"),
        (unit, "petitions_work_by_unit"),
        (handler, "petitions_work_by_handler"),
    ] {
        let mut asked = Asked::of(&filter, date("2026-02-01"), &reader());
        asked.bind(":rows", 51);
        let sql = format!("EXPLAIN QUERY PLAN {}", asked.statement());
        let mut statement = rows.prepare(&sql).unwrap();
        let plan: Vec<String> = statement
            .query_map(asked.bound().as_slice(), |row| row.get("detail"))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let plan = plan.join("\n");
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted: {plan}");
    }
}

#[test]
fn the_details_tell_stage_kind_links_and_outcome() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    received(&mut past, 2);
    then(
        &mut past,
        2,
        DuplicateLinked {
            first: petition_id(1),
            on: date("2026-01-08"),
        },
    );
    then(
        &mut past,
        1,
        Classified {
            category: Category::Demand(Track::Investigation),
            reason: None,
            dues: vec![],
            handling_stopped: None,
        },
    );
    replied(&mut past, 1, "2026-01-30");
    let rows = past.rows();
    let first = get(&rows, petition_id(1), date("2026-06-01"), &reader())
        .unwrap()
        .unwrap();
    assert_eq!(first.row.stage, PetitionStage::Replied);
    let first = first.details;
    assert_eq!(first.category, Some(Category::Demand(Track::Investigation)));
    assert_eq!(first.duplicates, [petition_id(2)]);
    assert_eq!(first.told_on, Some(date("2026-01-30")));
    assert_eq!(first.courses[0].answered_on, Some(date("2026-01-30")));
    assert_eq!(first.clocks.len(), 2);
    let second = get(&rows, petition_id(2), date("2026-06-01"), &reader())
        .unwrap()
        .unwrap();
    assert_eq!(second.row.stage, PetitionStage::Linked);
    assert_eq!(second.details.duplicate_of, Some(petition_id(1)));
    assert_eq!(count(&past, "2026-02-01").duplicates, 1);
}
