//! Visits, help and honours.

use calendar::{Date, chongyang, solar_birthday, spring_festival};
use domain::{
    CadreId, Fen, Unit, VisitId,
    cadre::{Living, Retirement},
    hardship::{Ground, HardshipCommand, HardshipId},
    medal::MedalCommand,
    visit::{Mode, Purpose, VisitCommand},
};
use rand::{RngExt as _, seq::IndexedRandom as _};

use super::{Schedule, after, fund::reserved};
use crate::{
    action::{ASSESSOR, BRANCH, CASHIER, CLERK, HEAD, Staff, What},
    people::{Person, words},
    visit::{Plain, money},
};

impl Schedule {
    /// Visits that no duty asks for, about two a year: festivals, birthdays, illness, and plain ones.
    pub(super) fn visits(&mut self, id: CadreId, person: &Person, unit: &Unit, last: Date) {
        let lixiu = matches!(person.retirement, Some(Retirement::Lixiu { .. }));
        let alone = person.living == Living::Alone;
        let per_year = if lixiu || alone { 3 } else { 2 };
        let usual = [
            (Purpose::SpringFestival, Mode::Home),
            (Purpose::Chongyang, Mode::Home),
            (Purpose::Birthday, Mode::Home),
            (Purpose::JulyFirst, Mode::Home),
            (Purpose::Hospitalisation, Mode::Hospital),
            (Purpose::Routine, Mode::Phone),
            (Purpose::Routine, Mode::Wechat),
            (Purpose::Dispute, Mode::Home),
        ];
        for _ in 0..per_year * i32::from(self.years) {
            let Some((purpose, mode)) = usual.choose(&mut self.rng).cloned() else {
                continue;
            };
            let day = self.day_for(&purpose, person.born);
            if day <= self.from || day >= last {
                continue;
            }
            let money = money(&mut self.rng, mode);
            self.visit(
                id,
                unit,
                day,
                Plain {
                    purpose,
                    mode,
                    money,
                },
            );
        }
    }

    /// A visit, now and then entered late, and once in a hundred times in error.
    pub(super) fn visit(&mut self, id: CadreId, unit: &Unit, day: Date, plain: Plain) {
        let visit = plain.visit(&mut self.rng, id, unit, day);
        // One in ten is entered some days late.
        let late = if self.rng.random_ratio(1, 10) {
            self.rng.random_range(1..=20)
        } else {
            0
        };
        let entered = after(day, late).min(self.until);
        let visit_id = VisitId(self.id(day));
        let what = What::Visit(visit_id, VisitCommand::Record { visit });
        self.add(entered, &CLERK, unit, what);
        let found_out = after(entered, 2);
        if self.rng.random_ratio(1, 100) && found_out <= self.until {
            let reason = words("登错人");
            let what = What::Visit(visit_id, VisitCommand::Withdraw { reason });
            self.add(found_out, &CLERK, unit, what);
        }
    }

    /// A day on which one visits for that purpose: before a feast, on a birthday, else any day.
    fn day_for(&mut self, purpose: &Purpose, born: Date) -> Date {
        let any = self.day();
        let (feast, at_most_before) = match purpose {
            Purpose::SpringFestival => (spring_festival(any.year()).ok(), 12),
            Purpose::Chongyang => (chongyang(any.year()).ok(), 7),
            Purpose::JulyFirst => (Date::new(any.year(), 7, 1).ok(), 10),
            Purpose::NationalDay => (Date::new(any.year(), 10, 1).ok(), 10),
            Purpose::Birthday => (solar_birthday(any.year(), born.month(), born.day()).ok(), 0),
            Purpose::Hospitalisation
            | Purpose::Dispute
            | Purpose::Hardship
            | Purpose::Death
            | Purpose::Routine
            | Purpose::Other(_) => (None, 0),
        };
        let before = self.rng.random_range(0..=at_most_before);
        feast.map_or(any, |feast| {
            (0..before).fold(feast, |day, _| day.yesterday().unwrap_or(day))
        })
    }

