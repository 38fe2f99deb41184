//! From receipt to close by the plain way: registered, accepted, replied, closed. Ledgers are taken
//! over by it.

use super::{
    CLOSE, ONE, ThenBare as _, accept, accepted, after, petition, registered, replied, reply, when,
};
use crate::{
    Aggregate,
    petition::{
        Petition, PetitionCase,
        PetitionCommand::{Register, Reply},
        PetitionRejection::{
            AcceptedBeforeReceived, AlreadyAccepted, AlreadyRegistered, AlreadyReplied,
            DeliveredBeforeAccepted, InTheFuture, NotAccepted, NotRegistered, RecordSuperseded,
            ReplyMissing, UnknownPerson,
        },
        Petitioner,
    },
    testing::{died, given, person, superseded, text},
};

#[test]
fn a_petition_goes_from_receipt_to_close() {
    let petition = petition();
    for (steps, command) in [
        Register { petition },
        accept("2026-04-10"),
        reply("2026-04-20"),
        CLOSE,
    ]
    .into_iter()
    .enumerate()
    {
        given::<PetitionCase>(after(steps))
            .when(command.clone())
            .then_bare(after(steps + 1).pop());
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
            .then_bare([registered(petition.clone())]);
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
            then.then_bare([accepted(accepted_at)]);
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
        .then_bare([replied("2026-04-10")]);
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
            .when(CLOSE)
            .then_rejected(ReplyMissing);
    }
}

#[test]
fn a_petition_begins_with_its_registration() {
    for command in [accept("2026-04-10"), reply("2026-04-20"), CLOSE] {
        given::<PetitionCase>([])
            .when(command)
            .then_rejected(NotRegistered);
    }
}
