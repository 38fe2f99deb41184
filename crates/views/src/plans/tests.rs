use domain::{
    CadreId, StaffId,
    cadre::{DeathRecorded, DeathWithdrawn},
    plan::{
        Measure, Need, NeedKind, Plan, PlanAdopted, PlanClosed, PlanEvent, PlanMeasureAdded,
        PlanMeasureCompleted, PlanMeasureDropped, PlanMeasureReopened, PlanMeasureRevised,
        PlanNeedAdded, PlanNeedRevised, PlanReviewWithdrawn, PlanReviewed,
    },
};

use super::*;
use crate::{
    PageRequest,
    testing::{Past, Rows, date, staff, text, unit},
};

const TODAY: &str = "2026-05-01";

impl Past {
    fn plan(&mut self, person: CadreId, event: impl Into<PlanEvent>) {
        self.then::<Plan>(person, &[person], event);
    }
}

fn need(what: &str) -> Need {
    Need {
        kind: NeedKind::Medical,
        text: text(what),
    }
}

fn measure(what: &str, owner: &str, due: &str) -> Measure {
    Measure {
        need: 1,
        text: text(what),
        owner: staff(owner),
        owner_name: text(owner),
        due: date(due),
    }
}

fn adopted(person: CadreId, plan: u32, measures: Vec<Measure>) -> PlanAdopted {
    PlanAdopted {
        person,
        plan,
        adopted_on: date("2026-01-05"),
        needs: vec![need("需要康复")],
        measures,
        next_review: date("2026-04-30"),
    }
}

fn reviewed(number: u32, on: &str, next: &str) -> PlanReviewed {
    PlanReviewed {
        number,
        on: date(on),
        findings: text("措施有效"),
        next_review: date(next),
    }
}

fn page(rows: &Rows, person: CadreId) -> PlanPage {
    get(rows, person, None, date(TODAY)).unwrap().unwrap()
}

fn listed(rows: &Rows, filter: &PlanFilter) -> Vec<(CadreId, u32)> {
    let found = list(rows, filter, date(TODAY), &PageRequest::default()).unwrap();
    found
        .items
        .iter()
        .map(|row| (row.person, row.plan))
        .collect()
}

fn to_do(rows: &Rows, filter: &MeasureFilter) -> Vec<(String, i32)> {
    let found = measures(rows, filter, date(TODAY), &PageRequest::default()).unwrap();
    let of = |row: &MeasureRow| (row.text.to_string(), row.days_left);
    found.items.iter().map(of).collect()
}

#[test]
fn the_page_of_a_plan_shows_needs_and_measures_as_they_are_now() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let first = measure("联系家庭医生", "zhao", "2026-03-01");
    past.plan(who, adopted(who, 1, vec![first]));
    past.plan(
        who,
        PlanNeedAdded {
            number: 2,
            need: need("陪诊"),
        },
    );
    past.plan(
        who,
        PlanNeedRevised {
            number: 2,
            need: need("每月陪诊"),
        },
    );
    let second = measure("安装扶手", "liu", "2026-04-30");
    past.plan(
        who,
        PlanMeasureAdded {
            number: 2,
            measure: second,
        },
    );
    past.plan(
        who,
        PlanMeasureRevised {
            number: 2,
            measure: Measure {
                need: 2,
                ..measure("陪同就诊", "sun", "2026-04-29")
            },
        },
    );
    past.plan(
        who,
        PlanMeasureCompleted {
            number: 1,
            on: date("2026-03-02"),
            result: Some(text("已签约")),
        },
    );
    let page = page(&past.rows(), who);
    let needs: Vec<_> = page
        .needs
        .iter()
        .map(|n| (n.number, n.text.as_str()))
        .collect();
    assert_eq!(needs, [(1, "需要康复"), (2, "每月陪诊")]);
    let [done, open] = page.measures.as_slice() else {
        panic!("{}", page.measures.len());
    };
    assert_eq!((done.state, done.overdue), (MeasureState::Completed, false));
    assert_eq!(
        (done.done_on, done.remark.as_deref()),
        (Some(date("2026-03-02")), Some("已签约"))
    );
    assert_eq!((open.state, open.overdue), (MeasureState::ToDo, true));
    assert_eq!(
        (open.need, open.owner.clone(), open.due),
        (2, staff("sun"), date("2026-04-29"))
    );
    let row = &page.row;
    assert_eq!((row.to_do, row.overdue, row.completed), (1, 1, 1));
    assert_eq!(
        (row.state, row.next_review),
        (PlanState::InForce, date("2026-04-30"))
    );
}

