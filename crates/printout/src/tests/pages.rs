//! What stands on which page.

use proptest::prelude::*;

use super::{any_document, cells, document, table};
use crate::{
    Block, Document,
    grid::Grid,
    layout::{hangs, is_unseen},
    sheets::{Mark, Sheets, sheets},
    style::{ABOVE_FOOTER, BELOW_LINE, BOTTOM, FOOTER, LEFT, PAGE_HEIGHT, TOP, WIDTH},
    text::shown,
};

fn advance(c: char) -> f32 {
    match c {
        c if is_unseen(c) => 0.0,
        c if c.is_ascii() => 0.5,
        _ => 1.0,
    }
}

fn laid_out(document: &Document) -> Sheets {
    sheets(document, None, &advance)
}

/// The lines of a page, from its footer to the end of its body.
fn texts(page: &[Mark]) -> Vec<&str> {
    let texts = page.iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text.as_str()),
        Mark::Field { .. } => None,
    });
    texts.collect()
}

fn rows(count: usize) -> Vec<Vec<String>> {
    let row = |n: usize| vec![format!("第{n}行"), "逾期未答复".repeat(8), "甲".into()];
    (1..=count).map(row).collect()
}

#[test]
fn every_page_has_the_footer_and_says_which_of_how_many_it_is() {
    let sheets = laid_out(&document(vec![table(rows(100))]));
    let count = sheets.pages.len();
    assert!(count > 2, "{count}");
    for (index, page) in sheets.pages.iter().enumerate() {
        let texts = texts(page);
        assert!(texts.contains(&"检查点 7f3a"));
        assert!(texts.contains(&format!("第 {} 页 / 共 {count} 页", index + 1).as_str()));
    }
}

#[test]
fn the_header_of_a_table_repeats_on_each_page() {
    let sheets = laid_out(&document(vec![table(rows(100))]));
    for page in &sheets.pages {
        assert_eq!(
            texts(page).iter().filter(|text| **text == "经办人").count(),
            1
        );
    }
}

#[test]
fn a_row_is_not_torn_if_a_page_can_hold_it() {
    let row = |n: usize| vec![(1..=9).map(|line| format!("{n}之{line}\n")).collect()];
    let block = Block::Table {
        header: cells(["情形"]),
        widths: vec![],
        rows: (1..=40).map(row).collect(),
    };
    let sheets = laid_out(&document(vec![block]));
    assert!(sheets.pages.len() > 5);
    for n in 1..=40 {
        let of_row = format!("{n}之");
        let lines = |page: &Vec<Mark>| {
            let texts = texts(page);
            texts
                .iter()
                .filter(|text| text.starts_with(&of_row))
                .count()
        };
        let found: Vec<usize> = sheets.pages.iter().map(lines).filter(|n| *n > 0).collect();
        assert_eq!(found, [9], "{n}");
    }
}

#[test]
fn a_row_higher_than_a_page_is_split_and_nothing_of_it_is_lost() {
    let long: String = (0..9000)
        .map(|n| char::from_u32(0x4e00 + n).unwrap())
        .collect();
    let sheets = laid_out(&document(vec![table(vec![
        cells(["一", "短", "甲"]),
        vec!["二".into(), long.clone(), "乙".into()],
        cells(["三", "短", "丙"]),
    ])]));
    assert!(sheets.pages.len() > 2);
    within_margins(&sheets);
    let all: Vec<&str> = sheets.pages.iter().flat_map(|page| texts(page)).collect();
    let found: String = all
        .iter()
        .filter(|text| long.contains(**text) && text.chars().count() > 2)
        .copied()
        .collect();
    assert!(found == long);
    assert!(
        texts(&sheets.pages[0])
            .iter()
            .any(|text| long.starts_with(text)),
        "it begins where there is room"
    );
    assert!(texts(sheets.pages.last().unwrap()).contains(&"丙"));
}

#[test]
fn a_heading_is_not_left_alone_at_the_foot_of_a_page() {
    for lines in 20..60 {
        let above = Block::Paragraph("甲\n".repeat(lines));
        let below = Block::Paragraph("乙乙\n乙乙".into());
        let sheets = laid_out(&document(vec![
            above,
            Block::Heading("二、偏差".into()),
            below,
        ]));
        let page = &sheets.pages[sheets.sections[0].page];
        assert!(
            texts(page).contains(&"二、偏差") && texts(page).contains(&"乙乙"),
            "{lines}"
        );
    }
}

