use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{MOST_COLUMNS, MOST_ROWS, RawSheet, Row};
use crate::{cell::Cell, fault::FileFault};

/// Reads a table of text: comma, tab or semicolon between the cells.
pub(super) fn read(bytes: &[u8]) -> Result<RawSheet, FileFault> {
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(FileFault::Empty);
    }
    let head = text
        .trim_start()
        .get(..5)
        .unwrap_or_default()
        .to_ascii_lowercase();
    // A web page or an XML file under a borrowed name.
    if head.starts_with("<html")
        || head.starts_with("<?xml")
        || head.starts_with("<!doc")
        || head.starts_with("<tabl")
        || head.starts_with("<meta")
    {
        return Err(FileFault::NotASpreadsheet);
    }
    Ok(RawSheet {
        name: None,
        visible: true,
        rows: rows(&text)?,
    })
}

/// UTF-8 with or without its mark, UTF-16 with it, else GB18030 as Chinese Excel saves it.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, FileFault> {
    let (encoding, marked) = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding, true),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, false),
        None => (GB18030, false),
    };
    if !marked && bytes.contains(&0) {
        return Err(FileFault::NotASpreadsheet);
    }
    let (text, _, faulty) = encoding.decode(bytes);
    if faulty {
        Err(FileFault::UnknownEncoding)
    } else {
        Ok(text)
    }
}

fn rows(text: &str) -> Result<Vec<Row>, FileFault> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut number, mut from) = (0_u32, 0);
    while reader
        .read_record(&mut record)
        .map_err(|_| FileFault::Damaged)?
    {
        // The reader steps over empty lines; a spreadsheet program counts them.
        number = number.saturating_add(1 + empty_lines(text.as_bytes(), from));
        from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if record.len() > MOST_COLUMNS as usize || rows.len() == MOST_ROWS {
            return Err(FileFault::TooLarge {
                limit: super::LIMIT,
            });
        }
        let cells: Vec<Cell> = record.iter().map(cell).collect();
        if !cells.iter().all(Cell::is_blank) {
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

/// How many empty lines lie ahead of the record that is read from here on. The reader may have
/// stopped between the two signs that end the line before.
fn empty_lines(text: &[u8], from: usize) -> u32 {
    let (before, mut ahead) = text.split_at_checked(from).unwrap_or((text, &[]));
    if before.last() == Some(&b'\r') {
        ahead = ahead.strip_prefix(b"\n").unwrap_or(ahead);
    }
    let mut lines = 0;
    while let [b'\r', b'\n', rest @ ..] | [b'\r' | b'\n', rest @ ..] = ahead {
        lines += 1;
        ahead = rest;
    }
    lines
}

fn cell(text: &str) -> Cell {
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

/// The sign that separates most cells in the first lines; commas where it is not clear.
fn delimiter(text: &str) -> u8 {
    let head: Vec<&str> = text.lines().take(20).collect();
    let count = |sign: u8| {
        head.iter()
            .map(|l| l.bytes().filter(|b| *b == sign).count())
            .sum()
    };
    let counts: [(u8, usize); 3] = [
        (b';', count(b';')),
        (b'\t', count(b'\t')),
        (b',', count(b',')),
    ];
    counts
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map_or(b',', |(sign, _)| sign)
}
