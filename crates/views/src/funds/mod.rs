//! What money is there for hardship aid, what is bound and spent, and do the funds and the cases say
//! the same?
//!
//! Two books are kept, one from the events of the funds alone and one from those of the cases alone;
//! [`report`] compares them row by row.

mod query;
mod reconcile;
#[cfg(test)]
mod tests;

pub use query::{FundAmounts, FundFilter, FundReport, FundRow, report};
pub use reconcile::{Difference, DifferenceKind, Pending, differences, pending};

use domain::{
    AnyEvent, Fen, ReservationId, Text,
    fund::{FundEvent, FundId},
    hardship::{FundReservation, HardshipEvent},
};
use rusqlite::{Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The hardship funds.
pub struct FundsView;

impl View for FundsView {
    const NAME: &'static str = "funds";
    const VERSION: u32 = 2;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        let fold = Fold { tx, envelope };
        match envelope.event {
            AnyEvent::Fund(event) => fold.fund(event),
            AnyEvent::Hardship(event) => fold.case(event),
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
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

impl Fold<'_> {
    fn fund(&self, event: &FundEvent) -> Result<(), ViewsError> {
        match event {
            FundEvent::BudgetSet(e) => {
                self.begin(&e.fund)?;
                self.set("appropriated = ?2", e.amount.0)
            }
            FundEvent::Reserved(e) => {
                let case = e.case;
                self.tx
                    .prepare_cached(
                        "INSERT INTO funds_reservation
                         (reservation, fund, person, ground, \"case\", amount, released)
                         SELECT ?1, fund, ?3, ?4, ?5, ?6, 0 FROM funds WHERE fund = ?2",
                    )?
                    .execute(params![
                        e.reservation.to_string(),
                        self.envelope.stream_id(),
                        case.person.to_string(),
                        case.ground.as_str(),
                        case.case,
                        e.amount.0,
                    ])
                    .map_err(ViewsError::from)
                    .and_then(|rows| self.envelope.must_change(rows))
            }
            FundEvent::Released(e) => self.change(
                "UPDATE funds_reservation SET amount = amount - ?2, released = released + ?2
                 WHERE reservation = ?1",
                e.reservation,
                e.amount,
            ),
            FundEvent::Spent(e) => self.pay(e.reservation, &e.voucher, e.amount),
            FundEvent::SpendingReversed(e) => self.reverse(e.reservation, &e.voucher),
            FundEvent::CarriedOut(e) => {
                self.set("carried_out = carried_out + ?2", e.amount.0)?;
                self.tx
                    .prepare_cached(
                        "INSERT INTO funds_carry_over (carry_over, \"from\", amount, arrived)
                         VALUES (?1, ?2, ?3, 0)",
                    )?
                    .execute(params![
                        e.carry_over.to_string(),
                        self.envelope.stream_id(),
                        e.amount.0
                    ])?;
                Ok(())
            }
            FundEvent::CarriedIn(e) => {
                self.begin(&e.fund)?;
                self.set("carried_in = carried_in + ?2", e.amount.0)?;
                let rows = self
                    .tx
                    .prepare_cached(
                        "UPDATE funds_carry_over SET arrived = 1
                         WHERE carry_over = ?1 AND amount = ?2",
                    )?
                    .execute(params![e.carry_over.to_string(), e.amount.0])?;
                self.envelope.must_change(rows)
            }
            FundEvent::Closed(_) => {
                let on = self.envelope.recorded.metadata.occurred.date().to_string();
                self.set("closed = ?2", on)
            }
        }
    }

    fn case(&self, event: &HardshipEvent) -> Result<(), ViewsError> {
        match event {
            HardshipEvent::Opened(e) => {
                self.tx
                    .prepare_cached(
                        "INSERT INTO funds_case (person, ground, \"case\") VALUES (?1, ?2, ?3)
                         ON CONFLICT (person, ground) DO UPDATE SET \"case\" = excluded.\"case\"",
                    )?
                    .execute(params![e.person.to_string(), e.ground.as_str(), e.case])?;
                Ok(())
            }
            HardshipEvent::Approved(e) => match &e.reserved {
                Some(reserved) => self.decided(reserved, e.amount, false),
                None => Ok(()),
            },
            HardshipEvent::ApprovalLapsed(e) => self.decided(&e.reserved, Fen::ZERO, true),
            HardshipEvent::RestReleased(e) => self.change(
                "UPDATE funds_grant SET amount = amount - ?2 WHERE reservation = ?1",
                e.reserved.reservation,
                e.amount,
            ),
            HardshipEvent::Disbursed(e) => {
                let id = self.envelope.hardship()?;
                // No row where the case was approved before funds were kept.
                self.tx
                    .prepare_cached(
                        "INSERT INTO funds_case_payment (reservation, voucher, amount, reversed)
                         SELECT g.reservation, ?3, ?4, 0
                         FROM funds_grant g JOIN funds_case c USING (person, ground, \"case\")
                         WHERE c.person = ?1 AND c.ground = ?2 AND NOT g.lapsed",
                    )?
                    .execute(params![
                        id.person.to_string(),
                        id.ground.as_str(),
                        e.voucher.as_str(),
                        e.amount.0,
                    ])?;
                Ok(())
            }
            HardshipEvent::Reversed(e) => {
                let id = self.envelope.hardship()?;
                // A voucher names one payment of all cases of a person on a ground.
                self.tx
                    .prepare_cached(
                        "UPDATE funds_case_payment SET reversed = 1
                         WHERE voucher = ?3 AND reservation IN
                           (SELECT reservation FROM funds_grant WHERE person = ?1 AND ground = ?2)",
                    )?
                    .execute(params![
                        id.person.to_string(),
                        id.ground.as_str(),
                        e.voucher.as_str(),
                    ])?;
                Ok(())
            }
            HardshipEvent::Assessed(_)
            | HardshipEvent::LineStruck(_)
            | HardshipEvent::Declined(_)
            | HardshipEvent::FollowedUp(_)
            | HardshipEvent::Closed(_)
            | HardshipEvent::Reopened(_)
            | HardshipEvent::PaymentTakenOver(_) => Ok(()),
        }
    }

    fn begin(&self, fund: &FundId) -> Result<(), ViewsError> {
        self.tx
            .prepare_cached(
                "INSERT INTO funds
                 (fund, unit, year, source, appropriated, carried_in, carried_out)
                 VALUES (?1, ?2, ?3, ?4, 0, 0, 0) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                self.envelope.stream_id(),
                fund.unit.0.as_str(),
                fund.year,
                fund.source.as_str(),
            ])?;
        Ok(())
    }

    fn set(&self, set: &str, value: impl rusqlite::ToSql) -> Result<(), ViewsError> {
        let rows = self
            .tx
            .prepare_cached(&format!("UPDATE funds SET {set} WHERE fund = ?1"))?
            .execute(params![self.envelope.stream_id(), value])?;
        self.envelope.must_change(rows)
    }

    fn change(&self, sql: &str, id: ReservationId, amount: Fen) -> Result<(), ViewsError> {
        let rows = self
            .tx
            .prepare_cached(sql)?
            .execute(params![id.to_string(), amount.0])?;
        self.envelope.must_change(rows)
    }

    fn decided(
        &self,
        reserved: &FundReservation,
        amount: Fen,
        lapsed: bool,
    ) -> Result<(), ViewsError> {
        let id = self.envelope.hardship()?;
        let rows = self
            .tx
            .prepare_cached(
                "INSERT INTO funds_grant
                 (reservation, fund, person, ground, \"case\", amount, lapsed)
                 SELECT ?1, ?2, person, ground, \"case\", ?5, ?6 FROM funds_case
                 WHERE person = ?3 AND ground = ?4",
            )?
            .execute(params![
                reserved.reservation.to_string(),
                reserved.fund.to_string(),
                id.person.to_string(),
                id.ground.as_str(),
                amount.0,
                lapsed,
            ])?;
        self.envelope.must_change(rows)
    }

    fn pay(&self, id: ReservationId, voucher: &Text, amount: Fen) -> Result<(), ViewsError> {
        let rows = self
            .tx
            .prepare_cached(
                "INSERT INTO funds_payment (reservation, voucher, amount, reversed)
                 SELECT reservation, ?2, ?3, 0 FROM funds_reservation WHERE reservation = ?1",
            )?
            .execute(params![id.to_string(), voucher.as_str(), amount.0])?;
        self.envelope.must_change(rows)
    }

    fn reverse(&self, id: ReservationId, voucher: &Text) -> Result<(), ViewsError> {
        let rows = self
            .tx
            .prepare_cached(
                "UPDATE funds_payment SET reversed = 1 WHERE reservation = ?1 AND voucher = ?2",
            )?
            .execute(params![id.to_string(), voucher.as_str()])?;
        self.envelope.must_change(rows)
    }
}
