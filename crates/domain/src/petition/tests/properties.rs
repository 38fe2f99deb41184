//! What holds whatever is asked, by whomever, in whatever order.

use proptest::{prelude::*, sample::select};

use super::{
    CLOSE, accept, assignment, attach, decide_review, deliver, document, issue, joint, notify,
    petition, reply, request_review, samples, transferred, unit, unreachable, when,
};
use crate::{
    Actor, Aggregate,
    hardship::{Ground, HardshipId},
    petition::{
        Accused, AttachedDocument, Category, Channel, ExemptionGround, Level, Outcome, Petition,
        PetitionCase, PetitionCommand as C, PetitionEvent as E, Petitioner, Rating, Stage,
        SupervisionGround, Track,
    },
    testing::{carry_out_twice, given, person, staff, text},
};

const DAYS: [&str; 6] = [
    "2026-03-01",
    "2026-03-02",
    "2026-03-20",
    "2026-04-10",
    "2026-04-30",
    "2026-05-02",
];

fn intake() -> impl Strategy<Value = C> {
    let petitions = vec![
        Petition {
            received: when("2026-03-01T02:00:00Z"),
            ..petition()
        },
        Petition {
            received: when("2026-03-01"),
            petitioner: Petitioner {
                name: text("来信人"),
                person: Some(super::ONE),
            },
            ..petition()
        },
        Petition {
            received: when("2026-03-01"),
            ..unreachable()
        },
        Petition {
            received: when("2026-03-01"),
            ..joint(Channel::Visit, 5, 300)
        },
        transferred("2026-03-01"),
    ];
    let categories = select(vec![
        Category::Suggestion,
        Category::Report,
        Category::Demand(Track::Litigation),
        Category::Demand(Track::Investigation),
    ]);
    prop_oneof![
        4 => select(petitions).prop_map(|petition| C::Register { petition }),
        2 => (categories, any::<bool>()).prop_map(|(category, why)| C::Classify {
            category,
            reason: why.then(|| text("核实后认定")),
        }),
        1 => Just(C::NameAccused {
            accused: vec![Accused::Unit(unit("物业管理处"))],
        }),
        1 => select(&DAYS[..]).prop_map(|day| C::RouteOnward {
            to: unit("市医保局"),
            document: None,
            routed: when(day),
        }),
        1 => select(&DAYS[..]).prop_map(notify),
        1 => select(&DAYS[..]).prop_map(|day| C::Object {
            reasons: text("非本单位职责"),
            raised: when(day),
        }),
        1 => select(&DAYS[..]).prop_map(|day| C::SenderAgrees { agreed: when(day) }),
        1 => select(&DAYS[..]).prop_map(|day| C::SenderDeclines {
            declined: when(day),
            reason: text("属贵单位职责"),
        }),
        1 => select(&DAYS[..]).prop_map(|day| C::Return { returned: when(day) }),
        1 => select(&DAYS[..]).prop_map(|day| C::Withdraw {
            withdrawn: when(day),
            reason: None,
        }),
    ]
}

fn handling() -> impl Strategy<Value = C> {
    let days = || select(&DAYS[..]);
    let day = |text: &str| super::day(text);
    prop_oneof![
        4 => days().prop_map(accept),
        3 => Just(C::Assign { assignment: assignment() }),
        1 => select(vec!["li", "sun"]).prop_map(|id| C::Recuse {
            staff: staff(id).id,
            interest: text("亲属"),
        }),
        1 => days().prop_map(move |on| C::Note { on: day(on), text: text("属实") }),
        1 => days().prop_map(move |on| C::OpenHearing { on: day(on) }),
        1 => days().prop_map(move |on| C::HoldHearing { on: day(on), record: text("笔录") }),
        1 => days().prop_map(move |on| C::RecordMediation {
            on: day(on),
            agreement: text("分期"),
        }),
        4 => (days(), select(vec![0, 5, 12, 20, 30])).prop_map(move |(on, days)| C::Extend {
            days,
            reasons: text("复杂"),
            approved: day(on),
            told: when(on),
        }),
    ]
}

