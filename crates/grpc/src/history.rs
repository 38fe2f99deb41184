//! What happened, as it is shown.

use calendar::When;
use event_log::{Actor, Revision, Source};
use serde_json::value::RawValue;
use views::history::HistoryEntry;

use crate::{
    calls::source,
    fields::{Fields, shown},
    pb,
};

pub(crate) fn entry(known: HistoryEntry) -> pb::HistoryEntry {
    pb::HistoryEntry {
        position: known.position.to_string(),
        stream: known.stream,
        revision: known.revision.0,
        event: known.event,
        what: known.what,
        occurred: when(known.occurred),
        recorded: known.recorded.to_string(),
        actor: Some(actor(known.actor)),
        on_behalf_of: known.on_behalf_of.unwrap_or_default(),
        document: shown(known.document),
        source: known.source.map(source_shown),
        superseded_by: shown(known.superseded_by),
        version: known.version,
        data: known.data.get().to_owned(),
    }
}

/// What it was copied from.
pub(crate) fn source_shown(known: Source) -> pb::Source {
    let Source {
        document,
        sheet,
        row,
    } = known;
    pb::Source {
        document,
        sheet: sheet.unwrap_or_default(),
        row,
    }
}

/// Who acted, as they were then.
pub(crate) fn actor(known: Actor) -> pb::Actor {
    let Actor {
        id,
        name,
        role,
        unit,
    } = known;
    pb::Actor {
        id,
        name,
        role,
        unit,
    }
}

pub(crate) fn read_entry(f: &Fields<'_>, entry: pb::HistoryEntry) -> Option<HistoryEntry> {
    let data = RawValue::from_string(entry.data).ok();
    if data.is_none() {
        f.fault("data", "it is no JSON", "不是 JSON");
    }
    Some(HistoryEntry {
        position: f.position("position", &entry.position)?,
        stream: entry.stream,
        revision: Revision(entry.revision),
        event: entry.event,
        what: entry.what,
        occurred: f.when("occurred", &entry.occurred)?,
        recorded: f.moment("recorded", &entry.recorded)?,
        actor: f.message("actor", entry.actor, read_actor)?,
        on_behalf_of: Some(entry.on_behalf_of).filter(|other| !other.is_empty()),
        document: f.optional_text("document", &entry.document)?,
        source: f.optional_message("source", entry.source.as_ref(), source)?,
        superseded_by: f.optional_position("superseded_by", &entry.superseded_by)?,
        version: entry.version,
        data: data?,
    })
}

pub(crate) fn read_actor(_: &Fields<'_>, actor: pb::Actor) -> Option<Actor> {
    let pb::Actor {
        id,
        name,
        role,
        unit,
    } = actor;
    Some(Actor {
        id,
        name,
        role,
        unit,
    })
}

/// As JSON writes it: a date, or a moment.
pub(crate) fn when(when: When) -> String {
    match when {
        When::Day(date) => date.to_string(),
        When::At(moment) => moment.to_string(),
    }
}
