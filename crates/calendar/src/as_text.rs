//! Values that stand in JSON as a text: written as they are displayed, read from the text where it
//! lies, without a copy of it.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::de::{Deserializer, Error, Visitor};

/// Has types with `Display` and `FromStr` stand in JSON as the one writes and the other reads them.
#[macro_export]
macro_rules! as_text {
    ($($name:ty),+ $(,)?) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::as_text::deserialize(deserializer)
            }
        }
    )+};
}

/// Reads a value from its text.
///
/// # Errors
/// What the deserializer says, if there is no text; what [`FromStr`] says of the text.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(OfText(PhantomData))
}

struct OfText<T>(PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for OfText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
