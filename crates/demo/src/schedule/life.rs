//! A person from registration to, for some, death.

use calendar::{Date, When};
use domain::{
    CadreId, StaffId, Unit,
    cadre::{
        CadreCommand, DuplicateDecision, Field, Living, Mobility, Profile, RecordPartyStanding,
        RegisterCadre, Retirement, Survivor,
    },
    plan::{AdoptPlan, Measure, Need, NeedKind, PlanCommand},
    visit::{Mode, Purpose},
};
use rand::RngExt as _;

use super::{Schedule, after, unit};
use crate::{
    action::{CLERK, What},
    people::{Person, words},
    visit::Plain,
};

impl Schedule {
    /// Everything about one person, from registration to, for some, death.
    pub(super) fn life(&mut self, person: &Person, number: u32) {
        let unit = unit(number);
        let id = CadreId(self.id(self.from));
        self.register(id, person, &unit);
        // Errors befall people of whom nothing else is told, so that nobody acts on them meanwhile.
        match number % 100 {
            7 => return self.taken_for_dead(id, &unit),
            9 => return self.entered_twice(id, person, &unit),
            _ => {}
        }
        let age = self.from.year() - person.born.year();
        let in_years = i16::max(age - 58, 2) * self.years;
        let dies = u32::try_from(in_years.min(1_500)).unwrap_or(1);
        let died_on = self.rng.random_ratio(dies, 1_500).then(|| self.day());
        let last = died_on.unwrap_or(self.until);
        self.visits(id, person, &unit, last);
        self.health(id, &unit, last);
        self.changes(id, person, number, last);
        if self.rng.random_ratio(1, 25) {
            self.hardship(id, person, &unit, last);
        }
        self.medal(id, person, &unit, died_on);
        if let Some(died_on) = died_on {
            self.death(id, died_on, &unit);
        }
    }

    fn register(&mut self, id: CadreId, person: &Person, unit: &Unit) {
        let mut commands = vec![CadreCommand::Register(RegisterCadre {
            id,
            unit: unit.clone(),
            retirement: person.retirement.clone(),
            profile: Box::new(person.profile.clone()),
        })];
        if let Some((joined_on, full_member_on)) = person.joined_party {
            commands.push(CadreCommand::RecordPartyStanding(RecordPartyStanding {
                joined_on,
                full_member_on: Some(full_member_on),
                standing_starts_on: None,
                gap: None,
                evidence: words("党员档案"),
            }));
        }
        let (living, since) = (person.living.clone(), self.from);
        commands.push(CadreCommand::RecordLiving {
            living,
            mobility: None,
            since,
        });
        if matches!(person.retirement, Some(Retirement::Lixiu { .. })) {
            let staff = self.rng.random_range(1..=40);
            commands.push(CadreCommand::AssignContact {
                staff: StaffId(words(&format!("demo.contact{staff}"))),
                name: words(&format!("示范联系人{staff}")),
                from: self.from,
            });
        }
        self.add(self.from, &CLERK, unit, What::Cadre(id, commands));
    }

