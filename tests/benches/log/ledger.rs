//! What the ledger costs those who append.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use app::App;
use calendar::Calendar;
use event_log::EventLog;
use event_log_sqlite::SqliteLog;
use ledger::Folder;
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    appending::{self, folder},
    bureau::{self, Then},
    commands,
    figures::Figures,
};

/// With and without take turns, and each goes first as often as last, so that what else the machine does falls
/// on both.
const ROUNDS: u32 = 6;

/// Whether it is signed, in the order of a round.
fn turns(round: u32) -> [bool; 2] {
    match round % 2 {
        0 => [false, true],
        _ => [true, false],
    }
}

/// A bureau whose ledger is signed, and how that is ended.
struct Signed {
    app: App,
    end: oneshot::Sender<()>,
    signing: JoinHandle<()>,
}

impl Signed {
    fn begin(app: App, dir: &Path) -> Self {
        let ledger = Folder::at(&dir.join("ledger"));
        let secret = Arc::new(ledger.secret("bench", [7; 32]).unwrap());
        let app = app.with_ledger(ledger, Vec::new());
        let (end, ended) = oneshot::channel();
        let signer = app.clone();
        let signing = tokio::spawn(async move {
            let ended = async {
                let _ = ended.await;
            };
            signer.keep_signing(secret, ended).await;
        });
        Signed { app, end, signing }
    }

    /// How long it takes until all is signed.
    async fn end(self) -> Duration {
        let head = self.app.log().head().await.unwrap();
        let start = Instant::now();
        self.end.send(()).unwrap();
        self.signing.await.unwrap();
        assert!(head.is_some() && self.app.checkpoint().unwrap().checkpoint.size > 0);
        start.elapsed()
    }
}

/// Appends by so many callers.
pub(crate) async fn durable(figures: &mut Figures, callers: u64, count: u64) {
    let (mut without, mut with, mut behind) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    // Kept to the end: a file system passes by every file that was just deleted when it makes new ones.
    let mut kept = Vec::new();
    for round in 0..ROUNDS {
        for signed in turns(round) {
            let dir = folder();
            let log: Arc<dyn EventLog> =
                Arc::new(SqliteLog::open(&dir.path().join("events.db")).unwrap());
            let app = bureau::open(
                dir.path(),
                &log,
                Arc::new(Then),
                Calendar::bundled().unwrap(),
            );
            let signing = signed.then(|| Signed::begin(app, dir.path()));
            let took = appending::appends(&log, callers, count).await;
            match signing {
                Some(signing) => {
                    with += took;
                    behind = behind.max(signing.end().await);
                }
                None => without += took,
            }
            kept.push(dir);
        }
    }
    let total = count * u64::from(ROUNDS);
    let name = format!("log without a ledger, callers: {callers}");
    figures.add(name.clone(), total, without, None);
    let with_ledger = format!("log with a ledger, callers: {callers}");
    figures.add(with_ledger, total, with, Some(&name));
    println!("behind the last append at most: {behind:?}");
}

/// Commands by so many callers.
pub(crate) async fn commands(figures: &mut Figures, callers: u32, count: u32) {
    let (mut without, mut with) = (Duration::ZERO, Duration::ZERO);
    let mut kept = Vec::new();
    for round in 0..ROUNDS {
        for signed in turns(round) {
            let dir = folder();
            let app = commands::people(dir.path()).await;
            let signing = signed.then(|| Signed::begin(app.clone(), dir.path()));
            let took = commands::visits(&app, callers, count).await;
            match signing {
                Some(signing) => {
                    with += took;
                    signing.end().await;
                }
                None => without += took,
            }
            kept.push(dir);
        }
    }
    let total = u64::from(count * ROUNDS);
    let name = format!("command without a ledger, callers: {callers}");
    figures.add(name.clone(), total, without, None);
    let with_ledger = format!("command with a ledger, callers: {callers}");
    figures.add(with_ledger, total, with, Some(&name));
}
