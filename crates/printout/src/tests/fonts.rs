//! Which font is found, and what is refused.

use std::{fs, path::Path};

use super::FONT;
use crate::{Font, PrintError};

fn some_font() -> Vec<u8> {
    FONT.bytes().to_vec()
}

#[test]
fn a_font_is_found_in_a_folder_of_a_folder_and_the_best_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("opentype/noto");
    fs::create_dir_all(&inside).unwrap();
    fs::write(inside.join("wqy-microhei.ttc"), some_font()).unwrap();
    fs::write(folder.path().join("wqy-zenhei.ttc"), "damaged").unwrap();
    fs::write(folder.path().join("NotoSansCJK-Regular.ttc"), "damaged").unwrap();
    assert!(Font::in_folders([folder.path().to_owned()]).is_ok());
}

#[test]
fn a_damaged_font_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("wqy-microhei.ttc"), "damaged").unwrap();
    fs::write(folder.path().join("wqy-zenhei.ttc"), some_font()).unwrap();
    assert!(Font::in_folders([folder.path().to_owned()]).is_ok());
}

#[test]
fn a_machine_without_a_chinese_font_is_told_what_to_install() {
    let folder = tempfile::tempdir().unwrap();
    let error = Font::in_folders([folder.path().to_owned()]).unwrap_err();
    assert_eq!(error.code(), "font_missing");
    assert!(error.to_string().contains("fonts-wqy-microhei"));
    assert!(error.zh().contains("fonts-wqy-microhei"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Font::open(Path::new("nowhere/桑榆.ttf")).unwrap_err();
    assert_eq!(error.code(), "font_unreadable");
    assert!(error.to_string().contains("nowhere/桑榆.ttf"));
    assert!(error.zh().contains("nowhere/桑榆.ttf"));
}

#[test]
fn what_is_no_font_is_refused() {
    for bytes in [&b""[..], b"ttcf", b"no font at all"] {
        assert_eq!(Font::parse(bytes, 0).unwrap_err().code(), "font_unusable");
    }
    assert_eq!(
        Font::parse(some_font(), 99).unwrap_err().code(),
        "font_unusable"
    );
}

#[test]
fn a_font_without_chinese_characters_is_refused() {
    // Without the table that says which glyph a character has.
    let mut bytes = some_font();
    while let Some(at) = bytes.windows(4).position(|tag| tag == b"cmap") {
        bytes[at..at + 4].copy_from_slice(b"xmap");
    }
    assert_eq!(
        Font::parse(bytes, 0).unwrap_err(),
        PrintError::FontNotChinese
    );
}

#[test]
fn a_font_that_may_not_be_embedded_is_refused() {
    let mut bytes = some_font();
    let directory = match bytes.starts_with(b"ttcf") {
        true => u32::from_be_bytes(bytes[12..16].try_into().unwrap()) as usize,
        false => 0,
    };
    let record = (0..40)
        .map(|n| directory + 12 + 16 * n)
        .find(|at| &bytes[*at..at + 4] == b"OS/2")
        .unwrap();
    let table = u32::from_be_bytes(bytes[record + 8..record + 12].try_into().unwrap()) as usize;
    bytes[table + 8..table + 10].copy_from_slice(&2u16.to_be_bytes());
    let font = Font::parse(bytes, 0).unwrap();
    let error = crate::pdf(&super::document(vec![]), &font).unwrap_err();
    assert_eq!(error.code(), "font_unusable");
    assert!(error.to_string().contains("licence"), "{error}");
}
