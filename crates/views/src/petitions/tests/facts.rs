//! One petition's page of facts.

use domain::petition::{
    Delivered, Delivery, Document, FeedbackGiven, HearingHeld, HearingOpened, Intake, Joint, Means,
    Opinion, OpinionIssued, Origin, Outcome, PetitionCase, PetitionEvent, Recused, Supervised,
    SupervisionGround,
};

use super::work::{accepted, replied, told};
use crate::{
    petitions::{ClockState, PetitionText, get},
    testing::{Past, date, petition_id, reader, staff, text, unit, when},
};

fn then(past: &mut Past, event: impl Into<PetitionEvent>) {
    past.then::<PetitionCase>(petition_id(1), &[], event);
}

fn page(past: &Past, today: &str) -> PetitionText {
    get(&past.rows(), petition_id(1), date(today), &reader())
        .unwrap()
        .unwrap()
}

#[test]
fn the_page_shows_what_was_recorded_and_completes_it_with_what_came_later() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    told(&mut past, 1, "2026-01-07");
    let interest = text("与信访人系亲属");
    let staff = staff("zhang");
    then(&mut past, Recused { staff, interest });
    then(
        &mut past,
        HearingOpened {
            on: date("2026-01-12"),
        },
    );
    let supervised = |number| Supervised {
        number,
        ground: SupervisionGround::Shirking,
        recommendation: text("限期办理"),
    };
    then(&mut past, supervised(1));
    then(&mut past, supervised(2));
    let open = page(&past, "2026-01-13").facts;
    assert_eq!((open.notices.len(), open.recused.len()), (1, 1));
    assert_eq!(open.hearings[0].held, None);

    let held = HearingHeld {
        on: date("2026-01-14"),
        record: text("听证笔录"),
        dues: vec![],
    };
    then(&mut past, held);
    let feedback = text("已整改");
    then(
        &mut past,
        FeedbackGiven {
            number: 1,
            feedback,
        },
    );
    let opinion = Opinion {
        claim: text("报销"),
        facts_and_reasons: text("属实"),
        decision: text("予以报销"),
        legal_basis: text("条例"),
        outcome: Outcome::Supported,
    };
    let issued = date("2026-01-20");
    then(&mut past, OpinionIssued { opinion, issued });
    let delivery = Delivery {
        means: Means::Post,
        delivered: when("2026-01-22"),
        received_by: text("来信人"),
    };
    then(
        &mut past,
        Delivered {
            document: Document::Opinion,
            delivery: delivery.clone(),
            dues: vec![],
        },
    );
    let whole = page(&past, "2026-02-01");
    assert_eq!(whole.facts.hearings[0].held, Some(date("2026-01-14")));
    let feedback: Vec<_> = whole
        .facts
        .supervisions
        .iter()
        .map(|s| &s.feedback)
        .collect();
    assert_eq!(feedback, [&Some(text("已整改")), &None]);
    assert_eq!(whole.facts.deliveries[0].delivery, delivery);
    assert_eq!(whole.facts.opinions[0].opinion.decision, text("予以报销"));
    assert_eq!(whole.reply, Some(text("予以报销")));
}

#[test]
fn the_page_shows_who_sent_it_and_who_speaks_for_how_many() {
    let intake = Intake {
        origin: Origin::TransferredIn {
            sender: unit("市信访局"),
            document: None,
        },
        joint: Some(Joint {
            representatives: vec![text("代表甲"), text("代表乙")],
            co_signers: 12,
        }),
        unreachable: false,
    };
    let mut past = Past::default();
    super::received_as(
        &mut past,
        1,
        "反映供暖",
        "2026-01-05",
        vec![],
        intake.clone(),
    );
    assert_eq!(page(&past, "2026-01-06").facts.intake, intake);
}

#[test]
fn a_clock_tells_how_it_stands_and_why_it_ends_then() {
    let mut past = Past::default();
    accepted(&mut past, 1);
    told(&mut past, 1, "2026-01-21");
    let stands = |past: &Past, today: &str| {
        let clocks = page(past, today).details.clocks;
        let stands = clocks.iter().map(|c| (c.state, c.days_left, c.ended_on));
        stands.collect::<Vec<_>>()
    };
    let late = (ClockState::MetLate, None, Some(date("2026-01-21")));
    let running = |state, left| vec![late, (state, Some(left), None)];
    assert_eq!(stands(&past, "2026-03-01"), running(ClockState::Running, 8));
    assert_eq!(stands(&past, "2026-03-07"), running(ClockState::Warned, 2));
    assert_eq!(
        stands(&past, "2026-03-10"),
        running(ClockState::Breached, -1)
    );
    replied(&mut past, 1, "2026-03-09");
    let met = (ClockState::MetInTime, None, Some(date("2026-03-09")));
    assert_eq!(stands(&past, "2026-03-10"), [late, met]);
    let handle = &page(&past, "2026-03-10").details.clocks[1];
    assert_eq!(
        (handle.rule.as_str(), handle.calendar.as_str()),
        ("R34", "cn-2026.1")
    );
    assert_eq!(
        (handle.start, handle.due_raw),
        (date("2026-01-06"), date("2026-03-07"))
    );
}
