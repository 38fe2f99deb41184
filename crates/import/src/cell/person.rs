use calendar::{IdNumber, IdNumberError};
use domain::Text;

use super::{Cell, half_width, is_space, squeezed, text::taken};
use crate::fault::Fault;

/// Whole numbers up to here are exact in a cell; an ID number has 18 digits.
const EXACT: f64 = 999_999_999_999_999.0;

/// 公民身份号码.
pub(crate) fn id_number(cell: &Cell) -> Result<Option<IdNumber>, Fault> {
    if let Cell::Number(number) = cell
        && *number > EXACT
    {
        return Err(Fault::IdAsNumber);
    }
    let Some(entry) = cell.entry()? else {
        return Ok(None);
    };
    if is_scientific(&entry) {
        return Err(Fault::IdAsNumber);
    }
    IdNumber::parse(&entry)
        .map(Some)
        .map_err(|error| match error {
            IdNumberError::Length { found } => Fault::IdLength { found },
            IdNumberError::Character { at } => Fault::IdCharacter { at },
            IdNumberError::BirthDate => Fault::IdBirthDate,
            IdNumberError::CheckDigit => Fault::IdCheckDigit,
        })
}

/// `3.59903E+17`: what a CSV holds of a long number that Excel took for a quantity.
fn is_scientific(entry: &str) -> bool {
    let text = squeezed(entry);
    text.split_once("e+").is_some_and(|(mantissa, exponent)| {
        !exponent.is_empty()
            && exponent.bytes().all(|b| b.is_ascii_digit())
            && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

/// A name: Chinese ones lose the spaces that align them in a table, others keep single ones.
pub(crate) fn name(cell: &Cell) -> Result<Option<Text>, Fault> {
    match cell.entry()? {
        Some(entry) => taken(&tidy_name(&entry)),
        None => Ok(None),
    }
}

/// Several names in one cell: `张科长、李干事`.
pub(crate) fn names(cell: &Cell) -> Result<Option<Vec<Text>>, Fault> {
    let Some(entry) = cell.entry()? else {
        return Ok(None);
    };
    let mut names = Vec::new();
    for part in entry.split(['、', '，', ',', '；', ';', '/', '／', '\n', '\r']) {
        names.extend(taken(&tidy_name(part))?);
    }
    Ok((!names.is_empty()).then_some(names))
}

fn tidy_name(name: &str) -> String {
    let name: String = name.chars().map(|c| one_dot(half_width(c))).collect();
    let words: Vec<&str> = name
        .split(is_space)
        .filter(|word| !word.is_empty())
        .collect();
    let chinese = words
        .iter()
        .all(|word| word.chars().all(|c| !c.is_alphabetic() || is_han(c)));
    words.join(if chinese { "" } else { " " })
}

/// The dot within a name of another people of China has one form here.
fn one_dot(c: char) -> char {
    match c {
        '•' | '・' | '‧' | '･' | '∙' | '●' => '·',
        _ => c,
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' | '〇' | '々')
}

/// 联系电话, without spaces.
pub(crate) fn phone(cell: &Cell) -> Result<Option<Text>, Fault> {
    match cell.entry()? {
        Some(entry) => {
            let digits: String = entry
                .chars()
                .filter(|c| !is_space(*c))
                .map(half_width)
                .collect();
            taken(&digits)
        }
        None => Ok(None),
    }
}
