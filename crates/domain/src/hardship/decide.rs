use calendar::{Date, When};

use super::{
    Case, Ground, Hardship, HardshipApproved, HardshipAssessed, HardshipClosed, HardshipCommand,
    HardshipDeclined, HardshipDisbursed, HardshipEvent, HardshipFollowedUp, HardshipId,
    HardshipOpened, HardshipPaymentTakenOver, HardshipRejection, HardshipReopened,
    HardshipReversed, Latest, Made, Stage,
};
use crate::{Context, Fen, Text, cadre::Person};

type Decision = Result<Vec<HardshipEvent>, HardshipRejection>;

pub(super) fn decide(state: &Hardship, command: HardshipCommand, cx: &Context<'_>) -> Decision {
    match command {
        HardshipCommand::Open { of, situation } => open(state, of, situation, cx),
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
        HardshipCommand::Approve { amount, document } => {
            let approval = HardshipApproved {
                approver: cx.actor.id.clone(),
                amount,
                document,
            };
            approve(state, approval, cx)
        }
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
            };
            disburse(state, payment, cx)
        }
        HardshipCommand::Reverse { voucher, reason } => reverse(state, voucher, reason),
        HardshipCommand::FollowUp { on, findings } => {
            follow_up(state, HardshipFollowedUp { on, findings }, cx)
        }
        HardshipCommand::Close { reason } => match &state.latest {
            Latest::None => Err(HardshipRejection::NotOpened),
            Latest::Open(_) => Ok(vec![HardshipClosed { reason }.into()]),
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

fn open(state: &Hardship, of: HardshipId, situation: Text, cx: &Context<'_>) -> Decision {
    match &state.latest {
        Latest::Open(case) if case.situation.as_ref() == Some(&situation) => Ok(vec![]),
        Latest::Open(_) => Err(HardshipRejection::AlreadyOpen),
        Latest::None | Latest::Closed(_) => {
            still_living(kept(cx)?, of.ground)?;
            Ok(vec![next_case(state, of, Some(situation)).into()])
        }
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
    let case = open_case(state)?;
    match &case.stage {
        Stage::Opened => Err(HardshipRejection::NotAssessed),
        Stage::Assessed(_) if case.assessors.contains(&approval.approver) => {
            Err(HardshipRejection::ApproverIsAssessor)
        }
        Stage::Assessed(_) => {
            not_zero(approval.amount)?;
            still_living(registered(cx)?, case.of.ground)?;
            Ok(vec![approval.into()])
        }
        Stage::Approved(known) if *known == approval => Ok(vec![]),
        Stage::Approved(_) => Err(HardshipRejection::AlreadyApproved),
        Stage::Declined(_) => Err(HardshipRejection::AlreadyDeclined),
    }
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

fn disburse(state: &Hardship, payment: HardshipDisbursed, cx: &Context<'_>) -> Decision {
    if let Some(known) = state.payment(&payment.voucher) {
        return match &known.made {
            // Whoever enters it the second time, it is the payment that was made. Once reversed it
            // is refused, not passed over in silence: money would leave that no record shows.
            Made::Here(e) if e.amount == payment.amount && e.paid_on == payment.paid_on => {
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
    let approval = match &case.stage {
        Stage::Approved(approval) => approval,
        Stage::Opened | Stage::Assessed(_) | Stage::Declined(_) => {
            return Err(HardshipRejection::NotApproved);
        }
    };
    if case.assessors.contains(&payment.payer) {
        return Err(HardshipRejection::PayerIsAssessor);
    }
    if approval.approver == payment.payer {
        return Err(HardshipRejection::PayerIsApprover);
    }
    not_zero(payment.amount)?;
    not_in_the_future(payment.paid_on, cx)?;
    living_on(registered(cx)?, case.of.ground, payment.paid_on)?;
    let left = state.left();
    if payment.amount > left {
        return Err(HardshipRejection::OverApproved { left });
    }
    Ok(vec![payment.into()])
}

fn reverse(state: &Hardship, voucher: Text, reason: Text) -> Decision {
    match state.payment(&voucher) {
        None => Err(HardshipRejection::NoSuchPayment),
        Some(payment) if payment.reversed => Ok(vec![]),
        Some(payment) => Ok(vec![
            HardshipReversed {
                voucher,
                amount: payment.amount(),
                reason,
            }
            .into(),
        ]),
    }
}

fn follow_up(state: &Hardship, follow_up: HardshipFollowedUp, cx: &Context<'_>) -> Decision {
    let case = open_case(state)?;
    if case.follow_ups.contains(&follow_up) {
        return Ok(vec![]);
    }
    not_in_the_future(follow_up.on, cx)?;
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
    not_in_the_future(payment.paid_on, cx)?;
    living_on(kept(cx)?, of.ground, payment.paid_on)?;
    Ok(match &state.latest {
        Latest::Open(_) => vec![payment.into()],
        Latest::None | Latest::Closed(_) => {
            vec![next_case(state, of, None).into(), payment.into()]
        }
    })
}

fn next_case(state: &Hardship, of: HardshipId, situation: Option<Text>) -> HardshipOpened {
    HardshipOpened {
        person: of.person,
        ground: of.ground,
        case: state.number() + 1,
        situation,
    }
}

fn open_case(state: &Hardship) -> Result<&Case, HardshipRejection> {
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

fn still_living(person: &Person, ground: Ground) -> Result<(), HardshipRejection> {
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

fn not_in_the_future(day: Date, cx: &Context<'_>) -> Result<(), HardshipRejection> {
    let date = When::Day(day);
    if date.is_after(cx.now) {
        Err(HardshipRejection::InTheFuture { date })
    } else {
        Ok(())
    }
}
