use calendar::Date;

use super::{
    Ground, Hardship, HardshipApproved, HardshipAssessed, HardshipClosed,
    HardshipCommand::{
        self, Approve, Assess, Close, Decline, Disburse, FollowUp, Open, Reopen, Reverse,
        TakeOverPayment,
    },
    HardshipDeclined, HardshipDisbursed, HardshipEvent, HardshipFollowedUp, HardshipId,
    HardshipOpened, HardshipPaymentTakenOver,
    HardshipRejection::{
        AlreadyApproved, AlreadyDeclined, AlreadyOpen, AmountZero, ApproverIsAssessor, Closed,
        InTheFuture, NoSuchPayment, NotApproved, NotAssessed, NotOpened, OverApproved,
        PayerIsApprover, PayerIsAssessor, PaymentReversed, PersonDied, RecordSuperseded,
        UnknownPerson, VoucherReused,
    },
    HardshipReopened, HardshipReversed,
};
use crate::{
    Aggregate, CadreId, Fen, StaffId,
    cadre::Person,
    testing::{died, given, person, superseded, text},
};

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
        }
        .into()
    });
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
    }
}

fn opened(of: HardshipId, case: u32) -> HardshipEvent {
    HardshipOpened {
        person: of.person,
        ground: of.ground,
        case,
        situation: Some(text("手术费用高")),
    }
    .into()
}

