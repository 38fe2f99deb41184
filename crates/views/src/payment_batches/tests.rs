//! Two people are on one list: 1,000 yuan to one, 2,000 to a survivor of the other.

use domain::{
    CadreId, Fen,
    fund::FundId,
    hardship::{
        Ground, Hardship, HardshipCaseId, HardshipDisbursed, HardshipEvent, HardshipId,
        HardshipLineStruck, HardshipOpened, HardshipReversed, Recipient,
    },
    payment_batch::{
        PaymentBatch, PaymentBatchDiscarded, PaymentBatchDrafted, PaymentBatchEvent,
        PaymentBatchRevised,
    },
};

use super::*;
use crate::{
    PageRequest,
    testing::{Past, batch_id, date, person, staff, text, unit},
};

fn of(n: u32) -> HardshipId {
    let ground = [Ground::SeriousIllness, Ground::Survivor][n as usize - 1];
    let person = person(n);
    HardshipId { person, ground }
}

fn line(n: u32, yuan: u64) -> PaymentLine {
    let HardshipId { person, ground } = of(n);
    PaymentLine {
        case: HardshipCaseId {
            person,
            ground,
            case: 1,
        },
        amount: Fen::yuan(yuan),
    }
}

fn list_of(lines: Vec<PaymentLine>) -> PaymentList {
    PaymentList {
        title: text("五一发放"),
        fund: FundId {
            unit: unit("老干部局"),
            year: 2026,
            source: text("财政拨款"),
        },
        lines,
    }
}

fn widow() -> Recipient {
    Recipient {
        name: text("张三"),
        relation: text("配偶"),
    }
}

fn in_batch(past: &mut Past, n: u32, event: impl Into<PaymentBatchEvent>) {
    past.then::<PaymentBatch>(batch_id(n), &[], event.into());
}

fn in_case(past: &mut Past, n: u32, event: impl Into<HardshipEvent>) {
    past.then::<Hardship>(of(n), &[person(n)], event.into());
}

fn drafted() -> Past {
    let mut past = Past::default();
    past.registered(1, "王一", |_| ());
    for n in [1, 2] {
        let HardshipId { person, ground } = of(n);
        let opened = HardshipOpened {
            known: None,
            person,
            ground,
            case: 1,
            situation: None,
            recipient: (n == 2).then(widow),
        };
        in_case(&mut past, n, opened);
    }
    let list = list_of(vec![line(1, 1_000), line(2, 2_000)]);
    let drafter = staff("clerk");
    in_batch(&mut past, 1, PaymentBatchDrafted { list, drafter });
    past
}

fn approved() -> Past {
    let mut past = drafted();
    let approved = PaymentBatchApproved {
        approver: staff("wang"),
        document: text("批8号"),
        approved_on: date("2026-01-02"),
    };
    in_batch(&mut past, 1, approved);
    past
}

fn pay(past: &mut Past, n: u32, voucher: &str, yuan: u64) {
    let paid = HardshipDisbursed {
        payer: staff("zhao"),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: date("2026-01-03"),
        batch: Some(batch_id(1)),
    };
    in_case(past, n, paid);
}

fn reverse(past: &mut Past, n: u32, voucher: &str, yuan: u64) {
    let reversed = HardshipReversed {
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        reason: text("账号有误"),
    };
    in_case(past, n, reversed);
}

fn strike(past: &mut Past, n: u32) {
    let struck = HardshipLineStruck {
        batch: batch_id(1),
        reason: text("本人放弃"),
    };
    in_case(past, n, struck);
}

fn asked(past: &Past, state: Option<LineState>) -> PaymentBatchDetails {
    let batch = batch_id(1);
    let filter = LineFilter { batch, state };
    details(&past.rows(), &filter, &PageRequest::default())
        .unwrap()
        .unwrap()
}

/// The state of the list, what is paid and what is struck in yuan, and the states of its lines.
fn stands(past: &Past) -> (PaymentBatchState, u64, u64, Vec<LineState>) {
    let PaymentBatchDetails { batch, lines } = asked(past, None);
    let figures = batch.figures;
    let states: Vec<LineState> = lines.items.iter().map(|line| line.state).collect();
    let count = |state| states.iter().filter(|s| **s == state).count() as u64;
    assert_eq!((figures.lines, figures.amount), (2, Fen::yuan(3_000)));
    assert_eq!(figures.paid_lines, count(LineState::Paid));
    assert_eq!(figures.struck_lines, count(LineState::Struck));
    let yuan = |fen: Fen| fen.0 / 100;
    (
        batch.state,
        yuan(figures.paid),
        yuan(figures.struck),
        states,
    )
}

