//! The ledger over the log: what is signed, and what is asked of it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use calendar::Timestamp;
use domain::{
    Aggregate as _, PetitionId,
    petition::PetitionCase,
    petition_access::{AttemptedBy, PetitionAccess},
};
use event_log::{Direction, EventId, Position, Revision, StreamName};
use ledger::{
    Checkpoint, Cosigned, EventProof, Folder, Hash, Keys, Note, PublicKey, SecretKey, Signer,
    TileId, TileReader as _,
};
use tokio::time::sleep;

use crate::{App, Error, Kind, Reading};

/// How long what has come waits for more, so that a busy bureau is signed for twice a second.
const BREATH: Duration = Duration::from_millis(500);
/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// The ledger of an application.
#[derive(Clone)]
pub(crate) struct Ledger {
    pub(crate) folder: Folder,
    witnesses: Arc<[PublicKey]>,
    signing: Arc<Mutex<Signing>>,
}

/// How the signing of the ledger stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Signing {
    /// Nobody signs in this process.
    #[default]
    Off,
    /// It follows the log; the last event that was signed is there.
    Following(Option<Position>),
    /// Something stands in the way for now. It is tried again.
    Waiting(&'static str),
    /// The log is not what was signed, or the ledger is damaged: someone has to look. With the code.
    Refused(&'static str),
}

/// How far the ledger is behind the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerLag {
    /// How its signing stands.
    pub signing: Signing,
    /// Since when the first event that no checkpoint covers has been recorded; nothing while there is none.
    pub age: Duration,
    /// How many events the newest checkpoint covers.
    pub size: u64,
}

/// Which event is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventPlace {
    /// The one with this id.
    Id(EventId),
    /// The one at this revision of a stream, as a history shows them.
    Stream(StreamName, Revision),
}

/// A checkpoint as it is given.
#[derive(Debug, Clone)]
pub struct SignedCheckpoint {
    /// The note.
    pub note: Note,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// When it was signed.
    pub signed: Timestamp,
}

impl App {
    /// The same application with a ledger in this folder, and these witnesses.
    #[must_use]
    pub fn with_ledger(self, folder: Folder, witnesses: Vec<PublicKey>) -> Self {
        let ledger = Ledger {
            folder,
            witnesses: witnesses.into(),
            signing: Arc::default(),
        };
        App {
            ledger: Some(ledger),
            ..self
        }
    }

    pub(crate) fn ledger(&self) -> Result<&Ledger, Error> {
        let none = || Error::Ledger(ledger::Error::Empty {});
        self.ledger.as_ref().ok_or_else(none)
    }

    /// Signs what is recorded, within a second, until `ended`; then what is left, as far as one checkpoint
    /// reaches: whoever begins with a long log is not waited for. What may pass, as where
    /// the log cannot be reached or the disk is full, is tried again. It ends at once where the log is not
    /// what was signed: [`App::ledger_lag`] says so from then on.
    pub async fn keep_signing(&self, secret: Arc<SecretKey>, ended: impl Future<Output = ()>) {
        let Some(ledger) = &self.ledger else { return };
        let mut ended = std::pin::pin!(ended);
        let mut signer = None;
        loop {
            let Err(error) = self
                .sign(ledger, &secret, &mut signer, ended.as_mut())
                .await
            else {
                return;
            };
            let error = Error::from(error);
            let code = error.code();
            if error.kind() != Kind::Unavailable {
                tracing::error!(code, "the ledger is not signed any more: {error}");
                return ledger.say(Signing::Refused(code));
            }
            tracing::error!(code, "the ledger cannot be signed now: {error}");
            ledger.say(Signing::Waiting(code));
            tokio::select! {
                () = ended.as_mut() => return,
                () = sleep(AGAIN) => {}
            }
        }
    }

    async fn sign(
        &self,
        ledger: &Ledger,
        secret: &Arc<SecretKey>,
        signer: &mut Option<Signer>,
        mut ended: std::pin::Pin<&mut impl Future<Output = ()>>,
    ) -> Result<(), ledger::Error> {
        let log = self.log().as_ref();
        let signer = match signer {
            Some(signer) => signer,
            None => signer.insert(Signer::open(ledger.folder.clone(), secret.clone(), log).await?),
        };
        let mut last = false;
        loop {
            signer.advance(log, || self.parts.clock.now()).await?;
            ledger.say(Signing::Following(signer.position()));
            if last {
                return Ok(());
            }
            // Also while more comes without end: a checkpoint after each commit would cost those who append.
            let more = async {
                log.wait(signer.position()).await?;
                sleep(BREATH).await;
                Ok::<_, ledger::Error>(())
            };
            tokio::select! {
                () = ended.as_mut() => last = true,
                more = more => more?,
            }
        }
    }

