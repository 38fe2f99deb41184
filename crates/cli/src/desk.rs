//! Where a command gets its answers: from a running server, or from a data directory that is served
//! to this command alone, over a connection in memory. Either way it is the same API.

use grpc::{Caller, Client};

use crate::{
    actor::actor,
    bureau::{self, Bureau, Standing},
    config::Config,
    failure::Failure,
};

/// A bureau that answers, as one caller uses it.
pub(crate) struct Desk {
    /// Calls it.
    pub(crate) client: Client,
    /// Nobody else writes to the directory while it is served here.
    held: Option<Bureau>,
}

impl Desk {
    /// For reading: the server that is named, else the one that holds the directory, else the
    /// directory itself.
    pub(crate) async fn open(config: &Config) -> Result<Self, Failure> {
        if let Some(url) = &config.server {
            return Self::at(url, config).await;
        }
        match bureau::standing(config)? {
            Standing::Served(url) => Self::at(&url, config).await,
            Standing::Busy => Err(bureau::held(&config.data)),
            Standing::Free => Self::in_process(config).await,
            Standing::Empty => Err(bureau::none(&config.data)),
        }
    }

    /// For reading what is signed: a server signs as it goes, a directory that nobody holds is signed now.
    pub(crate) async fn open_signed(config: &Config) -> Result<Self, Failure> {
        let desk = Self::open(config).await?;
        if let Some(bureau) = &desk.held {
            bureau.sign(config).await?;
        }
        Ok(desk)
    }

    /// For writing: the server that is named, else the directory, which nobody else may hold.
    pub(crate) async fn open_to_write(config: &Config) -> Result<Self, Failure> {
        match &config.server {
            Some(url) => Self::at(url, config).await,
            None => Self::in_process(config).await,
        }
    }

    async fn at(url: &str, config: &Config) -> Result<Self, Failure> {
        Ok(Desk {
            client: Client::connect(url, caller(config)?).await?,
            held: None,
        })
    }

    async fn in_process(config: &Config) -> Result<Self, Failure> {
        let caller = caller(config)?;
        let bureau = Bureau::open(config).await?;
        Ok(Desk {
            client: Client::in_process(bureau.app.clone(), caller),
            held: Some(bureau),
        })
    }
}

fn caller(config: &Config) -> Result<Caller, Failure> {
    Ok(Caller {
        actor: actor(config)?,
        on_behalf_of: None,
        trace: None,
    })
}

impl From<grpc::client::Error> for Failure {
    fn from(error: grpc::client::Error) -> Self {
        Failure {
            faults: error.faults,
            ..Failure::new(error.kind.into(), &error.code, error.en, error.zh)
        }
    }
}
