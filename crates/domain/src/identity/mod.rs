//! An ID number belongs to one person of the register at most. The stream is named by a keyed hash
//! of the number, so two clerks who enter the same person at the same moment meet in one stream.

mod command;
mod decide;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::IdentityCommand;
pub use event::{IdentityClaimed, IdentityEvent, IdentityId, IdentityReleased};
pub use rejection::IdentityRejection;

use crate::{Aggregate, CadreId, Context};

/// Who an ID number belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    holder: Option<CadreId>,
    last_holder: Option<CadreId>,
}

impl Identity {
    /// Who it belongs to.
    pub fn holder(&self) -> Option<CadreId> {
        self.holder
    }
}

impl Aggregate for Identity {
    const CATEGORY: &'static str = "identity";
    type Id = IdentityId;
    type Command = IdentityCommand;
    type Event = IdentityEvent;
    type Rejection = IdentityRejection;

    fn decide(
        &self,
        command: IdentityCommand,
        _cx: &Context<'_>,
    ) -> Result<Vec<IdentityEvent>, IdentityRejection> {
        decide::decide(self.holder, &command)
    }

    fn concerns(&self, _command: &IdentityCommand) -> Option<CadreId> {
        None
    }

    fn evolve(&mut self, event: &IdentityEvent) {
        match event {
            IdentityEvent::Claimed(e) => {
                self.holder = Some(e.person);
                self.last_holder = Some(e.person);
            }
            IdentityEvent::Released(_) => self.holder = None,
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        self.last_holder.into_iter().collect()
    }
}
