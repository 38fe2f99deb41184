//! What differs between two documents, field by field.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A field that differs. Its path is a JSON pointer (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// It is there only after.
    Added {
        /// Which.
        path: String,
        /// Its value.
        after: Value,
    },
    /// It is there only before.
    Removed {
        /// Which.
        path: String,
        /// Its value.
        before: Value,
    },
    /// It is there both times, with another value.
    Changed {
        /// Which.
        path: String,
        /// Its value before.
        before: Value,
        /// Its value after.
        after: Value,
    },
}

/// A change that does not fit the document it is applied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeError;

impl Change {
    /// Which field.
    pub fn path(&self) -> &str {
        match self {
            Change::Added { path, .. }
            | Change::Removed { path, .. }
            | Change::Changed { path, .. } => path,
        }
    }

    /// Its value before.
    pub fn before(&self) -> Option<&Value> {
        match self {
            Change::Added { .. } => None,
            Change::Removed { before, .. } | Change::Changed { before, .. } => Some(before),
        }
    }

    /// Its value after.
    pub fn after(&self) -> Option<&Value> {
        match self {
            Change::Removed { .. } => None,
            Change::Added { after, .. } | Change::Changed { after, .. } => Some(after),
        }
    }

    /// Whether it touches the field at this path, or a part of it, or a whole that it is part of.
    pub fn touches(&self, field: &str) -> bool {
        lies_in(self.path(), field) || lies_in(field, self.path())
    }
}

/// Whether the first path leads to the second or into it.
pub(crate) fn lies_in(path: &str, whole: &str) -> bool {
    path.strip_prefix(whole)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What leads from one document to another, in the order of the paths. Objects are compared field by
/// field; a list is one value.
pub fn diff(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    compare(String::new(), before, after, &mut changes);
    changes
}

fn compare(path: String, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (name, before) in old {
                let path = format!("{path}/{}", escaped(name));
                match new.get(name) {
                    Some(after) => compare(path, before, after, changes),
                    None => changes.push(Change::Removed {
                        path,
                        before: before.clone(),
                    }),
                }
            }
            for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
                changes.push(Change::Added {
                    path: format!("{path}/{}", escaped(name)),
                    after: after.clone(),
                });
            }
        }
        (before, after) if before == after => {}
        (before, after) => changes.push(Change::Changed {
            path,
            before: before.clone(),
            after: after.clone(),
        }),
    }
}

/// Makes the changes in a document.
///
/// # Errors
/// [`ChangeError`] if the document is not the one they lead from.
pub fn apply(document: &mut Value, changes: &[Change]) -> Result<(), ChangeError> {
    changes.iter().try_for_each(|change| make(document, change))
}

fn make(document: &mut Value, change: &Change) -> Result<(), ChangeError> {
    if let Change::Changed { path, after, .. } = change {
        let field = document.pointer_mut(path).ok_or(ChangeError)?;
        *field = after.clone();
        return Ok(());
    }
    let (whole, name) = change.path().rsplit_once('/').ok_or(ChangeError)?;
    let whole = document.pointer_mut(whole).and_then(Value::as_object_mut);
    let whole: &mut Map<String, Value> = whole.ok_or(ChangeError)?;
    let name = name.replace("~1", "/").replace("~0", "~");
    match change.after() {
        Some(after) => {
            whole.insert(name, after.clone());
        }
        None => {
            whole.remove(&name).ok_or(ChangeError)?;
        }
    }
    Ok(())
}

/// A name as a part of a JSON pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
