use std::collections::{HashMap, HashSet};

use domain::CadreId;
use uuid::Uuid;

use super::{Fate, Import, hardship::TakenOver, petitions::Letter, roster::Entry};
use domain::visit::Visit;

/// What one row asks for.
pub(super) enum Task {
    Person(Box<Entry>),
    Visit(Box<Visit>),
    Payment(Box<TakenOver>),
    Petition(Box<Letter>),
}

/// One row that could be read.
pub(super) struct Step {
    /// Which of the sheet's rows of data it is.
    pub(super) index: usize,
    /// The sheet's own row number.
    pub(super) row: u32,
    /// The id of what it says.
    pub(super) id: Uuid,
    /// What it asks for.
    pub(super) task: Task,
}

/// Rows that speak of one thing, in their order.
pub(super) type Group = Vec<Step>;

/// Groups by what each row speaks of, in the order in which things first come up.
pub(super) fn group<K: std::hash::Hash + Eq>(
    steps: impl IntoIterator<Item = (K, Step)>,
) -> Vec<Group> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (key, step) in steps {
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(step),
            None => groups.push(vec![step]),
        }
    }
    groups
}

/// What the rows of a group before this one have settled.
#[derive(Default)]
struct Settled {
    /// The person or the petition was taken from an earlier row.
    whole: Option<Option<CadreId>>,
    /// What earlier rows said.
    said: HashSet<Uuid>,
}

impl Import<'_> {
    /// Sends the rows of a group, one after the other.
    pub(super) async fn send(&self, group: Group) -> Result<Vec<(usize, Fate)>, app::Error> {
        let mut settled = Settled::default();
        let mut fates = Vec::with_capacity(group.len());
        for step in group {
            let (index, id) = (step.index, step.id);
            let fate = match &settled.whole {
                Some(person) => Fate::Duplicate(*person),
                None if settled.said.contains(&id) => Fate::Duplicate(about(&step.task)),
                None => self.send_one(step, &mut settled).await?,
            };
            fates.push((index, fate));
        }
        Ok(fates)
    }

    async fn send_one(&self, step: Step, settled: &mut Settled) -> Result<Fate, app::Error> {
        let Step { row, id, task, .. } = step;
        let request = self.request(id, row);
        let (fate, whole) = match task {
            Task::Person(entry) => {
                let (fate, person) = self.send_person(*entry, &request, row).await?;
                (fate, Some(person))
            }
            Task::Visit(visit) => (self.send_visit(*visit, &request).await?, None),
            Task::Payment(payment) => (self.send_payment(*payment, &request).await?, None),
            Task::Petition(letter) => (self.send_petition(*letter, &request).await?, Some(None)),
        };
        match fate {
            Fate::Accepted | Fate::Unchanged => {
                settled.whole = whole;
                settled.said.insert(id);
            }
            // A later row about the same thing may be the right one.
            Fate::Duplicate(_) | Fate::Rejected(_) => {}
        }
        Ok(fate)
    }
}

/// The person a row is about, where that is known before it is sent.
fn about(task: &Task) -> Option<CadreId> {
    match task {
        Task::Person(_) | Task::Petition(_) => None,
        Task::Visit(visit) => Some(visit.person),
        Task::Payment(payment) => Some(payment.of.person),
    }
}
