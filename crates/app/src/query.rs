//! What people ask. Each question is answered from one moment of the views; after a command, wait
//! with [`App::reached`] to read your own write.

use std::{sync::Arc, time::Duration};

use calendar::IdNumber;
use domain::{
    Actor, CadreId, PetitionId, Text, hardship::HardshipId, petition::PetitionCase,
    petition_access::AttemptedBy,
};
use event_log::Position;
use views::{
    Connection, Page, PageRequest, Progress, ViewsError,
    funds::{self, FundFilter, FundReport},
    hardship::{self, HardshipCase, HardshipFilter, HardshipPayment, HardshipTotals},
    history::{self, HistoryEntry},
    medal::{self, CandidateFilter, MedalCandidate, MedalFilter, MedalRow},
    payment_batches::{self, LineFilter, PaymentBatchDetails, PaymentBatchFilter, PaymentBatchRow},
    petition_access,
    petitions::{
        self, Board, FiguresBy, FiguresFilter, FiguresReport, PetitionFilter, PetitionRow,
        PetitionText, WorkFilter, WorkRow,
    },
    register::{
        self, BirthdayFilter, BirthdayRow, Counts, Find, PersonCard, PersonRow, UnitCounts,
    },
    rounds::{self, CoverageFilter, RoundCoverage, RoundFilter, RoundRow},
    sealing,
};

use crate::{App, Error, attempts::Attempt, execute::stream};

/// The longest list of birthdays: a year's.
const MOST_DAYS: i64 = 366;

/// The most events that [`Lag`] counts.
const MOST_BEHIND: usize = 1_000;

/// How far the views are behind the log; all of them stand at the same place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Lag {
    /// The events that were not taken over yet, counted up to a thousand.
    pub events: usize,
    /// Since when the first of them has been recorded.
    pub time: Duration,
}

/// Questions as one person asks them. Who asks is said once, so that no question can be asked by
/// nobody. Cheap to clone.
#[derive(Clone)]
pub struct Reading {
    pub(crate) app: App,
    reader: Arc<Actor>,
}

impl App {
    /// What this person may ask, and is answered.
    pub fn read_as(&self, reader: &Actor) -> Reading {
        Reading {
            app: self.clone(),
            reader: Arc::new(reader.clone()),
        }
    }

    /// Takes over all that the log holds now; for those who do not follow it.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub async fn catch_up(&self) -> Result<Option<Position>, Error> {
        Ok(self.parts.views.catch_up(self.parts.log.as_ref()).await?)
    }

    /// Follows the log until the views cannot go on; the error says why.
    pub async fn follow(&self) -> Error {
        self.parts.views.follow(self.parts.log.clone()).await.into()
    }

    /// How far the views are behind.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub async fn lag(&self) -> Result<Lag, Error> {
        let (log, position) = (&self.parts.log, self.parts.views.position());
        if log.head().await? <= position {
            return Ok(Lag::default());
        }
        let behind = log.read_all(position, MOST_BEHIND).await?;
        let since = behind.first().map(|first| first.metadata.recorded);
        let since = since.map(|recorded| self.parts.clock.now().duration_since(recorded));
        Ok(Lag {
            events: behind.len(),
            time: since
                .and_then(|time| time.try_into().ok())
                .unwrap_or_default(),
        })
    }

    /// Whether questions are answered, for readiness.
    pub fn views_status(&self) -> views::Status {
        self.parts.views.status()
    }

    /// Builds the views anew; questions are answered from the old ones until then.
    ///
    /// # Errors
    /// If the log cannot be read; the old views then stay.
    pub async fn rebuild_views(&self, progress: impl FnMut(Progress) + Send) -> Result<(), Error> {
        Ok(self
            .parts
            .views
            .rebuild(self.parts.log.as_ref(), progress)
            .await?)
    }
}

impl Reading {
    /// Who asks.
    pub fn reader(&self) -> &Actor {
        &self.reader
    }

    /// The person in the register with this ID number; always up to date.
    ///
    /// # Errors
    /// If the log cannot be read.
    pub async fn person_by_id_number(&self, number: &IdNumber) -> Result<Option<CadreId>, Error> {
        match self.app.holder(number).await? {
            Some(holder) => Ok(self.app.person(holder).await?.map(|person| person.id)),
            None => Ok(None),
        }
    }

    /// People of the register.
    ///
    /// # Errors
    /// As [`register::find`].
    pub async fn find_people(
        &self,
        find: Find,
        page: PageRequest,
    ) -> Result<Page<PersonRow>, Error> {
        self.ask(move |conn| register::find(conn, &find, &page))
            .await
    }

