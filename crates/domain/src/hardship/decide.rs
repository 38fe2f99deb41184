use calendar::{Date, When};

use super::{
    Case, FundReservation, Ground, Hardship, HardshipApprovalLapsed, HardshipApproved,
    HardshipAssessed, HardshipClosed, HardshipCommand, HardshipDeclined, HardshipDisbursed,
    HardshipEvent, HardshipFollowedUp, HardshipId, HardshipOpened, HardshipPaymentTakenOver,
    HardshipRejection, HardshipReopened, HardshipRestReleased, HardshipReversed, Latest, Made,
    Payment, Recipient, Stage, listed,
};
use crate::{Context, Fen, Text, cadre::Person};

pub(super) type Decision = Result<Vec<HardshipEvent>, HardshipRejection>;

pub(super) fn decide(state: &Hardship, command: HardshipCommand, cx: &Context<'_>) -> Decision {
    match command {
        HardshipCommand::Open {
            of,
            situation,
            recipient,
            known,
        } => {
            let opened = HardshipOpened {
                situation: Some(situation),
                recipient,
                known,
                ..next_case(state, of)
            };
            open(state, opened, cx)
        }
        HardshipCommand::Assess {
            finding,
            recommended,
        } => {
            let assessment = HardshipAssessed {
                assessor: cx.actor.id.clone(),
                finding,
                recommended,
            };
            assess(state, assessment, cx)
        }
        HardshipCommand::Approve {
            reserved,
            amount,
            document,
        } => {
            let approval = HardshipApproved {
                approver: cx.actor.id.clone(),
                amount,
                document,
                reserved: Some(reserved),
                approved_on: Some(cx.today),
            };
            approve(state, approval, cx)
        }
        HardshipCommand::LapseApproval { reserved } => lapse(state, reserved),
        HardshipCommand::Decline { reason } => {
            let refusal = HardshipDeclined {
                approver: cx.actor.id.clone(),
                reason,
            };
            decline(state, refusal)
        }
        HardshipCommand::Disburse {
            voucher,
            amount,
            paid_on,
        } => {
            let payment = HardshipDisbursed {
                payer: cx.actor.id.clone(),
                voucher,
                amount,
                paid_on,
                batch: None,
            };
            disburse(state, payment, cx)
        }
        HardshipCommand::DisburseLine {
            batch,
            line,
            voucher,
            paid_on,
        } => {
            let payment = HardshipDisbursed {
                payer: cx.actor.id.clone(),
                voucher,
                amount: line.amount,
                paid_on,
                batch: Some(batch),
            };
            listed::pay(state, batch, line, payment, cx)
        }
        HardshipCommand::StrikeLine { batch, reason } => listed::strike(state, batch, reason),
        HardshipCommand::Reverse { voucher, reason } => reverse(state, voucher, reason),
        HardshipCommand::FollowUp { on, findings } => {
            follow_up(state, HardshipFollowedUp { on, findings }, cx)
        }
        HardshipCommand::Close { reason } => match &state.latest {
            Latest::None => Err(HardshipRejection::NotOpened),
            Latest::Open(case) => {
                let rest = rest_released(state, case.number, Fen::ZERO);
                Ok(rest
                    .into_iter()
                    .chain([HardshipClosed { reason }.into()])
                    .collect())
            }
            Latest::Closed(_) => Ok(vec![]),
        },
        HardshipCommand::Reopen { reason } => match &state.latest {
            Latest::None => Err(HardshipRejection::NotOpened),
            Latest::Open(_) => Ok(vec![]),
            Latest::Closed(case) => {
                still_living(kept(cx)?, case.of.ground)?;
                Ok(vec![HardshipReopened { reason }.into()])
            }
        },
        HardshipCommand::TakeOverPayment {
            of,
            voucher,
            year,
            amount,
            paid_on,
            remark,
        } => {
            let payment = HardshipPaymentTakenOver {
                voucher,
                year,
                amount,
                paid_on,
                remark,
            };
            take_over(state, of, payment, cx)
        }
    }
}

