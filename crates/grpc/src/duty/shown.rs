//! What is read of duties, on its way out; and on its way in again, in a client.

use domain::{
    ClosedBy, VisitMatch,
    duty::{Climb, DutyDue, RuleId},
};
use views::duties::{
    Coverage, DigestFilter, DutyCounts, DutyDetails, DutyDigest, DutyGroup, DutyRow,
};

use super::duty;
use crate::{
    calendar_service as days,
    fields::{Fields, Word, shown},
    history::when,
    pb,
    visit::shown_purpose,
};

pub(super) fn row(row: DutyRow) -> pb::DutyRow {
    pb::DutyRow {
        duty: row.duty.to_string(),
        person: row.person.to_string(),
        person_name: row.person_name.into(),
        rule: row.rule.to_string(),
        name: row.name.into(),
        kind: row.kind.write(),
        unit: row.unit.into(),
        handler: shown(row.handler),
        state: row.state.write(),
        on: row.on.to_string(),
        known: when(row.known),
        age: row.age.map(i32::from),
        due_raw: row.due_raw.to_string(),
        due_rolled: row.due_rolled.to_string(),
        days_left: row.days_left,
        provisional: row.provisional,
        missed: row.missed,
        rung: row.rung.map_or(0, Word::write),
        waiver_by: shown(row.waiver_by),
        waiver_reason: shown(row.waiver_reason),
        done_on: shown(row.done_on),
    }
}

pub(crate) fn read_row(f: &Fields<'_>, row: pb::DutyRow) -> Option<DutyRow> {
    let age = match row.age {
        Some(age) => Some(f.number("age", age, (0, i32::from(i16::MAX)))?),
        None => None,
    };
    Some(DutyRow {
        duty: duty(f, "duty", &row.duty)?,
        person: f.id("person", &row.person)?,
        person_name: f.text("person_name", &row.person_name)?,
        rule: rule(f, &row.rule)?,
        name: f.text("name", &row.name)?,
        kind: f.word("kind", row.kind)?,
        unit: f.text("unit", &row.unit)?,
        handler: f.optional_text("handler", &row.handler)?,
        state: f.word("state", row.state)?,
        on: f.date("on", &row.on)?,
        known: f.when("known", &row.known)?,
        age,
        due_raw: f.date("due_raw", &row.due_raw)?,
        due_rolled: f.date("due_rolled", &row.due_rolled)?,
        days_left: row.days_left,
        provisional: row.provisional,
        missed: row.missed,
        rung: f.optional_word("rung", row.rung)?,
        waiver_by: f.optional_text("waiver_by", &row.waiver_by)?,
        waiver_reason: f.optional_text("waiver_reason", &row.waiver_reason)?,
        done_on: f.optional_date("done_on", &row.done_on)?,
    })
}

fn rule(f: &Fields<'_>, text: &str) -> Option<RuleId> {
    let rule = RuleId::parse(text).ok();
    if rule.is_none() {
        f.fault("rule", "it names no rule", "不是规则名称");
    }
    rule
}

pub(super) fn counts(counts: DutyCounts) -> pb::DutyCounts {
    let DutyCounts {
        overdue,
        today,
        this_week,
        later,
        awaiting_approval,
    } = counts;
    pb::DutyCounts {
        overdue,
        today,
        this_week,
        later,
        awaiting_approval,
    }
}

pub(super) fn details(known: DutyDetails) -> pb::GetDutyResponse {
    pb::GetDutyResponse {
        row: Some(row(known.row)),
        profile: known.profile.into(),
        closed_by: Some(closed_by(known.closed_by)),
        due: Some(due(known.due)),
        done_by: shown(known.done_by),
        cancelled: shown(known.cancelled),
    }
}

fn closed_by(rule: ClosedBy) -> pb::ClosedBy {
    use pb::closed_by::ClosedBy as Wire;
    pb::ClosedBy {
        closed_by: Some(match rule {
            ClosedBy::Visit(VisitMatch { purposes, modes }) => Wire::Visit(pb::VisitMatch {
                purposes: purposes.into_iter().map(shown_purpose).collect(),
                modes: modes.into_iter().map(Word::write).collect(),
            }),
            ClosedBy::Verification => Wire::Verification(pb::Verification {}),
            ClosedBy::Review => Wire::Review(pb::ReviewOfPlan {}),
        }),
    }
}

fn due(due: DutyDue) -> pb::DutyDue {
    let climb = |Climb { rung, from }| pb::Climb {
        rung: rung.write(),
        from: from.to_string(),
    };
    let deadline = due.deadline;
    pb::DutyDue {
        start: due.start.to_string(),
        term: Some(days::shown_term(due.term)),
        warn_from: due.warn_from.to_string(),
        due_raw: deadline.raw.to_string(),
        due_rolled: deadline.rolled.to_string(),
        provisional: deadline.provisional,
        skipped: deadline.skipped.into_iter().map(days::skipped).collect(),
        rule: deadline.rule,
        calendar: deadline.calendar,
        climbs: due.climbs.into_iter().map(climb).collect(),
    }
}

pub(super) fn coverage(of: Coverage) -> pb::DutyCoverage {
    pb::DutyCoverage {
        unit: of.unit.into(),
        rule: of.rule.to_string(),
        name: of.name.into(),
        kind: of.kind.write(),
        due: of.due,
        in_time: of.in_time,
        late: of.late,
        waived: of.waived,
        cancelled: of.cancelled,
        open: of.open,
        overdue: of.overdue,
    }
}

pub(super) fn digest(digest: DutyDigest) -> pb::GetDutyDigestResponse {
    let group = |DutyGroup { total, items }| {
        let items = items.into_iter().map(row).collect();
        Some(pb::DutyGroup { total, items })
    };
    pb::GetDutyDigestResponse {
        today: digest.today.to_string(),
        since: digest.since.to_string(),
        unit: shown(digest.of.unit),
        handler: shown(digest.of.handler),
        counts: Some(counts(digest.counts)),
        newly_overdue: group(digest.newly_overdue),
        due_today: group(digest.due_today),
        warned: group(digest.warned),
        arrived: group(digest.arrived),
        climbed: group(digest.climbed),
        to_decide: group(digest.to_decide),
    }
}

pub(crate) fn read_digest(f: &Fields<'_>, digest: pb::GetDutyDigestResponse) -> Option<DutyDigest> {
    let counts = |_: &Fields<'_>, counts: pb::DutyCounts| {
        Some(DutyCounts {
            overdue: counts.overdue,
            today: counts.today,
            this_week: counts.this_week,
            later: counts.later,
            awaiting_approval: counts.awaiting_approval,
        })
    };
    let group = |f: &Fields<'_>, group: pb::DutyGroup| {
        Some(DutyGroup {
            total: group.total,
            items: f.all("items", group.items, read_row)?,
        })
    };
    Some(DutyDigest {
        today: f.date("today", &digest.today)?,
        since: f.date("since", &digest.since)?,
        of: DigestFilter {
            unit: f.optional_text("unit", &digest.unit)?,
            handler: f.optional_text("handler", &digest.handler)?,
        },
        counts: f.message("counts", digest.counts, counts)?,
        newly_overdue: f.message("newly_overdue", digest.newly_overdue, group)?,
        due_today: f.message("due_today", digest.due_today, group)?,
        warned: f.message("warned", digest.warned, group)?,
        arrived: f.message("arrived", digest.arrived, group)?,
        climbed: f.message("climbed", digest.climbed, group)?,
        to_decide: f.message("to_decide", digest.to_decide, group)?,
    })
}
