use std::sync::Arc;

use calendar::Timestamp;
use event_log::{EventLog, LogError, Position, Recorded, StoredEvent};
use tokio::task::spawn_blocking;

use crate::{
    Checkpoint, Error, Folder, Hash, Leaf, Note, SecretKey, TileId, Tree,
    edge::Edge,
    tile::{Tiles, WIDTH},
};

/// How many events one checkpoint takes in at most: what is in memory until it is on the disk.
const MOST_EVENTS: u64 = 65_536;
/// How many events are read at a time: while others append, a log in a file begins each page with nothing of
/// the file at hand.
const PAGE: usize = 1_024;

/// Signs what the log holds. There is one for a folder at a time.
///
/// The log is the truth and the tiles follow from it, so they may be missing or damaged: they are written
/// anew. The checkpoint does not follow from anything. What it says, the log must hold for ever; if the
/// log does not, nothing more is signed.
pub struct Signer {
    folder: Folder,
    secret: Arc<SecretKey>,
    edge: Edge,
    /// The event of the last leaf.
    position: Option<Position>,
}

/// A checkpoint that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// Where in the log its last event is.
    pub position: Option<Position>,
    /// When.
    pub time: Timestamp,
}

impl Signer {
    /// Takes up a ledger where it was left. Reads the last tile and its events; if they are not what they
    /// should be, or the log has its events at other positions now, the whole log, and writes the tiles
    /// anew.
    ///
    /// # Errors
    /// [`Error::NotExtended`] if the log does not hold what was signed; as [`Folder::checkpoint`];
    /// [`Error::Log`].
    pub async fn open(
        folder: Folder,
        secret: Arc<SecretKey>,
        log: &dyn EventLog,
    ) -> Result<Self, Error> {
        let signed = match folder.checkpoint() {
            Ok((signed, _)) => signed,
            Err(Error::Empty {}) => {
                let (edge, position) = (Edge::default(), None);
                return Ok(Signer {
                    folder,
                    secret,
                    edge,
                    position,
                });
            }
            Err(error) => return Err(error),
        };
        let taken_up = take_up(&folder, &signed, log).await?;
        let (edge, position) = match taken_up {
            Some(taken_up) => taken_up,
            None => {
                // Twice: the tiles, which may tell what was changed, stay until the log is known to be good.
                derive(&signed, log, |_, _, _| Ok(())).await?;
                derive(&signed, log, |tiles, first_end, ends| {
                    folder.write_tiles(tiles, first_end, ends)
                })
                .await?
            }
        };
        Ok(Signer {
            folder,
            secret,
            edge,
            position,
        })
    }

    /// Where in the log the last event is that was signed.
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// Signs what has come since, 65,536 events at most; nothing if nothing has. The tiles are on the disk
    /// before the checkpoint takes the place of the one before.
    ///
    /// # Errors
    /// [`Error::Log`], [`Error::Io`]; nothing was signed then, and it may be tried again.
    pub async fn advance(
        &mut self,
        log: &dyn EventLog,
        now: impl FnOnce() -> Timestamp,
    ) -> Result<Option<Signed>, Error> {
        let grown = Grown::new(self.edge.clone(), self.position);
        let grown = grown.take(log, MOST_EVENTS).await?;
        if grown.edge.size == self.edge.size {
            return Ok(None);
        }
        let time = now();
        let checkpoint = Checkpoint {
            origin: self.secret.public().name().to_owned(),
            size: grown.edge.size,
            root: grown.edge.root(),
        };
        let note = checkpoint.sign(&self.secret, time);
        let Grown { edge, position, .. } = &grown;
        (self.edge, self.position) = {
            let grown_to = (edge.clone(), *position);
            let folder = self.folder.clone();
            let written = spawn_blocking(move || write(&folder, &grown, &note)).await;
            written.map_err(|e| Error::Io {
                path: self.folder.path().display().to_string(),
                reason: e.to_string(),
            })??;
            grown_to
        };
        Ok(Some(Signed {
            checkpoint,
            position: self.position,
            time,
        }))
    }
}

fn write(folder: &Folder, grown: &Grown, note: &Note) -> Result<(), Error> {
    let mut tiles = grown.filled.clone();
    let partial = grown.edge.partial();
    tiles.extend(partial.map(|(id, hashes)| (id, hashes.to_vec())));
    folder.write_tiles(&tiles, grown.first_end, &grown.ends)?;
    folder.keep(note)?;
    grown
        .filled
        .iter()
        .try_for_each(|(id, _)| folder.remove_parts(*id))
}

