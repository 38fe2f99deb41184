use calendar::{Calendar, Date, Term};
use domain::{
    CadreId, ClosedBy, VisitId, VisitMatch,
    cadre::{
        ContactAssigned, DeathRecorded, DeathWithdrawn, RecordVerified, Retirement,
        TransferAccepted,
    },
    duty::{
        CancelReason, Climb, Duty, DutyCancelled, DutyDue, DutyEvent, DutyFulfilled,
        DutyFulfilmentWithdrawn, DutyId, DutyMissed, DutyOpened, DutyReinstated,
        DutyWaiverRequested, DutyWarned, Evidence, Fulfilment, RuleId, Trigger, TriggerKey,
        TriggerKind,
    },
    hardship::{Ground, Hardship, HardshipId, HardshipOpened},
    health::{Admitted, Bed, Health, Learnt, StayWithdrawn},
    petition::Rung,
    plan::{Plan, PlanAdopted, PlanClosed, PlanReviewWithdrawn, PlanReviewed},
    visit::{Mode, Purpose, VisitCorrected, VisitRecord, VisitRecorded, VisitWithdrawn},
};
use uuid::Uuid;

use super::*;
use crate::{
    PageRequest,
    testing::{Past, date, person, staff, text, unit, visit, visit_id, when},
};

mod digest;

/// The unit that keeps everyone.
const UNIT: &str = "老干部局";

fn duty_id(person: CadreId, rule: &str, day: &str) -> DutyId {
    DutyId {
        person,
        rule: RuleId::parse(rule).unwrap(),
        trigger: TriggerKey::Day(date(day)),
    }
}

/// A duty raised on this day and due so many days later, closed by any visit for this purpose.
fn opened(person: CadreId, rule: &str, day: &str, days: u32, purpose: Purpose) -> DutyOpened {
    let deadline = Calendar::bundled()
        .unwrap()
        .due(date(day), Term::Days(days), None)
        .unwrap();
    let climb = |rung| Climb {
        rung,
        from: deadline.rolled.tomorrow().unwrap(),
    };
    DutyOpened {
        id: duty_id(person, rule, day),
        trigger: Trigger {
            kind: TriggerKind::Dispute,
            on: date(day),
            known: when(day),
            until: None,
            age: None,
        },
        name: text("矛盾纠纷必访"),
        unit: unit(UNIT),
        handler: None,
        closed_by: ClosedBy::Visit(VisitMatch {
            purposes: vec![purpose],
            modes: vec![],
        }),
        due: DutyDue {
            start: date(day),
            term: Term::Days(days),
            warn_from: deadline.raw.yesterday().unwrap(),
            climbs: [Rung::Handler, Rung::Head, Rung::Leader].map(climb).into(),
            deadline,
        },
    }
}

fn dispute(person: CadreId, day: &str, days: u32) -> DutyOpened {
    opened(person, "dispute_visit", day, days, Purpose::Dispute)
}

impl Past {
    fn duty(&mut self, id: &DutyId, event: impl Into<DutyEvent>) {
        self.then::<Duty>(id, &[id.person], event);
    }

    fn open(&mut self, opened: DutyOpened) -> DutyId {
        let id = opened.id.clone();
        self.duty(&id, Box::new(opened));
        id
    }

    fn visited(&mut self, n: u32, on: &str, purpose: Purpose) -> VisitId {
        let visit = domain::visit::Visit {
            visited: when(on),
            purpose,
            ..visit(n)
        };
        let recorded = VisitRecorded {
            visit,
            days_late: None,
        };
        self.then::<VisitRecord>(visit_id(n), &[person(n)], recorded);
        visit_id(n)
    }
}

fn fulfilled(visit: VisitId, on: &str) -> DutyFulfilled {
    DutyFulfilled {
        by: Fulfilment::Visit {
            visit,
            visited: when(on),
        },
    }
}

/// What is to be done for the only duty that does not agree.
fn todo(past: &Past) -> Option<Todo> {
    let mut todos = todos(&past.rows()).unwrap();
    assert!(todos.len() <= 1, "{todos:?}");
    todos.pop().map(|(_, todo)| todo)
}

fn by(visit: VisitId, on: &str, purpose: Purpose) -> Option<Todo> {
    Some(Todo::Fulfil(Evidence::Visit {
        visit,
        visited: when(on),
        purpose,
        mode: Mode::Home,
    }))
}

