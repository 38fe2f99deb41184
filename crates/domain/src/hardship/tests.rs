use calendar::{Date, When};

use super::{
    FundReservation, Ground, Hardship, HardshipApprovalLapsed, HardshipApproved, HardshipAssessed,
    HardshipClosed,
    HardshipCommand::{
        self, Approve, Assess, Close, Decline, Disburse, DisburseLine, FollowUp, LapseApproval,
        Open, Reopen, Reverse, StrikeLine, TakeOverPayment,
    },
    HardshipDeclined, HardshipDisbursed, HardshipEvent, HardshipFollowedUp, HardshipId,
    HardshipLineStruck, HardshipOpened, HardshipPaymentTakenOver,
    HardshipRejection::{
        AlreadyApproved, AlreadyDeclined, AlreadyOpen, AmountZero, ApprovalLapsed,
        ApprovedFromAnotherFund, ApproverIsAssessor, Closed, InTheFuture, LinePaid, LineStruck,
        NoSuchPayment, NotASurvivor, NotApproved, NotAssessed, NotOpened, OverApproved,
        PaidBeforeApproval, PayerIsApprover, PayerIsAssessor, PaymentReversed, PersonDied,
        RecipientNotOnThisGround, RecordSuperseded, UnknownPerson, VoucherReused,
    },
    HardshipReopened, HardshipRestReleased, HardshipReversed, Recipient,
};
use crate::{
    Aggregate, CadreId, Fen, PaymentBatchId, ReservationId, StaffId, Unit,
    cadre::{Person, Survivor},
    fund::FundId,
    testing::{died, given, person, superseded, text},
};

mod course;
mod death;
mod decisions;
mod funded;
mod ledger;
mod listed;
mod payments;
mod properties;

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));
const ILLNESS: HardshipId = HardshipId {
    person: ONE,
    ground: Ground::SeriousIllness,
};
const SURVIVOR: HardshipId = HardshipId {
    person: ONE,
    ground: Ground::Survivor,
};

