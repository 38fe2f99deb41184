//! Petitions that took every turn there is.

use calendar::{Calendar, Term};
use domain::{
    PetitionId,
    hardship::Ground,
    petition::{
        Accused, AccusedNamed, AidOffered, Assigned, Assignment, Category, Channel, Classified,
        ClockName, DeadlineMissed, DeadlineRecomputed, DeadlineWarned, Delivered, Delivery,
        Document, Due, DuplicateLinked, Escalated, ExecutionDone, ExecutionFollowedUp, Exemption,
        ExemptionGround, Extended, Extension, FeedbackGiven, HearingHeld, HearingOpened, Intake,
        Level, Means, Mediated, Noted, Notice, NoticeContent, ObjectionRaised, Opinion,
        OpinionIssued, Outcome, Petition, PetitionAccepted, PetitionClosed, PetitionEvent,
        PetitionRegistered, PetitionReopened, PetitionReturned, PetitionWithdrawn, Petitioner,
        PetitionerTold, Rated, Rating, Recused, RefusedAsFinal, ReturnAgreed, ReturnDeclined,
        ReviewDecided, ReviewDecision, ReviewRequest, ReviewRequested, ReviewResult, RoutedOnward,
        Rung, Supervised, SupervisionGround, Track, UrgentlyReported,
    },
};

use super::{date, person, petition_id, staff, text, unit, when};

/// The petitions of person `n`, after the plain one: handled by the book and reviewed; objected to
/// and returned; others that end in each other way; and a report against someone.
pub(super) fn by_the_book(n: u32) -> Vec<(PetitionId, PetitionEvent)> {
    let id = |k: u32| petition_id(n + 1_000_000 * k);
    let mut all = Vec::new();
    let mut one = |k: u32, events: Vec<PetitionEvent>| {
        let petition = registered(id(k), n);
        let events = std::iter::once(petition).chain(events);
        all.extend(events.map(|event| (id(k), event)));
    };
    one(1, [handled(n), reviewed(), looked_after(n)].concat());
    one(2, returned());
    one(
        3,
        vec![
            DuplicateLinked {
                first: id(1),
                on: date("2026-03-02"),
            }
            .into(),
        ],
    );
    one(4, vec![RefusedAsFinal { reviewed: id(1) }.into()]);
    one(5, routed());
    one(6, withdrawn());
    one(7, reported());
    all
}

fn registered(id: PetitionId, n: u32) -> PetitionEvent {
    PetitionRegistered {
        petition: Petition {
            id,
            number: None,
            channel: Channel::Oral,
            petitioner: Petitioner {
                name: text("来访人"),
                person: Some(person(n)),
            },
            subject: text("反映物业服务"),
            text: text("电梯长期停运"),
            received: when("2026-03-01"),
            intake: Intake::default(),
        },
        dues: vec![],
    }
    .into()
}

fn due() -> Due {
    let (start, term) = (date("2026-03-02"), Term::Days(60));
    Due {
        clock: ClockName::Handle,
        run: 1,
        start,
        term,
        extension: None,
        not_counted: vec![],
        warn_from: date("2026-04-24"),
        deadline: Calendar::bundled().unwrap().due(start, term, None).unwrap(),
    }
}

fn handled(n: u32) -> Vec<PetitionEvent> {
    vec![
        Classified {
            category: Category::Demand(Track::Investigation),
            reason: None,
            dues: vec![],
            handling_stopped: None,
        }
        .into(),
        PetitionerTold {
            notice: Notice {
                content: NoticeContent::Ours,
                means: Means::OnTheSpot,
                told: when("2026-03-01"),
            },
        }
        .into(),
        PetitionAccepted {
            accepted: when("2026-03-02"),
            dues: vec![due()],
        }
        .into(),
        Recused {
            staff: staff("li"),
            interest: text("与信访人系亲属"),
        }
        .into(),
        Assigned {
            assignment: Assignment {
                lead: unit("离退休干部处"),
                supporting: vec![],
                handler: staff(&format!("handler{n}")),
                head: staff("wang"),
            },
        }
        .into(),
        Noted {
            on: date("2026-03-03"),
            text: text("停运属实"),
        }
        .into(),
        HearingOpened {
            on: date("2026-03-04"),
        }
        .into(),
        HearingHeld {
            on: date("2026-03-05"),
            record: text("听证笔录"),
            dues: vec![],
        }
        .into(),
        Mediated {
            on: date("2026-03-06"),
            agreement: text("月内修复"),
        }
        .into(),
        Extended {
            extension: Extension {
                days: 30,
                reasons: text("配件需订购"),
                approver: staff("wang"),
                approved: date("2026-03-07"),
                told: when("2026-03-07"),
            },
            dues: vec![due()],
        }
        .into(),
        DeadlineRecomputed { due: due() }.into(),
        DeadlineWarned {
            clock: ClockName::Handle,
            run: 1,
            due_raw: date("2026-05-01"),
            due_rolled: date("2026-05-06"),
        }
        .into(),
        DeadlineMissed {
            clock: ClockName::Handle,
            run: 1,
            due_raw: date("2026-05-01"),
            due_rolled: date("2026-05-06"),
            met_on: None,
        }
        .into(),
        Escalated {
            clock: ClockName::Handle,
            run: 1,
            rung: Rung::Head,
        }
        .into(),
        OpinionIssued {
            opinion: Opinion {
                claim: text("修复电梯"),
                facts_and_reasons: text("停运属实"),
                decision: text("月内修复"),
                legal_basis: text("物业管理条例第三十五条"),
                outcome: Outcome::Supported,
            },
            issued: date("2026-05-07"),
        }
        .into(),
        delivered(Document::Opinion, "2026-05-08"),
    ]
}

