//! What does each person need, what is done about it, and when is it looked at again?
//!
//! A plan is in force until it is closed or the person dies. The death is in the register, not in
//! the plan: withdrawn, the plan is in force again.

mod measures;
mod page;
mod query;
#[cfg(test)]
mod tests;

pub use measures::{MeasureFilter, MeasureRow, measures};
pub use page::{MeasureState, PlanMeasure, PlanNeed, PlanPage, PlanReview, get};
pub(crate) use query::one as one_plan;
pub use query::{PlanFilter, PlanRow, PlanState, list};

use calendar::Date;
use domain::{
    AnyEvent, CadreId, Text,
    plan::{Measure, Need, PlanEvent, PlanReviewed},
};
use rusqlite::{ToSql, Transaction, params};

use crate::{Envelope, View, ViewsError};

/// The plans.
pub struct PlansView;

impl View for PlansView {
    const NAME: &'static str = "plans";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Plan(event) => {
                let person = envelope.person()?;
                let fold = Fold {
                    tx,
                    envelope,
                    person,
                };
                fold.apply(event)
            }
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Medal(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Petition(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

/// The latest plan of the person `?1`.
const LATEST: &str = "(SELECT max(plan) FROM plans WHERE person = ?1)";

struct Fold<'a> {
    tx: &'a Transaction<'a>,
    envelope: &'a Envelope<'a>,
    person: CadreId,
}

impl Fold<'_> {
    fn apply(&self, event: &PlanEvent) -> Result<(), ViewsError> {
        match event {
            PlanEvent::Adopted(e) => {
                let sql = "INSERT INTO plans (person, plan, adopted_on, first_review)
                           VALUES (?1, ?2, ?3, ?4)";
                let (adopted_on, next) = (e.adopted_on.to_string(), e.next_review.to_string());
                self.tx.prepare_cached(sql)?.execute(params![
                    self.person.to_string(),
                    e.plan,
                    adopted_on,
                    next
                ])?;
                for (need, number) in e.needs.iter().zip(1..) {
                    self.add_need(number, need)?;
                }
                for (measure, number) in e.measures.iter().zip(1..) {
                    self.add_measure(number, measure)?;
                }
                Ok(())
            }
            PlanEvent::NeedAdded(e) => self.add_need(e.number, &e.need),
            PlanEvent::NeedRevised(e) => {
                let (kind, text) = (e.need.kind.as_str(), e.need.text.as_str());
                self.set("plans_need", e.number, &[("kind", &kind), ("text", &text)])
            }
            PlanEvent::MeasureAdded(e) => self.add_measure(e.number, &e.measure),
            PlanEvent::MeasureRevised(e) => {
                let measure = &e.measure;
                self.measure(
                    e.number,
                    &[
                        ("need", &measure.need),
                        ("text", &measure.text.as_str()),
                        ("owner", &measure.owner.0.as_str()),
                        ("owner_name", &measure.owner_name.as_str()),
                        ("due", &measure.due.to_string()),
                    ],
                )
            }
            PlanEvent::MeasureCompleted(e) => {
                self.settle(e.number, "completed", Some(e.on), e.result.as_ref())
            }
            PlanEvent::MeasureDropped(e) => self.settle(e.number, "dropped", None, Some(&e.reason)),
            PlanEvent::MeasureReopened(e) => self.settle(e.number, "to_do", None, None),
            PlanEvent::Reviewed(e) => self.review(e),
            PlanEvent::ReviewWithdrawn(e) => {
                self.set("plans_review", e.number, &[("withdrawn", &true)])
            }
            PlanEvent::Closed(e) => {
                let sql = format!(
                    "UPDATE plans SET closed = ?2, reason = ?3 WHERE person = ?1 AND plan = {LATEST}"
                );
                let on = self.envelope.recorded.metadata.occurred.date().to_string();
                let rows = self.tx.prepare_cached(&sql)?.execute(params![
                    self.person.to_string(),
                    on,
                    e.reason.as_str()
                ])?;
                self.envelope.must_change(rows)
            }
        }
    }

    fn add_need(&self, number: u32, need: &Need) -> Result<(), ViewsError> {
        let sql = format!(
            "INSERT INTO plans_need (person, plan, number, kind, text)
             SELECT person, plan, ?2, ?3, ?4 FROM plans WHERE person = ?1 AND plan = {LATEST}"
        );
        let rows = self.tx.prepare_cached(&sql)?.execute(params![
            self.person.to_string(),
            number,
            need.kind.as_str(),
            need.text.as_str()
        ])?;
        self.envelope.must_change(rows)
    }

    fn add_measure(&self, number: u32, measure: &Measure) -> Result<(), ViewsError> {
        let sql = format!(
            "INSERT INTO plans_measure
             (person, plan, number, need, text, owner, owner_name, due, state)
             SELECT person, plan, ?2, ?3, ?4, ?5, ?6, ?7, 'to_do'
             FROM plans WHERE person = ?1 AND plan = {LATEST}"
        );
        let rows = self.tx.prepare_cached(&sql)?.execute(params![
            self.person.to_string(),
            number,
            measure.need,
            measure.text.as_str(),
            measure.owner.0.as_str(),
            measure.owner_name.as_str(),
            measure.due.to_string(),
        ])?;
        self.envelope.must_change(rows)
    }

    fn review(&self, review: &PlanReviewed) -> Result<(), ViewsError> {
        let sql = format!(
            "INSERT INTO plans_review
             (person, plan, number, on_day, findings, next_review, withdrawn)
             SELECT person, plan, ?2, ?3, ?4, ?5, 0
             FROM plans WHERE person = ?1 AND plan = {LATEST}"
        );
        let rows = self.tx.prepare_cached(&sql)?.execute(params![
            self.person.to_string(),
            review.number,
            review.on.to_string(),
            review.findings.as_str(),
            review.next_review.to_string(),
        ])?;
        self.envelope.must_change(rows)
    }

    fn settle(
        &self,
        number: u32,
        state: &str,
        done_on: Option<Date>,
        remark: Option<&Text>,
    ) -> Result<(), ViewsError> {
        let done_on = done_on.map(|day| day.to_string());
        self.measure(
            number,
            &[
                ("state", &state),
                ("done_on", &done_on),
                ("remark", &remark.map(Text::as_str)),
            ],
        )
    }

    fn measure(&self, number: u32, columns: &[(&str, &dyn ToSql)]) -> Result<(), ViewsError> {
        self.set("plans_measure", number, columns)
    }

    /// Changes what has this number in the latest plan.
    fn set(
        &self,
        table: &str,
        number: u32,
        columns: &[(&str, &dyn ToSql)],
    ) -> Result<(), ViewsError> {
        for (column, value) in columns {
            let sql = format!(
                "UPDATE {table} SET {column} = ?3
                 WHERE person = ?1 AND plan = {LATEST} AND number = ?2"
            );
            let rows = self.tx.prepare_cached(&sql)?.execute(params![
                self.person.to_string(),
                number,
                value
            ])?;
            self.envelope.must_change(rows)?;
        }
        Ok(())
    }
}