#[test]
fn what_was_taken_back_is_to_be_done_again() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    past.plan(
        who,
        adopted(who, 1, vec![measure("签约", "zhao", "2026-05-01")]),
    );
    let all = MeasureFilter::default();
    assert_eq!(to_do(&past.rows(), &all), [("签约".to_owned(), 0)]);
    let reason = || text("本人谢绝");
    past.plan(
        who,
        PlanMeasureDropped {
            number: 1,
            reason: reason(),
        },
    );
    let rows = past.rows();
    assert_eq!(to_do(&rows, &all), []);
    let shown = &page(&rows, who).measures[0];
    assert_eq!(
        (shown.state, shown.remark.clone()),
        (MeasureState::Dropped, Some(reason()))
    );
    past.plan(
        who,
        PlanMeasureReopened {
            number: 1,
            reason: reason(),
        },
    );
    let rows = past.rows();
    assert_eq!(to_do(&rows, &all), [("签约".to_owned(), 0)]);
    assert_eq!(page(&rows, who).measures[0].remark, None);
}

#[test]
fn a_review_sets_the_next_one_until_it_is_withdrawn() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    past.plan(who, adopted(who, 1, vec![]));
    past.plan(who, reviewed(1, "2026-02-01", "2026-06-30"));
    past.plan(who, reviewed(2, "2026-04-01", "2026-09-30"));
    let days = |past: &Past| {
        let row = page(&past.rows(), who).row;
        (
            row.reviewed_on.map(|day| day.to_string()),
            row.next_review.to_string(),
        )
    };
    assert_eq!(
        days(&past),
        (Some("2026-04-01".into()), "2026-09-30".into())
    );
    let withdraw = |number| PlanReviewWithdrawn {
        number,
        reason: text("误登"),
    };
    past.plan(who, withdraw(2));
    assert_eq!(
        days(&past),
        (Some("2026-02-01".into()), "2026-06-30".into())
    );
    past.plan(who, withdraw(1));
    assert_eq!(days(&past), (None, "2026-04-30".into()));
    let withdrawn = page(&past.rows(), who)
        .reviews
        .iter()
        .all(|review| review.withdrawn);
    assert!(withdrawn, "they stay on the page");
}

#[test]
fn a_plan_ends_with_the_person_or_when_it_is_closed() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    past.plan(
        who,
        adopted(who, 1, vec![measure("签约", "zhao", "2026-05-01")]),
    );
    let state = |past: &Past| {
        let rows = past.rows();
        let measures = to_do(&rows, &MeasureFilter::default()).len();
        (page(&rows, who).row.state, measures)
    };
    assert_eq!(state(&past), (PlanState::InForce, 1));
    let died_on = date("2026-04-01");
    past.cadre(
        who,
        DeathRecorded {
            died_on,
            document: None,
        },
    );
    assert_eq!(state(&past), (PlanState::EndedByDeath, 0));
    past.cadre(
        who,
        DeathWithdrawn {
            reason: text("误登"),
            document: None,
        },
    );
    assert_eq!(state(&past), (PlanState::InForce, 1));
    past.plan(
        who,
        PlanClosed {
            reason: text("需求已解决"),
        },
    );
    assert_eq!(state(&past), (PlanState::Closed, 0));
    assert_eq!(page(&past.rows(), who).reason, Some(text("需求已解决")));
    past.plan(who, adopted(who, 2, vec![]));
    let rows = past.rows();
    assert_eq!(page(&rows, who).row.plan, 2, "the latest");
    let first = get(&rows, who, Some(1), date(TODAY)).unwrap().unwrap();
    assert_eq!((first.row.plan, first.measures.len()), (1, 1));
    assert_eq!(get(&rows, who, Some(3), date(TODAY)).unwrap(), None);
}

