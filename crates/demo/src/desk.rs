//! What the staff do about the duties that are raised: most are done in time, some late, a few are
//! waived, and now and then one is forgotten. And whom they visit on a round.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use app::{App, Error};
use calendar::{Date, civil_date, days_after};
use domain::{
    CadreId, ClosedBy, DecodeError, Event as _, Text, Unit, VisitId,
    cadre::CadreCommand,
    duty::{DutyCommand, DutyEvent, DutyId, DutyOpened},
    plan::PlanCommand,
    visit::{Mode, Purpose, VisitCommand},
};
use event_log::{Position, Recorded};
use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    action::{Action, CLERK, HEAD, Staff, What, id},
    people::words,
    visit::{Plain, money},
};

mod rounds;

use rounds::Rounds;

/// How many events are read at once.
const PAGE: usize = 5_000;

/// The work list as the staff see it. It is read off the log, so that whoever starts again sees the
/// same.
pub(crate) struct Desk {
    seed: u64,
    read: Option<Position>,
    tasks: HashMap<DutyId, Task>,
    /// What will be done about those still open.
    steps: BTreeMap<DutyId, Step>,
    rounds: Rounds,
}

/// What there is to know of a duty.
struct Task {
    unit: Unit,
    from: Date,
    due: Date,
    closed_by: ClosedBy,
}

/// What will be done on which day. `turn` tells one attempt from the next.
struct Step {
    day: Date,
    turn: u64,
    deed: Deed,
}

#[derive(Debug, Clone, Copy, Hash)]
enum Deed {
    /// What the rule asks for.
    Do,
    RequestWaiver,
    AnswerWaiver,
}

impl Desk {
    /// `from`: the days before were whole when it was broken off.
    pub(crate) fn new(seed: u64, from: Option<Date>) -> Self {
        Desk {
            seed,
            rounds: Rounds::new(from),
            read: None,
            tasks: HashMap::new(),
            steps: BTreeMap::new(),
        }
    }

