use std::path::Path;

use grpc::client::Fault;

/// How the program ends; documented under `sangyu --help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Failed.
    Failed = 1,
    /// The command line or the configuration is not understood.
    Usage = 2,
    /// There is no such thing.
    NotFound = 3,
    /// Refused by a rule, or malformed.
    Refused = 4,
    /// Not available now.
    Unavailable = 5,
}

/// Why a command failed: a stable code and what to do, in English and Chinese.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) code: String,
    pub(crate) en: String,
    pub(crate) zh: String,
    /// The fields at fault, if a request is malformed.
    pub(crate) faults: Vec<Fault>,
}

impl Failure {
    pub(crate) fn new(
        exit: Exit,
        code: &str,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> Self {
        Failure {
            exit,
            code: code.into(),
            en: en.into(),
            zh: zh.into(),
            faults: Vec::new(),
        }
    }

    pub(crate) fn usage(code: &str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::new(Exit::Usage, code, en, zh)
    }

    /// What no input explains.
    pub(crate) fn internal(error: &impl std::fmt::Display) -> Self {
        Self::new(
            Exit::Failed,
            "internal",
            error.to_string(),
            error.to_string(),
        )
    }

    pub(crate) fn no_file(path: &Path) -> Self {
        let path = path.display();
        Self::new(
            Exit::NotFound,
            "file_not_found",
            format!("there is no file {path}: check the path"),
            format!("找不到文件 {path}，请核对路径"),
        )
    }

    pub(crate) fn no_text(path: &Path) -> Self {
        let path = path.display();
        Self::new(
            Exit::Refused,
            "file_no_text",
            format!("{path} is no text in UTF-8: name another file, or save it as UTF-8"),
            format!("{path} 不是 UTF-8 文本，请核对文件，或另存为 UTF-8"),
        )
    }

    /// What is wrong with what a file holds.
    #[must_use]
    pub(crate) fn in_file(mut self, path: &Path) -> Self {
        let path = path.display();
        self.en = format!("{path}: {}", self.en);
        self.zh = format!("{path}：{}", self.zh);
        self
    }

    pub(crate) fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        Self::new(
            Exit::Failed,
            "io_failed",
            format!("cannot {what} {path}: {error}"),
            format!("文件操作失败（{path}）：{error}"),
        )
    }
}

impl From<app::Kind> for Exit {
    fn from(kind: app::Kind) -> Self {
        match kind {
            app::Kind::NotFound => Exit::NotFound,
            app::Kind::Rejected | app::Kind::Forbidden | app::Kind::Invalid => Exit::Refused,
            app::Kind::Conflict | app::Kind::Unavailable => Exit::Unavailable,
            app::Kind::Internal => Exit::Failed,
        }
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self::new(
            error.kind().into(),
            error.code(),
            error.to_string(),
            error.zh(),
        )
    }
}
