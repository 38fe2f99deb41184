//! Lists of recipients over real cases and funds: frozen when approved, paid line by line in the cases.

use domain::{
    PaymentBatchId,
    hardship::{HardshipCaseId, HardshipCommand, HardshipId},
    payment_batch::{PaymentBatchCommand, PaymentLine, PaymentList},
};
use views::payment_batches::{LineFilter, LineState, PaymentBatchDetails, PaymentBatchState};

use super::{
    funds::{Bureau, Wish, approve, by, case, close, fund, pay},
    *,
};
use crate::{LineAnswer, LinePayment};

const LIST: PaymentBatchId = PaymentBatchId(Uuid::from_u128(7));

fn line(n: u128, yuan: u64) -> PaymentLine {
    let HardshipId { person, ground } = case(n);
    PaymentLine {
        case: HardshipCaseId {
            person,
            ground,
            case: 1,
        },
        amount: Fen::yuan(yuan),
    }
}

fn payment(n: u128, voucher: &str) -> LinePayment {
    LinePayment {
        of: case(n),
        voucher: text(voucher),
        paid_on: "2026-05-01".parse().unwrap(),
    }
}

fn payments(round: &str) -> Vec<LinePayment> {
    let all = (1..=3).map(|n| payment(n, &format!("{round}-{n}")));
    all.collect()
}

/// What became of each line: how it was answered, or why it was refused.
fn told(answers: &[LineAnswer]) -> Vec<Result<Outcome, &'static str>> {
    let told = |one: &LineAnswer| match &one.result {
        Ok(answer) => Ok(answer.outcome),
        Err(refused) => Err(refused.code()),
    };
    answers.iter().map(told).collect()
}

impl Bureau {
    /// Three cases have 1,000 yuan each, and stand on one list.
    async fn drafted() -> Bureau {
        let bureau = Bureau::with_cases(3).await;
        for n in 1..=3 {
            let wish = Wish::Case("wang", n, approve(n, 1_000));
            bureau.ask(3_000 + n, wish).await.unwrap();
        }
        let list = PaymentList {
            title: text("五一发放"),
            fund: fund(),
            lines: (1..=3).map(|n| line(n, 1_000)).collect(),
        };
        let draft = PaymentBatchCommand::Draft { list };
        let first = by("clerk", 4_000);
        let drafted = bureau.app.payment_batch(LIST, [draft], &first);
        drafted.await.unwrap();
        bureau
    }

    async fn approved() -> Bureau {
        let bureau = Bureau::drafted().await;
        bureau.approve_list(4_001).await.unwrap();
        bureau
    }

    async fn approve_list(&self, id: u128) -> Result<Answer, Error> {
        let document = text("批〔2026〕8号");
        self.app
            .approve_payment_batch(LIST, document, &by("zhou", id))
            .await
    }

    async fn pay_all(&self, id: u128, round: &str) -> Result<Vec<LineAnswer>, Error> {
        self.app
            .pay_lines(LIST, payments(round), &by("zhao", id))
            .await
    }

    async fn strike(&self, id: u128, n: u128) -> Result<Answer, Error> {
        let request = by("clerk", id);
        self.app
            .strike_line(LIST, case(n), text("本人放弃"), &request)
            .await
    }

    async fn list(&self) -> PaymentBatchDetails {
        self.app.catch_up().await.unwrap();
        let filter = LineFilter {
            batch: LIST,
            state: None,
        };
        let reading = self.app.read_as(&request(1).actor);
        let page = PageRequest::default();
        reading.payment_batch(filter, page).await.unwrap()
    }
}

#[tokio::test]
async fn a_list_is_paid_line_by_line_and_settled_when_each_is_paid_or_struck() {
    let bureau = Bureau::approved().await;
    bureau.strike(5_000, 2).await.unwrap();
    let answers = bureau.pay_all(5_001, "P").await.unwrap();
    let recorded = Ok(Outcome::Recorded);
    assert_eq!(
        told(&answers),
        [recorded, Err("payment_line_struck"), recorded]
    );
    let list = bureau.list().await;
    assert_eq!(list.batch.state, PaymentBatchState::Settled);
    let states: Vec<_> = list.lines.items.iter().map(|line| line.state).collect();
    assert_eq!(
        states,
        [LineState::Paid, LineState::Struck, LineState::Paid]
    );
    assert_eq!(bureau.money().await, (10_000, 3_000, 2_000, 7_000));
    assert!(bureau.report().await.differences.is_empty());
}

