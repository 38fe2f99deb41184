//! Where a command gets its answers: from a data directory, or from a running server. Both give
//! the same ones.

use ::views::{
    Page, PageRequest, Progress,
    hardship::{HardshipCase, HardshipFilter, HardshipTotals},
    history::HistoryEntry,
    medal::{CandidateFilter, MedalCandidate},
    petitions::{
        FiguresBy, FiguresFilter, FiguresReport, PetitionFilter, PetitionRow, WorkFilter, WorkRow,
    },
    register::{Counts, Find, PersonRow},
};
use app::{Ids as _, Reaction, Reading, Request, SystemIds};
use domain::{CadreId, PetitionId, Text};
use event_log::RequestId;
use grpc::{Caller, client::Client};
use import::{Kind, Options, Outcome};

use crate::{
    actor::actor,
    bureau::{self, Bureau, Standing},
    config::Config,
    failure::Failure,
};

/// A directory that is open, or a server that answers.
pub(crate) enum Desk {
    Local(Box<Bureau>, Reading),
    Remote(Box<Client>),
}

/// The same question to either, in the same words.
macro_rules! ask {
    ($desk:expr, $question:ident($($argument:expr),*)) => {
        match $desk {
            Desk::Local(_, reading) => reading.$question($($argument),*).await?,
            Desk::Remote(client) => client.$question($($argument),*).await?,
        }
    };
}

impl Desk {
    /// For reading: the server that is named, else the one that holds the directory, else the
    /// directory itself.
    pub(crate) async fn open(config: &Config) -> Result<Self, Failure> {
        if let Some(url) = &config.server {
            return Self::at(url, config).await;
        }
        match bureau::standing(&config.data)? {
            Standing::Served(url) => Self::at(&url, config).await,
            Standing::Busy => Err(bureau::held(&config.data)),
            Standing::Free => Self::in_directory(config).await,
            Standing::Empty => Err(bureau::none(&config.data)),
        }
    }

    /// For writing: the server that is named, else the directory, which nobody else may hold.
    pub(crate) async fn open_to_write(config: &Config) -> Result<Self, Failure> {
        match &config.server {
            Some(url) => Self::at(url, config).await,
            None => Self::in_directory(config).await,
        }
    }

    async fn in_directory(config: &Config) -> Result<Self, Failure> {
        let bureau = Bureau::open(config).await?;
        let reading = bureau.app.read_as(&actor(config)?);
        Ok(Desk::Local(Box::new(bureau), reading))
    }

    async fn at(url: &str, config: &Config) -> Result<Self, Failure> {
        let caller = Caller {
            actor: actor(config)?,
            on_behalf_of: None,
            trace: None,
        };
        Ok(Desk::Remote(Box::new(Client::connect(url, caller).await?)))
    }

    pub(crate) async fn find_people(
        &self,
        find: Find,
        page: PageRequest,
    ) -> Result<Page<PersonRow>, Failure> {
        Ok(ask!(self, find_people(find, page)))
    }

    pub(crate) async fn history(
        &self,
        person: CadreId,
        page: PageRequest,
    ) -> Result<Page<HistoryEntry>, Failure> {
        Ok(ask!(self, history(person, page)))
    }

    pub(crate) async fn petitions(
        &self,
        filter: PetitionFilter,
        page: PageRequest,
    ) -> Result<Page<PetitionRow>, Failure> {
        Ok(ask!(self, petitions(filter, page)))
    }

    pub(crate) async fn petition_history(
        &self,
        petition: PetitionId,
        page: PageRequest,
    ) -> Result<Page<HistoryEntry>, Failure> {
        Ok(ask!(self, petition_history(petition, page)))
    }

    pub(crate) async fn petition_figures(
        &self,
        of: FiguresFilter,
        by: Option<FiguresBy>,
    ) -> Result<FiguresReport, Failure> {
        Ok(ask!(self, petition_figures(of, by)))
    }

    pub(crate) async fn petition_worklist(
        &self,
        filter: WorkFilter,
        page: PageRequest,
    ) -> Result<Page<WorkRow>, Failure> {
        Ok(ask!(self, petition_worklist(filter, page)))
    }

    pub(crate) async fn hardship_cases(
        &self,
        filter: HardshipFilter,
        page: PageRequest,
    ) -> Result<Page<HardshipCase>, Failure> {
        Ok(ask!(self, hardship_cases(filter, page)))
    }

    pub(crate) async fn hardship_totals(
        &self,
        filter: HardshipFilter,
    ) -> Result<HardshipTotals, Failure> {
        Ok(ask!(self, hardship_totals(filter)))
    }

    pub(crate) async fn medal_candidates(
        &self,
        filter: CandidateFilter,
        page: PageRequest,
    ) -> Result<Page<MedalCandidate>, Failure> {
        Ok(ask!(self, medal_candidates(filter, page)))
    }

    pub(crate) async fn counts(&self, unit: Option<Text>) -> Result<Counts, Failure> {
        match self {
            Desk::Local(_, reading) => Ok(reading.counts(unit).await?),
            Desk::Remote(client) => Ok(client.counts(unit).await?.0),
        }
    }

    pub(crate) async fn import(
        &self,
        kind: Kind,
        file_name: &str,
        bytes: Vec<u8>,
        dry_run: bool,
        config: &Config,
        progress: impl FnMut(usize, usize) + Send,
    ) -> Result<Outcome, Failure> {
        let id = RequestId(SystemIds.next());
        match self {
            Desk::Local(bureau, _) => {
                let app = &bureau.app;
                let request = Request::new(id, actor(config)?);
                let options = Options { dry_run, request };
                let outcome = import::run(app, kind, file_name, bytes, options, progress).await?;
                app.catch_up().await?;
                Ok(outcome)
            }
            Desk::Remote(client) => Ok(client
                .import(kind, file_name, bytes, (id, dry_run), progress)
                .await?),
        }
    }

    pub(crate) async fn react(&self) -> Result<Vec<Reaction>, Failure> {
        match self {
            Desk::Local(bureau, _) => {
                let reactions = bureau.app.react().await?;
                bureau.app.catch_up().await?;
                Ok(reactions)
            }
            Desk::Remote(client) => Ok(client.react().await?),
        }
    }

    pub(crate) async fn rebuild_views(
        &self,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<(), Failure> {
        match self {
            Desk::Local(bureau, _) => bureau.app.rebuild_views(progress).await?,
            Desk::Remote(client) => client.rebuild_views(progress).await?,
        }
        Ok(())
    }
}

impl From<grpc::client::Error> for Failure {
    fn from(error: grpc::client::Error) -> Self {
        Failure::new(error.kind.into(), &error.code, error.en, error.zh)
    }
}
