//! 健康情况: one person's stays in hospital and check-ups, as far as the bureau learns of them.
//!
//! A person lies in one hospital at a time. Each stay has a number; what became of it names that
//! number. A fact has two times: when it happened, and when the bureau knew, for the mandatory
//! visit's clock starts with the knowledge. A stay recorded in error is withdrawn, for good.

mod command;
mod decide;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::HealthCommand;
pub use event::{
    Admitted, Bed, CheckedUp, Discharged, HealthEvent, Learnt, MovedInHospital, StayWithdrawn,
};
pub use rejection::HealthRejection;

use calendar::When;

use crate::{Aggregate, CadreId, Context};

/// What is known of one person's health.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Whose; nobody's before anything is recorded.
    person: Option<CadreId>,
    /// The stay with each number, the first at the front.
    stays: Vec<Stay>,
    check_ups: Vec<CheckedUp>,
}

/// One stay in hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stay {
    admitted: Admitted,
    /// Where they lie now.
    bed: Bed,
    moved: Option<MovedInHospital>,
    end: End,
}

/// Whether a stay goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    GoesOn,
    Discharged(When),
    /// It was recorded in error.
    Withdrawn,
}

impl Health {
    /// The stay that goes on.
    fn present(&self) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.end == End::GoesOn)
    }

    fn stay(&mut self, number: u32) -> Option<&mut Stay> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.stays.get_mut(index)
    }
}

impl Aggregate for Health {
    const CATEGORY: &'static str = "health";
    type Id = CadreId;
    type Command = HealthCommand;
    type Event = HealthEvent;
    type Rejection = HealthRejection;

    fn decide(
        &self,
        command: HealthCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<HealthEvent>, HealthRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &HealthCommand) -> Option<CadreId> {
        match command {
            HealthCommand::RecordAdmission { person, .. }
            | HealthCommand::RecordCheckUp { person, .. } => Some(*person),
            HealthCommand::RecordMove { .. }
            | HealthCommand::RecordDischarge { .. }
            | HealthCommand::WithdrawStay { .. } => None,
        }
    }

    fn evolve(&mut self, event: &HealthEvent) {
        match event {
            HealthEvent::Admitted(e) => {
                self.person = Some(e.person);
                self.stays.push(Stay {
                    admitted: e.clone(),
                    bed: e.bed.clone(),
                    moved: None,
                    end: End::GoesOn,
                });
            }
            HealthEvent::MovedInHospital(e) => {
                if let Some(stay) = self.stay(e.stay) {
                    stay.bed = e.bed.clone();
                    stay.moved = Some(e.clone());
                }
            }
            HealthEvent::Discharged(e) => {
                if let Some(stay) = self.stay(e.stay) {
                    stay.end = End::Discharged(e.discharged.happened);
                }
            }
            HealthEvent::StayWithdrawn(e) => {
                if let Some(stay) = self.stay(e.stay) {
                    stay.end = End::Withdrawn;
                }
            }
            HealthEvent::CheckedUp(e) => {
                self.person = Some(e.person);
                self.check_ups.push(e.clone());
            }
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        self.person.into_iter().collect()
    }
}
