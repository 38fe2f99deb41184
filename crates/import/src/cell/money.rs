use domain::{Fen, FenError};

use super::{Cell, squeezed};
use crate::fault::Fault;

/// An amount in yuan.
pub(crate) fn amount(cell: &Cell) -> Result<Option<Fen>, Fault> {
    let parsed = match cell {
        Cell::Number(number) => Fen::parse_yuan(&decimal(*number)),
        // A date is no amount, however the cell came to be shown as one.
        Cell::Moment(_) | Cell::Truth(_) => return Err(Fault::NotANumber),
        Cell::Empty | Cell::Text(_) | Cell::Error | Cell::Uncalculated(_) => match cell.entry()? {
            Some(entry) => Fen::parse_yuan(&entry),
            None => return Ok(None),
        },
    };
    parsed.map(Some).map_err(|error| match error {
        FenError::NotANumber => Fault::NotANumber,
        FenError::Negative => Fault::NegativeMoney,
    })
}

/// A number as Excel shows it: fifteen digits, so that the last binary ones of a computed 1500.30
/// do not count as decimals. Every amount that is typed comes back exactly.
fn decimal(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// The year of a ledger: `2025`, `2025年`, `2025年度`.
pub(crate) fn year(cell: &Cell) -> Result<Option<i16>, Fault> {
    let Some(entry) = cell.entry()? else {
        return Ok(None);
    };
    let text = squeezed(&entry);
    let digits = text.trim_end_matches('度').trim_end_matches('年');
    match digits.parse() {
        Ok(year) if digits.len() == 4 && (1900..=2200).contains(&year) => Ok(Some(year)),
        Ok(_) | Err(_) => Err(Fault::NotAYear),
    }
}
