//! Was there the money? At every event, spent ≤ reserved ≤ budget.

use std::collections::HashMap;

use domain::{Fen, fund::FundEvent};
use event_log::Recorded;

use super::{Deviation, DeviationKind, Evidence};

/// The money of each fund, by stream; in fen.
#[derive(Default)]
pub(super) struct Funds(HashMap<String, Money>);

#[derive(Default)]
struct Money {
    appropriated: i128,
    carried: i128,
    reserved: i128,
    spent: i128,
}

impl Money {
    /// How much more there is of something than there may be.
    fn over(&self) -> i128 {
        let beyond_budget = self.reserved - (self.appropriated + self.carried);
        let beyond_reserved = self.spent - self.reserved;
        beyond_budget.max(beyond_reserved).max(0)
    }
}

impl Funds {
    pub(super) fn take(
        &mut self,
        recorded: &Recorded,
        event: &FundEvent,
        found: &mut Vec<Deviation>,
    ) {
        let money = self
            .0
            .entry(recorded.stream.as_str().to_owned())
            .or_default();
        let fen = |amount: &Fen| i128::from(amount.0);
        match event {
            FundEvent::BudgetSet(e) => money.appropriated = fen(&e.amount),
            FundEvent::Reserved(e) => money.reserved += fen(&e.amount),
            FundEvent::Released(e) => money.reserved -= fen(&e.amount),
            FundEvent::Spent(e) => money.spent += fen(&e.amount),
            FundEvent::SpendingReversed(e) => money.spent -= fen(&e.amount),
            FundEvent::CarriedOut(e) => money.carried -= fen(&e.amount),
            FundEvent::CarriedIn(e) => money.carried += fen(&e.amount),
            FundEvent::Closed(_) => {}
        }
        let over = money.over();
        if over > 0 {
            let kind = DeviationKind::FundOverrun;
            let metadata = &recorded.metadata;
            found.push(Deviation {
                kind,
                stream: recorded.stream.as_str().to_owned(),
                unit: metadata.actor.unit.clone(),
                on: calendar::civil_date(metadata.recorded),
                days: None,
                amount: over.try_into().ok().map(Fen),
                profile: metadata.rules.to_string(),
                rule: kind.rule().to_owned(),
                events: vec![Evidence::of(recorded)],
            });
        }
    }
}
