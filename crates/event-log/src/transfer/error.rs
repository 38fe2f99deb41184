use std::{io, path::PathBuf};

use crate::{EventId, LogError};

/// Why a log was not moved.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The source could not be read.
    #[error("the log that is read: {0}")]
    Read(LogError),
    /// The target could not be read or written.
    #[error("the log that is written to: {0}; what has arrived stays, run it again to go on")]
    Write(LogError),
    /// The target holds another event where the source holds this one.
    #[error(
        "event {event} of the source ({id}) is another in the target: name an empty log, or one that was copied from this source"
    )]
    Differs {
        /// Which one, counted from 1.
        event: u64,
        /// Its id in the source.
        id: EventId,
    },
    /// The target holds the whole source, and more.
    #[error(
        "the target holds all {events} events of the source and newer ones: nothing was written; copy the other way, or name an empty log"
    )]
    Ahead {
        /// How many events the source holds.
        events: u64,
    },
    /// Read back, the target does not hold what was written.
    #[error(
        "read back, the target does not hold what the source holds: someone else wrote to it meanwhile; begin again with an empty log"
    )]
    Disturbed,
    /// There is something where the export is to be.
    #[error("{} is there already: name a folder that does not exist", .0.display())]
    Exists(PathBuf),
    /// A file of the export cannot be written or read.
    #[error("{}: {error}", .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is no manifest, or one of a newer program.
    #[error(
        "{} is no manifest that this program reads: name the folder of an export, or update the program", .0.display()
    )]
    Manifest(PathBuf),
    /// The files are not those that the manifest tells of.
    #[error(
        "{} is not as the manifest says, and nothing was written: take another copy of the export", .0.display()
    )]
    Damaged(PathBuf),
    /// A line is no event.
    #[error("line {line} of {} is no event: take another copy of the export", .path.display())]
    Line {
        /// In which file.
        path: PathBuf,
        /// Which one, counted from 1.
        line: u64,
    },
}

impl TransferError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TransferError::Read(_) => "log_source_failed",
            TransferError::Write(_) => "log_target_failed",
            TransferError::Differs { .. } => "log_target_differs",
            TransferError::Ahead { .. } => "log_target_ahead",
            TransferError::Disturbed => "log_target_disturbed",
            TransferError::Exists(_) => "export_exists",
            TransferError::File { .. } => "export_file_failed",
            TransferError::Manifest(_) => "export_manifest_invalid",
            TransferError::Damaged(_) => "export_damaged",
            TransferError::Line { .. } => "export_line_invalid",
        }
    }

    /// What is wrong and what to do, in Chinese.
    pub fn zh(&self) -> String {
        match self {
            TransferError::Read(error) => format!("无法读取来源日志：{error}"),
            TransferError::Write(error) => {
                format!("目标日志读写失败：{error}；已写入的予以保留，重新执行即可继续")
            }
            TransferError::Differs { event, id } => format!(
                "来源的第 {event} 个事件（{id}）与目标不同：请指定空日志，或由该来源复制而来的日志"
            ),
            TransferError::Ahead { events } => format!(
                "目标已含来源的全部 {events} 个事件，且有更新的事件；未写入任何内容，请反向复制或指定空日志"
            ),
            TransferError::Disturbed => {
                "复核发现目标与来源不一致：其间有人写入目标，请改用空日志重新开始".into()
            }
            TransferError::Exists(path) => {
                format!("{} 已存在，请指定一个不存在的文件夹", path.display())
            }
            TransferError::File { path, error } => {
                format!("文件操作失败（{}）：{error}", path.display())
            }
            TransferError::Manifest(path) => format!(
                "{} 不是本程序可读的清单：请指定导出文件夹，或升级程序",
                path.display()
            ),
            TransferError::Damaged(path) => format!(
                "{} 与清单不符，未写入任何内容：请改用导出的另一份副本",
                path.display()
            ),
            TransferError::Line { path, line } => format!(
                "{} 第 {line} 行不是事件：请改用导出的另一份副本",
                path.display()
            ),
        }
    }

    /// Every code with its texts.
    pub const CODES: &'static [(&'static str, &'static str, &'static str)] = &[
        (
            "log_source_failed",
            "the log that is read: {reason}",
            "无法读取来源日志：{reason}",
        ),
        (
            "log_target_failed",
            "the log that is written to: {reason}; what has arrived stays, run it again to go on",
            "目标日志读写失败：{reason}；已写入的予以保留，重新执行即可继续",
        ),
        (
            "log_target_differs",
            "event {event} of the source ({id}) is another in the target: name an empty log, or one that was copied from this source",
            "来源的第 {event} 个事件（{id}）与目标不同：请指定空日志，或由该来源复制而来的日志",
        ),
        (
            "log_target_ahead",
            "the target holds all {events} events of the source and newer ones: nothing was written; copy the other way, or name an empty log",
            "目标已含来源的全部 {events} 个事件，且有更新的事件；未写入任何内容，请反向复制或指定空日志",
        ),
        (
            "log_target_disturbed",
            "read back, the target does not hold what the source holds: someone else wrote to it meanwhile; begin again with an empty log",
            "复核发现目标与来源不一致：其间有人写入目标，请改用空日志重新开始",
        ),
        (
            "export_exists",
            "{folder} is there already: name a folder that does not exist",
            "{folder} 已存在，请指定一个不存在的文件夹",
        ),
        (
            "export_file_failed",
            "{file}: {reason}",
            "文件操作失败（{file}）：{reason}",
        ),
        (
            "export_manifest_invalid",
            "{file} is no manifest that this program reads: name the folder of an export, or update the program",
            "{file} 不是本程序可读的清单：请指定导出文件夹，或升级程序",
        ),
        (
            "export_damaged",
            "{file} is not as the manifest says, and nothing was written: take another copy of the export",
            "{file} 与清单不符，未写入任何内容：请改用导出的另一份副本",
        ),
        (
            "export_line_invalid",
            "line {line} of {file} is no event: take another copy of the export",
            "{file} 第 {line} 行不是事件：请改用导出的另一份副本",
        ),
    ];
}
