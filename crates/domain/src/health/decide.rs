use super::{
    Admitted, Bed, CheckedUp, Discharged, End, Health, HealthCommand, HealthEvent, HealthRejection,
    Learnt, MovedInHospital, StayWithdrawn,
};
use crate::{CadreId, Context, Text};

type Decided = Result<Vec<HealthEvent>, HealthRejection>;

pub(super) fn decide(health: &Health, command: HealthCommand, cx: &Context<'_>) -> Decided {
    match command {
        HealthCommand::RecordAdmission {
            person,
            bed,
            admitted,
        } => admit(health, person, bed, admitted, cx),
        HealthCommand::RecordMove { bed, moved } => move_bed(health, bed, moved, cx),
        HealthCommand::RecordDischarge { discharged } => discharge(health, discharged, cx),
        HealthCommand::WithdrawStay { stay, reason } => withdraw(health, stay, reason),
        HealthCommand::RecordCheckUp {
            person,
            on,
            findings,
            feedback_needed,
            known,
        } => {
            let happened = calendar::When::Day(on);
            learnt(Learnt { happened, known }, cx)?;
            lives(on, cx)?;
            let checked_up = CheckedUp {
                person,
                on,
                findings,
                feedback_needed,
                known,
            };
            Ok(if health.check_ups.contains(&checked_up) {
                vec![]
            } else {
                vec![checked_up.into()]
            })
        }
    }
}

/// A person lies in one hospital at a time, and stays do not share a day but the one on which one
/// ends and the next begins.
fn admit(
    health: &Health,
    person: CadreId,
    bed: Bed,
    admitted: Learnt,
    cx: &Context<'_>,
) -> Decided {
    if let Some(present) = health.present() {
        let known = &present.admitted;
        return if (&known.bed, known.admitted) == (&bed, admitted) {
            Ok(vec![])
        } else {
            Err(HealthRejection::AlreadyInHospital {
                since: known.admitted.happened.date(),
            })
        };
    }
    learnt(admitted, cx)?;
    lives(admitted.happened.date(), cx)?;
    for stay in &health.stays {
        if let End::Discharged(until) = stay.end
            && admitted.happened.date() < until.date()
        {
            return Err(HealthRejection::StayOverlaps { date: until.date() });
        }
    }
    let stay = u32::try_from(health.stays.len()).unwrap_or(u32::MAX) + 1;
    Ok(vec![
        Admitted {
            person,
            stay,
            bed,
            admitted,
        }
        .into(),
    ])
}

fn move_bed(health: &Health, bed: Bed, moved: Learnt, cx: &Context<'_>) -> Decided {
    let present = health.present().ok_or(HealthRejection::NotInHospital)?;
    let after = MovedInHospital {
        stay: present.admitted.stay,
        bed,
        moved,
    };
    if present.moved.as_ref() == Some(&after) {
        return Ok(vec![]);
    }
    learnt(moved, cx)?;
    let admitted = present.admitted.admitted.happened.date();
    if moved.happened.date() < admitted {
        return Err(HealthRejection::BeforeAdmission { admitted });
    }
    Ok(if present.bed == after.bed {
        vec![]
    } else {
        vec![after.into()]
    })
}

fn discharge(health: &Health, discharged: Learnt, cx: &Context<'_>) -> Decided {
    let Some(present) = health.present() else {
        let already = |end: &End| *end == End::Discharged(discharged.happened);
        return match health.stays.last() {
            Some(stay) if already(&stay.end) => Ok(vec![]),
            Some(_) | None => Err(HealthRejection::NotInHospital),
        };
    };
    learnt(discharged, cx)?;
    let admitted = present.admitted.admitted.happened.date();
    if discharged.happened.date() < admitted {
        return Err(HealthRejection::BeforeAdmission { admitted });
    }
    let stay = present.admitted.stay;
    Ok(vec![Discharged { stay, discharged }.into()])
}

fn withdraw(health: &Health, number: u32, reason: Text) -> Decided {
    let stay = health
        .stays
        .iter()
        .find(|stay| stay.admitted.stay == number)
        .ok_or(HealthRejection::NoSuchStay { stay: number })?;
    Ok(match stay.end {
        End::Withdrawn => vec![],
        End::GoesOn | End::Discharged(_) => vec![
            StayWithdrawn {
                stay: number,
                reason,
            }
            .into(),
        ],
    })
}

/// Nothing is known before it happens, nor before it is now.
fn learnt(fact: Learnt, cx: &Context<'_>) -> Result<(), HealthRejection> {
    let Learnt { happened, known } = fact;
    if let Some(date) = [happened, known].into_iter().find(|at| at.is_after(cx.now)) {
        Err(HealthRejection::InTheFuture { date })
    } else if known.date() < happened.date() {
        Err(HealthRejection::KnownBeforeItHappened { happened, known })
    } else {
        Ok(())
    }
}

/// Whether the person is in the register and lived on that day.
fn lives(on: calendar::Date, cx: &Context<'_>) -> Result<(), HealthRejection> {
    let person = cx.person.ok_or(HealthRejection::UnknownPerson)?;
    if person.kept_as.is_some() {
        Err(HealthRejection::RecordSuperseded)
    } else if person.died_on.is_some_and(|died_on| on > died_on) {
        Err(HealthRejection::PersonDied)
    } else {
        Ok(())
    }
}