fn delivered(document: Document, day: &str) -> PetitionEvent {
    Delivered {
        document,
        delivery: Delivery {
            means: Means::InWriting,
            delivered: when(day),
            received_by: text("来访人"),
        },
        dues: vec![],
    }
    .into()
}

fn reviewed() -> Vec<PetitionEvent> {
    let level = Level::Review;
    vec![
        Rated {
            rating: Rating::Dissatisfied,
        }
        .into(),
        PetitionClosed { exemption: None }.into(),
        ReviewRequested {
            request: ReviewRequest {
                level,
                reviewer: unit("市委老干部局"),
                reasons: text("修复不彻底"),
                received: when("2026-05-09"),
            },
            dues: vec![],
        }
        .into(),
        ReviewDecided {
            decision: ReviewDecision {
                level,
                result: ReviewResult::Upheld,
                text: text("维持原处理意见"),
                decided: date("2026-05-10"),
            },
        }
        .into(),
        delivered(Document::Review(level), "2026-05-11"),
        PetitionClosed { exemption: None }.into(),
        PetitionReopened {
            reason: text("电梯再次停运"),
            on: date("2026-05-12"),
            dues: vec![],
        }
        .into(),
    ]
}

fn looked_after(n: u32) -> Vec<PetitionEvent> {
    vec![
        ExecutionFollowedUp {
            on: date("2026-05-13"),
            findings: text("配件已到"),
        }
        .into(),
        ExecutionDone {
            on: date("2026-05-14"),
            evidence: text("验收单"),
        }
        .into(),
        Supervised {
            number: 1,
            ground: SupervisionGround::Shirking,
            recommendation: text("限期答复"),
        }
        .into(),
        FeedbackGiven {
            number: 1,
            feedback: text("已整改"),
        }
        .into(),
        UrgentlyReported {
            to: unit("市委"),
            matter: text("多人聚集"),
        }
        .into(),
        AidOffered {
            person: person(n),
            ground: Ground::SeriousIllness,
        }
        .into(),
    ]
}

fn returned() -> Vec<PetitionEvent> {
    let raised = || {
        ObjectionRaised {
            reasons: text("属住建局职责"),
            raised: when("2026-03-02"),
        }
        .into()
    };
    vec![
        raised(),
        ReturnDeclined {
            declined: when("2026-03-03"),
            reason: text("属贵单位职责"),
        }
        .into(),
        raised(),
        ReturnAgreed {
            agreed: when("2026-03-04"),
        }
        .into(),
        PetitionReturned {
            returned: when("2026-03-05"),
        }
        .into(),
        exempt(ExemptionGround::Returned),
    ]
}

fn routed() -> Vec<PetitionEvent> {
    vec![
        RoutedOnward {
            to: unit("市住建局"),
            document: Some(text("转〔2026〕9号")),
            routed: when("2026-03-02"),
        }
        .into(),
    ]
}

fn withdrawn() -> Vec<PetitionEvent> {
    vec![
        PetitionWithdrawn {
            withdrawn: when("2026-03-02"),
            reason: None,
        }
        .into(),
        exempt(ExemptionGround::Withdrawn),
        PetitionReopened {
            reason: text("信访人再次来访"),
            on: date("2026-03-10"),
            dues: vec![],
        }
        .into(),
    ]
}

fn exempt(ground: ExemptionGround) -> PetitionEvent {
    PetitionClosed {
        exemption: Some(Exemption {
            ground,
            on: date("2026-03-06"),
        }),
    }
    .into()
}

fn reported() -> Vec<PetitionEvent> {
    vec![
        AccusedNamed {
            accused: vec![Accused::Unit(unit("物业管理处"))],
        }
        .into(),
        Classified {
            category: Category::Report,
            reason: None,
            dues: vec![],
            handling_stopped: None,
        }
        .into(),
        PetitionAccepted {
            accepted: when("2026-03-02"),
            dues: vec![],
        }
        .into(),
    ]
}
