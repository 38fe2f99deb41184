//! Which lists of recipients are there, and what of each is paid?
//!
//! A list and the payments of its lines are taken over each by itself, the payments by
//! [`crate::hardship`], and meet in the query: so a reversal is never missed.

mod query;
#[cfg(test)]
mod tests;

pub use query::{
    LineFilter, LineState, PaymentBatchDetails, PaymentBatchFigures, PaymentBatchFilter,
    PaymentBatchRow, PaymentBatchState, PaymentLineRow, details, list,
};

use domain::{
    AnyEvent,
    hardship::{HardshipEvent, HardshipLineStruck},
    payment_batch::{PaymentBatchApproved, PaymentBatchEvent, PaymentLine, PaymentList},
};
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The lists of recipients.
pub struct PaymentBatchesView;

impl View for PaymentBatchesView {
    const NAME: &'static str = "payment_batches";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::PaymentBatch(event) => batch(tx, envelope, event),
            AnyEvent::Hardship(HardshipEvent::LineStruck(event)) => struck(tx, envelope, event),
            AnyEvent::Hardship(_)
            | AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Round(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

fn batch(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PaymentBatchEvent,
) -> Result<(), ViewsError> {
    match event {
        PaymentBatchEvent::Drafted(e) => drafted(tx, envelope, &e.list),
        PaymentBatchEvent::Revised(e) => revised(tx, envelope, &e.list),
        PaymentBatchEvent::Approved(e) => approved(tx, envelope, e),
        PaymentBatchEvent::Discarded(_) => {
            let rows = tx
                .prepare_cached("UPDATE payment_batches SET stage = 'discarded' WHERE batch = ?1")?
                .execute([envelope.stream_id()])?;
            envelope.must_change(rows)
        }
    }
}

fn drafted(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    list: &PaymentList,
) -> Result<(), ViewsError> {
    let occurred = envelope.recorded.metadata.occurred.date();
    tx.prepare_cached(
        "INSERT INTO payment_batches (batch, title, unit, year, source, stage, drafted)
         VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6)",
    )?
    .execute(params![
        envelope.stream_id(),
        list.title.as_str(),
        list.fund.unit.0.as_str(),
        list.fund.year,
        list.fund.source.as_str(),
        occurred.to_string(),
    ])?;
    enter(tx, envelope, &list.lines)
}

fn revised(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    list: &PaymentList,
) -> Result<(), ViewsError> {
    let rows = tx
        .prepare_cached(
            "UPDATE payment_batches SET title = ?2, unit = ?3, year = ?4, source = ?5
             WHERE batch = ?1",
        )?
        .execute(params![
            envelope.stream_id(),
            list.title.as_str(),
            list.fund.unit.0.as_str(),
            list.fund.year,
            list.fund.source.as_str(),
        ])?;
    envelope.must_change(rows)?;
    tx.prepare_cached("DELETE FROM payment_batches_line WHERE batch = ?1")?
        .execute([envelope.stream_id()])?;
    enter(tx, envelope, &list.lines)
}

fn approved(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PaymentBatchApproved,
) -> Result<(), ViewsError> {
    let rows = tx
        .prepare_cached(
            "UPDATE payment_batches
             SET stage = 'approved', approver = ?2, document = ?3, approved_on = ?4
             WHERE batch = ?1",
        )?
        .execute(params![
            envelope.stream_id(),
            event.approver.0.as_str(),
            event.document.as_str(),
            event.approved_on.to_string(),
        ])?;
    envelope.must_change(rows)
}

fn enter(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    lines: &[PaymentLine],
) -> Result<(), ViewsError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO payment_batches_line (batch, line, person, ground, \"case\", amount)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (number, line) in (1_u32..).zip(lines) {
        insert.execute(params![
            envelope.stream_id(),
            number,
            line.case.person.to_string(),
            line.case.ground.as_str(),
            line.case.case,
            line.amount.0,
        ])?;
    }
    Ok(())
}

fn struck(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &HardshipLineStruck,
) -> Result<(), ViewsError> {
    let of = envelope.hardship()?;
    let rows = tx
        .prepare_cached(
            "UPDATE payment_batches_line SET struck = ?4
             WHERE batch = ?1 AND person = ?2 AND ground = ?3",
        )?
        .execute(params![
            event.batch.to_string(),
            of.person.to_string(),
            of.ground.as_str(),
            event.reason.as_str(),
        ])?;
    envelope.must_change(rows)
}
