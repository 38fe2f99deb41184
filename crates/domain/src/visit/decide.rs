use calendar::Date;

use super::{
    Purpose, Visit, VisitCommand, VisitCorrected, VisitEvent, VisitRecord, VisitRecorded,
    VisitRejection, VisitWithdrawn,
};
use crate::Context;

pub(super) fn decide(
    record: &VisitRecord,
    command: VisitCommand,
    cx: &Context<'_>,
) -> Result<Vec<VisitEvent>, VisitRejection> {
    use VisitCommand::{Correct, Record, Withdraw};
    use VisitRecord::{Recorded, Unrecorded, Withdrawn};
    match (command, record) {
        (Record { visit }, Unrecorded) => {
            check(&visit, cx)?;
            let days_late = days_late(visit.visited.date(), cx);
            Ok(vec![VisitRecorded { visit, days_late }.into()])
        }
        (Record { visit }, Recorded { visit: known, .. }) if visit == *known => Ok(vec![]),
        (Record { .. }, Recorded { .. }) => Err(VisitRejection::AlreadyRecorded),

        (Correct { visit, .. }, Recorded { visit: known, .. }) if visit == *known => Ok(vec![]),
        (Correct { visit, reason }, Recorded { .. }) => {
            check(&visit, cx)?;
            Ok(vec![VisitCorrected { visit, reason }.into()])
        }

        (Withdraw { reason }, Recorded { .. }) => Ok(vec![VisitWithdrawn { reason }.into()]),
        (Withdraw { .. }, Withdrawn { .. }) => Ok(vec![]),

        (Correct { .. } | Withdraw { .. }, Unrecorded) => Err(VisitRejection::NotRecorded),
        (Record { .. } | Correct { .. }, Withdrawn { .. }) => Err(VisitRejection::Withdrawn),
    }
}

/// What holds for every visit, however it came to read so.
fn check(visit: &Visit, cx: &Context<'_>) -> Result<(), VisitRejection> {
    if visit.visited.is_after(cx.now) {
        return Err(VisitRejection::InTheFuture {
            date: visit.visited,
        });
    }
    if visit.visitors.is_empty() {
        return Err(VisitRejection::VisitorMissing);
    }
    let person = cx.person.ok_or(VisitRejection::UnknownPerson)?;
    if person.kept_as.is_some() {
        return Err(VisitRejection::RecordSuperseded);
    }
    // A visit made in their lifetime may be recorded after it; one made later is to the survivors.
    let died_before = person
        .died_on
        .is_some_and(|died_on| visit.visited.date() > died_on);
    if died_before && visit.purpose != Purpose::Death {
        return Err(VisitRejection::PersonDied);
    }
    Ok(())
}

/// The calendar days between the visit and today, where they are more than the rules allow.
fn days_late(visited: Date, cx: &Context<'_>) -> Option<u32> {
    let days = u32::try_from((cx.today - visited).get_days()).ok()?;
    (days > cx.rules.visit.late_after_days).then_some(days)
}