fn open(state: &Hardship, opened: HardshipOpened, cx: &Context<'_>) -> Decision {
    match &state.latest {
        Latest::Open(case)
            if (&case.situation, &case.recipient, case.known)
                == (&opened.situation, &opened.recipient, opened.known) =>
        {
            Ok(vec![])
        }
        Latest::Open(_) => Err(HardshipRejection::AlreadyOpen),
        Latest::None | Latest::Closed(_) => {
            let person = kept(cx)?;
            still_living(person, opened.ground)?;
            if let Some(recipient) = &opened.recipient {
                may_receive(recipient, person, opened.ground)?;
            }
            if let Some(known) = opened.known {
                not_in_the_future(known, cx)?;
            }
            Ok(vec![opened.into()])
        }
    }
}

/// A survivor is aided in the name of the dead cadre whose survivor they are registered as.
fn may_receive(
    recipient: &Recipient,
    person: &Person,
    ground: Ground,
) -> Result<(), HardshipRejection> {
    if ground != Ground::Survivor {
        return Err(HardshipRejection::RecipientNotOnThisGround);
    }
    let is_registered = person
        .survivors
        .iter()
        .any(|s| s.name == recipient.name && s.relation == recipient.relation);
    if person.died_on.is_some() && is_registered {
        Ok(())
    } else {
        Err(HardshipRejection::NotASurvivor)
    }
}

fn assess(state: &Hardship, assessment: HardshipAssessed, cx: &Context<'_>) -> Decision {
    let case = open_case(state)?;
    match &case.stage {
        Stage::Assessed(known) if *known == assessment => Ok(vec![]),
        Stage::Opened | Stage::Assessed(_) | Stage::Declined(_) => {
            still_living(registered(cx)?, case.of.ground)?;
            Ok(vec![assessment.into()])
        }
        Stage::Approved(_) => Err(HardshipRejection::AlreadyApproved),
    }
}

fn approve(state: &Hardship, approval: HardshipApproved, cx: &Context<'_>) -> Decision {
    if approval
        .reserved
        .as_ref()
        .is_some_and(|reserved| state.lapsed.contains(&reserved.reservation))
    {
        return Err(HardshipRejection::ApprovalLapsed);
    }
    let case = open_case(state)?;
    match &case.stage {
        Stage::Opened => Err(HardshipRejection::NotAssessed),
        Stage::Assessed(_) if case.assessors.contains(&approval.approver) => {
            Err(HardshipRejection::ApproverIsAssessor)
        }
        // One reservation is for one approval, also of an earlier case.
        Stage::Assessed(_) if granted(state, &approval) => Err(HardshipRejection::AlreadyApproved),
        Stage::Assessed(_) => {
            not_zero(approval.amount)?;
            still_living(registered(cx)?, case.of.ground)?;
            Ok(vec![approval.into()])
        }
        Stage::Approved(known) if is_same_decision(known, &approval) => Ok(vec![]),
        Stage::Approved(_) => Err(HardshipRejection::AlreadyApproved),
        Stage::Declined(_) => Err(HardshipRejection::AlreadyDeclined),
    }
}

fn granted(state: &Hardship, approval: &HardshipApproved) -> bool {
    approval
        .reserved
        .as_ref()
        .is_some_and(|reserved| state.grant(reserved.reservation).is_some())
}

/// Whoever sends the same decision once more names another reservation on perhaps another day.
fn is_same_decision(known: &HardshipApproved, asked: &HardshipApproved) -> bool {
    let fund = |approval: &HardshipApproved| approval.reserved.as_ref().map(|r| r.fund.clone());
    known.approver == asked.approver
        && known.amount == asked.amount
        && known.document == asked.document
        && fund(known) == fund(asked)
}

