//! The rules of lists of recipients. Today is 2026-05-01.

use uuid::Uuid;

use super::{
    PaymentBatchCommand::{Approve, Discard, Draft as DraftList, Revise},
    PaymentBatchRejection::{
        AlreadyApproved, AlreadyDrafted, ApproverIsDrafter, Changed, Discarded, Empty, Frozen,
        LineAmountZero, LineNotPayable, ListedTwice, NotApproved, NotDrafted, NotListed,
        PayerIsListApprover, TooLong,
    },
    decide::MOST_LINES,
    *,
};
use crate::{
    Fen, ReservationId, Unit,
    fund::FundId,
    hardship::{
        FundReservation, Ground, Hardship, HardshipApproved, HardshipAssessed, HardshipCaseId,
        HardshipEvent, HardshipOpened,
    },
    testing::{given, person, staff, text},
};

fn of(n: u128) -> HardshipId {
    HardshipId {
        person: CadreId(Uuid::from_u128(n)),
        ground: Ground::SeriousIllness,
    }
}

fn line(n: u128, yuan: u64) -> PaymentLine {
    PaymentLine {
        case: HardshipCaseId {
            person: of(n).person,
            ground: of(n).ground,
            case: 1,
        },
        amount: Fen::yuan(yuan),
    }
}

fn list(lines: impl IntoIterator<Item = PaymentLine>) -> PaymentList {
    PaymentList {
        title: text("2026年五一困难帮扶发放"),
        fund: FundId {
            unit: Unit(text("老干部局")),
            year: 2026,
            source: text("财政拨款"),
        },
        lines: lines.into_iter().collect(),
    }
}

fn two() -> PaymentList {
    list([line(1, 1_000), line(2, 2_000)])
}

fn drafted(list: PaymentList) -> PaymentBatchEvent {
    let drafter = staff("clerk").id;
    PaymentBatchDrafted { list, drafter }.into()
}

fn revised(by: &str, list: PaymentList) -> PaymentBatchEvent {
    let drafter = staff(by).id;
    PaymentBatchRevised { list, drafter }.into()
}

fn approved() -> PaymentBatchEvent {
    PaymentBatchApproved {
        approver: staff("wang").id,
        document: text("批〔2026〕8号"),
        approved_on: "2026-05-01".parse().unwrap(),
    }
    .into()
}

fn discarded() -> PaymentBatchEvent {
    PaymentBatchDiscarded {
        reason: text("重复拟定"),
    }
    .into()
}

pub(crate) fn samples() -> Vec<PaymentBatchEvent> {
    vec![
        drafted(two()),
        revised("sun", list([line(1, 1_000)])),
        approved(),
        discarded(),
    ]
}

fn frozen() -> [PaymentBatchEvent; 2] {
    [drafted(two()), approved()]
}

/// A case in which so much is approved.
fn case(n: u128, yuan: u64) -> Hardship {
    let reserved = FundReservation {
        fund: two().fund,
        reservation: ReservationId(Uuid::from_u128(n)),
    };
    let history: [HardshipEvent; 3] = [
        HardshipOpened {
            known: None,
            person: of(n).person,
            ground: of(n).ground,
            case: 1,
            situation: None,
            recipient: None,
        }
        .into(),
        HardshipAssessed {
            assessor: staff("li").id,
            finding: text("情况属实"),
            recommended: Fen::yuan(yuan),
        }
        .into(),
        HardshipApproved {
            approver: staff("wang").id,
            amount: Fen::yuan(yuan),
            document: text("批〔2026〕3号"),
            reserved: Some(reserved),
            approved_on: Some("2026-05-01".parse().unwrap()),
        }
        .into(),
    ];
    given::<Hardship>(history).state
}

/// Approves a list of these lines, of whose cases each has so much approved.
fn approve(lines: impl IntoIterator<Item = (PaymentLine, u64)>) -> PaymentBatchCommand {
    let cases = lines.into_iter().map(|(line, approved)| LineCase {
        line,
        case: case(line.case.person.0.as_u128(), approved),
        person: Some(person(line.case.person)),
    });
    Approve {
        document: text("批〔2026〕8号"),
        cases: cases.collect(),
    }
}

fn approve_two() -> PaymentBatchCommand {
    approve([(line(1, 1_000), 1_000), (line(2, 2_000), 2_500)])
}

fn discard() -> PaymentBatchCommand {
    Discard {
        reason: text("重复拟定"),
    }
}

#[test]
fn a_list_names_somebody_nobody_twice_and_pays_more_than_nothing() {
    let long = |lines| list((1..=lines).map(|n| line(n, 1)));
    let limit = MOST_LINES;
    for (asked, refusal) in [
        (list([]), Empty),
        (list([line(1, 1), line(1, 2)]), ListedTwice { line: 2 }),
        (list([line(1, 1), line(2, 0)]), LineAmountZero { line: 2 }),
        (
            long(1_001),
            TooLong {
                lines: 1_001,
                limit,
            },
        ),
    ] {
        given::<PaymentBatch>([])
            .when(DraftList {
                list: asked.clone(),
            })
            .then_rejected(refusal.clone());
        given::<PaymentBatch>([drafted(two())])
            .when(Revise { list: asked })
            .then_rejected(refusal);
    }
    let longest = long(1_000);
    given::<PaymentBatch>([])
        .when(DraftList {
            list: longest.clone(),
        })
        .then([drafted(longest)]);
}