#[test]
fn the_first_visit_that_matches_is_the_evidence() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let id = past.open(dispute(who, "2026-03-02", 10));
    assert_eq!(todo(&past), None);
    let visit = past.visited(1, "2026-03-01", Purpose::Dispute);
    assert_eq!(todo(&past), None, "before the trigger");
    let correct = |past: &mut Past, on: &str, purpose: Purpose| {
        let visit = domain::visit::Visit {
            visited: when(on),
            purpose,
            ..crate::testing::visit(1)
        };
        let reason = text("笔误");
        past.then::<VisitRecord>(visit_id(1), &[who], VisitCorrected { visit, reason });
    };
    correct(&mut past, "2026-03-03", Purpose::Routine);
    assert_eq!(todo(&past), None, "for another purpose");
    correct(&mut past, "2026-03-03", Purpose::Dispute);
    assert_eq!(todo(&past), by(visit, "2026-03-03", Purpose::Dispute));
    past.duty(&id, fulfilled(visit, "2026-03-03"));
    assert_eq!(todo(&past), None);
    // What closed it does not stand any more.
    let mut corrected = past.clone();
    correct(&mut corrected, "2026-03-01", Purpose::Dispute);
    assert_eq!(todo(&corrected), Some(Todo::WithdrawFulfilment));
    let reason = text("未走访");
    past.then::<VisitRecord>(visit, &[who], VisitWithdrawn { reason });
    assert_eq!(todo(&past), Some(Todo::WithdrawFulfilment));
}

#[test]
fn a_visit_before_the_duty_was_opened_counts_from_the_trigger_on() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let visit = past.visited(1, "2026-03-02", Purpose::Dispute);
    past.open(dispute(who, "2026-03-02", 10));
    assert_eq!(todo(&past), by(visit, "2026-03-02", Purpose::Dispute));
}

#[test]
fn a_verification_from_the_trigger_on_is_evidence_where_the_rule_asks_for_one() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let verified = |on: &str| RecordVerified {
        on: date(on),
        evidence: text("入户核对"),
    };
    past.cadre(who, verified("2026-03-01"));
    past.open(DutyOpened {
        closed_by: ClosedBy::Verification,
        ..dispute(who, "2026-03-02", 10)
    });
    past.visited(1, "2026-03-03", Purpose::Dispute);
    assert_eq!(todo(&past), None);
    past.cadre(who, verified("2026-03-02"));
    let on = date("2026-03-02");
    assert_eq!(
        todo(&past),
        Some(Todo::Fulfil(Evidence::Verification { on }))
    );
}

#[test]
fn a_duty_follows_the_death_and_its_withdrawal() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let id = past.open(dispute(who, "2026-03-02", 10));
    past.cadre(
        who,
        DeathRecorded {
            died_on: date("2026-03-03"),
            document: None,
        },
    );
    assert_eq!(todo(&past), Some(Todo::FollowPerson));
    let why = CancelReason::Died {
        on: date("2026-03-03"),
    };
    past.duty(&id, DutyCancelled { why });
    assert_eq!(todo(&past), None);
    past.cadre(
        who,
        DeathWithdrawn {
            reason: text("误登"),
            document: None,
        },
    );
    assert_eq!(todo(&past), Some(Todo::FollowPerson));
    past.duty(&id, DutyReinstated { was: why });
    assert_eq!(todo(&past), None);
}

#[test]
fn a_duty_follows_the_unit_and_the_contact() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    past.open(dispute(who, "2026-03-02", 10));
    let mut contacted = past.clone();
    contacted.cadre(
        who,
        ContactAssigned {
            staff: staff("liu"),
            name: text("刘芳"),
            from: date("2026-03-03"),
        },
    );
    assert_eq!(todo(&contacted), Some(Todo::FollowPerson));
    past.cadre(
        who,
        TransferAccepted {
            from: unit(UNIT),
            to: unit("教育局"),
        },
    );
    assert_eq!(todo(&past), Some(Todo::FollowPerson));
}