    /// How far the ledger is behind the log; nothing if there is none, or nobody signs it here.
    ///
    /// # Errors
    /// If the log or the ledger cannot be read.
    pub async fn ledger_lag(&self) -> Result<Option<LedgerLag>, Error> {
        let Some(ledger) = &self.ledger else {
            return Ok(None);
        };
        let signing = ledger.signing();
        if signing == Signing::Off {
            return Ok(None);
        }
        let size = match ledger.folder.checkpoint() {
            Ok((checkpoint, _)) => checkpoint.size,
            Err(ledger::Error::Empty {}) => 0,
            Err(error) => return Err(error.into()),
        };
        let age = match signing {
            Signing::Following(position) if self.log().head().await? > position => {
                self.age_behind(position).await?
            }
            Signing::Off | Signing::Following(_) | Signing::Waiting(_) | Signing::Refused(_) => {
                Duration::ZERO
            }
        };
        Ok(Some(LedgerLag { signing, age, size }))
    }

    async fn age_behind(&self, position: Option<Position>) -> Result<Duration, Error> {
        let behind = self.log().read_all(position, 1).await?;
        let since = behind.first().map(|first| first.metadata.recorded);
        let since = since.map(|recorded| self.parts.clock.now().duration_since(recorded));
        let age = since.and_then(|age| age.try_into().ok());
        Ok(age.unwrap_or_default())
    }

    /// The newest checkpoint.
    ///
    /// # Errors
    /// As [`Folder::checkpoint`].
    pub fn checkpoint(&self) -> Result<SignedCheckpoint, Error> {
        let folder = &self.ledger()?.folder;
        let note = folder.note()?;
        let (checkpoint, signed) = folder.keys()?.open(&note)?;
        Ok(SignedCheckpoint {
            note,
            checkpoint,
            signed,
        })
    }

    /// The proof that the tree of `size` leaves extends the one of `old`.
    ///
    /// # Errors
    /// As [`Folder::consistency`].
    pub fn prove_consistency(&self, old: u64, size: u64) -> Result<Vec<Hash>, Error> {
        Ok(self.ledger()?.folder.consistency(old, size)?)
    }

    /// A tile of the ledger; nothing if there is none of this width.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.ledger()?.folder.tile(id)?)
    }

    /// The keys of the ledger, and the notes by which each was handed over to the next.
    ///
    /// # Errors
    /// As [`Folder::keys`].
    pub fn ledger_keys(&self) -> Result<(Keys, Vec<Note>), Error> {
        let folder = &self.ledger()?.folder;
        Ok((folder.keys()?, folder.rotations()?))
    }

    /// Takes the cosignatures of known witnesses from a note.
    ///
    /// # Errors
    /// As [`Folder::add_cosignatures`].
    pub fn add_cosignatures(&self, note: &Note) -> Result<Cosigned, Error> {
        let Ledger {
            folder, witnesses, ..
        } = self.ledger()?;
        Ok(folder.add_cosignatures(note, witnesses)?)
    }

    /// The checkpoints that known witnesses have cosigned, the smallest first.
    ///
    /// # Errors
    /// As [`Folder::cosigned`].
    pub fn cosigned(&self) -> Result<Vec<Cosigned>, Error> {
        let Ledger {
            folder, witnesses, ..
        } = self.ledger()?;
        Ok(folder.cosigned(witnesses)?)
    }
}

impl Reading {
    /// The proof that an event is in the newest checkpoint. Of a petition that is sealed from the reader there
    /// is no event.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such event; as [`Folder::prove`].
    pub async fn prove(&self, event: EventPlace) -> Result<EventProof, Error> {
        let (folder, log) = (&self.app.ledger()?.folder, self.app.log().as_ref());
        let found = match event {
            EventPlace::Id(id) => log.find(id).await?,
            EventPlace::Stream(stream, revision) => {
                let one = log.read_stream(&stream, Some(revision), Direction::Forwards, 1);
                one.await?.pop()
            }
        };
        let found = found.ok_or(Error::NotFound("event"))?;
        if [PetitionCase::CATEGORY, PetitionAccess::CATEGORY].contains(&found.stream.category()) {
            let petition = found.stream.id().parse().map(PetitionId);
            let petition = petition.map_err(|_| Error::NotFound("event"))?;
            match self.petition_asked(petition, AttemptedBy::History).await {
                Ok(_) => {}
                Err(Error::NotFound(_)) => return Err(Error::NotFound("event")),
                Err(error) => return Err(error),
            }
        }
        Ok(folder.prove(log, &found).await?)
    }
}

impl Ledger {
    fn say(&self, signing: Signing) {
        *self.signing.lock().unwrap_or_else(PoisonError::into_inner) = signing;
    }

    pub(crate) fn signing(&self) -> Signing {
        *self.signing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
