use std::fmt;

/// `category-id`: the category up to the first hyphen, not empty, not beginning with `$` (which
/// KurrentDB keeps for itself).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(String);

/// Why a text cannot name a stream.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a stream is named category-id, in at most 200 bytes, without a leading $ or control characters"
)]
pub struct StreamNameError;

const MAX_BYTES: usize = 200;

impl StreamName {
    /// The stream of one aggregate.
    ///
    /// # Errors
    /// [`StreamNameError`] if the category is empty or holds a hyphen, or the id is empty or the
    /// whole is too long.
    pub fn new(category: &str, id: &str) -> Result<Self, StreamNameError> {
        if category.contains('-') {
            Err(StreamNameError)
        } else {
            Self::parse(format!("{category}-{id}"))
        }
    }

    /// Checks a whole name.
    ///
    /// # Errors
    /// [`StreamNameError`] if it is no `category-id`.
    pub fn parse(name: String) -> Result<Self, StreamNameError> {
        let whole = name
            .split_once('-')
            .is_some_and(|(c, id)| !c.is_empty() && !id.is_empty());
        let control = if name.is_ascii() {
            name.bytes().any(|byte| byte.is_ascii_control())
        } else {
            name.chars().any(char::is_control)
        };
        let clean = !name.starts_with('$') && !control;
        if whole && clean && name.len() <= MAX_BYTES {
            Ok(StreamName(name))
        } else {
            Err(StreamNameError)
        }
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of aggregate it is of.
    pub fn category(&self) -> &str {
        self.0.split_once('-').map_or("", |(category, _)| category)
    }

    /// Which one.
    pub fn id(&self) -> &str {
        self.0.split_once('-').map_or("", |(_, id)| id)
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