    /// What changes in a record: the telephone, how someone lives, who looks after them.
    fn changes(&mut self, id: CadreId, person: &Person, number: u32, last: Date) {
        let kept_by = unit(number);
        for day in self.once_in(8, last) {
            let phone = words(&format!("1390001{:04}", self.rng.random_range(0..10_000)));
            let amend = CadreCommand::Amend {
                changes: vec![Field::Phone(Some(phone))],
                reason: words("本人来电更正"),
                document: None,
            };
            self.add(day, &CLERK, &kept_by, What::Cadre(id, vec![amend]));
        }
        for day in self.once_in(40, last) {
            let unable = CadreCommand::RecordLiving {
                living: Living::WithCarer,
                mobility: Some(Mobility::UnableToCareForSelf),
                since: day,
            };
            self.add(day, &CLERK, &kept_by, What::Cadre(id, vec![unable]));
        }
        for day in self.once_in(100, last) {
            let dispute = CadreCommand::ReportDispute {
                matter: words("邻里噪声纠纷（示范）"),
                known: When::Day(day),
            };
            self.add(day, &CLERK, &kept_by, What::Cadre(id, vec![dispute]));
        }
        if matches!(person.retirement, Some(Retirement::Lixiu { .. })) {
            for (turn, day) in self.once_in(8, last).into_iter().enumerate() {
                // Nobody of the first forty.
                let staff = 41 + turn;
                let hand_over = CadreCommand::HandOverContact {
                    to: StaffId(words(&format!("demo.contact{staff}"))),
                    name: words(&format!("示范联系人{staff}")),
                    from: day,
                    reason: words("岗位调整"),
                };
                self.add(day, &CLERK, &kept_by, What::Cadre(id, vec![hand_over]));
            }
        }
        if let Some(day) = self.once_in(25, last).first().copied() {
            let plan = PlanCommand::Adopt(AdoptPlan {
                person: id,
                adopted_on: day,
                needs: vec![Need {
                    kind: NeedKind::Living,
                    text: words("就餐、出行需要照料"),
                }],
                measures: vec![Measure {
                    need: 1,
                    text: words("协调社区送餐"),
                    owner: StaffId(words("demo.clerk")),
                    owner_name: words("示范经办员"),
                    due: after(day, 30),
                }],
                next_review: after(day, 90),
            });
            self.add(day, &CLERK, &kept_by, What::Plan(id, plan));
            let served = after(day, 21);
            if served < last {
                let done = PlanCommand::CompleteMeasure {
                    number: 1,
                    on: served,
                    result: None,
                };
                self.add(served, &CLERK, &kept_by, What::Plan(id, done));
            }
        }
        // One transfer at the most: asked, and accepted or sent back within the week.
        let transfer = self.once_in(60, last).first().copied();
        if let Some(day) = transfer {
            let (to, answered) = (unit(number + 1), after(day, 5));
            let request = CadreCommand::RequestTransfer {
                to: to.clone(),
                reason: words("迁居"),
            };
            self.add(day, &CLERK, &kept_by, What::Cadre(id, vec![request]));
            let answer = if self.rng.random_ratio(1, 6) {
                let reason = words("材料不全");
                CadreCommand::RejectTransfer { reason }
            } else {
                CadreCommand::AcceptTransfer
            };
            if answered < last {
                self.add(answered, &CLERK, &to, What::Cadre(id, vec![answer]));
            }
        }
    }

    /// A death that was recorded of the wrong person, and withdrawn.
    fn taken_for_dead(&mut self, id: CadreId, unit: &Unit) {
        let day = self.day();
        let death = CadreCommand::RecordDeath {
            died_on: day,
            document: None,
        };
        self.add(day, &CLERK, unit, What::Cadre(id, vec![death]));
        let withdrawal = CadreCommand::WithdrawDeath {
            reason: words("同名误登"),
            document: None,
        };
        let withdrawn = after(day, 6);
        if withdrawn <= self.until {
            self.add(withdrawn, &CLERK, unit, What::Cadre(id, vec![withdrawal]));
        }
    }

    /// A second record of the same person, found out some weeks later.
    fn entered_twice(&mut self, id: CadreId, person: &Person, unit: &Unit) {
        let day = self.day();
        let again = CadreId(self.id(day));
        let mut profile = Profile::named(person.profile.name.clone());
        profile.born_on = Some(person.born);
        let second = CadreCommand::Register(RegisterCadre {
            id: again,
            unit: unit.clone(),
            retirement: person.retirement.clone(),
            profile: Box::new(profile),
        });
        self.add(day, &CLERK, unit, What::Cadre(again, vec![second]));
        let same = CadreCommand::DecideDuplicate {
            other: id,
            decision: DuplicateDecision::SamePerson,
            reason: words("姓名、出生日期、住址相同"),
        };
        let found = after(day, 40);
        if found <= self.until {
            self.add(found, &CLERK, unit, What::Cadre(again, vec![same]));
        }
    }

    fn death(&mut self, id: CadreId, died_on: Date, unit: &Unit) {
        let known = after(died_on, 1).min(self.until);
        let death = CadreCommand::RecordDeath {
            died_on,
            document: None,
        };
        self.add(known, &CLERK, unit, What::Cadre(id, vec![death]));
        let visited = after(died_on, 3);
        if visited <= self.until && self.rng.random_ratio(3, 4) {
            let condolence = Plain {
                purpose: Purpose::Death,
                mode: Mode::Home,
                money: 1000,
            };
            self.visit(id, unit, visited, condolence);
        }
        let recorded = after(died_on, 10);
        if recorded <= self.until && self.rng.random_ratio(1, 2) {
            let survivor = Survivor {
                name: words("示范遗属"),
                relation: words("配偶"),
                phone: None,
            };
            let survivor = CadreCommand::RecordSurvivor { survivor };
            self.add(recorded, &CLERK, unit, What::Cadre(id, vec![survivor]));
        }
    }
}
