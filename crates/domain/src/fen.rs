use std::{fmt, iter::Sum, ops::Add};

use serde::{Deserialize, Serialize};

/// Money in fen (分), a hundredth of a yuan; never negative.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fen(pub u64);

/// Why a text is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FenError {
    /// Not digits with at most two decimals.
    #[error("not an amount in yuan such as 1,000 or 300.50")]
    NotANumber,
    /// Below zero.
    #[error("an amount cannot be negative")]
    Negative,
}

impl Fen {
    /// No money.
    pub const ZERO: Fen = Fen(0);

    /// Ten billion yuan: beyond any aid, and exact in every number type a reader may use.
    pub const MOST: Fen = Fen(1_000_000_000_000);

    /// So many fen, if that is at most [`Fen::MOST`].
    pub fn new(fen: u64) -> Option<Fen> {
        (fen <= Fen::MOST.0).then_some(Fen(fen))
    }

    /// So many yuan.
    pub const fn yuan(yuan: u64) -> Fen {
        Fen(yuan * 100)
    }

    /// Reads an amount in yuan as people write it: `1,000`, `￥300.50`, `500元`, in full-width
    /// digits too. Thousands separators must stand in thousands.
    ///
    /// # Errors
    /// [`FenError::Negative`] for an amount below zero, else [`FenError::NotANumber`].
    pub fn parse_yuan(text: &str) -> Result<Fen, FenError> {
        let text: String = text
            .chars()
            .map(half_width)
            .filter(|c| !c.is_whitespace())
            .collect();
        let bare = text.trim_start_matches(['¥', '￥']);
        let bare = bare.strip_prefix("RMB").unwrap_or(bare);
        let bare = bare.trim_end_matches('整').trim_end_matches(['元', '圆']);
        let (negative, digits) = match bare.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start_matches(['¥', '￥'])),
            None => (false, bare.strip_prefix('+').unwrap_or(bare)),
        };
        let fen = parse_digits(digits).ok_or(FenError::NotANumber)?;
        if negative && fen > Fen::ZERO {
            Err(FenError::Negative)
        } else {
            Ok(fen)
        }
    }

    /// The difference, if it is not negative.
    pub fn checked_sub(self, other: Fen) -> Option<Fen> {
        self.0.checked_sub(other.0).map(Fen)
    }
}

fn parse_digits(text: &str) -> Option<Fen> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 2 && decimals[2..].bytes().any(|b| b != b'0') {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let in_thousands = groups.iter().skip(1).all(|g| g.len() == 3) && groups[0].len() <= 3;
    if groups.len() > 1 && !in_thousands {
        return None;
    }
    let whole = groups.concat();
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(decimals) {
        return None;
    }
    let cents = format!("{decimals:0<2}");
    let fen = whole
        .parse::<u64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents[..2].parse().ok()?)?;
    Fen::new(fen)
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '−' | '–' => '-',
        _ => c,
    }
}

impl Add for Fen {
    type Output = Fen;

    /// Stops at the largest number instead of wrapping; amounts are bounded far below it.
    fn add(self, other: Fen) -> Fen {
        Fen(self.0.saturating_add(other.0))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

/// In yuan: `300.50`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_ledgers_write_them() {
        for (text, fen) in [
            ("1,000", 100_000),
            ("￥300.50", 30_050),
            ("500元", 50_000),
            ("5,000.50元", 500_050),
            ("3000.00", 300_000),
            ("５００", 50_000),
            ("¥ 1,234,567.8", 123_456_780),
            ("200元整", 20_000),
            ("0", 0),
            ("5000.500", 500_050),
        ] {
            assert_eq!(Fen::parse_yuan(text), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_said_to_be_none() {
        for text in [
            "伍仟",
            "",
            "abc",
            "1,00",
            "1.234",
            "十元",
            "1,000,00",
            "--5",
            "99999999999999999999",
        ] {
            assert_eq!(Fen::parse_yuan(text), Err(FenError::NotANumber), "{text}");
        }
        for text in ["-200", "－200", "-￥200.00", "￥-200元"] {
            assert_eq!(Fen::parse_yuan(text), Err(FenError::Negative), "{text}");
        }
    }

    #[test]
    fn it_is_shown_in_yuan() {
        assert_eq!(Fen(30_005).to_string(), "300.05");
    }
}
