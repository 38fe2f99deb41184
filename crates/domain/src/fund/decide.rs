use super::{
    Fund, FundBudgetSet, FundCarriedIn, FundCarriedOut, FundClosed, FundCommand, FundEvent,
    FundRejection, FundReleased, FundReserved, FundSpendingReversed, FundSpent, Reservation, minus,
};
use crate::{Context, Fen, ReservationId, Text};

type Decision = Result<Vec<FundEvent>, FundRejection>;

pub(super) fn decide(state: &Fund, command: FundCommand, cx: &Context<'_>) -> Decision {
    match command {
        FundCommand::SetBudget {
            of,
            amount,
            document,
        } => {
            let set = FundBudgetSet {
                fund: of,
                amount,
                document,
            };
            set_budget(state, set)
        }
        FundCommand::Reserve {
            reservation,
            case,
            amount,
            document,
        } => {
            let reserved = FundReserved {
                reservation,
                case,
                amount,
                approver: cx.actor.id.clone(),
                document,
            };
            reserve(state, reserved, cx)
        }
        FundCommand::Release { reservation, keep } => release(state, reservation, keep),
        FundCommand::Spend {
            reservation,
            voucher,
            amount,
            paid_on,
        } => {
            let spent = FundSpent {
                reservation,
                voucher,
                amount,
                paid_on,
            };
            spend(state, spent)
        }
        FundCommand::ReverseSpending {
            reservation,
            voucher,
        } => reverse(state, reservation, voucher),
        FundCommand::CarryOut {
            carry_over,
            amount,
            document,
        } => {
            let to = state.id().ok_or(FundRejection::NoBudget)?.next_year();
            let out = FundCarriedOut {
                carry_over,
                to,
                amount,
                document,
            };
            carry_out(state, out)
        }
        FundCommand::CarryIn {
            carry_over,
            of,
            amount,
        } => {
            if state.has_carried(carry_over) {
                return Ok(vec![]);
            }
            let carried = FundCarriedIn {
                carry_over,
                fund: of,
                amount,
            };
            Ok(vec![carried.into()])
        }
        FundCommand::Close { reason } => close(state, reason),
    }
}

fn set_budget(state: &Fund, set: FundBudgetSet) -> Decision {
    if state.budget_set.as_ref() == Some(&set) {
        return Ok(vec![]);
    }
    still_open(state)?;
    let least = minus(state.reserved() + state.carried_out, state.carried_in);
    if set.amount < least {
        return Err(FundRejection::BudgetBelowReserved { least });
    }
    Ok(vec![set.into()])
}

fn reserve(state: &Fund, reserved: FundReserved, cx: &Context<'_>) -> Decision {
    if let Some(known) = state.reservation(reserved.reservation) {
        // The same wish again, unless it came to nothing: then its id stands for nothing any more.
        return if known.made == reserved && known.amount > Fen::ZERO {
            Ok(vec![])
        } else {
            Err(FundRejection::ReservationTakenBack)
        };
    }
    let fund = state.id().ok_or(FundRejection::NoBudget)?;
    still_open(state)?;
    let (year, today) = (fund.year, cx.today.year());
    if year != today {
        return Err(FundRejection::AnotherYear { year, today });
    }
    if reserved.amount == Fen::ZERO {
        return Err(FundRejection::AmountZero);
    }
    let standing = |r: &Reservation| r.case() == reserved.case && r.amount > Fen::ZERO;
    if state.reservations.values().any(standing) {
        return Err(FundRejection::AlreadyReserved);
    }
    let free = state.free();
    if reserved.amount > free {
        return Err(FundRejection::OverBudget { free });
    }
    Ok(vec![reserved.into()])
}

fn release(state: &Fund, id: ReservationId, keep: Fen) -> Decision {
    let reservation = known(state, id)?;
    let spent = reservation.spent();
    if keep < spent {
        return Err(FundRejection::ReleaseBelowSpent { spent });
    }
    let amount = minus(reservation.amount, keep);
    if amount == Fen::ZERO {
        return Ok(vec![]);
    }
    let released = FundReleased {
        reservation: id,
        amount,
    };
    Ok(vec![released.into()])
}

fn spend(state: &Fund, spent: FundSpent) -> Decision {
    let reservation = known(state, spent.reservation)?;
    if let Some(payment) = reservation.payments.get(&spent.voucher) {
        return if payment.amount == spent.amount {
            Ok(vec![])
        } else {
            Err(FundRejection::VoucherReused)
        };
    }
    let left = reservation.left();
    if spent.amount > left {
        return Err(FundRejection::OverReserved { left });
    }
    Ok(vec![spent.into()])
}

fn reverse(state: &Fund, id: ReservationId, voucher: Text) -> Decision {
    let reservation = known(state, id)?;
    match reservation.payments.get(&voucher) {
        None => Err(FundRejection::NoSuchPayment),
        Some(payment) if payment.reversed => Ok(vec![]),
        Some(payment) => {
            let reversed = FundSpendingReversed {
                reservation: id,
                voucher,
                amount: payment.amount,
            };
            Ok(vec![reversed.into()])
        }
    }
}

/// Also from a closed year: what is left at its end is carried over by a decision that comes later.
fn carry_out(state: &Fund, out: FundCarriedOut) -> Decision {
    if state.has_carried(out.carry_over) {
        return Ok(vec![]);
    }
    if out.amount == Fen::ZERO {
        return Err(FundRejection::NothingCarried);
    }
    let free = state.free();
    if out.amount > free {
        return Err(FundRejection::OverBudget { free });
    }
    Ok(vec![out.into()])
}

fn close(state: &Fund, reason: Text) -> Decision {
    if state.closed {
        return Ok(vec![]);
    }
    state.id().ok_or(FundRejection::NoBudget)?;
    let left = minus(state.reserved(), state.spent());
    if left > Fen::ZERO {
        return Err(FundRejection::Unspent { left });
    }
    Ok(vec![FundClosed { reason }.into()])
}

fn still_open(state: &Fund) -> Result<(), FundRejection> {
    if state.closed {
        Err(FundRejection::Closed)
    } else {
        Ok(())
    }
}

fn known(state: &Fund, id: ReservationId) -> Result<&Reservation, FundRejection> {
    state
        .reservation(id)
        .ok_or(FundRejection::NoSuchReservation)
}
