use super::{AccessAttempted, PetitionAccess, PetitionAccessCommand, PetitionAccessEvent};
use crate::Context;

pub(super) fn decide(
    access: &PetitionAccess,
    command: PetitionAccessCommand,
    cx: &Context<'_>,
) -> Vec<PetitionAccessEvent> {
    match command {
        PetitionAccessCommand::RecordAttempt { by } => {
            let who = cx.actor.id.clone();
            let known = access.last_day == Some(cx.today);
            if known && access.tried.contains(&(who.clone(), by)) {
                return vec![];
            }
            let on = cx.today;
            vec![AccessAttempted { who, by, on }.into()]
        }
    }
}
