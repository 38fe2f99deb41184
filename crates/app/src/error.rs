use std::fmt;

use bundle::BundleFault;
use domain::Rejection;
use event_log::{Expected, LogError, Revision, StorageFault};
use views::ViewsError;

/// The few kinds of failure that an edge has to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is no such thing.
    NotFound,
    /// A rule forbids it; the same command will be refused again.
    Rejected,
    /// Someone else was faster; read again.
    Conflict,
    /// The actor may not do this.
    Forbidden,
    /// The request itself is malformed.
    Invalid,
    /// Not now; the same request may be sent again.
    Unavailable,
    /// A fault of Sangyu or of what it stores.
    Internal,
}

/// What is wrong with one part of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The path of the field, such as `visit.visitors[0].name`.
    pub field: String,
    /// What is wrong and what to do, in English.
    pub en: String,
    /// The same in Chinese.
    pub zh: String,
}

/// Why a request failed. Every failure has a stable code and a text in Chinese and English; none
/// holds personal data.
#[derive(Debug)]
pub enum Error {
    /// A rule forbids it.
    Rejected(Box<dyn Rejection>),
    /// The stream is not where the caller believed it to be.
    Conflict {
        /// What the caller believed.
        expected: Option<Revision>,
        /// The revision of its last event.
        actual: Option<Revision>,
    },
    /// There is no such thing.
    NotFound(&'static str),
    /// Parts of the request are malformed.
    Invalid(Vec<Violation>),
    /// The log cannot be used now.
    Unavailable(String),
    /// Where the log is stored stands in the way.
    Storage {
        /// What it is.
        fault: StorageFault,
        /// What the storage itself says.
        detail: String,
    },
    /// What the log holds is damaged.
    Damaged(String),
    /// A question was not answered.
    Views(ViewsError),
    /// A file was not taken, or not given.
    Attachments(attachments::Error),
    /// The ledger refuses, or is not as it should be.
    Ledger(ledger::Error),
    /// A bundle cannot be made, or does not hold.
    Bundle(bundle::Error),
    /// A fault of Sangyu or of what it stores.
    Internal(String),
}

impl Error {
    /// A refusal by a rule.
    pub fn rejected(rejection: impl Rejection) -> Self {
        Error::Rejected(Box::new(rejection))
    }

    /// One malformed part.
    pub fn invalid(field: &str, en: &str, zh: &str) -> Self {
        Error::Invalid(vec![Violation {
            field: field.into(),
            en: en.into(),
            zh: zh.into(),
        }])
    }

    /// Which kind of failure it is.
    pub fn kind(&self) -> Kind {
        match self {
            Error::Rejected(_) => Kind::Rejected,
            Error::Conflict { .. } => Kind::Conflict,
            Error::NotFound(_) => Kind::NotFound,
            Error::Invalid(_) => Kind::Invalid,
            Error::Unavailable(_) => Kind::Unavailable,
            Error::Storage { fault, .. } => storage_kind(*fault),
            Error::Damaged(_) => Kind::Internal,
            Error::Views(error) => views_kind(error),
            Error::Attachments(error) => attachments_kind(error),
            Error::Ledger(error) => ledger_kind(error),
            Error::Bundle(error) => bundle_kind(error),
            Error::Internal(_) => Kind::Internal,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Rejected(rejection) => rejection.code(),
            Error::Conflict { .. } => "conflict",
            Error::NotFound(_) => "not_found",
            Error::Invalid(_) => "invalid_request",
            Error::Unavailable(_) => "unavailable",
            Error::Storage { fault, .. } => fault.code(),
            Error::Damaged(_) => "log_damaged",
            Error::Views(error) => error.code(),
            Error::Attachments(error) => error.code(),
            Error::Ledger(error) => error.code(),
            Error::Bundle(error) => error.code(),
            Error::Internal(_) => "internal",
        }
    }

