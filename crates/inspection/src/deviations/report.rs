use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use calendar::{Date, Timestamp};
use domain::Fen;
use event_log::{EventId, Recorded, Revision};
use serde::{Deserialize, Serialize};

use super::DeviationKind;

/// An event that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub event: EventId,
    /// Its stored name.
    pub name: String,
    /// Its stream.
    pub stream: String,
    /// Its place there.
    pub revision: Revision,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// The account that acted.
    pub actor: String,
}

impl Evidence {
    pub(super) fn of(recorded: &Recorded) -> Self {
        Evidence {
            event: recorded.id,
            name: recorded.name.to_string(),
            stream: recorded.stream.as_str().to_owned(),
            revision: recorded.revision,
            recorded: recorded.metadata.recorded,
            actor: recorded.metadata.actor.id.clone(),
        }
    }
}

/// One thing that was not done by the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deviation {
    /// What it is.
    pub kind: DeviationKind,
    /// The stream of what it is about.
    pub stream: String,
    /// The unit that has it.
    pub unit: String,
    /// The day it was broken: the first day too late, or the day of the deed.
    pub on: Date,
    /// How many calendar days over, where it is about days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<i32>,
    /// How much over, where it is about money; in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Fen>,
    /// The profile it was judged by.
    pub profile: String,
    /// The article, and how the last day was reckoned.
    pub rule: String,
    /// The events that show it, in the order of the log.
    pub events: Vec<Evidence>,
}

/// What was not done by the book in a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviationReport {
    /// The day on which was judged.
    pub today: Date,
    /// The proposed profile that was judged by; nothing if by those in force then.
    pub proposed: Option<String>,
    /// How many events were judged.
    pub events: u64,
    /// How many of them were copied from a ledger row long after they happened: they are late by nature,
    /// and not listed.
    pub taken_over: u64,
    /// How many deviations there are of each kind that there are any of.
    pub counts: BTreeMap<DeviationKind, u64>,
    /// The gravest first, of each kind those furthest over, then in the order of their days.
    pub deviations: Vec<Deviation>,
}

impl DeviationReport {
    pub(super) fn new(
        today: Date,
        proposed: Option<String>,
        events: u64,
        taken_over: u64,
        mut deviations: Vec<Deviation>,
    ) -> Self {
        deviations.sort_by(|a, b| {
            let rank = |d: &Deviation| (d.kind, Reverse(d.amount), Reverse(d.days), d.on);
            rank(a)
                .cmp(&rank(b))
                .then_with(|| a.stream.cmp(&b.stream))
                .then_with(|| {
                    let last = |d: &Deviation| d.events.last().map(|e| (e.recorded, e.event));
                    last(a).cmp(&last(b))
                })
        });
        DeviationReport {
            today,
            proposed,
            events,
            taken_over,
            counts: counts(&deviations),
            deviations,
        }
    }

    /// Without what is about these streams: the reader may not know of them.
    #[must_use]
    pub fn without(mut self, hidden: &HashSet<String>) -> Self {
        self.deviations
            .retain(|deviation| !hidden.contains(&deviation.stream));
        self.counts = counts(&self.deviations);
        self
    }
}

fn counts(deviations: &[Deviation]) -> BTreeMap<DeviationKind, u64> {
    let mut counts = BTreeMap::new();
    for deviation in deviations {
        *counts.entry(deviation.kind).or_default() += 1;
    }
    counts
}