/// An approval stands or has lapsed, whichever this stream says first.
fn lapse(state: &Hardship, reserved: FundReservation) -> Decision {
    if state.case().is_none() {
        return Err(HardshipRejection::NotOpened);
    }
    if state.lapsed.contains(&reserved.reservation) {
        return Ok(vec![]);
    }
    if state.grant(reserved.reservation).is_some() {
        return Err(HardshipRejection::AlreadyApproved);
    }
    Ok(vec![HardshipApprovalLapsed { reserved }.into()])
}

fn decline(state: &Hardship, refusal: HardshipDeclined) -> Decision {
    let case = open_case(state)?;
    match &case.stage {
        Stage::Opened => Err(HardshipRejection::NotAssessed),
        Stage::Assessed(_) if case.assessors.contains(&refusal.approver) => {
            Err(HardshipRejection::ApproverIsAssessor)
        }
        Stage::Assessed(_) => Ok(vec![refusal.into()]),
        Stage::Approved(_) => Err(HardshipRejection::AlreadyApproved),
        Stage::Declined(known) if *known == refusal => Ok(vec![]),
        Stage::Declined(_) => Err(HardshipRejection::AlreadyDeclined),
    }
}

pub(super) fn disburse(state: &Hardship, payment: HardshipDisbursed, cx: &Context<'_>) -> Decision {
    if let Some(known) = state.payment(&payment.voucher) {
        return match &known.made {
            // Whoever enters it the second time, it is the payment that was made. Once reversed it
            // is refused, not passed over in silence: money would leave that no record shows.
            Made::Here(e)
                if (e.amount, e.paid_on, e.batch)
                    == (payment.amount, payment.paid_on, payment.batch) =>
            {
                if known.reversed {
                    Err(HardshipRejection::PaymentReversed)
                } else {
                    Ok(vec![])
                }
            }
            Made::Here(_) | Made::Before(_) => Err(HardshipRejection::VoucherReused),
        };
    }
    let case = open_case(state)?;
    let approval = approval(case)?;
    if case.assessors.contains(&payment.payer) {
        return Err(HardshipRejection::PayerIsAssessor);
    }
    if approval.approver == payment.payer {
        return Err(HardshipRejection::PayerIsApprover);
    }
    not_zero(payment.amount)?;
    not_in_the_future(When::Day(payment.paid_on), cx)?;
    if let Some(approved_on) = approval.approved_on
        && payment.paid_on < approved_on
    {
        return Err(HardshipRejection::PaidBeforeApproval { approved_on });
    }
    living_on(registered(cx)?, case.of.ground, payment.paid_on)?;
    within_approved(state, payment.amount)?;
    Ok(vec![payment.into()])
}

pub(super) fn approval(case: &Case) -> Result<&HardshipApproved, HardshipRejection> {
    match &case.stage {
        Stage::Approved(approval) => Ok(approval),
        Stage::Opened | Stage::Assessed(_) | Stage::Declined(_) => {
            Err(HardshipRejection::NotApproved)
        }
    }
}

pub(super) fn within_approved(state: &Hardship, amount: Fen) -> Result<(), HardshipRejection> {
    let left = state.left();
    if amount > left {
        return Err(HardshipRejection::OverApproved { left });
    }
    Ok(())
}

fn reverse(state: &Hardship, voucher: Text, reason: Text) -> Decision {
    match state.payment(&voucher) {
        None => Err(HardshipRejection::NoSuchPayment),
        Some(payment) if payment.reversed => Ok(vec![]),
        Some(payment) => {
            let reversed = HardshipReversed {
                voucher,
                amount: payment.amount(),
                reason,
            };
            Ok([reversed.into()]
                .into_iter()
                .chain(returned(state, payment))
                .collect())
        }
    }
}

/// What comes back to a case that is closed goes on to the fund: nobody will pay it out again.
fn returned(state: &Hardship, payment: &Payment) -> Option<HardshipEvent> {
    let goes_on = match &state.latest {
        Latest::None => false,
        Latest::Open(case) => case.number != payment.case,
        Latest::Closed(_) => true,
    };
    match &payment.made {
        Made::Here(e) if goes_on => rest_released(state, payment.case, e.amount),
        Made::Here(_) | Made::Before(_) => None,
    }
}

