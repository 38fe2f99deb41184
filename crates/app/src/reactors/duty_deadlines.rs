//! 责任事项期限: a last day that is near is warned of, one that passed is a breach, and a breach climbs
//! in office hours. What is said is decided by [`DutyCommand::CheckDeadlines`].

use calendar::{Timestamp, civil_date};
use domain::duty::{Duty, DutyCommand};
use views::duties;

use super::{Asked, Reactor};
use crate::{App, Error};

/// Says what the clocks of duties say.
pub(super) struct DutyDeadlines;

impl Reactor for DutyDeadlines {
    const NAME: &'static str = "duty_deadlines";
    type Aggregate = Duty;

    async fn due(app: &App, now: Timestamp) -> Result<Vec<Asked<Duty>>, Error> {
        let (today, calendar) = (civil_date(now), app.calendar().version().to_owned());
        let alarms = app
            .parts
            .views
            .query(move |conn| duties::alarms(conn, today, &calendar))
            .await?;
        let check = |duty| (duty, DutyCommand::CheckDeadlines);
        Ok(alarms.into_iter().map(check).collect())
    }
}
