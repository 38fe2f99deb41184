use calendar::{Date, When};

use super::{
    AfterDeath, Eligibility, MedalApproval, MedalApproved, MedalAttested, MedalAwarded,
    MedalCommand, MedalDecidedAfterDeath, MedalDeclined, MedalEvent, MedalNominated,
    MedalPresented, MedalRejection, MedalReplaced, MedalRevoked, Nomination, Stage, eligibility,
};
use crate::{CadreId, Context, Text, cadre::Person};

type Decided = Result<Vec<MedalEvent>, MedalRejection>;

pub(super) fn decide(
    nomination: Option<&Nomination>,
    command: MedalCommand,
    cx: &Context<'_>,
) -> Decided {
    let nominated = nomination.ok_or(MedalRejection::NotNominated);
    match command {
        MedalCommand::Nominate { person, year } => nominate(nomination, person, year, cx),
        MedalCommand::Attest { branch, statement } => attest(nominated?, branch, statement, cx),
        MedalCommand::Approve { document } => approve(nominated?, document, cx),
        MedalCommand::Decline { reason } => decline(nominated?, reason),
        MedalCommand::Award { number } => award(nominated?, number, cx),
        MedalCommand::Present { on, by } => present(nominated?, on, by, cx),
        MedalCommand::DecideAfterDeath { decision, approval } => {
            decide_after_death(nominated?, decision, approval, cx)
        }
        MedalCommand::Replace { reason, approval } => replace(nominated?, reason, approval, cx),
        MedalCommand::Revoke { reason, approval } => revoke(nominated?, reason, approval),
    }
}

/// One live award per person; a nomination that was declined leaves room for another.
fn nominate(
    nomination: Option<&Nomination>,
    person: CadreId,
    year: i16,
    cx: &Context<'_>,
) -> Decided {
    match nomination.map(|n| (&n.stage, n.year)) {
        None | Some((Stage::Declined, _)) => {}
        Some((Stage::Revoked, _)) => return Err(MedalRejection::Revoked),
        Some((
            Stage::Nominated
            | Stage::Attested(_)
            | Stage::Approved(_)
            | Stage::Awarded(_)
            | Stage::Presented { .. },
            live,
        )) => {
            return if live == year {
                Ok(vec![])
            } else {
                Err(MedalRejection::AlreadyLive { year: live })
            };
        }
    }
    // Next year's round is prepared in the old year; anything later is a slip of the pen.
    let latest = cx.today.year().saturating_add(1);
    if year > latest {
        return Err(MedalRejection::YearTooLate { latest });
    }
    let standing_starts_on = entitled(known(cx)?, year, cx)?;
    Ok(vec![
        MedalNominated {
            person,
            year,
            standing_starts_on,
        }
        .into(),
    ])
}

