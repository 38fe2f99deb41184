//! The event log on a KurrentDB cluster, through its official client.
//!
//! Streams stand under a namespace, so that a cluster can be shared. What the client cannot do by
//! itself is done here: a client that is of no use is replaced, calls have deadlines, an append of
//! which nobody knows whether it was written is sent again with the same ids, and what is new is
//! asked for instead of subscribed to (docs/adr/0023).
//!
//! Figures go to the `metrics` facade: `sangyu_log_call_seconds`, `sangyu_log_retries_total` (both
//! by `call`: `append` or `read`), `sangyu_log_reconnects_total` and
//! `sangyu_log_unknown_outcomes_total`.

mod appending;
mod certificate;
mod convert;
mod error;
mod following;
mod known;
mod reading;
mod settings;
mod supervisor;

pub use settings::{Settings, SettingsError};

use async_trait::async_trait;
use event_log::{
    Append, Appended, Direction, EventLog, Expected, LogError, NewEvent, Position, Recorded,
    Revision, StreamName,
};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use kurrentdb::Credentials;
use tokio::sync::watch;

use following::Quiet;
use known::Known;
use supervisor::Supervisor;

/// How many calls of one request are on their way together.
const AT_ONCE: usize = 32;

/// A log on a cluster. Many may write to the same namespace, in one process or in several.
///
/// Within a stream it keeps all that [`EventLog`] asks for. Of the ids of other streams it knows
/// those that this process has read or appended lately; an id that is used in two streams is
/// refused only where it is one of them.
pub struct KurrentLog {
    supervisor: Supervisor,
    /// What stands before the name of every stream on the server.
    prefix: String,
    known: Known,
    quiet: Quiet,
    /// The greatest position that this log has appended.
    appended: watch::Sender<Option<Position>>,
}

impl KurrentLog {
    /// A log on this cluster, which need not be there yet: calls find it, or fail at their
    /// deadline.
    #[must_use]
    pub fn connect(settings: Settings) -> Self {
        KurrentLog {
            prefix: settings.prefix(),
            supervisor: Supervisor::new(settings),
            known: Known::new(),
            quiet: Quiet::default(),
            appended: watch::Sender::new(None),
        }
    }

    fn on_server(&self, stream: &StreamName) -> String {
        format!("{}{stream}", self.prefix)
    }

    /// The options of a call, with our credentials.
    fn as_us<Options>(
        &self,
        options: Options,
        authenticated: impl FnOnce(Options, Credentials) -> Options,
    ) -> Options {
        match &self.supervisor.settings().credentials {
            Some(credentials) => authenticated(options, credentials.clone()),
            None => options,
        }
    }
}

#[async_trait]
impl EventLog for KurrentLog {
    async fn append(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, LogError> {
        self.append_once(stream, expected, &events).await
    }

    async fn append_each(&self, appends: Vec<Append>) -> Vec<Result<Appended, LogError>> {
        let each = appends.into_iter().map(|append| async move {
            self.append_once(&append.stream, append.expected, &append.events)
                .await
        });
        stream::iter(each).buffered(AT_ONCE).collect().await
    }

    async fn read_stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.read_pages(stream, from, direction, limit).await
    }

    async fn read_streams(
        &self,
        streams: Vec<StreamName>,
        limit: usize,
    ) -> Result<Vec<Vec<Recorded>>, LogError> {
        let each = streams.into_iter().map(|stream| async move {
            self.read_pages(&stream, None, Direction::Forwards, limit)
                .await
        });
        stream::iter(each).buffered(AT_ONCE).try_collect().await
    }

    /// Pages are cut at 500 events or 16 MiB.
    async fn read_all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.read_behind(after, limit).await
    }

    async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        self.read_newest().await
    }

    async fn head(&self) -> Result<Option<Position>, LogError> {
        Ok(self.read_newest().await?.map(|event| event.position))
    }

    async fn wait(&self, after: Option<Position>) -> Result<(), LogError> {
        self.wait_behind(after).await
    }
}
