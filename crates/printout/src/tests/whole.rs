//! The PDF.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    FONT, any_document, cells, document,
    reading::{as_written, contains, count, text_of},
    table,
};
use crate::{Block, Document, pdf};

fn report() -> Document {
    let row = |n: usize| {
        vec![
            n.to_string(),
            "逾期未答复，详见《核查办法》".into(),
            "甲".into(),
        ]
    };
    document(vec![
        Block::Heading("一、基本情况".into()),
        Block::Facts(vec![("单位".into(), "老干部局".into())]),
        Block::Heading("二、偏差".into()),
        Block::Paragraph("以下（共120项）逐件核查。".into()),
        table((1..=120).map(row).collect()),
    ])
}

#[test]
fn the_text_can_be_read_out_again() {
    let pdf = pdf(&report(), &FONT).unwrap();
    let text = text_of(&pdf.bytes);
    for part in [
        "核查报告",
        "二〇二六年上半年",
        "检查点 7f3a",
        "单位",
        "老干部局",
        "以下（共120项）逐件核查。",
        "第 1 页 / 共 ",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(text.matches("逾期未答复，详见《核查办法》").count(), 120);
    assert_eq!(pdf.missing, BTreeSet::new());
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert!(pdf(&report(), &FONT).unwrap() == pdf(&report(), &FONT).unwrap());
    let later = Document {
        created: "2026-07-03T01:02:04Z".parse().unwrap(),
        ..report()
    };
    assert!(pdf(&report(), &FONT).unwrap() != pdf(&later, &FONT).unwrap());
}

#[test]
fn it_is_the_form_for_archives_with_its_font_inside() {
    let bytes = pdf(&report(), &FONT).unwrap().bytes;
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>U</pdfaid:conformance>",
        "/ToUnicode",
        "/Lang(zh-CN)",
        "/CreationDate(D:20260703090203+08'00)",
    ] {
        assert!(contains(&bytes, part), "{part}");
    }
    assert!(contains(&bytes, "/FontFile2") || contains(&bytes, "/FontFile3"));
    assert!(contains(&bytes, &as_written("核查报告")));
    assert!(
        bytes.len() < 100_000,
        "only the glyphs that are used: {}",
        bytes.len()
    );
}

#[test]
fn every_heading_is_in_the_outline() {
    let bytes = pdf(&report(), &FONT).unwrap().bytes;
    for heading in ["一、基本情况", "二、偏差"] {
        assert_eq!(count(&bytes, &as_written(heading)), 1, "{heading}");
    }
}

#[test]
fn as_many_pages_are_in_the_file_as_it_says() {
    let bytes = pdf(&report(), &FONT).unwrap().bytes;
    let pages = count(&bytes, "<</Type/Page/");
    assert!(pages > 1);
    assert!(text_of(&bytes).contains(&format!("第 {pages} 页 / 共 {pages} 页")));
}

#[test]
fn a_character_that_the_font_lacks_is_told_of_and_its_text_stays() {
    // Linear B and pictures: no Chinese font has them.
    let names = "王𐀀😀、王𐀀、李🦀";
    let pdf = pdf(&document(vec![Block::Paragraph(names.into())]), &FONT).unwrap();
    assert_eq!(pdf.missing, BTreeSet::from(['𐀀', '😀', '🦀']));
    let text = text_of(&pdf.bytes).replace('\0', "");
    assert!(text.contains("〓：字库所缺的字"), "what 〓 means is said");
    assert!(text.contains(names), "{text}");
}

#[test]
fn what_cannot_be_seen_takes_no_room_and_is_not_missing() {
    let pdf = pdf(
        &document(vec![Block::Paragraph(
            "桑\u{200b}榆\u{fe0f}\u{200d}".into(),
        )]),
        &FONT,
    )
    .unwrap();
    assert_eq!(pdf.missing, BTreeSet::new());
}

#[test]
fn rows_of_any_length_are_printed() {
    let block = Block::Table {
        header: cells(["甲"]),
        widths: vec![],
        rows: vec![vec![], cells(["一", "二", "三"])],
    };
    let text = text_of(&pdf(&document(vec![block]), &FONT).unwrap().bytes);
    for part in ["一", "二", "三"] {
        assert!(text.contains(part), "{part}");
    }
    let many = vec![vec!["格".to_owned(); 60]; 3];
    let block = Block::Table {
        header: vec![],
        widths: vec![],
        rows: many,
    };
    let text = text_of(&pdf(&document(vec![block]), &FONT).unwrap().bytes);
    assert_eq!(text.matches('格').count(), 180);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_can_be_printed(document in any_document()) {
        let pdf = pdf(&document, &FONT).unwrap();
        prop_assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    }
}
