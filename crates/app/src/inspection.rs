//! Any moment again: what was so then and known then, what changed between two moments, and whose doing
//! it was. Who may see what is asked of today's record; the rest of the events that count then.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use ::inspection::{
    AsOf, Asked, Change, FieldOrigin, Step, Subject, diff, dossier, first, of_bureau, origins,
    select, steps,
};
use calendar::Date;
use domain::{
    CadreId, PetitionId, Unit,
    fund::{Fund, FundId},
    hardship::{Hardship, HardshipId},
    petition::PetitionCase,
    petition_access::AttemptedBy,
};
use event_log::{Recorded, StreamName};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::Semaphore;
use views::{Page, PageRequest, Replay, ViewsError, funds, history, petitions, register};

use crate::{Error, Reading, execute::stream};

/// How many dossiers are put together at once; more wait their turn.
const AT_ONCE: usize = 4;

/// A subject as of a moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// The day from which days are counted in it.
    pub day: Date,
    /// How many events it rests on; nothing for a bureau, which rests on the log.
    pub events: Option<u64>,
    /// All that is known of it.
    pub document: Value,
}

/// What is looked for in the course of a subject.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Search {
    /// The events that touch this field of the document (a JSON pointer); all of them, if left out.
    pub field: Option<String>,
    /// Only the first event behind which the field has this value.
    pub equals: Option<Value>,
}

/// Where the past is gone through again.
pub(crate) struct Desks {
    turns: Semaphore,
    /// Tables that are made already.
    idle: Mutex<Vec<Replay>>,
    /// Held by whoever works on the whole log.
    pub(crate) whole_log: tokio::sync::Mutex<()>,
}

impl Default for Desks {
    fn default() -> Self {
        Desks {
            turns: Semaphore::new(AT_ONCE),
            idle: Mutex::default(),
            whole_log: tokio::sync::Mutex::default(),
        }
    }
}

impl Desks {
    fn take(&self) -> Option<Replay> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.pop()
    }

    fn give_back(&self, replay: Replay) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(replay);
    }
}

impl Reading {
    /// A subject as of a moment.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none today, or it is hidden from the reader.
    pub async fn dossier(&self, subject: Subject, as_of: AsOf) -> Result<Dossier, Error> {
        let asked = self.asked(subject, as_of);
        let day = asked.day;
        if asked.subject == Subject::Bureau {
            return Ok(Dossier {
                day,
                events: None,
                document: self.bureau(as_of, asked).await?,
            });
        }
        let events = self.events_of(&asked.subject).await?;
        let (events, document) = self
            .at_a_desk(move |replay| {
                let events = select(&as_of, events)?;
                let replayed = replay.begin()?;
                replayed.apply(asked.subject.views(), &events)?;
                Ok((events.len() as u64, dossier(&replayed, &asked)?))
            })
            .await?;
        Ok(Dossier {
            day,
            events: Some(events),
            document,
        })
    }

    /// What differs between two moments of a subject, field by field. Both are asked on the day of the
    /// second, so that no field differs for the calendar's sake alone.
    ///
    /// # Errors
    /// As [`Reading::dossier`].
    pub async fn dossier_changes(
        &self,
        subject: Subject,
        before: AsOf,
        after: AsOf,
    ) -> Result<Vec<Change>, Error> {
        let asked = self.asked(subject, after);
        if asked.subject == Subject::Bureau {
            let before = self.bureau(before, asked.clone()).await?;
            return Ok(diff(&before, &self.bureau(after, asked).await?));
        }
        let events = self.events_of(&asked.subject).await?;
        self.at_a_desk(move |replay| {
            let mut document = |as_of, events| {
                let events = select(as_of, events)?;
                let replayed = replay.begin()?;
                replayed.apply(asked.subject.views(), &events)?;
                dossier(&replayed, &asked)
            };
            let before = document(&before, events.clone())?;
            Ok(diff(&before, &document(&after, events)?))
        })
        .await
    }

    /// Each field of a dossier, or of the part at this path, with the event that last set it.
    ///
    /// # Errors
    /// As [`Reading::dossier`]; [`Error::Invalid`] for a whole bureau.
    pub async fn dossier_origins(
        &self,
        subject: Subject,
        as_of: AsOf,
        field: Option<String>,
    ) -> Result<Vec<FieldOrigin>, Error> {
        let (asked, events) = self.course_of(subject, as_of).await?;
        self.at_a_desk(move |replay| {
            let events = select(&as_of, events)?;
            Ok(origins(replay, &asked, &events, field.as_deref())?)
        })
        .await
    }

    /// The events of a dossier in the order of recording, each with what it changed.
    ///
    /// # Errors
    /// As [`Reading::dossier`]; [`Error::Invalid`] for a whole bureau, or if a value is looked for
    /// without a field; the page token's errors.
    pub async fn dossier_steps(
        &self,
        subject: Subject,
        as_of: AsOf,
        search: Search,
        page: PageRequest,
    ) -> Result<Page<Step>, Error> {
        if search.equals.is_some() && search.field.is_none() {
            return Err(Error::invalid(
                "field",
                "name the field that has the value looked for",
                "请指明要查找取值的字段",
            ));
        }
        let (asked, events) = self.course_of(subject, as_of).await?;
        self.at_a_desk(move |replay| {
            let events = select(&as_of, events)?;
            let found = match (&search.field, &search.equals) {
                (Some(field), Some(value)) => {
                    let has = |document: &Value| document.pointer(field) == Some(value);
                    first(replay, &asked, &events, has)?.into_iter().collect()
                }
                (field, _) => steps(replay, &asked, &events, field.as_deref())?,
            };
            let query = ("dossier_steps", as_of, &search);
            Ok(page.of(&query, found, |step| step.origin.id.to_string())?)
        })
        .await
    }

