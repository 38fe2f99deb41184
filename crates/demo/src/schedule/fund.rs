//! The money for hardship aid: each unit's budget of each year, and what is left of it.

use calendar::Date;
use domain::{
    CarryOverId, Fen, ReservationId, Unit,
    fund::{FundCommand, FundId},
    hardship::{FundReservation, HardshipId},
};

use super::{Schedule, UNITS, unit};
use crate::{
    action::{HEAD, What},
    people::words,
};

impl Schedule {
    /// Each year's budget in the December before; a little is carried over at the year's end.
    pub(super) fn funds(&mut self, people: u32) {
        // Well above what the cases ask for.
        let budget = Fen::yuan(100_000 + 20 * u64::from(people));
        for year in self.from.year()..=self.until.year() {
            let on = |year, day| Date::new(year, 12, day);
            let granted = on(year - 1, 15).map_or(self.from, |day| day.max(self.from));
            for number in 0..UNITS {
                let unit = unit(number);
                let of = fund(&unit, year);
                let set = FundCommand::SetBudget {
                    of: of.clone(),
                    amount: budget,
                    document: words(&format!("示财预〔{year}〕1号")),
                };
                self.add(granted, &HEAD, &unit, What::Fund(of.clone(), set));
                if let Ok(last) = on(year, 31)
                    && last < self.until
                {
                    let carry_out = FundCommand::CarryOut {
                        carry_over: CarryOverId(self.id(last)),
                        amount: Fen::yuan(10_000),
                        document: words(&format!("示困结〔{year}〕1号")),
                    };
                    self.add(last, &HEAD, &unit, What::Fund(of, carry_out));
                }
            }
        }
    }
}

/// What is reserved for the approval of a case on that day. A person has one case in the plan, so
/// their id names it.
pub(super) fn reserved(case: HardshipId, unit: &Unit, day: Date) -> FundReservation {
    FundReservation {
        fund: fund(unit, day.year()),
        reservation: ReservationId(case.person.0),
    }
}

fn fund(unit: &Unit, year: i16) -> FundId {
    FundId {
        unit: unit.clone(),
        year,
        source: words("财政拨款"),
    }
}
