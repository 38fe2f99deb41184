use event_log::LogError;
use rusqlite::{Error, ErrorCode};

/// What the operator should know of a failure. `unknown`: whether the events may have been
/// written all the same.
pub(crate) fn describe(error: &Error, unknown: bool) -> LogError {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => {
            return LogError::Corrupt(format!("{error}: restore the file from a backup"));
        }
        Some(ErrorCode::NotADatabase) => {
            return LogError::Corrupt("the file is no event log".to_owned());
        }
        Some(ErrorCode::DiskFull) => "the disk is full: free some space and try again",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process holds the file: end it and try again"
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "the file or its folder is read-only: allow this user to write there"
        }
        Some(ErrorCode::CannotOpen) => {
            "the file cannot be opened: check that its folder exists and this user may write there"
        }
        Some(ErrorCode::SystemIoFailure) => "the disk reports a failure: check it",
        Some(ErrorCode::OutOfMemory) => "out of memory",
        _ => {
            return LogError::Unavailable {
                reason: error.to_string(),
                unknown,
            };
        }
    };
    LogError::Unavailable {
        reason: format!("{reason} ({error})"),
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
