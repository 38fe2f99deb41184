use calendar::Calendar;

use super::{
    CHANNELS, ONE, accepted, assignment, closed, day, delivery, document, joint, opinion, petition,
    registered, replied, review_decision, review_request, story, transferred, unit, unreachable,
    when,
};
use crate::{
    MediaType, PetitionId,
    hardship::Ground,
    petition::{
        Accused, AccusedNamed, AidOffered, Assigned, Assignment, AttachedDocument, Category,
        Classified, ClockName, DeadlineMissed, DeadlineRecomputed, DeadlineWarned, Delivered,
        Document, DocumentAttached, DocumentKind, DocumentStep, DocumentWithdrawn, DuplicateLinked,
        Escalated, ExecutionDone, ExecutionFollowedUp, Exemption, ExemptionGround, Extended,
        Extension, FeedbackGiven, HearingHeld, HearingOpened, Intake, Level, Means, Mediated,
        Noted, Notice, NoticeContent, ObjectionRaised, OpinionIssued, Origin, Outcome, Petition,
        PetitionCommand, PetitionEvent, PetitionReopened, PetitionReturned, PetitionWithdrawn,
        Petitioner, PetitionerTold, Rated, Rating, Recused, RefusedAsFinal, ReturnAgreed,
        ReturnDeclined, ReviewDecided, ReviewDecision, ReviewRequested, ReviewResult, RoutedOnward,
        Rung, Supervised, SupervisionGround, Track, UrgentlyReported,
    },
    testing::{staff, text},
};

/// One event of each name with all that it can hold, and further ones for every word that an event
/// may hold.
pub(crate) fn samples() -> Vec<PetitionEvent> {
    let mut all = plain();
    all.extend(intake());
    all.extend(handling());
    all.extend(answer());
    all.extend(oversight());
    all.extend(documents());
    all.extend(deadlines());
    all
}

/// What ledgers are taken over by, as it was stored before events held their clocks; and with them.
fn plain() -> Vec<PetitionEvent> {
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
    let with_clocks = story()
        .registered(transferred("2026-04-08"))
        .accepted("2026-04-10")
        .replied("2026-04-20");
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
        .chain(with_clocks.events)
        .collect()
}

fn intake() -> Vec<PetitionEvent> {
    let classified = |category, reason: Option<&str>| Classified {
        category,
        reason: reason.map(text),
        dues: vec![],
        handling_stopped: reason.map(|_| day("2026-04-11")),
    };
    let told = |content, means| PetitionerTold {
        notice: Notice {
            content,
            means,
            told: when("2026-04-09"),
        },
    };
    let other = PetitionId(uuid::Uuid::from_u128(10));
    let reception = Petition {
        intake: Intake {
            origin: Origin::ReceptionDay {
                leader: text("局长"),
            },
            ..Intake::default()
        },
        ..petition()
    };
    vec![
        registered(joint(super::Channel::Visit, 2, 300)),
        registered(reception),
        registered(unreachable()),
        classified(Category::Suggestion, Some("信中并无诉求")).into(),
        classified(Category::Report, None).into(),
        classified(Category::Demand(Track::Litigation), None).into(),
        classified(Category::Demand(Track::Arbitration), None).into(),
        classified(Category::Demand(Track::PartyAppeal), None).into(),
        classified(Category::Demand(Track::AdministrativeProcedure), None).into(),
        classified(Category::Demand(Track::StatutoryDuty), None).into(),
        classified(Category::Demand(Track::Investigation), None).into(),
        AccusedNamed {
            accused: vec![
                Accused::Person {
                    name: text("赵某"),
                    staff: Some(staff("zhao").id),
                },
                Accused::Person {
                    name: text("孙某"),
                    staff: None,
                },
                Accused::Unit(unit("物业管理处")),
            ],
        }
        .into(),
        DuplicateLinked {
            first: other,
            on: day("2026-04-09"),
        }
        .into(),
        RefusedAsFinal { reviewed: other }.into(),
        RoutedOnward {
            to: unit("市医保局"),
            document: Some(text("转〔2026〕9号")),
            routed: when("2026-04-10"),
        }
        .into(),
        told(NoticeContent::Ours, Means::OnTheSpot).into(),
        told(
            NoticeContent::RoutedOnward {
                to: unit("市医保局"),
            },
            Means::InWriting,
        )
        .into(),
        told(
            NoticeContent::NotOurs {
                go_to: text("市医保局"),
            },
            Means::Post,
        )
        .into(),
        told(NoticeContent::Linked, Means::Phone).into(),
        told(NoticeContent::NotTakenUp, Means::Message).into(),
        ObjectionRaised {
            reasons: text("属医保局职责"),
            raised: when("2026-04-09"),
        }
        .into(),
        ReturnAgreed {
            agreed: when("2026-04-10"),
        }
        .into(),
        ReturnDeclined {
            declined: when("2026-04-10"),
            reason: text("属贵单位职责"),
        }
        .into(),
        PetitionReturned {
            returned: when("2026-04-11"),
        }
        .into(),
        PetitionWithdrawn {
            withdrawn: when("2026-04-11"),
            reason: Some(text("已自行解决")),
        }
        .into(),
    ]
}

