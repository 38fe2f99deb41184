//! What spans a fund and its cases: whole when nothing breaks off, and made whole when something did.

use std::sync::Arc;

use domain::{
    CarryOverId, ReservationId,
    fund::{FundCommand, FundId},
    hardship::{FundReservation, Ground, HardshipCommand, HardshipId},
};
use views::funds::{DifferenceKind, FundFilter, FundReport};

use super::{mortal_log::MortalLog, *};

pub(super) struct Bureau {
    pub(super) app: App,
    pub(super) log: Arc<MortalLog>,
    _dir: TempDir,
}

pub(super) fn bureau() -> Bureau {
    let dir = tempfile::tempdir().unwrap();
    let log = MortalLog::over(Arc::default());
    let start: Timestamp = "2026-05-01T01:00:00Z".parse().unwrap();
    let app = App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.path().join("views.db")).unwrap(),
        clock: Arc::new(TestClock(AtomicI64::new(start.as_second()))),
        ids: Arc::new(TestIds(AtomicU64::new(1))),
        rules: national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(dir.path(), Limits::default()).unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    });
    Bureau {
        app,
        log,
        _dir: dir,
    }
}

pub(super) fn fund() -> FundId {
    FundId {
        unit: Unit(text("老干部局")),
        year: 2026,
        source: text("财政拨款"),
    }
}

pub(super) fn case(n: u128) -> HardshipId {
    HardshipId {
        person: cadre(n),
        ground: Ground::SeriousIllness,
    }
}

pub(super) fn by(who: &str, n: u128) -> Request {
    let mut request = request(n);
    request.actor.id = StaffId(text(who));
    request
}

pub(super) fn approve(n: u128, yuan: u64) -> HardshipCommand {
    HardshipCommand::Approve {
        reserved: FundReservation {
            fund: fund(),
            reservation: ReservationId(Uuid::from_u128(n)),
        },
        amount: Fen::yuan(yuan),
        document: text("批〔2026〕3号"),
    }
}

pub(super) fn pay(voucher: &str, yuan: u64) -> HardshipCommand {
    HardshipCommand::Disburse {
        voucher: text(voucher),
        amount: Fen::yuan(yuan),
        paid_on: "2026-05-01".parse().unwrap(),
    }
}

fn reverse(voucher: &str) -> HardshipCommand {
    HardshipCommand::Reverse {
        voucher: text(voucher),
        reason: text("付错账户"),
    }
}

pub(super) fn close() -> HardshipCommand {
    HardshipCommand::Close {
        reason: text("已办结"),
    }
}

/// Budget, reserved, spent and free, in yuan.
pub(super) type Money = (u64, u64, u64, u64);

/// What may be asked of the bureau, by whom.
#[derive(Debug, Clone)]
pub(super) enum Wish {
    Case(&'static str, u128, HardshipCommand),
    Fund(FundCommand),
}

impl Bureau {
    /// The budget is 10,000 yuan; so many cases are assessed.
    pub(super) async fn with_cases(cases: u128) -> Bureau {
        let bureau = bureau();
        let set = FundCommand::SetBudget {
            of: fund(),
            amount: Fen::yuan(10_000),
            document: text("财预〔2026〕1号"),
        };
        bureau.ask(1, Wish::Fund(set)).await.unwrap();
        for n in 1..=cases {
            let first = request(100 + n);
            let registered = bureau.app.cadre(cadre(n), [register(n, None)], &first);
            registered.await.unwrap();
            let open = HardshipCommand::Open {
                of: case(n),
                situation: text("手术费用高"),
                recipient: None,
                known: None,
            };
            let assess = HardshipCommand::Assess {
                finding: text("情况属实"),
                recommended: Fen::yuan(3_000),
            };
            bureau
                .ask(1_000 + n, Wish::Case("clerk", n, open))
                .await
                .unwrap();
            bureau
                .ask(2_000 + n, Wish::Case("li", n, assess))
                .await
                .unwrap();
        }
        bureau
    }

    pub(super) async fn ask(&self, id: u128, wish: Wish) -> Result<Answer, Error> {
        match wish {
            Wish::Case(who, n, command) => {
                self.app.hardship(case(n), [command], &by(who, id)).await
            }
            Wish::Fund(command) => self.app.fund(fund(), [command], &by("wang", id)).await,
        }
    }

    pub(super) async fn report(&self) -> FundReport {
        self.app.catch_up().await.unwrap();
        let reading = self.app.read_as(&request(1).actor);
        reading.fund_report(FundFilter::default()).await.unwrap()
    }

    /// Of this year's fund.
    pub(super) async fn money(&self) -> Money {
        let report = self.report().await;
        let has = report.funds[0].amounts;
        let yuan = |fen: Fen| fen.0 / 100;
        assert_eq!((has.reserved, has.spent), (has.granted, has.disbursed));
        (
            yuan(has.budget),
            yuan(has.reserved),
            yuan(has.spent),
            yuan(has.free),
        )
    }

