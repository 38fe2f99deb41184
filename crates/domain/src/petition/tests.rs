use calendar::When;
use proptest::prelude::*;

use super::{
    Channel, Petition, PetitionAccepted, PetitionCase, PetitionClosed,
    PetitionCommand::{self, Accept, Close, Register, Reply},
    PetitionEvent, PetitionRegistered,
    PetitionRejection::{
        AcceptedBeforeReceived, AlreadyAccepted, AlreadyRegistered, AlreadyReplied,
        DeliveredBeforeAccepted, InTheFuture, NotAccepted, NotRegistered, RecordSuperseded,
        ReplyMissing, UnknownPerson,
    },
    PetitionReplied, Petitioner,
};
use crate::{
    Aggregate, CadreId, PetitionId,
    testing::{carry_out_twice, died, given, person, staff, superseded, text},
};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));

const CHANNELS: [Channel; 4] = [
    Channel::Letter,
    Channel::Visit,
    Channel::Phone,
    Channel::Web,
];

/// One event of each name with all that it can hold, and a registration of each channel with no
/// more than it must.
pub(crate) fn samples() -> Vec<PetitionEvent> {
    let full = Petition {
        number: Some(text("信访〔2024〕17号")),
        petitioner: Petitioner {
            name: text("王建国"),
            person: Some(ONE),
        },
        ..petition()
    };
    let bare = CHANNELS.map(|channel| {
        registered(Petition {
            channel,
            ..petition()
        })
    });
    [registered(full)]
        .into_iter()
        .chain(bare)
        .chain([
            accepted("2026-04-10"),
            accepted("2026-04-10T02:00:00Z"),
            replied("2026-04-20"),
            replied("2026-04-20T02:00:00Z"),
            closed(),
        ])
        .collect()
}

/// Received on 2026-04-08 at 10:00 in Beijing, from nobody in the register.
fn petition() -> Petition {
    Petition {
        id: PetitionId(uuid::Uuid::from_u128(9)),
        number: None,
        channel: Channel::Letter,
        petitioner: Petitioner {
            name: text("来信人"),
            person: None,
        },
        subject: text("医药费报销"),
        text: text("请协助办理"),
        received: when("2026-04-08T02:00:00Z"),
    }
}

fn when(text: &str) -> When {
    text.parse().unwrap()
}

fn registered(petition: Petition) -> PetitionEvent {
    PetitionRegistered { petition }.into()
}

fn accept(accepted: &str) -> PetitionCommand {
    Accept {
        accepted: when(accepted),
    }
}

fn accepted(accepted: &str) -> PetitionEvent {
    PetitionAccepted {
        accepted: when(accepted),
    }
    .into()
}

fn reply(delivered: &str) -> PetitionCommand {
    Reply {
        text: text("已办理"),
        delivered: when(delivered),
    }
}

fn replied(delivered: &str) -> PetitionEvent {
    PetitionReplied {
        text: text("已办理"),
        delivered: when(delivered),
    }
    .into()
}

fn closed() -> PetitionEvent {
    PetitionClosed {}.into()
}

/// What has happened to a petition: the first so many of its four steps.
fn after(steps: usize) -> Vec<PetitionEvent> {
    [
        registered(petition()),
        accepted("2026-04-10"),
        replied("2026-04-20"),
        closed(),
    ]
    .into_iter()
    .take(steps)
    .collect()
}

#[test]
fn a_petition_goes_from_receipt_to_close() {
    let petition = petition();
    for (steps, command) in [
        Register { petition },
        accept("2026-04-10"),
        reply("2026-04-20"),
        Close,
    ]
    .into_iter()
    .enumerate()
    {
        given::<PetitionCase>(after(steps))
            .when(command.clone())
            .then(after(steps + 1).pop());
        for later in steps + 1..=4 {
            given::<PetitionCase>(after(later))
                .when(command.clone())
                .then([]);
        }
    }
}

#[test]
fn another_petition_needs_an_id_of_its_own() {
    let other = Petition {
        subject: text("住房维修"),
        ..petition()
    };
    given::<PetitionCase>(after(1))
        .when(Register { petition: other })
        .then_rejected(AlreadyRegistered);
}

#[test]
fn nothing_is_received_accepted_or_delivered_in_the_future() {
    let tomorrow = "2026-05-02";
    let received = Petition {
        received: when(tomorrow),
        ..petition()
    };
    for (steps, command) in [
        Register { petition: received },
        accept(tomorrow),
        reply(tomorrow),
    ]
    .into_iter()
    .enumerate()
    {
        given::<PetitionCase>(after(steps))
            .when(command)
            .then_rejected(InTheFuture {
                date: when(tomorrow),
            });
    }
}

