//! A file on its way among a petition's papers, and out again.

use domain::{StaffId, Unit};
use tonic::{Code, Status};

use super::world::{World, caller, info, text, world};
use crate::{
    Caller, Client,
    pb::{
        self, AttachDocumentHeader, attach_document_request::Part,
        get_document_response::Part as Going, petition_service_client::PetitionServiceClient,
    },
};

const HASH_OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn pdf() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.resize(3_000_000, b'7');
    bytes
}

fn header(world: &World, petition: &str) -> AttachDocumentHeader {
    AttachDocumentHeader {
        request_id: world.new_request(),
        id: petition.into(),
        kind: pb::DocumentKind::LetterScan.into(),
        step: pb::DocumentStep::Intake.into(),
        file_name: "来信.pdf".into(),
        ..AttachDocumentHeader::default()
    }
}

fn parts(header: AttachDocumentHeader, bytes: &[u8]) -> Vec<Part> {
    let chunks = bytes.chunks(700_000).map(|chunk| Part::Chunk(chunk.into()));
    [Part::Header(header)].into_iter().chain(chunks).collect()
}

async fn send(client: &Client, parts: Vec<Part>) -> Result<pb::AttachDocumentResponse, Status> {
    let parts = parts
        .into_iter()
        .map(|part| pb::AttachDocumentRequest { part: Some(part) });
    let asked = client.request(futures::stream::iter(parts));
    let mut petitions = PetitionServiceClient::new(client.channel());
    Ok(petitions.attach_document(asked).await?.into_inner())
}

async fn get(client: &Client, petition: &str, hash: &str) -> Result<(String, Vec<u8>), Status> {
    let asked = pb::GetDocumentRequest {
        petition: petition.into(),
        hash: hash.into(),
        position: String::new(),
    };
    let mut petitions = PetitionServiceClient::new(client.channel());
    let mut answers = petitions
        .get_document(client.request(asked))
        .await?
        .into_inner();
    let (mut name, mut bytes) = (String::new(), vec![]);
    while let Some(answer) = answers.message().await? {
        match answer.part.unwrap() {
            Going::Document(document) => name = document.file_name,
            Going::Chunk(chunk) => bytes.extend(chunk),
        }
    }
    Ok((name, bytes))
}

/// A registered petition; sealed where it accuses a unit.
async fn petition(world: &World, accused: Option<&str>) -> String {
    let accused = accused.map(|unit| pb::Accused {
        accused: Some(pb::accused::Accused::Unit(unit.into())),
    });
    let asked = pb::RegisterPetitionRequest {
        request_id: world.new_request(),
        petition: Some(pb::Petition {
            channel: pb::Channel::Letter.into(),
            petitioner: Some(pb::Petitioner {
                name: "来信人".into(),
                ..pb::Petitioner::default()
            }),
            subject: "医药费报销".into(),
            text: "请协助办理".into(),
            received: "2026-05-01".into(),
            ..pb::Petition::default()
        }),
        accused: accused.into_iter().collect(),
        ..pb::RegisterPetitionRequest::default()
    };
    let mut petitions = PetitionServiceClient::new(world.client.channel());
    let answer = petitions
        .register_petition(world.client.request(asked))
        .await
        .unwrap();
    answer.into_inner().answer.unwrap().id
}

async fn seen(world: &World, answer: &pb::Answer) {
    let position = answer.position.parse().unwrap();
    let position = event_log::Position::from_stored(position);
    world.app.reached(position).await.unwrap();
}

/// How many files the store holds, without those that anyone is sending.
async fn stored(world: &World) -> usize {
    let check = world.app.check_attachments(|_, _| ()).await.unwrap();
    usize::try_from(check.named).unwrap() + check.orphans.len()
}

#[tokio::test]
async fn what_was_sent_is_given_back_and_a_retry_attaches_nothing_more() {
    let world = world().await;
    let id = petition(&world, None).await;
    let asked = header(&world, &id);
    let sent = send(&world.client, parts(asked.clone(), &pdf()))
        .await
        .unwrap();
    let answer = sent.answer.unwrap();
    seen(&world, &answer).await;
    assert_eq!(sent.media_type, "application/pdf");
    let (name, bytes) = get(&world.client, &id, &sent.hash).await.unwrap();
    assert!((name.as_str(), &bytes) == ("来信.pdf", &pdf()));

    let again = send(&world.client, parts(asked, &pdf())).await.unwrap();
    let again = again.answer.unwrap();
    assert_eq!(again.outcome(), pb::Outcome::Repeated);
    assert_eq!(again.position, answer.position);
    let other = send(&world.client, parts(header(&world, &id), &pdf()))
        .await
        .unwrap();
    assert_eq!(other.answer.unwrap().outcome(), pb::Outcome::AlreadySo);
    assert_eq!(stored(&world).await, 1);
}

