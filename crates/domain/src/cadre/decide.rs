//! The rules of a person's record. This file leads each command to its rule, once it is clear that
//! there is a record, that it is the one that is kept, and what death still allows.

mod care;
mod life;
mod particulars;
mod plausible;

use super::{CadreCommand, CadreEvent, CadreRejection, record::Record};
use crate::{CadreId, Context};

type Decided = Result<Vec<CadreEvent>, CadreRejection>;

pub(super) fn decide(record: Option<&Record>, command: CadreCommand, cx: &Context<'_>) -> Decided {
    let Some(record) = record else {
        return match command {
            CadreCommand::Register(person) => particulars::register(person, cx),
            CadreCommand::Amend { .. }
            | CadreCommand::RecordRetirement { .. }
            | CadreCommand::RecordPartyStanding(_)
            | CadreCommand::GrantTreatment { .. }
            | CadreCommand::EndTreatment { .. }
            | CadreCommand::RecordLiving { .. }
            | CadreCommand::RequestTransfer { .. }
            | CadreCommand::AcceptTransfer
            | CadreCommand::RejectTransfer { .. }
            | CadreCommand::AssignContact { .. }
            | CadreCommand::HandOverContact { .. }
            | CadreCommand::RecordDeath { .. }
            | CadreCommand::WithdrawDeath { .. }
            | CadreCommand::RecordSurvivor { .. }
            | CadreCommand::ReportDispute { .. }
            | CadreCommand::VerifyRecord { .. }
            | CadreCommand::DecideDuplicate { .. } => Err(CadreRejection::UnknownPerson),
        };
    };
    if let Some(kept_as) = record.kept_as()
        && !remains_when_superseded(&command, kept_as)
    {
        return Err(CadreRejection::RecordSuperseded);
    }
    if record.died_on().is_some() && !remains_after_death(&command) {
        return Err(CadreRejection::PersonDied);
    }
    match command {
        CadreCommand::Register(person) => particulars::register_again(record, &person),
        CadreCommand::Amend {
            changes,
            reason,
            document,
        } => particulars::amend(record, changes, reason, document, cx),
        CadreCommand::RecordRetirement {
            retirement,
            document,
        } => particulars::record_retirement(record, retirement, document, cx),
        CadreCommand::RecordPartyStanding(party) => {
            particulars::record_party_standing(record, party, cx)
        }
        CadreCommand::GrantTreatment {
            treatment,
            from,
            until,
            approval,
        } => care::grant_treatment(record, treatment, from, until, approval, cx),
        CadreCommand::EndTreatment {
            treatment,
            until,
            reason,
        } => care::end_treatment(record, treatment, until, reason),
        CadreCommand::RecordLiving {
            living,
            mobility,
            since,
        } => care::record_living(record, living, mobility, since, cx),
        CadreCommand::RequestTransfer { to, reason } => care::request_transfer(record, to, reason),
        CadreCommand::AcceptTransfer => care::accept_transfer(record, cx),
        CadreCommand::RejectTransfer { reason } => care::reject_transfer(record, reason, cx),
        CadreCommand::AssignContact { staff, name, from } => {
            care::assign_contact(record, staff, name, from)
        }
        CadreCommand::HandOverContact {
            to,
            name,
            from,
            reason,
        } => care::hand_over_contact(record, to, name, from, reason),
        CadreCommand::RecordDeath { died_on, document } => {
            life::record_death(record, died_on, document, cx)
        }
        CadreCommand::WithdrawDeath { reason, document } => {
            Ok(life::withdraw_death(record, reason, document))
        }
        CadreCommand::RecordSurvivor { survivor } => life::record_survivor(record, survivor),
        CadreCommand::ReportDispute { matter, known } => {
            care::report_dispute(record, matter, known, cx)
        }
        CadreCommand::VerifyRecord { on, evidence } => {
            care::verify_record(record, on, evidence, cx)
        }
        CadreCommand::DecideDuplicate {
            other,
            decision,
            reason,
        } => life::decide_duplicate(record, other, decision, reason, cx),
    }
}

/// A duplicate is left alone, but the decision itself can be taken back, and the registration that
/// made it may arrive again.
fn remains_when_superseded(command: &CadreCommand, kept_as: CadreId) -> bool {
    match command {
        CadreCommand::Register(_) => true,
        CadreCommand::DecideDuplicate { other, .. } => *other == kept_as,
        CadreCommand::Amend { .. }
        | CadreCommand::RecordRetirement { .. }
        | CadreCommand::RecordPartyStanding(_)
        | CadreCommand::GrantTreatment { .. }
        | CadreCommand::EndTreatment { .. }
        | CadreCommand::RecordLiving { .. }
        | CadreCommand::RequestTransfer { .. }
        | CadreCommand::AcceptTransfer
        | CadreCommand::RejectTransfer { .. }
        | CadreCommand::AssignContact { .. }
        | CadreCommand::HandOverContact { .. }
        | CadreCommand::RecordDeath { .. }
        | CadreCommand::WithdrawDeath { .. }
        | CadreCommand::RecordSurvivor { .. }
        | CadreCommand::ReportDispute { .. }
        | CadreCommand::VerifyRecord { .. } => false,
    }
}

/// After death only what concerns the death, closes something, or corrects the record remains.
fn remains_after_death(command: &CadreCommand) -> bool {
    match command {
        CadreCommand::Register(_)
        | CadreCommand::Amend { .. }
        | CadreCommand::RecordRetirement { .. }
        | CadreCommand::RecordPartyStanding(_)
        | CadreCommand::EndTreatment { .. }
        | CadreCommand::RecordDeath { .. }
        | CadreCommand::WithdrawDeath { .. }
        | CadreCommand::RecordSurvivor { .. }
        | CadreCommand::DecideDuplicate { .. } => true,
        CadreCommand::GrantTreatment { .. }
        | CadreCommand::RecordLiving { .. }
        | CadreCommand::RequestTransfer { .. }
        | CadreCommand::AcceptTransfer
        | CadreCommand::RejectTransfer { .. }
        | CadreCommand::AssignContact { .. }
        | CadreCommand::HandOverContact { .. }
        | CadreCommand::ReportDispute { .. }
        | CadreCommand::VerifyRecord { .. } => false,
    }
}

/// Nothing if it is already so.
fn unless_so<E: PartialEq + Into<CadreEvent>>(present: Option<&E>, event: E) -> Vec<CadreEvent> {
    if present == Some(&event) {
        vec![]
    } else {
        vec![event.into()]
    }
}