#[test]
fn a_person_is_listed_on_each_ground_once() {
    let mut other = line(1, 500);
    other.case.ground = Ground::LivingDifficulty;
    let both = list([line(1, 1_000), other]);
    given::<PaymentBatch>([])
        .when(DraftList { list: both.clone() })
        .then([drafted(both)]);
}

#[test]
fn the_longest_list_fits_into_one_event() {
    use crate::Event as _;
    let longest = list((1..=1_000).map(|n| line(u128::MAX - n, 10_000_000)));
    assert!(drafted(longest).encode().unwrap().len() < 250_000);
}

#[test]
fn a_list_is_drafted_once_and_revised_until_it_is_approved() {
    let shorter = list([line(1, 1_000)]);
    let draft = |list| DraftList { list };
    let revise = |list| Revise { list };
    for history in [vec![drafted(two())], frozen().to_vec()] {
        let given = || given::<PaymentBatch>(history.clone());
        given().when(draft(two())).then([]);
        given()
            .when(draft(shorter.clone()))
            .then_rejected(AlreadyDrafted);
        given().when(revise(two())).then([]);
    }
    given::<PaymentBatch>([drafted(two())])
        .by("sun")
        .when(revise(shorter.clone()))
        .then([revised("sun", shorter.clone())]);
    given::<PaymentBatch>(frozen())
        .when(revise(shorter))
        .then_rejected(Frozen);
    given::<PaymentBatch>([])
        .when(revise(two()))
        .then_rejected(NotDrafted);
}

#[test]
fn whoever_drafted_or_revised_a_list_does_not_approve_it() {
    let history = [drafted(list([line(1, 1_000)])), revised("sun", two())];
    for by in ["clerk", "sun"] {
        given::<PaymentBatch>(history.clone())
            .by(by)
            .when(approve_two())
            .then_rejected(ApproverIsDrafter);
    }
    given::<PaymentBatch>(history)
        .by("wang")
        .when(approve_two())
        .then([approved()]);
}

#[test]
fn a_list_is_approved_if_the_case_of_every_line_can_pay() {
    let refused = |lines: [(PaymentLine, u64); 2], line, code| {
        given::<PaymentBatch>([drafted(list(lines.map(|(line, _)| line)))])
            .by("wang")
            .when(approve(lines))
            .then_rejected(LineNotPayable { line, code });
    };
    let enough = (line(1, 1_000), 1_000);
    refused([enough, (line(2, 2_000), 1_999)], 2, "over_approved");
    refused([(line(1, 1_001), 1_000), enough_for(2)], 1, "over_approved");
    let mut closed = line(2, 1);
    closed.case.case = 2;
    refused([enough, (closed, 1_000)], 2, "hardship_closed");
}

fn enough_for(n: u128) -> (PaymentLine, u64) {
    (line(n, 1), 1)
}

#[test]
fn a_list_that_was_revised_while_it_was_approved_is_read_again() {
    let mut other_amount = two();
    other_amount.lines[1].amount = Fen::yuan(1);
    for changed in [list([line(1, 1_000)]), other_amount] {
        given::<PaymentBatch>([drafted(two()), revised("sun", changed)])
            .by("wang")
            .when(approve_two())
            .then_rejected(Changed);
    }
}

#[test]
fn an_approval_stands() {
    given::<PaymentBatch>(frozen())
        .by("wang")
        .when(approve_two())
        .then([]);
    given::<PaymentBatch>(frozen())
        .by("zhou")
        .when(approve_two())
        .then_rejected(AlreadyApproved);
    given::<PaymentBatch>(frozen())
        .when(discard())
        .then_rejected(Frozen);
}

#[test]
fn a_draft_can_be_given_up_and_stays_so() {
    given::<PaymentBatch>([])
        .when(discard())
        .then_rejected(NotDrafted);
    given::<PaymentBatch>([drafted(two())])
        .when(discard())
        .then([discarded()]);
    let given = || given::<PaymentBatch>([drafted(two()), discarded()]);
    given().when(discard()).then([]);
    for command in [
        DraftList { list: two() },
        Revise { list: two() },
        approve_two(),
    ] {
        given().by("wang").when(command).then_rejected(Discarded);
    }
}

#[test]
fn the_lines_of_an_approved_list_are_paid_by_someone_else_than_its_approver() {
    let batch = given::<PaymentBatch>(frozen()).state;
    let (zhao, wang) = (staff("zhao").id, staff("wang").id);
    assert_eq!(batch.to_pay(of(2), &zhao), Ok(line(2, 2_000)));
    assert_eq!(batch.to_pay(of(2), &wang), Err(PayerIsListApprover));
    assert_eq!(batch.to_pay(of(3), &zhao), Err(NotListed));
    assert_eq!(batch.to_strike(of(2)), Ok(line(2, 2_000)));
    assert_eq!(batch.to_strike(of(3)), Err(NotListed));
    for (history, refusal) in [
        (vec![], NotDrafted),
        (vec![drafted(two())], NotApproved),
        (vec![drafted(two()), discarded()], Discarded),
    ] {
        let batch = given::<PaymentBatch>(history).state;
        assert_eq!(batch.to_pay(of(2), &zhao), Err(refusal.clone()));
        assert_eq!(batch.to_strike(of(2)), Err(refusal));
    }
}
