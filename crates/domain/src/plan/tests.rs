mod measures;
mod properties;
mod reviews;

use calendar::{Date, When};
use uuid::Uuid;

use super::*;
use crate::testing::{self, Given, died, given, staff, superseded, text};

const ONE: CadreId = CadreId(Uuid::from_u128(1));

/// At least one event of each name with all that it can hold, and one of each value of an
/// enumeration.
pub(crate) fn samples() -> Vec<PlanEvent> {
    let bare = PlanAdopted {
        plan: 2,
        measures: vec![],
        ..adopted()
    };
    let kinds = NeedKind::ALL.into_iter().zip(2..);
    let needs = kinds.map(|((kind, ..), number)| {
        let need = Need {
            kind,
            text: text("需上门问诊"),
        };
        PlanNeedAdded { number, need }.into()
    });
    let needs: Vec<PlanEvent> = needs.collect();
    let rest = [
        PlanNeedRevised {
            number: 1,
            need: need("每周两次康复"),
        }
        .into(),
        PlanMeasureAdded {
            number: 2,
            measure: measure("安装扶手"),
        }
        .into(),
        PlanMeasureRevised {
            number: 1,
            measure: measure("联系家庭医生"),
        }
        .into(),
        completed("2026-04-20", Some("已签约")),
        completed("2026-04-20", None),
        dropped(),
        reopened(),
        reviewed(1, "2026-04-25", "2026-07-01"),
        withdrawn(1),
        closed(),
    ];
    [vec![adopted().into(), bare.into()], needs, rest.into()].concat()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn need(what: &str) -> Need {
    Need {
        kind: NeedKind::Medical,
        text: text(what),
    }
}

fn measure(what: &str) -> Measure {
    Measure {
        need: 1,
        text: text(what),
        owner: staff("zhao.min").id,
        owner_name: text("赵敏"),
        due: date("2026-05-10"),
    }
}

fn asked() -> AdoptPlan {
    AdoptPlan {
        person: ONE,
        adopted_on: date("2026-04-01"),
        needs: vec![need("需要康复")],
        measures: vec![measure("联系家庭医生签约")],
        next_review: date("2026-06-30"),
    }
}

fn adopt() -> PlanCommand {
    PlanCommand::Adopt(asked())
}

fn adopted() -> PlanAdopted {
    let AdoptPlan {
        person,
        adopted_on,
        needs,
        measures,
        next_review,
    } = asked();
    PlanAdopted {
        person,
        plan: 1,
        adopted_on,
        needs,
        measures,
        next_review,
    }
}

fn complete(on: &str, result: Option<&str>) -> PlanCommand {
    PlanCommand::CompleteMeasure {
        number: 1,
        on: date(on),
        result: result.map(text),
    }
}

fn completed(on: &str, result: Option<&str>) -> PlanEvent {
    PlanMeasureCompleted {
        number: 1,
        on: date(on),
        result: result.map(text),
    }
    .into()
}

fn drop_measure() -> PlanCommand {
    PlanCommand::DropMeasure {
        number: 1,
        reason: text("本人谢绝"),
    }
}

fn dropped() -> PlanEvent {
    PlanMeasureDropped {
        number: 1,
        reason: text("本人谢绝"),
    }
    .into()
}

fn reopen() -> PlanCommand {
    PlanCommand::ReopenMeasure {
        number: 1,
        reason: text("登记有误"),
    }
}

fn reopened() -> PlanEvent {
    PlanMeasureReopened {
        number: 1,
        reason: text("登记有误"),
    }
    .into()
}

fn review(on: &str, next: &str) -> PlanCommand {
    PlanCommand::Review {
        on: date(on),
        findings: text("措施有效"),
        next_review: date(next),
    }
}

fn reviewed(number: u32, on: &str, next: &str) -> PlanEvent {
    PlanReviewed {
        number,
        on: date(on),
        findings: text("措施有效"),
        next_review: date(next),
    }
    .into()
}

fn withdraw(number: u32) -> PlanCommand {
    PlanCommand::WithdrawReview {
        number,
        reason: text("张冠李戴"),
    }
}

fn withdrawn(number: u32) -> PlanEvent {
    PlanReviewWithdrawn {
        number,
        reason: text("张冠李戴"),
    }
    .into()
}

fn close() -> PlanCommand {
    PlanCommand::Close {
        reason: text("需求已解决"),
    }
}

fn closed() -> PlanEvent {
    PlanClosed {
        reason: text("需求已解决"),
    }
    .into()
}

fn person() -> crate::cadre::Person {
    testing::person(ONE)
}

/// The adopted plan and what became of it, on 2026-05-01.
fn after(events: impl IntoIterator<Item = PlanEvent>) -> Given<Plan> {
    let history = std::iter::once(adopted().into()).chain(events);
    given::<Plan>(history).about(person())
}

#[test]
fn a_plan_names_needs_and_is_reviewed_after_its_adoption() {
    let adopt = |change: fn(&mut AdoptPlan)| {
        let mut plan = asked();
        change(&mut plan);
        given::<Plan>([])
            .about(person())
            .when(PlanCommand::Adopt(plan))
    };
    adopt(|_| ()).then([adopted().into()]);
    adopt(|plan| plan.needs.clear()).then_rejected(PlanRejection::NoNeeds);
    adopt(|plan| plan.measures[0].need = 2).then_rejected(PlanRejection::NoSuchNeed { number: 2 });
    adopt(|plan| plan.measures[0].need = 0).then_rejected(PlanRejection::NoSuchNeed { number: 0 });
    let adopted_on = date("2026-04-01");
    adopt(|plan| plan.measures[0].due = date("2026-03-31"))
        .then_rejected(PlanRejection::BeforePlan { adopted_on });
    let mut same_day = adopted();
    same_day.measures[0].due = adopted_on;
    adopt(|plan| plan.measures[0].due = plan.adopted_on).then([same_day.into()]);
    adopt(|plan| plan.next_review = plan.adopted_on)
        .then_rejected(PlanRejection::NextReviewTooEarly { after: adopted_on });
    adopt(|plan| plan.adopted_on = date("2026-05-02")).then_rejected(PlanRejection::InTheFuture {
        date: When::Day(date("2026-05-02")),
    });
}

#[test]
fn a_person_has_one_plan_at_a_time_and_the_next_one_after_it_is_closed() {
    after([]).when(adopt()).then([]);
    let other = PlanCommand::Adopt(AdoptPlan {
        next_review: date("2026-07-01"),
        ..asked()
    });
    after([])
        .when(other.clone())
        .then_rejected(PlanRejection::AlreadyAdopted { plan: 1 });
    after([]).when(close()).then([closed()]);
    after([closed()]).when(close()).then([]);
    let next = PlanAdopted {
        plan: 2,
        next_review: date("2026-07-01"),
        ..adopted()
    };
    after([closed()]).when(other).then([next.into()]);
    given::<Plan>([])
        .when(close())
        .then_rejected(PlanRejection::NotAdopted);
}

#[test]
fn a_closed_plan_is_left_alone() {
    for command in [
        complete("2026-04-20", None),
        drop_measure(),
        reopen(),
        review("2026-04-25", "2026-07-01"),
        withdraw(1),
        PlanCommand::AddNeed {
            need: need("陪诊")
        },
    ] {
        after([closed()])
            .when(command.clone())
            .then_rejected(PlanRejection::Closed { plan: 1 });
        given::<Plan>([])
            .when(command)
            .then_rejected(PlanRejection::NotAdopted);
    }
}

#[test]
fn a_plan_is_for_someone_living_in_the_register() {
    let adopt = || given::<Plan>([]);
    adopt()
        .when(self::adopt())
        .then_rejected(PlanRejection::UnknownPerson);
    adopt()
        .about(died(ONE, "2026-04-20"))
        .when(self::adopt())
        .then_rejected(PlanRejection::PersonDied);
    adopt()
        .about(superseded(ONE))
        .when(self::adopt())
        .then_rejected(PlanRejection::RecordSuperseded);
}

#[test]
fn after_a_death_nothing_is_planned_and_what_was_done_before_is_still_recorded() {
    for command in [
        PlanCommand::AddNeed {
            need: need("陪诊")
        },
        PlanCommand::ReviseNeed {
            number: 1,
            need: need("陪诊"),
        },
        PlanCommand::AddMeasure {
            measure: measure("安装扶手"),
        },
        PlanCommand::ReviseMeasure {
            number: 1,
            measure: measure("安装扶手"),
        },
        drop_measure(),
        review("2026-04-19", "2026-07-01"),
        complete("2026-04-21", None),
    ] {
        after([])
            .about(died(ONE, "2026-04-20"))
            .when(command)
            .then_rejected(PlanRejection::PersonDied);
    }
    after([])
        .about(died(ONE, "2026-04-20"))
        .when(complete("2026-04-20", None))
        .then([completed("2026-04-20", None)]);
    let history = [
        completed("2026-04-20", None),
        reviewed(1, "2026-04-10", "2026-07-01"),
    ];
    for (command, event) in [
        (reopen(), reopened()),
        (withdraw(1), withdrawn(1)),
        (close(), closed()),
    ] {
        assert_eq!(after(history.clone()).state.concerns(&command), None);
        after(history.clone())
            .about(died(ONE, "2026-04-20"))
            .when(command)
            .then([event]);
    }
}

#[test]
fn a_need_is_added_once_and_said_anew_under_its_number() {
    let add = |what: &str| PlanCommand::AddNeed { need: need(what) };
    let number = 2;
    let added = PlanNeedAdded {
        number,
        need: need("陪诊"),
    };
    after([]).when(add("陪诊")).then([added.clone().into()]);
    after([added.clone().into()]).when(add("陪诊")).then([]);
    let revise = |number, what: &str| PlanCommand::ReviseNeed {
        number,
        need: need(what),
    };
    let revised = PlanNeedRevised {
        number,
        need: need("每月陪诊"),
    };
    after([added.clone().into()])
        .when(revise(2, "每月陪诊"))
        .then([revised.clone().into()]);
    after([added.into(), revised.into()])
        .when(revise(2, "每月陪诊"))
        .then([]);
    after([])
        .when(revise(2, "每月陪诊"))
        .then_rejected(PlanRejection::NoSuchNeed { number });
}

#[test]
fn the_stored_word_of_a_kind_of_need_is_the_one_in_the_log() {
    for (kind, word, zh) in NeedKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), word);
        assert_eq!((kind.as_str(), kind.zh()), (word, zh));
    }
}
