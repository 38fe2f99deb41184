use super::{CLOSE, attach, document, petition, story};
use crate::{
    Aggregate,
    petition::{
        AttachedDocument, DocumentKind, PetitionCase, PetitionCommand as C, PetitionRejection as R,
    },
    testing::{staff, text},
};

fn withdraw(number: u8, reason: &str) -> C {
    C::WithdrawDocument {
        hash: document(number).hash,
        reason: text(reason),
    }
}

#[test]
fn the_same_file_is_attached_once_and_described_once() {
    let story = story().registered(petition()).then(attach(1));
    assert_eq!(story.gives(attach(1)), []);
    let otherwise = C::AttachDocument {
        document: AttachedDocument {
            kind: DocumentKind::Photo,
            ..document(1)
        },
    };
    assert_eq!(story.refuses(otherwise.clone()), R::DocumentAlreadyAttached);
    story.then(withdraw(1, "类别有误")).then(otherwise);
}

#[test]
fn a_document_is_withdrawn_once_and_only_where_it_was_attached() {
    let story = story().registered(petition()).then(attach(1));
    assert_eq!(story.refuses(withdraw(2, "误传")), R::DocumentNotAttached);
    let story = story.then(withdraw(1, "误传"));
    assert_eq!(story.gives(withdraw(1, "重复")), []);
}

#[test]
fn the_proof_of_delivery_may_come_after_the_close() {
    let closed = story()
        .registered(petition())
        .accepted("2026-04-10")
        .replied("2026-04-20")
        .then(CLOSE);
    closed.then(attach(1)).then(withdraw(1, "误传"));
}

#[test]
fn whoever_stood_back_attaches_nothing() {
    let story = story()
        .registered(petition())
        .then(C::Recuse {
            staff: staff("sun").id,
            interest: text("亲属"),
        })
        .by("sun");
    assert_eq!(story.refuses(attach(1)), R::ActorRecused);
}

#[test]
fn the_name_of_a_file_is_not_in_debug_output() {
    let mut case = PetitionCase::default();
    for event in &story().registered(petition()).then(attach(1)).events {
        case.evolve(event);
    }
    let shown = format!("{case:?}");
    assert!(shown.contains("document") && !shown.contains("王建国"));
}