/// One event of each name with all that it can hold, and a case of each ground with no more than it
/// must.
pub(crate) fn samples() -> Vec<HardshipEvent> {
    let bare = Ground::ALL.map(|(ground, ..)| {
        HardshipOpened {
            person: ONE,
            ground,
            case: 2,
            situation: None,
            recipient: None,
            known: None,
        }
        .into()
    });
    let for_a_survivor = HardshipOpened {
        person: ONE,
        ground: Ground::Survivor,
        case: 1,
        situation: Some(text("遗属生活困难")),
        recipient: Some(widow()),
        known: None,
    };
    let known_before = HardshipOpened {
        person: ONE,
        ground: Ground::SuddenDisaster,
        case: 1,
        situation: Some(text("房屋受损")),
        recipient: None,
        known: Some(When::Day(day("2026-04-20"))),
    };
    let remarked = HardshipPaymentTakenOver {
        voucher: text("台账2019-7"),
        year: 2019,
        amount: Fen(300_050),
        paid_on: day("2019-06-20"),
        remark: Some(text("现金")),
    };
    [opened(ILLNESS, 1)]
        .into_iter()
        .chain(bare)
        .chain([
            assessed("li"),
            approved("wang", 3_000),
            declined("wang"),
            paid("zhao", "P-1", 1_000),
            reversed("P-1", 1_000),
            followed_up("2026-04-25"),
            closed(),
            reopened(),
            taken_over("L-1", 500),
            remarked.into(),
            granted("wang", 3_000),
            lapsed(1),
            rest_released(2_000),
            for_a_survivor.into(),
            listed::paid("zhao", "P-1", 1_000),
            listed::struck(),
            known_before.into(),
        ])
        .collect()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(name: &str) -> StaffId {
    StaffId(text(name))
}

fn open(of: HardshipId) -> HardshipCommand {
    Open {
        of,
        situation: text("手术费用高"),
        recipient: None,
        known: None,
    }
}

fn opened(of: HardshipId, case: u32) -> HardshipEvent {
    HardshipOpened {
        person: of.person,
        ground: of.ground,
        case,
        situation: Some(text("手术费用高")),
        recipient: None,
        known: None,
    }
    .into()
}

fn opened_by_ledger(of: HardshipId, case: u32) -> HardshipEvent {
    HardshipOpened {
        person: of.person,
        ground: of.ground,
        case,
        situation: None,
        recipient: None,
        known: None,
    }
    .into()
}

fn assess() -> HardshipCommand {
    Assess {
        finding: text("情况属实"),
        recommended: Fen::yuan(3_000),
    }
}

fn assessed(by: &str) -> HardshipEvent {
    HardshipAssessed {
        assessor: id(by),
        finding: text("情况属实"),
        recommended: Fen::yuan(3_000),
    }
    .into()
}

fn widow() -> Recipient {
    Recipient {
        name: text("示范遗属"),
        relation: text("配偶"),
    }
}

/// What the fund has reserved for the `n`th approval.
fn reserved(n: u128) -> FundReservation {
    FundReservation {
        fund: FundId {
            unit: Unit(text("老干部局")),
            year: 2026,
            source: text("财政拨款"),
        },
        reservation: ReservationId(uuid::Uuid::from_u128(n)),
    }
}

fn approve(yuan: u64) -> HardshipCommand {
    Approve {
        reserved: reserved(1),
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
    }
}

/// As it was stored before funds were kept.
fn approved(by: &str, yuan: u64) -> HardshipEvent {
    HardshipApproved {
        approver: id(by),
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
        reserved: None,
        approved_on: None,
    }
    .into()
}

/// Approved today from what the fund has reserved for the first approval.
fn granted(by: &str, yuan: u64) -> HardshipEvent {
    HardshipApproved {
        approver: id(by),
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
        reserved: Some(reserved(1)),
        approved_on: Some(day("2026-05-01")),
    }
    .into()
}

fn lapsed(n: u128) -> HardshipEvent {
    HardshipApprovalLapsed {
        reserved: reserved(n),
    }
    .into()
}

fn rest_released(yuan: u64) -> HardshipEvent {
    HardshipRestReleased {
        reserved: reserved(1),
        amount: Fen::yuan(yuan),
    }
    .into()
}

fn decline() -> HardshipCommand {
    Decline {
        reason: text("不符合条件"),
    }
}

fn declined(by: &str) -> HardshipEvent {
    HardshipDeclined {
        approver: id(by),
        reason: text("不符合条件"),
    }
    .into()
}

/// Paid on 2026-04-20 unless told.
fn pay(voucher: &str, yuan: u64) -> HardshipCommand {
    pay_on(voucher, yuan, "2026-04-20")
}

fn pay_on(voucher: &str, yuan: u64, on: &str) -> HardshipCommand {
    Disburse {
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: day(on),
    }
}

fn paid(by: &str, voucher: &str, yuan: u64) -> HardshipEvent {
    HardshipDisbursed {
        payer: id(by),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: day("2026-04-20"),
        batch: None,
    }
    .into()
}

fn pay_today(voucher: &str, yuan: u64) -> HardshipCommand {
    pay_on(voucher, yuan, "2026-05-01")
}

/// By zhao.
fn paid_today(voucher: &str, yuan: u64) -> HardshipEvent {
    HardshipDisbursed {
        payer: id("zhao"),
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: day("2026-05-01"),
        batch: None,
    }
    .into()
}

fn reverse(voucher: &str) -> HardshipCommand {
    Reverse {
        voucher: text(voucher),
        reason: text("付错账户"),
    }
}

fn reversed(voucher: &str, yuan: u64) -> HardshipEvent {
    HardshipReversed {
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        reason: text("付错账户"),
    }
    .into()
}

fn follow_up(on: &str) -> HardshipCommand {
    FollowUp {
        on: day(on),
        findings: text("已好转"),
    }
}

fn followed_up(on: &str) -> HardshipEvent {
    HardshipFollowedUp {
        on: day(on),
        findings: text("已好转"),
    }
    .into()
}

fn close() -> HardshipCommand {
    Close {
        reason: text("已办结"),
    }
}

fn closed() -> HardshipEvent {
    HardshipClosed {
        reason: text("已办结"),
    }
    .into()
}

fn reopen() -> HardshipCommand {
    Reopen {
        reason: text("病情复发"),
    }
}

fn reopened() -> HardshipEvent {
    HardshipReopened {
        reason: text("病情复发"),
    }
    .into()
}

fn take_over(of: HardshipId, voucher: &str, yuan: u64) -> HardshipCommand {
    TakeOverPayment {
        of,
        voucher: text(voucher),
        year: 2019,
        amount: Fen::yuan(yuan),
        paid_on: day("2019-06-20"),
        remark: None,
    }
}

fn taken_over(voucher: &str, yuan: u64) -> HardshipEvent {
    HardshipPaymentTakenOver {
        voucher: text(voucher),
        year: 2019,
        amount: Fen::yuan(yuan),
        paid_on: day("2019-06-20"),
        remark: None,
    }
    .into()
}

/// Assessed by li, approved by wang: 3,000 yuan.
fn approved_case() -> Vec<HardshipEvent> {
    vec![opened(ILLNESS, 1), assessed("li"), approved("wang", 3_000)]
}

fn and(
    mut history: Vec<HardshipEvent>,
    more: impl IntoIterator<Item = HardshipEvent>,
) -> Vec<HardshipEvent> {
    history.extend(more);
    history
}

fn fold(history: impl IntoIterator<Item = HardshipEvent>) -> Hardship {
    given(history).state
}

fn case(history: impl IntoIterator<Item = HardshipEvent>) -> crate::testing::Given<Hardship> {
    given(history).about(person(ONE))
}