fn opened_by_ledger(of: HardshipId, case: u32) -> HardshipEvent {
    HardshipOpened {
        person: of.person,
        ground: of.ground,
        case,
        situation: None,
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

fn approve(yuan: u64) -> HardshipCommand {
    Approve {
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
    }
}

fn approved(by: &str, yuan: u64) -> HardshipEvent {
    HardshipApproved {
        approver: id(by),
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
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

#[test]
fn a_case_goes_from_opening_to_close() {
    let steps = [
        ("clerk", open(ILLNESS), opened(ILLNESS, 1)),
        ("li", assess(), assessed("li")),
        ("wang", approve(3_000), approved("wang", 3_000)),
        ("zhao", pay("P-1", 1_000), paid("zhao", "P-1", 1_000)),
        ("zhao", pay("P-2", 2_000), paid("zhao", "P-2", 2_000)),
        ("li", follow_up("2026-04-25"), followed_up("2026-04-25")),
        ("clerk", close(), closed()),
    ];
    let mut history = vec![];
    for (by, command, event) in steps {
        case(history.clone())
            .by(by)
            .when(command.clone())
            .then([event.clone()]);
        history.push(event);
        case(history.clone()).by(by).when(command).then([]);
    }
    let case = fold(history);
    assert_eq!(case.approved(), Fen::yuan(3_000));
    assert_eq!(case.disbursed(), Fen::yuan(3_000));
    assert_eq!(case.left(), Fen::ZERO);
    assert_eq!(case.subjects(), [ONE]);
}

#[test]
fn one_case_of_a_person_and_ground_is_open_at_most() {
    let other = Open {
        of: ILLNESS,
        situation: text("长期服药"),
    };
    case([opened(ILLNESS, 1)])
        .when(other)
        .then_rejected(AlreadyOpen);
    case([opened(ILLNESS, 1), closed()])
        .when(open(ILLNESS))
        .then([opened(ILLNESS, 2)]);
}

#[test]
fn a_case_is_of_a_living_person_in_the_register() {
    given::<Hardship>([])
        .when(open(ILLNESS))
        .then_rejected(UnknownPerson);
    for (about, rejection) in [
        (superseded(ONE), RecordSuperseded),
        (died(ONE, "2026-04-01"), PersonDied),
    ] {
        for (history, command) in [
            (vec![], open(ILLNESS)),
            (vec![opened(ILLNESS, 1), closed()], reopen()),
        ] {
            given::<Hardship>(history)
                .about(about.clone())
                .when(command)
                .then_rejected(rejection.clone());
        }
    }
    assert_eq!(Hardship::default().concerns(&open(ILLNESS)), Some(ONE));
}

#[test]
fn a_decision_needs_an_assessment_and_a_payment_an_approval() {
    for command in [approve(3_000), decline()] {
        case([opened(ILLNESS, 1)])
            .when(command)
            .then_rejected(NotAssessed);
    }
    for stage in [
        vec![opened(ILLNESS, 1)],
        vec![opened(ILLNESS, 1), assessed("li")],
        vec![opened(ILLNESS, 1), assessed("li"), declined("wang")],
    ] {
        case(stage).when(pay("P-1", 1)).then_rejected(NotApproved);
    }
}

#[test]
fn a_case_can_be_assessed_again_until_aid_is_approved() {
    let history = vec![opened(ILLNESS, 1), assessed("li")];
    case(history.clone()).by("li").when(assess()).then([]);
    for by in ["sun", "li"] {
        let finding = text("复核后情况属实");
        let recommended = Fen::yuan(2_000);
        case(history.clone())
            .by(by)
            .when(Assess {
                finding: finding.clone(),
                recommended,
            })
            .then([HardshipAssessed {
                assessor: id(by),
                finding,
                recommended,
            }
            .into()]);
    }
    case(approved_case())
        .by("sun")
        .when(assess())
        .then_rejected(AlreadyApproved);
}

#[test]
fn whoever_assessed_a_case_does_not_decide_on_it() {
    for command in [approve(3_000), decline()] {
        case([opened(ILLNESS, 1), assessed("li")])
            .by("li")
            .when(command.clone())
            .then_rejected(ApproverIsAssessor);
        // A second assessment does not clear whoever made the first.
        case([opened(ILLNESS, 1), assessed("li"), assessed("sun")])
            .by("li")
            .when(command.clone())
            .then_rejected(ApproverIsAssessor);
    }
    // The next case begins anew.
    let next = [
        opened(ILLNESS, 1),
        assessed("li"),
        closed(),
        opened(ILLNESS, 2),
        assessed("sun"),
    ];
    case(next)
        .by("li")
        .when(approve(3_000))
        .then([approved("li", 3_000)]);
}

#[test]
fn whoever_assessed_or_approved_a_case_does_not_pay_it() {
    case(approved_case())
        .by("li")
        .when(pay("P-1", 1_000))
        .then_rejected(PayerIsAssessor);
    case(approved_case())
        .by("wang")
        .when(pay("P-1", 1_000))
        .then_rejected(PayerIsApprover);
    let history = [
        opened(ILLNESS, 1),
        assessed("li"),
        declined("wang"),
        assessed("sun"),
        approved("wang", 3_000),
    ];
    for (by, rejection) in [
        ("li", PayerIsAssessor),
        ("sun", PayerIsAssessor),
        ("wang", PayerIsApprover),
    ] {
        case(history.clone())
            .by(by)
            .when(pay("P-1", 1_000))
            .then_rejected(rejection);
    }
}

#[test]
fn a_decision_stands() {
    for (by, command) in [
        ("wang", approve(4_000)),
        ("zhou", approve(3_000)),
        ("zhou", decline()),
    ] {
        case(approved_case())
            .by(by)
            .when(command)
            .then_rejected(AlreadyApproved);
    }
    let refused = vec![opened(ILLNESS, 1), assessed("li"), declined("wang")];
    case(refused.clone()).by("wang").when(decline()).then([]);
    for (by, command) in [("zhou", decline()), ("wang", approve(3_000))] {
        case(refused.clone())
            .by(by)
            .when(command)
            .then_rejected(AlreadyDeclined);
    }
}

#[test]
fn a_declined_case_can_be_assessed_again() {
    let refused = vec![opened(ILLNESS, 1), assessed("li"), declined("wang")];
    case(refused.clone())
        .by("li")
        .when(assess())
        .then([assessed("li")]);
    case(and(refused, [assessed("li")]))
        .by("wang")
        .when(approve(3_000))
        .then([approved("wang", 3_000)]);
}

#[test]
fn no_more_is_paid_than_was_approved() {
    let history = and(approved_case(), [paid("zhao", "P-1", 2_500)]);
    case(history.clone())
        .by("zhao")
        .when(pay("P-2", 501))
        .then_rejected(OverApproved {
            left: Fen::yuan(500),
        });
    case(history)
        .by("zhao")
        .when(pay("P-2", 500))
        .then([paid("zhao", "P-2", 500)]);
}

#[test]
fn money_is_more_than_nothing() {
    case([opened(ILLNESS, 1), assessed("li")])
        .when(approve(0))
        .then_rejected(AmountZero);
    for command in [pay("P-1", 0), take_over(ILLNESS, "L-1", 0)] {
        case(approved_case())
            .when(command)
            .then_rejected(AmountZero);
    }
}

#[test]
fn nothing_is_paid_or_followed_up_in_the_future() {
    let date = calendar::When::Day(day("2026-05-02"));
    let ledger = TakeOverPayment {
        of: ILLNESS,
        voucher: text("L-1"),
        year: 2026,
        amount: Fen::yuan(1),
        paid_on: date.date(),
        remark: None,
    };
    for command in [
        pay_on("P-1", 1, "2026-05-02"),
        follow_up("2026-05-02"),
        ledger,
    ] {
        case(approved_case())
            .when(command)
            .then_rejected(InTheFuture { date });
    }
}

#[test]
fn a_voucher_stands_for_one_payment() {
    let history = and(approved_case(), [paid("zhao", "P-1", 1_000)]);
    for by in ["zhao", "sun"] {
        case(history.clone())
            .by(by)
            .when(pay("P-1", 1_000))
            .then([]);
    }
    let ledger = and(approved_case(), [taken_over("L-1", 500)]);
    for (history, command) in [
        (&history, pay("P-1", 900)),
        (&history, pay_on("P-1", 1_000, "2026-04-21")),
        (&history, take_over(ILLNESS, "P-1", 1_000)),
        (&ledger, pay("L-1", 500)),
        (&ledger, take_over(ILLNESS, "L-1", 400)),
    ] {
        case(history.clone())
            .by("zhao")
            .when(command.clone())
            .then_rejected(VoucherReused);
        // Also in the next case.
        case(and(history.clone(), [closed(), opened(ILLNESS, 2)]))
            .by("zhao")
            .when(command)
            .then_rejected(VoucherReused);
    }
}

#[test]
fn a_reversed_payment_frees_its_amount_and_its_voucher_is_spent() {
    let history = and(approved_case(), [paid("zhao", "P-1", 3_000)]);
    case(history.clone())
        .when(reverse("P-1"))
        .then([reversed("P-1", 3_000)]);
    let history = and(history, [reversed("P-1", 3_000)]);
    case(history.clone()).when(reverse("P-1")).then([]);
    assert_eq!(fold(history.clone()).disbursed(), Fen::ZERO);
    assert_eq!(fold(history.clone()).left(), Fen::yuan(3_000));
    case(history.clone())
        .by("zhao")
        .when(pay("P-1", 3_000))
        .then_rejected(PaymentReversed);
    case(history)
        .by("zhao")
        .when(pay("P-2", 3_000))
        .then([paid("zhao", "P-2", 3_000)]);
}

#[test]
fn only_a_payment_can_be_reversed_but_also_in_a_closed_case() {
    case(approved_case())
        .when(reverse("P-1"))
        .then_rejected(NoSuchPayment);
    case(and(approved_case(), [paid("zhao", "P-1", 900), closed()]))
        .when(reverse("P-1"))
        .then([reversed("P-1", 900)]);
}

#[test]
fn a_closed_case_takes_nothing_more() {
    let history = and(approved_case(), [closed()]);
    for command in [
        assess(),
        approve(3_000),
        decline(),
        pay("P-1", 1),
        follow_up("2026-04-25"),
    ] {
        case(history.clone())
            .by("zhao")
            .when(command)
            .then_rejected(Closed);
    }
    case(history).when(close()).then([]);
}

#[test]
fn a_case_can_be_closed_at_any_stage_and_is_reopened_where_it_was() {
    for stages in 1..=3 {
        let history: Vec<_> = approved_case().into_iter().take(stages).collect();
        case(history.clone()).when(close()).then([closed()]);
        let shut = and(history.clone(), [closed()]);
        case(shut.clone()).when(reopen()).then([reopened()]);
        assert_eq!(fold(and(shut, [reopened()])), fold(history));
    }
    case(approved_case()).when(reopen()).then([]);
    let history = and(
        approved_case(),
        [paid("zhao", "P-1", 2_000), closed(), reopened()],
    );
    case(history)
        .by("zhao")
        .when(pay("P-2", 1_001))
        .then_rejected(OverApproved {
            left: Fen::yuan(1_000),
        });
}

#[test]
fn what_was_approved_in_one_case_is_not_left_for_the_next() {
    let history = and(
        approved_case(),
        [closed(), opened(ILLNESS, 2), assessed("li")],
    );
    assert_eq!(fold(history.clone()).left(), Fen::ZERO);
    case(history)
        .by("zhao")
        .when(pay("P-1", 1))
        .then_rejected(NotApproved);
}

#[test]
fn without_a_case_there_is_nothing_to_go_on_with() {
    for command in [
        assess(),
        approve(1),
        decline(),
        pay("P-1", 1),
        follow_up("2026-04-25"),
        close(),
        reopen(),
    ] {
        case([]).when(command).then_rejected(NotOpened);
    }
    case([]).when(reverse("P-1")).then_rejected(NoSuchPayment);
}

#[test]
fn a_payment_of_a_ledger_opens_a_case_where_none_is_open() {
    case([])
        .when(take_over(ILLNESS, "L-1", 500))
        .then([opened_by_ledger(ILLNESS, 1), taken_over("L-1", 500)]);
    let history = vec![opened_by_ledger(ILLNESS, 1), taken_over("L-1", 500)];
    case(history.clone())
        .when(take_over(ILLNESS, "L-2", 300))
        .then([taken_over("L-2", 300)]);
    let shut = and(history, [closed()]);
    case(shut.clone())
        .when(take_over(ILLNESS, "L-1", 500))
        .then([]);
    case(shut)
        .when(take_over(ILLNESS, "L-2", 300))
        .then([opened_by_ledger(ILLNESS, 2), taken_over("L-2", 300)]);
}

#[test]
fn a_payment_of_a_ledger_counts_as_approved_and_as_paid() {
    // Whoever assessed or approved may be the one who takes the ledger over.
    for by in ["li", "wang"] {
        case(approved_case())
            .by(by)
            .when(take_over(ILLNESS, "L-1", 500))
            .then([taken_over("L-1", 500)]);
    }
    let history = and(
        approved_case(),
        [taken_over("L-1", 500), paid("zhao", "P-1", 1_000)],
    );
    let state = fold(history.clone());
    assert_eq!(state.approved(), Fen::yuan(3_500));
    assert_eq!(state.disbursed(), Fen::yuan(1_500));
    // Reversed, it leaves nothing behind that could be paid without an approval.
    let history = and(history, [reversed("L-1", 500)]);
    assert_eq!(fold(history.clone()).approved(), Fen::yuan(3_000));
    assert_eq!(fold(history.clone()).left(), Fen::yuan(2_000));
    case(history).when(take_over(ILLNESS, "L-1", 500)).then([]);
}

#[test]
fn a_payment_of_a_ledger_is_to_a_person_in_the_register_in_their_lifetime() {
    let ledger = |about: Option<Person>| {
        let mut given = given::<Hardship>([]);
        if let Some(person) = about {
            given = given.about(person);
        }
        given.when(take_over(ILLNESS, "L-1", 500))
    };
    ledger(None).then_rejected(UnknownPerson);
    ledger(Some(superseded(ONE))).then_rejected(RecordSuperseded);
    ledger(Some(died(ONE, "2019-06-19"))).then_rejected(PersonDied);
    ledger(Some(died(ONE, "2019-06-20")))
        .then([opened_by_ledger(ILLNESS, 1), taken_over("L-1", 500)]);
}

#[test]
fn aid_to_a_person_ends_with_their_death() {
    let dead = died(ONE, "2026-04-19");
    let assessed_case = vec![opened(ILLNESS, 1), assessed("li")];
    for (history, command) in [
        (vec![opened(ILLNESS, 1)], assess()),
        (assessed_case.clone(), approve(3_000)),
        (approved_case(), pay("P-1", 1_000)),
        (approved_case(), follow_up("2026-04-20")),
    ] {
        given::<Hardship>(history)
            .about(dead.clone())
            .by("zhao")
            .when(command)
            .then_rejected(PersonDied);
    }
}

#[test]
fn after_a_death_a_case_can_be_ended_and_corrected() {
    let dead = died(ONE, "2026-04-20");
    let paid_case = and(approved_case(), [paid("zhao", "P-1", 1_000)]);
    for (history, command, event) in [
        (
            approved_case(),
            pay("P-1", 1_000),
            paid("zhao", "P-1", 1_000),
        ),
        (paid_case.clone(), reverse("P-1"), reversed("P-1", 1_000)),
        (
            paid_case.clone(),
            follow_up("2026-04-20"),
            followed_up("2026-04-20"),
        ),
        (paid_case, close(), closed()),
        (
            vec![opened(ILLNESS, 1), assessed("li")],
            decline(),
            declined("zhao"),
        ),
    ] {
        given::<Hardship>(history)
            .about(dead.clone())
            .by("zhao")
            .when(command)
            .then([event]);
    }
}

#[test]
fn the_survivors_of_a_dead_cadre_are_aided_like_anyone() {
    let dead = died(ONE, "2019-01-01");
    let history = vec![
        opened(SURVIVOR, 1),
        assessed("li"),
        approved("wang", 3_000),
        paid("zhao", "P-1", 1_000),
    ];
    let commands = [
        ("clerk", open(SURVIVOR)),
        ("li", assess()),
        ("wang", approve(3_000)),
        ("zhao", pay("P-1", 1_000)),
    ];
    for (done, (by, command)) in commands.into_iter().enumerate() {
        given::<Hardship>(history[..done].to_vec())
            .about(dead.clone())
            .by(by)
            .when(command)
            .then([history[done].clone()]);
    }
    given::<Hardship>(history)
        .about(dead)
        .when(take_over(SURVIVOR, "L-1", 500))
        .then([taken_over("L-1", 500)]);
}
