use std::{fmt, ops::Deref, str::FromStr};

/// A text someone wrote: not empty, without spaces at its ends, otherwise to the byte as given.
///
/// `Debug` hides it: what people write is personal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but spaces.
    #[error("it is empty")]
    Empty,
    /// Too long to be stored.
    #[error("it has {found} characters, at most {limit} are taken")]
    TooLong {
        /// How many it has.
        found: usize,
        /// How many are taken.
        limit: usize,
    },
}

impl Text {
    /// The most characters a text may have.
    pub const LIMIT: usize = 100_000;

    /// Takes a text without the white space at its ends.
    ///
    /// # Errors
    /// [`TextError`] if nothing is left, or too much.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        // A character has at least one byte, so most texts need no counting.
        if text.len() > Self::LIMIT {
            let found = text.chars().count();
            if found > Self::LIMIT {
                return Err(TextError::TooLong {
                    found,
                    limit: Self::LIMIT,
                });
            }
        }
        Ok(Text(text.to_owned()))
    }

    /// The text, or `None` where there is nothing but spaces.
    ///
    /// # Errors
    /// [`TextError::TooLong`].
    pub fn parse_optional(text: &str) -> Result<Option<Self>, TextError> {
        match Self::parse(text) {
            Err(TextError::Empty) => Ok(None),
            other => other.map(Some),
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Text {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Self::parse(text)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.0
    }
}

calendar::as_text!(Text);

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text(hidden, {} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_ends_are_trimmed() {
        let text = Text::parse("\n\t\u{3000}来信人：\u{a0}您好\n").unwrap();
        assert_eq!(text.as_str(), "来信人：\u{a0}您好");
        assert_eq!(Text::parse(" \u{3000}"), Err(TextError::Empty));
        assert_eq!(Text::parse_optional(" "), Ok(None));
    }

    #[test]
    fn the_limit_counts_characters_not_bytes() {
        assert!(Text::parse(&"桑".repeat(Text::LIMIT)).is_ok());
        assert!(matches!(
            Text::parse(&"榆".repeat(Text::LIMIT + 1)),
            Err(TextError::TooLong { found: 100_001, .. })
        ));
    }

    #[test]
    fn debug_does_not_show_it() {
        assert_eq!(
            format!("{:?}", Text::parse("secret").unwrap()),
            "Text(hidden, 6 bytes)"
        );
    }
}