/// A tree that takes events in.
struct Grown {
    edge: Edge,
    position: Option<Position>,
    /// The tiles that became full.
    filled: Vec<(TileId, Vec<Hash>)>,
    /// Where those of level 0 end, and the number of the first of them.
    first_end: u64,
    ends: Vec<Position>,
}

impl Grown {
    fn new(edge: Edge, position: Option<Position>) -> Self {
        Grown {
            first_end: edge.size / WIDTH,
            edge,
            position,
            filled: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Takes in so many events at most; fewer if the log ends.
    async fn take(mut self, log: &dyn EventLog, most: u64) -> Result<Self, Error> {
        let end = self.edge.size + most;
        let Some(mut reader) = log.page_reader(self.position)? else {
            loop {
                let page = log.read_all(self.position, PAGE).await?;
                if !self.push_up_to(end, page.iter().map(Recorded::stored))? {
                    return Ok(self);
                }
            }
        };
        // What one thread reads and another hashes costs more.
        let taken = spawn_blocking(move || {
            while self.push_up_to(end, reader.page(PAGE)?.iter())? {}
            Ok(self)
        });
        taken.await.unwrap_or_else(|e| {
            let reason = e.to_string();
            let unknown = false;
            Err(LogError::Unavailable { reason, unknown }.into())
        })
    }

    /// Says whether there may be more to take in.
    fn push_up_to<'a>(
        &mut self,
        end: u64,
        page: impl Iterator<Item = StoredEvent<'a>>,
    ) -> Result<bool, Error> {
        let left = usize::try_from(end - self.edge.size).unwrap_or(usize::MAX);
        let before = self.edge.size;
        page.take(left).try_for_each(|event| self.push(event))?;
        Ok(self.edge.size < end && self.edge.size > before)
    }

    fn push(&mut self, event: StoredEvent<'_>) -> Result<(), Error> {
        let leaf = Leaf::of(event)?.hash();
        self.edge.push(leaf, &mut self.filled);
        self.position = Some(event.position);
        if self.edge.size.is_multiple_of(WIDTH) {
            self.ends.push(event.position);
        }
        Ok(())
    }
}

/// The edge and the position of a checkpoint, if the last tile and its events are as they should be.
async fn take_up(
    folder: &Folder,
    signed: &Checkpoint,
    log: &dyn EventLog,
) -> Result<Option<(Edge, Option<Position>)>, Error> {
    let edge = match Edge::read(folder, signed.size) {
        Ok(edge) if edge.root() == signed.root => edge,
        Ok(_) | Err(Error::TilesDamaged { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(last) = signed.size.checked_sub(1) else {
        return Ok(Some((edge, None)));
    };
    // The events of the last leaf's tile are derived again.
    let first = last / WIDTH * WIDTH;
    let ends = folder.positions()?;
    let after = match first / WIDTH {
        0 => None,
        tile => match usize::try_from(tile - 1).ok().and_then(|at| ends.get(at)) {
            Some(end) => Some(*end),
            None => return Ok(None),
        },
    };
    let Some(id) = TileId::holding(0, last, signed.size) else {
        return Ok(None);
    };
    let leaves: Tree = Tiles::new(folder, signed.size)
        .tile(id)?
        .into_iter()
        .collect();
    let grown = Grown::new(Edge::default(), after);
    let grown = grown.take(log, signed.size - first).await?;
    let same = grown.edge.size == leaves.size() && grown.edge.root() == leaves.root();
    Ok(same.then_some((edge, grown.position)))
}

/// Derives the tree of a checkpoint from the whole log, and gives its tiles to `tiles`.
async fn derive(
    signed: &Checkpoint,
    log: &dyn EventLog,
    tiles: impl Fn(&[(TileId, Vec<Hash>)], u64, &[Position]) -> Result<(), Error>,
) -> Result<(Edge, Option<Position>), Error> {
    let (mut edge, mut position) = (Edge::default(), None);
    while edge.size < signed.size {
        let grown = Grown::new(edge.clone(), position);
        let left = signed.size - edge.size;
        let grown = grown.take(log, left.min(MOST_EVENTS)).await?;
        if grown.edge.size == edge.size {
            break;
        }
        let mut derived = grown.filled;
        if grown.edge.size == signed.size {
            let partial = grown.edge.partial();
            derived.extend(partial.map(|(id, hashes)| (id, hashes.to_vec())));
        }
        tiles(&derived, grown.first_end, &grown.ends)?;
        (edge, position) = (grown.edge, grown.position);
    }
    match edge.size == signed.size && edge.root() == signed.root {
        true => Ok((edge, position)),
        false => Err(Error::NotExtended { size: signed.size }),
    }
}