#[test]
fn a_footer_with_no_room_on_each_page_stands_once_in_full() {
    let footer = "检查点".repeat(400);
    let short = Document {
        footer: footer.clone(),
        ..document(vec![])
    };
    let sheets = laid_out(&short);
    let texts: String = texts(&sheets.pages[0]).concat();
    assert!(texts.contains(&footer));
    assert!(texts.contains('…'));
}

#[test]
fn a_header_that_fills_a_page_is_shown_once() {
    let header = vec!["长".repeat(4000)];
    let block = Block::Table {
        header,
        widths: vec![],
        rows: vec![cells(["一"]); 200],
    };
    let sheets = laid_out(&document(vec![block]));
    let texts: String = sheets.pages.iter().flat_map(|page| texts(page)).collect();
    assert_eq!(texts.matches('长').count(), 4000);
    assert_eq!(texts.matches('一').count(), 200);
}

#[test]
fn spaces_that_hang_over_show_nothing_beyond_the_margins() {
    // A tab, shown as four spaces, and a joiner after it in a column as narrow as there is.
    let block = Block::Table {
        header: vec![String::new(); 4],
        widths: vec![0, 0, 49052, 0],
        rows: vec![cells(["", "", "", "\t\u{200b}\u{200d}"])],
    };
    within_margins(&laid_out(&document(vec![block])));
}

#[test]
fn a_document_without_anything_is_one_page() {
    let nothing = Document {
        title: String::new(),
        subtitle: String::new(),
        footer: String::new(),
        ..document(vec![
            Block::Facts(vec![]),
            Block::Table {
                header: vec![],
                widths: vec![],
                rows: vec![],
            },
        ])
    };
    let sheets = laid_out(&nothing);
    assert_eq!(sheets.pages.len(), 1);
    assert_eq!(texts(&sheets.pages[0]), ["第 1 页 / 共 1 页"]);
}

/// Everything that the document says, in no order, without what cannot be seen.
fn said(document: &Document) -> Vec<char> {
    let mut said = format!("{}{}", shown(&document.title), shown(&document.subtitle));
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(text) => said += &shown(text),
            Block::Facts(facts) => {
                for (label, value) in facts {
                    said += &shown(label);
                    said += &shown(value);
                }
            }
            Block::Table {
                header,
                widths,
                rows,
            } => {
                let grid = Grid::new(header, widths, rows);
                said += &grid.header.concat();
                said += &grid.rows.concat().concat();
            }
        }
    }
    visible(&said)
}

fn visible(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text
        .chars()
        .filter(|c| !c.is_whitespace() && !is_unseen(*c))
        .collect();
    chars.sort_unstable();
    chars
}

/// With a footer of one line.
const BODY_ENDS: f32 = PAGE_HEIGHT - BOTTOM - FOOTER.leading - BELOW_LINE - ABOVE_FOOTER;

fn within_margins(sheets: &Sheets) {
    for mark in sheets.pages.iter().flatten() {
        match mark {
            Mark::Text {
                x,
                baseline,
                face,
                text,
            } => {
                let solid = text.trim_end_matches(hangs).chars();
                let width: f32 = solid.map(|c| advance(c) * face.size).sum();
                assert!(
                    *x >= LEFT - 0.1 && x + width <= LEFT + WIDTH + 0.5,
                    "{text:?}"
                );
                let lowest = match *face == FOOTER {
                    true => PAGE_HEIGHT - BOTTOM,
                    false => BODY_ENDS,
                };
                assert!(*baseline > TOP && *baseline < lowest, "{baseline}");
            }
            Mark::Field { y, height, .. } => {
                let above_footer = *y + height > BODY_ENDS + ABOVE_FOOTER;
                assert!(
                    *y > TOP - 1.0 && (above_footer || y + height < BODY_ENDS + 1.0),
                    "{y}"
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn whatever_a_document_says_is_on_its_pages(document in any_document()) {
        let document = Document { footer: String::new(), ..document };
        let sheets = laid_out(&document);
        prop_assume!(sheets.pages.len() == 1);
        let page = texts(&sheets.pages[0])[1..].concat();
        prop_assert_eq!(visible(&page), said(&document));
    }

    #[test]
    fn nothing_is_written_beyond_the_margins(document in any_document()) {
        let footer = "一行".to_owned();
        within_margins(&laid_out(&Document { footer, ..document }));
    }
}
