//! Ten thousand operations on hardship funds, sixty-four at a time, on the real log; then every event
//! is looked at by code that shares nothing with the rules.

use std::{collections::BTreeMap, sync::Arc};

use app::{App, Error, IdentityKey, Ids as _, Kind, Parts, Request, SystemClock, SystemIds};
use attachments::{Attachments, Limits};
use calendar::Calendar;
use domain::{
    Actor, CadreId, CarryOverId, Fen, ReservationId, StaffId, Text, Unit,
    cadre::{CadreCommand, Profile, RegisterCadre, Retirement},
    fund::{FundCommand, FundId},
    hardship::{FundReservation, Ground, HardshipCommand, HardshipId},
};
use event_log::{EventLog, Recorded, RequestId};
use event_log_sqlite::SqliteLog;
use serde_json::Value;
use tokio::task::JoinSet;
use views::{Views, funds::FundFilter};

const TASKS: u64 = 64;
const OPERATIONS: u64 = 10_000;
const FUNDS: usize = 32;
const PEOPLE: usize = 512;

/// Numbers that look thrown, the same each time: SplitMix64.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn index(&mut self, of: usize) -> usize {
        usize::try_from(self.throw(of as u64)).unwrap()
    }

    /// From 1 fen to 100 yuan.
    fn amount(&mut self) -> Fen {
        Fen(1 + self.throw(10_000))
    }
}

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn by(who: &str) -> Request {
    let actor = Actor {
        id: StaffId(text(who)),
        name: text(who),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    };
    Request::new(RequestId(SystemIds.next()), actor)
}

#[derive(Clone)]
struct Bureau {
    app: App,
    log: Arc<dyn EventLog>,
    people: Arc<Vec<CadreId>>,
}

impl Bureau {
    fn fund(&self, n: usize) -> FundId {
        FundId {
            unit: Unit(text("老干部局")),
            year: self.app.today().year(),
            source: text(&format!("专项{n}")),
        }
    }

    fn case(&self, n: usize) -> HardshipId {
        HardshipId {
            person: self.people[n],
            ground: Ground::SeriousIllness,
        }
    }

    /// A case is opened and assessed.
    async fn begin(&self, n: usize) -> Result<(), Error> {
        let open = HardshipCommand::Open {
            of: self.case(n),
            situation: text("手术费用高"),
            recipient: None,
            known: None,
        };
        let assess = HardshipCommand::Assess {
            finding: text("情况属实"),
            recommended: Fen::yuan(100),
        };
        let commands = [open, assess];
        self.app
            .hardship(self.case(n), commands, &by("li"))
            .await
            .map(|_| ())
    }

    /// One operation: mostly on a case, now and then on a fund.
    async fn operate(&self, dice: &mut Dice) -> Result<(), Error> {
        let (n, amount) = (dice.index(self.people.len()), dice.amount());
        let fund = self.fund(n % FUNDS);
        let voucher = text(&format!("凭{}", dice.throw(4)));
        let (who, command) = match dice.throw(20) {
            0..=6 => {
                let reserved = FundReservation {
                    fund,
                    reservation: ReservationId(SystemIds.next()),
                };
                let document = text("批1号");
                let approve = HardshipCommand::Approve {
                    reserved,
                    amount,
                    document,
                };
                ("wang", approve)
            }
            7..=11 => {
                let paid_on = self.app.today();
                let pay = HardshipCommand::Disburse {
                    voucher,
                    amount,
                    paid_on,
                };
                ("zhao", pay)
            }
            12..=13 => {
                let reason = text("付错账户");
                ("zhao", HardshipCommand::Reverse { voucher, reason })
            }
            14..=15 => {
                let reason = text("已办结");
                ("li", HardshipCommand::Close { reason })
            }
            16..=17 => return self.begin(n).await,
            18 => {
                let set = FundCommand::SetBudget {
                    of: fund.clone(),
                    amount: Fen(dice.throw(60_000)),
                    document: text("财预1号"),
                };
                return self.app.fund(fund, [set], &by("wang")).await.map(|_| ());
            }
            _ => {
                let carry_out = FundCommand::CarryOut {
                    carry_over: CarryOverId(SystemIds.next()),
                    amount: Fen(amount.0 / 10 + 1),
                    document: text("结转1号"),
                };
                let head = by("wang");
                let carried = self.app.fund(fund, [carry_out], &head).await;
                return carried.map(|_| ());
            }
        };
        let answer = self.app.hardship(self.case(n), [command], &by(who)).await;
        answer.map(|_| ())
    }

