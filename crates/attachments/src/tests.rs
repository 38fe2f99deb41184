use std::{fs, path::PathBuf};

use domain::{ContentHash, MediaType};
use futures::TryStreamExt as _;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::{Attachments, Error, Limits, Received};

const LIMIT: u64 = 12_000_000;

fn store() -> (Attachments, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let limits = Limits {
        most_bytes: LIMIT,
        types: [MediaType::Pdf, MediaType::Jpeg].into(),
    };
    (Attachments::in_folder(dir.path(), limits).unwrap(), dir)
}

fn pdf(size: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((0..=250).cycle().take(size - bytes.len()));
    bytes
}

fn hash(bytes: &[u8]) -> ContentHash {
    ContentHash::new(Sha256::digest(bytes).into())
}

async fn receive(store: &Attachments, bytes: &[u8], part: usize) -> Result<Received, Error> {
    let mut incoming = store.receive()?;
    for part in bytes.chunks(part) {
        incoming.take(part).await?;
    }
    incoming.finish().await
}

async fn stored(store: &Attachments, bytes: &[u8]) {
    let received = receive(store, bytes, 64 * 1024).await.unwrap();
    store.store(received).await.unwrap();
}

async fn read(store: &Attachments, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut content = store.open(hash(bytes), bytes.len() as u64).await?;
    let mut read = vec![];
    loop {
        let part = content.next(100_000).await?;
        if part.is_empty() {
            return Ok(read);
        }
        read.extend(part);
    }
}

async fn keys(store: &Attachments) -> Vec<(String, Option<ContentHash>)> {
    store.keys().try_collect().await.unwrap()
}

fn file(dir: &TempDir, bytes: &[u8]) -> PathBuf {
    let name = hash(bytes).to_string();
    dir.path().join("sha256").join(&name[..2]).join(name)
}

#[tokio::test]
async fn what_is_stored_is_read_back_whatever_its_size() {
    let (store, _dir) = store();
    // Below, at and above what travels in one part.
    for size in [9, 5 * 1024 * 1024, 11_000_000] {
        let bytes = pdf(size);
        stored(&store, &bytes).await;
        assert!(read(&store, &bytes).await.unwrap() == bytes, "{size}");
    }
}

#[tokio::test]
async fn the_folder_is_made_with_those_above_it() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("a/b");
    for _ in 0..2 {
        let store = Attachments::in_folder(&folder, Limits::default()).unwrap();
        stored(&store, &pdf(10)).await;
    }
    let in_the_way = dir.path().join("file");
    fs::write(&in_the_way, "x").unwrap();
    let refused = Attachments::in_folder(&in_the_way, Limits::default());
    assert_eq!(refused.err().unwrap().code(), "attachments_unavailable");
}

#[tokio::test]
async fn the_same_file_twice_is_one_object() {
    let (store, _dir) = store();
    stored(&store, &pdf(1000)).await;
    stored(&store, &pdf(1000)).await;
    let found = keys(&store).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, Some(hash(&pdf(1000))));
}

#[tokio::test]
async fn a_changed_byte_is_never_given_out_and_the_same_file_mends_it() {
    let (store, dir) = store();
    let bytes = pdf(300_000);
    stored(&store, &bytes).await;
    let mut changed = bytes.clone();
    changed[299_999] ^= 1;
    fs::write(file(&dir, &bytes), &changed).unwrap();
    let damaged = Error::Damaged { hash: hash(&bytes) };
    assert_eq!(read(&store, &bytes).await.unwrap_err(), damaged);
    let size = bytes.len() as u64;
    assert_eq!(store.check(hash(&bytes), size).await.unwrap_err(), damaged);
    fs::write(file(&dir, &bytes), &bytes[..1000]).unwrap();
    assert_eq!(read(&store, &bytes).await.unwrap_err(), damaged);

    stored(&store, &bytes).await;
    assert!(read(&store, &bytes).await.unwrap() == bytes);
    fs::remove_file(file(&dir, &bytes)).unwrap();
    let missing = Error::Missing { hash: hash(&bytes) };
    assert_eq!(read(&store, &bytes).await.unwrap_err(), missing);
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_while_it_comes() {
    let (store, _dir) = store();
    let mut incoming = store.receive().unwrap();
    let part = vec![0; 4_000_000];
    for _ in 0..3 {
        incoming.take(&part).await.unwrap();
    }
    let refused = incoming.take(b"1").await.unwrap_err();
    assert_eq!(refused, Error::TooLarge { limit: LIMIT });
}

#[tokio::test]
async fn what_breaks_off_leaves_nothing() {
    let (store, dir) = store();
    let mut incoming = store.receive().unwrap();
    incoming.take(&pdf(1000)).await.unwrap();
    drop(incoming);
    drop(receive(&store, &pdf(1000), 10).await.unwrap());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_listed_without_a_hash() {
    let (store, dir) = store();
    fs::write(dir.path().join("notes.txt"), "x").unwrap();
    // Ours by its name, but not where it belongs.
    fs::write(dir.path().join(hash(b"x").to_string()), "x").unwrap();
    let found = keys(&store).await;
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|(_, hash)| hash.is_none()), "{found:?}");
}

fn zip(names: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for name in names {
        zip.start_file(*name, options).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn the_type_is_found_in_the_bytes() {
    let (_, dir) = store();
    let all = Attachments::in_folder(dir.path(), Limits::default()).unwrap();
    let ofd = zip(&["Doc_0/Document.xml", "OFD.xml"]);
    // A byte of 0x43 where image data begin: some take that for a camera's raw format.
    for (bytes, expected) in [
        (&pdf(100)[..], MediaType::Pdf),
        (&ofd, MediaType::Ofd),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", MediaType::Jpeg),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MediaType::Png),
        (b"II*\0\x10\0\0\0\x43\x52", MediaType::Tiff),
        (b"MM\0*\0\0\0\x08", MediaType::Tiff),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", MediaType::Heic),
        (b"\0\0\0\x14ftypheic\0\0\0\0mif1", MediaType::Heic),
    ] {
        let received = receive(&all, bytes, 7).await.unwrap();
        assert_eq!(received.media_type(), expected);
    }
    for bytes in [
        &b""[..],
        b"<html>%PDF-1.7",
        b"MZ\x90\0",
        &zip(&["word/document.xml"]),
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        b"\0\0\0\x10ftypmif1\0\0\0\0heic",
        b"\0\0",
    ] {
        let refused = receive(&all, bytes, 7).await.err().unwrap();
        assert_eq!(refused.code(), "attachment_type_refused", "{bytes:?}");
    }
}

#[tokio::test]
async fn a_type_that_is_not_configured_is_refused() {
    let (store, _dir) = store();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    assert_eq!(
        receive(&store, png, 8).await.err().unwrap(),
        Error::TypeRefused {
            found: "image/png".into(),
            taken: "application/pdf, image/jpeg".into()
        }
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_chunking_gives_the_same_hash(
        rest in prop::collection::vec(any::<u8>(), 0..5_000),
        part in 1_usize..6_000,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let (store, _dir) = store();
            let bytes = [b"%PDF-", &rest[..]].concat();
            let received = receive(&store, &bytes, part).await.unwrap();
            assert_eq!((received.hash(), received.size()), (hash(&bytes), bytes.len() as u64));
            store.store(received).await.unwrap();
            assert_eq!(read(&store, &bytes).await.unwrap(), bytes);
        });
    }
}
