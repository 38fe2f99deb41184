use calendar::Date;

use super::{
    Story, accept, accepted, assign, assignment, day, last_days, petition, profile, story, unit,
    when,
};
use crate::{
    petition::{
        Assignment, Category, ClockName, Outcome, Petition, PetitionCommand as C,
        PetitionRejection as R, Track,
    },
    testing::{staff, text},
};

fn extend(days: u32, approved: &str) -> C {
    C::Extend {
        days,
        reasons: text("情况复杂，需向多单位核实"),
        approved: day(approved),
        told: when(approved),
    }
}

/// Accepted on 2024-08-02: due raw on 2024-10-01, rolled on 2024-10-08. The head acts.
fn complex() -> Story {
    story()
        .on("2024-10-09")
        .received("2024-08-01")
        .accepted("2024-08-02")
        .assigned()
        .by("wang")
}

#[test]
fn a_handling_lasts_sixty_days_from_acceptance() {
    let due = complex().clock(ClockName::Handle, "2024-08-02").due;
    assert_eq!(last_days(&due), ("2024-10-01".into(), "2024-10-08".into()));
    assert_eq!(due.deadline.calendar, "cn-2026.1");
    assert!(
        due.deadline
            .rule
            .starts_with("《信访工作条例》第三十四条；")
    );
}

#[test]
fn an_extension_counts_from_the_raw_due_date() {
    let story = complex().then(extend(30, "2024-10-08"));
    let due = story.clock(ClockName::Handle, "2024-10-08").due;
    assert_eq!(last_days(&due), ("2024-10-31".into(), "2024-10-31".into()));
}

#[test]
fn extensions_last_thirty_days_in_total() {
    let story = complex().then(extend(20, "2024-09-20"));
    assert_eq!(story.gives(extend(20, "2024-09-20")), [], "the same");
    assert_eq!(
        story.refuses(extend(11, "2024-09-21")),
        R::ExtensionTooLong {
            asked: 11,
            left: 10
        }
    );
    assert_eq!(story.refuses(extend(0, "2024-09-21")), R::ExtensionZero);
    let story = story.then(extend(10, "2024-09-21"));
    let due = story.clock(ClockName::Handle, "2024-10-08").due;
    assert_eq!(last_days(&due).0, "2024-10-31");
    assert_eq!(
        story.refuses(extend(1, "2024-09-22")),
        R::ExtensionTooLong { asked: 1, left: 0 }
    );
}

#[test]
fn an_extension_is_approved_before_the_time_is_over() {
    let due = day("2024-10-08");
    let story = complex();
    assert_eq!(
        story.refuses(extend(30, "2024-10-09")),
        R::ExtensionTooLate { due }
    );
    // One that was approved in time may be recorded late.
    story.then(extend(30, "2024-10-08"));
}

#[test]
fn an_extension_is_approved_by_the_head_and_not_by_the_handler() {
    for (who, refusal) in [
        ("li", Some(R::ApproverIsHandler)),
        ("zhao", Some(R::ApproverIsNotHead)),
        ("wang", None),
    ] {
        complex().by(who).answers(extend(30, "2024-10-08"), refusal);
    }
    let unassigned = story()
        .on("2024-10-09")
        .received("2024-08-01")
        .accepted("2024-08-02");
    assert_eq!(unassigned.refuses(extend(30, "2024-10-08")), R::NotAssigned);
}

#[test]
fn only_an_investigation_has_a_time_limit_that_can_be_extended() {
    let suggestion = C::Classify {
        category: Category::Suggestion,
        reason: None,
    };
    let story = complex().then(suggestion);
    assert_eq!(story.refuses(extend(30, "2024-10-08")), R::NothingToExtend);
}

#[test]
fn a_province_handles_in_thirty_days_and_extends_by_sixty() {
    let story = story()
        .under(profile("province-30.toml"))
        .on("2024-08-20")
        .received("2024-08-01")
        .accepted("2024-08-02")
        .assigned()
        .by("wang");
    let due = story.clock(ClockName::Handle, "2024-08-20").due;
    assert_eq!(last_days(&due).0, "2024-09-01");
    assert_eq!(
        story.refuses(extend(61, "2024-08-20")),
        R::ExtensionTooLong {
            asked: 61,
            left: 60
        }
    );
    let story = story.then(extend(60, "2024-08-20"));
    let due = story.clock(ClockName::Handle, "2024-08-20").due;
    assert_eq!(last_days(&due).0, "2024-10-31");
}

#[test]
fn the_handler_and_the_head_are_two_people() {
    let alone = Assignment {
        head: staff("li").id,
        ..assignment()
    };
    let story = story().registered(petition());
    assert_eq!(
        story.refuses(C::Assign { assignment: alone }),
        R::HandlerIsHead
    );
    let story = story.assigned();
    assert_eq!(story.gives(assign()), []);
    let other = Assignment {
        lead: unit("医保处"),
        ..assignment()
    };
    story.then(C::Assign { assignment: other });
}