    /// What is wrong and what to do, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Error::Rejected(rejection) => rejection.zh(),
            Error::Conflict { .. } => "档案已被他人更新，请重新读取后再试".into(),
            Error::NotFound(what) => format!("未找到（{what}），请核对编号"),
            Error::Invalid(violations) => list(violations, "请求有误：", |v| &v.zh),
            Error::Unavailable(_) => "服务暂不可用，请用同一请求编号稍后重试".into(),
            Error::Storage { fault, detail } => format!("{}（{detail}）", fault.zh()),
            Error::Damaged(detail) => format!("事件日志已损坏（{detail}），请从备份恢复"),
            Error::Views(error) => error.zh(),
            Error::Attachments(error) => error.zh(),
            Error::Ledger(error) => error.zh(),
            Error::Bundle(error) => error.zh(),
            Error::Internal(_) => "系统内部错误，请联系管理员".into(),
        }
    }

    /// The codes that are not a rule's, with their texts.
    pub const CODES: &'static [(&'static str, &'static str, &'static str)] = &[
        (
            "conflict",
            "the record was changed by someone else: read it again",
            "档案已被他人更新，请重新读取后再试",
        ),
        (
            "not_found",
            "no such {what}: check the id",
            "未找到（{what}），请核对编号",
        ),
        (
            "invalid_request",
            "the request is malformed: {field}: {fault}",
            "请求有误：{field}：{fault}",
        ),
        (
            "unavailable",
            "not available now: {reason}; retry with the same request id",
            "服务暂不可用，请用同一请求编号稍后重试",
        ),
        (
            "log_damaged",
            "the event log is damaged: {detail}; restore it from a backup",
            "事件日志已损坏（{detail}），请从备份恢复",
        ),
        (
            "internal",
            "an internal fault: {reason}",
            "系统内部错误，请联系管理员",
        ),
    ];
}

fn list(violations: &[Violation], head: &str, text: fn(&Violation) -> &String) -> String {
    let parts: Vec<String> = violations
        .iter()
        .map(|v| format!("{}: {}", v.field, text(v)))
        .collect();
    format!("{head}{}", parts.join("; "))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Rejected(rejection) => rejection.fmt(f),
            Error::Conflict { expected, actual } => write!(
                f,
                "the record was changed by someone else (expected revision {}, found {}): read it again",
                shown(*expected),
                shown(*actual)
            ),
            Error::NotFound(what) => write!(f, "no such {what}: check the id"),
            Error::Invalid(violations) => {
                f.write_str(&list(violations, "the request is malformed: ", |v| &v.en))
            }
            Error::Unavailable(reason) => {
                write!(
                    f,
                    "not available now: {reason}; retry with the same request id"
                )
            }
            Error::Storage { fault, detail } => write!(f, "{fault} ({detail})"),
            Error::Damaged(detail) => write!(
                f,
                "the event log is damaged: {detail}; restore it from a backup"
            ),
            Error::Views(error) => error.fmt(f),
            Error::Attachments(error) => error.fmt(f),
            Error::Ledger(error) => error.fmt(f),
            Error::Bundle(error) => error.fmt(f),
            Error::Internal(reason) => write!(f, "an internal fault: {reason}"),
        }
    }
}

fn shown(revision: Option<Revision>) -> String {
    revision.map_or_else(|| "none".into(), |r| r.to_string())
}

impl std::error::Error for Error {}

impl From<LogError> for Error {
    fn from(error: LogError) -> Self {
        match error {
            LogError::WrongRevision { expected, actual } => {
                let expected = match expected {
                    Expected::Exact(revision) => Some(revision),
                    Expected::NoStream | Expected::Any => None,
                };
                Error::Conflict { expected, actual }
            }
            LogError::TooLarge { bytes, limit } => Error::Invalid(vec![Violation {
                field: String::new(),
                en: format!(
                    "it makes an event of {bytes} bytes, at most {limit} are taken: attach long texts as documents"
                ),
                zh: format!("内容过长（{bytes} 字节，上限 {limit} 字节），请将长文作为附件"),
            }]),
            LogError::Unavailable { reason, .. } => Error::Unavailable(reason),
            LogError::Storage { fault, detail, .. } => Error::Storage { fault, detail },
            LogError::Corrupt(detail) => Error::Damaged(detail),
            LogError::Empty | LogError::IdReused(_) => Error::Internal(error.to_string()),
        }
    }
}

