//! Who is in hardship, how far is each case, and what was paid?

mod query;
#[cfg(test)]
mod tests;

pub(crate) use query::recipient;
pub use query::{
    CaseState, HardshipCase, HardshipFilter, HardshipPayment, HardshipTotals, list, payments,
    totals,
};

use calendar::Date;
use domain::{
    AnyEvent, Fen, PaymentBatchId, ReservationId, StaffId, Text, hardship::HardshipEvent,
};
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The hardship register.
pub struct HardshipView;

impl View for HardshipView {
    const NAME: &'static str = "hardship";
    const VERSION: u32 = 3;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Hardship(event) => Fold { tx, envelope }.apply(event),
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

struct Fold<'a> {
    tx: &'a Transaction<'a>,
    envelope: &'a Envelope<'a>,
}

/// A payment of either kind.
struct Paid<'a> {
    voucher: &'a Text,
    amount: Fen,
    paid_on: Date,
    payer: Option<&'a StaffId>,
    remark: Option<&'a Text>,
    taken_over: bool,
    batch: Option<PaymentBatchId>,
}

impl Fold<'_> {
    fn apply(&self, event: &HardshipEvent) -> Result<(), ViewsError> {
        let occurred = self.envelope.recorded.metadata.occurred.date().to_string();
        match event {
            HardshipEvent::Opened(e) => {
                self.tx
                    .prepare_cached(
                        "INSERT INTO hardship
                         (person, ground, \"case\", stage, situation, granted, opened,
                          recipient_name, recipient_relation)
                         VALUES (?1, ?2, ?3, 'opened', ?4, 0, ?5, ?6, ?7)",
                    )?
                    .execute(params![
                        e.person.to_string(),
                        e.ground.as_str(),
                        e.case,
                        e.situation.as_deref(),
                        occurred,
                        e.recipient.as_ref().map(|r| r.name.as_str()),
                        e.recipient.as_ref().map(|r| r.relation.as_str()),
                    ])?;
                Ok(())
            }
            HardshipEvent::Assessed(e) => {
                self.update("stage = 'assessed', recommended = ?3", e.recommended.0)
            }
            HardshipEvent::Approved(e) => {
                self.update("stage = 'approved', granted = ?3", e.amount.0)?;
                match &e.reserved {
                    Some(r) => self.update("reservation = ?3", r.reservation.to_string()),
                    None => Ok(()),
                }
            }
            HardshipEvent::Declined(_) => self.update("stage = ?3", "declined"),
            HardshipEvent::Disbursed(e) => self.pay(&Paid {
                voucher: &e.voucher,
                amount: e.amount,
                paid_on: e.paid_on,
                payer: Some(&e.payer),
                remark: None,
                taken_over: false,
                batch: e.batch,
            }),
            HardshipEvent::PaymentTakenOver(e) => self.pay(&Paid {
                voucher: &e.voucher,
                amount: e.amount,
                paid_on: e.paid_on,
                payer: None,
                remark: e.remark.as_ref(),
                taken_over: true,
                batch: None,
            }),
            HardshipEvent::Reversed(e) => self.reverse(&e.voucher, &occurred),
            // What goes back to the fund may be paid no more.
            HardshipEvent::RestReleased(e) => self.give_back(e.reserved.reservation, e.amount),
            HardshipEvent::FollowedUp(_)
            | HardshipEvent::ApprovalLapsed(_)
            // The list shows it.
            | HardshipEvent::LineStruck(_) => Ok(()),
            HardshipEvent::Closed(_) => self.update("closed = ?3", occurred),
            HardshipEvent::Reopened(_) => self.update("closed = ?3", rusqlite::types::Null),
        }
    }

    /// Changes the latest case of the person and ground.
    fn update(&self, set: &str, value: impl rusqlite::ToSql) -> Result<(), ViewsError> {
        let id = self.envelope.hardship()?;
        let rows = self
            .tx
            .prepare_cached(&format!(
                "UPDATE hardship SET {set} WHERE person = ?1 AND ground = ?2 AND \"case\" =
                 (SELECT max(\"case\") FROM hardship WHERE person = ?1 AND ground = ?2)"
            ))?
            .execute(params![id.person.to_string(), id.ground.as_str(), value])?;
        self.envelope.must_change(rows)
    }

    /// Also where the next case is open already.
    fn give_back(&self, reservation: ReservationId, amount: Fen) -> Result<(), ViewsError> {
        let id = self.envelope.hardship()?;
        let rows = self
            .tx
            .prepare_cached(
                "UPDATE hardship SET granted = granted - ?4
                 WHERE person = ?1 AND ground = ?2 AND reservation = ?3",
            )?
            .execute(params![
                id.person.to_string(),
                id.ground.as_str(),
                reservation.to_string(),
                amount.0,
            ])?;
        self.envelope.must_change(rows)
    }

    fn pay(&self, paid: &Paid<'_>) -> Result<(), ViewsError> {
        let id = self.envelope.hardship()?;
        let rows = self
            .tx
            .prepare_cached(
                "INSERT INTO hardship_payment (position, person, ground, \"case\", voucher, amount,
                                               paid_on, payer, taken_over, remark, batch)
                 SELECT ?1, person, ground, \"case\", ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM hardship
                 WHERE person = ?2 AND ground = ?3 ORDER BY \"case\" DESC LIMIT 1",
            )?
            .execute(params![
                self.envelope.recorded.position.to_stored(),
                id.person.to_string(),
                id.ground.as_str(),
                paid.voucher.as_str(),
                paid.amount.0,
                paid.paid_on.to_string(),
                paid.payer.map(|p| p.0.as_str()),
                paid.taken_over,
                paid.remark.map(Text::as_str),
                paid.batch.map(|batch| batch.to_string()),
            ])?;
        self.envelope.must_change(rows)
    }

    fn reverse(&self, voucher: &Text, occurred: &str) -> Result<(), ViewsError> {
        let id = self.envelope.hardship()?;
        let rows = self
            .tx
            .prepare_cached(
                "UPDATE hardship_payment SET reversed = ?4
                 WHERE person = ?1 AND ground = ?2 AND voucher = ?3",
            )?
            .execute(params![
                id.person.to_string(),
                id.ground.as_str(),
                voucher.as_str(),
                occurred,
            ])?;
        self.envelope.must_change(rows)
    }
}
