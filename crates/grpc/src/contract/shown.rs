//! An answer as it is shown.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MapKey, ReflectMessage as _, Value};
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Number;

use super::names;

/// A value of an answer. Serialized, it is JSON with the fields in the order of the proto.
#[derive(Clone, PartialEq)]
pub enum Shown {
    /// Not given.
    Nothing,
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(Number),
    /// A text, a date, a word.
    Text(String),
    /// Several of a kind.
    List(Vec<Shown>),
    /// A message: each field with its name, also those not given.
    Fields(Vec<(String, Shown)>),
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Shown::Nothing => to.serialize_unit(),
            Shown::YesNo(yes) => to.serialize_bool(*yes),
            Shown::Number(number) => number.serialize(to),
            Shown::Text(text) => to.serialize_str(text),
            Shown::List(items) => items.serialize(to),
            Shown::Fields(fields) => {
                let mut map = to.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// A message as it is shown.
pub(crate) fn message(message: &DynamicMessage) -> Shown {
    let described = message.descriptor();
    // A choice of several fields shows the one that was chosen.
    let shown = described.fields().filter(|field| {
        let chosen = field.containing_oneof().is_some_and(|o| !o.is_synthetic());
        !chosen || message.has_field(field)
    });
    let fields = shown.map(|field| {
        let value = match field.supports_presence() && !message.has_field(&field) {
            true => Shown::Nothing,
            false => value(&field, &message.get_field(&field)),
        };
        (field.name().to_owned(), value)
    });
    Shown::Fields(fields.collect())
}

fn value(field: &FieldDescriptor, given: &Value) -> Shown {
    match given {
        Value::Bool(yes) => Shown::YesNo(*yes),
        Value::I32(number) => Shown::Number((*number).into()),
        Value::I64(number) => Shown::Number((*number).into()),
        Value::U32(number) => Shown::Number((*number).into()),
        Value::U64(number) => Shown::Number((*number).into()),
        Value::F32(number) => decimal(f64::from(*number)),
        Value::F64(number) => decimal(*number),
        // An empty text is one not given.
        Value::String(text) if text.is_empty() => Shown::Nothing,
        Value::String(text) => Shown::Text(text.clone()),
        Value::Bytes(bytes) if bytes.is_empty() => Shown::Nothing,
        Value::Bytes(bytes) => Shown::Text(BASE64_STANDARD.encode(bytes)),
        Value::EnumNumber(0) => Shown::Nothing,
        Value::EnumNumber(number) => word(&field.kind(), *number),
        Value::Message(inner) => message(inner),
        Value::List(items) => Shown::List(items.iter().map(|item| value(field, item)).collect()),
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let shown = entries
                .into_iter()
                .map(|(key, inner)| (key_text(key), entry_value(field, inner)));
            Shown::Fields(shown.collect())
        }
    }
}

fn entry_value(field: &FieldDescriptor, inner: &Value) -> Shown {
    match field.kind() {
        Kind::Message(entry) => value(&entry.map_entry_value_field(), inner),
        _ => value(field, inner),
    }
}

fn key_text(key: &MapKey) -> String {
    match key {
        MapKey::Bool(key) => key.to_string(),
        MapKey::I32(key) => key.to_string(),
        MapKey::I64(key) => key.to_string(),
        MapKey::U32(key) => key.to_string(),
        MapKey::U64(key) => key.to_string(),
        MapKey::String(key) => key.clone(),
    }
}

fn decimal(number: f64) -> Shown {
    Number::from_f64(number).map_or(Shown::Nothing, Shown::Number)
}

/// A value that this version does not know is shown by its number.
fn word(kind: &Kind, number: i32) -> Shown {
    let known = match kind {
        Kind::Enum(described) => described.get_value(number),
        _ => None,
    };
    known.map_or(Shown::Number(number.into()), |value| {
        Shown::Text(names::of_value(&value))
    })
}
