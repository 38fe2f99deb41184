//! What the client's errors mean for whoever asked.

use event_log::LogError;
use kurrentdb::Error;

/// Why a request was not answered.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Nothing was done, and the client has turned to the leader by itself.
    NotLeader,
    /// The node is there but did not finish; whether it did what was asked is unknown.
    Unfinished(String),
    /// This client is of no further use.
    Lost {
        /// What the operator should know.
        reason: String,
        /// Whether a node may have got the request.
        sent: bool,
    },
    /// The server does not let us.
    Denied,
    /// It would be answered the same again.
    Refused(LogError),
}

// The codes of gRPC, by number: the client's type for them belongs to a tonic that only it uses.
const INVALID_ARGUMENT: i32 = 3;

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotLeaderException(_) => Problem::NotLeader,
            // Such as "aborted": the leader waited too long for the other nodes.
            Error::Grpc { code, message } if i32::from(code) != INVALID_ARGUMENT => {
                Problem::Unfinished(format!("{code:?}: {message}"))
            }
            Error::ServerError(_) | Error::DeadlineExceeded => Problem::Lost {
                reason: error.to_string(),
                sent: true,
            },
            // Where a stream that does not exist is no error, this is a node that knows of no
            // leader.
            Error::ResourceNotFound => Problem::Lost {
                reason: "the node knows of no leader".to_owned(),
                sent: true,
            },
            Error::ConnectionClosed | Error::GrpcConnectionError(_) => Problem::Lost {
                reason: error.to_string(),
                sent: false,
            },
            Error::AccessDenied => Problem::Denied,
            Error::ResourceDeleted => Problem::Refused(LogError::Corrupt(
                "a stream was deleted on the server".to_owned(),
            )),
            other => Problem::Refused(unavailable(&other.to_string())),
        }
    }
}

/// Nothing was written.
pub(crate) fn unavailable(reason: &str) -> LogError {
    LogError::Unavailable {
        reason: reason.to_owned(),
        unknown: false,
    }
}

/// Whether the server found a request malformed or too large.
pub(crate) fn is_invalid(error: &Error) -> bool {
    matches!(error, Error::Grpc { code, .. } if i32::from(*code) == INVALID_ARGUMENT)
}
