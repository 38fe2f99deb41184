//! Nobody forgotten: what happens raises its duty once, and what is done closes it.

use std::sync::atomic::Ordering;

use calendar::{Timestamp, When};
use domain::{
    CadreId, Fen, VisitId,
    cadre::{CadreCommand, Profile, RegisterCadre},
    duty::{DutyId, RuleId, TriggerKey},
    health::{Bed, HealthCommand, Learnt},
    plan::{AdoptPlan, Need, NeedKind, PlanCommand},
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};
use event_log::{Direction, Revision, StreamName};
use uuid::Uuid;

use super::{World, request, text, world};

const ONE: CadreId = CadreId(Uuid::from_u128(0x11));

impl World {
    /// Nine in the morning of this day.
    pub(super) fn morning(&self, day: &str) {
        let moment: Timestamp = format!("{day}T01:00:00Z").parse().unwrap();
        self.clock.0.store(moment.as_second(), Ordering::SeqCst);
    }

    pub(super) async fn registers(&self) {
        let person = RegisterCadre {
            id: ONE,
            unit: domain::Unit(text("老干部局")),
            retirement: None,
            profile: Box::new(Profile::named(text("王佳"))),
        };
        let commands = [CadreCommand::Register(person)];
        self.app.cadre(ONE, commands, &request(1)).await.unwrap();
    }

    /// Admitted and known on this day; gives the duty it raises.
    pub(super) async fn admits(&self, day: &str) -> StreamName {
        let on = When::Day(day.parse().unwrap());
        let admission = HealthCommand::RecordAdmission {
            person: ONE,
            bed: Bed {
                hospital: text("市立医院"),
                ward: None,
                bed: None,
            },
            admitted: Learnt {
                happened: on,
                known: on,
            },
        };
        let answer = self
            .app
            .health(ONE, [admission], &request(2))
            .await
            .unwrap();
        let log = self.app.log();
        let events = log
            .read_stream(
                &answer.stream,
                Some(Revision::FIRST),
                Direction::Forwards,
                9,
            )
            .await
            .unwrap();
        let duty = DutyId {
            person: ONE,
            rule: RuleId::parse("hospital_visit").unwrap(),
            trigger: TriggerKey::Event(events[0].id.0),
        };
        StreamName::new("duty", &duty.to_string()).unwrap()
    }

    pub(super) async fn visits(&self, day: &str) {
        let visit = Visit {
            person: ONE,
            visited: When::Day(day.parse().unwrap()),
            visitors: vec![Visitor {
                name: text("李局长"),
                post: None,
                unit: None,
                rank: None,
            }],
            mode: Mode::Hospital,
            place: None,
            purpose: Purpose::Hospitalisation,
            money: Fen::ZERO,
            goods: None,
            findings: None,
            needs: None,
        };
        let id = VisitId(Uuid::from_u128(0x12));
        let record = [VisitCommand::Record { visit }];
        self.app.visit(id, record, &request(3)).await.unwrap();
    }

    pub(super) async fn reacts_once_and_is_quiet(&self) {
        self.app.react().await.unwrap();
        let again = self.app.react().await.unwrap();
        for reaction in again {
            assert_eq!(reaction.spoke, 0, "{reaction:?}");
            assert!(reaction.refused.is_empty(), "{reaction:?}");
        }
    }
}

#[tokio::test]
async fn an_admission_raises_one_duty_and_a_visit_closes_it() {
    let world = world();
    world.morning("2026-03-02");
    world.registers().await;
    let duty = world.admits("2026-03-02").await;
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&duty).await, ["duty.opened"]);
    world.morning("2026-03-03");
    world.visits("2026-03-03").await;
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&duty).await, ["duty.opened", "duty.fulfilled"]);
}