#[test]
fn a_list_is_settled_once_each_line_is_paid_or_struck_and_a_reversal_opens_it_again() {
    use LineState::{Open, Paid, Struck};
    use PaymentBatchState::{Approved, Draft, Settled};
    assert_eq!(stands(&drafted()), (Draft, 0, 0, vec![Open, Open]));
    let mut past = approved();
    assert_eq!(stands(&past), (Approved, 0, 0, vec![Open, Open]));
    pay(&mut past, 1, "P-1", 1_000);
    assert_eq!(stands(&past), (Approved, 1_000, 0, vec![Paid, Open]));
    strike(&mut past, 2);
    assert_eq!(stands(&past), (Settled, 1_000, 2_000, vec![Paid, Struck]));
    reverse(&mut past, 1, "P-1", 1_000);
    assert_eq!(stands(&past), (Approved, 0, 2_000, vec![Open, Struck]));
    pay(&mut past, 1, "P-2", 1_000);
    assert_eq!(stands(&past), (Settled, 1_000, 2_000, vec![Paid, Struck]));
}

#[test]
fn a_line_tells_who_receives_it_and_by_which_voucher() {
    let mut past = approved();
    pay(&mut past, 2, "P-1", 2_000);
    let lines = asked(&past, None).lines.items;
    let told: Vec<_> = lines
        .iter()
        .map(|line| {
            let voucher = line.voucher.clone();
            (
                line.line,
                line.name.clone(),
                line.recipient.clone(),
                voucher,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, Some(text("王一")), None, None),
            (2, None, Some(widow()), Some(text("P-1")))
        ]
    );
    let paid = &lines[1];
    assert_eq!(paid.payer, Some(staff("zhao")));
    assert_eq!(paid.paid_on, Some(date("2026-01-03")));
}

#[test]
fn a_payment_of_the_case_by_itself_pays_no_line() {
    let mut past = approved();
    let paid = HardshipDisbursed {
        payer: staff("zhao"),
        voucher: text("P-1"),
        amount: Fen::yuan(1_000),
        paid_on: date("2026-01-03"),
        batch: None,
    };
    in_case(&mut past, 1, paid);
    assert_eq!(stands(&past).1, 0);
}

#[test]
fn lines_can_be_narrowed_and_come_in_pages() {
    let mut past = approved();
    pay(&mut past, 1, "P-1", 1_000);
    let people = |state| -> Vec<CadreId> {
        let lines = asked(&past, Some(state)).lines.items;
        lines.iter().map(|line| line.person).collect()
    };
    assert_eq!(people(LineState::Paid), [person(1)]);
    assert_eq!(people(LineState::Open), [person(2)]);
    assert_eq!(people(LineState::Struck), []);
    let rows = past.rows();
    let filter = LineFilter {
        batch: batch_id(1),
        state: None,
    };
    let mut request = PageRequest {
        page_size: 1,
        page_token: None,
    };
    let first = details(&rows, &filter, &request).unwrap().unwrap().lines;
    request.page_token = first.next_page_token;
    let second = details(&rows, &filter, &request).unwrap().unwrap().lines;
    assert_eq!((first.items[0].line, second.items[0].line), (1, 2));
    assert_eq!(second.next_page_token, None);
}

#[test]
fn a_revised_draft_is_shown_as_it_is_now_and_a_discarded_one_as_that() {
    let mut past = drafted();
    let list = list_of(vec![line(2, 700)]);
    let drafter = staff("sun");
    in_batch(&mut past, 1, PaymentBatchRevised { list, drafter });
    let found = asked(&past, None);
    assert_eq!(found.batch.figures.amount, Fen::yuan(700));
    assert_eq!(found.lines.items.len(), 1);
    let reason = text("重复");
    in_batch(&mut past, 1, PaymentBatchDiscarded { reason });
    let state = asked(&past, None).batch.state;
    assert_eq!(state, PaymentBatchState::Discarded);
}

#[test]
fn lists_are_found_by_state_unit_and_year_the_latest_first() {
    let mut past = approved();
    let (list, drafter) = (list_of(vec![line(1, 1)]), staff("clerk"));
    in_batch(&mut past, 2, PaymentBatchDrafted { list, drafter });
    let rows = past.rows();
    let found = |filter: PaymentBatchFilter| -> Vec<_> {
        let found = super::list(&rows, &filter, &PageRequest::default()).unwrap();
        found.items.iter().map(|row| row.batch).collect()
    };
    let all = PaymentBatchFilter::default;
    assert_eq!(found(all()), [batch_id(2), batch_id(1)]);
    let state = Some(PaymentBatchState::Approved);
    assert_eq!(found(PaymentBatchFilter { state, ..all() }), [batch_id(1)]);
    for (unit, year, some) in [
        (Some("老干部局"), Some(2026), true),
        (Some("医保处"), None, false),
        (None, Some(2025), false),
    ] {
        let unit = unit.map(str::to_owned);
        let filter = PaymentBatchFilter {
            unit,
            year,
            ..all()
        };
        assert_eq!(!found(filter).is_empty(), some);
    }
}