#[test]
fn a_stay_recorded_in_error_takes_its_duties_away() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let admitted = Admitted {
        person: who,
        stay: 1,
        bed: Bed {
            hospital: text("市立医院"),
            ward: None,
            bed: None,
        },
        admitted: Learnt {
            happened: when("2026-03-01"),
            known: when("2026-03-02"),
        },
    };
    past.then::<Health>(who, &[who], admitted);
    let occasions = occasions_after(&past.rows(), None).unwrap().items;
    let [(occasion, facts)] = occasions.as_slice() else {
        panic!("{occasions:?}");
    };
    let known = (occasion.kind, occasion.on, occasion.known);
    let expected = (
        TriggerKind::Admitted,
        date("2026-03-01"),
        when("2026-03-02"),
    );
    assert_eq!(known, expected);
    let stay = facts.stay.unwrap();
    assert_eq!(
        (stay.event, stay.admitted_on),
        (occasion.event, occasion.on)
    );
    let long_stay = |n| DutyId {
        trigger: TriggerKey::Nth(occasion.event, n),
        ..duty_id(who, "long_stay_visit", "2026-03-01")
    };
    past.open(DutyOpened {
        id: long_stay(1),
        ..dispute(who, "2026-04-01", 7)
    });
    past.then::<Health>(
        who,
        &[who],
        StayWithdrawn {
            stay: 1,
            reason: text("误登"),
        },
    );
    assert_eq!(todo(&past), Some(Todo::WithdrawTrigger));
    let rows = past.rows();
    assert_eq!(occasions_after(&rows, None).unwrap().items, []);
    let people = people_changed_after(&rows, None).unwrap().items;
    assert_eq!(people[0].facts.stay, None);
}

#[test]
fn a_hardship_counts_from_the_day_the_bureau_knew_and_not_at_all_where_a_ledger_brought_it() {
    let opened = |ground, situation: Option<&str>, known: Option<&str>| {
        let mut past = Past::default();
        let who = past.registered(1, "王佳", |_| ());
        let (situation, known) = (situation.map(text), known.map(when));
        let opened = HardshipOpened {
            person: who,
            ground,
            case: 1,
            situation,
            recipient: None,
            known,
        };
        let of = HardshipId {
            person: who,
            ground,
        };
        past.then::<Hardship>(of, &[who], opened);
        let occasions = occasions_after(&past.rows(), None).unwrap().items;
        let told = occasions
            .iter()
            .map(|(o, _)| (o.kind, o.on, o.known.date()));
        told.collect::<Vec<_>>()
    };
    let on = |day| vec![(TriggerKind::Hardship, date(day), date(day))];
    let illness = Ground::SeriousIllness;
    let told = opened(illness, Some("住院"), Some("2025-12-20"));
    assert_eq!(told, on("2025-12-20"), "entered late");
    let told = opened(illness, Some("住院"), None);
    assert_eq!(told, on("2026-01-01"), "entered when it was known");
    assert_eq!(opened(illness, None, None), [], "copied from a ledger");
    let told = opened(Ground::Survivor, Some("生活困难"), Some("2025-12-20"));
    assert_eq!(told, [], "the cadre is dead");
}

#[test]
fn only_what_changed_is_read_again() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    past.registered(2, "单丹", |e| {
        e.retirement = Some(Retirement::Lixiu {
            joined_revolution_on: date("1948-01-01"),
            approval: None,
        });
    });
    let all = people_changed_after(&past.rows(), None).unwrap();
    let lixiu: Vec<bool> = all.items.iter().map(|p| p.facts.lixiu).collect();
    assert_eq!(lixiu, [false, true]);
    let none = people_changed_after(&past.rows(), all.until).unwrap();
    assert_eq!((none.items, none.until), (vec![], all.until));
    past.cadre(
        person(1),
        DeathRecorded {
            died_on: date("2026-03-03"),
            document: None,
        },
    );
    let changed = people_changed_after(&past.rows(), all.until).unwrap();
    assert_eq!(changed.items.len(), 1);
    assert!(!changed.items[0].comes_round);
    assert!(changed.until > all.until);
}

