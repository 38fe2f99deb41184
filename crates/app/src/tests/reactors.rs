//! What happens by itself, and that it happens once.

mod clocks;
mod once;

use std::sync::{Arc, atomic::Ordering};

use attachments::{Attachments, Limits};
use calendar::{Calendar, Timestamp};
use domain::petition::{PetitionCase, PetitionCommand};
use event_log::{EventLog, StreamName};
use views::Views;

use super::{TestIds, World, petitions::id, petitions::petition, request, world};
use crate::{App, IdentityKey, Parts, Reaction, national_rules};

impl World {
    /// Sets the clock to this hour and minute in Beijing.
    fn at(&self, day: &str, time: &str) {
        let moment: Timestamp = format!("{day}T{time}:00+08:00").parse().unwrap();
        self.clock.0.store(moment.as_second(), Ordering::SeqCst);
    }

    async fn receives(&self, n: u128, received: &str) {
        self.then(n, petition(n, received)).await;
    }

    async fn then(&self, n: u128, command: PetitionCommand) {
        let request = request(self.everything().await as u128 * 1000 + n);
        let done = self.app.petition(id(n), [command], &request).await;
        done.unwrap();
    }

    /// What the reactors recorded in one pass: the events' names without their category, with how
    /// many there were.
    async fn reacts(&self) -> Vec<(String, u64)> {
        said(&self.app.react().await.unwrap())
    }

    /// The events of one petition.
    async fn of(&self, n: u128) -> Vec<String> {
        let stream = StreamName::new("petition", &id(n).to_string()).unwrap();
        self.events(&stream).await
    }

    /// The same bureau with another log or another calendar, its views built anew.
    fn opened_again(&self, log: Arc<dyn EventLog>, calendar: Calendar) -> (App, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let app = App::new(Parts {
            log,
            views: Views::open(dir.path().join("views.db")).unwrap(),
            clock: self.clock.clone(),
            ids: Arc::new(TestIds(5_000_000.into())),
            rules: national_rules().unwrap(),
            calendar,
            attachments: Attachments::in_folder(dir.path(), Limits::default()).unwrap(),
            identity_key: IdentityKey::new([7; 32]),
        });
        (app, dir)
    }
}

fn said(reactions: &[Reaction]) -> Vec<(String, u64)> {
    let events = reactions.iter().flat_map(|reaction| &reaction.events);
    let short = |name: &str| name.rsplit('.').next().unwrap().to_owned();
    events.map(|(name, count)| (short(name), *count)).collect()
}

fn one(name: &str) -> Vec<(String, u64)> {
    vec![(name.to_owned(), 1)]
}

const NOTHING: [(String, u64); 0] = [];

fn case_stream(n: u128) -> StreamName {
    crate::execute::stream::<PetitionCase>(&id(n)).unwrap()
}

fn bundled() -> Calendar {
    Calendar::bundled().unwrap()
}
