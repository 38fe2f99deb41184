use domain::{
    Fen,
    cadre::{
        CadreAmended, DeathRecorded, DeathWithdrawn, DuplicateDecided, DuplicateDecision, Field,
    },
    identity::{Identity, IdentityClaimed, IdentityId},
    petition::{
        Channel, Intake, Petition, PetitionAccepted, PetitionCase, PetitionRegistered, Petitioner,
    },
    visit::{VisitCorrected, VisitRecord, VisitRecorded, VisitWithdrawn},
};
use event_log::{Position, Recorded, StreamName};

use super::{HistoryEntry, of_person, of_stream};
use crate::{
    PageRequest,
    testing::{Past, Rows, date, life, person, petition_id, reader, text, visit, visit_id, when},
};

fn history(rows: &Rows, n: u32) -> Vec<HistoryEntry> {
    let page = PageRequest {
        page_size: 200,
        page_token: None,
    };
    of_person(rows, person(n), &page).unwrap().items
}

fn recorded(past: &mut Past, n: u32) -> Position {
    past.then::<VisitRecord>(
        visit_id(n),
        &[person(n)],
        VisitRecorded {
            visit: visit(n),
            days_late: None,
        },
    )
}

#[test]
fn a_visit_is_told_in_a_sentence() {
    let mut past = Past::default();
    recorded(&mut past, 1);
    let entry = history(&past.rows(), 1).remove(0);
    assert_eq!(
        entry.what,
        "走访（上门）：春节慰问，慰问金 300.50 元；走访人：走访人甲（处长）；\
         了解到：身体尚好；需要：申请家庭病床"
    );
    assert_eq!(entry.event, "visit.recorded");
}

#[test]
fn an_entry_says_when_it_happened_when_it_was_recorded_by_whom_and_from_which_row() {
    let mut past = Past::default();
    past.copied_from("visits.xlsx", "走访", 7);
    recorded(&mut past, 1);
    let entry = history(&past.rows(), 1).remove(0);
    let event = &past.events[0];
    assert_eq!(entry.occurred, when("2026-02-10"));
    assert_eq!(entry.recorded, event.metadata.recorded);
    assert!(entry.actor == *event.metadata.actor);
    assert_eq!(entry.source, event.metadata.source);
    assert_eq!(entry.position, event.position);
    assert_eq!(entry.revision, event.revision);
    assert_eq!(entry.stream, event.stream.as_str());
    assert_eq!(entry.data.get().as_bytes(), event.data);
}

#[test]
fn the_latest_that_happened_comes_first_however_late_it_was_recorded() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    for died_on in ["2026-05-01", "2024-05-01", "2025-05-01"] {
        let document = None;
        let died_on = date(died_on);
        past.cadre(person(1), DeathRecorded { died_on, document });
    }
    let entries = history(&past.rows(), 1);
    assert!(entries.is_sorted_by_key(|e| std::cmp::Reverse((e.occurred.earliest(), e.position))));
    assert_eq!(entries[0].what, "2026-05-01 去世");
    assert_eq!(entries[3].what, "2024-05-01 去世");
}

#[test]
fn what_was_corrected_or_withdrawn_stays_and_says_by_what() {
    let mut past = Past::default();
    let first = recorded(&mut past, 1);
    let other = recorded(&mut past, 2);
    let corrected = past.then::<VisitRecord>(
        visit_id(1),
        &[person(1), person(2)],
        VisitCorrected {
            visit: visit(2),
            reason: text("走访对象有误"),
        },
    );
    let withdrawn = past.then::<VisitRecord>(
        visit_id(1),
        &[person(1), person(2)],
        VisitWithdrawn {
            reason: text("重复登记"),
        },
    );
    let rows = past.rows();
    let superseded = |n| {
        let mut entries = history(&rows, n);
        entries.sort_by_key(|e| e.position);
        let marks = entries.iter().map(|e| (e.position, e.superseded_by));
        marks.collect::<Vec<_>>()
    };
    let tail = [(corrected, Some(withdrawn)), (withdrawn, None)];
    assert_eq!(
        superseded(1),
        [&[(first, Some(corrected))], &tail[..]].concat()
    );
    assert_eq!(superseded(2), [&[(other, None)], &tail[..]].concat());
}

#[test]
fn a_death_recorded_in_error_says_what_withdrew_it() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    let died = || DeathRecorded {
        died_on: date("2026-01-01"),
        document: Some(text("死亡证明")),
    };
    let wrong = past.cadre(person(1), died());
    let withdrawn = past.cadre(
        person(1),
        DeathWithdrawn {
            reason: text("同名误登"),
            document: None,
        },
    );
    let right = past.cadre(person(1), died());
    for entry in history(&past.rows(), 1) {
        let by = (entry.position == wrong).then_some(withdrawn);
        assert_eq!(entry.superseded_by, by);
        if entry.position == right {
            assert_eq!(entry.document, Some(text("死亡证明")));
        }
    }
}