    /// One person's card.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn person_card(&self, person: CadreId) -> Result<PersonCard, Error> {
        self.ask(move |conn| register::get(conn, person))
            .await?
            .ok_or(Error::NotFound("person"))
    }

    /// All that was done for a person, newest first.
    ///
    /// # Errors
    /// As [`history::of_person`].
    pub async fn history(
        &self,
        person: CadreId,
        page: PageRequest,
    ) -> Result<Page<HistoryEntry>, Error> {
        self.ask(move |conn| history::of_person(conn, person, &page))
            .await
    }

    /// People, members and 离休; of one unit or all.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn counts(&self, unit: Option<Text>) -> Result<Counts, Error> {
        self.ask(move |conn| register::counts(conn, unit.as_ref()))
            .await
    }

    /// The birthdays of the living in some days, a year at most, with the ages named by the rules of
    /// today.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the last day comes before the first, or more than a year later; as
    /// [`register::birthdays`].
    pub async fn birthdays(
        &self,
        filter: BirthdayFilter,
        page: PageRequest,
    ) -> Result<Page<BirthdayRow>, Error> {
        let days = filter.until.duration_since(filter.from).as_hours() / 24;
        if !(0..=MOST_DAYS).contains(&days) {
            return Err(Error::invalid(
                "until",
                &format!("it must lie 0 to {MOST_DAYS} days behind `from`"),
                &format!("须在 from 当日至其后 {MOST_DAYS} 日之间"),
            ));
        }
        let rules = self
            .app
            .parts
            .rules
            .on(self.app.today())
            .map_err(Error::rejected)?;
        let rules = rules.birthday.clone();
        self.ask(move |conn| register::birthdays(conn, &filter, &rules, &page))
            .await
    }

    /// The counts of each unit.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn counts_by_unit(&self) -> Result<Vec<UnitCounts>, Error> {
        self.ask(register::counts_by_unit).await
    }

    /// Hardship cases.
    ///
    /// # Errors
    /// As [`hardship::list`].
    pub async fn hardship_cases(
        &self,
        filter: HardshipFilter,
        page: PageRequest,
    ) -> Result<Page<HardshipCase>, Error> {
        self.ask(move |conn| hardship::list(conn, &filter, &page))
            .await
    }

    /// What those hardship cases add up to.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn hardship_totals(&self, filter: HardshipFilter) -> Result<HardshipTotals, Error> {
        self.ask(move |conn| hardship::totals(conn, &filter)).await
    }

    /// What the funds have, and where they and the cases do not say the same.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn fund_report(&self, filter: FundFilter) -> Result<FundReport, Error> {
        self.ask(move |conn| {
            Ok(FundReport {
                funds: funds::report(conn, &filter)?,
                differences: funds::differences(conn, &filter)?,
            })
        })
        .await
    }

    /// The payments to one person on one ground.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn hardship_payments(&self, id: HardshipId) -> Result<Vec<HardshipPayment>, Error> {
        self.ask(move |conn| hardship::payments(conn, id)).await
    }

    /// Who can be given the medal of a year, and about whom that is in doubt, by the rules of today.
    ///
    /// # Errors
    /// As [`medal::candidates`].
    pub async fn medal_candidates(
        &self,
        filter: CandidateFilter,
        page: PageRequest,
    ) -> Result<Page<MedalCandidate>, Error> {
        let rules = self.app.parts.rules.on(self.app.today());
        let rules = rules.map_err(Error::rejected)?.medal.clone();
        self.ask(move |conn| medal::candidates(conn, &filter, &rules, &page))
            .await
    }

    /// Medals.
    ///
    /// # Errors
    /// As [`medal::list`].
    pub async fn medals(
        &self,
        filter: MedalFilter,
        page: PageRequest,
    ) -> Result<Page<MedalRow>, Error> {
        self.ask(move |conn| medal::list(conn, &filter, &page))
            .await
    }

    /// Lists of recipients.
    ///
    /// # Errors
    /// As [`payment_batches::list`].
    pub async fn payment_batches(
        &self,
        filter: PaymentBatchFilter,
        page: PageRequest,
    ) -> Result<Page<PaymentBatchRow>, Error> {
        self.ask(move |conn| payment_batches::list(conn, &filter, &page))
            .await
    }

    /// A list of recipients, and what became of its lines.
    ///
    /// # Errors
    /// [`Error::NotFound`]; as [`payment_batches::details`].
    pub async fn payment_batch(
        &self,
        filter: LineFilter,
        page: PageRequest,
    ) -> Result<PaymentBatchDetails, Error> {
        self.ask(move |conn| payment_batches::details(conn, &filter, &page))
            .await?
            .ok_or(Error::NotFound("payment_batch"))
    }

    /// Rounds of visits.
    ///
    /// # Errors
    /// As [`rounds::list`].
    pub async fn rounds(
        &self,
        filter: RoundFilter,
        page: PageRequest,
    ) -> Result<Page<RoundRow>, Error> {
        self.ask(move |conn| rounds::list(conn, &filter, &page))
            .await
    }

    /// How far a round has come, and a list of its people.
    ///
    /// # Errors
    /// [`Error::NotFound`]; as [`rounds::coverage`].
    pub async fn round_coverage(
        &self,
        filter: CoverageFilter,
        page: PageRequest,
    ) -> Result<RoundCoverage, Error> {
        self.ask(move |conn| rounds::coverage(conn, &filter, &page))
            .await?
            .ok_or(Error::NotFound("round"))
    }

    /// Petitions. That a search would have found what is hidden from the reader is recorded.
    ///
    /// # Errors
    /// As [`petitions::list`].
    pub async fn petitions(
        &self,
        filter: PetitionFilter,
        page: PageRequest,
    ) -> Result<Page<PetitionRow>, Error> {
        let reader = self.reader.clone();
        let (found, hidden) = self
            .ask(move |conn| {
                let found = petitions::list(conn, &filter, &reader, &page)?;
                let hidden = petitions::searched_in_vain(conn, &filter, &reader)?;
                Ok((found, hidden))
            })
            .await?;
        for petition in hidden {
            self.note(petition, AttemptedBy::Search);
        }
        Ok(found)
    }

    /// One petition's page of facts, as it is today.
    ///
    /// # Errors
    /// [`Error::NotFound`], also if it is hidden from the reader; that they asked is then recorded.
    pub async fn petition_text(&self, petition: PetitionId) -> Result<PetitionText, Error> {
        self.petition_asked(petition, AttemptedBy::Id).await
    }

    pub(crate) async fn petition_asked(
        &self,
        petition: PetitionId,
        by: AttemptedBy,
    ) -> Result<PetitionText, Error> {
        let (today, reader) = (self.app.today(), self.reader.clone());
        let (found, hidden) = self
            .ask(move |conn| {
                let found = petitions::get(conn, petition, today, &reader)?;
                // Looked up for what never was, too: neither takes longer to answer.
                let hidden = sealing::is_hidden(conn, petition, &reader)?;
                Ok((found, hidden))
            })
            .await?;
        if hidden {
            self.note(petition, by);
        }
        found.ok_or(Error::NotFound("petition"))
    }

    /// Recorded behind the answer; see [`App::settled`].
    fn note(&self, petition: PetitionId, by: AttemptedBy) {
        self.app.note(Attempt {
            petition,
            who: self.reader().clone(),
            by,
        });
    }

    /// The figures of these petitions as they are today, and the same set apart.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn petition_figures(
        &self,
        of: FiguresFilter,
        by: Option<FiguresBy>,
    ) -> Result<FiguresReport, Error> {
        let today = self.app.today();
        let reader = self.reader.clone();
        self.ask(move |conn| petitions::figures(conn, of, by, today, &reader))
            .await
    }

    /// The petitions on which something is to be done today, overdue first.
    ///
    /// # Errors
    /// As [`petitions::worklist`].
    pub async fn petition_worklist(
        &self,
        filter: WorkFilter,
        page: PageRequest,
    ) -> Result<Page<WorkRow>, Error> {
        let today = self.app.today();
        let reader = self.reader.clone();
        self.ask(move |conn| petitions::worklist(conn, &filter, today, &reader, &page))
            .await
    }

    /// How a unit stands today, or all of them together.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn petition_board(&self, unit: Option<Text>) -> Result<Board, Error> {
        let (today, reader) = (self.app.today(), self.reader.clone());
        self.ask(move |conn| petitions::board(conn, unit, today, &reader))
            .await
    }

    /// What happened with a petition, newest first.
    ///
    /// # Errors
    /// As [`Reading::petition_text`]; as [`history::of_stream`].
    pub async fn petition_history(
        &self,
        petition: PetitionId,
        page: PageRequest,
    ) -> Result<Page<HistoryEntry>, Error> {
        self.petition_asked(petition, AttemptedBy::History).await?;
        let stream = stream::<PetitionCase>(&petition)?;
        let reader = self.reader.clone();
        self.ask(move |conn| history::of_stream(conn, &stream, &reader, &page))
            .await
    }

    /// Who tried to see a petition that is sealed from them, the latest first.
    ///
    /// # Errors
    /// As [`Reading::petition_text`]; as [`petition_access::attempts`].
    pub async fn petition_attempts(
        &self,
        petition: PetitionId,
        page: PageRequest,
    ) -> Result<Page<petition_access::Attempt>, Error> {
        self.petition_asked(petition, AttemptedBy::History).await?;
        let reader = self.reader.clone();
        self.ask(move |conn| petition_access::attempts(conn, petition, &reader, &page))
            .await
    }

    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, ViewsError> + Send + 'static,
    ) -> Result<T, Error> {
        Ok(self.app.parts.views.query(question).await?)
    }
}
