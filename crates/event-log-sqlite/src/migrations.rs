//! How a file of an older format becomes one of the format this program writes.

use rusqlite::{Connection, Result, Transaction, TransactionBehavior, functions::FunctionFlags};

use crate::{
    checksum::Stored,
    schema::{self, APPLICATION_ID, FORMAT},
};

/// What makes a file of format `n` one of format `n + 1`, beginning with format 1. What was written
/// once is never edited.
const STEPS: &[fn(&Transaction<'_>) -> Result<()>] = &[checksums];

/// Brings the file to the format this program writes: whole, or not at all.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read under the lock: someone else may have been faster.
    let (_, found) = schema::stamp(&transaction)?;
    let done = usize::try_from(found).unwrap_or(0).saturating_sub(1);
    for step in STEPS.iter().skip(done) {
        step(&transaction)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

/// Format 2: each event has a checksum. It is reckoned from what the file holds now, so it tells of
/// damage from now on.
fn checksums(transaction: &Transaction<'_>) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    transaction.create_scalar_function("event_checksum", 8, flags, |row| {
        let text = |column| Ok::<_, rusqlite::Error>(row.get_raw(column).as_bytes()?);
        let stored = Stored {
            position: row.get(0)?,
            stream: text(1)?,
            revision: row.get(2)?,
            recorded: row.get(3)?,
            id: text(4)?,
            name: text(5)?,
            metadata: text(6)?,
            data: text(7)?,
        };
        Ok(stored.checksum())
    })?;
    transaction.execute_batch(include_str!("format-2.sql"))?;
    transaction.remove_function("event_checksum", 8)
}