    async fn everything(&self) -> Vec<Recorded> {
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = self.log.read_all(after, 5_000).await.unwrap();
            let Some(last) = page.last() else { return all };
            after = Some(last.position);
            all.extend(page);
        }
    }
}

async fn bureau(dir: &std::path::Path) -> Bureau {
    let log: Arc<dyn EventLog> = Arc::new(SqliteLog::open(&dir.join("events.db")).unwrap());
    let app = App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.join("views.db")).unwrap(),
        clock: Arc::new(SystemClock::default()),
        ids: Arc::new(SystemIds),
        rules: app::national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(dir, Limits::default()).unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    });
    let people = (0..PEOPLE).map(|_| CadreId(SystemIds.next())).collect();
    let bureau = Bureau {
        app,
        log,
        people: Arc::new(people),
    };
    for n in 0..FUNDS {
        let set = FundCommand::SetBudget {
            of: bureau.fund(n),
            amount: Fen(30_000),
            document: text("财预1号"),
        };
        let fund = bureau.fund(n);
        bureau.app.fund(fund, [set], &by("wang")).await.unwrap();
    }
    let mut tasks = JoinSet::new();
    for n in 0..PEOPLE {
        let bureau = bureau.clone();
        tasks.spawn(async move {
            let register = CadreCommand::Register(RegisterCadre {
                id: bureau.people[n],
                unit: Unit(text("老干部局")),
                retirement: Some(Retirement::Tuixiu),
                profile: Profile::named(text("示范")).into(),
            });
            let (person, clerk) = (bureau.people[n], by("li"));
            let registered = bureau.app.cadre(person, [register], &clerk);
            registered.await.unwrap();
            bureau.begin(n).await.unwrap();
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    bureau
}

/// What one fund has, by the raw data of its events: every fen lies on one of three piles, and a pile
/// that lacks it cannot give it. What came back is counted beside them.
#[derive(Default, Debug)]
struct Piles {
    appropriated: u64,
    free: u64,
    reserved: u64,
    spent: u64,
    released: u64,
    reversed: u64,
}

impl Piles {
    fn enter(&mut self, event: &str, amount: u64) {
        let less = |pile: u64| {
            pile.checked_sub(amount)
                .expect("a pile lacks what it gives")
        };
        match event {
            "fund.budget_set" => {
                let raised = self.free + amount;
                self.free = raised.checked_sub(self.appropriated).expect("cut too far");
                self.appropriated = amount;
            }
            "fund.reserved" => {
                (self.free, self.reserved) = (less(self.free), self.reserved + amount)
            }
            "fund.released" => {
                (self.reserved, self.free) = (less(self.reserved), self.free + amount);
                self.released += amount;
            }
            "fund.spent" => {
                (self.reserved, self.spent) = (less(self.reserved), self.spent + amount)
            }
            "fund.spending_reversed" => {
                (self.spent, self.reserved) = (less(self.spent), self.reserved + amount);
                self.reversed += amount;
            }
            "fund.carried_out" => self.free = less(self.free),
            "fund.carried_in" => self.free += amount,
            other => panic!("{other} is not among the operations"),
        }
    }
}

/// By fund, from its own events.
fn piles(events: &[Recorded]) -> BTreeMap<String, Piles> {
    let (mut names, mut piles) = (BTreeMap::new(), BTreeMap::<String, Piles>::new());
    for event in events.iter().filter(|e| e.name.starts_with("fund.")) {
        let data: Value = serde_json::from_slice(&event.data).unwrap();
        if let Some(fund) = data.get("fund") {
            names.insert(event.stream.clone(), fund.to_string());
        }
        let fund = piles.entry(names[&event.stream].clone()).or_default();
        fund.enter(&event.name, data["amount"].as_u64().unwrap());
    }
    piles
}

/// By fund, what the cases say: granted and not given back, and paid and not undone.
fn cases(events: &[Recorded]) -> BTreeMap<String, (i64, i64)> {
    // The fund of each case stream's latest approval, and of each payment.
    let (mut current, mut payments) = (BTreeMap::new(), BTreeMap::new());
    let mut sums = BTreeMap::<String, (i64, i64)>::new();
    for event in events.iter().filter(|e| e.name.starts_with("hardship.")) {
        let data: Value = serde_json::from_slice(&event.data).unwrap();
        let amount = data["amount"].as_i64().unwrap_or_default();
        let fund = data["reserved"]["fund"].to_string();
        let payment = || (event.stream.clone(), data["voucher"].to_string());
        match &*event.name {
            "hardship.approved" => {
                current.insert(event.stream.clone(), fund.clone());
                sums.entry(fund).or_default().0 += amount;
            }
            "hardship.rest_released" => sums.entry(fund).or_default().0 -= amount,
            "hardship.disbursed" => {
                let fund = current[&event.stream].clone();
                payments.insert(payment(), fund.clone());
                sums.entry(fund).or_default().1 += amount;
            }
            "hardship.reversed" => {
                sums.entry(payments[&payment()].clone()).or_default().1 -= amount;
            }
            _ => {}
        }
    }
    sums
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_operations_at_once_keep_spent_within_reserved_within_budget() {
    let dir = tempfile::tempdir().unwrap();
    let bureau = bureau(dir.path()).await;
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let bureau = bureau.clone();
        let share = OPERATIONS / TASKS + u64::from(task < OPERATIONS % TASKS);
        tasks.spawn(async move {
            let (mut dice, mut done) = (Dice(task), BTreeMap::<&str, u64>::new());
            for _ in 0..share {
                let code = match bureau.operate(&mut dice).await {
                    Ok(()) => "done",
                    Err(error) => {
                        let kind = error.kind();
                        assert!(kind == Kind::Rejected || kind == Kind::Conflict, "{error}");
                        error.code()
                    }
                };
                *done.entry(code).or_default() += 1;
            }
            done
        });
    }
    let mut codes = BTreeMap::<&str, u64>::new();
    while let Some(done) = tasks.join_next().await {
        for (code, count) in done.unwrap() {
            *codes.entry(code).or_default() += count;
        }
    }
    assert_eq!(codes.values().sum::<u64>(), OPERATIONS);
    assert!(
        codes["done"] > 2_000 && codes["over_budget"] > 10,
        "{codes:?}"
    );

    // Whatever lost too many races is finished now.
    bureau.app.catch_up().await.unwrap();
    bureau.app.finish_pending(&by("system")).await.unwrap();
    bureau.app.catch_up().await.unwrap();

    let events = bureau.everything().await;
    let (piles, cases) = (piles(&events), cases(&events));
    let reading = bureau.app.read_as(&by("li").actor);
    let report = reading.fund_report(FundFilter::default()).await.unwrap();
    assert_eq!(report.differences, []);
    assert_eq!(report.funds.len(), piles.len());
    let total = report.total();
    assert!(
        total.released > Fen::ZERO && total.reversed > Fen::ZERO,
        "{total:?}"
    );
    for row in report.funds {
        let name = serde_json::to_value(&row.fund).unwrap().to_string();
        let (has, pile) = (row.amounts, &piles[&name]);
        assert_eq!(has.spent.0, pile.spent);
        assert_eq!(has.reserved.0, pile.reserved + pile.spent);
        assert_eq!(has.free.0, pile.free);
        assert_eq!(has.released.0, pile.released);
        assert_eq!(has.reversed.0, pile.reversed);
        let (granted, paid) = cases.get(&name).copied().unwrap_or_default();
        assert_eq!(i64::try_from(has.reserved.0).unwrap(), granted);
        assert_eq!(i64::try_from(has.spent.0).unwrap(), paid);
    }
}
