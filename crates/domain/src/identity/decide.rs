use super::{IdentityClaimed, IdentityCommand, IdentityEvent, IdentityRejection, IdentityReleased};
use crate::CadreId;

pub(super) fn decide(
    holder: Option<CadreId>,
    command: &IdentityCommand,
) -> Result<Vec<IdentityEvent>, IdentityRejection> {
    match (command, holder) {
        (IdentityCommand::Claim { person }, None) => {
            Ok(vec![IdentityClaimed { person: *person }.into()])
        }
        (IdentityCommand::Claim { person }, Some(held_by)) if held_by == *person => Ok(vec![]),
        (IdentityCommand::Claim { .. }, Some(_)) => Err(IdentityRejection::Taken),
        (IdentityCommand::Release { person }, Some(held_by)) if held_by == *person => {
            Ok(vec![IdentityReleased { person: *person }.into()])
        }
        (IdentityCommand::Release { .. }, None) => Ok(vec![]),
        (IdentityCommand::Release { .. }, Some(_)) => Err(IdentityRejection::NotHeld),
    }
}
