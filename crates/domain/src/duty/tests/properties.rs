use proptest::prelude::*;

use super::*;
use crate::testing::{carry_out_twice, staff};

fn commands() -> impl Strategy<Value = DutyCommand> {
    let reason = || prop::sample::select(vec!["甲", "乙"]).prop_map(text);
    let on = prop::sample::select(vec!["2025-01-19", "2025-01-23", "2026-04-30"]);
    prop_oneof![
        Just(open()),
        on.prop_map(fulfil),
        reason().prop_map(|reason| DutyCommand::RequestWaiver { reason }),
        Just(DutyCommand::ApproveWaiver),
        Just(DutyCommand::WithdrawTrigger),
        Just(DutyCommand::FollowPerson),
        Just(DutyCommand::CheckDeadlines),
        Just(DutyCommand::WithdrawFulfilment),
    ]
}

fn people() -> impl Strategy<Value = Person> {
    prop::sample::select(vec![
        person(),
        testing::died(ONE, "2025-01-23"),
        testing::superseded(ONE),
    ])
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec((prop::sample::select(vec!["clerk", "head"]), commands()), 0..25),
        person in people(),
    ) {
        let commands = commands.into_iter().map(|(by, c)| (staff(by), c));
        carry_out_twice::<Duty>(commands, &person);
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
        person in people(),
    ) {
        let _ = given::<Duty>(history).about(person).when(command).result;
    }
}
