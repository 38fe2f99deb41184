//! Rounds of visits: planned, started and closed; who goes to whom follows from the frozen list.

use calendar::{Date, chongyang, days_before, spring_festival};
use domain::{
    RoundId,
    round::{AudienceRule, RoundCommand, RoundKind, RoundPlan},
};

use super::{Schedule, after, unit};
use crate::{
    action::{CLERK, HEAD, What},
    people::words,
};

impl Schedule {
    /// Three rounds a year through the whole bureau: at Spring Festival and at Chongyang to the
    /// oldest, on 1 July to the oldest members.
    pub(super) fn rounds(&mut self, people: u32) {
        // In a small bureau hardly anyone is that old.
        let oldest = AudienceRule {
            age_from: Some(if people < 1_000 { 70 } else { 85 }),
            ..AudienceRule::default()
        };
        let members = AudienceRule {
            member: true,
            ..oldest.clone()
        };
        for year in self.from.year()..=self.until.year() {
            let rounds = [
                (
                    RoundKind::SpringFestival,
                    spring_festival(year).ok(),
                    &oldest,
                    "春节",
                ),
                (
                    RoundKind::JulyFirst,
                    Date::new(year, 7, 1).ok(),
                    &members,
                    "七一",
                ),
                (
                    RoundKind::Chongyang,
                    chongyang(year).ok(),
                    &oldest,
                    "重阳节",
                ),
            ];
            for (kind, feast, audience, name) in rounds {
                if let Some(until) = feast {
                    let title = words(&format!("{year}年{name}慰问"));
                    self.round(RoundPlan {
                        kind,
                        title,
                        unit: None,
                        from: days_before(until, 20),
                        until,
                        audience: audience.clone(),
                    });
                }
            }
        }
    }

    fn round(&mut self, plan: RoundPlan) {
        let (from, until) = (plan.from, plan.until);
        let planned = days_before(from, 5);
        if planned <= self.from || from >= self.until {
            return;
        }
        let unit = unit(0);
        let id = RoundId(self.id(planned));
        let plan = What::Round(id, vec![RoundCommand::Plan { plan }]);
        self.add(planned, &HEAD, &unit, plan);
        self.add(from, &CLERK, &unit, What::StartRound(id));
        let closed = after(until, 3);
        if closed <= self.until {
            self.add(closed, &HEAD, &unit, What::CloseRound(id));
        }
    }
}
