//! What every log must do, as one suite that runs on all of them: in each log's tests, and as a
//! program against a server that no test can start.

mod appending;
mod concurrency;
mod follower;
mod following;
mod reading;
mod samples;
mod several;
mod volume;

use std::{fmt::Debug, pin::Pin, sync::Arc, time::Duration};

use tokio::time::timeout;

use crate::{EventLog, LogError, StreamNameError};

pub use samples::{event, metadata, stream};

/// How long one case may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a log did otherwise than it must.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Failure(format!("refused or failed: {error}"))
    }
}

impl From<StreamNameError> for Failure {
    fn from(error: StreamNameError) -> Self {
        Failure(error.to_string())
    }
}

type Outcome = Result<(), Failure>;
type Run = fn(Arc<dyn EventLog>) -> Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// One thing every log must do.
pub struct Case {
    /// What it must do, as a Rust name: `a_conflict_writes_nothing`.
    pub name: &'static str,
    run: Run,
}

impl Case {
    /// Tries it on a log that is empty and used by no one else. Needs a runtime with timers.
    ///
    /// # Errors
    /// What the log did otherwise.
    pub async fn check(&self, fresh: Arc<dyn EventLog>) -> Result<(), Failure> {
        timeout(PATIENCE, (self.run)(fresh))
            .await
            .unwrap_or_else(|_| Err(Failure(format!("no end after {PATIENCE:?}"))))
    }
}

/// All of it, the simplest first.
pub fn cases() -> Vec<Case> {
    [
        appending::CASES,
        several::CASES,
        reading::CASES,
        volume::CASES,
        concurrency::CASES,
        following::CASES,
    ]
    .into_iter()
    .flatten()
    .map(|(name, run)| Case { name, run: *run })
    .collect()
}

/// Lists functions `async fn(Arc<dyn EventLog>) -> Outcome` with their names.
macro_rules! list {
    ($($case:ident,)+) => {
        pub(super) const CASES: &[(&str, super::Run)] =
            &[$((stringify!($case), |log| Box::pin($case(log)))),+];
    };
}
use list;

/// Fails unless both are the same.
fn same<T: PartialEq + Debug>(what: &str, found: T, wanted: T) -> Outcome {
    ensure(found == wanted, || {
        format!("{what}: found {found:?}, not {wanted:?}")
    })
}

/// Fails unless it holds.
fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if holds {
        Ok(())
    } else {
        Err(Failure(otherwise()))
    }
}
