//! What was not done by the book, in parts.

use app::Candidate;
use domain::Fen;
use event_log::{EventId, Revision};
use inspection::deviations::{Deviation, DeviationKind, DeviationReport, Evidence};

use crate::{
    fields::{Fields, Word as _, words},
    pb::{self, replay_rules_response::Part},
    stream::Out,
};

words! {
    pb::DeviationKind = DeviationKind {
        FundOverrun, DutiesNotSeparate, MedalToTheDead, MedalIneligible, PetitionNotAnswered,
        PetitionAnsweredLate, PetitionNotTold, PetitionToldLate, ReviewNotDecided, ReviewDecidedLate,
        ExtensionTooLong, ExtensionAfterDue, DutyClosedByOther, DutyNotDone, DutyDoneLate,
        VisitBeforeTrigger, RecordedLate,
    }
}

/// How many deviations travel together.
const BATCH: usize = 500;

/// The file that is proposed, if one is.
pub(crate) fn proposed(
    f: &Fields<'_>,
    file_name: String,
    text: String,
) -> Option<Option<Candidate>> {
    match (file_name.trim().is_empty(), text.is_empty()) {
        (true, true) => Some(None),
        (true, false) => f.missing("file_name"),
        (false, _) => Some(Some(Candidate { file_name, text })),
    }
}

pub(crate) async fn send(report: DeviationReport, out: &Out<pb::ReplayRulesResponse>) {
    let part = |part| pb::ReplayRulesResponse { part: Some(part) };
    let counts = report
        .counts
        .into_iter()
        .map(|(kind, count)| pb::DeviationCount {
            kind: kind.write(),
            count,
        });
    let summary = pb::DeviationSummary {
        today: report.today.to_string(),
        proposed: report.proposed.unwrap_or_default(),
        events: report.events,
        taken_over: report.taken_over,
        counts: counts.collect(),
    };
    out.surely(part(Part::Summary(summary))).await;
    let mut rest = report.deviations.into_iter().map(shown).peekable();
    while rest.peek().is_some() {
        let items = rest.by_ref().take(BATCH).collect();
        out.surely(part(Part::Batch(pb::DeviationBatch { items })))
            .await;
    }
}

fn shown(deviation: Deviation) -> pb::Deviation {
    pb::Deviation {
        kind: deviation.kind.write(),
        stream: deviation.stream,
        unit: deviation.unit,
        on: deviation.on.to_string(),
        days: deviation.days,
        amount: deviation.amount.map(|amount| amount.0),
        profile: deviation.profile,
        rule: deviation.rule,
        events: deviation.events.into_iter().map(shown_evidence).collect(),
    }
}

fn shown_evidence(evidence: Evidence) -> pb::DeviationEvidence {
    pb::DeviationEvidence {
        event: evidence.event.to_string(),
        name: evidence.name,
        stream: evidence.stream,
        revision: evidence.revision.0,
        recorded: evidence.recorded.to_string(),
        actor: evidence.actor,
    }
}

pub(crate) fn read_summary(
    f: &Fields<'_>,
    summary: pb::DeviationSummary,
) -> Option<DeviationReport> {
    let today = f.date("today", &summary.today);
    let counts = f.all("counts", summary.counts, |f, count| {
        Some((f.word("kind", count.kind)?, count.count))
    });
    Some(DeviationReport {
        today: today?,
        proposed: Some(summary.proposed).filter(|id| !id.is_empty()),
        events: summary.events,
        taken_over: summary.taken_over,
        counts: counts?.into_iter().collect(),
        deviations: Vec::new(),
    })
}

pub(crate) fn read_batch(f: &Fields<'_>, batch: pb::DeviationBatch) -> Option<Vec<Deviation>> {
    f.all("items", batch.items, read_deviation)
}

fn read_deviation(f: &Fields<'_>, deviation: pb::Deviation) -> Option<Deviation> {
    let kind = f.word("kind", deviation.kind);
    let on = f.date("on", &deviation.on);
    let events = f.all("events", deviation.events, read_evidence);
    Some(Deviation {
        kind: kind?,
        stream: deviation.stream,
        unit: deviation.unit,
        on: on?,
        days: deviation.days,
        amount: deviation.amount.map(Fen),
        profile: deviation.profile,
        rule: deviation.rule,
        events: events?,
    })
}

fn read_evidence(f: &Fields<'_>, evidence: pb::DeviationEvidence) -> Option<Evidence> {
    let event = f.id("event", &evidence.event);
    let recorded = f.moment("recorded", &evidence.recorded);
    Some(Evidence {
        event: EventId(event?),
        name: evidence.name,
        stream: evidence.stream,
        revision: Revision(evidence.revision),
        recorded: recorded?,
        actor: evidence.actor,
    })
}
