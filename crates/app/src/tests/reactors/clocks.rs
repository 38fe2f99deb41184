//! What the clocks of petitions say, and that just those are asked who have something to say.

use std::collections::BTreeSet;

use calendar::Date;
use domain::{
    PetitionId, Unit,
    petition::{
        Accused, Category, Delivery, Level, Means, Notice, NoticeContent, Origin,
        PetitionCommand as C, ReviewDecision, ReviewRequest, ReviewResult,
    },
};
use event_log::{Direction, EventLog as _};

use super::{NOTHING, World, bundled, case_stream, id, one, petition, request, said, world};
use crate::{
    Outcome, Request,
    reactors::{Reactor as _, petition_deadlines::PetitionDeadlines},
    tests::text,
};

/// Received on Thursday 2026-04-30: told by Friday 2026-05-15, warned from the 12th.
#[tokio::test]
async fn each_thing_is_said_in_its_time_and_once() {
    let world = world();
    world.receives(1, "2026-04-30").await;
    for (day, time, says) in [
        ("2026-05-11", "23:59", None),
        ("2026-05-12", "00:10", Some("deadline_warned")),
        ("2026-05-15", "23:00", None),
        // A Saturday: the breach is a fact at once, but nobody is called.
        ("2026-05-16", "10:00", Some("deadline_missed")),
        ("2026-05-18", "08:00", None),
        ("2026-05-18", "09:00", Some("escalated")),
        ("2026-05-19", "09:00", None),
        ("2026-05-20", "09:00", Some("escalated")),
        ("2026-05-22", "09:00", Some("escalated")),
        ("2026-12-31", "09:00", None),
    ] {
        world.at(day, time);
        let says = says.map_or(NOTHING.to_vec(), one);
        assert_eq!(world.reacts().await, says, "{day} {time}");
        assert_eq!(world.reacts().await, NOTHING, "again on {day} {time}");
    }
}

#[tokio::test]
async fn what_happens_by_itself_is_recorded_as_the_systems_own_doing() {
    let world = world();
    world.receives(1, "2026-04-30").await;
    world.at("2026-05-13", "10:00");
    world.reacts().await;
    let newest = world
        .log
        .read_stream(&case_stream(1), None, Direction::Backwards, 1)
        .await
        .unwrap()
        .remove(0);
    let metadata = newest.metadata;
    assert_eq!(metadata.actor.id, "reactor.petition_deadlines");
    assert_eq!(metadata.actor.role, "system");
    assert_eq!(&*metadata.rules, "national-2022");
}

/// Everything that can come of a clock: told and not, late and in time, transferred in, answered,
/// reviewed twice with a hearing, withdrawn, classified away, sealed, linked.
fn course_of_things() -> Vec<(&'static str, u128, C)> {
    let day = |day: &str| -> Date { day.parse().unwrap() };
    let told = |day: &str| C::Notify {
        notice: Notice {
            content: NoticeContent::Ours,
            means: Means::Phone,
            told: day.parse().unwrap(),
        },
    };
    let accept = |day: &str| C::Accept {
        accepted: day.parse().unwrap(),
    };
    let reply = |day: &str| C::Reply {
        text: text("已办理"),
        delivered: day.parse().unwrap(),
    };
    let request_review = |level, reviewer: &str, day: &str| C::RequestReview {
        request: ReviewRequest {
            level,
            reviewer: Unit(text(reviewer)),
            reasons: text("认定有误"),
            received: day.parse().unwrap(),
        },
    };
    let decide = |level, on: &str| C::DecideReview {
        decision: ReviewDecision {
            level,
            result: ReviewResult::Upheld,
            text: text("维持"),
            decided: on.parse().unwrap(),
        },
    };
    let deliver = |day: &str| C::Deliver {
        delivery: Delivery {
            means: Means::Post,
            delivered: day.parse().unwrap(),
            received_by: text("来信人"),
        },
    };
    let transferred = |n| match petition(n, "2026-05-06") {
        C::Register { mut petition } => {
            petition.intake.origin = Origin::TransferredIn {
                sender: Unit(text("市信访局")),
                document: None,
            };
            C::Register { petition }
        }
        other => other,
    };
    vec![
        // 1: nobody ever does anything.
        ("2026-05-06", 1, petition(1, "2026-05-06")),
        // 2: told late, accepted, answered late.
        ("2026-05-06", 2, petition(2, "2026-05-06")),
        ("2026-05-29", 2, told("2026-05-28")),
        ("2026-05-29", 2, accept("2026-05-29")),
        ("2026-08-24", 2, reply("2026-08-21")),
        // 3: in time, reviewed late, finally reviewed with a hearing.
        ("2026-05-06", 3, petition(3, "2026-05-06")),
        ("2026-05-06", 3, accept("2026-05-06")),
        ("2026-05-12", 3, reply("2026-05-12")),
        (
            "2026-06-10",
            3,
            request_review(Level::Review, "市信访局", "2026-06-10"),
        ),
        ("2026-07-20", 3, decide(Level::Review, "2026-07-20")),
        ("2026-07-21", 3, deliver("2026-07-21")),
        (
            "2026-08-03",
            3,
            request_review(Level::FinalReview, "省信访局", "2026-08-03"),
        ),
        (
            "2026-08-28",
            3,
            C::OpenHearing {
                on: day("2026-08-28"),
            },
        ),
        (
            "2026-09-10",
            3,
            C::HoldHearing {
                on: day("2026-09-10"),
                record: text("笔录"),
            },
        ),
        ("2026-10-15", 3, decide(Level::FinalReview, "2026-10-15")),
        // 4: transferred in, the right to object lapses; withdrawn after the last day.
        ("2026-05-06", 4, transferred(4)),
        (
            "2026-05-29",
            4,
            C::Withdraw {
                withdrawn: "2026-05-29".parse().unwrap(),
                reason: None,
            },
        ),
        // 5: transferred in and objected to.
        ("2026-05-06", 5, transferred(5)),
        (
            "2026-05-08",
            5,
            C::Object {
                reasons: text("不属于本单位职责"),
                raised: "2026-05-08".parse().unwrap(),
            },
        ),
        // 6: a suggestion has no clock of handling.
        ("2026-05-06", 6, petition(6, "2026-05-06")),
        ("2026-05-06", 6, accept("2026-05-06")),
        (
            "2026-07-15",
            6,
            C::Classify {
                category: Category::Suggestion,
                reason: None,
            },
        ),
        // 7: a report against a person; its clocks run as any other.
        ("2026-05-06", 7, petition(7, "2026-05-06")),
        (
            "2026-05-06",
            7,
            C::NameAccused {
                accused: vec![Accused::Unit(Unit(text("物业管理处")))],
            },
        ),
        ("2026-05-07", 7, accept("2026-05-07")),
        // 8: linked to the first before its handling was over.
        ("2026-05-06", 8, petition(8, "2026-05-06")),
        ("2026-05-07", 8, accept("2026-05-07")),
        ("2026-05-20", 8, C::LinkDuplicate { first: id(1) }),
        // 9: prolonged after the warning, answered by an opened case again.
        ("2026-05-06", 9, petition(9, "2026-05-06")),
        ("2026-05-06", 9, accept("2026-05-06")),
        ("2026-05-07", 9, told("2026-05-07")),
        ("2026-05-25", 9, reply("2026-05-25")),
        ("2026-05-26", 9, C::Close { exemption: None }),
        (
            "2026-09-01",
            9,
            C::Reopen {
                reason: text("补充材料"),
            },
        ),
    ]
}

