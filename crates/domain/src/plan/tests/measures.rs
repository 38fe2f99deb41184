use super::*;

fn add(measure: Measure) -> PlanCommand {
    PlanCommand::AddMeasure { measure }
}

#[test]
fn a_measure_is_added_once_for_one_of_the_needs() {
    let added = PlanMeasureAdded {
        number: 2,
        measure: measure("安装扶手"),
    };
    let added = PlanEvent::from(added);
    after([])
        .when(add(measure("安装扶手")))
        .then([added.clone()]);
    after([added]).when(add(measure("安装扶手"))).then([]);
    let of_no_need = Measure {
        need: 2,
        ..measure("安装扶手")
    };
    after([])
        .when(add(of_no_need))
        .then_rejected(PlanRejection::NoSuchNeed { number: 2 });
}

#[test]
fn what_was_dropped_can_be_taken_up_as_a_new_measure() {
    let measure = adopted().measures.remove(0);
    after([completed("2026-04-20", None)])
        .when(add(measure.clone()))
        .then([]);
    after([dropped()])
        .when(add(measure.clone()))
        .then([PlanMeasureAdded { number: 2, measure }.into()]);
}

#[test]
fn a_measure_is_said_anew_only_while_it_is_to_be_done() {
    let revise = || PlanCommand::ReviseMeasure {
        number: 1,
        measure: Measure {
            due: date("2026-05-31"),
            ..measure("联系家庭医生签约")
        },
    };
    let revised = PlanMeasureRevised {
        number: 1,
        measure: Measure {
            due: date("2026-05-31"),
            ..measure("联系家庭医生签约")
        },
    };
    after([]).when(revise()).then([revised.clone().into()]);
    after([revised.into()]).when(revise()).then([]);
    after([dropped()])
        .when(revise())
        .then_rejected(PlanRejection::MeasureSettled { number: 1 });
}

#[test]
fn a_measure_is_done_or_dropped_and_either_can_be_taken_back() {
    let done = || completed("2026-04-20", Some("已签约"));
    let complete = || complete("2026-04-20", Some("已签约"));
    after([]).when(complete()).then([done()]);
    after([]).when(drop_measure()).then([dropped()]);
    after([done()]).when(complete()).then([]);
    after([dropped()]).when(drop_measure()).then([]);
    for (state, other) in [(done(), drop_measure()), (dropped(), complete())] {
        after([state.clone()])
            .when(other.clone())
            .then_rejected(PlanRejection::MeasureSettled { number: 1 });
        after([state.clone()]).when(reopen()).then([reopened()]);
        after([state.clone(), reopened()]).when(reopen()).then([]);
        let events = after([state, reopened()]).when(other).result.unwrap();
        assert_eq!(events.len(), 1);
    }
}

#[test]
fn a_measure_is_done_by_today_and_not_before_the_plan() {
    let adopted_on = date("2026-04-01");
    after([])
        .when(complete("2026-04-01", None))
        .then([completed("2026-04-01", None)]);
    after([])
        .when(complete("2026-03-31", None))
        .then_rejected(PlanRejection::BeforePlan { adopted_on });
    after([])
        .when(complete("2026-05-02", None))
        .then_rejected(PlanRejection::InTheFuture {
            date: When::Day(date("2026-05-02")),
        });
}

#[test]
fn a_measure_is_known_by_its_number() {
    for number in [0, 2] {
        let reason = text("无");
        for command in [
            PlanCommand::DropMeasure {
                number,
                reason: reason.clone(),
            },
            PlanCommand::ReopenMeasure { number, reason },
        ] {
            after([])
                .when(command)
                .then_rejected(PlanRejection::NoSuchMeasure { number });
        }
    }
}