#[test]
fn the_clock_is_asked_on_the_days_on_which_it_has_something_to_say() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    // Due on Monday 2026-03-09, with a warning on the Sunday before.
    let id = past.open(dispute(who, "2026-03-02", 7));
    let due = |past: &Past, day: &str| {
        let alarms = alarms(&past.rows(), date(day), "cn-2026.1").unwrap();
        !alarms.is_empty()
    };
    assert!(!due(&past, "2026-03-07"));
    assert!(due(&past, "2026-03-08"));
    let (due_raw, due_rolled) = (date("2026-03-09"), date("2026-03-09"));
    past.duty(
        &id,
        DutyWarned {
            due_raw,
            due_rolled,
        },
    );
    assert!(!due(&past, "2026-03-09"));
    assert!(due(&past, "2026-03-10"));
    past.duty(
        &id,
        DutyMissed {
            due_raw,
            due_rolled,
        },
    );
    assert!(due(&past, "2026-03-10"), "the first rung");
    past.duty(&id, domain::duty::DutyEscalated { rung: Rung::Leader });
    assert!(!due(&past, "2027-03-10"));
}

/// Three duties due on 2026-03-09, 2026-03-11 and 2026-03-20 of three people.
fn three() -> (Past, Vec<DutyId>) {
    let mut past = Past::default();
    let mut ids = Vec::new();
    for (n, days) in [(1, 7), (2, 9), (3, 18)] {
        let who = past.registered(n, "王佳", |_| ());
        ids.push(past.open(dispute(who, "2026-03-02", days)));
    }
    (past, ids)
}

fn listed(past: &Past, filter: &WorkFilter, today: &str) -> Vec<u32> {
    let page = worklist(&past.rows(), filter, date(today), &PageRequest::default()).unwrap();
    let number = |row: &DutyRow| (1..=3).find(|n| person(*n) == row.person).unwrap();
    page.items.iter().map(number).collect()
}

#[test]
fn the_work_list_is_cut_into_bands() {
    let (mut past, ids) = three();
    past.duty(
        &ids[2],
        DutyWaiverRequested {
            by: staff("clerk"),
            reason: text("谢绝"),
        },
    );
    // Tuesday; the Sunday of that week is 2026-03-15.
    let today = "2026-03-10";
    let of = |band| WorkFilter {
        band: Some(band),
        ..WorkFilter::default()
    };
    for (band, expected) in [
        (Band::Overdue, &[1][..]),
        (Band::Today, &[]),
        (Band::ThisWeek, &[2]),
        (Band::Later, &[3]),
        (Band::AwaitingApproval, &[3]),
    ] {
        assert_eq!(listed(&past, &of(band), today), expected, "{band:?}");
    }
    assert_eq!(listed(&past, &of(Band::Today), "2026-03-11"), [2]);
    assert_eq!(listed(&past, &WorkFilter::default(), today), [1, 2, 3]);
    let counts = counts(&past.rows(), &WorkFilter::default(), date(today)).unwrap();
    let expected = DutyCounts {
        overdue: 1,
        today: 0,
        this_week: 1,
        later: 1,
        awaiting_approval: 1,
    };
    assert_eq!(counts, expected);
}

#[test]
fn the_work_list_is_of_a_unit_a_clerk_or_all() {
    let (mut past, ids) = three();
    let handler = Some(staff("liu"));
    let reassigned = domain::duty::DutyReassigned {
        unit: unit("教育局"),
        handler,
    };
    past.duty(&ids[1], reassigned);
    let filter = |unit: Option<&str>, handler: Option<&str>| WorkFilter {
        unit: unit.map(text),
        handler: handler.map(text),
        ..WorkFilter::default()
    };
    for (unit, handler, expected) in [
        (Some(UNIT), None, &[1, 3][..]),
        (Some("教育局"), None, &[2]),
        (None, Some("liu"), &[2]),
        (Some(UNIT), Some("liu"), &[]),
    ] {
        let listed = listed(&past, &filter(unit, handler), "2026-03-10");
        assert_eq!(listed, expected, "{unit:?} {handler:?}");
    }
    let other = WorkFilter {
        kind: Some(TriggerKind::Died),
        ..WorkFilter::default()
    };
    assert_eq!(listed(&past, &other, "2026-03-10"), [0; 0]);
}

#[test]
fn the_work_list_goes_on_page_by_page() {
    let (past, _) = three();
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let filter = WorkFilter::default();
    let first = worklist(&rows, &filter, date("2026-03-10"), &request).unwrap();
    assert_eq!(first.items.len(), 2);
    request.page_token = first.next_page_token;
    let second = worklist(&rows, &filter, date("2026-03-10"), &request).unwrap();
    assert_eq!((second.items.len(), second.next_page_token), (1, None));
}