fn handling() -> Vec<PetitionEvent> {
    let due = story()
        .registered(petition())
        .accepted("2026-04-10")
        .events
        .iter()
        .flat_map(|event| event.dues().to_vec())
        .next_back();
    vec![
        Assigned {
            assignment: assignment(),
        }
        .into(),
        Assigned {
            assignment: Assignment {
                supporting: vec![],
                ..assignment()
            },
        }
        .into(),
        Recused {
            staff: staff("li").id,
            interest: text("与信访人系亲属"),
        }
        .into(),
        Noted {
            on: day("2026-04-12"),
            text: text("票据属实"),
        }
        .into(),
        HearingOpened {
            on: day("2026-04-13"),
        }
        .into(),
        HearingHeld {
            on: day("2026-04-14"),
            record: text("听证笔录"),
            dues: due.clone().into_iter().collect(),
        }
        .into(),
        Mediated {
            on: day("2026-04-15"),
            agreement: text("分两次支付"),
        }
        .into(),
        Extended {
            extension: Extension {
                days: 30,
                reasons: text("情况复杂"),
                approver: staff("wang").id,
                approved: day("2026-04-16"),
                told: when("2026-04-16"),
            },
            dues: due.into_iter().collect(),
        }
        .into(),
    ]
}

fn answer() -> Vec<PetitionEvent> {
    let opinions = [
        Outcome::Supported,
        Outcome::Explained,
        Outcome::NotSupported,
    ]
    .map(|outcome| {
        OpinionIssued {
            opinion: opinion(outcome),
            issued: day("2026-04-18"),
        }
        .into()
    });
    let deliveries = [
        Document::Opinion,
        Document::Review(Level::Review),
        Document::Review(Level::FinalReview),
    ]
    .map(|document| {
        Delivered {
            document,
            delivery: delivery("2026-04-20"),
            dues: vec![],
        }
        .into()
    });
    let ratings = [
        Rating::Satisfied,
        Rating::BasicallySatisfied,
        Rating::Dissatisfied,
    ]
    .map(|rating| Rated { rating }.into());
    let requests = [Level::Review, Level::FinalReview].map(|level| {
        ReviewRequested {
            request: review_request(level, "2026-04-21"),
            dues: vec![],
        }
        .into()
    });
    let decisions = [
        (Level::Review, ReviewResult::Upheld),
        (Level::Review, ReviewResult::Changed),
        (Level::FinalReview, ReviewResult::Revoked),
    ]
    .map(|(level, result)| {
        ReviewDecided {
            decision: ReviewDecision {
                result,
                ..review_decision(level, "2026-04-25")
            },
        }
        .into()
    });
    let exempt = [
        ExemptionGround::Unreachable,
        ExemptionGround::SuggestionNotAdopted,
        ExemptionGround::ReportHandled,
        ExemptionGround::Linked,
        ExemptionGround::RoutedOnward,
        ExemptionGround::Returned,
        ExemptionGround::Withdrawn,
        ExemptionGround::RefusedAsFinal,
    ]
    .map(|ground| {
        let on = day("2026-04-28");
        let exemption = Some(Exemption { ground, on });
        super::PetitionClosed { exemption }.into()
    });
    let others = [
        ExecutionFollowedUp {
            on: day("2026-04-26"),
            findings: text("首笔已到账"),
        }
        .into(),
        ExecutionDone {
            on: day("2026-04-27"),
            evidence: text("银行回单"),
        }
        .into(),
        PetitionReopened {
            reason: text("发现新证据"),
            on: day("2026-04-29"),
            dues: vec![],
        }
        .into(),
    ];
    let all: [Vec<PetitionEvent>; 7] = [
        opinions.into(),
        deliveries.into(),
        ratings.into(),
        requests.into(),
        decisions.into(),
        exempt.into(),
        others.into(),
    ];
    all.concat()
}