#[test]
fn whoever_has_an_interest_stands_back_and_may_not_act() {
    let recuse = || C::Recuse {
        staff: staff("li").id,
        interest: text("与信访人系亲属"),
    };
    let story = story()
        .registered(petition())
        .accepted("2026-04-10")
        .assigned()
        .by("li")
        .then(recuse());
    assert_eq!(story.gives(recuse()), [], "it is already so");
    assert_eq!(story.refuses(super::reply("2026-04-20")), R::ActorRecused);
    assert_eq!(story.refuses(super::CLOSE), R::ActorRecused);
    assert_eq!(story.case().docket().unwrap().assignment(), None);
    let story = story.by("clerk");
    assert_eq!(story.refuses(assign()), R::HandlerRecused);
    let other = Assignment {
        handler: staff("zhao").id,
        ..assignment()
    };
    story.then(C::Assign { assignment: other });
}

#[test]
fn a_hearing_ends_before_an_opinion_is_issued() {
    let open = |on| C::OpenHearing { on: day(on) };
    let hold = |on| C::HoldHearing {
        on: day(on),
        record: text("听证笔录"),
    };
    let issue = || super::issue(Outcome::Explained, "2026-04-20");
    let story = story().registered(petition()).accepted("2026-04-10");
    assert_eq!(story.refuses(hold("2026-04-15")), R::NoHearing);
    let story = story.then(open("2026-04-14"));
    assert_eq!(story.gives(open("2026-04-14")), []);
    assert_eq!(story.refuses(open("2026-04-15")), R::HearingGoesOn);
    assert_eq!(story.refuses(issue()), R::HearingGoesOn);
    assert_eq!(story.refuses(super::reply("2026-04-20")), R::HearingGoesOn);
    let (held, opened) = (day("2026-04-13"), day("2026-04-14"));
    assert_eq!(
        story.refuses(hold("2026-04-13")),
        R::HearingEndsBeforeItBegins { held, opened }
    );
    let story = story.then(hold("2026-04-15"));
    assert_eq!(story.gives(hold("2026-04-15")), []);
    let held: Date = day("2026-04-15");
    assert_eq!(
        story.refuses(open("2026-04-15")),
        R::HearingOverlaps { held }
    );
    story.then(issue());
}

#[test]
fn what_is_found_out_and_agreed_is_recorded_once() {
    let story = story().registered(petition()).accepted("2026-04-10");
    for command in [
        C::Note {
            on: day("2026-04-11"),
            text: text("票据属实"),
        },
        C::RecordMediation {
            on: day("2026-04-12"),
            agreement: text("分两次支付"),
        },
    ] {
        let story = story.clone().then(command.clone());
        assert_eq!(story.gives(command), []);
    }
}

#[test]
fn what_has_no_clock_of_handling_gets_one_when_it_is_found_to_be_a_demand() {
    let classify = |category| C::Classify {
        category,
        reason: Some(text("核实后认定")),
    };
    let demand = Category::Demand(Track::Investigation);
    let story = story()
        .on("2024-08-10")
        .received("2024-08-01")
        .then(classify(Category::Suggestion))
        .accepted("2024-08-02");
    assert_eq!(story.clock_of(ClockName::Handle, 1, "2024-08-10"), None);
    let story = story.then(classify(demand));
    let due = story.clock(ClockName::Handle, "2024-08-10").due;
    assert_eq!(last_days(&due).0, "2024-10-01", "from the acceptance");
    // And stops when it turns out to be none, until it does again.
    let story = story.on("2024-08-20").then(classify(Category::Suggestion));
    let stopped = story.clock(ClockName::Handle, "2024-08-20").stopped_on;
    assert_eq!(stopped, Some(day("2024-08-20")));
    let story = story.on("2024-08-22").then(classify(demand));
    let stopped = story.clock(ClockName::Handle, "2024-08-22").stopped_on;
    assert_eq!(stopped, None);
}

#[test]
fn an_acceptance_holds_the_last_day_of_the_handling() {
    let story = story().on("2024-08-02").received("2024-08-01");
    let events = story.gives(accept("2024-08-02"));
    let dues: Vec<_> = events[0].dues().iter().map(|due| due.clock).collect();
    assert_eq!(dues, [ClockName::Handle]);
    assert_eq!(super::bare(events[0].clone()), accepted("2024-08-02"));
}

#[test]
fn before_2022_the_clock_covered_every_matter() {
    let suggestion = |story: Story| {
        story
            .registered(Petition {
                received: when("2021-03-01"),
                ..petition()
            })
            .then(C::Classify {
                category: Category::Suggestion,
                reason: None,
            })
            .accepted("2021-03-02")
            .clock_of(ClockName::Handle, 1, "2021-03-02")
    };
    let then = suggestion(story().under(profile("national-2005.toml"))).unwrap();
    assert_eq!(last_days(&then.due).0, "2021-05-01");
    assert!(then.due.deadline.rule.starts_with("《信访条例》第三十三条"));
    assert_eq!(suggestion(story()), None);
}
