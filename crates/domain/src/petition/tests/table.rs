//! Every command at every stage: what happens, or which rejection says why not. The table lies in
//! `table.txt`; after a change, look at what this writes anew:
//!
//! ```text
//! SANGYU_WRITE_TABLE=1 cargo test -p domain petition::tests::table
//! ```
//!
//! A new command or stage does not compile until it is given a place here.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::PathBuf};

use super::{
    CLOSE, ONE, Story, accept, assign, attach, day, decide_review, deliver, document, issue,
    notify, petition, reply, request_review, story, transferred, unit, when,
};
use crate::{
    Event as _, PetitionId, Rejection as _,
    hardship::{Ground, HardshipId},
    petition::{
        Accused, Category, Docket, ExemptionGround, Level, Outcome, Petition, PetitionCase,
        PetitionCommand as C, Rating, ReviewDecision, ReviewRequest, Stage, SupervisionGround,
        Track,
    },
    testing::{staff, text},
};

/// Names every variant, and counts the names: one that nothing below stands for is missed.
macro_rules! names {
    ($function:ident, $count:ident, $of:ty, $($pattern:pat => $name:literal),+ $(,)?) => {
        fn $function(of: $of) -> &'static str {
            match of {
                $($pattern => $name,)+
            }
        }

        const $count: usize = [$($name),+].len();
    };
}

names! { column, COLUMNS, Option<&Stage>,
    None => "unregistered",
    Some(Stage::Received) => "received",
    Some(Stage::Objected) => "objected",
    Some(Stage::ReturnAgreed) => "return_agreed",
    Some(Stage::Accepted) => "accepted",
    Some(Stage::Opined) => "opined",
    Some(Stage::Replied) => "replied",
    Some(Stage::UnderReview(Level::Review)) => "under_review",
    Some(Stage::ReviewDecided(Level::Review)) => "review_decided",
    Some(Stage::Reviewed(Level::Review)) => "reviewed",
    Some(Stage::UnderReview(Level::FinalReview)) => "under_final_review",
    Some(Stage::ReviewDecided(Level::FinalReview)) => "final_review_decided",
    Some(Stage::Reviewed(Level::FinalReview)) => "finally_reviewed",
    Some(Stage::Linked { .. }) => "linked",
    Some(Stage::RoutedOnward { .. }) => "routed_onward",
    Some(Stage::Returned) => "returned",
    Some(Stage::Withdrawn) => "withdrawn",
    Some(Stage::RefusedAsFinal { .. }) => "refused_as_final",
    Some(Stage::Closed) => "closed",
}

names! { row, ROWS, &C,
    C::Register { .. } => "register",
    C::Classify { .. } => "classify",
    C::NameAccused { .. } => "name_accused",
    C::LinkDuplicate { .. } => "link_duplicate",
    C::RefuseFinal { .. } => "refuse_final",
    C::RouteOnward { .. } => "route_onward",
    C::Notify { .. } => "notify",
    C::Object { .. } => "object",
    C::SenderAgrees { .. } => "sender_agrees",
    C::SenderDeclines { .. } => "sender_declines",
    C::Return { .. } => "return",
    C::Accept { .. } => "accept",
    C::Assign { .. } => "assign",
    C::Recuse { .. } => "recuse",
    C::Note { .. } => "note",
    C::OpenHearing { .. } => "open_hearing",
    C::HoldHearing { .. } => "hold_hearing",
    C::RecordMediation { .. } => "record_mediation",
    C::Extend { .. } => "extend",
    C::IssueOpinion { .. } => "issue_opinion",
    C::Reply { .. } => "reply",
    C::Deliver { .. } => "deliver",
    C::Rate { .. } => "rate",
    C::FollowUpExecution { .. } => "follow_up_execution",
    C::RecordExecution { .. } => "record_execution",
    C::Supervise { .. } => "supervise",
    C::GiveFeedback { .. } => "give_feedback",
    C::ReportUrgent { .. } => "report_urgent",
    C::OfferAid { .. } => "offer_aid",
    C::AttachDocument { .. } => "attach_document",
    C::WithdrawDocument { .. } => "withdraw_document",
    C::Withdraw { .. } => "withdraw",
    C::Reopen { .. } => "reopen",
    C::CheckDeadlines => "check_deadlines",
    C::RequestReview { request: ReviewRequest { level: Level::Review, .. } } => "request_review",
    C::RequestReview { request: ReviewRequest { level: Level::FinalReview, .. } } => "request_final_review",
    C::DecideReview { decision: ReviewDecision { level: Level::Review, .. } } => "decide_review",
    C::DecideReview { decision: ReviewDecision { level: Level::FinalReview, .. } } => "decide_final_review",
    C::Close { exemption: None } => "close",
    C::Close { exemption: Some(_) } => "close_as_withdrawn",
}