    pub(super) async fn events(&self) -> usize {
        self.log.read_all(None, 10_000).await.unwrap().len()
    }
}

#[tokio::test]
async fn money_is_reserved_by_an_approval_spent_by_payments_and_comes_back() {
    let bureau = Bureau::with_cases(1).await;
    let steps = [
        (Wish::Case("wang", 1, approve(1, 3_000)), (3_000, 0)),
        (Wish::Case("zhao", 1, pay("P-1", 1_000)), (3_000, 1_000)),
        (Wish::Case("zhao", 1, pay("P-2", 500)), (3_000, 1_500)),
        (Wish::Case("zhao", 1, reverse("P-1")), (3_000, 500)),
        (Wish::Case("clerk", 1, close()), (500, 500)),
        (Wish::Case("zhao", 1, reverse("P-2")), (0, 0)),
    ];
    for (n, (wish, (reserved, spent))) in (10..).zip(steps) {
        let answer = bureau.ask(n, wish).await.unwrap();
        let head = bureau.log.head().await.unwrap();
        assert_eq!(answer.position, head, "who waits for it sees the fund, too");
        let expected = (10_000, reserved, spent, 10_000 - reserved);
        assert_eq!(bureau.money().await, expected);
        assert!(bureau.report().await.differences.is_empty());
    }
}

#[tokio::test]
async fn a_refused_approval_leaves_no_trace() {
    let bureau = Bureau::with_cases(1).await;
    let before = bureau.events().await;
    for (wish, refusal) in [
        (Wish::Case("wang", 1, approve(1, 10_001)), "over_budget"),
        (
            Wish::Case("li", 1, approve(1, 3_000)),
            "approver_is_assessor",
        ),
    ] {
        assert_eq!(code(bureau.ask(10, wish).await), refusal);
    }
    let rehearsal = Request {
        dry_run: true,
        ..by("wang", 11)
    };
    for (yuan, refused) in [(3_000, None), (10_001, Some("over_budget"))] {
        let answer = bureau.app.hardship(case(1), [approve(1, yuan)], &rehearsal);
        assert_eq!(answer.await.err().map(|e| e.code()), refused);
    }
    assert_eq!(bureau.events().await, before);
}

#[tokio::test]
async fn the_same_approval_again_reserves_nothing_more() {
    let bureau = Bureau::with_cases(1).await;
    let approval = |n| Wish::Case("wang", 1, approve(n, 3_000));
    let first = bureau.ask(10, approval(1)).await.unwrap();
    let recorded = bureau.events().await;
    let again = bureau.ask(10, approval(1)).await.unwrap();
    assert_eq!(
        (again.revision, again.outcome),
        (first.revision, Outcome::Repeated)
    );
    let other_request = bureau.ask(11, approval(2)).await.unwrap();
    assert_eq!(other_request.outcome, Outcome::AlreadySo);
    assert_eq!(bureau.events().await, recorded);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_approvals_at_once_never_go_over_the_budget() {
    let bureau = Arc::new(Bureau::with_cases(64).await);
    let approvals = (1..=64).map(|n| {
        let bureau = bureau.clone();
        let wish = Wish::Case("wang", n, approve(n, 300));
        tokio::spawn(async move { bureau.ask(10_000 + n, wish).await })
    });
    let mut granted = 0;
    for approval in approvals.collect::<Vec<_>>() {
        match approval.await.unwrap() {
            Ok(_) => granted += 1,
            Err(error) => assert_eq!(error.code(), "over_budget"),
        }
    }
    assert_eq!(granted, 33, "as many as there is money for");
    assert_eq!(bureau.money().await, (10_000, 9_900, 0, 100));
    assert!(bureau.report().await.differences.is_empty());
}

/// Each operation in two steps: what came before it, the operation, and the money after it.
fn operations() -> Vec<(Vec<Wish>, Wish, Money)> {
    let approved = || Wish::Case("wang", 1, approve(1, 3_000));
    let paid = || Wish::Case("zhao", 1, pay("P-1", 1_000));
    let carry_out = FundCommand::CarryOut {
        carry_over: CarryOverId(Uuid::from_u128(5)),
        amount: Fen::yuan(4_000),
        document: text("结转〔2026〕1号"),
    };
    vec![
        (vec![], approved(), (10_000, 3_000, 0, 7_000)),
        (vec![approved()], paid(), (10_000, 3_000, 1_000, 7_000)),
        (
            vec![approved(), paid()],
            Wish::Case("zhao", 1, reverse("P-1")),
            (10_000, 3_000, 0, 7_000),
        ),
        (
            vec![approved(), paid()],
            Wish::Case("clerk", 1, close()),
            (10_000, 1_000, 1_000, 9_000),
        ),
        (
            vec![approved(), paid(), Wish::Case("clerk", 1, close())],
            Wish::Case("zhao", 1, reverse("P-1")),
            (10_000, 0, 0, 10_000),
        ),
        (vec![], Wish::Fund(carry_out), (6_000, 0, 0, 6_000)),
    ]
}

#[tokio::test]
async fn whoever_is_killed_between_two_steps_is_finished_by_the_next_pass() {
    for (before, operation, after) in operations() {
        let bureau = Bureau::with_cases(1).await;
        for (n, wish) in (10..).zip(before) {
            bureau.ask(n, wish).await.unwrap();
        }
        bureau.log.dies_after(1);
        let cut = bureau.ask(50, operation.clone()).await;
        bureau.log.lives();
        assert!(
            !bureau.report().await.differences.is_empty(),
            "{operation:?}"
        );

        let pass = bureau.app.finish_pending(&by("system", 60)).await.unwrap();
        assert_eq!((pass.finished, pass.left), (1, 0), "{operation:?}");
        assert!(bureau.report().await.differences.is_empty());
        assert_eq!(bureau.money().await, after, "{operation:?}");

        // Whoever sends the wish again gets its answer, and nothing happens twice.
        let recorded = bureau.events().await;
        let again = bureau.ask(50, operation.clone()).await.unwrap();
        assert_eq!(again.outcome, Outcome::Repeated, "{operation:?} {cut:?}");
        let pass = bureau.app.finish_pending(&by("system", 61)).await.unwrap();
        assert_eq!((pass.finished, pass.left), (0, 0));
        assert_eq!(bureau.events().await, recorded, "{operation:?}");
    }
}

#[tokio::test]
async fn a_wish_that_was_cut_off_can_also_be_finished_by_sending_it_again() {
    for (before, operation, after) in operations() {
        let bureau = Bureau::with_cases(1).await;
        for (n, wish) in (10..).zip(before) {
            bureau.ask(n, wish).await.unwrap();
        }
        bureau.log.dies_after(1);
        let _ = bureau.ask(50, operation.clone()).await;
        bureau.log.lives();
        bureau.ask(50, operation.clone()).await.unwrap();
        assert!(bureau.report().await.differences.is_empty());
        assert_eq!(bureau.money().await, after, "{operation:?}");
    }
}

#[tokio::test]
async fn an_approval_that_cannot_be_finished_gives_its_money_back_for_good() {
    let bureau = Bureau::with_cases(1).await;
    let approval = || Wish::Case("wang", 1, approve(1, 3_000));
    bureau.log.dies_after(1);
    bureau.ask(50, approval()).await.unwrap_err();
    bureau.log.lives();
    bureau
        .ask(51, Wish::Case("clerk", 1, close()))
        .await
        .unwrap();
    let report = bureau.report().await;
    assert_eq!(report.differences[0].kind, DifferenceKind::Undecided);
    assert_eq!(report.differences[0].amount, Fen::yuan(3_000));

    bureau.app.react().await.unwrap();
    assert!(bureau.report().await.differences.is_empty());
    assert_eq!(bureau.money().await, (10_000, 0, 0, 10_000));
    // Even if the case could be approved now: that money is gone.
    let reopen = HardshipCommand::Reopen {
        reason: text("误结案"),
    };
    bureau
        .ask(52, Wish::Case("clerk", 1, reopen))
        .await
        .unwrap();
    assert_eq!(code(bureau.ask(50, approval()).await), "approval_lapsed");
    let anew = Wish::Case("wang", 1, approve(2, 3_000));
    bureau.ask(53, anew).await.unwrap();
    assert_eq!(bureau.money().await, (10_000, 3_000, 0, 7_000));
}

#[tokio::test]
async fn money_is_not_taken_for_another_case_than_it_was_reserved_for() {
    let bureau = Bureau::with_cases(1).await;
    bureau.log.dies_after(1);
    let approval = Wish::Case("wang", 1, approve(1, 3_000));
    bureau.ask(50, approval).await.unwrap_err();
    bureau.log.lives();
    bureau
        .ask(51, Wish::Case("clerk", 1, close()))
        .await
        .unwrap();
    let open = HardshipCommand::Open {
        of: case(1),
        situation: text("又住院"),
        recipient: None,
        known: None,
    };
    let assess = HardshipCommand::Assess {
        finding: text("情况属实"),
        recommended: Fen::yuan(3_000),
    };
    bureau.ask(52, Wish::Case("clerk", 1, open)).await.unwrap();
    bureau.ask(53, Wish::Case("li", 1, assess)).await.unwrap();
    bureau.report().await;
    bureau.app.react().await.unwrap();
    assert_eq!(bureau.money().await, (10_000, 0, 0, 10_000));
}