fn answer() -> impl Strategy<Value = C> {
    let days = || select(&DAYS[..]);
    let levels = || select(vec![Level::Review, Level::FinalReview]);
    let outcomes = select(vec![Outcome::Supported, Outcome::NotSupported]);
    let grounds = select(vec![
        ExemptionGround::Unreachable,
        ExemptionGround::SuggestionNotAdopted,
        ExemptionGround::RoutedOnward,
        ExemptionGround::Withdrawn,
        ExemptionGround::Returned,
    ]);
    prop_oneof![
        2 => (outcomes, days()).prop_map(|(outcome, day)| issue(outcome, day)),
        2 => days().prop_map(reply),
        3 => days().prop_map(deliver),
        1 => select(vec![Rating::Satisfied, Rating::Dissatisfied])
            .prop_map(|rating| C::Rate { rating }),
        1 => days().prop_map(|on| C::FollowUpExecution {
            on: super::day(on),
            findings: text("已到账"),
        }),
        1 => days().prop_map(|on| C::RecordExecution {
            on: super::day(on),
            evidence: text("回单"),
        }),
        2 => (levels(), days()).prop_map(|(level, day)| request_review(level, day)),
        2 => (levels(), days()).prop_map(|(level, day)| decide_review(level, day)),
        3 => Just(CLOSE),
        2 => grounds.prop_map(|ground| C::Close { exemption: Some(ground) }),
        1 => Just(C::Reopen { reason: text("新证据") }),
    ]
}

fn oversight() -> impl Strategy<Value = C> {
    prop_oneof![
        1 => Just(C::Supervise {
            ground: SupervisionGround::Shirking,
            recommendation: text("限期答复"),
        }),
        2 => Just(C::GiveFeedback { number: 1, feedback: text("已整改") }),
        1 => Just(C::ReportUrgent { to: unit("市委"), matter: text("紧急") }),
        1 => Just(C::OfferAid {
            hardship: HardshipId { person: super::ONE, ground: Ground::SeriousIllness },
        }),
        2 => (0..3_u8).prop_map(attach),
        1 => (0..3_u8).prop_map(|n| C::AttachDocument {
            document: AttachedDocument { file_name: text("扫描.pdf"), ..document(n) },
        }),
        1 => (0..3_u8).prop_map(|n| C::WithdrawDocument {
            hash: document(n).hash,
            reason: text("误传"),
        }),
        3 => Just(C::CheckDeadlines),
    ]
}

fn commands() -> impl Strategy<Value = C> {
    prop_oneof![3 => intake(), 3 => handling(), 4 => answer(), 2 => oversight()]
}

fn requests() -> impl Strategy<Value = Vec<(Actor, C)>> {
    let anyone = select(vec!["clerk", "li", "wang", "sun"]).prop_map(staff);
    let requests = prop::collection::vec((anyone, commands()), 0..40);
    // Most begin with a petition, or nothing could happen.
    (intake(), requests).prop_map(|(first, mut requests)| {
        requests.insert(0, (staff("clerk"), first));
        requests
    })
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(requests in requests()) {
        carry_out_twice::<PetitionCase>(requests, &person(super::ONE));
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(select(samples()), 0..30),
        command in commands(),
    ) {
        let _ = given::<PetitionCase>(history).about(person(super::ONE)).when(command).result;
    }

    #[test]
    fn nothing_is_closed_without_a_delivered_answer_or_a_stated_exemption(requests in requests()) {
        let history = carry_out_twice::<PetitionCase>(requests, &person(super::ONE));
        let mut answered = false;
        for event in &history {
            match event {
                E::Accepted(_) | E::Reopened(_) => answered = false,
                E::Replied(_) | E::Delivered(_) => answered = true,
                E::Closed(e) => prop_assert!(answered != e.exemption.is_some()),
                _ => {}
            }
        }
    }

    #[test]
    fn a_handling_is_never_prolonged_beyond_the_limit(requests in requests()) {
        let history = carry_out_twice::<PetitionCase>(requests, &person(super::ONE));
        let mut days = 0;
        for event in &history {
            match event {
                E::Accepted(_) | E::Reopened(_) => days = 0,
                E::Extended(e) => days += e.extension.days,
                _ => {}
            }
            prop_assert!(days <= 30);
        }
    }

    #[test]
    fn a_recorded_breach_stays_and_is_recorded_once(requests in requests()) {
        let history = carry_out_twice::<PetitionCase>(requests, &person(super::ONE));
        let mut case = PetitionCase::default();
        let mut before = vec![];
        for event in &history {
            case.evolve(event);
            let missed: Vec<_> = case.missed().iter().map(|m| (m.clock, m.run)).collect();
            prop_assert!(missed.starts_with(&before));
            before = missed;
        }
        let mut once = before.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), before.len());
    }

    #[test]
    fn every_clock_that_must_run_has_been_set(requests in requests()) {
        let history = carry_out_twice::<PetitionCase>(requests, &person(super::ONE));
        let case = given::<PetitionCase>(history).state;
        if let Some(docket) = case.docket() {
            let rules = crate::testing::rules();
            let calendar = calendar::Calendar::bundled().unwrap();
            prop_assert_eq!(docket.unset(&rules.petition, &calendar), Ok(vec![]));
            let accepted = !matches!(docket.stage(), Stage::Accepted) || !docket.rounds.is_empty();
            prop_assert!(accepted);
        }
    }
}
