//! 信访期限: a last day that is near is warned of, one that passed is a breach, a breach climbs
//! from the handler to the head to the leader in office hours, and a date that rested on unpublished
//! days is reckoned again by a newer calendar. What is said, and when, is decided by
//! [`PetitionCommand::CheckDeadlines`].

use std::collections::BTreeSet;

use calendar::{Timestamp, civil_date};
use domain::petition::{PetitionCase, PetitionCommand};
use views::petitions::alarms::{self, Climb};

use super::{Asked, Reactor};
use crate::{App, Error};

/// Says what the clocks of petitions say.
pub(crate) struct PetitionDeadlines;

impl Reactor for PetitionDeadlines {
    const NAME: &'static str = "petition_deadlines";
    type Aggregate = PetitionCase;

    async fn due(app: &App, now: Timestamp) -> Result<Vec<Asked<PetitionCase>>, Error> {
        let (today, calendar) = (civil_date(now), app.calendar().version().to_owned());
        let alarms = app
            .parts
            .views
            .query(move |conn| alarms::due(conn, today, &calendar))
            .await?;
        // Ids have the time in front: in their order, streams are read as they lie in the log.
        let mut asked = BTreeSet::new();
        for alarm in alarms {
            let speaks = match &alarm.climb {
                Some(climb) => climbs(app, climb, now),
                None => true,
            };
            if speaks {
                asked.insert(alarm.petition);
            }
        }
        Ok(asked
            .into_iter()
            .map(|petition| (petition, PetitionCommand::CheckDeadlines))
            .collect())
    }
}

/// Whether the rung's time has come by the petition's own rules. Where those cannot be told, the
/// petition is asked and says itself what is wrong.
fn climbs(app: &App, climb: &Climb, now: Timestamp) -> bool {
    let Ok(rules) = app.parts.rules.on(climb.received_on) else {
        return true;
    };
    let ladder = &rules.petition.ladder;
    if !ladder.climbs_at(now, app.calendar()) {
        return false;
    }
    let comes = ladder.reaches(climb.rung, climb.due_rolled, app.calendar());
    comes.is_ok_and(|comes| comes <= civil_date(now))
}
