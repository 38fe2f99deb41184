//! Who looks after the person, and how they fare: treatments, living situation, transfers between
//! units, the primary contact.

use calendar::{Date, When};

use super::{Decided, unless_so};
use crate::{
    Context, StaffId, Text, Unit,
    cadre::{
        Approval, CadreRejection, ContactAssigned, ContactHandedOver, DisputeReported, Living,
        LivingRecorded, Mobility, RecordVerified, Retirement, TransferAccepted, TransferRejected,
        TransferRequested, TreatmentEnded, TreatmentGranted,
        record::{Contact, Record, Transfer},
    },
};

/// Grants of one treatment never share a day.
pub(super) fn grant_treatment(
    record: &Record,
    treatment: Text,
    from: Date,
    until: Option<Date>,
    approval: Approval,
    cx: &Context<'_>,
) -> Decided {
    let granted = TreatmentGranted {
        treatment,
        from,
        until,
        approval,
    };
    if record.treatments.contains(&granted) {
        return Ok(vec![]);
    }
    if let Some(Retirement::Lixiu { approval: None, .. }) = record.retirement() {
        return Err(CadreRejection::LixiuApprovalMissing);
    }
    if granted.approval.on > cx.today {
        return Err(CadreRejection::InTheFuture {
            date: When::Day(granted.approval.on),
        });
    }
    if let Some(until) = until
        && until < from
    {
        return Err(CadreRejection::PeriodReversed { from, until });
    }
    let same = |other: &&TreatmentGranted| other.treatment == granted.treatment;
    match record.treatments.iter().filter(same).find(|other| {
        other.until.is_none_or(|last| from <= last) && until.is_none_or(|last| other.from <= last)
    }) {
        Some(other) => Err(CadreRejection::TreatmentOverlaps { from: other.from }),
        None => Ok(vec![granted.into()]),
    }
}

/// Ends the grant that covers the day; one that already has a last day can be cut short.
pub(super) fn end_treatment(
    record: &Record,
    treatment: Text,
    until: Date,
    reason: Text,
) -> Decided {
    let covers = |grant: &&TreatmentGranted| {
        grant.treatment == treatment
            && grant.from <= until
            && grant.until.is_none_or(|last| until <= last)
    };
    match record.treatments.iter().find(covers) {
        None => Err(CadreRejection::TreatmentNotInForce { on: until }),
        Some(grant) if grant.until == Some(until) => Ok(vec![]),
        Some(grant) => Ok(vec![
            TreatmentEnded {
                from: grant.from,
                treatment,
                until,
                reason,
            }
            .into(),
        ]),
    }
}

pub(super) fn record_living(
    record: &Record,
    living: Living,
    mobility: Option<Mobility>,
    since: Date,
    cx: &Context<'_>,
) -> Decided {
    if since > cx.today {
        return Err(CadreRejection::InTheFuture {
            date: When::Day(since),
        });
    }
    let recorded = LivingRecorded {
        living,
        mobility,
        since,
    };
    Ok(unless_so(record.living.as_ref(), recorded))
}

/// The sender keeps the duties until the receiver accepts.
pub(super) fn request_transfer(record: &Record, to: Unit, reason: Text) -> Decided {
    match &record.transfer {
        Transfer::Requested(pending) if pending.to == to => return Ok(vec![]),
        Transfer::Requested(_) => return Err(CadreRejection::TransferPending),
        Transfer::Never | Transfer::Accepted(_) | Transfer::Rejected(_) => {}
    }
    if to == record.unit {
        return Err(CadreRejection::TransferToOwnUnit);
    }
    Ok(vec![
        TransferRequested {
            from: record.unit.clone(),
            to,
            reason,
        }
        .into(),
    ])
}

pub(super) fn accept_transfer(record: &Record, cx: &Context<'_>) -> Decided {
    match &record.transfer {
        Transfer::Requested(pending) if pending.to == cx.actor.unit => Ok(vec![
            TransferAccepted {
                from: pending.from.clone(),
                to: pending.to.clone(),
            }
            .into(),
        ]),
        Transfer::Requested(_) => Err(CadreRejection::NotTheReceiver),
        Transfer::Accepted(done) if done.to == cx.actor.unit => Ok(vec![]),
        Transfer::Never | Transfer::Accepted(_) | Transfer::Rejected(_) => {
            Err(CadreRejection::NoTransferPending)
        }
    }
}

pub(super) fn reject_transfer(record: &Record, reason: Text, cx: &Context<'_>) -> Decided {
    match &record.transfer {
        Transfer::Requested(pending) if pending.to == cx.actor.unit => Ok(vec![
            TransferRejected {
                to: pending.to.clone(),
                reason,
            }
            .into(),
        ]),
        Transfer::Requested(_) => Err(CadreRejection::NotTheReceiver),
        Transfer::Rejected(done) if done.to == cx.actor.unit => Ok(vec![]),
        Transfer::Never | Transfer::Accepted(_) | Transfer::Rejected(_) => {
            Err(CadreRejection::NoTransferPending)
        }
    }
}

/// There is no command that takes a contact away, so who has one always has one.
pub(super) fn assign_contact(record: &Record, staff: StaffId, name: Text, from: Date) -> Decided {
    let contact = Contact { staff, name, from };
    match &record.contact {
        Some(present) if *present == contact => Ok(vec![]),
        Some(_) => Err(CadreRejection::ContactAlreadyAssigned),
        None => Ok(vec![
            ContactAssigned {
                staff: contact.staff,
                name: contact.name,
                from,
            }
            .into(),
        ]),
    }
}

/// The old contact's last day is the day before the new one's first, so there is no gap.
pub(super) fn hand_over_contact(
    record: &Record,
    to: StaffId,
    name: Text,
    from: Date,
    reason: Text,
) -> Decided {
    let Some(present) = &record.contact else {
        return Err(CadreRejection::ContactMissing);
    };
    let contact = Contact {
        staff: to,
        name,
        from,
    };
    if *present == contact {
        return Ok(vec![]);
    }
    if present.staff == contact.staff {
        return Err(CadreRejection::AlreadyTheContact);
    }
    if from <= present.from {
        return Err(CadreRejection::HandOverTooEarly {
            since: present.from,
        });
    }
    Ok(vec![
        ContactHandedOver {
            by: present.staff.clone(),
            to: contact.staff,
            name: contact.name,
            from,
            reason,
        }
        .into(),
    ])
}

/// The same report again says nothing new; another is another dispute.
pub(super) fn report_dispute(
    record: &Record,
    matter: Text,
    known: When,
    cx: &Context<'_>,
) -> Decided {
    if known.is_after(cx.now) {
        return Err(CadreRejection::InTheFuture { date: known });
    }
    let reported = DisputeReported { matter, known };
    Ok(unless_so(record.dispute.as_ref(), reported))
}

pub(super) fn verify_record(
    record: &Record,
    on: Date,
    evidence: Text,
    cx: &Context<'_>,
) -> Decided {
    if on > cx.today {
        return Err(CadreRejection::InTheFuture {
            date: When::Day(on),
        });
    }
    let verified = RecordVerified { on, evidence };
    Ok(unless_so(record.verified.as_ref(), verified))
}