fn oversight() -> Vec<PetitionEvent> {
    let grounds = [
        SupervisionGround::AcceptanceRulesBroken,
        SupervisionGround::HandlingRulesBroken,
        SupervisionGround::Shirking,
        SupervisionGround::Falsifying,
        SupervisionGround::OpinionNotExecuted,
    ];
    let supervised = (1..).zip(grounds).map(|(number, ground)| {
        Supervised {
            number,
            ground,
            recommendation: text("限期答复"),
        }
        .into()
    });
    supervised
        .chain([
            FeedbackGiven {
                number: 1,
                feedback: text("已整改"),
            }
            .into(),
            UrgentlyReported {
                to: unit("市委"),
                matter: text("可能引发群体事件"),
            }
            .into(),
            AidOffered {
                person: ONE,
                ground: Ground::SeriousIllness,
            }
            .into(),
        ])
        .collect()
}

fn documents() -> Vec<PetitionEvent> {
    let kinds = [
        DocumentKind::LetterScan,
        DocumentKind::Photo,
        DocumentKind::Evidence,
        DocumentKind::Notice,
        DocumentKind::HearingRecord,
        DocumentKind::Opinion,
        DocumentKind::DeliveryProof,
        DocumentKind::ReviewDecision,
        DocumentKind::Other,
    ];
    let steps = [
        DocumentStep::Intake,
        DocumentStep::Handling,
        DocumentStep::Answer,
        DocumentStep::Review,
        DocumentStep::FinalReview,
        DocumentStep::Supervision,
    ];
    let titles = [Some(text("来信第一页")), None];
    // Every word at least once.
    let documents = (1..)
        .zip(kinds)
        .zip(steps.into_iter().cycle())
        .zip(MediaType::ALL.into_iter().cycle())
        .zip(titles.into_iter().cycle())
        .map(
            |((((number, kind), step), media_type), title)| AttachedDocument {
                kind,
                step,
                media_type,
                title,
                ..document(number)
            },
        );
    documents
        .map(|document| DocumentAttached { document }.into())
        .chain([DocumentWithdrawn {
            hash: document(1).hash,
            reason: text("误传他人材料"),
        }
        .into()])
        .collect()
}

fn deadlines() -> Vec<PetitionEvent> {
    let (due_raw, due_rolled) = (day("2026-06-09"), day("2026-06-10"));
    let clocks = [
        ClockName::Tell,
        ClockName::Object,
        ClockName::Handle,
        ClockName::ReviewRequest,
        ClockName::ReviewDecide,
        ClockName::FinalReviewRequest,
        ClockName::FinalReviewDecide,
    ];
    let warned = clocks.map(|clock| {
        DeadlineWarned {
            clock,
            run: 1,
            due_raw,
            due_rolled,
        }
        .into()
    });
    let missed = [None, Some(day("2026-06-12"))].map(|met_on| {
        DeadlineMissed {
            clock: ClockName::Handle,
            run: 1,
            due_raw,
            due_rolled,
            met_on,
        }
        .into()
    });
    let climbed = [Rung::Handler, Rung::Head, Rung::Leader].map(|rung| {
        Escalated {
            clock: ClockName::Handle,
            run: 1,
            rung,
        }
        .into()
    });
    let all: [Vec<PetitionEvent>; 4] =
        [warned.into(), missed.into(), climbed.into(), vec![moved()]];
    all.concat()
}

/// A clock with all that can be reckoned with.
fn moved() -> PetitionEvent {
    let story = story()
        .on("2024-12-01")
        .received("2024-08-01")
        .accepted("2024-08-02")
        .assigned()
        .by("wang")
        .then(PetitionCommand::Extend {
            days: 30,
            reasons: text("情况复杂"),
            approved: day("2024-09-01"),
            told: when("2024-09-01"),
        });
    let mut due = story.clock(ClockName::Handle, "2024-09-01").due;
    due.not_counted = vec![calendar::NotCounted {
        from: day("2024-09-02"),
        until: day("2024-09-03"),
        why: "听证".into(),
    }];
    due.deadline = Calendar::bundled()
        .unwrap()
        .due_without(due.start, due.term, due.extension, &due.not_counted)
        .unwrap();
    DeadlineRecomputed { due }.into()
}
