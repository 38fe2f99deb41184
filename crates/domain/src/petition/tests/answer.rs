use super::{
    CLOSE, Story, accept, day, deliver, issue, notify, petition, reply, story, unreachable, when,
};
use crate::{
    petition::{
        Category, ClockName, ExemptionGround, Level, Outcome, PetitionCommand as C,
        PetitionRejection as R, Rating, Stage,
    },
    testing::text,
};

fn handled() -> Story {
    story()
        .registered(petition())
        .accepted("2026-04-10")
        .assigned()
}

fn close(ground: ExemptionGround) -> C {
    C::Close {
        exemption: Some(ground),
    }
}

fn reopen(reason: &str) -> C {
    C::Reopen {
        reason: text(reason),
    }
}

#[test]
fn an_opinion_is_an_answer_once_it_is_delivered() {
    let opined = handled().then(issue(Outcome::NotSupported, "2026-04-20"));
    assert_eq!(opined.gives(issue(Outcome::NotSupported, "2026-04-20")), []);
    assert_eq!(
        opined.refuses(issue(Outcome::Supported, "2026-04-20")),
        R::OpinionPending
    );
    assert_eq!(opined.refuses(reply("2026-04-21")), R::OpinionPending);
    assert_eq!(opined.refuses(CLOSE), R::ReplyMissing);
    let (delivered, issued) = (when("2026-04-19"), day("2026-04-20"));
    assert_eq!(
        opined.refuses(deliver("2026-04-19")),
        R::DeliveredBeforeIssued { delivered, issued }
    );
    let answered = opined.then(deliver("2026-04-20"));
    assert_eq!(answered.gives(deliver("2026-04-20")), []);
    assert_eq!(answered.refuses(deliver("2026-04-21")), R::NothingToDeliver);
    answered.then(CLOSE);
}

#[test]
fn a_rating_needs_a_delivered_answer_and_is_given_once() {
    let rate = |rating| C::Rate { rating };
    for story in [
        handled(),
        handled().then(issue(Outcome::Explained, "2026-04-20")),
    ] {
        assert_eq!(story.refuses(rate(Rating::Satisfied)), R::ReplyMissing);
    }
    let rated = handled()
        .replied("2026-04-20")
        .then(CLOSE)
        .then(rate(Rating::Dissatisfied));
    assert_eq!(rated.gives(rate(Rating::Dissatisfied)), []);
    assert_eq!(rated.refuses(rate(Rating::Satisfied)), R::AlreadyRated);
}

#[test]
fn the_execution_of_a_supported_claim_is_followed_up() {
    let follow_up = || C::FollowUpExecution {
        on: day("2026-04-25"),
        findings: text("首笔已到账"),
    };
    let done = |on| C::RecordExecution {
        on: day(on),
        evidence: text("银行回单"),
    };
    for outcome in [Outcome::Explained, Outcome::NotSupported] {
        let story = handled()
            .then(issue(outcome, "2026-04-20"))
            .then(deliver("2026-04-20"));
        assert_eq!(story.refuses(follow_up()), R::NothingToExecute);
        assert_eq!(story.refuses(done("2026-04-25")), R::NothingToExecute);
    }
    let opined = handled().then(issue(Outcome::Supported, "2026-04-20"));
    assert_eq!(opined.refuses(follow_up()), R::NothingToExecute);
    // It goes on after the close.
    let story = opined
        .then(deliver("2026-04-20"))
        .then(CLOSE)
        .then(follow_up());
    assert_eq!(story.gives(follow_up()), []);
    let story = story.then(done("2026-04-28"));
    assert_eq!(story.gives(done("2026-04-28")), []);
    let on = day("2026-04-28");
    assert_eq!(story.refuses(done("2026-04-29")), R::AlreadyExecuted { on });
}

#[test]
fn no_petition_is_closed_without_a_delivered_reply_or_a_founded_exemption() {
    use ExemptionGround as G;
    let all = [
        G::Unreachable,
        G::SuggestionNotAdopted,
        G::ReportHandled,
        G::Linked,
        G::RoutedOnward,
        G::Returned,
        G::Withdrawn,
        G::RefusedAsFinal,
    ];
    let classified = |category| {
        handled().then(C::Classify {
            category,
            reason: None,
        })
    };
    for (story, founded) in [
        (handled(), None),
        (handled().replied("2026-04-20"), None),
        (
            handled().then(issue(Outcome::Supported, "2026-04-20")),
            None,
        ),
        (
            story().registered(unreachable()).accepted("2026-04-10"),
            Some(G::Unreachable),
        ),
        (
            classified(Category::Suggestion),
            Some(G::SuggestionNotAdopted),
        ),
        (classified(Category::Report), Some(G::ReportHandled)),
    ] {
        for ground in all {
            let refusal = (Some(ground) != founded).then_some(R::ExemptionUnfounded);
            story.answers(close(ground), refusal);
        }
    }
}

#[test]
fn a_closed_petition_is_opened_again_with_a_reason_and_handled_anew() {
    let closed = story()
        .on("2024-08-20")
        .received("2024-08-01")
        .accepted("2024-08-02")
        .replied("2024-08-19")
        .then(CLOSE);
    for command in [
        super::assign(),
        C::Note {
            on: day("2024-08-20"),
            text: text("补充材料"),
        },
    ] {
        assert_eq!(closed.refuses(command), R::CaseClosed);
    }
    let open = closed.then(reopen("发现新证据"));
    assert_eq!(open.gives(reopen("发现新证据")), [], "it is open");
    assert_eq!(open.case().docket().unwrap().stage(), &Stage::Accepted);
    assert_eq!(open.refuses(CLOSE), R::ReplyMissing);
    // The first handling keeps its clock, the second has its own.
    let clock = |run| open.clock_of(ClockName::Handle, run, "2024-08-20");
    assert_eq!(clock(1).unwrap().met_on, Some(day("2024-08-19")));
    assert_eq!(clock(2).unwrap().due.start, day("2024-08-20"));
    // What was said at first stays said.
    assert_eq!(open.gives(accept("2024-08-02")), []);
    assert_eq!(open.gives(reply("2024-08-19")), []);
    open.on("2024-09-01").replied("2024-08-30").then(CLOSE);
}

#[test]
fn a_petition_that_was_never_accepted_is_received_again() {
    let open = story()
        .registered(petition())
        .then(C::Withdraw {
            withdrawn: when("2026-04-09"),
            reason: Some(text("已自行解决")),
        })
        .then(close(ExemptionGround::Withdrawn))
        .then(reopen("信访人再次来信"));
    assert_eq!(open.case().docket().unwrap().stage(), &Stage::Received);
    open.accepted("2026-05-06");
}

#[test]
fn what_the_final_review_ended_is_not_opened_again() {
    let ended = handled()
        .replied("2026-04-20")
        .reviewed(Level::Review, "2026-04-21", "2026-04-22")
        .reviewed(Level::FinalReview, "2026-04-23", "2026-04-24")
        .then(CLOSE);
    assert_eq!(ended.refuses(reopen("不服")), R::FinallyDecided);
}

#[test]
fn a_notice_after_the_close_is_still_recorded() {
    handled()
        .replied("2026-04-20")
        .then(CLOSE)
        .then(notify("2026-04-21"));
}
