//! Where the log is written.

use rusqlite::{Connection, Result};

use crate::{
    group::{Group, Memory},
    schema,
};

/// The connection that writes, and what it remembers of the file.
pub(crate) struct Desk {
    connection: Connection,
    memory: Memory,
}

impl Desk {
    pub(crate) fn new(connection: Connection) -> Self {
        Desk {
            connection,
            memory: Memory::default(),
        }
    }

    /// What is written together from here on.
    pub(crate) fn begin(&mut self) -> Result<Group<'_>> {
        Group::begin(&self.connection, &mut self.memory)
    }

    /// Undoes what a failed group left, as far as SQLite has not done so itself.
    pub(crate) fn give_up(&mut self) {
        self.memory = Memory::default();
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a failed write could not be undone");
        }
    }

    /// Leaves the write-ahead log as it is when the file is closed.
    pub(crate) fn keep_journal(&self) -> Result<()> {
        schema::keep_journal(&self.connection, true)
    }
}