#[tokio::test]
async fn a_visit_that_does_not_come_is_missed_and_climbs() {
    let world = world();
    world.morning("2026-03-02");
    world.registers().await;
    let duty = world.admits("2026-03-02").await;
    // Three working days end on Thursday the fifth.
    for (day, expected) in [
        ("2026-03-03", &["duty.opened"][..]),
        ("2026-03-04", &["duty.opened", "duty.warned"]),
        ("2026-03-05", &["duty.opened", "duty.warned"]),
    ] {
        world.morning(day);
        world.reacts_once_and_is_quiet().await;
        assert_eq!(world.events(&duty).await, expected, "{day}");
    }
    world.morning("2026-03-12");
    world.reacts_once_and_is_quiet().await;
    let said = world.events(&duty).await;
    assert_eq!(said[2], "duty.missed");
    assert_eq!(said[3..], ["duty.escalated"; 3]);
}

#[tokio::test]
async fn death_cancels_the_duty_and_its_withdrawal_brings_it_back() {
    let world = world();
    world.morning("2026-03-02");
    world.registers().await;
    let duty = world.admits("2026-03-02").await;
    world.reacts_once_and_is_quiet().await;
    let died = CadreCommand::RecordDeath {
        died_on: "2026-03-02".parse().unwrap(),
        document: None,
    };
    world.app.cadre(ONE, [died], &request(4)).await.unwrap();
    world.reacts_once_and_is_quiet().await;
    let withdrawn = CadreCommand::WithdrawDeath {
        reason: text("同名误登"),
        document: None,
    };
    world
        .app
        .cadre(ONE, [withdrawn], &request(5))
        .await
        .unwrap();
    world.reacts_once_and_is_quiet().await;
    assert_eq!(
        world.events(&duty).await,
        ["duty.opened", "duty.cancelled", "duty.reinstated"]
    );
}

#[tokio::test]
async fn a_plan_raises_its_review_and_the_review_closes_it_and_raises_the_next() {
    let world = world();
    world.morning("2026-03-02");
    world.registers().await;
    let review = |on: &str, next_review: &str| PlanCommand::Review {
        on: on.parse().unwrap(),
        findings: text("措施有效"),
        next_review: next_review.parse().unwrap(),
    };
    let adopt = PlanCommand::Adopt(AdoptPlan {
        person: ONE,
        adopted_on: "2026-03-02".parse().unwrap(),
        needs: vec![Need {
            kind: NeedKind::Medical,
            text: text("需要康复"),
        }],
        measures: vec![],
        next_review: "2026-04-30".parse().unwrap(),
    });
    let plan = async |command: PlanCommand, n: u128| {
        let answer = world.app.plan(ONE, [command], &request(n)).await.unwrap();
        let at = answer.revision.unwrap();
        let log = world.app.log();
        let events = log
            .read_stream(&answer.stream, Some(at), Direction::Forwards, 1)
            .await
            .unwrap();
        let duty = DutyId {
            person: ONE,
            rule: RuleId::parse("plan_review").unwrap(),
            trigger: TriggerKey::Event(events[0].id.0),
        };
        StreamName::new("duty", &duty.to_string()).unwrap()
    };
    let first = plan(adopt, 2).await;
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&first).await, [""; 0], "far ahead");
    world.morning("2026-04-16");
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&first).await, ["duty.opened"]);
    let next = plan(review("2026-04-16", "2026-04-28"), 3).await;
    world.reacts_once_and_is_quiet().await;
    assert_eq!(
        world.events(&first).await,
        ["duty.opened", "duty.fulfilled"]
    );
    assert_eq!(
        world.events(&next).await,
        [""; 0],
        "a day after the review at the earliest"
    );
    world.morning("2026-04-17");
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&next).await, ["duty.opened"]);
    let withdraw = PlanCommand::WithdrawReview {
        number: 1,
        reason: text("误登"),
    };
    plan(withdraw, 4).await;
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&next).await, ["duty.opened", "duty.cancelled"]);
    assert_eq!(
        world.events(&first).await.last().unwrap(),
        "duty.fulfilment_withdrawn"
    );
    let close = PlanCommand::Close {
        reason: text("需求已解决"),
    };
    plan(close, 5).await;
    world.reacts_once_and_is_quiet().await;
    assert_eq!(world.events(&first).await.last().unwrap(), "duty.cancelled");
}