#[tokio::test]
async fn a_hash_gives_nothing_but_through_a_petition_that_has_it() {
    let world = world().await;
    let (with, without) = (petition(&world, None).await, petition(&world, None).await);
    let sent = send(&world.client, parts(header(&world, &with), &pdf()))
        .await
        .unwrap();
    seen(&world, &sent.answer.unwrap()).await;
    for (id, hash) in [(&without, sent.hash.as_str()), (&with, HASH_OF_NOTHING)] {
        let refused = get(&world.client, id, hash).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    let refused = get(&world.client, &with, "e3b0").await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
}

#[tokio::test]
async fn a_document_of_a_sealed_petition_is_none_to_those_who_may_not_see_it() {
    let world = world().await;
    let id = petition(&world, Some("物业管理处")).await;
    let never = world.new_request();
    let sent = send(&world.client, parts(header(&world, &id), &pdf()))
        .await
        .unwrap();
    seen(&world, &sent.answer.unwrap()).await;
    assert!(get(&world.client, &id, &sent.hash).await.is_ok());
    for unit in ["物业管理处", "财务处"] {
        let mut actor = caller().actor;
        actor.id = StaffId(text("qian.li"));
        actor.unit = Unit(text(unit));
        let caller = Caller { actor, ..caller() };
        let other = Client::connect(&world.url, caller).await.unwrap();
        let refused = get(&other, &id, &sent.hash).await.unwrap_err();
        let none = get(&other, &never, &sent.hash).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound, "{unit}");
        assert_eq!(refused.details(), none.details());
        assert_eq!(refused.message(), none.message());
    }
}

#[tokio::test]
async fn what_is_refused_leaves_no_file_behind() {
    let world = world().await;
    let id = petition(&world, None).await;
    let never = world.new_request();
    let dry = AttachDocumentHeader {
        dry_run: true,
        ..header(&world, &id)
    };
    assert!(send(&world.client, parts(dry, &pdf())).await.is_ok());
    let mut large = pdf();
    large.resize(21 * 1024 * 1024, b'7');
    for (sent, code) in [
        (
            parts(header(&world, &never), &pdf()),
            "petition_not_registered",
        ),
        (parts(header(&world, &id), &large), "attachment_too_large"),
        (
            parts(header(&world, &id), b"<html>"),
            "attachment_type_refused",
        ),
        (parts(header(&world, &id), &[]), "attachment_type_refused"),
        (vec![Part::Chunk(pdf())], "invalid_request"),
        (
            vec![
                Part::Header(header(&world, &id)),
                Part::Header(header(&world, &id)),
            ],
            "invalid_request",
        ),
        (
            parts(AttachDocumentHeader::default(), &pdf()),
            "invalid_request",
        ),
    ] {
        let refused = send(&world.client, sent).await.err().unwrap();
        assert_eq!(info(&refused).reason, code);
        assert!(!refused.message().contains("来信"));
    }
    assert_eq!(stored(&world).await, 0);
}

#[tokio::test]
async fn a_check_finds_what_is_damaged_missing_or_named_by_nobody() {
    let world = world().await;
    let id = petition(&world, None).await;
    let mut hashes = vec![];
    for last in [b'1', b'2', b'3'] {
        let sent = [&pdf()[..], &[last]].concat();
        let sent = send(&world.client, parts(header(&world, &id), &sent))
            .await
            .unwrap();
        seen(&world, &sent.answer.unwrap()).await;
        hashes.push(sent.hash);
    }
    let file = |hash: &str| world.files().join("sha256").join(&hash[..2]).join(hash);
    std::fs::write(file(&hashes[0]), b"%PDF-").unwrap();
    std::fs::rename(file(&hashes[1]), file(&hashes[1]).with_extension("old")).unwrap();

    let mut admin = pb::admin_service_client::AdminServiceClient::new(world.client.channel());
    let asked = world.client.request(pb::CheckAttachmentsRequest {});
    let mut answers = admin.check_attachments(asked).await.unwrap().into_inner();
    let mut report = None;
    while let Some(answer) = answers.message().await.unwrap() {
        if let Some(pb::check_attachments_response::Part::Report(found)) = answer.part {
            report = Some(found);
        }
    }
    let report = report.unwrap();
    assert_eq!(report.named, 3);
    assert_eq!(report.damaged, [hashes[0].clone()]);
    assert_eq!(report.missing, [hashes[1].clone()]);
    assert_eq!(report.orphans.len(), 1);
    let refused = get(&world.client, &id, &hashes[0]).await.unwrap_err();
    assert_eq!(info(&refused).reason, "attachment_damaged");
}
