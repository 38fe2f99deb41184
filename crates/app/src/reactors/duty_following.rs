//! 责任事项核销与变更: a duty follows what was done and what the record says. The views mark each duty
//! that does not agree; it is asked to, and decides itself.

use calendar::Timestamp;
use domain::duty::{Duty, DutyCommand};
use views::duties::{self, Todo};

use super::{Asked, Reactor};
use crate::{App, Error};

/// Makes duties agree with the record.
pub(super) struct DutyFollowing;

impl Reactor for DutyFollowing {
    const NAME: &'static str = "duty_following";
    type Aggregate = Duty;

    async fn due(app: &App, _now: Timestamp) -> Result<Vec<Asked<Duty>>, Error> {
        let todos = app.parts.views.query(duties::todos).await?;
        let command = |todo| match todo {
            Todo::FollowPerson => DutyCommand::FollowPerson,
            Todo::WithdrawTrigger => DutyCommand::WithdrawTrigger,
            Todo::Fulfil(by) => DutyCommand::Fulfil { by },
            Todo::WithdrawFulfilment => DutyCommand::WithdrawFulfilment,
        };
        Ok(todos
            .into_iter()
            .map(|(duty, todo)| (duty, command(todo)))
            .collect())
    }
}
