//! The connections that only read.
//!
//! Short reads are queued to a few threads, each with a connection of its own; a thread answers all
//! that wait in one transaction. SQLite empties a connection's cache when another one has written
//! since its last transaction, so it is far cheaper to begin one for many than one for each. Long
//! reads have connections apart, so that no short one waits behind a page.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use event_log::{
    Direction, EventId, LogError, PageReader, Position, Recorded, Revision, StoredPage, StreamName,
};
use rusqlite::Connection;
use tokio::sync::{Semaphore, mpsc, oneshot};

use crate::{error::describe, reader, schema};

/// How many threads answer short reads.
const THREADS: usize = 2;

/// How many short reads may wait for one thread; further ones wait for a place.
const QUEUE: usize = 1024;

/// How many short reads share a transaction: few enough that it is short too.
const TOGETHER: usize = 64;

/// In pages: what a transaction of short reads comes by. Each commit of the writer makes it forgotten,
/// and to forget takes the longer the more there may be.
const SHORT_CACHE: u32 = 128;

/// How many long reads there are at a time.
const LONG: usize = 2;

/// A short read; it gives its answer to whoever asked.
type Read = Box<dyn FnOnce(&Connection) + Send>;

pub(crate) struct Readers {
    path: PathBuf,
    /// One queue for each thread; none while they are dropped.
    short: Vec<mpsc::Sender<Read>>,
    next: AtomicUsize,
    threads: Vec<thread::JoinHandle<()>>,
    long: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn open(path: &Path) -> Result<Self, LogError> {
        let open = || schema::open_reader(path).map_err(|e| describe(&e, false));
        let mut readers = Readers {
            path: path.to_owned(),
            short: Vec::new(),
            next: AtomicUsize::new(0),
            threads: Vec::new(),
            long: Arc::new(Mutex::new(
                (0..LONG).map(|_| open()).collect::<Result<_, _>>()?,
            )),
            permits: Arc::new(Semaphore::new(LONG)),
        };
        for _ in 0..THREADS {
            let connection = open()?;
            connection
                .pragma_update(None, "cache_size", SHORT_CACHE)
                .map_err(|e| describe(&e, false))?;
            let (sender, reads) = mpsc::channel(QUEUE);
            let thread = thread::Builder::new()
                .name("event-log-reader".to_owned())
                .spawn(move || serve(&connection, reads));
            readers.threads.push(thread.map_err(|e| no_thread(&e))?);
            readers.short.push(sender);
        }
        Ok(readers)
    }

    pub(crate) async fn stream(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        let stream = stream.clone();
        self.short(move |connection| {
            reader::read_stream(connection, &stream, from, direction, limit)
        })
        .await
    }

    pub(crate) async fn streams(
        &self,
        streams: Vec<StreamName>,
        limit: usize,
    ) -> Result<Vec<Vec<Recorded>>, LogError> {
        self.long(move |connection| {
            let read = |stream: &StreamName| {
                reader::read_stream(connection, stream, None, Direction::Forwards, limit)
            };
            streams.iter().map(read).collect()
        })
        .await
    }

    pub(crate) async fn all(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        self.long(move |connection| reader::read_all(connection, after, limit))
            .await
    }

    /// With a connection of its own.
    pub(crate) fn here(&self, after: Option<Position>) -> Result<Box<dyn PageReader>, LogError> {
        Ok(Box::new(Here {
            connection: schema::open_reader(&self.path).map_err(|e| describe(&e, false))?,
            after,
        }))
    }

    pub(crate) async fn find(&self, id: EventId) -> Result<Option<Recorded>, LogError> {
        self.short(move |connection| reader::find(connection, id))
            .await
    }

    pub(crate) async fn newest(&self) -> Result<Option<Recorded>, LogError> {
        self.short(reader::newest).await
    }

    /// Reads a few events.
    async fn short<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (answer, answered) = oneshot::channel();
        let read: Read = Box::new(move |connection| {
            // Who no longer waits needs no answer.
            let _ = answer.send(query(connection));
        });
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % THREADS;
        let Some(queue) = self.short.get(turn) else {
            return Err(ended());
        };
        queue.send(read).await.map_err(|_| ended())?;
        answered.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Reads a page, on a thread that may block.
    async fn long<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| ended())?;
        let idle = Arc::clone(&self.long);
        // Gives its connection back also when the caller no longer waits.
        let read = tokio::task::spawn_blocking(move || {
            let taken = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(connection) = taken else {
                return Err(ended());
            };
            let result = query(&connection);
            idle.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
            drop(permit);
            result
        });
        read.await.unwrap_or_else(|_| Err(ended()))
    }
}

/// Reads on the thread that asks.
struct Here {
    connection: Connection,
    after: Option<Position>,
}

impl PageReader for Here {
    fn page(&mut self, most: usize) -> Result<StoredPage, LogError> {
        let page = reader::read_page(&self.connection, self.after, most)?;
        self.after = page.last().or(self.after);
        Ok(page)
    }
}

impl Drop for Readers {
    /// Waits until the threads have closed their connections.
    fn drop(&mut self) {
        self.short.clear();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread that reads the event log had failed");
            }
        }
    }
}

fn serve(connection: &Connection, mut reads: mpsc::Receiver<Read>) {
    let mut together = Vec::with_capacity(TOGETHER);
    while reads.blocking_recv_many(&mut together, TOGETHER) > 0 {
        // Without a transaction around them each has one of its own, and tells what is wrong.
        let transaction = connection.unchecked_transaction();
        for read in together.drain(..) {
            read(connection);
        }
        drop(transaction);
    }
}

fn ended() -> LogError {
    LogError::Unavailable {
        reason: "the log is being closed".to_owned(),
        unknown: false,
    }
}

/// The system gives no thread.
pub(crate) fn no_thread(error: &std::io::Error) -> LogError {
    LogError::Unavailable {
        reason: format!("no thread can be started: {error}"),
        unknown: false,
    }
}
