use super::{
    CLOSE, Story, day, decide_review, deliver, last_days, profile, request_review, review_request,
    story, unit, when,
};
use crate::{
    petition::{
        ClockName,
        Level::{FinalReview, Review},
        PetitionCommand as C, PetitionRejection as R, ReviewRequest, Stage,
    },
    testing::text,
};

/// Answered on 2024-09-01, a Sunday: a review can be asked for until 2024-10-01, rolled to 10-08.
fn answered() -> Story {
    story()
        .on("2024-12-01")
        .received("2024-08-01")
        .accepted("2024-08-02")
        .assigned()
        .replied("2024-09-01")
}

#[test]
fn a_review_is_asked_for_within_thirty_days_of_delivery() {
    let story = answered();
    let due = story.clock(ClockName::ReviewRequest, "2024-09-01").due;
    assert_eq!(last_days(&due), ("2024-10-01".into(), "2024-10-08".into()));
    let until = day("2024-10-08");
    for (received, refusal) in [
        (
            "2024-08-31",
            Some(R::ReviewBeforeDelivery {
                received: when("2024-08-31"),
                delivered: when("2024-09-01"),
            }),
        ),
        ("2024-09-01", None),
        ("2024-10-08", None),
        ("2024-10-09", Some(R::ReviewWindowOver { until })),
    ] {
        story.answers(request_review(Review, received), refusal);
    }
}

#[test]
fn the_window_opens_with_the_delivery_and_not_with_the_opinion() {
    let story = story()
        .on("2024-12-01")
        .received("2024-08-01")
        .accepted("2024-08-02")
        .then(super::issue(
            crate::petition::Outcome::Explained,
            "2024-08-20",
        ));
    assert_eq!(
        story.clock_of(ClockName::ReviewRequest, 1, "2024-08-20"),
        None
    );
    assert_eq!(
        story.refuses(request_review(Review, "2024-08-21")),
        R::ReplyMissing
    );
    let story = story.then(deliver("2024-09-01"));
    let due = story.clock(ClockName::ReviewRequest, "2024-09-01").due;
    assert_eq!(due.start, day("2024-09-01"));
    // The same again at the level above: from the delivery, not from the decision.
    let story = story
        .then(request_review(Review, "2024-09-10"))
        .then(decide_review(Review, "2024-09-20"))
        .then(deliver("2024-09-25"));
    let due = story.clock(ClockName::FinalReviewRequest, "2024-09-25").due;
    assert_eq!(due.start, day("2024-09-25"));
}

#[test]
fn a_review_and_a_final_review_are_decided_within_thirty_days() {
    let story = answered().then(request_review(Review, "2024-09-02"));
    let due = story.clock(ClockName::ReviewDecide, "2024-09-02").due;
    assert_eq!(last_days(&due), ("2024-10-02".into(), "2024-10-08".into()));
    let story = story
        .then(decide_review(Review, "2024-10-09"))
        .then(deliver("2024-10-10"));
    let clock = story.clock(ClockName::ReviewDecide, "2024-10-10");
    assert_eq!(
        clock.state,
        super::super::clocks::ClockState::MetLate { late_by: 1 }
    );
    let story = story.then(request_review(FinalReview, "2024-10-11"));
    let due = story.clock(ClockName::FinalReviewDecide, "2024-10-11").due;
    assert_eq!(last_days(&due).0, "2024-11-10");
}

#[test]
fn the_days_of_a_hearing_do_not_count_for_the_final_review() {
    let hearing = |from, until| {
        [
            C::OpenHearing { on: day(from) },
            C::HoldHearing {
                on: day(until),
                record: text("听证笔录"),
            },
        ]
    };
    let asked = answered()
        .then(request_review(Review, "2024-09-02"))
        .then(decide_review(Review, "2024-09-20"))
        .then(deliver("2024-09-20"))
        .then(request_review(FinalReview, "2024-10-09"));
    let clock = |story: &Story| story.clock(ClockName::FinalReviewDecide, "2024-10-09").due;
    assert_eq!(last_days(&clock(&asked)).0, "2024-11-08");
    let [open, hold] = hearing("2024-10-21", "2024-10-25");
    let heard = asked.clone().then(open).then(hold);
    assert_eq!(
        last_days(&clock(&heard)),
        ("2024-11-13".into(), "2024-11-13".into())
    );
    assert!(clock(&heard).deadline.rule.ends_with("听证期间不计入期限"));
    // A hearing of the review before does not stop the clock of the review.
    let [open, hold] = hearing("2024-09-10", "2024-09-12");
    let review = answered().then(request_review(Review, "2024-09-02"));
    let heard = review.clone().then(open).then(hold);
    let clock = |story: &Story| story.clock(ClockName::ReviewDecide, "2024-09-12").due;
    assert_eq!(clock(&heard), clock(&review));
}

