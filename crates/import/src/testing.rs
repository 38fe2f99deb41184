//! What the tests of this crate share: the sample ledgers with their key, and ledgers made up.

use std::{collections::BTreeMap, io::Cursor, path::PathBuf};

use calamine::{Data, Reader, Xlsx};
use calendar::{Date, IdNumber, Timestamp, civil_date};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use serde::Deserialize;

/// The moment at which the sample ledgers are read.
pub(crate) fn now() -> Timestamp {
    "2026-01-15T01:00:00Z".parse().unwrap()
}

/// Its day.
pub(crate) fn today() -> Date {
    civil_date(now())
}

/// What an importer must find in the sample ledgers.
#[derive(Debug, Deserialize)]
pub(crate) struct Key {
    pub(crate) people: usize,
    pub(crate) roster_rejected: Vec<KeyFault>,
    pub(crate) roster_duplicates: Vec<KeyDuplicate>,
    pub(crate) lixiu: usize,
    pub(crate) party: usize,
    pub(crate) visits: usize,
    pub(crate) visits_rejected: Vec<KeyFault>,
    pub(crate) hardship_cases: usize,
    pub(crate) hardship_payments: usize,
    pub(crate) hardship_fen: u64,
    pub(crate) hardship_rejected: Vec<KeyFault>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct KeyFault {
    pub(crate) row: u32,
    pub(crate) fault: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct KeyDuplicate {
    pub(crate) row: u32,
    pub(crate) id: String,
}

impl Key {
    pub(crate) fn read() -> Key {
        serde_json::from_slice(&ledger("key.json")).unwrap()
    }

    /// The one fault of each row.
    pub(crate) fn codes(faults: &[KeyFault]) -> BTreeMap<u32, Vec<&str>> {
        faults
            .iter()
            .map(|f| (f.row, vec![f.fault.as_str()]))
            .collect()
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A sample ledger.
pub(crate) fn ledger(name: &str) -> Vec<u8> {
    std::fs::read(root().join("tests/data/ledgers").join(name)).unwrap()
}

/// The petitions, which stay outside the repository.
pub(crate) fn petitions_2011_2020() -> Option<Vec<u8>> {
    let path = root().join("../shared/data/petitions-2011-2020.xlsx");
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: ../shared/data/petitions-2011-2020.xlsx is not there");
    }
    bytes
}

/// The first sheet from its first row and column on, each cell as text, by a reading of its own.
pub(crate) fn raw_cells(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let name = book.sheet_names().remove(0);
    let formulas = book.worksheet_formula(&name).unwrap();
    let (height, width) = range.end().unwrap();
    let cell = |row, column| match range.get_value((row, column)) {
        None | Some(Data::Empty) => match formulas.get_value((row, column)) {
            Some(formula) if !formula.is_empty() => format!("={formula}"),
            Some(_) | None => String::new(),
        },
        Some(Data::DateTime(date)) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year}/{month}/{day}")
        }
        Some(other) => other.to_string(),
    };
    (0..=height)
        .map(|row| (0..=width).map(|column| cell(row, column)).collect())
        .collect()
}

/// A workbook's first sheet as Excel saves it for text.
pub(crate) fn comma_separated(bytes: Vec<u8>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in raw_cells(bytes) {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// A cell of a workbook that a test makes up.
#[derive(Debug, Clone)]
pub(crate) enum Made {
    /// Nothing.
    None,
    /// Text.
    Text(String),
    /// A number without a format.
    Number(f64),
    /// A number shown as a date, at this time of the day.
    Date(&'static str, u32),
    /// A formula and the value it had when the file was saved.
    Formula(&'static str, &'static str),
}

impl From<&str> for Made {
    fn from(text: &str) -> Made {
        if text.is_empty() {
            Made::None
        } else {
            Made::Text(text.to_owned())
        }
    }
}

/// A workbook of one sheet, its first row at `top` (from 0).
pub(crate) fn workbook(top: u32, rows: &[Vec<Made>]) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), top, rows);
    book.save_to_buffer().unwrap()
}

/// Writes rows into a sheet.
pub(crate) fn fill(page: &mut Worksheet, top: u32, rows: &[Vec<Made>]) {
    let day = Format::new().set_num_format("yyyy/m/d");
    for (row, cells) in (top..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Made::None => {}
                Made::Text(text) => {
                    page.write_string(row, column, text).unwrap();
                }
                Made::Number(number) => {
                    page.write_number(row, column, *number).unwrap();
                }
                Made::Date(date, second) => {
                    let date: Date = date.parse().unwrap();
                    let serial = (date - "1899-12-30".parse::<Date>().unwrap()).get_days();
                    let serial = f64::from(serial) + f64::from(*second) / 86_400.0;
                    page.write_number_with_format(row, column, serial, &day)
                        .unwrap();
                }
                Made::Formula(formula, value) => {
                    let formula = Formula::new(*formula).set_result(*value);
                    page.write_formula(row, column, formula).unwrap();
                }
            }
        }
    }
}

/// Rows of text only; an empty one is an empty cell.
pub(crate) fn texts(rows: &[&[&str]]) -> Vec<Vec<Made>> {
    rows.iter()
        .map(|row| row.iter().map(|text| Made::from(*text)).collect())
        .collect()
}

/// An ID number that is in order: division, birth date as eight digits, order of three digits.
pub(crate) fn id_number(division: u32, born: u32, order: u32) -> String {
    let stem = format!("{division:06}{born:08}{order:03}");
    "0123456789X"
        .chars()
        .map(|check| format!("{stem}{check}"))
        .find(|number| IdNumber::parse(number).is_ok())
        .unwrap()
}
