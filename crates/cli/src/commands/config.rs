use schemars::{Schema, schema_for};
use serde::Serialize;
use serde_json::Value;

use crate::{config::Config, failure::Failure, output};

/// A key of the configuration.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Key {
    /// As it stands in the file, with its tables before it.
    key: String,
    /// The environment variable that sets it.
    variable: String,
    /// What it is now, wherever that was said; nothing where it is not set.
    value: Option<String>,
    /// What it means.
    meaning: String,
}

/// Shows every key of the configuration, what it means and what it is.
pub(crate) fn run(config: &Config) -> Result<(), Failure> {
    let schema = schema_for!(Config);
    let values = serde_json::to_value(config).map_err(|e| Failure::internal(&e))?;
    let mut keys = Vec::new();
    list(&schema, schema.as_value(), &values, "", &mut keys);
    output::print(config.format, &keys, |keys| {
        let row = |key: &Key| {
            let value = key.value.clone().unwrap_or_default();
            [key.key.clone(), value, key.meaning.clone()]
        };
        output::table(["key", "value", "meaning"], keys.iter().map(row))
    })
}

/// The keys of this table and of those within it.
fn list(root: &Schema, table: &Value, values: &Value, path: &str, keys: &mut Vec<Key>) {
    let Some(Value::Object(properties)) = table.get("properties") else {
        return;
    };
    for (name, described) in properties {
        let key = format!("{path}{name}");
        let value = &values[name];
        match within(root, described) {
            Some(table) => list(root, table, value, &format!("{key}."), keys),
            None => keys.push(Key {
                variable: format!("SANGYU_{}", key.replace('.', "__").to_uppercase()),
                value: shown(value),
                meaning: meaning(described),
                key,
            }),
        }
    }
}

/// The table that a key names, if it does.
fn within<'a>(root: &'a Schema, described: &'a Value) -> Option<&'a Value> {
    let reference = |described: &Value| described.get("$ref").and_then(Value::as_str).map(pointer);
    let any = described.get("anyOf").and_then(Value::as_array);
    let mut candidates = std::iter::once(described).chain(any.into_iter().flatten());
    let pointer = candidates.find_map(reference)?;
    let table = root.as_value().pointer(&pointer)?;
    table.get("properties").is_some().then_some(table)
}

/// From a reference to a place in the same document.
fn pointer(reference: &str) -> String {
    reference.trim_start_matches('#').to_owned()
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => Some(
            values
                .iter()
                .filter_map(shown)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Some(value.to_string()),
    }
}

fn meaning(described: &Value) -> String {
    let text = described.get("description").and_then(Value::as_str);
    text.unwrap_or_default().replace('\n', " ")
}
