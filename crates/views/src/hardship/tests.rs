use domain::{
    CadreId, Fen,
    hardship::{
        Ground, Hardship, HardshipApproved, HardshipAssessed, HardshipClosed, HardshipDisbursed,
        HardshipEvent, HardshipId, HardshipOpened, HardshipPaymentTakenOver, HardshipReopened,
        HardshipReversed,
    },
};

use super::{CaseState, HardshipCase, HardshipFilter, HardshipTotals, list, payments, totals};
use crate::{
    PageRequest,
    testing::{Past, Rows, date, person, staff, text, unit},
};

const GROUND: Ground = Ground::SeriousIllness;

fn id(person: CadreId) -> HardshipId {
    HardshipId {
        person,
        ground: GROUND,
    }
}

fn then(past: &mut Past, n: u32, event: impl Into<HardshipEvent>) {
    past.then::<Hardship>(id(person(n)), &[person(n)], event.into());
}

fn opened(past: &mut Past, n: u32, case: u32) {
    let event = HardshipOpened {
        person: person(n),
        ground: GROUND,
        case,
        situation: None,
        recipient: None,
        known: None,
    };
    then(past, n, event);
}

fn approved(past: &mut Past, n: u32, yuan: u64) {
    let event = HardshipApproved {
        approver: staff("approver"),
        amount: Fen::yuan(yuan),
        document: text("帮扶1号"),
        reserved: None,
        approved_on: None,
    };
    then(past, n, event);
}

fn paid(past: &mut Past, n: u32, voucher: &str, yuan: u64, on: &str) {
    let event = HardshipDisbursed {
        payer: staff("payer"),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: date(on),
        batch: None,
    };
    then(past, n, event);
}

fn closed(past: &mut Past, n: u32) {
    let reason = text("已解决");
    then(past, n, HardshipClosed { reason });
}

fn cases(rows: &Rows, filter: &HardshipFilter) -> Vec<HardshipCase> {
    list(rows, filter, &PageRequest::default()).unwrap().items
}

fn all(rows: &Rows) -> Vec<HardshipCase> {
    cases(rows, &HardshipFilter::default())
}

#[test]
fn a_case_goes_from_opened_to_closed_and_back_to_where_it_was() {
    let mut past = Past::default();
    let mut states = vec![];
    let mut look = |past: &Past| states.push(all(&past.rows())[0].state);
    opened(&mut past, 1, 1);
    look(&past);
    let assessed = HardshipAssessed {
        assessor: staff("assessor"),
        finding: text("医药费高"),
        recommended: Fen::yuan(3000),
    };
    then(&mut past, 1, assessed);
    look(&past);
    approved(&mut past, 1, 3000);
    look(&past);
    closed(&mut past, 1);
    look(&past);
    then(
        &mut past,
        1,
        HardshipReopened {
            reason: text("复发"),
        },
    );
    look(&past);
    use CaseState::{Approved, Assessed, Closed, Opened};
    assert_eq!(states, [Opened, Assessed, Approved, Closed, Approved]);
}

#[test]
fn a_reversed_payment_no_longer_counts_but_stays_visible() {
    let mut past = Past::default();
    opened(&mut past, 1, 1);
    approved(&mut past, 1, 3000);
    paid(&mut past, 1, "凭1", 1000, "2026-01-05");
    paid(&mut past, 1, "凭2", 500, "2026-02-05");
    let reversed = HardshipReversed {
        voucher: text("凭2"),
        amount: Fen::yuan(500),
        reason: text("账号有误"),
    };
    then(&mut past, 1, reversed);
    let rows = past.rows();
    let case = all(&rows).remove(0);
    assert_eq!((case.disbursed, case.payments), (Fen::yuan(1000), 1));
    assert_eq!(case.last_paid_on, Some(date("2026-01-05")));
    let made = payments(&rows, id(person(1))).unwrap();
    let reversed: Vec<bool> = made.iter().map(|p| p.reversed.is_some()).collect();
    assert_eq!(reversed, [false, true]);
}

#[test]
fn a_payment_taken_over_counts_as_approved_before() {
    let mut past = Past::default();
    opened(&mut past, 1, 1);
    let before = HardshipPaymentTakenOver {
        voucher: text("旧1"),
        year: 2024,
        amount: Fen::yuan(500),
        paid_on: date("2024-05-01"),
        remark: None,
    };
    then(&mut past, 1, before);
    let rows = past.rows();
    let case = all(&rows).remove(0);
    assert_eq!(
        (case.approved, case.disbursed),
        (Fen::yuan(500), Fen::yuan(500))
    );
    let payment = payments(&rows, id(person(1))).unwrap().remove(0);
    assert!(payment.taken_over && payment.payer.is_none());
}

#[test]
fn a_payment_belongs_to_the_case_that_was_open() {
    let mut past = Past::default();
    for case in 1..=2 {
        opened(&mut past, 1, case);
        approved(&mut past, 1, 1000 * u64::from(case));
        paid(
            &mut past,
            1,
            &format!("凭{case}"),
            100 * u64::from(case),
            "2026-01-05",
        );
        closed(&mut past, 1);
    }
    let paid: Vec<_> = all(&past.rows())
        .iter()
        .map(|c| (c.case, c.disbursed))
        .collect();
    assert_eq!(paid, [(1, Fen::yuan(100)), (2, Fen::yuan(200))]);
}

#[test]
fn lists_and_totals_take_the_same_filter() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    past.registered(2, "李乐", |e| e.unit = unit("工业局"));
    for n in 1..=2 {
        opened(&mut past, n, 1);
        approved(&mut past, n, 1000);
        paid(&mut past, n, "凭1", 300, "2026-01-05");
    }
    closed(&mut past, 2);
    let rows = past.rows();
    let filters = [
        HardshipFilter {
            state: Some(CaseState::Approved),
            ..HardshipFilter::default()
        },
        HardshipFilter {
            unit: Some("老干部局".to_owned()),
            ..HardshipFilter::default()
        },
        HardshipFilter {
            person: Some(person(1)),
            ground: Some(GROUND),
            ..HardshipFilter::default()
        },
    ];
    for filter in filters {
        let found = cases(&rows, &filter);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, Some(text("王佳")));
        let sums = HardshipTotals {
            cases: 1,
            people: 1,
            approved: Fen::yuan(1000),
            disbursed: Fen::yuan(300),
            payments: 1,
        };
        assert_eq!(totals(&rows, &filter).unwrap(), sums);
    }
    let none = HardshipFilter {
        ground: Some(Ground::EmptyNest),
        ..HardshipFilter::default()
    };
    assert_eq!(totals(&rows, &none).unwrap(), HardshipTotals::default());
}

#[test]
fn pages_lead_through_every_case_once() {
    let mut past = Past::default();
    for n in 1..=9 {
        opened(&mut past, n, 1);
    }
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 4,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = list(&rows, &HardshipFilter::default(), &request).unwrap();
        seen.extend(page.items.iter().map(|c| c.person));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=9).map(person).collect::<Vec<_>>());
}
