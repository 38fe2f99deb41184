use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 公民身份号码: 18 characters, six of the division, eight of the birth date, three of the order
/// (odd for a man), one check character (GB 11643-1999).
///
/// Its birth date may differ from the one the organisation recognises; both are kept. `Debug`
/// hides it, so that it cannot slip into a log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber([u8; 18]);

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: [u8; 11] = *b"10X98765432";

errors! {
    /// Why a text is not an ID number. Says where, never what: the number is personal.
    #[derive(Copy)]
    pub enum IdNumberError {
        /// Not 18 characters once spaces are taken out.
        Length { found: usize } = "id_number_length",
            "an ID number has 18 characters, this one {found}: complete it",
            "身份证号应为18位，现为{found}位，请补正";
        /// Something other than digits, with an X at the end at most; `at` counts from 1.
        Character { at: usize } = "id_number_character",
            "character {at} of the ID number is no digit (only the last may be X): correct it",
            "身份证号第{at}位不是数字（仅末位可为X），请更正";
        /// Characters 7 to 14 are no date.
        BirthDate = "id_number_birth_date",
            "characters 7 to 14 of the ID number are no date: compare it with the document",
            "身份证号第7至14位不是日期，请与证件核对";
        /// The last character does not follow from the others: one of them is mistyped.
        CheckDigit = "id_number_check_digit",
            "the last character of the ID number does not fit the others: compare it with the document",
            "身份证号校验位不符，请与证件核对";
    }
}

impl IdNumber {
    /// Reads an ID number as people type it: split by spaces or hyphens, in full-width digits, with
    /// a small x.
    ///
    /// # Errors
    /// The first [`IdNumberError`] found, in the order length, characters, check digit, birth date:
    /// a mistyped digit is called so even where it spoils the date as well.
    pub fn parse(text: &str) -> Result<Self, IdNumberError> {
        let typed: Vec<char> = text
            .chars()
            .map(half_width)
            .filter(|c| !is_filler(*c))
            .collect();
        let mut digits = [0u8; 18];
        if typed.len() != digits.len() {
            return Err(IdNumberError::Length { found: typed.len() });
        }
        for (at, (slot, c)) in digits.iter_mut().zip(&typed).enumerate() {
            *slot = match c {
                '0'..='9' => *c as u8,
                'X' | 'x' if at == 17 => b'X',
                _ => return Err(IdNumberError::Character { at: at + 1 }),
            };
        }
        let sum: u32 = digits
            .iter()
            .zip(WEIGHTS)
            .map(|(d, w)| u32::from(d - b'0') * w)
            .sum();
        if digits[17] != CHECK[(sum % 11) as usize] {
            return Err(IdNumberError::CheckDigit);
        }
        let number = IdNumber(digits);
        match number.date() {
            Some(_) => Ok(number),
            None => Err(IdNumberError::BirthDate),
        }
    }

    /// The birth date it holds.
    pub fn born(&self) -> Date {
        self.date().unwrap_or(Date::ZERO)
    }

    /// Whether it was given to a man: the seventeenth digit is odd.
    pub fn is_male(&self) -> bool {
        self.0[16] % 2 == 1
    }

    /// The number itself.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// For lists that many people see: the first six and the last four characters.
    pub fn masked(&self) -> String {
        let text = self.as_str();
        format!("{}********{}", &text[..6], &text[14..])
    }

    fn date(&self) -> Option<Date> {
        let number = |from: usize, to: usize| {
            self.0[from..to]
                .iter()
                .fold(0i16, |n, d| n * 10 + i16::from(d - b'0'))
        };
        let (month, day) = (
            i8::try_from(number(10, 12)).ok()?,
            i8::try_from(number(12, 14)).ok()?,
        );
        Date::new(number(6, 10), month, day).ok()
    }
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | 'Ｘ' | 'ｘ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '\u{200b}' | '\u{feff}')
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(hidden)")
    }
}

impl Serialize for IdNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl FromStr for IdNumber {
    type Err = IdNumberError;

    fn from_str(text: &str) -> Result<Self, IdNumberError> {
        IdNumber::parse(text)
    }
}

impl<'de> Deserialize<'de> for IdNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::as_text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_valid() {
        let number = IdNumber::parse("11010519491231002X").unwrap();
        assert_eq!(number.born().to_string(), "1949-12-31");
        assert!(!number.is_male());
        assert_eq!(number.masked(), "110105********002X");
        assert_eq!(format!("{number:?}"), "IdNumber(hidden)");
    }

    #[test]
    fn it_is_read_as_people_type_it() {
        let plain = IdNumber::parse("11010519491231002X").unwrap();
        for typed in [
            " 110105 19491231 002x ",
            "１１０１０５１９４９１２３１００２Ｘ",
            "110105-19491231-002X",
        ] {
            assert_eq!(IdNumber::parse(typed), Ok(plain));
        }
    }

    #[test]
    fn each_fault_is_named() {
        use IdNumberError::{Character, CheckDigit, Length};
        assert_eq!(
            IdNumber::parse("1101051949123100"),
            Err(Length { found: 16 })
        );
        assert_eq!(
            IdNumber::parse("110105194912310020X"),
            Err(Length { found: 19 })
        );
        assert_eq!(
            IdNumber::parse("11010519491231002Y"),
            Err(Character { at: 18 })
        );
        assert_eq!(IdNumber::parse("110105194912310021"), Err(CheckDigit));
        assert_eq!(IdNumber::parse("110105194913310024"), Err(CheckDigit));
    }

    #[test]
    fn a_thirteenth_month_with_a_fitting_check_digit_is_still_no_date() {
        let fitting = CHECK.iter().find_map(|c| {
            let text = format!("11010519491331002{}", char::from(*c));
            IdNumber::parse(&text)
                .err()
                .filter(|e| *e != IdNumberError::CheckDigit)
        });
        assert_eq!(fitting, Some(IdNumberError::BirthDate));
    }
}
