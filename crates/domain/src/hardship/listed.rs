//! Payments by a list of recipients. The list is frozen; whether a line of it is paid or struck is
//! decided here, in the stream of its case.

use super::{
    Case, Hardship, HardshipDisbursed, HardshipLineStruck, HardshipRejection, Made,
    decide::{Decision, approval, disburse, open_case, still_living, within_approved},
};
use crate::{
    Context, PaymentBatchId, Text, cadre::Person, fund::FundId, payment_batch::PaymentLine,
};

/// A payment of a line keeps all rules of a payment, and two more: the line is still to be paid, and
/// the case is the one that was listed.
pub(super) fn pay(
    state: &Hardship,
    batch: PaymentBatchId,
    line: PaymentLine,
    payment: HardshipDisbursed,
    cx: &Context<'_>,
) -> Decision {
    // Whether a known voucher is the same payment again is asked there.
    if state.payment(&payment.voucher).is_none() {
        still_to_pay(state, batch)?;
        case_of(state, &line)?;
    }
    disburse(state, payment, cx)
}

pub(super) fn strike(state: &Hardship, batch: PaymentBatchId, reason: Text) -> Decision {
    match still_to_pay(state, batch) {
        Ok(()) => Ok(vec![HardshipLineStruck { batch, reason }.into()]),
        Err(HardshipRejection::LineStruck) => Ok(vec![]),
        Err(refusal) => Err(refusal),
    }
}

/// Whether a payment of the line would be taken now, whoever pays.
pub(super) fn can_take(
    state: &Hardship,
    line: &PaymentLine,
    fund: &FundId,
    person: Option<&Person>,
) -> Result<(), HardshipRejection> {
    let case = case_of(state, line)?;
    let reserved = approval(case)?.reserved.as_ref();
    if reserved.is_none_or(|reserved| reserved.fund != *fund) {
        return Err(HardshipRejection::ApprovedFromAnotherFund);
    }
    let person = person.ok_or(HardshipRejection::UnknownPerson)?;
    still_living(person, case.of.ground)?;
    within_approved(state, line.amount)
}

/// A line is paid once or struck, whichever this stream says first. A reversed payment leaves it to
/// be paid again.
fn still_to_pay(state: &Hardship, batch: PaymentBatchId) -> Result<(), HardshipRejection> {
    if state.struck.contains(&batch) {
        return Err(HardshipRejection::LineStruck);
    }
    let paid = state.payments.iter().any(|payment| match &payment.made {
        Made::Here(e) => e.batch == Some(batch) && !payment.reversed,
        Made::Before(_) => false,
    });
    if paid {
        Err(HardshipRejection::LinePaid)
    } else {
        Ok(())
    }
}

/// A line is of one case, not of another that was opened since.
fn case_of<'a>(state: &'a Hardship, line: &PaymentLine) -> Result<&'a Case, HardshipRejection> {
    let case = open_case(state)?;
    if case.number == line.case.case {
        Ok(case)
    } else {
        Err(HardshipRejection::Closed)
    }
}
