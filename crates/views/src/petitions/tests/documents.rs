//! Which documents lie among a petition's papers, who put them there, and who took them out.

use domain::{
    ContentHash, MediaType,
    petition::{
        AttachedDocument, Category, Classified, DocumentAttached, DocumentKind, DocumentStep,
        DocumentWithdrawn, PetitionCase,
    },
};

use super::three;
use crate::{
    petitions::{PetitionDocument, get, stored_files},
    testing::{Past, date, petition_id, reader, text},
};

fn document(number: u8) -> AttachedDocument {
    AttachedDocument {
        hash: ContentHash::new([number; 32]),
        size: u64::from(number) * 1000,
        media_type: MediaType::Jpeg,
        kind: DocumentKind::Photo,
        step: DocumentStep::Handling,
        title: None,
        file_name: text("现场.jpg"),
    }
}

fn attach(past: &mut Past, petition: u32, document: AttachedDocument) {
    past.then::<PetitionCase>(petition_id(petition), &[], DocumentAttached { document });
}

fn withdraw(past: &mut Past, petition: u32, number: u8) {
    let e = DocumentWithdrawn {
        hash: document(number).hash,
        reason: text("误传"),
    };
    past.then::<PetitionCase>(petition_id(petition), &[], e);
}

fn documents(past: &Past, petition: u32) -> Vec<PetitionDocument> {
    let found = get(
        &past.rows(),
        petition_id(petition),
        date("2026-05-01"),
        &reader(),
    )
    .unwrap()
    .unwrap();
    found.details.documents
}

#[test]
fn documents_are_listed_as_they_came_with_who_attached_them() {
    let mut past = three();
    attach(&mut past, 1, document(9));
    attach(&mut past, 1, document(2));
    attach(&mut past, 2, document(2));
    let listed = documents(&past, 1);
    let hashes: Vec<_> = listed.iter().map(|d| d.hash).collect();
    assert_eq!(hashes, [document(9).hash, document(2).hash]);
    let attached = &past.events[past.events.len() - 3].metadata;
    assert_eq!(listed[0].attached.at, attached.recorded);
    assert_eq!(listed[0].attached.staff.0.as_str(), attached.actor.id);
    assert_eq!(
        (listed[0].size, listed[0].withdrawn.is_some()),
        (9000, false)
    );
}

#[test]
fn a_withdrawn_document_stays_and_says_why_until_it_is_attached_again() {
    let mut past = three();
    attach(&mut past, 1, document(1));
    attach(&mut past, 2, document(1));
    withdraw(&mut past, 1, 1);
    let listed = documents(&past, 1);
    let (reason, _) = listed[0].withdrawn.as_ref().unwrap();
    assert_eq!(*reason, text("误传"));
    assert_eq!(documents(&past, 2)[0].withdrawn, None);
    attach(&mut past, 1, document(1));
    assert_eq!(documents(&past, 1)[0].withdrawn, None);
}

#[test]
fn every_file_must_be_in_the_store_even_a_withdrawn_or_sealed_one() {
    let mut past = three();
    attach(&mut past, 1, document(2));
    attach(&mut past, 2, document(2));
    attach(&mut past, 2, document(1));
    attach(&mut past, 3, document(3));
    withdraw(&mut past, 2, 1);
    let report = Classified {
        category: Category::Report,
        reason: None,
        dues: vec![],
        handling_stopped: None,
    };
    past.then::<PetitionCase>(petition_id(3), &[], report);
    let expected: Vec<_> = [1, 2, 3]
        .map(|n| (document(n).hash, document(n).size))
        .into();
    assert_eq!(stored_files(&past.rows()).unwrap(), expected);
}
