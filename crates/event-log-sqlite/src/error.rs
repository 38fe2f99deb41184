use event_log::{LogError, StorageFault};
use rusqlite::{Error, ErrorCode};

/// What the operator should know of a failure. `unknown`: whether the events may have been
/// written all the same.
pub(crate) fn describe(error: &Error, unknown: bool) -> LogError {
    let fault = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => return LogError::Corrupt(error.to_string()),
        Some(ErrorCode::NotADatabase) => StorageFault::NotALog,
        Some(ErrorCode::DiskFull) => StorageFault::DiskFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StorageFault::Locked,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StorageFault::ReadOnly,
        Some(ErrorCode::CannotOpen) => StorageFault::CannotOpen,
        Some(ErrorCode::SystemIoFailure) => StorageFault::DiskFailed,
        _ => {
            return LogError::Unavailable {
                reason: error.to_string(),
                unknown,
            };
        }
    };
    LogError::Storage {
        fault,
        detail: error.to_string(),
        unknown,
    }
}

/// The thread that writes has ended; only a fault in this program does that.
pub(crate) fn writer_ended(unknown: bool) -> LogError {
    LogError::Unavailable {
        reason: "the writer has ended: start the program again".to_owned(),
        unknown,
    }
}
