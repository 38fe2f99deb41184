use proptest::prelude::*;

use super::*;
use crate::testing::{carry_out_twice, staff};

fn commands() -> impl Strategy<Value = MedalCommand> {
    let texts = || prop::sample::select(vec!["甲", "乙"]).prop_map(text);
    let approvals = || {
        texts().prop_map(|document| MedalApproval {
            document,
            ..approval()
        })
    };
    let decisions = prop::sample::select(vec![AfterDeath::ToFamily, AfterDeath::Withheld]);
    let days = prop::sample::select(vec!["2026-04-10", "2026-04-20", "2026-05-02"]);
    prop_oneof![
        3 => (2025..=2027i16).prop_map(nominate),
        3 => texts().prop_map(|branch| Attest { branch, statement: text("一贯表现良好") }),
        3 => texts().prop_map(|document| Approve { document }),
        1 => texts().prop_map(|reason| Decline { reason }),
        3 => prop::option::of(texts()).prop_map(|number| Award { number }),
        3 => (days, texts()).prop_map(|(on, by)| Present { on: date(on), by }),
        1 => (decisions, approvals())
            .prop_map(|(decision, approval)| DecideAfterDeath { decision, approval }),
        2 => (texts(), approvals()).prop_map(|(reason, approval)| Replace { reason, approval }),
        1 => (texts(), approvals()).prop_map(|(reason, approval)| Revoke { reason, approval }),
    ]
}

fn people() -> impl Strategy<Value = Person> {
    prop::sample::select(vec![
        member("1970-01-01"),
        dead("2026-04-15"),
        doubtful(StandingBasis::Missing),
    ])
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        stage in 0..=PRESENTED,
        commands in prop::collection::vec((prop::bool::ANY, commands()), 0..20),
        person in people(),
    ) {
        // The way up to a stage, as commands, so that every stage is reached.
        let way = [
            ("clerk", nominate(2026)),
            ("branch", attest()),
            ("above", approve()),
            ("above", award()),
            ("clerk", present("2026-04-20")),
        ];
        let actors = |above| if above { "above" } else { "branch" };
        let rest = commands.into_iter().map(|(above, c)| (actors(above), c));
        let all = way.into_iter().take(stage).chain(rest);
        carry_out_twice::<Medal>(all.map(|(actor, c)| (staff(actor), c)), &person);
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
        person in people(),
    ) {
        let _ = given::<Medal>(history).about(person).when(command).result;
    }
}
