//! Through a dossier event by event, in the order in which they were recorded.

use std::{collections::BTreeMap, ops::ControlFlow};

use event_log::Recorded;
use serde::Serialize;
use serde_json::Value;
use views::{Replay, ViewsError};

use crate::{
    Asked, Change, FieldOrigin, Origin,
    change::{diff, escaped, lies_in},
    dossier::{HISTORY, dossier},
};

/// An event, and what it changed in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The event.
    pub origin: Origin,
    /// What it changed; that it happened goes without saying.
    pub changes: Vec<Change>,
}

/// The events of a dossier with what each changed. If a field is named, those alone that touch it, with
/// what they changed of it.
///
/// # Errors
/// [`ViewsError`].
pub fn steps(
    replay: &mut Replay,
    asked: &Asked,
    events: &[Recorded],
    field: Option<&str>,
) -> Result<Vec<Step>, ViewsError> {
    let mut steps = Vec::new();
    walk(replay, asked, events, |event, before, after| {
        let mut changes = changes(before, after);
        if let Some(field) = field {
            changes.retain(|change| change.touches(field));
        }
        if field.is_none() || !changes.is_empty() {
            let origin = Origin::of(event)?;
            steps.push(Step { origin, changes });
        }
        Ok(ControlFlow::<()>::Continue(()))
    })?;
    Ok(steps)
}

/// The first event behind which this holds of the document; `None` if it never does.
///
/// # Errors
/// [`ViewsError`].
pub fn first(
    replay: &mut Replay,
    asked: &Asked,
    events: &[Recorded],
    mut holds: impl FnMut(&Value) -> bool,
) -> Result<Option<Step>, ViewsError> {
    walk(replay, asked, events, |event, before, after| {
        Ok(match holds(after) {
            true => ControlFlow::Break(Step {
                origin: Origin::of(event)?,
                changes: changes(before, after),
            }),
            false => ControlFlow::Continue(()),
        })
    })
}

/// Each field of the document, or of the part at this path, with the event that last set it. What was
/// never said has none.
///
/// # Errors
/// [`ViewsError`].
pub fn origins(
    replay: &mut Replay,
    asked: &Asked,
    events: &[Recorded],
    field: Option<&str>,
) -> Result<Vec<FieldOrigin>, ViewsError> {
    let mut set: BTreeMap<String, (Value, Origin)> = BTreeMap::new();
    walk(replay, asked, events, |event, before, after| {
        let changes = changes(before, after);
        if changes.is_empty() {
            return Ok(ControlFlow::<()>::Continue(()));
        }
        let origin = Origin::of(event)?;
        for change in changes {
            set.retain(|path, _| !lies_in(path, change.path()));
            if let Some(after) = change.after() {
                // A field that was emptied has someone who emptied it.
                let emptied = change.before().is_some();
                each_field(change.path(), after, &mut |path, value| {
                    if emptied || !value.is_null() {
                        set.insert(path.to_owned(), (value.clone(), origin.clone()));
                    }
                });
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let set = set.into_iter();
    let asked_for = set.filter(|(path, _)| field.is_none_or(|field| lies_in(path, field)));
    let origins = asked_for.map(|(path, (value, origin))| FieldOrigin {
        path,
        value,
        origin,
    });
    Ok(origins.collect())
}

/// Shows each event with the document before and behind it, until told to stop.
fn walk<B>(
    replay: &mut Replay,
    asked: &Asked,
    events: &[Recorded],
    mut see: impl FnMut(&Recorded, &Value, &Value) -> Result<ControlFlow<B>, ViewsError>,
) -> Result<Option<B>, ViewsError> {
    let replayed = replay.begin()?;
    let mut before = dossier(&replayed, asked)?;
    for event in events {
        replayed.apply(asked.subject.views(), std::slice::from_ref(event))?;
        let after = dossier(&replayed, asked)?;
        if let ControlFlow::Break(found) = see(event, &before, &after)? {
            return Ok(Some(found));
        }
        before = after;
    }
    Ok(None)
}

/// What an event changed besides the history it stands in. That a field begins empty is no change.
fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let begins_empty =
        |change: &Change| change.before().is_none() && change.after().is_none_or(Value::is_null);
    let mut changes = diff(before, after);
    changes.retain(|change| !lies_in(change.path(), HISTORY) && !begins_empty(change));
    changes
}

fn each_field(path: &str, value: &Value, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            each_field(&format!("{path}/{}", escaped(name)), value, see);
        }),
        value => see(path, value),
    }
}