#[test]
fn a_work_list_is_read_in_the_order_of_its_index() {
    let (past, _) = three();
    let rows = past.rows();
    for (column, index) in [
        ("d.unit = 'x'", "duties_work_by_unit"),
        ("d.handler = 'x'", "duties_work_by_handler"),
        ("1", "duties_work"),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT d.*, p.name FROM duties d
             JOIN duties_person p ON p.person = d.person
             WHERE {column} AND d.open = 1 AND d.due_rolled >= 'a' AND d.due_rolled <= 'b'
             ORDER BY d.due_rolled, d.duty LIMIT 50"
        );
        let mut statement = rows.prepare(&sql).unwrap();
        let plan: Vec<String> = statement
            .query_map([], |row| row.get::<_, String>("detail"))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let plan = plan.join("\n");
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[test]
fn coverage_adds_up() {
    let (mut past, ids) = three();
    let first = past.visited(1, "2026-03-09", Purpose::Dispute);
    past.duty(&ids[0], fulfilled(first, "2026-03-09"));
    let second = past.visited(2, "2026-03-12", Purpose::Dispute);
    past.duty(&ids[1], fulfilled(second, "2026-03-12"));
    let report = |from: Option<&str>, today: &str| {
        let filter = CoverageFilter {
            from: from.map(date),
            ..CoverageFilter::default()
        };
        let report = coverage(&past.rows(), &filter, date(today)).unwrap();
        let [row] = report.as_slice() else {
            panic!("{report:?}");
        };
        let sum = row.in_time + row.late + row.waived + row.cancelled + row.open + row.overdue;
        assert_eq!(sum, row.due);
        (row.due, row.in_time, row.late, row.open, row.overdue)
    };
    assert_eq!(report(None, "2026-03-20"), (3, 1, 1, 1, 0));
    assert_eq!(report(None, "2026-03-21"), (3, 1, 1, 0, 1));
    assert_eq!(report(Some("2026-03-11"), "2026-03-21"), (2, 0, 1, 0, 1));
}

#[test]
fn one_duty_is_shown_with_all_that_explains_it() {
    let (mut past, ids) = three();
    let visit = past.visited(1, "2026-03-09", Purpose::Dispute);
    past.duty(&ids[0], fulfilled(visit, "2026-03-09"));
    let rows = past.rows();
    let today: Date = date("2026-03-10");
    let known = get(&rows, &ids[0], today).unwrap().unwrap();
    assert_eq!(known.row.state, DutyState::Fulfilled);
    assert_eq!(known.done_by, Some(visit));
    assert_eq!(known.due.deadline.rolled, date("2026-03-09"));
    let none = duty_id(CadreId(Uuid::nil()), "dispute_visit", "2026-03-02");
    assert_eq!(get(&rows, &none, today).unwrap(), None);
    let open = |open| DutyFilter {
        person: ids[0].person,
        open,
    };
    let of = |filter| of_person(&rows, &filter, today, &PageRequest::default()).unwrap();
    assert_eq!(of(open(false)).items.len(), 1);
    assert_eq!(of(open(true)).items.len(), 0);
}

#[test]
fn what_is_there_is_not_missing() {
    let (past, ids) = three();
    let trigger = dispute(person(1), "2026-03-02", 7).trigger;
    let other = duty_id(person(1), "dispute_visit", "2026-03-03");
    let raised = vec![(ids[0].clone(), trigger.clone()), (other.clone(), trigger)];
    let missing = missing(&past.rows(), raised).unwrap();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].0, other);
}

/// A plan, its review due on this day; and the duty that this raises.
fn planned(past: &mut Past, who: CadreId, due: &str) -> DutyOpened {
    let adopted = PlanAdopted {
        person: who,
        plan: 1,
        adopted_on: date("2026-03-01"),
        needs: vec![],
        measures: vec![],
        next_review: date(due),
    };
    past.then::<Plan>(who, &[who], adopted);
    review_duty(past, who, due)
}

