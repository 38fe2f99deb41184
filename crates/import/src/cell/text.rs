use domain::{Text, TextError};

use super::Cell;
use crate::fault::Fault;

/// What people write where there is nothing to write.
const PLACEHOLDERS: [&str; 18] = [
    "",
    "-",
    "--",
    "---",
    "—",
    "——",
    "–",
    "/",
    "//",
    "\\",
    "无",
    "暂无",
    "不详",
    "未知",
    "空",
    "不清楚",
    "n/a",
    "null",
];

/// White space, and the marks of no width that copying from the web leaves behind.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Full-width letters, digits and signs as ordinary ones.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Without any space, in half width, in small letters: how words are compared.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !is_space(*c))
        .map(|c| half_width(c).to_ascii_lowercase())
        .collect()
}

pub(super) fn is_placeholder(text: &str) -> bool {
    // The longest placeholder is short: most cells need no copy.
    text.chars().filter(|c| !is_space(*c)).take(5).count() < 5
        && PLACEHOLDERS.contains(&squeezed(text).as_str())
}

/// A particular such as a unit or an address: spaces at its ends taken off.
pub(crate) fn short_text(cell: &Cell) -> Result<Option<Text>, Fault> {
    if is_placeholder(&cell.shown()) {
        cell.entry().map(|_| None)
    } else {
        free_text(cell)
    }
}

/// What someone wrote at length: to the byte, but for the spaces at its ends. A lone `无` is an
/// answer here, not a placeholder; a formula without a value is the text it was meant to be.
pub(crate) fn free_text(cell: &Cell) -> Result<Option<Text>, Fault> {
    match cell {
        Cell::Error => Err(Fault::CellError),
        Cell::Empty
        | Cell::Text(_)
        | Cell::Number(_)
        | Cell::Moment(_)
        | Cell::Truth(_)
        | Cell::Uncalculated(_) => taken(&cell.shown()),
    }
}

pub(super) fn taken(text: &str) -> Result<Option<Text>, Fault> {
    Text::parse_optional(text).map_err(|error| match error {
        TextError::TooLong { limit, .. } => Fault::TextTooLong { limit },
        // Emptiness is `None` already.
        TextError::Empty => Fault::TextMissing,
    })
}