/// A petition transferred in and assigned, as far as it can be, at every stage.
fn stages() -> Vec<Story> {
    let received = story()
        .registered(transferred("2026-04-08"))
        .then(attach(1))
        .by("wang");
    let objected = received.clone().then(C::Object {
        reasons: text("非本单位职责"),
        raised: when("2026-04-09"),
    });
    let agreed = objected.clone().then(C::SenderAgrees {
        agreed: when("2026-04-10"),
    });
    let returned = agreed.clone().then(C::Return {
        returned: when("2026-04-11"),
    });
    let accepted = received.clone().accepted("2026-04-10").assigned();
    let opined = accepted
        .clone()
        .then(issue(Outcome::Supported, "2026-04-12"));
    let replied = opined.clone().then(deliver("2026-04-13"));
    let review = replied
        .clone()
        .then(request_review(Level::Review, "2026-04-14"));
    let review_decided = review
        .clone()
        .then(decide_review(Level::Review, "2026-04-15"));
    let reviewed = review_decided.clone().then(deliver("2026-04-16"));
    let last = reviewed
        .clone()
        .then(request_review(Level::FinalReview, "2026-04-17"));
    let last_decided = last
        .clone()
        .then(decide_review(Level::FinalReview, "2026-04-18"));
    let finally = last_decided.clone().then(deliver("2026-04-19"));
    let routed = received.clone().then(C::RouteOnward {
        to: unit("市医保局"),
        document: None,
        routed: when("2026-04-10"),
    });
    let withdrawn = received.clone().then(C::Withdraw {
        withdrawn: when("2026-04-10"),
        reason: None,
    });
    let linked = received
        .clone()
        .beside(&other())
        .then(C::LinkDuplicate { first: id(10) });
    let refused = received
        .clone()
        .beside(&other_finally_reviewed())
        .then(C::RefuseFinal { reviewed: id(11) });
    let closed = replied.clone().then(CLOSE);
    vec![
        story().by("wang"),
        received,
        objected,
        agreed,
        accepted,
        opined,
        replied,
        review,
        review_decided,
        reviewed,
        last,
        last_decided,
        finally,
        linked,
        routed,
        returned,
        withdrawn,
        refused,
        closed,
    ]
}

fn id(n: u128) -> PetitionId {
    PetitionId(uuid::Uuid::from_u128(n))
}

/// An open petition.
fn other() -> Story {
    story().registered(Petition {
        id: id(10),
        ..petition()
    })
}

fn other_finally_reviewed() -> Story {
    story()
        .registered(Petition {
            id: id(11),
            ..petition()
        })
        .accepted("2026-04-10")
        .replied("2026-04-10")
        .reviewed(Level::Review, "2026-04-10", "2026-04-10")
        .reviewed(Level::FinalReview, "2026-04-10", "2026-04-10")
}

