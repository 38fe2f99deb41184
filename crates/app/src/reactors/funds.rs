//! Finishes what was cut off between a fund and its cases. It speaks to two streams at a time, so it is
//! no [`super::Reactor`]; the steps are those of the operations themselves.

use event_log::RequestId;

use super::actor;
use crate::{App, Error, Request};

const NAME: &str = "funds";

impl App {
    pub(super) async fn finish_funds(&self) -> Result<(), Error> {
        let request = Request::new(RequestId(self.parts.ids.next()), actor(NAME)?);
        let done = self.finish_pending(&request).await?;
        if done.finished > 0 {
            tracing::info!(reactor = NAME, finished = done.finished, "reacted");
        }
        Ok(())
    }
}
