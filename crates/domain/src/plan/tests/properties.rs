use proptest::prelude::*;

use super::*;
use crate::testing::carry_out_twice;

fn commands() -> impl Strategy<Value = PlanCommand> {
    let what = || prop::sample::select(vec!["甲", "乙"]);
    let number = || 0u32..4;
    let day = || prop::sample::select(vec!["2026-04-10", "2026-04-20", "2026-04-30"]);
    let reason = || what().prop_map(text);
    let adopt = what().prop_map(|what| {
        PlanCommand::Adopt(AdoptPlan {
            needs: vec![need(what)],
            ..asked()
        })
    });
    prop_oneof![
        adopt,
        what().prop_map(|what| PlanCommand::AddNeed { need: need(what) }),
        (number(), what()).prop_map(|(number, what)| PlanCommand::ReviseNeed {
            number,
            need: need(what)
        }),
        what().prop_map(|what| PlanCommand::AddMeasure {
            measure: measure(what)
        }),
        (number(), what()).prop_map(|(number, what)| PlanCommand::ReviseMeasure {
            number,
            measure: measure(what)
        }),
        (number(), day()).prop_map(|(number, on)| PlanCommand::CompleteMeasure {
            number,
            on: date(on),
            result: None
        }),
        (number(), reason())
            .prop_map(|(number, reason)| PlanCommand::DropMeasure { number, reason }),
        (number(), reason())
            .prop_map(|(number, reason)| PlanCommand::ReopenMeasure { number, reason }),
        day().prop_map(|on| review(on, "2026-07-01")),
        number().prop_map(withdraw),
        Just(close()),
    ]
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec(commands(), 0..30),
    ) {
        let commands = std::iter::once(adopt()).chain(commands);
        carry_out_twice::<Plan>(commands.map(|command| (staff("clerk"), command)), &person());
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
    ) {
        let _ = given::<Plan>(history).about(person()).when(command).result;
    }
}
