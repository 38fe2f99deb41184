//! Columns back into the words of the domain.

use std::str::FromStr;

use calendar::When;
use domain::Text;
use rusqlite::Row;
use serde::{
    Serialize,
    de::{DeserializeOwned, IntoDeserializer},
};

use crate::ViewsError;

/// A column that every row has.
pub(crate) fn parsed<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<T, ViewsError> {
    optional(row, column)?.ok_or(ViewsError::Damaged { column })
}

/// A column that may be empty.
pub(crate) fn optional<T: FromStr>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<T>, ViewsError> {
    let stored: Option<String> = row.get(column)?;
    let parsed = stored.map(|s| s.parse()).transpose();
    parsed.map_err(|_| ViewsError::Damaged { column })
}

/// A text that every row has.
pub(crate) fn text(row: &Row<'_>, column: &'static str) -> Result<Text, ViewsError> {
    optional_text(row, column)?.ok_or(ViewsError::Damaged { column })
}

/// A text that may be missing.
pub(crate) fn optional_text(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<Text>, ViewsError> {
    let stored: Option<String> = row.get(column)?;
    let text = stored.map(|s| Text::parse(&s)).transpose();
    text.map_err(|_| ViewsError::Damaged { column })
}

/// A column that holds the word of an enum, as JSON writes it.
pub(crate) fn word<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<T, ViewsError> {
    let word: String = row.get(column)?;
    T::deserialize(word.into_deserializer())
        .map_err(|_: serde::de::value::Error| ViewsError::Damaged { column })
}

/// A time as JSON writes it: a day, or a moment.
pub(crate) fn stored(when: When) -> String {
    match when {
        When::Day(date) => date.to_string(),
        When::At(moment) => moment.to_string(),
    }
}

/// A column that holds such a word, or none.
pub(crate) fn optional_word<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<Option<T>, ViewsError> {
    let word: Option<String> = row.get(column)?;
    word.map(|word| T::deserialize(word.into_deserializer()))
        .transpose()
        .map_err(|_: serde::de::value::Error| ViewsError::Damaged { column })
}

/// A column that holds JSON.
pub(crate) fn json_column<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &'static str,
) -> Result<T, ViewsError> {
    let json: String = row.get(column)?;
    serde_json::from_str(&json).map_err(|_| ViewsError::Damaged { column })
}

/// What such a column holds.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, ViewsError> {
    serde_json::to_string(value).map_err(|_| ViewsError::Damaged { column: "json" })
}

/// The stored word of an enum without content, the same as in JSON.
pub(crate) fn plain<T: Serialize>(value: &T) -> Result<String, ViewsError> {
    let json = serde_json::to_value(value).ok();
    let word = json.as_ref().and_then(serde_json::Value::as_str);
    word.map(str::to_owned)
        .ok_or(ViewsError::Damaged { column: "word" })
}