#[test]
fn a_petitioner_of_the_register_is_there_under_the_record_that_is_kept() {
    let petition = Petition {
        petitioner: Petitioner {
            name: text("王建国"),
            person: Some(ONE),
        },
        ..petition()
    };
    let register = Register {
        petition: petition.clone(),
    };
    assert_eq!(PetitionCase::default().concerns(&register), Some(ONE));
    given::<PetitionCase>([])
        .when(register.clone())
        .then_rejected(UnknownPerson);
    given::<PetitionCase>([])
        .about(superseded(ONE))
        .when(register.clone())
        .then_rejected(RecordSuperseded);
    // A letter may arrive after its writer has died.
    for about in [person(ONE), died(ONE, "2026-04-01")] {
        given::<PetitionCase>([])
            .about(about)
            .when(register.clone())
            .then([registered(petition.clone())]);
    }
    let mut case = PetitionCase::default();
    case.evolve(&registered(petition));
    assert_eq!(case.subjects(), [ONE]);
}

#[test]
fn a_petition_is_not_accepted_before_it_was_received() {
    for (accepted_at, possible) in [
        ("2026-04-07", false),
        ("2026-04-08", true),
        ("2026-04-08T01:59:59Z", false),
        ("2026-04-08T02:00:00Z", true),
    ] {
        let then = given::<PetitionCase>(after(1)).when(accept(accepted_at));
        if possible {
            then.then([accepted(accepted_at)]);
        } else {
            then.then_rejected(AcceptedBeforeReceived {
                accepted: when(accepted_at),
                received: petition().received,
            });
        }
    }
}

#[test]
fn the_first_acceptance_stands() {
    for steps in 2..=4 {
        given::<PetitionCase>(after(steps))
            .when(accept("2026-04-11"))
            .then_rejected(AlreadyAccepted {
                accepted: when("2026-04-10"),
            });
    }
}

#[test]
fn a_reply_needs_an_acceptance_and_does_not_arrive_before_it() {
    given::<PetitionCase>(after(1))
        .when(reply("2026-04-20"))
        .then_rejected(NotAccepted);
    given::<PetitionCase>(after(2))
        .when(reply("2026-04-09"))
        .then_rejected(DeliveredBeforeAccepted {
            delivered: when("2026-04-09"),
            accepted: when("2026-04-10"),
        });
    given::<PetitionCase>(after(2))
        .when(reply("2026-04-10"))
        .then([replied("2026-04-10")]);
}

#[test]
fn a_delivered_reply_stands() {
    for steps in 3..=4 {
        for other in [
            reply("2026-04-21"),
            Reply {
                text: text("不予支持"),
                delivered: when("2026-04-20"),
            },
        ] {
            given::<PetitionCase>(after(steps))
                .when(other)
                .then_rejected(AlreadyReplied {
                    delivered: when("2026-04-20"),
                });
        }
    }
}

#[test]
fn no_petition_is_closed_without_a_delivered_reply() {
    for steps in 1..=2 {
        given::<PetitionCase>(after(steps))
            .when(Close)
            .then_rejected(ReplyMissing);
    }
}

#[test]
fn a_petition_begins_with_its_registration() {
    for command in [accept("2026-04-10"), reply("2026-04-20"), Close] {
        given::<PetitionCase>([])
            .when(command)
            .then_rejected(NotRegistered);
    }
}

fn commands() -> impl Strategy<Value = PetitionCommand> {
    let dates = prop::sample::select(vec![
        "2026-04-08",
        "2026-04-08T02:00:00Z",
        "2026-04-10",
        "2026-04-20T08:00:00Z",
        "2026-05-02",
    ]);
    let registers =
        (dates.clone(), prop::option::of(Just(ONE))).prop_map(|(received, person)| Register {
            petition: Petition {
                received: when(received),
                petitioner: Petitioner {
                    name: text("来信人"),
                    person,
                },
                ..petition()
            },
        });
    prop_oneof![
        registers,
        dates.clone().prop_map(accept),
        dates.prop_map(reply),
        Just(Close),
    ]
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec(commands(), 0..30),
    ) {
        let commands = commands.into_iter().map(|command| (staff("clerk"), command));
        carry_out_twice::<PetitionCase>(commands, &person(ONE));
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
    ) {
        let _ = given::<PetitionCase>(history).about(person(ONE)).when(command).result;
    }
}