/// Each command in words that no fixture has used before, save the registration.
fn commands() -> Vec<C> {
    vec![
        C::Register {
            petition: transferred("2026-04-08"),
        },
        C::Classify {
            category: Category::Demand(Track::Investigation),
            reason: None,
        },
        C::NameAccused {
            accused: vec![Accused::Unit(unit("物业管理处"))],
        },
        C::LinkDuplicate { first: id(10) },
        C::RefuseFinal { reviewed: id(11) },
        C::RouteOnward {
            to: unit("市人社局"),
            document: None,
            routed: when("2026-04-22"),
        },
        notify("2026-04-22"),
        C::Object {
            reasons: text("另有主管单位"),
            raised: when("2026-04-10"),
        },
        C::SenderAgrees {
            agreed: when("2026-04-22"),
        },
        C::SenderDeclines {
            declined: when("2026-04-22"),
            reason: text("属贵单位职责"),
        },
        C::Return {
            returned: when("2026-04-22"),
        },
        accept("2026-04-22"),
        assign(),
        C::Recuse {
            staff: staff("sun").id,
            interest: text("亲属"),
        },
        C::Note {
            on: day("2026-04-22"),
            text: text("属实"),
        },
        C::OpenHearing {
            on: day("2026-04-22"),
        },
        C::HoldHearing {
            on: day("2026-04-22"),
            record: text("笔录"),
        },
        C::RecordMediation {
            on: day("2026-04-22"),
            agreement: text("分期"),
        },
        C::Extend {
            days: 30,
            reasons: text("复杂"),
            approved: day("2026-04-22"),
            told: when("2026-04-22"),
        },
        issue(Outcome::Explained, "2026-04-22"),
        reply("2026-04-22"),
        deliver("2026-04-22"),
        C::Rate {
            rating: Rating::Satisfied,
        },
        C::FollowUpExecution {
            on: day("2026-04-22"),
            findings: text("已到账"),
        },
        C::RecordExecution {
            on: day("2026-04-22"),
            evidence: text("回单"),
        },
        request_review(Level::Review, "2026-04-22"),
        request_review(Level::FinalReview, "2026-04-22"),
        decide_review(Level::Review, "2026-04-22"),
        decide_review(Level::FinalReview, "2026-04-22"),
        C::Supervise {
            ground: SupervisionGround::Shirking,
            recommendation: text("限期答复"),
        },
        C::GiveFeedback {
            number: 1,
            feedback: text("已整改"),
        },
        C::ReportUrgent {
            to: unit("市委"),
            matter: text("紧急"),
        },
        C::OfferAid {
            hardship: HardshipId {
                person: ONE,
                ground: Ground::SeriousIllness,
            },
        },
        attach(2),
        C::WithdrawDocument {
            hash: document(1).hash,
            reason: text("误传"),
        },
        C::Withdraw {
            withdrawn: when("2026-04-22"),
            reason: None,
        },
        CLOSE,
        C::Close {
            exemption: Some(ExemptionGround::Withdrawn),
        },
        C::Reopen {
            reason: text("新证据"),
        },
        C::CheckDeadlines,
    ]
}

fn outcome(story: &Story, command: &C) -> String {
    let story = match command {
        C::RefuseFinal { .. } => story.clone().beside(&other_finally_reviewed()),
        _ => story.clone().beside(&other()),
    };
    match story.decide(command.clone()).result {
        Ok(events) if events.is_empty() => "already so".to_owned(),
        Ok(events) => {
            let names: Vec<_> = events.iter().map(|event| event.name()).collect();
            names.join(", ")
        }
        Err(rejection) => format!("! {}", rejection.code()),
    }
}

#[test]
fn every_command_has_an_outcome_at_every_stage() {
    let (commands, stages) = (commands(), stages());
    let rows: BTreeSet<_> = commands.iter().map(row).collect();
    let stage_of = |case: &PetitionCase| column(case.docket().map(Docket::stage));
    let columns: BTreeSet<_> = stages.iter().map(|story| stage_of(&story.case())).collect();
    assert_eq!((rows.len(), commands.len()), (ROWS, ROWS));
    assert_eq!((columns.len(), stages.len()), (COLUMNS, COLUMNS));
    let mut table = String::new();
    for command in &commands {
        writeln!(table, "{}", row(command)).unwrap();
        for stage in &stages {
            let outcome = outcome(stage, command);
            writeln!(table, "    {:<20}  {outcome}", stage_of(&stage.case())).unwrap();
        }
    }
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/petition/tests/table.txt");
    if std::env::var_os("SANGYU_WRITE_TABLE").is_some() {
        fs::write(&file, &table).unwrap();
    }
    assert_eq!(table, fs::read_to_string(file).unwrap());
}