fn attest(nomination: &Nomination, branch: Text, statement: Text, cx: &Context<'_>) -> Decided {
    match &nomination.stage {
        Stage::Nominated => Ok(vec![
            MedalAttested {
                branch,
                attester: cx.actor.id.clone(),
                statement,
            }
            .into(),
        ]),
        Stage::Attested(present) if present.branch == branch && present.statement == statement => {
            Ok(vec![])
        }
        Stage::Attested(_) | Stage::Approved(_) | Stage::Awarded(_) | Stage::Presented { .. } => {
            Err(MedalRejection::AlreadyAttested)
        }
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

/// The record is looked at again: the standing may have been corrected, or the person have died,
/// since they were put forward.
fn approve(nomination: &Nomination, document: Text, cx: &Context<'_>) -> Decided {
    match &nomination.stage {
        Stage::Nominated => Err(MedalRejection::NotAttested),
        Stage::Attested(attested) if attested.attester == cx.actor.id => {
            Err(MedalRejection::ApproverIsAttester)
        }
        Stage::Attested(_) => {
            entitled(known(cx)?, nomination.year, cx)?;
            Ok(vec![
                MedalApproved {
                    approver: cx.actor.id.clone(),
                    document,
                }
                .into(),
            ])
        }
        Stage::Approved(present) if present.document == document => Ok(vec![]),
        Stage::Approved(_) | Stage::Awarded(_) | Stage::Presented { .. } => {
            Err(MedalRejection::AlreadyApproved)
        }
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

/// Up to the award a nomination can end; from then on there is a medal, which is revoked.
fn decline(nomination: &Nomination, reason: Text) -> Decided {
    match &nomination.stage {
        Stage::Nominated | Stage::Attested(_) | Stage::Approved(_) => {
            Ok(vec![MedalDeclined { reason }.into()])
        }
        Stage::Awarded(_) | Stage::Presented { .. } => Err(MedalRejection::AlreadyAwarded),
        Stage::Declined => Ok(vec![]),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

fn award(nomination: &Nomination, number: Option<Text>, cx: &Context<'_>) -> Decided {
    match &nomination.stage {
        Stage::Nominated | Stage::Attested(_) => Err(MedalRejection::NotApproved),
        Stage::Approved(_) => match receiver(nomination, known(cx)?, cx.today) {
            Receiver::Nobody => Err(MedalRejection::Withheld),
            // Making a medal over to the branch does not say who will receive it.
            Receiver::Person | Receiver::Family | Receiver::Undecided => Ok(vec![
                MedalAwarded {
                    year: nomination.year,
                    number,
                }
                .into(),
            ]),
        },
        Stage::Awarded(present) if present.number == number => Ok(vec![]),
        Stage::Awarded(_) | Stage::Presented { .. } => Err(MedalRejection::AlreadyAwarded),
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

fn present(nomination: &Nomination, on: Date, by: Text, cx: &Context<'_>) -> Decided {
    match &nomination.stage {
        Stage::Nominated | Stage::Attested(_) | Stage::Approved(_) => {
            Err(MedalRejection::NotAwarded)
        }
        Stage::Awarded(_) if on > cx.today => Err(MedalRejection::InTheFuture {
            date: When::Day(on),
        }),
        Stage::Awarded(_) => {
            let to_family = match receiver(nomination, known(cx)?, on) {
                Receiver::Person => false,
                Receiver::Family => true,
                Receiver::Nobody => return Err(MedalRejection::Withheld),
                Receiver::Undecided => return Err(MedalRejection::DecisionNeeded),
            };
            Ok(vec![MedalPresented { on, by, to_family }.into()])
        }
        Stage::Presented { presented, .. } if presented.on == on && presented.by == by => {
            Ok(vec![])
        }
        Stage::Presented { .. } => Err(MedalRejection::AlreadyPresented),
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

/// Until the medal is handed over, one decision can replace another.
fn decide_after_death(
    nomination: &Nomination,
    decision: AfterDeath,
    approval: MedalApproval,
    cx: &Context<'_>,
) -> Decided {
    match &nomination.stage {
        Stage::Nominated | Stage::Attested(_) => Err(MedalRejection::NotApproved),
        Stage::Approved(_) | Stage::Awarded(_) => {
            if known(cx)?.died_on.is_none() {
                return Err(MedalRejection::PersonLiving);
            }
            let decided = MedalDecidedAfterDeath { decision, approval };
            if nomination.after_death.as_ref() == Some(&decided) {
                Ok(vec![])
            } else {
                Ok(vec![decided.into()])
            }
        }
        Stage::Presented { .. } => Err(MedalRejection::AlreadyPresented),
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

fn replace(
    nomination: &Nomination,
    reason: Text,
    approval: MedalApproval,
    cx: &Context<'_>,
) -> Decided {
    match &nomination.stage {
        Stage::Nominated | Stage::Attested(_) | Stage::Approved(_) | Stage::Awarded(_) => {
            Err(MedalRejection::NotPresented)
        }
        Stage::Presented { replaced, .. } => {
            let again = MedalReplaced { reason, approval };
            if replaced.as_ref() == Some(&again) {
                Ok(vec![])
            } else if known(cx)?.died_on.is_some() {
                Err(MedalRejection::PersonDied)
            } else {
                Ok(vec![again.into()])
            }
        }
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Err(MedalRejection::Revoked),
    }
}

fn revoke(nomination: &Nomination, reason: Text, approval: MedalApproval) -> Decided {
    match &nomination.stage {
        Stage::Nominated | Stage::Attested(_) | Stage::Approved(_) => {
            Err(MedalRejection::NotAwarded)
        }
        Stage::Awarded(_) | Stage::Presented { .. } => {
            Ok(vec![MedalRevoked { reason, approval }.into()])
        }
        Stage::Declined => Err(MedalRejection::NotNominated),
        Stage::Revoked => Ok(vec![]),
    }
}

fn known<'a>(cx: &Context<'a>) -> Result<&'a Person, MedalRejection> {
    cx.person.ok_or(MedalRejection::UnknownPerson)
}

/// The first day of standing, if the person can be given the medal of that year.
fn entitled(person: &Person, year: i16, cx: &Context<'_>) -> Result<Date, MedalRejection> {
    match eligibility(person, year, &cx.rules.medal) {
        Eligibility::Eligible { starts_on } => Ok(starts_on),
        Eligibility::NotYet { first_year } => Err(MedalRejection::NotYetEligible { first_year }),
        Eligibility::Doubtful { .. } => Err(MedalRejection::StandingDoubtful),
        Eligibility::NotAMember => Err(MedalRejection::NotAMember),
        Eligibility::Died { .. } => Err(MedalRejection::DiedBeforeCutOff),
        Eligibility::Superseded => Err(MedalRejection::RecordSuperseded),
    }
}

/// Who receives a medal handed over on a certain day.
enum Receiver {
    Person,
    Family,
    /// It is withheld.
    Nobody,
    /// The person had died, and nothing is decided.
    Undecided,
}

/// A presentation in the person's lifetime needs no decision even if it is recorded after their
/// death; and where a death was withdrawn, so is what was decided because of it.
fn receiver(nomination: &Nomination, person: &Person, on: Date) -> Receiver {
    let decision = nomination.after_death.as_ref().map(|d| d.decision);
    match (person.died_on, decision) {
        (None, _) => Receiver::Person,
        (Some(_), Some(AfterDeath::Withheld)) => Receiver::Nobody,
        (Some(died_on), _) if on <= died_on => Receiver::Person,
        (Some(_), Some(AfterDeath::ToFamily)) => Receiver::Family,
        (Some(_), None) => Receiver::Undecided,
    }
}