impl From<ledger::Error> for Error {
    fn from(error: ledger::Error) -> Self {
        match error {
            ledger::Error::Log(error) => error.into(),
            error => Error::Ledger(error),
        }
    }
}

/// What it says of the ledger or the views is theirs.
impl From<bundle::Error> for Error {
    fn from(error: bundle::Error) -> Self {
        match error {
            bundle::Error::Ledger(error) => error.into(),
            bundle::Error::Views(error) => error.into(),
            error => Error::Bundle(error),
        }
    }
}

fn bundle_kind(error: &bundle::Error) -> Kind {
    match error {
        bundle::Error::Fault(BundleFault::Empty {}) => Kind::NotFound,
        bundle::Error::Fault(_) => Kind::Invalid,
        bundle::Error::Ledger(error) => ledger_kind(error),
        bundle::Error::Views(error) => views_kind(error),
        bundle::Error::Judge(_) | bundle::Error::Print(_) => Kind::Rejected,
        bundle::Error::Io(_) => Kind::Unavailable,
    }
}

fn ledger_kind(error: &ledger::Error) -> Kind {
    use ledger::Error as Ledger;
    match error {
        Ledger::Malformed { .. }
        | Ledger::SignatureMissing {}
        | Ledger::SignatureWrong { .. }
        | Ledger::ProofWrong {}
        | Ledger::WitnessUnknown {}
        | Ledger::BeyondSize { .. } => Kind::Invalid,
        Ledger::Empty {} => Kind::NotFound,
        Ledger::EventUnsigned { .. } | Ledger::Io { .. } | Ledger::Log(_) => Kind::Unavailable,
        Ledger::FileDamaged { .. }
        | Ledger::TilesDamaged { .. }
        | Ledger::NotExtended { .. }
        | Ledger::KeyMissing { .. }
        | Ledger::KeyOther { .. } => Kind::Internal,
    }
}

fn storage_kind(fault: StorageFault) -> Kind {
    match fault {
        StorageFault::DiskFull
        | StorageFault::ReadOnly
        | StorageFault::Locked
        | StorageFault::CannotOpen
        | StorageFault::DiskFailed
        | StorageFault::LoginRefused
        | StorageFault::CertificateRefused => Kind::Unavailable,
        StorageFault::NewerFormat | StorageFault::NotALog => Kind::Internal,
    }
}

fn views_kind(error: &ViewsError) -> Kind {
    match error {
        ViewsError::TokenOfAnotherQuery
        | ViewsError::TokenMalformed
        | ViewsError::SearchTooShort { .. } => Kind::Invalid,
        ViewsError::Building
        | ViewsError::BuiltElsewhere
        | ViewsError::Stopped { .. }
        | ViewsError::Log { .. }
        | ViewsError::BrokenOff => Kind::Unavailable,
        ViewsError::Decode { .. }
        | ViewsError::NoBeginning { .. }
        | ViewsError::Misnamed { .. }
        | ViewsError::Sqlite { .. }
        | ViewsError::File { .. }
        | ViewsError::Damaged { .. } => Kind::Internal,
    }
}

fn attachments_kind(error: &attachments::Error) -> Kind {
    match error {
        attachments::Error::TooLarge { .. } | attachments::Error::TypeRefused { .. } => {
            Kind::Invalid
        }
        attachments::Error::Unavailable { .. } => Kind::Unavailable,
        attachments::Error::Damaged { .. } | attachments::Error::Missing { .. } => Kind::Internal,
    }
}

impl From<attachments::Error> for Error {
    fn from(error: attachments::Error) -> Self {
        Error::Attachments(error)
    }
}

impl From<ViewsError> for Error {
    fn from(error: ViewsError) -> Self {
        Error::Views(error)
    }
}

impl From<domain::DecodeError> for Error {
    fn from(error: domain::DecodeError) -> Self {
        Error::Internal(error.to_string())
    }
}

impl From<event_log::StreamNameError> for Error {
    fn from(error: event_log::StreamNameError) -> Self {
        Error::Internal(error.to_string())
    }
}

impl From<crate::IdentityKeyError> for Error {
    fn from(error: crate::IdentityKeyError) -> Self {
        Error::Internal(error.to_string())
    }
}