#[tokio::test]
async fn a_list_cut_off_between_two_lines_is_finished_and_nothing_is_paid_twice() {
    // A payment is recorded in its case, then entered in the fund: cut off before and after each.
    for appends in 0..6 {
        for (id, round, by_the_same_request) in
            [(5_000, "P", true), (5_001, "P", false), (5_002, "Q", false)]
        {
            let bureau = Bureau::approved().await;
            bureau.log.dies_after(appends);
            let cut_off = bureau.pay_all(5_000, "P").await;
            if appends < 5 {
                assert_eq!(cut_off.unwrap_err().kind(), Kind::Unavailable);
            }
            bureau.log.lives();
            let again = bureau.pay_all(id, round).await.unwrap();
            for answer in told(&again) {
                let expected = match answer {
                    Ok(Outcome::Recorded) => true,
                    Ok(Outcome::Repeated) => by_the_same_request,
                    Ok(Outcome::AlreadySo) => round == "P",
                    Err(code) => round == "Q" && code == "payment_line_paid",
                };
                assert!(expected, "{answer:?} after {appends} appends, then {round}");
            }
            bureau.app.catch_up().await.unwrap();
            bureau.app.finish_pending(&request(9_000)).await.unwrap();
            assert_eq!(bureau.money().await, (10_000, 3_000, 3_000, 7_000));
            assert!(bureau.report().await.differences.is_empty());
            let list = bureau.list().await;
            assert_eq!(list.batch.state, PaymentBatchState::Settled);
        }
    }
}

#[tokio::test]
async fn two_who_pay_the_same_list_at_once_pay_each_line_once() {
    let bureau = Bureau::approved().await;
    let (one, other) = tokio::join!(bureau.pay_all(5_000, "P"), bureau.pay_all(5_001, "Q"));
    let answers = [told(&one.unwrap()), told(&other.unwrap())].concat();
    let paid = answers
        .iter()
        .filter(|answer| **answer == Ok(Outcome::Recorded));
    assert_eq!(paid.count(), 3);
    assert_eq!(bureau.money().await.2, 3_000);
}

#[tokio::test]
async fn a_line_that_is_paid_and_struck_at_once_is_one_of_both() {
    let bureau = Bureau::approved().await;
    let (paid, struck) = tokio::join!(bureau.pay_all(5_000, "P"), bureau.strike(5_001, 1));
    assert_ne!(paid.unwrap()[0].result.is_ok(), struck.is_ok());
}

#[tokio::test]
async fn the_case_has_the_last_word_when_a_line_is_paid() {
    let bureau = Bureau::approved().await;
    // In between, one is paid by itself and another is closed.
    for (id, n, wish) in [(5_000, 1, pay("P-0", 1)), (5_001, 2, close())] {
        bureau.ask(id, Wish::Case("zhao", n, wish)).await.unwrap();
    }
    let answers = bureau.pay_all(5_002, "P").await.unwrap();
    assert_eq!(
        told(&answers),
        [
            Err("over_approved"),
            Err("hardship_closed"),
            Ok(Outcome::Recorded)
        ]
    );
}

#[tokio::test]
async fn a_reversed_line_can_be_paid_again() {
    let bureau = Bureau::approved().await;
    bureau.pay_all(5_000, "P").await.unwrap();
    let reverse = HardshipCommand::Reverse {
        voucher: text("P-1"),
        reason: text("付错账户"),
    };
    let wish = Wish::Case("zhao", 1, reverse);
    bureau.ask(5_001, wish).await.unwrap();
    assert_eq!(bureau.list().await.batch.state, PaymentBatchState::Approved);
    let answers = bureau.pay_all(5_002, "Q").await.unwrap();
    let paid = Err("payment_line_paid");
    assert_eq!(told(&answers), [Ok(Outcome::Recorded), paid, paid]);
    assert_eq!(bureau.money().await.2, 3_000);
}

#[tokio::test]
async fn a_list_of_which_a_line_cannot_be_paid_is_not_approved() {
    let bureau = Bureau::drafted().await;
    let wish = Wish::Case("zhao", 3, pay("P-0", 1));
    bureau.ask(5_000, wish).await.unwrap();
    let refused = bureau.approve_list(5_001).await.unwrap_err();
    assert_eq!(refused.code(), "payment_batch_line_not_payable");
    let unpaid = bureau.pay_all(5_002, "P").await.unwrap();
    assert_eq!(told(&unpaid), [Err("payment_batch_not_approved"); 3]);
    assert_eq!(bureau.money().await.2, 1);
}
