use std::{collections::BTreeMap, io::Cursor};

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use calendar::Date;

use super::{LIMIT, MOST_COLUMNS, MOST_ROWS, RawSheet, Row};
use crate::{
    cell::{Cell, Moment},
    fault::FileFault,
};

/// Unpacked, so that a small file cannot fill the memory.
const MOST_UNPACKED: u128 = 512 << 20;

/// Opens an .xlsx cell by cell: a single cell in the far corner must not make a table of billions.
pub(super) fn xlsx(bytes: Vec<u8>) -> Result<Vec<RawSheet>, FileFault> {
    check_unpacked(&bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => FileFault::PasswordProtected,
        // A package of another kind: a text document, a presentation, an archive.
        XlsxError::FileNotFound(_) => FileFault::NotASpreadsheet,
        _ => FileFault::Damaged,
    })?;
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    let mut found = Vec::new();
    for sheet in sheets.into_iter().filter(|s| s.typ == SheetType::WorkSheet) {
        let mut rows = Rows::default();
        let mut reader = book
            .worksheet_cells_reader(&sheet.name)
            .map_err(|_| FileFault::Damaged)?;
        while let Some(record) = reader
            .next_cell_with_formula()
            .map_err(|_| FileFault::Damaged)?
        {
            let cell = match record.value {
                DataRef::Empty => record
                    .formula
                    .map_or(Cell::Empty, |f| Cell::Uncalculated(format!("={f}"))),
                DataRef::Int(number) => whole(number),
                DataRef::Float(number) => Cell::Number(number),
                DataRef::String(text) => Cell::Text(text),
                DataRef::SharedString(text) => Cell::Text(text.to_owned()),
                DataRef::Bool(truth) => Cell::Truth(truth),
                DataRef::DateTime(serial) => date_cell(serial),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text),
                DataRef::Error(_) => Cell::Error,
            };
            rows.put(record.pos, cell)?;
        }
        found.push(RawSheet {
            name: Some(sheet.name),
            visible: sheet.visible == SheetVisible::Visible,
            rows: rows.finish(),
        });
    }
    Ok(found)
}

/// Opens an .xls.
pub(super) fn xls(bytes: Vec<u8>) -> Result<Vec<RawSheet>, FileFault> {
    if holds_utf16(&bytes, "EncryptedPackage") {
        return Err(FileFault::PasswordProtected);
    }
    if !holds_utf16(&bytes, "Workbook") && !holds_utf16(&bytes, "Book") {
        return Err(FileFault::NotASpreadsheet);
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => FileFault::PasswordProtected,
        _ => FileFault::Damaged,
    })?;
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    let mut found = Vec::new();
    for sheet in sheets.into_iter().filter(|s| s.typ == SheetType::WorkSheet) {
        let range = book
            .worksheet_range(&sheet.name)
            .map_err(|_| FileFault::Damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, value) in range.used_cells() {
            let at =
                |offset: u32, n: usize| offset.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
            let cell = match value {
                Data::Empty => Cell::Empty,
                Data::Int(number) => whole(*number),
                Data::Float(number) => Cell::Number(*number),
                Data::String(text) => Cell::Text(text.clone()),
                Data::Bool(truth) => Cell::Truth(*truth),
                Data::DateTime(serial) => date_cell(*serial),
                Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.clone()),
                Data::Error(_) => Cell::Error,
            };
            rows.put((at(top, row), at(left, column)), cell)?;
        }
        found.push(RawSheet {
            name: Some(sheet.name),
            visible: sheet.visible == SheetVisible::Visible,
            rows: rows.finish(),
        });
    }
    Ok(found)
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a cell holds fifteen digits in any case"
)]
fn whole(number: i64) -> Cell {
    Cell::Number(number as f64)
}

/// A date by the workbook's own epoch, to the second.
fn date_cell(serial: ExcelDateTime) -> Cell {
    moment(serial).map_or(Cell::Number(serial.as_f64()), Cell::Moment)
}

fn moment(serial: ExcelDateTime) -> Option<Moment> {
    if serial.is_duration() {
        return None;
    }
    let (year, month, day, hour, minute, second, _) = serial.to_ymd_hms_milli();
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    let second = u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second);
    Some(Moment {
        date: date.ok()?,
        second: (second > 0).then_some(second),
    })
}

fn check_unpacked(bytes: &[u8]) -> Result<(), FileFault> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::Damaged)?;
    match archive.decompressed_size() {
        Some(size) if size > MOST_UNPACKED => Err(FileFault::TooLarge { limit: "512 MB" }),
        Some(_) | None => Ok(()),
    }
}

/// Whether the directory of a compound file can hold an entry of this name.
fn holds_utf16(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The rows that hold anything, by their place.
#[derive(Default)]
struct Rows(BTreeMap<u32, Vec<Cell>>);

impl Rows {
    fn put(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), FileFault> {
        if cell.is_blank() {
            return Ok(());
        }
        if column >= MOST_COLUMNS || (self.0.len() == MOST_ROWS && !self.0.contains_key(&row)) {
            return Err(FileFault::TooLarge { limit: LIMIT });
        }
        let cells = self.0.entry(row).or_default();
        let index = column as usize;
        if cells.len() <= index {
            cells.resize(index + 1, Cell::Empty);
        }
        if let Some(slot) = cells.get_mut(index) {
            *slot = cell;
        }
        Ok(())
    }

    fn finish(self) -> Vec<Row> {
        self.0
            .into_iter()
            .map(|(row, cells)| Row {
                number: row.saturating_add(1),
                cells,
            })
            .collect()
    }
}
