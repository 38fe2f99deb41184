//! The workbook that goes back to the clerk: the rows that were not taken, as they were typed, with
//! what is wrong with each. Corrected, it is imported as it is.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{
    RejectedRow,
    cell::{Cell, Moment},
    sheet::{REASON, Sheet, is_reason},
};

/// What a cell of a workbook holds at most.
const MOST_CHARACTERS: usize = 32_767;

/// The workbook, if anything was rejected. No cell of it is a formula.
pub(crate) fn workbook(
    sheet: &Sheet,
    rejected: &[RejectedRow],
) -> Result<Option<Vec<u8>>, XlsxError> {
    let mut reasons: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for fault in rejected {
        let reason = format!("【{}】{}", fault.column, fault.message);
        reasons.entry(fault.row).or_default().push(reason);
    }
    if reasons.is_empty() {
        return Ok(None);
    }
    let mut book = Workbook::new();
    let formats = Formats::new();
    let page = book.add_worksheet();
    // An earlier reason is not carried along.
    let kept: Vec<usize> = (0..sheet.header.len())
        .filter(|index| {
            sheet
                .header
                .get(*index)
                .is_none_or(|header| !is_reason(header))
        })
        .collect();
    let last = u16::try_from(kept.len()).unwrap_or(u16::MAX);
    for (column, index) in (0_u16..).zip(&kept) {
        if let Some(header) = sheet.header.get(*index) {
            page.write_string_with_format(0, column, header, &formats.header)?;
        }
    }
    page.write_string_with_format(0, last, REASON, &formats.header)?;
    page.set_column_width(last, 60)?;
    page.set_freeze_panes(1, 0)?;
    let mut line = 0;
    for row in &sheet.rows {
        let Some(reasons) = reasons.get(&row.number) else {
            continue;
        };
        line += 1;
        let mut reason = reasons.join("\n");
        for (column, index) in (0_u16..).zip(&kept) {
            let Some(cell) = row.cells.get(*index) else {
                continue;
            };
            if write(page, line, column, cell, &formats)? == Written::Cut {
                reason.push_str("\n（原文过长，此处已截断 / too long for a cell, cut here）");
            }
        }
        page.write_string_with_format(line, last, &reason, &formats.reason)?;
    }
    Ok(Some(book.save_to_buffer()?))
}

struct Formats {
    header: Format,
    reason: Format,
    text: Format,
    day: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        Formats {
            header: Format::new().set_bold(),
            reason: Format::new().set_text_wrap(),
            // A text stays one when it is edited: an ID number must not become a quantity.
            text: Format::new().set_num_format("@"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

#[derive(PartialEq)]
enum Written {
    Whole,
    Cut,
}

fn write(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<Written, XlsxError> {
    match cell {
        Cell::Empty => {}
        // A formula whose value is not known goes back as the text it is: nothing may calculate it.
        Cell::Text(text) | Cell::Uncalculated(text) => {
            let shown: String = text.chars().take(MOST_CHARACTERS).collect();
            page.write_string_with_format(row, column, &shown, &formats.text)?;
            if shown.len() < text.len() {
                return Ok(Written::Cut);
            }
        }
        Cell::Number(number) => {
            page.write_number(row, column, *number)?;
        }
        Cell::Moment(moment) => match excel_date(moment) {
            Ok(date) => {
                let format = if moment.second.is_some() {
                    &formats.moment
                } else {
                    &formats.day
                };
                page.write_datetime_with_format(row, column, &date, format)?;
            }
            Err(_) => {
                page.write_string_with_format(row, column, moment.to_string(), &formats.text)?;
            }
        },
        Cell::Truth(truth) => {
            page.write_boolean(row, column, *truth)?;
        }
        Cell::Error => {
            page.write_string(row, column, "#N/A")?;
        }
    }
    Ok(Written::Whole)
}

fn excel_date(moment: &Moment) -> Result<ExcelDateTime, XlsxError> {
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    let (year, month, day) = (
        moment.date.year().unsigned_abs(),
        part(moment.date.month()),
        part(moment.date.day()),
    );
    let date = ExcelDateTime::from_ymd(year, month, day)?;
    let second = moment.second.unwrap_or_default();
    let hour = u16::try_from(second / 3600).unwrap_or_default();
    let minute = u8::try_from(second / 60 % 60).unwrap_or_default();
    let second = u16::try_from(second % 60).unwrap_or_default();
    date.and_hms(hour, minute, second)
}
