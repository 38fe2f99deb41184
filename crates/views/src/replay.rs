//! The views of chosen events: what the live views would hold had nothing else been recorded.

use std::ops::Deref;

use event_log::Recorded;
use rusqlite::{Connection, Transaction};

use crate::{
    ViewsError,
    store::{WRITER_CACHE, keep_plans, make_tables, take_over, tune},
    view::{Registered, VIEWS},
};

/// The tables of the views, empty, outside any file that is kept. Made once and used again.
pub struct Replay {
    conn: Connection,
}

/// A replay under way. What was taken over is forgotten when this is dropped.
pub struct Replayed<'a> {
    tx: Transaction<'a>,
}

impl Replay {
    /// In memory, for the events of a few streams.
    ///
    /// # Errors
    /// [`ViewsError::Sqlite`].
    pub fn in_memory() -> Result<Self, ViewsError> {
        Self::at(Connection::open_in_memory()?)
    }

    /// In a nameless file that SQLite removes by itself, for the events of a whole bureau.
    ///
    /// # Errors
    /// [`ViewsError::Sqlite`].
    pub fn on_disk() -> Result<Self, ViewsError> {
        Self::at(Connection::open("")?)
    }

    fn at(mut conn: Connection) -> Result<Self, ViewsError> {
        keep_plans(&conn)?;
        conn.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")?;
        tune(&conn, WRITER_CACHE)?;
        let tx = conn.transaction()?;
        make_tables(&tx)?;
        tx.commit()?;
        Ok(Replay { conn })
    }

    /// Begins with nothing.
    ///
    /// # Errors
    /// [`ViewsError::Sqlite`].
    pub fn begin(&mut self) -> Result<Replayed<'_>, ViewsError> {
        Ok(Replayed {
            tx: self.conn.transaction()?,
        })
    }
}

impl Replayed<'_> {
    /// Takes events over, in the order of the log, into the views of these names; the others learn
    /// nothing of them.
    ///
    /// # Errors
    /// [`ViewsError`] at the first event that cannot be taken over.
    pub fn apply(&self, views: &[&str], events: &[Recorded]) -> Result<(), ViewsError> {
        let wanted: Vec<&Registered> = wanted(views).collect();
        take_over(&self.tx, events, &wanted)
    }

    /// Adds the indexes that only questions need, once all events are taken over: worth it where there
    /// are many.
    ///
    /// # Errors
    /// [`ViewsError::Sqlite`].
    pub fn index(&self, views: &[&str]) -> Result<(), ViewsError> {
        wanted(views).try_for_each(|view| Ok(self.tx.execute_batch(view.indexes)?))
    }
}

fn wanted(views: &[&str]) -> impl Iterator<Item = &'static Registered> {
    VIEWS.iter().filter(|view| views.contains(&view.name))
}

/// To be asked like the live views.
impl Deref for Replayed<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.tx
    }
}
