use calendar::When;

use super::{
    Petition, PetitionAccepted, PetitionCase, PetitionClosed, PetitionCommand, PetitionEvent,
    PetitionRegistered, PetitionRejection, PetitionReplied, Stage,
};
use crate::{Context, Text};

pub(super) fn decide(
    case: &PetitionCase,
    command: PetitionCommand,
    cx: &Context<'_>,
) -> Result<Vec<PetitionEvent>, PetitionRejection> {
    use PetitionCommand::{Accept, Close, Register, Reply};
    match (command, case) {
        (Register { petition }, PetitionCase::Unregistered) => register(petition, cx),
        (
            Register { petition },
            PetitionCase::Registered {
                petition: known, ..
            },
        ) => {
            if petition == **known {
                Ok(vec![])
            } else {
                Err(PetitionRejection::AlreadyRegistered)
            }
        }
        (Accept { .. } | Reply { .. } | Close, PetitionCase::Unregistered) => {
            Err(PetitionRejection::NotRegistered)
        }
        (Accept { accepted }, PetitionCase::Registered { petition, stage }) => {
            accept(petition, stage, accepted, cx)
        }
        (Reply { text, delivered }, PetitionCase::Registered { stage, .. }) => {
            reply(stage, text, delivered, cx)
        }
        (Close, PetitionCase::Registered { stage, .. }) => match stage {
            Stage::Received | Stage::Accepted { .. } => Err(PetitionRejection::ReplyMissing),
            Stage::Replied { .. } => Ok(vec![PetitionClosed {}.into()]),
            Stage::Closed { .. } => Ok(vec![]),
        },
    }
}

/// A petitioner of the register must be there under the record that is kept. One who has died
/// since may still be the petitioner: a letter can arrive late.
fn register(petition: Petition, cx: &Context<'_>) -> Result<Vec<PetitionEvent>, PetitionRejection> {
    not_in_the_future(petition.received, cx)?;
    if petition.petitioner.person.is_some() {
        let person = cx.person.ok_or(PetitionRejection::UnknownPerson)?;
        if person.kept_as.is_some() {
            return Err(PetitionRejection::RecordSuperseded);
        }
    }
    Ok(vec![PetitionRegistered { petition }.into()])
}

fn accept(
    petition: &Petition,
    stage: &Stage,
    accepted: When,
    cx: &Context<'_>,
) -> Result<Vec<PetitionEvent>, PetitionRejection> {
    match stage {
        Stage::Received => {
            not_in_the_future(accepted, cx)?;
            if surely_before(accepted, petition.received) {
                return Err(PetitionRejection::AcceptedBeforeReceived {
                    accepted,
                    received: petition.received,
                });
            }
            Ok(vec![PetitionAccepted { accepted }.into()])
        }
        Stage::Accepted { accepted: known }
        | Stage::Replied {
            accepted: known, ..
        }
        | Stage::Closed {
            accepted: known, ..
        } => {
            if accepted == *known {
                Ok(vec![])
            } else {
                Err(PetitionRejection::AlreadyAccepted { accepted: *known })
            }
        }
    }
}

fn reply(
    stage: &Stage,
    text: Text,
    delivered: When,
    cx: &Context<'_>,
) -> Result<Vec<PetitionEvent>, PetitionRejection> {
    match stage {
        Stage::Received => Err(PetitionRejection::NotAccepted),
        Stage::Accepted { accepted } => {
            not_in_the_future(delivered, cx)?;
            if surely_before(delivered, *accepted) {
                return Err(PetitionRejection::DeliveredBeforeAccepted {
                    delivered,
                    accepted: *accepted,
                });
            }
            Ok(vec![PetitionReplied { text, delivered }.into()])
        }
        Stage::Replied { reply, .. } | Stage::Closed { reply, .. } => {
            if text == reply.text && delivered == reply.delivered {
                Ok(vec![])
            } else {
                Err(PetitionRejection::AlreadyReplied {
                    delivered: reply.delivered,
                })
            }
        }
    }
}

fn not_in_the_future(date: When, cx: &Context<'_>) -> Result<(), PetitionRejection> {
    if date.is_after(cx.now) {
        Err(PetitionRejection::InTheFuture { date })
    } else {
        Ok(())
    }
}

/// Whether `one` lies before `other` whatever their unknown hours were: two moments are compared
/// as such, anything else by its day.
fn surely_before(one: When, other: When) -> bool {
    match (one, other) {
        (When::At(one), When::At(other)) => one < other,
        (When::Day(_), _) | (_, When::Day(_)) => one.date() < other.date(),
    }
}
