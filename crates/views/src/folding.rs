//! The write-ahead log, folded into the file beside whoever writes: who writes alone, and waits for the
//! disk meanwhile, keeps everyone waiting who wants to read what was written.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use rusqlite::Connection;

/// After how many commits: often enough that the writer, who folds in what is left once the
/// write-ahead log is long, finds little.
const COMMITS: u32 = 32;

#[derive(Default)]
pub(crate) struct Folding {
    /// None while the file is replaced.
    conn: Arc<Mutex<Option<Connection>>>,
    commits: AtomicU32,
}

impl Folding {
    /// Another file, or none for now.
    pub(crate) fn replace(&self, conn: Option<Connection>) {
        *lock(&self.conn) = conn;
    }

    /// Counts a commit, and begins to fold in when it is time. Waits for nothing.
    pub(crate) fn committed(&self) {
        let before = self.commits.fetch_add(1, Ordering::Relaxed);
        if before % COMMITS != COMMITS - 1 {
            return;
        }
        let conn = Arc::clone(&self.conn);
        tokio::task::spawn_blocking(move || {
            if let Some(conn) = lock(&conn).as_ref()
                && let Err(error) = fold(conn)
            {
                tracing::warn!("the views' write-ahead log was not folded in: {error}");
            }
        });
    }
}

/// As far as it goes without anyone waiting.
fn fold(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
}

/// Nothing is left half-done by a panic, so a poisoned lock is as good as any.
fn lock(conn: &Mutex<Option<Connection>>) -> MutexGuard<'_, Option<Connection>> {
    conn.lock().unwrap_or_else(PoisonError::into_inner)
}
