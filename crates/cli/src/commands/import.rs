use std::path::Path;

use ::import::{Kind, Report};
use app::{Ids as _, SystemIds};
use event_log::RequestId;

use super::demo::progress_bar;
use crate::{
    args::{self, ImportKind},
    config::Config,
    desk::Desk,
    failure::Failure,
    output,
};

/// Reads a spreadsheet into the record.
pub(crate) async fn run(args: &args::Import, config: &Config) -> Result<(), Failure> {
    let kind = match args.kind {
        ImportKind::Roster => Kind::Roster,
        ImportKind::Visits => Kind::Visits,
        ImportKind::Hardship => Kind::Hardship,
        ImportKind::Petitions => Kind::Petitions,
    };
    if !args.file.is_file() {
        return Err(Failure::no_file(&args.file));
    }
    let bytes = std::fs::read(&args.file).map_err(|e| Failure::io("read", &args.file, &e))?;
    let name = args
        .file
        .file_name()
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let desk = Desk::open_to_write(config).await?;
    let bar = progress_bar();
    let request = (RequestId(SystemIds.next()), args.dry_run);
    let progress = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let client = &desk.client;
    let outcome = client.import(kind, &name, bytes, request, progress).await?;
    bar.finish_and_clear();
    if let Some(path) = &args.rejects {
        write_rejects(path, outcome.rejects.as_deref())?;
    }
    output::print(config.format, &outcome.report, table)
}

/// The workbook of rows to be corrected; an older one of that name goes where there are none.
fn write_rejects(path: &Path, rejects: Option<&[u8]>) -> Result<(), Failure> {
    let written = match rejects {
        Some(workbook) => std::fs::write(path, workbook),
        None if path.exists() => std::fs::remove_file(path),
        None => Ok(()),
    };
    written.map_err(|e| Failure::io("write", path, &e))
}

fn table(report: &Report) -> String {
    let Report {
        file,
        rows,
        accepted,
        unchanged,
        duplicates,
        rejected,
        ..
    } = report;
    let dry = if report.dry_run {
        "（试运行，未写入）"
    } else {
        ""
    };
    let head = format!(
        "{file}：共 {rows} 行，录入 {accepted}，已有 {unchanged}，重复 {}，退回 {} 处{dry}",
        duplicates.len(),
        rejected.len()
    );
    let mut text = head;
    if !duplicates.is_empty() {
        let rows = duplicates.iter().map(|d| {
            [
                d.row.to_string(),
                d.person
                    .map_or_else(String::new, |person| person.to_string()),
            ]
        });
        text = format!("{text}\n{}", output::table(["重复行", "已有档案"], rows));
    }
    if !rejected.is_empty() {
        let rows = rejected.iter().map(|r| {
            [
                r.row.to_string(),
                r.column.clone(),
                r.code.to_string(),
                r.message.clone(),
            ]
        });
        text = format!(
            "{text}\n{}",
            output::table(["行", "列", "代码", "原因与改法"], rows)
        );
    }
    text
}
