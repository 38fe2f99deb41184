use domain::{
    Fen, VisitId,
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};

use super::{NEW, OTHER, PERSON, lacks, person, read, text};
use crate::{pb, visit::VisitCall};

fn visit() -> (Option<pb::Visit>, Visit) {
    let asked = pb::Visit {
        person: PERSON.into(),
        visited: "2026-02-16T01:30:00Z".into(),
        visitors: vec![pb::Visitor {
            name: "李局长".into(),
            post: "局长".into(),
            unit: "老干部局".into(),
            rank: "正处级".into(),
        }],
        mode: pb::Mode::Hospital.into(),
        place: "第一医院".into(),
        purpose: Some(pb::Purpose {
            purpose: Some(pb::purpose::Purpose::Kind(
                pb::PurposeKind::SpringFestival.into(),
            )),
        }),
        money: 50_000,
        goods: "慰问品一份".into(),
        findings: "精神尚好".into(),
        needs: "轮椅".into(),
    };
    let read = Visit {
        person: person(),
        visited: "2026-02-16T01:30:00Z".parse().unwrap(),
        visitors: vec![Visitor {
            name: text("李局长"),
            post: Some(text("局长")),
            unit: Some(text("老干部局")),
            rank: Some(text("正处级")),
        }],
        mode: Mode::Hospital,
        place: Some(text("第一医院")),
        purpose: Purpose::SpringFestival,
        money: Fen(50_000),
        goods: Some(text("慰问品一份")),
        findings: Some(text("精神尚好")),
        needs: Some(text("轮椅")),
    };
    (Some(asked), read)
}

#[test]
fn each_call_on_a_visit_asks_the_command_it_names() {
    let (asked, known) = visit();
    let call = VisitCall::Record(pb::RecordVisitRequest {
        visit: asked,
        ..Default::default()
    });
    assert_eq!(
        read(call),
        (VisitId(NEW), VisitCommand::Record { visit: known })
    );
    let (asked, known) = visit();
    let call = VisitCall::Correct(pb::CorrectVisitRequest {
        id: OTHER.into(),
        visit: asked,
        reason: "记错医院".into(),
        ..Default::default()
    });
    let expected = VisitCommand::Correct {
        visit: known,
        reason: text("记错医院"),
    };
    assert_eq!(read(call), (OTHER.parse().unwrap(), expected));
    let call = VisitCall::Withdraw(pb::WithdrawVisitRequest {
        id: OTHER.into(),
        reason: "误登".into(),
        ..Default::default()
    });
    let expected = VisitCommand::Withdraw {
        reason: text("误登"),
    };
    assert_eq!(read(call), (OTHER.parse().unwrap(), expected));

    assert_eq!(lacks(VisitCall::Record(Default::default())), ["visit"]);
    assert_eq!(
        lacks(VisitCall::Correct(Default::default())),
        ["id", "visit", "reason"]
    );
    assert_eq!(
        lacks(VisitCall::Withdraw(Default::default())),
        ["id", "reason"]
    );
    let empty = Some(pb::Visit::default());
    let call = pb::RecordVisitRequest {
        visit: empty,
        ..Default::default()
    };
    let expected =
        ["person", "visited", "visitors", "mode", "purpose"].map(|f| format!("visit.{f}"));
    assert_eq!(lacks(VisitCall::Record(call)), expected);
}

#[test]
fn a_purpose_is_one_of_the_known_or_in_words() {
    use pb::PurposeKind as Kind;
    let purpose = |purpose| {
        let visit = pb::Visit {
            purpose: Some(pb::Purpose {
                purpose: Some(purpose),
            }),
            ..visit().0.unwrap()
        };
        let call = pb::RecordVisitRequest {
            visit: Some(visit),
            ..Default::default()
        };
        let (_, VisitCommand::Record { visit }) = read(VisitCall::Record(call)) else {
            panic!("a visit is recorded")
        };
        visit.purpose
    };
    for (asked, expected) in [
        (Kind::Hospitalisation, Purpose::Hospitalisation),
        (Kind::Birthday, Purpose::Birthday),
        (Kind::SpringFestival, Purpose::SpringFestival),
        (Kind::Dispute, Purpose::Dispute),
        (Kind::Hardship, Purpose::Hardship),
        (Kind::Death, Purpose::Death),
        (Kind::Chongyang, Purpose::Chongyang),
        (Kind::JulyFirst, Purpose::JulyFirst),
        (Kind::NationalDay, Purpose::NationalDay),
        (Kind::Routine, Purpose::Routine),
    ] {
        assert_eq!(purpose(pb::purpose::Purpose::Kind(asked.into())), expected);
    }
    let words = pb::purpose::Purpose::Other("送学上门".into());
    assert_eq!(purpose(words), Purpose::Other(text("送学上门")));
}
