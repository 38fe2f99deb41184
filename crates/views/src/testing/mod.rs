//! Given these events, then those rows. With the feature `testing` for the tests of other crates.

#![allow(
    clippy::unwrap_used,
    reason = "what is made up here is well formed, or the test that wants it fails"
)]

#[cfg(test)]
use std::ops::Deref;
use std::{collections::HashMap, fmt::Display, sync::Arc};

use calendar::{Date, Timestamp, When};
use domain::{
    Aggregate, CadreId, Event, PaymentBatchId, PetitionId, RoundId, StaffId, Text, Unit, VisitId,
    cadre::{Cadre, CadreEvent, CadreRegistered, Profile},
};
use event_log::{
    Actor, EventId, EventLog, Expected, MemoryLog, Metadata, NewEvent, Position, Recorded,
    RequestId, Revision, Source, StreamName,
};
#[cfg(test)]
use rusqlite::Connection;
#[cfg(test)]
use tempfile::TempDir;
use uuid::Uuid;

#[cfg(test)]
use crate::store::Store;

mod life;
pub use life::{Happening, life, round, visit};

/// A text.
pub fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

/// A day.
pub fn date(date: &str) -> Date {
    date.parse().unwrap()
}

/// A day or a moment.
pub fn when(when: &str) -> When {
    when.parse().unwrap()
}

/// A unit.
pub fn unit(name: &str) -> Unit {
    Unit(text(name))
}

/// An account.
pub fn staff(id: &str) -> StaffId {
    StaffId(text(id))
}

/// Who reads where it does not matter who: one of the unit that keeps every petition.
pub fn reader() -> domain::Actor {
    domain::Actor {
        id: staff("clerk"),
        name: text("经办人"),
        role: text("clerk"),
        unit: unit("老干部局"),
    }
}

/// The id of person `n`.
pub fn person(n: u32) -> CadreId {
    CadreId(Uuid::from_u128(0x1000_0000_0000_0000 + u128::from(n)))
}

/// The id of visit `n`.
pub fn visit_id(n: u32) -> VisitId {
    VisitId(Uuid::from_u128(0x2000_0000_0000_0000 + u128::from(n)))
}

/// The id of petition `n`.
pub fn petition_id(n: u32) -> PetitionId {
    PetitionId(Uuid::from_u128(0x3000_0000_0000_0000 + u128::from(n)))
}

/// The id of round `n`.
pub fn round_id(n: u32) -> RoundId {
    RoundId(Uuid::from_u128(0x5000_0000_0000_0000 + u128::from(n)))
}

/// The id of list `n`.
pub fn batch_id(n: u32) -> PaymentBatchId {
    PaymentBatchId(Uuid::from_u128(0x6000_0000_0000_0000 + u128::from(n)))
}

/// A log being written: one event after another, an hour apart.
#[derive(Clone, Default)]
pub struct Past {
    /// What was recorded.
    pub events: Vec<Recorded>,
    revisions: HashMap<StreamName, u64>,
    source: Option<Source>,
    moment: Option<Timestamp>,
    clerk: Option<&'static str>,
}

impl Past {
    /// From now on what happens is recorded at this moment, and not an hour after what was before.
    pub fn recorded(&mut self, moment: &str) -> &mut Self {
        self.moment = Some(moment.parse().unwrap());
        self
    }

    /// From now on it is this account that records.
    pub fn by(&mut self, clerk: &'static str) -> &mut Self {
        self.clerk = Some(clerk);
        self
    }

    /// From now on what happens is copied from this row of a sheet.
    pub fn copied_from(&mut self, document: &str, sheet: &str, row: u32) -> &mut Self {
        self.source = Some(Source {
            document: document.to_owned(),
            sheet: Some(sheet.to_owned()),
            row: Some(row),
        });
        self
    }

    /// Something happened to the aggregate with this id, and concerns these people.
    pub fn then<A: Aggregate>(
        &mut self,
        id: impl Display,
        subjects: &[CadreId],
        event: impl Into<A::Event>,
    ) -> Position {
        let event = event.into();
        let stream = StreamName::new(A::CATEGORY, &id.to_string()).unwrap();
        let n = self.events.len() as u64 + 1;
        let hour = i64::try_from(n).unwrap() * 3600;
        let hourly = Timestamp::from_second(1_767_225_600 + hour).unwrap();
        let recorded = self.moment.unwrap_or(hourly);
        let revision = self.revisions.entry(stream.clone()).or_default();
        let request = Uuid::from_u128(0x4000_0000_0000_0000 + u128::from(n));
        let metadata = Metadata {
            version: event.version(),
            occurred: event.occurred().unwrap_or(When::At(recorded)),
            recorded,
            actor: Arc::new(Actor {
                id: self.clerk.unwrap_or("clerk").to_owned(),
                name: "经办人".to_owned(),
                role: "clerk".to_owned(),
                unit: "老干部局".to_owned(),
            }),
            on_behalf_of: None,
            rules: "national-2022".into(),
            source: self.source.clone(),
            subjects: subjects.iter().map(|p| p.0).collect(),
            request: RequestId(request),
            correlation: request,
            causation: request,
            trace: None,
        };
        self.events.push(Recorded {
            position: Position::from_stored(n * 10),
            stream,
            revision: Revision(*revision),
            id: EventId(Uuid::from_u128(u128::from(n))),
            name: event.name().into(),
            metadata_json: metadata.to_json().unwrap().into(),
            metadata,
            data: event.encode().unwrap().into(),
        });
        *revision += 1;
        self.events.last().unwrap().position
    }

    /// Something happened to a person's record.
    pub fn cadre(&mut self, id: CadreId, event: impl Into<CadreEvent>) -> Position {
        self.then::<Cadre>(id, &[id], event)
    }

    /// A person was registered with these particulars.
    pub fn registered(
        &mut self,
        n: u32,
        name: &str,
        fill: impl FnOnce(&mut CadreRegistered),
    ) -> CadreId {
        let mut event = CadreRegistered {
            id: person(n),
            unit: unit("老干部局"),
            retirement: None,
            profile: Box::new(Profile::named(text(name))),
        };
        fill(&mut event);
        self.cadre(person(n), event);
        person(n)
    }

    /// The rows it leads to.
    #[cfg(test)]
    pub fn rows(&self) -> Rows {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("views.db");
        let mut store = Store::create(&path).unwrap();
        store.apply(&self.events).unwrap();
        store.finish().unwrap();
        Rows {
            conn: Store::reader(&path).unwrap(),
            _dir: dir,
        }
    }

    /// The error at which the views stop.
    #[cfg(test)]
    pub fn error(&self) -> crate::ViewsError {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::create(&dir.path().join("views.db")).unwrap();
        store.apply(&self.events).unwrap_err()
    }

    /// The same in a log.
    pub async fn log(&self) -> Arc<MemoryLog> {
        let log = MemoryLog::default();
        append(&log, &self.events).await;
        Arc::new(log)
    }
}

/// Appends what was recorded to a log.
pub async fn append(log: &dyn EventLog, events: &[Recorded]) {
    for event in events {
        let new = NewEvent {
            id: event.id,
            name: event.name.clone(),
            metadata: event.metadata.clone(),
            data: event.data.to_vec(),
        };
        log.append(&event.stream, Expected::Any, vec![new])
            .await
            .unwrap();
    }
}

/// A views.db to ask.
#[cfg(test)]
pub struct Rows {
    conn: Connection,
    _dir: TempDir,
}

#[cfg(test)]
impl Deref for Rows {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.conn
    }
}
