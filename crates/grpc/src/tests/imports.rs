use app::Kind;

use super::world::{World, caller, world};
use crate::{client::ImportServiceClient, pb};

fn roster() -> Vec<u8> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/ledgers/roster.xlsx"
    );
    std::fs::read(path).unwrap()
}

async fn import(world: &World, dry_run: bool) -> import::Outcome {
    let request = (new_request(), dry_run);
    let kind = import::Kind::Roster;
    let import = world
        .client
        .import(kind, "roster.xlsx", roster(), request, |_, _| {});
    import.await.unwrap()
}

#[tokio::test]
async fn a_file_imported_from_afar_is_reported_as_at_home() {
    let (afar, home) = (world().await, world().await);
    let options = import::Options {
        dry_run: false,
        request: app::Request::new(new_request(), caller().actor),
    };
    let same = import::run(
        &home.app,
        import::Kind::Roster,
        "roster.xlsx",
        roster(),
        options,
        |_, _| {},
    );
    let same = same.await.unwrap();
    let outcome = import(&afar, false).await;
    assert!(outcome.report.accepted > 100 && !outcome.report.rejected.is_empty());
    assert!(outcome.rejects.unwrap().starts_with(b"PK"), "a workbook");
    let ids_aside = |mut report: import::Report| {
        report
            .duplicates
            .iter_mut()
            .for_each(|duplicate| duplicate.person = None);
        report
    };
    assert_eq!(ids_aside(outcome.report), ids_aside(same.report));

    // Who asks at once sees what was imported.
    let (counts, _) = afar.client.counts(None).await.unwrap();
    assert!(counts.people > 100);
    let again = import(&afar, false).await.report;
    assert_eq!((again.accepted, again.rows > 0), (0, true));
}

#[tokio::test]
async fn a_dry_run_of_an_import_records_nothing() {
    let world = world().await;
    let outcome = import(&world, true).await;
    assert!(outcome.report.dry_run && outcome.report.accepted > 100);
    assert!(world.app.log().head().await.unwrap().is_none());
}

#[tokio::test]
async fn a_file_that_is_no_spreadsheet_is_refused_whole() {
    let world = world().await;
    let request = (new_request(), false);
    let file = b"%PDF-1.7".to_vec();
    let refused = world
        .client
        .import(import::Kind::Roster, "scan.pdf", file, request, |_, _| {})
        .await;
    assert_eq!(refused.err().unwrap().kind, Kind::Invalid);
}

#[tokio::test]
async fn an_import_begins_with_its_header_and_is_bounded() {
    let world = world().await;
    let mut imports = ImportServiceClient::new(world.client.channel());
    let chunk = |bytes: usize| pb::ImportRequest {
        part: Some(pb::import_request::Part::Chunk(vec![0; bytes])),
    };
    let headless = world.client.request(futures::stream::iter([chunk(1)]));
    let refused = imports.import(headless).await.err().unwrap();
    assert_eq!(refused.code(), tonic::Code::InvalidArgument);

    let header = pb::ImportRequest {
        part: Some(pb::import_request::Part::Header(pb::ImportHeader {
            request_id: world.new_request(),
            kind: pb::ImportKind::Roster.into(),
            file_name: "huge.xlsx".into(),
            dry_run: true,
            want_rejects: false,
        })),
    };
    let huge = std::iter::once(header).chain((0..65).map(move |_| chunk(1024 * 1024)));
    let huge = world.client.request(futures::stream::iter(huge));
    let mut answers = imports.import(huge).await.unwrap().into_inner();
    let refused = answers.message().await.err().unwrap();
    assert!(
        refused.message().contains("64 MiB"),
        "{}",
        refused.message()
    );
}

fn new_request() -> event_log::RequestId {
    event_log::RequestId(app::Ids::next(&app::SystemIds))
}