#[test]
fn what_was_recorded_under_a_duplicate_belongs_to_the_kept_record_too() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    past.registered(2, "王佳", |_| ());
    let visited = recorded(&mut past, 2);
    past.cadre(
        person(2),
        DuplicateDecided {
            other: person(1),
            decision: DuplicateDecision::SamePerson,
            reason: text("身份证号相同"),
        },
    );
    let rows = past.rows();
    assert!(history(&rows, 1).iter().any(|e| e.position == visited));
    assert_eq!(history(&rows, 1).len(), 4);
    assert_eq!(history(&rows, 2).len(), 3);
}

#[test]
fn a_petition_has_a_history_of_its_own_with_both_times() {
    let mut past = Past::default();
    let id = petition_id(1);
    past.then::<PetitionCase>(
        id,
        &[],
        PetitionRegistered {
            petition: Petition {
                id,
                number: Some(text("信访1")),
                channel: Channel::Web,
                petitioner: Petitioner {
                    name: text("来信人"),
                    person: None,
                },
                subject: text("反映噪声"),
                text: text("夜间施工"),
                received: when("2026-01-01"),
                intake: Intake::default(),
            },
            dues: vec![],
        },
    );
    let accepted = when("2026-01-02");
    past.then::<PetitionCase>(
        id,
        &[],
        PetitionAccepted {
            accepted,
            dues: vec![],
        },
    );
    let stream = StreamName::new("petition", &id.to_string()).unwrap();
    let mut request = PageRequest {
        page_size: 1,
        page_token: None,
    };
    let rows = past.rows();
    let page = of_stream(&rows, &stream, &reader(), &request).unwrap();
    assert_eq!(page.items[0].what, "信访受理");
    assert_eq!(page.items[0].occurred, accepted);
    assert_eq!(page.items[0].recorded, past.events[1].metadata.recorded);
    request.page_token = page.next_page_token;
    let page = of_stream(&rows, &stream, &reader(), &request).unwrap();
    assert_eq!(page.items[0].what, "信访登记（网络）：反映噪声");
    assert_eq!(page.items[0].document.as_deref(), Some("信访1"));
    assert!(page.next_page_token.is_none());
}

#[test]
fn the_sentence_of_a_changed_id_number_hides_its_middle() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    let number = calendar::IdNumber::parse("11010519491231002X").unwrap();
    past.cadre(
        person(1),
        CadreAmended {
            changes: vec![Field::IdNumber(Some(number)), Field::Branch(None)],
            reason: text("补录"),
            document: None,
        },
    );
    let what = history(&past.rows(), 1).remove(0).what;
    assert_eq!(
        what,
        "信息变更：身份证号改为110105********002X，所在党支部改为不详；原因：补录"
    );
}

#[test]
fn who_holds_an_id_number_is_nobodys_history() {
    let mut past = Past::default();
    let claimed = IdentityClaimed { person: person(1) };
    past.then::<Identity>(IdentityId("hash".to_owned()), &[person(1)], claimed);
    assert!(history(&past.rows(), 1).is_empty());
}

#[test]
fn pages_lead_through_a_whole_life_once() {
    let mut past = Past::default();
    life(1).into_iter().for_each(|then| then(&mut past));
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 7,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = of_person(&rows, person(1), &request).unwrap();
        seen.extend(page.items.iter().map(|e| e.position));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    let all: Vec<Position> = history(&rows, 1).iter().map(|e| e.position).collect();
    assert_eq!(seen, all);
    let sealing = past
        .events
        .iter()
        .find(|e| &*e.name == "petition.accused_named");
    let sealed = &sealing.unwrap().stream;
    // A fund is nobody's, and neither is who tried to see a report.
    let kept_back = |e: &&Recorded| {
        e.metadata.subjects.is_empty()
            || e.name.starts_with("identity.")
            || e.name.starts_with("petition_access.")
            || e.stream == *sealed
    };
    let told = past.events.iter().filter(|e| !kept_back(e)).count();
    assert_eq!(all.len(), told);
}

#[test]
fn every_event_has_a_sentence_of_its_own() {
    let mut past = Past::default();
    life(1).into_iter().for_each(|then| then(&mut past));
    let (mut entries, rows) = (history(&past.rows(), 1), past.rows());
    for fund in past
        .events
        .iter()
        .filter(|e| e.revision.0 == 0 && e.name.starts_with("fund."))
    {
        let page = of_stream(&rows, &fund.stream, &reader(), &PageRequest::default());
        entries.extend(page.unwrap().items);
    }
    for entry in entries {
        let chinese = entry
            .what
            .chars()
            .any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
        assert!(
            chinese && !entry.what.ends_with(['：', '；', '，']),
            "{}",
            entry.event
        );
    }
}

#[test]
fn an_amount_is_told_in_yuan() {
    assert_eq!(Fen(30_050).to_string(), "300.50");
    let mut past = Past::default();
    life(1).into_iter().for_each(|then| then(&mut past));
    let entries = history(&past.rows(), 1);
    let paid = entries.iter().find(|e| e.event == "hardship.disbursed");
    let paid = paid.unwrap();
    assert_eq!(paid.what, "发放帮扶金 1000.00 元");
    assert_eq!(paid.document.as_deref(), Some("凭2"));
}
