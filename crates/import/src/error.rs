use std::fmt;

use domain::Rejection;
use rust_xlsxwriter::XlsxError;

use crate::FileFault;

/// Why an import did not come to its end. What was recorded until then stays, and the same file
/// imported again goes on from there.
#[derive(Debug)]
pub enum Error {
    /// The whole file is refused; nothing was recorded.
    File(FileFault),
    /// Not the fault of a row: the log or the views cannot be used, or the actor may not import.
    App(app::Error),
    /// The workbook of rejected rows cannot be written.
    Rejects(String),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Error::File(fault) => fault.code(),
            Error::App(error) => error.code(),
            Error::Rejects(_) => "rejects_not_written",
        }
    }

    /// What is wrong and what to do, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Error::File(fault) => fault.zh(),
            Error::App(error) => error.zh(),
            Error::Rejects(_) => "退回表无法生成，请联系管理员".into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File(fault) => fault.fmt(f),
            Error::App(error) => error.fmt(f),
            Error::Rejects(reason) => {
                write!(
                    f,
                    "the workbook of rejected rows cannot be written: {reason}"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<FileFault> for Error {
    fn from(fault: FileFault) -> Self {
        Error::File(fault)
    }
}

impl From<app::Error> for Error {
    fn from(error: app::Error) -> Self {
        Error::App(error)
    }
}

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Error::Rejects(error.to_string())
    }
}