/// The duty raised by what happened last.
fn review_duty(past: &Past, who: CadreId, due: &str) -> DutyOpened {
    let set_by = past.events.last().unwrap();
    let mut opened = dispute(who, "2026-03-02", 30);
    opened.id = DutyId {
        person: who,
        rule: RuleId::parse("plan_review").unwrap(),
        trigger: TriggerKey::Event(set_by.id.0),
    };
    opened.trigger.kind = TriggerKind::PlanReview;
    opened.trigger.until = Some(date(due));
    opened.closed_by = ClosedBy::Review;
    opened
}

fn reviewed(past: &mut Past, who: CadreId, number: u32, on: &str) {
    let reviewed = PlanReviewed {
        number,
        on: date(on),
        findings: text("措施有效"),
        next_review: date("2026-09-30"),
    };
    past.then::<Plan>(who, &[who], reviewed);
}

/// What the plan's next review is, as the rules of duties see it.
fn next_review(past: &Past) -> Option<(String, String)> {
    let people = people_changed_after(&past.rows(), None).unwrap();
    let review = people.items.last().unwrap().facts.review;
    review.map(|review| (review.after.to_string(), review.due.to_string()))
}

#[test]
fn the_review_of_a_plan_is_the_evidence_until_it_is_withdrawn() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let duty = planned(&mut past, who, "2026-04-01");
    assert_eq!(
        next_review(&past),
        Some(("2026-03-01".into(), "2026-04-01".into()))
    );
    let id = past.open(duty);
    assert_eq!(todo(&past), None);
    reviewed(&mut past, who, 1, "2026-03-20");
    assert_eq!(
        next_review(&past),
        Some(("2026-03-20".into(), "2026-09-30".into()))
    );
    let next = review_duty(&past, who, "2026-09-30");
    let on = date("2026-03-20");
    assert_eq!(todo(&past), Some(Todo::Fulfil(Evidence::Review { on })));
    let by = Fulfilment::Review { on };
    past.duty(&id, DutyFulfilled { by });
    assert_eq!(todo(&past), None);
    past.open(next);
    let withdrawn = PlanReviewWithdrawn {
        number: 1,
        reason: text("误登"),
    };
    past.then::<Plan>(who, &[who], withdrawn);
    assert_eq!(
        next_review(&past),
        Some(("2026-03-01".into(), "2026-04-01".into()))
    );
    let todos = todos(&past.rows()).unwrap();
    let of = |duty: &DutyId| {
        todos
            .iter()
            .find(|(id, _)| id == duty)
            .map(|(_, todo)| todo)
    };
    assert_eq!(of(&id), Some(&Todo::WithdrawFulfilment));
    assert_eq!(todos.len(), 2, "and the duty of the next review falls away");
    past.duty(&id, DutyFulfilmentWithdrawn { by });
    reviewed(&mut past, who, 2, "2026-03-19");
    let on = date("2026-03-19");
    let todos = super::todos(&past.rows()).unwrap();
    let fulfil = Todo::Fulfil(Evidence::Review { on });
    assert!(todos.contains(&(id, fulfil)), "{todos:?}");
}

#[test]
fn a_closed_plan_is_not_reviewed_any_more() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let duty = planned(&mut past, who, "2026-04-01");
    past.open(duty);
    let reason = text("需求已解决");
    past.then::<Plan>(who, &[who], PlanClosed { reason });
    assert_eq!(todo(&past), Some(Todo::WithdrawTrigger));
    assert_eq!(next_review(&past), None);
}

#[test]
fn what_was_done_is_told_with_what_did_it() {
    let (mut past, ids) = three();
    let visit = past.visited(1, "2026-03-09", Purpose::Dispute);
    past.duty(&ids[0], fulfilled(visit, "2026-03-09"));
    let done = |past: &Past, from| done_and_due_from(&past.rows(), date(from)).unwrap();
    let by = Evidence::Visit {
        visit,
        visited: when("2026-03-09"),
        purpose: Purpose::Dispute,
        mode: Mode::Home,
    };
    assert_eq!(done(&past, "2026-03-09"), [(ids[0].clone(), by)].into());
    assert_eq!(done(&past, "2026-03-10"), [].into());
    // A visit that was an error did nothing, even before its duty has heard of it.
    let withdrawn = VisitWithdrawn {
        reason: text("录入错误"),
    };
    past.then::<VisitRecord>(visit_id(1), &[person(1)], withdrawn);
    assert_eq!(done(&past, "2026-03-09"), [].into());
}
