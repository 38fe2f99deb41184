//! From a failure to a gRPC status and back: the one place that knows both.

use std::collections::HashMap;

use app::{Error, Kind, Violation};
use metrics::counter;
use tonic::{Code, Status};
use tonic_types::{
    BadRequest, ErrorDetail, ErrorInfo, FieldViolation, LocalizedMessage, StatusExt,
};

use crate::{caller::Unauthenticated, client};

/// How many calls were refused or failed, by their codes.
const REJECTIONS: &str = "sangyu_rejections_total";
/// Whose codes they are, in `ErrorInfo`.
const DOMAIN: &str = "sangyu";
/// The locale of the Chinese text.
const ZH: &str = "zh-CN";

/// The status of a failed call.
///
/// Its message is English. Its details are an `ErrorInfo` with the stable code as the reason, a
/// `LocalizedMessage` in `en` and in `zh-CN`, and for a malformed request a `BadRequest` with every
/// fault under its field's path.
pub(crate) fn of(error: &Error) -> Status {
    let code = match error.kind() {
        Kind::NotFound => Code::NotFound,
        Kind::Rejected => Code::FailedPrecondition,
        Kind::Conflict => Code::Aborted,
        Kind::Forbidden => Code::PermissionDenied,
        Kind::Invalid => Code::InvalidArgument,
        Kind::Unavailable => Code::Unavailable,
        Kind::Internal => Code::Internal,
    };
    let mut facts = HashMap::new();
    let mut faults = None;
    match error {
        Error::Conflict { expected, actual } => {
            for (name, revision) in [("expected_revision", expected), ("actual_revision", actual)] {
                facts.extend(revision.map(|revision| (name.to_owned(), revision.to_string())));
            }
        }
        Error::Invalid(violations) => faults = Some(bad_request(violations)),
        Error::Rejected(_)
        | Error::NotFound(_)
        | Error::Views(_)
        | Error::Attachments(_)
        | Error::Unavailable(_)
        | Error::Storage { .. }
        | Error::Damaged(_)
        | Error::Ledger(_)
        | Error::Bundle(_)
        | Error::Internal(_) => {}
    }
    status(
        code,
        error.code(),
        facts,
        &error.to_string(),
        error.zh(),
        faults,
    )
}

/// The status of an import that did not come to its end.
pub(crate) fn of_import(error: &import::Error) -> Status {
    let code = match error {
        import::Error::App(error) => return of(error),
        import::Error::File(_) => Code::InvalidArgument,
        import::Error::Rejects(_) => Code::Internal,
    };
    status(
        code,
        error.code(),
        HashMap::new(),
        &error.to_string(),
        error.zh(),
        None,
    )
}

/// The status of a call that does not say who acts.
pub(crate) fn of_unauthenticated(missing: Unauthenticated) -> Status {
    let facts = HashMap::from([("header".to_owned(), missing.header.to_owned())]);
    let (code, reason) = (Code::Unauthenticated, Unauthenticated::CODE);
    status(code, reason, facts, &missing.en(), missing.zh(), None)
}

fn bad_request(violations: &[Violation]) -> ErrorDetail {
    let field = |v: &Violation| FieldViolation::new(v.field.as_str(), v.en.as_str());
    BadRequest::new(violations.iter().map(field).collect::<Vec<_>>()).into()
}

fn status(
    code: Code,
    reason: &str,
    facts: HashMap<String, String>,
    en: &str,
    zh: String,
    faults: Option<ErrorDetail>,
) -> Status {
    counter!(REJECTIONS, "code" => reason.to_owned()).increment(1);
    let mut details: Vec<ErrorDetail> = vec![
        ErrorInfo::new(reason, DOMAIN, facts).into(),
        LocalizedMessage::new("en", en).into(),
        LocalizedMessage::new(ZH, zh).into(),
    ];
    details.extend(faults);
    Status::with_error_details_vec(code, en, details)
}

/// What a failed call says, for the client.
pub(crate) fn read(status: &Status) -> client::Error {
    let kind = match status.code() {
        Code::NotFound => Kind::NotFound,
        Code::FailedPrecondition => Kind::Rejected,
        Code::Aborted => Kind::Conflict,
        Code::PermissionDenied | Code::Unauthenticated => Kind::Forbidden,
        Code::InvalidArgument | Code::OutOfRange | Code::AlreadyExists => Kind::Invalid,
        Code::Unavailable | Code::Cancelled | Code::DeadlineExceeded | Code::ResourceExhausted => {
            Kind::Unavailable
        }
        Code::Ok | Code::Unknown | Code::Internal | Code::Unimplemented | Code::DataLoss => {
            Kind::Internal
        }
    };
    let (mut code, mut zh, mut faults) = (None, None, Vec::new());
    for detail in status.get_error_details_vec() {
        match detail {
            ErrorDetail::ErrorInfo(info) if info.domain == DOMAIN => code = Some(info.reason),
            ErrorDetail::LocalizedMessage(text) if text.locale == ZH => zh = Some(text.message),
            ErrorDetail::BadRequest(found) => {
                let fault = |FieldViolation {
                                 field, description, ..
                             }| client::Fault {
                    field,
                    en: description,
                };
                faults.extend(found.field_violations.into_iter().map(fault));
            }
            _ => {}
        }
    }
    // Without details it was not Sangyu that answered, or the connection broke.
    let code = code.unwrap_or_else(|| "call_failed".into());
    let en = match status.message() {
        "" => status.code().description().to_owned(),
        message => message.to_owned(),
    };
    let zh = zh.unwrap_or_else(|| format!("调用失败：{en}"));
    client::Error {
        kind,
        code,
        en,
        zh,
        faults,
    }
}
