//! A copy of a log that is in use.

use std::{
    fs::{self, File, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::Path,
};

use event_log::{LogError, StorageFault};

use crate::{Checked, check, error::describe, schema};

/// Copies the log and checks the copy; see [`crate::SqliteLog::backup`].
///
/// `VACUUM INTO` reads the log as it is at one moment and keeps positions. Beside SQLite's page-wise
/// copy it takes as long, holds writers up no more, and leaves one compact file.
pub(crate) fn backup(path: &Path, to: &Path) -> Result<Checked, LogError> {
    let source = schema::open_reader(path).map_err(|e| describe(&e, false))?;
    schema::check(&source)?;
    let name = to.to_str().ok_or_else(|| failed("its path is no text"))?;
    source
        .execute("VACUUM INTO ?1", [name])
        .map_err(|e| describe(&e, false))?;
    drop(source);
    fs::set_permissions(to, Permissions::from_mode(0o600))
        .and_then(|()| File::open(to))
        .and_then(|file| file.sync_all())
        .map_err(|e| failed(&e.to_string()))?;
    check::file(to)
}

fn failed(detail: &str) -> LogError {
    LogError::Storage {
        fault: StorageFault::CannotOpen,
        detail: detail.to_owned(),
        unknown: false,
    }
}