#[test]
fn plans_are_listed_by_what_is_asked() {
    let mut past = Past::default();
    let one = past.registered(1, "王佳", |_| ());
    let two = past.registered(2, "单丹", |e| e.unit = unit("教育局"));
    past.plan(
        one,
        adopted(one, 1, vec![measure("签约", "zhao", "2026-04-30")]),
    );
    past.plan(
        one,
        PlanClosed {
            reason: text("已解决"),
        },
    );
    past.plan(
        one,
        adopted(one, 2, vec![measure("签约", "zhao", "2026-04-30")]),
    );
    past.plan(
        two,
        adopted(two, 1, vec![measure("探望", "liu", "2026-05-01")]),
    );
    past.plan(two, reviewed(1, "2026-04-01", "2026-09-30"));
    let rows = past.rows();
    let all = [(one, 1), (one, 2), (two, 1)];
    let filter = PlanFilter::default;
    assert_eq!(listed(&rows, &filter()), all);
    let cases = [
        (
            PlanFilter {
                unit: Some("教育局".into()),
                ..filter()
            },
            vec![all[2]],
        ),
        (
            PlanFilter {
                person: Some(one),
                ..filter()
            },
            vec![all[0], all[1]],
        ),
        (
            PlanFilter {
                state: Some(PlanState::Closed),
                ..filter()
            },
            vec![all[0]],
        ),
        (
            PlanFilter {
                state: Some(PlanState::InForce),
                ..filter()
            },
            vec![all[1], all[2]],
        ),
        (
            PlanFilter {
                state: Some(PlanState::InForce),
                review_until: Some(date(TODAY)),
                ..filter()
            },
            vec![all[1]],
        ),
        (
            PlanFilter {
                overdue: true,
                ..filter()
            },
            vec![all[1]],
        ),
    ];
    for (filter, expected) in cases {
        assert_eq!(listed(&rows, &filter), expected, "{filter:?}");
    }
    let request = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let first = list(&rows, &filter(), date(TODAY), &request).unwrap();
    let request = PageRequest {
        page_token: first.next_page_token,
        ..request
    };
    let rest = list(&rows, &filter(), date(TODAY), &request).unwrap();
    assert_eq!((rest.items[0].person, rest.next_page_token), (two, None));
}

#[test]
fn an_owner_sees_what_is_theirs_the_longest_overdue_first() {
    let mut past = Past::default();
    let one = past.registered(1, "王佳", |_| ());
    let two = past.registered(2, "单丹", |e| e.unit = unit("教育局"));
    let later = measure("复诊", "zhao", "2026-05-03");
    past.plan(
        one,
        adopted(one, 1, vec![later, measure("签约", "liu", "2026-04-30")]),
    );
    past.plan(
        two,
        adopted(two, 1, vec![measure("探望", "zhao", "2026-04-29")]),
    );
    let rows = past.rows();
    let of = |owner: &str| MeasureFilter {
        owner: Some(StaffId(text(owner))),
        ..MeasureFilter::default()
    };
    let own = [("探望".to_owned(), -2), ("复诊".to_owned(), 2)];
    assert_eq!(to_do(&rows, &of("zhao")), own);
    let overdue = MeasureFilter {
        overdue: true,
        ..of("zhao")
    };
    assert_eq!(to_do(&rows, &overdue), own[..1]);
    let elsewhere = MeasureFilter {
        unit: Some("老干部局".into()),
        ..of("zhao")
    };
    assert_eq!(to_do(&rows, &elsewhere), own[1..]);
    let request = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let all = MeasureFilter::default();
    let first = measures(&rows, &all, date(TODAY), &request).unwrap();
    let request = PageRequest {
        page_token: first.next_page_token,
        ..request
    };
    let rest = measures(&rows, &all, date(TODAY), &request).unwrap();
    assert_eq!(
        (rest.items[0].text.as_str(), rest.next_page_token),
        ("复诊", None)
    );
}
