mod alarms;
mod board;
mod documents;
mod facts;
mod sealed;
mod work;

use domain::petition::{
    Channel, Due, Intake, Petition, PetitionAccepted, PetitionCase, PetitionClosed,
    PetitionRegistered, PetitionReplied, Petitioner,
};

use super::{PetitionFilter, PetitionStage, get, list};
use crate::{
    PageRequest,
    testing::{Past, Rows, date, person, petition_id, reader, text, when},
};

pub(crate) fn received(past: &mut Past, n: u32, subject: &str, received: &str) {
    received_with(past, n, subject, received, vec![]);
}

fn received_with(past: &mut Past, n: u32, subject: &str, received: &str, dues: Vec<Due>) {
    received_as(past, n, subject, received, dues, Intake::default());
}

fn received_as(
    past: &mut Past,
    n: u32,
    subject: &str,
    received: &str,
    dues: Vec<Due>,
    intake: Intake,
) {
    let id = petition_id(n);
    let petition = Petition {
        id,
        number: Some(text(&format!("信访〔2026〕{n}号"))),
        channel: Channel::Letter,
        petitioner: Petitioner {
            name: text("来信人"),
            person: (n == 1).then(|| person(1)),
        },
        subject: text(subject),
        text: text("内容"),
        received: when(received),
        intake,
    };
    past.then::<PetitionCase>(id, &[], PetitionRegistered { petition, dues });
}

fn three() -> Past {
    let mut past = Past::default();
    received(&mut past, 1, "反映医药费报销", "2026-03-01T15:59:59Z");
    received(&mut past, 2, "反映夜间噪声", "2026-03-01T16:00:00Z");
    received(&mut past, 3, "建议增设扶手", "2026-01-05");
    past
}

fn subjects(rows: &Rows, fill: impl FnOnce(&mut PetitionFilter)) -> Vec<String> {
    let mut filter = PetitionFilter::default();
    fill(&mut filter);
    let page = list(rows, &filter, &reader(), &PageRequest::default()).unwrap();
    page.items.iter().map(|p| p.subject.to_string()).collect()
}

#[test]
fn a_petition_goes_from_registered_to_closed() {
    let mut past = three();
    let id = petition_id(1);
    let stage = |past: &Past| {
        get(&past.rows(), id, date("2026-06-01"), &reader())
            .unwrap()
            .unwrap()
            .row
            .stage
    };
    assert_eq!(stage(&past), PetitionStage::Received);
    let accepted = when("2026-03-02");
    past.then::<PetitionCase>(
        id,
        &[],
        PetitionAccepted {
            accepted,
            dues: vec![],
        },
    );
    assert_eq!(stage(&past), PetitionStage::Accepted);
    let delivered = when("2026-03-20T01:00:00Z");
    let reply = text("已协调解决");
    past.then::<PetitionCase>(
        id,
        &[],
        PetitionReplied {
            text: reply.clone(),
            delivered,
            dues: vec![],
        },
    );
    assert_eq!(stage(&past), PetitionStage::Replied);
    past.then::<PetitionCase>(id, &[], PetitionClosed { exemption: None });
    let whole = get(&past.rows(), id, date("2026-06-01"), &reader())
        .unwrap()
        .unwrap();
    assert_eq!(whole.row.stage, PetitionStage::Closed);
    assert_eq!(whole.row.accepted, Some(accepted));
    assert_eq!(whole.row.replied, Some(delivered));
    assert_eq!(
        whole.row.closed.map(|c| c.earliest()),
        Some(past.events.last().unwrap().metadata.recorded)
    );
    assert_eq!((whole.text, whole.reply), (text("内容"), Some(reply)));
}

#[test]
fn the_latest_received_comes_first() {
    let rows = three().rows();
    assert_eq!(
        subjects(&rows, |_| ()),
        ["反映夜间噪声", "反映医药费报销", "建议增设扶手"]
    );
}

#[test]
fn the_period_is_counted_in_days_of_beijing() {
    let rows = three().rows();
    let on = |day: &str| {
        subjects(&rows, |f| {
            f.received_from = Some(date(day));
            f.received_until = Some(date(day));
        })
    };
    assert_eq!(on("2026-03-01"), ["反映医药费报销"]);
    assert_eq!(on("2026-03-02"), ["反映夜间噪声"]);
    assert_eq!(on("2026-01-05"), ["建议增设扶手"]);
}

#[test]
fn it_is_found_by_a_part_of_its_number_or_subject() {
    let rows = three().rows();
    assert_eq!(
        subjects(&rows, |f| f.q = Some("2号".to_owned())),
        ["反映夜间噪声"]
    );
    assert_eq!(subjects(&rows, |f| f.q = Some("反映".to_owned())).len(), 2);
    assert_eq!(subjects(&rows, |f| f.q = Some(" ".to_owned())).len(), 3);
    let by_person = subjects(&rows, |f| f.person = Some(person(1)));
    assert_eq!(by_person, ["反映医药费报销"]);
    let closed = subjects(&rows, |f| f.stage = Some(PetitionStage::Closed));
    assert!(closed.is_empty());
}

#[test]
fn pages_lead_through_every_petition_once() {
    let mut past = Past::default();
    for n in 1..=9 {
        received(&mut past, n, "同日收到", "2026-03-01");
    }
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = list(&rows, &PetitionFilter::default(), &reader(), &request).unwrap();
        seen.extend(page.items.iter().map(|p| p.petition));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=9).rev().map(petition_id).collect::<Vec<_>>());
}