/// On every day of the year, by day and by night, before a pass that comes only now and then.
#[tokio::test]
async fn those_are_asked_who_have_something_to_say_and_nobody_else() {
    let world = world();
    let mut to_come = course_of_things();
    to_come.reverse();
    let mut spoken = 0;
    let mut day: Date = "2026-05-06".parse().unwrap();
    for n in 0..239 {
        let today = day.to_string();
        world.at(&today, "08:00");
        while to_come.last().is_some_and(|(on, ..)| **on <= *today) {
            let (_, petition, command) = to_come.pop().unwrap();
            world.then(petition, command).await;
        }
        for time in ["09:30", "22:00"] {
            world.at(&today, time);
            world.app.catch_up().await.unwrap();
            let asked = asked(&world).await;
            world.at(&today, time);
            let speaks = speaks(&world).await;
            assert_eq!(asked, speaks, "{today} {time}");
            spoken += speaks.len();
        }
        if n % 3 == 0 {
            world.at(&today, if n % 2 == 0 { "10:00" } else { "23:00" });
            world.reacts().await;
            assert_eq!(asked(&world).await, BTreeSet::new(), "{today}");
        }
        day = day.tomorrow().unwrap();
    }
    assert!(to_come.is_empty() && spoken > 50, "{spoken}");
}

async fn asked(world: &World) -> BTreeSet<PetitionId> {
    world.app.catch_up().await.unwrap();
    let now = crate::Clock::now(world.clock.as_ref());
    let due = PetitionDeadlines::due(&world.app, now).await.unwrap();
    due.into_iter().map(|(petition, _)| petition).collect()
}

/// Who says something when all are asked.
async fn speaks(world: &World) -> BTreeSet<PetitionId> {
    let mut speaks = BTreeSet::new();
    for n in 1..=9 {
        let rehearsal = Request {
            dry_run: true,
            ..request(900_000_000 + n)
        };
        let answer = world.app.petition(id(n), [C::CheckDeadlines], &rehearsal);
        match answer.await {
            Ok(answer) if answer.outcome == Outcome::Recorded => speaks.insert(id(n)),
            Ok(_) => false,
            Err(error) => {
                assert_eq!(error.code(), "petition_not_registered");
                false
            }
        };
    }
    speaks
}

#[tokio::test]
async fn a_new_calendar_moves_the_dates_that_rested_on_its_year_and_no_others() {
    let world = world();
    world.at("2026-11-03", "10:00");
    for n in [1, 2] {
        world.receives(n, "2026-11-03").await;
    }
    let accept = C::Accept {
        accepted: "2026-11-03".parse().unwrap(),
    };
    // Sixty days on it is Saturday 2027-01-02.
    world.then(1, accept).await;
    let sealed = C::Classify {
        category: Category::Report,
        reason: None,
    };
    world.then(2, sealed).await;
    world.at("2026-11-04", "10:00");
    assert_eq!(world.reacts().await, NOTHING, "by the same calendar");

    let text = include_str!("../../../../calendar/data/cn-public-holidays.csv")
        .replace("# version: cn-2026.1", "# version: cn-2027.1")
        .replace("..2026-12-31", "..2027-12-31")
        + "2027-01-04,day_off,元旦 New Year's Day\n";
    let next = calendar::Calendar::parse(&text).unwrap();
    let (app, _dir) = world.opened_again(world.log.clone(), next);
    assert_eq!(
        said(&app.react().await.unwrap()),
        one("deadline_recomputed")
    );
    assert_eq!(
        world.of(1).await.last().unwrap(),
        "petition.deadline_recomputed"
    );
    assert_eq!(said(&app.react().await.unwrap()), NOTHING);
    let (app, _dir) = world.opened_again(world.log.clone(), bundled());
    assert_eq!(
        said(&app.react().await.unwrap()),
        NOTHING,
        "it is published now"
    );
}