    pub(crate) fn asked(&self, subject: Subject, as_of: AsOf) -> Asked {
        Asked {
            subject,
            day: as_of.day(self.app.today()),
            reader: self.reader().clone(),
        }
    }

    async fn course_of(
        &self,
        subject: Subject,
        as_of: AsOf,
    ) -> Result<(Asked, Vec<Recorded>), Error> {
        if matches!(subject, Subject::Unit(_) | Subject::Bureau) {
            return Err(Error::invalid(
                "subject",
                "a unit or a bureau is not gone through event by event: name a person, a petition, a case or a fund",
                "单位和全局不能逐事件查看，请指定人员、信访件、困难帮扶或资金",
            ));
        }
        let asked = self.asked(subject, as_of);
        let events = self.events_of(&asked.subject).await?;
        Ok((asked, events))
    }

    /// All that was ever recorded of a subject that the reader may see, in the order of the log.
    pub(crate) async fn events_of(&self, subject: &Subject) -> Result<Vec<Recorded>, Error> {
        let mut events = match subject {
            Subject::Person(person) => self.read(self.streams_of_person(*person).await?).await?,
            Subject::Petition(petition) => {
                self.read(self.streams_of_petition(*petition).await?)
                    .await?
            }
            Subject::Hardship(id) => self.events_of_case(*id).await?,
            Subject::Fund(fund) => self.events_of_fund(fund).await?,
            Subject::Unit(unit) => self.events_of_unit(unit).await?,
            Subject::Bureau => vec![],
        };
        events.sort_by_key(|event| event.position);
        Ok(events)
    }

    async fn streams_of_person(&self, person: CadreId) -> Result<Vec<StreamName>, Error> {
        let streams = self.ask(move |conn| history::streams_of_person(conn, person));
        let streams = streams.await?;
        match streams.is_empty() {
            true => Err(Error::NotFound("person")),
            false => Ok(streams),
        }
    }

    /// With those of the same matter that the reader may see: a petition shows what it is linked to.
    async fn streams_of_petition(&self, petition: PetitionId) -> Result<Vec<StreamName>, Error> {
        let details = self
            .petition_asked(petition, AttemptedBy::Id)
            .await?
            .details;
        let linked = details.duplicate_of.into_iter().chain(details.duplicates);
        let all = std::iter::once(petition).chain(linked);
        all.map(|id| stream::<PetitionCase>(&id)).collect()
    }

    async fn events_of_case(&self, id: HardshipId) -> Result<Vec<Recorded>, Error> {
        let own = self.read(vec![stream::<Hardship>(&id)?]).await?;
        if own.is_empty() {
            return Err(Error::NotFound("hardship_case"));
        }
        let person = stream::<domain::cadre::Cadre>(&id.person)?;
        Ok([own, self.read(vec![person]).await?].concat())
    }

    /// With those of the funds that its money was carried over from.
    async fn events_of_fund(&self, fund: &FundId) -> Result<Vec<Recorded>, Error> {
        let (mut events, mut fund) = (Vec::new(), fund.clone());
        loop {
            let own = self.read(vec![stream::<Fund>(&fund)?]).await?;
            let carried_in = own.iter().any(|event| &*event.name == "fund.carried_in");
            events.extend(own);
            if events.is_empty() {
                return Err(Error::NotFound("fund"));
            }
            if !carried_in {
                return Ok(events);
            }
            fund.year -= 1;
        }
    }

    /// Of the people it looks after today, of the petitions it keeps, and of its funds.
    async fn events_of_unit(&self, unit: &Unit) -> Result<Vec<Recorded>, Error> {
        let (of, reader) = (unit.0.to_string(), self.reader().clone());
        let streams = self.ask(move |conn| {
            let mut streams: BTreeSet<StreamName> = BTreeSet::new();
            for person in register::people_of(conn, &of)? {
                streams.extend(history::streams_of_person(conn, person)?);
            }
            let year = funds::FundFilter {
                unit: Some(of.clone()),
                year: None,
            };
            let funds = funds::report(conn, &year)?.into_iter().map(|row| row.fund);
            let petitions = petitions::of_unit(conn, &of, &reader)?;
            Ok((streams, funds.collect::<Vec<_>>(), petitions))
        });
        let (mut streams, funds, petitions) = streams.await?;
        for fund in &funds {
            streams.insert(stream::<Fund>(fund)?);
        }
        for petition in &petitions {
            streams.insert(stream::<PetitionCase>(petition)?);
        }
        match streams.is_empty() {
            true => Err(Error::NotFound("unit")),
            false => self.read(streams.into_iter().collect()).await,
        }
    }

    async fn read(&self, streams: Vec<StreamName>) -> Result<Vec<Recorded>, Error> {
        let read = self.app.parts.log.read_streams(streams, usize::MAX).await?;
        Ok(read.concat())
    }

    /// Works where nobody else does.
    pub(crate) async fn at_a_desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Replay) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let desks = Arc::clone(&self.app.desks);
        let _turn = desks.turns.acquire().await.map_err(broken_off)?;
        let at = Arc::clone(&desks);
        let worked = tokio::task::spawn_blocking(move || {
            let mut replay = match at.take() {
                Some(replay) => replay,
                None => Replay::in_memory()?,
            };
            let worked = work(&mut replay);
            at.give_back(replay);
            worked
        });
        worked.await.map_err(broken_off)?
    }

    /// The whole log, folded while it is read.
    async fn bureau(&self, as_of: AsOf, asked: Asked) -> Result<Value, Error> {
        self.over_the_log(move |pages| of_bureau(pages, as_of, &asked))
            .await
    }
}

fn broken_off<E>(_: E) -> Error {
    ViewsError::BrokenOff.into()
}
