//! 一人一策: the plans for one person, one after another; one is in force at most.
//!
//! A plan says what the person needs, what is done about each need, by whom and until when, and when
//! it is reviewed. A measure is done or dropped; either can be taken back. A review looks at all of
//! it and sets the day of the next one; one recorded in error is withdrawn, and the one before
//! counts again. A plan ends when it is closed, or with the person's death: then nothing is planned
//! any more, and what remains is the record of their lifetime, corrections, and the close.

mod command;
mod decide;
mod event;
mod rejection;
#[cfg(test)]
pub(crate) mod tests;

pub use command::{AdoptPlan, PlanCommand};
pub use event::{
    Measure, Need, NeedKind, PlanAdopted, PlanClosed, PlanEvent, PlanMeasureAdded,
    PlanMeasureCompleted, PlanMeasureDropped, PlanMeasureReopened, PlanMeasureRevised,
    PlanNeedAdded, PlanNeedRevised, PlanReviewWithdrawn, PlanReviewed,
};
pub use rejection::PlanRejection;

use calendar::Date;

use crate::{Aggregate, CadreId, Context, Text};

/// The plans for one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Plan {
    /// None was ever adopted.
    #[default]
    None,
    /// One is in force.
    InForce(Box<Course>),
    /// The last one is closed.
    Closed(Box<Course>),
}

/// One plan, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    adopted: PlanAdopted,
    /// The need of each number, that of 1 at the front.
    needs: Vec<Need>,
    /// The measure of each number, that of 1 at the front.
    measures: Vec<Task>,
    /// The review of each number, that of 1 at the front.
    reviews: Vec<Review>,
}

/// A measure, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Task {
    measure: Measure,
    state: TaskState,
}

/// What became of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum TaskState {
    ToDo,
    Completed { on: Date, result: Option<Text> },
    Dropped { reason: Text },
}

/// A review, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Review {
    reviewed: PlanReviewed,
    withdrawn: bool,
}

impl Plan {
    fn course(&self) -> Option<&Course> {
        match self {
            Plan::None => None,
            Plan::InForce(course) | Plan::Closed(course) => Some(course),
        }
    }

    fn course_mut(&mut self) -> Option<&mut Course> {
        match self {
            Plan::None => None,
            Plan::InForce(course) | Plan::Closed(course) => Some(course),
        }
    }
}

impl Course {
    fn new(adopted: &PlanAdopted) -> Self {
        Course {
            needs: adopted.needs.clone(),
            measures: adopted.measures.iter().cloned().map(Task::new).collect(),
            reviews: vec![],
            adopted: adopted.clone(),
        }
    }

    /// The review that counts: the latest that was not withdrawn.
    fn last_review(&self) -> Option<&PlanReviewed> {
        let standing = self.reviews.iter().rev().find(|review| !review.withdrawn);
        standing.map(|review| &review.reviewed)
    }

    fn evolve(&mut self, event: &PlanEvent) {
        match event {
            PlanEvent::NeedAdded(e) => self.needs.push(e.need.clone()),
            PlanEvent::NeedRevised(e) => {
                if let Some(need) = at(e.number).and_then(|at| self.needs.get_mut(at)) {
                    *need = e.need.clone();
                }
            }
            PlanEvent::MeasureAdded(e) => self.measures.push(Task::new(e.measure.clone())),
            PlanEvent::MeasureRevised(e) => {
                if let Some(task) = self.task_mut(e.number) {
                    task.measure = e.measure.clone();
                }
            }
            PlanEvent::MeasureCompleted(e) => {
                let (on, result) = (e.on, e.result.clone());
                self.become_(e.number, TaskState::Completed { on, result });
            }
            PlanEvent::MeasureDropped(e) => {
                let reason = e.reason.clone();
                self.become_(e.number, TaskState::Dropped { reason });
            }
            PlanEvent::MeasureReopened(e) => self.become_(e.number, TaskState::ToDo),
            PlanEvent::Reviewed(e) => self.reviews.push(Review {
                reviewed: e.clone(),
                withdrawn: false,
            }),
            PlanEvent::ReviewWithdrawn(e) => {
                if let Some(review) = at(e.number).and_then(|at| self.reviews.get_mut(at)) {
                    review.withdrawn = true;
                }
            }
            // They begin and end a plan: see above.
            PlanEvent::Adopted(_) | PlanEvent::Closed(_) => {}
        }
    }

    fn task_mut(&mut self, number: u32) -> Option<&mut Task> {
        self.measures.get_mut(at(number)?)
    }

    fn become_(&mut self, number: u32, state: TaskState) {
        if let Some(task) = self.task_mut(number) {
            task.state = state;
        }
    }
}

impl Task {
    fn new(measure: Measure) -> Self {
        Task {
            measure,
            state: TaskState::ToDo,
        }
    }
}

/// The place of what has this number; nothing for 0.
fn at(number: u32) -> Option<usize> {
    usize::try_from(number).ok()?.checked_sub(1)
}

impl Aggregate for Plan {
    const CATEGORY: &'static str = "plan";
    type Id = CadreId;
    type Command = PlanCommand;
    type Event = PlanEvent;
    type Rejection = PlanRejection;

    fn decide(
        &self,
        command: PlanCommand,
        cx: &Context<'_>,
    ) -> Result<Vec<PlanEvent>, PlanRejection> {
        decide::decide(self, command, cx)
    }

    fn concerns(&self, command: &PlanCommand) -> Option<CadreId> {
        match command {
            PlanCommand::Adopt(asked) => Some(asked.person),
            PlanCommand::AddNeed { .. }
            | PlanCommand::ReviseNeed { .. }
            | PlanCommand::AddMeasure { .. }
            | PlanCommand::ReviseMeasure { .. }
            | PlanCommand::CompleteMeasure { .. }
            | PlanCommand::DropMeasure { .. }
            | PlanCommand::Review { .. } => self.course().map(|course| course.adopted.person),
            // Corrections and the close, whatever the record says.
            PlanCommand::ReopenMeasure { .. }
            | PlanCommand::WithdrawReview { .. }
            | PlanCommand::Close { .. } => None,
        }
    }

    fn evolve(&mut self, event: &PlanEvent) {
        match event {
            PlanEvent::Adopted(e) => *self = Plan::InForce(Box::new(Course::new(e))),
            PlanEvent::Closed(_) => {
                *self = match std::mem::take(self) {
                    Plan::None => Plan::None,
                    Plan::InForce(course) | Plan::Closed(course) => Plan::Closed(course),
                }
            }
            PlanEvent::NeedAdded(_)
            | PlanEvent::NeedRevised(_)
            | PlanEvent::MeasureAdded(_)
            | PlanEvent::MeasureRevised(_)
            | PlanEvent::MeasureCompleted(_)
            | PlanEvent::MeasureDropped(_)
            | PlanEvent::MeasureReopened(_)
            | PlanEvent::Reviewed(_)
            | PlanEvent::ReviewWithdrawn(_) => {
                if let Some(course) = self.course_mut() {
                    course.evolve(event);
                }
            }
        }
    }

    fn subjects(&self) -> Vec<CadreId> {
        self.course()
            .map(|course| course.adopted.person)
            .into_iter()
            .collect()
    }
}
