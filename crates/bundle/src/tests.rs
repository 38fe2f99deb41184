//! Rules of bundles.

mod checks;
mod mutations;

use std::{io::Cursor, sync::LazyLock};

use calendar::{Calendar, Timestamp};
use domain::{BUNDLED_RULES, CadreId};
use event_log::{EventLog, MemoryLog, Recorded};
use inspection::{AsOf, Subject, select};
use ledger::{Checkpoint, Folder, PublicKey, SecretKey, Signer};
use printout::Font;
use tempfile::TempDir;
use tokio::runtime;
use views::testing::{Past, append, date, life, person, reader};

use crate::{Error, Law, Made, Maker, RuleText, Scope, Verified, verify};

/// A bureau with a ledger.
struct Bureau {
    events: Vec<Recorded>,
    log: MemoryLog,
    folder: Folder,
    _dir: TempDir,
}

/// Two whole lives, told in turns.
static BUREAU: LazyLock<Bureau> = LazyLock::new(|| {
    let mut past = Past::default();
    let (one, other) = (life(0), life(1));
    for (a, b) in one.into_iter().zip(other) {
        a(&mut past);
        b(&mut past);
    }
    Bureau::with(&past.events, 1)
});

impl Bureau {
    /// With these events, signed by the key of this number.
    fn with(events: &[Recorded], key: u8) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::at(dir.path());
        let log = MemoryLog::default();
        let events = wait(async {
            append(&log, events).await;
            sign(&folder, &log, key).await;
            log.read_all(None, usize::MAX).await.unwrap()
        });
        Bureau {
            events,
            log,
            folder,
            _dir: dir,
        }
    }

    fn key(&self) -> PublicKey {
        self.folder.keys().unwrap().all().next().unwrap().clone()
    }

    fn secret(&self) -> SecretKey {
        self.folder.kept_secret().unwrap().unwrap()
    }

    /// What was recorded of a person.
    fn of(&self, person: CadreId) -> Vec<Recorded> {
        let concerns = |event: &&Recorded| event.metadata.subjects.contains(&person.0);
        self.events.iter().filter(concerns).cloned().collect()
    }

    fn bundle(&self, scope: &Scope, events: Vec<Recorded>) -> Vec<u8> {
        self.made(scope, events).unwrap().to.into_inner()
    }

    fn made(&self, scope: &Scope, events: Vec<Recorded>) -> Result<Made<Cursor<Vec<u8>>>, Error> {
        self.printed(scope, events, None)
    }

    fn printed(
        &self,
        scope: &Scope,
        events: Vec<Recorded>,
        font: Option<&Font>,
    ) -> Result<Made<Cursor<Vec<u8>>>, Error> {
        let checkpoint = self.folder.note()?;
        let (Checkpoint { size, .. }, _) = self.folder.checkpoint()?;
        let indices = wait(self.folder.indices(&self.log, &events, size))?;
        let law = law();
        let mut replay = scope.replay()?;
        let to = Cursor::new(Vec::new());
        let mut maker = Maker::begin(to, scope, &law, checkpoint, &mut replay)?;
        maker.take(indices.into_iter().zip(events).collect())?;
        maker.finish(&self.folder, now(), font)
    }

    fn of_person(&self, n: u32) -> Vec<u8> {
        self.bundle(&scope(Subject::Person(person(n))), self.of(person(n)))
    }
}

async fn sign(folder: &Folder, log: &dyn EventLog, key: u8) {
    let secret = folder.secret("example.org/ledger", [key; 32]).unwrap();
    let mut signer = Signer::open(folder.clone(), secret.into(), log)
        .await
        .unwrap();
    while signer.advance(log, now).await.unwrap().is_some() {}
}

fn wait<T>(what: impl Future<Output = T>) -> T {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(what)
}

fn now() -> Timestamp {
    "2026-06-30T04:00:00Z".parse().unwrap()
}

fn law() -> Law {
    let texts = BUNDLED_RULES.iter().map(|(name, text)| RuleText {
        id: name.trim_end_matches(".toml").to_owned(),
        text: (*text).to_owned(),
    });
    let calendar = Calendar::bundled().unwrap();
    Law::read(texts.collect(), calendar.text()).unwrap()
}

fn scope(subject: Subject) -> Scope {
    Scope {
        subject,
        as_of: AsOf::default(),
        day: date("2026-06-30"),
        asked_by: reader(),
    }
}

fn verified(bundle: &[u8], key: &PublicKey) -> Result<Verified, Error> {
    verify(Cursor::new(bundle), key)
}

/// The events of a person as of a moment.
fn as_of(bureau: &Bureau, n: u32, as_of: AsOf) -> (Scope, Vec<Recorded>) {
    let events = select(&as_of, bureau.of(person(n))).unwrap();
    let scope = Scope {
        as_of,
        ..scope(Subject::Person(person(n)))
    };
    (scope, events)
}
