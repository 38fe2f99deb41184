//! What was not done by the book, for people and for Excel.

use std::{io::Write as _, path::Path};

use inspection::deviations::{Deviation, DeviationKind, DeviationReport};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::{failure::Failure, output, whole::Whole};

/// How many there are of each kind, and the first of them.
pub(super) fn text(report: &DeviationReport, limit: usize) -> String {
    let by = report.proposed.as_ref();
    let by = by.map_or_else(
        || "当时有效的规则".to_owned(),
        |id| format!("拟议规则 {id}"),
    );
    let mut parts = vec![format!(
        "按{by}重放 {} 个事件，截至 {}；未写入任何记录",
        report.events, report.today
    )];
    let counts = report
        .counts
        .iter()
        .map(|(kind, count)| counted(*kind, *count));
    parts.push(match report.counts.is_empty() {
        true => "未发现偏差".to_owned(),
        false => output::table(["偏差", "代码", "件数"], counts),
    });
    if report.taken_over > 0 {
        parts.push(format!(
            "另有 {} 条由台账补录，不计为迟录",
            report.taken_over
        ));
    }
    let shown = report.deviations.iter().take(limit).map(row);
    let shown: Vec<_> = shown.collect();
    if !shown.is_empty() {
        let (some, all) = (shown.len(), report.deviations.len());
        parts.push(format!(
            "最重的 {some} 件，共 {all} 件：\n{}",
            output::table(HEADER, shown)
        ));
    }
    parts.join("\n\n")
}

fn counted(kind: DeviationKind, count: u64) -> [String; 3] {
    [
        kind.zh().to_owned(),
        kind.code().to_owned(),
        count.to_string(),
    ]
}

const HEADER: [&str; 6] = ["偏差", "对象", "单位", "日期", "超出", "依据"];

fn row(deviation: &Deviation) -> [String; 6] {
    [
        deviation.kind.zh().to_owned(),
        deviation.stream.clone(),
        deviation.unit.clone(),
        deviation.on.to_string(),
        over(deviation),
        deviation.rule.clone(),
    ]
}

fn over(deviation: &Deviation) -> String {
    match (deviation.days, deviation.amount) {
        (_, Some(amount)) => format!("{amount} 元"),
        (Some(days), None) => format!("{days} 天"),
        (None, None) => String::new(),
    }
}

/// Writes all of it into a workbook, whole or not at all.
pub(super) fn write(report: &DeviationReport, path: &Path) -> Result<(), Failure> {
    let bytes = workbook(report).map_err(|error| match error {
        XlsxError::RowColumnLimitError => Failure::usage(
            "too_many_for_excel",
            "there are more deviations than a sheet has rows: use --format json",
            "偏差数超过工作表行数上限，请改用 --format json",
        ),
        other => Failure::internal(&other),
    })?;
    let file = Whole::begin(path)?;
    let written = file.file().write_all(&bytes);
    written.map_err(|error| Failure::io("write", path, &error))?;
    file.finish()
}

fn workbook(report: &DeviationReport) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let counts = report
        .counts
        .iter()
        .map(|(kind, count)| counted(*kind, *count).to_vec());
    sheet(
        book.add_worksheet(),
        "汇总",
        &["偏差", "代码", "件数"],
        counts,
    )?;
    let header = [HEADER.as_slice(), &["规则", "经办账号", "事件"]].concat();
    let rows = report.deviations.iter().map(|deviation| {
        let mut cells = row(deviation).to_vec();
        let last = deviation.events.last();
        cells.push(deviation.profile.clone());
        cells.push(last.map_or_else(String::new, |event| event.actor.clone()));
        let events: Vec<_> = deviation
            .events
            .iter()
            .map(|event| {
                format!(
                    "{} {}#{} {}",
                    event.name, event.stream, event.revision, event.event
                )
            })
            .collect();
        cells.push(events.join("\n"));
        cells
    });
    sheet(book.add_worksheet(), "明细", &header, rows)?;
    book.save_to_buffer()
}

fn sheet(
    sheet: &mut Worksheet,
    name: &str,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
    for (column, title) in (0..).zip(header) {
        sheet.write_with_format(0, column, *title, &bold)?;
    }
    for (number, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(number, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}