    pub(super) fn hardship(&mut self, id: CadreId, _person: &Person, unit: &Unit, last: Date) {
        let grounds = [
            Ground::SeriousIllness,
            Ground::LivingDifficulty,
            Ground::NoSelfCare,
            Ground::EmptyNest,
        ];
        let Some(ground) = grounds.choose(&mut self.rng).copied() else {
            return;
        };
        let case = HardshipId { person: id, ground };
        let opened = self.day();
        let asked = Fen::yuan(500 * self.rng.random_range(4..=16));
        let voucher = format!("示凭{:06}", self.rng.random_range(0..1_000_000));
        let paid_on = after(opened, 25);
        let steps: [(i32, &'static Staff, HardshipCommand); 6] = [
            (
                0,
                &CLERK,
                HardshipCommand::Open {
                    of: case,
                    situation: words("家庭支出大，生活困难"),
                    recipient: None,
                    known: None,
                },
            ),
            (
                5,
                &ASSESSOR,
                HardshipCommand::Assess {
                    finding: words("入户核实，情况属实"),
                    recommended: asked,
                },
            ),
            (
                12,
                &HEAD,
                HardshipCommand::Approve {
                    reserved: reserved(case, unit, after(opened, 12)),
                    amount: asked,
                    document: words("示困批〔示范〕1号"),
                },
            ),
            (
                25,
                &CASHIER,
                HardshipCommand::Disburse {
                    voucher: words(&voucher),
                    amount: asked,
                    paid_on,
                },
            ),
            (
                70,
                &CLERK,
                HardshipCommand::FollowUp {
                    on: after(opened, 70),
                    findings: words("生活有所改善"),
                },
            ),
            (
                90,
                &CLERK,
                HardshipCommand::Close {
                    reason: words("帮扶完成"),
                },
            ),
        ];
        for (days, by, command) in steps {
            let day = after(opened, days);
            if day >= last {
                return;
            }
            self.add(day, by, unit, What::Hardship(case, command));
        }
    }

    /// The medal in the first year of the three in which fifty years are reached by 1 July.
    pub(super) fn medal(
        &mut self,
        id: CadreId,
        person: &Person,
        unit: &Unit,
        died_on: Option<Date>,
    ) {
        let Some((joined, full)) = person.joined_party else {
            return;
        };
        let window = Date::constant(1969, 4, 1)..=Date::constant(1977, 8, 11);
        let starts = if window.contains(&joined) {
            joined
        } else {
            full
        };
        let reached = |year: i16| Date::new(year - 50, 7, 1).is_ok_and(|cut_off| starts <= cut_off);
        let first = self.from.year() + 1;
        let Some(year) = (first..=self.until.year()).find(|year| reached(*year)) else {
            return;
        };
        let day = |month, day| Date::new(year, month, day).unwrap_or(self.until);
        let spread = self.rng.random_range(1..=9);
        let (presented, last) = (day(6, 20 + spread), died_on.unwrap_or(self.until));
        let Some(branch) = person.profile.branch.clone() else {
            return;
        };
        let steps: [(Date, &'static Staff, MedalCommand); 5] = [
            (
                day(3, spread),
                &CLERK,
                MedalCommand::Nominate { person: id, year },
            ),
            (
                day(4, spread),
                &BRANCH,
                MedalCommand::Attest {
                    branch,
                    statement: words("一贯表现良好"),
                },
            ),
            (
                day(5, spread),
                &HEAD,
                MedalCommand::Approve {
                    document: words("示组批〔示范〕2号"),
                },
            ),
            (day(6, spread), &CLERK, MedalCommand::Award { number: None }),
            (
                presented,
                &CLERK,
                MedalCommand::Present {
                    on: presented,
                    by: words("支部书记"),
                },
            ),
        ];
        for (day, by, command) in steps {
            // Who dies before the cut-off is refused; the plan stops a little earlier than the rule.
            if day >= last.min(self.until) || died_on.is_some_and(|d| d <= presented) {
                return;
            }
            self.add(day, by, unit, What::Medal(id, command));
        }
    }
}