    /// Reads what became of the duties since.
    pub(crate) async fn read(&mut self, app: &App) -> Result<(), Error> {
        loop {
            let page = app.log().read_all(self.read, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            self.read = Some(last.position);
            for stored in &page {
                let event = DutyEvent::decode(&stored.name, stored.metadata.version, &stored.data);
                match event.map_err(damaged)? {
                    Some(event) => self.take(stored, event),
                    None => self.rounds.take(self.seed, stored)?,
                }
            }
        }
    }

    fn take(&mut self, stored: &Recorded, event: DutyEvent) {
        let Ok(duty) = stored.stream.id().parse::<DutyId>() else {
            return;
        };
        let today = civil_date(stored.metadata.recorded);
        let turn = stored.revision.0;
        let step = match event {
            DutyEvent::Opened(opened) => {
                let DutyOpened {
                    unit,
                    closed_by,
                    due,
                    trigger,
                    ..
                } = *opened;
                let task = Task {
                    unit,
                    from: trigger.on,
                    due: due.deadline.rolled,
                    closed_by,
                };
                let step = self.intend(&duty, &task, today, turn);
                self.tasks.insert(duty.clone(), task);
                step
            }
            DutyEvent::FulfilmentWithdrawn(_) | DutyEvent::Reinstated(_) => {
                let task = self.tasks.get(&duty);
                task.and_then(|task| self.intend(&duty, task, today, turn))
            }
            DutyEvent::WaiverRequested(_) => Some(Step {
                day: days_after(today, 1),
                turn,
                deed: Deed::AnswerWaiver,
            }),
            DutyEvent::WaiverRefused(_) => Some(Step {
                day: days_after(today, 2),
                turn,
                deed: Deed::Do,
            }),
            DutyEvent::Fulfilled(_) | DutyEvent::WaiverApproved(_) | DutyEvent::Cancelled(_) => {
                None
            }
            DutyEvent::Reassigned(_)
            | DutyEvent::Recomputed(_)
            | DutyEvent::Warned(_)
            | DutyEvent::Missed(_)
            | DutyEvent::Escalated(_) => return,
        };
        match step {
            Some(step) => self.steps.insert(duty, step),
            None => self.steps.remove(&duty),
        };
    }

    /// Of a hundred, ninety are done in time, five late, two are to be waived, three forgotten.
    fn intend(&self, duty: &DutyId, task: &Task, today: Date, turn: u64) -> Option<Step> {
        let mut rng = self.rng(duty, task, turn);
        let left = (task.due - today).get_days().max(0);
        let (days, deed) = match rng.random_range(0..100) {
            0..90 => (rng.random_range(0..=left), Deed::Do),
            90..95 => (left + rng.random_range(1..=15), Deed::Do),
            95..97 => (rng.random_range(0..=left), Deed::RequestWaiver),
            _ => return None,
        };
        Some(Step {
            day: days_after(today, u32::try_from(days).unwrap_or(0)),
            turn,
            deed,
        })
    }

    /// What is done on this day, or was left from an earlier one.
    pub(crate) fn of_day(&mut self, day: Date) -> Vec<Action> {
        let due = self.steps.extract_if(.., |_, step| step.day <= day);
        let due: Vec<(DutyId, Step)> = due.collect();
        let visits = self.rounds.of_day(day);
        let action = |(duty, step): &(DutyId, Step)| {
            let task = self.tasks.get(duty)?;
            Some(self.act(duty, task, step, day))
        };
        due.iter().filter_map(action).chain(visits).collect()
    }

    fn act(&self, duty: &DutyId, task: &Task, step: &Step, day: Date) -> Action {
        let mut rng = self.rng(duty, task, step.turn);
        let (by, what): (&'static Staff, What) = match step.deed {
            Deed::Do => (&CLERK, done(&mut rng, duty.person, task, day)),
            Deed::RequestWaiver => {
                let reason = words("本人婉拒上门");
                let command = DutyCommand::RequestWaiver { reason };
                (&CLERK, What::Duty(duty.clone(), command))
            }
            Deed::AnswerWaiver => {
                let command = if rng.random_ratio(3, 4) {
                    DutyCommand::ApproveWaiver
                } else {
                    let reason = words("仍需联系");
                    DutyCommand::RefuseWaiver { reason }
                };
                (&HEAD, What::Duty(duty.clone(), command))
            }
        };
        Action {
            request: id(&mut rng, day),
            by,
            unit: task.unit.clone(),
            what,
        }
    }

    /// The same for the same attempt, whenever it is asked for.
    fn rng(&self, duty: &DutyId, task: &Task, turn: u64) -> ChaCha8Rng {
        let mut hasher = DefaultHasher::new();
        (self.seed, duty.person, &duty.rule, task.from, turn).hash(&mut hasher);
        ChaCha8Rng::seed_from_u64(hasher.finish())
    }
}

fn damaged(error: DecodeError) -> Error {
    Error::Internal(error.to_string())
}

/// What the rule asks for, done on this day.
fn done(rng: &mut ChaCha8Rng, person: CadreId, task: &Task, day: Date) -> What {
    match &task.closed_by {
        ClosedBy::Visit(asked) => {
            let purpose = asked.purposes.first().cloned();
            let mode = asked.modes.choose(rng).copied();
            let mode = mode.unwrap_or(Mode::Phone);
            let plain = Plain {
                purpose: purpose.unwrap_or(Purpose::Routine),
                mode,
                money: money(rng, mode),
            };
            let visit = plain.visit(rng, person, &task.unit, day);
            What::Visit(VisitId(id(rng, day)), VisitCommand::Record { visit })
        }
        ClosedBy::Verification => {
            let evidence: Text = words("电话核对");
            let verify = CadreCommand::VerifyRecord { on: day, evidence };
            What::Cadre(person, vec![verify])
        }
        ClosedBy::Review => {
            let review = PlanCommand::Review {
                on: day,
                findings: words("措施有效，继续落实"),
                next_review: days_after(day, 120),
            };
            What::Plan(person, review)
        }
    }
}
