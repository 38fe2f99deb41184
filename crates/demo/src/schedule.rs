//! What happens on which day of the three years.

use std::collections::BTreeMap;

use calendar::{Date, When, shanghai_midnight};
use domain::{
    CadreId, Fen, PetitionId, StaffId, Unit, VisitId,
    cadre::{
        CadreCommand, Field, Living, RecordPartyStanding, RegisterCadre, Retirement, Survivor,
    },
    hardship::{Ground, HardshipCommand, HardshipId},
    medal::MedalCommand,
    petition::{Channel, Intake, Petition, PetitionCommand, Petitioner},
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};
use rand::{RngExt as _, SeedableRng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::{
    Plan,
    action::{ASSESSOR, Action, BRANCH, CASHIER, CLERK, HEAD, Staff, What},
    people::{Maker, Person, words},
};

/// A day with what is asked on it.
pub(crate) type Day = (Date, Vec<Action>);

const YEARS: i16 = 3;
const PEOPLE_PER_BRANCH: u32 = 70;

pub(crate) fn schedule(plan: Plan) -> Vec<Day> {
    let from = Date::new(
        plan.until.year() - YEARS,
        plan.until.month(),
        plan.until.day().min(28),
    )
    .unwrap_or(plan.until);
    let rng = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut schedule = Schedule {
        rng,
        from,
        until: plan.until,
        days: BTreeMap::new(),
    };
    let branches = plan.people.div_ceil(PEOPLE_PER_BRANCH);
    let mut maker = Maker::new(ChaCha8Rng::seed_from_u64(plan.seed ^ 0x5eed), branches);
    for number in 0..plan.people {
        schedule.life(&maker.person(), number);
    }
    for _ in 0..plan.people / 10 {
        schedule.petition();
    }
    schedule.days.into_iter().collect()
}

struct Schedule {
    rng: ChaCha8Rng,
    from: Date,
    until: Date,
    days: BTreeMap<Date, Vec<Action>>,
}

impl Schedule {
    /// Everything about one person, from registration to, for some, death.
    fn life(&mut self, person: &Person, number: u32) {
        let unit = Unit(words(&format!("第{}老干部服务中心", number % 10 + 1)));
        let id = CadreId(self.id(self.from));
        self.register(id, person, &unit);
        let age = self.from.year() - person.born.year();
        let dies = self
            .rng
            .random_ratio(u32::try_from(age.max(60) - 58).unwrap_or(1), 500);
        let died_on = dies.then(|| self.day());
        let last = died_on.unwrap_or(self.until);
        self.visits(id, person, &unit, last);
        if self.rng.random_ratio(1, 25) {
            self.hardship(id, person, &unit, last);
        }
        self.medal(id, person, &unit, died_on);
        if self.rng.random_ratio(1, 8) {
            let phone = words(&format!("1390001{:04}", self.rng.random_range(0..10_000)));
            let amend = CadreCommand::Amend {
                changes: vec![Field::Phone(Some(phone))],
                reason: words("本人来电更正"),
                document: None,
            };
            let day = self.day().min(last);
            self.add(day, &CLERK, &unit, What::Cadre(id, vec![amend]));
        }
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

    /// About three visits a year: festivals, birthdays, illness, and plain ones.
    fn visits(&mut self, id: CadreId, person: &Person, unit: &Unit, last: Date) {
        let lixiu = matches!(person.retirement, Some(Retirement::Lixiu { .. }));
        let alone = person.living == Living::Alone;
        let per_year = if lixiu {
            6
        } else if alone {
            4
        } else {
            3
        };
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
        for _ in 0..per_year * i32::from(YEARS) {
            let Some((purpose, mode)) = usual.choose(&mut self.rng).cloned() else {
                continue;
            };
            let day = self.day();
            if day >= last {
                continue;
            }
            let given = matches!(mode, Mode::Home | Mode::Hospital);
            let money = if given {
                *[0, 200, 300, 500].choose(&mut self.rng).unwrap_or(&0)
            } else {
                0
            };
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

    fn visit(&mut self, id: CadreId, unit: &Unit, day: Date, plain: Plain) {
        let findings = [
            "身体尚可",
            "腿脚不便，上下楼困难",
            "情绪较好",
            "老伴住院，需要照顾",
            "听力下降，交流靠写",
        ];
        let needs = [
            "希望协调住院床位",
            "希望加装扶手",
            "医药费报销慢",
            "希望有人陪同体检",
        ];
        let visitor = self.rng.random_range(1..=40);
        let visit = Visit {
            person: id,
            visited: When::Day(day),
            visitors: vec![Visitor {
                name: words(&format!("示范联系人{visitor}")),
                post: None,
                unit: Some(unit.0.clone()),
                rank: None,
            }],
            mode: plain.mode,
            place: None,
            purpose: plain.purpose,
            money: Fen::yuan(plain.money),
            goods: None,
            findings: findings.choose(&mut self.rng).map(|f| words(f)),
            needs: if self.rng.random_ratio(1, 5) {
                needs.choose(&mut self.rng).map(|n| words(n))
            } else {
                None
            },
        };
        // One in ten is entered some days late.
        let late = if self.rng.random_ratio(1, 10) {
            self.rng.random_range(1..=20)
        } else {
            0
        };
        let entered = after(day, late).min(self.until);
        let what = What::Visit(VisitId(self.id(day)), VisitCommand::Record { visit });
        self.add(entered, &CLERK, unit, what);
    }

    fn hardship(&mut self, id: CadreId, _person: &Person, unit: &Unit, last: Date) {
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
    fn medal(&mut self, id: CadreId, person: &Person, unit: &Unit, died_on: Option<Date>) {
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

    fn death(&mut self, id: CadreId, died_on: Date, unit: &Unit) {
        let known = after(died_on, 1).min(self.until);
        let death = CadreCommand::RecordDeath {
            died_on,
            document: None,
        };
        self.add(known, &CLERK, unit, What::Cadre(id, vec![death]));
        let visited = after(died_on, 3);
        if visited <= self.until {
            self.visit(
                id,
                unit,
                visited,
                Plain {
                    purpose: Purpose::Death,
                    mode: Mode::Home,
                    money: 1000,
                },
            );
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

    /// A petition, answered within 60 days unless it is among the last.
    fn petition(&mut self) {
        let subjects = [
            "医药费报销",
            "加装电梯",
            "老年食堂",
            "住房维修",
            "公园健身器材",
            "体检安排",
            "停车占道",
            "活动室开放时间",
        ];
        let Some(subject) = subjects.choose(&mut self.rng) else {
            return;
        };
        let unit = Unit(words("信访室"));
        let received = self.day();
        let id = PetitionId(self.id(received));
        let person = self.rng.random_range(1..=9999);
        let petition = Petition {
            id,
            number: Some(words(&format!(
                "示{:04}{:05}",
                received.year(),
                self.rng.random_range(0..100_000)
            ))),
            channel: *[
                Channel::Letter,
                Channel::Visit,
                Channel::Phone,
                Channel::Web,
            ]
            .choose(&mut self.rng)
            .unwrap_or(&Channel::Letter),
            petitioner: Petitioner {
                name: words(&format!("示范群众{person}")),
                person: None,
            },
            subject: words(&format!("关于{subject}的问题")),
            text: words(&format!(
                "反映{subject}方面的问题，希望尽快答复。（示范数据）"
            )),
            received: When::Day(received),
            intake: Intake::default(),
        };
        let (accepted, delivered) = (
            after(received, 3),
            after(received, self.rng.random_range(10..=58)),
        );
        let steps = [
            (received, PetitionCommand::Register { petition }),
            (
                accepted,
                PetitionCommand::Accept {
                    accepted: When::Day(accepted),
                },
            ),
            (
                delivered,
                PetitionCommand::Reply {
                    text: words("您反映的问题已核实，处理情况答复如下。（示范数据）"),
                    delivered: When::Day(delivered),
                },
            ),
            (
                after(delivered, 5),
                PetitionCommand::Close { exemption: None },
            ),
        ];
        for (day, command) in steps {
            if day > self.until {
                return;
            }
            self.add(day, &CLERK, &unit, What::Petition(id, command));
        }
    }

    fn add(&mut self, day: Date, by: &'static Staff, unit: &Unit, what: What) {
        let request = self.id(day);
        self.days.entry(day).or_default().push(Action {
            request,
            by,
            unit: unit.clone(),
            what,
        });
    }

    /// A day of the three years, not the first.
    fn day(&mut self) -> Date {
        let days = 365 * i32::from(YEARS) - 1;
        after(self.from, self.rng.random_range(1..=days)).min(self.until)
    }

    /// An id as it would have been made on that day: UUIDv7.
    fn id(&mut self, day: Date) -> Uuid {
        let millisecond = shanghai_midnight(day).map_or(0, |m| m.as_millisecond());
        let random: [u8; 10] = self.rng.random();
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(millisecond).unwrap_or(0), &random)
            .into_uuid()
    }
}

/// What makes one visit unlike another.
struct Plain {
    purpose: Purpose,
    mode: Mode,
    money: u64,
}

fn after(day: Date, days: i32) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}