/// What is approved and not paid in a case whose money a fund keeps, `more` included.
fn rest_released(state: &Hardship, case: u32, more: Fen) -> Option<HardshipEvent> {
    let grant = state.grants.iter().find(|grant| grant.case == case)?;
    let amount = state.unpaid(grant) + more;
    (amount > Fen::ZERO).then(|| {
        HardshipRestReleased {
            reserved: grant.reserved.clone(),
            amount,
        }
        .into()
    })
}

fn follow_up(state: &Hardship, follow_up: HardshipFollowedUp, cx: &Context<'_>) -> Decision {
    let case = open_case(state)?;
    if case.follow_ups.contains(&follow_up) {
        return Ok(vec![]);
    }
    not_in_the_future(When::Day(follow_up.on), cx)?;
    living_on(registered(cx)?, case.of.ground, follow_up.on)?;
    Ok(vec![follow_up.into()])
}

fn take_over(
    state: &Hardship,
    of: HardshipId,
    payment: HardshipPaymentTakenOver,
    cx: &Context<'_>,
) -> Decision {
    if let Some(known) = state.payment(&payment.voucher) {
        return match &known.made {
            // Also where it was reversed since: the ledger still says the same.
            Made::Before(e) if *e == payment => Ok(vec![]),
            Made::Before(_) | Made::Here(_) => Err(HardshipRejection::VoucherReused),
        };
    }
    not_zero(payment.amount)?;
    not_in_the_future(When::Day(payment.paid_on), cx)?;
    living_on(kept(cx)?, of.ground, payment.paid_on)?;
    Ok(match &state.latest {
        Latest::Open(_) => vec![payment.into()],
        Latest::None | Latest::Closed(_) => {
            vec![next_case(state, of).into(), payment.into()]
        }
    })
}

/// The case that follows, as one of which no more is said.
fn next_case(state: &Hardship, of: HardshipId) -> HardshipOpened {
    HardshipOpened {
        person: of.person,
        ground: of.ground,
        case: state.number() + 1,
        situation: None,
        recipient: None,
        known: None,
    }
}

pub(super) fn open_case(state: &Hardship) -> Result<&Case, HardshipRejection> {
    match &state.latest {
        Latest::None => Err(HardshipRejection::NotOpened),
        Latest::Open(case) => Ok(case),
        Latest::Closed(_) => Err(HardshipRejection::Closed),
    }
}

fn registered<'a>(cx: &Context<'a>) -> Result<&'a Person, HardshipRejection> {
    cx.person.ok_or(HardshipRejection::UnknownPerson)
}

/// A case begins under the record that is kept; one that is under way is carried to its end.
fn kept<'a>(cx: &Context<'a>) -> Result<&'a Person, HardshipRejection> {
    let person = registered(cx)?;
    match person.kept_as {
        Some(_) => Err(HardshipRejection::RecordSuperseded),
        None => Ok(person),
    }
}

pub(super) fn still_living(person: &Person, ground: Ground) -> Result<(), HardshipRejection> {
    refuse_if_died(person.died_on.is_some(), ground)
}

fn living_on(person: &Person, ground: Ground, day: Date) -> Result<(), HardshipRejection> {
    refuse_if_died(person.died_on.is_some_and(|died_on| day > died_on), ground)
}

fn refuse_if_died(died: bool, ground: Ground) -> Result<(), HardshipRejection> {
    if died && ground != Ground::Survivor {
        Err(HardshipRejection::PersonDied)
    } else {
        Ok(())
    }
}

fn not_zero(amount: Fen) -> Result<(), HardshipRejection> {
    if amount == Fen::ZERO {
        Err(HardshipRejection::AmountZero)
    } else {
        Ok(())
    }
}

fn not_in_the_future(date: When, cx: &Context<'_>) -> Result<(), HardshipRejection> {
    if date.is_after(cx.now) {
        Err(HardshipRejection::InTheFuture { date })
    } else {
        Ok(())
    }
}