#[test]
fn another_level_decides() {
    let by = |level, reviewer: &str| C::RequestReview {
        request: ReviewRequest {
            reviewer: unit(reviewer),
            ..review_request(level, "2024-09-10")
        },
    };
    let story = answered();
    for answered in ["离退休干部处", "医保处"] {
        assert_eq!(
            story.refuses(by(Review, answered)),
            R::ReviewerDecidedBefore
        );
    }
    let story = story
        .then(by(Review, "市委老干部局"))
        .then(decide_review(Review, "2024-09-10"))
        .then(deliver("2024-09-10"));
    for decided in ["离退休干部处", "市委老干部局"] {
        assert_eq!(
            story.refuses(by(FinalReview, decided)),
            R::ReviewerDecidedBefore
        );
    }
    story.then(by(FinalReview, "省委老干部局"));
}

#[test]
fn a_final_review_follows_the_review() {
    let last = || request_review(FinalReview, "2024-09-20");
    let story = answered();
    assert_eq!(story.refuses(last()), R::NoReviewYet);
    let story = story.then(request_review(Review, "2024-09-10"));
    assert_eq!(story.refuses(last()), R::ReviewPending);
    assert_eq!(story.refuses(CLOSE), R::ReviewPending);
    assert_eq!(
        story.refuses(request_review(Review, "2024-09-11")),
        R::ReviewAlreadyRequested
    );
    assert_eq!(
        story.refuses(decide_review(FinalReview, "2024-09-12")),
        R::ReviewNotRequested
    );
    let early = R::DecidedBeforeRequested {
        decided: day("2024-09-09"),
        received: when("2024-09-10"),
    };
    assert_eq!(story.refuses(decide_review(Review, "2024-09-09")), early);
    let story = story.then(decide_review(Review, "2024-09-12"));
    assert_eq!(story.gives(decide_review(Review, "2024-09-12")), []);
    assert_eq!(
        story.refuses(decide_review(Review, "2024-09-13")),
        R::ReviewAlreadyDecided
    );
    assert_eq!(story.refuses(last()), R::ReviewPending);
    story.then(deliver("2024-09-13")).then(last());
}

#[test]
fn a_closed_petition_can_be_reviewed_and_closed_again() {
    let story = answered()
        .then(CLOSE)
        .reviewed(Review, "2024-09-10", "2024-09-12")
        .then(CLOSE)
        .reviewed(FinalReview, "2024-09-20", "2024-09-22");
    assert_eq!(
        story.case().docket().unwrap().stage(),
        &Stage::Reviewed(FinalReview)
    );
    story.then(CLOSE);
}

#[test]
fn after_the_final_review_the_same_facts_are_not_accepted_again() {
    let ended = answered()
        .reviewed(Review, "2024-09-10", "2024-09-12")
        .reviewed(FinalReview, "2024-09-20", "2024-09-22");
    assert_eq!(ended.gives(request_review(FinalReview, "2024-09-20")), []);
    assert_eq!(
        ended.refuses(request_review(FinalReview, "2024-09-23")),
        R::FinallyDecided
    );
}

#[test]
fn the_regulation_of_2005_had_the_same_times_under_other_articles() {
    let story = story()
        .under(profile("national-2005.toml"))
        .on("2021-06-01")
        .received("2021-03-01")
        .accepted("2021-03-01")
        .replied("2021-04-01")
        .then(request_review(Review, "2021-04-02"));
    let due = |name| story.clock(name, "2021-04-02").due;
    assert_eq!(last_days(&due(ClockName::ReviewRequest)).0, "2021-05-01");
    let decide = due(ClockName::ReviewDecide);
    assert_eq!(last_days(&decide).0, "2021-05-02");
    assert!(decide.deadline.rule.starts_with("《信访条例》第三十四条"));
}
