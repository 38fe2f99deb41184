//! What a printed document promises.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*, sample::select};

use crate::{Block, Document, Font};

mod fonts;
mod lines;
mod pages;
mod reading;
mod screen;
mod texts;
mod whole;

/// Tests need a Chinese font, as printing does: `.ci/need font` sees to it.
static FONT: LazyLock<Font> = LazyLock::new(|| Font::of_system().unwrap());

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "核查报告".into(),
        subtitle: "二〇二六年上半年".into(),
        footer: "检查点 7f3a".into(),
        created: "2026-07-03T01:02:03Z".parse().unwrap(),
        blocks,
    }
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(String::from).to_vec()
}

fn table(rows: Vec<Vec<String>>) -> Block {
    Block::Table {
        header: cells(["序号", "情形", "经办人"]),
        widths: vec![1, 5, 2],
        rows,
    }
}

/// Text as it comes from people and from machines that failed: Chinese, words, and whatever is hard to
/// print.
fn any_text() -> impl Strategy<Value = String> {
    let hard = vec![
        "\0",
        "\u{7}",
        "\r\n",
        "\n",
        "\t",
        " ",
        "\u{3000}",
        "\u{200b}",
        "\u{200d}",
        "\u{feff}",
        "\u{202e}",
        "\u{fffe}",
        "\u{e000}",
        "😀",
        "👨‍👩‍👧",
        "𠮷",
        "葛\u{e0100}",
        "é",
        "e\u{301}",
        "。",
        "）",
        "（",
        "“",
        "——",
        "<b>",
        "&amp;",
        "'\"",
        "桑榆",
        "fund_overrun",
        "2026-07-01",
    ];
    let piece = prop_oneof![
        4 => select(hard).prop_map(String::from),
        2 => "[一-龥]{1,8}",
        1 => "[a-z0-9]{1,90}",
        1 => any::<String>(),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn any_block() -> impl Strategy<Value = Block> {
    let row = || vec(any_text(), 0..5);
    prop_oneof![
        any_text().prop_map(Block::Heading),
        any_text().prop_map(Block::Paragraph),
        vec((any_text(), any_text()), 0..5).prop_map(Block::Facts),
        (row(), vec(any::<u16>(), 0..5), vec(row(), 0..8)).prop_map(|(header, widths, rows)| {
            Block::Table {
                header,
                widths,
                rows,
            }
        }),
    ]
}

fn any_document() -> impl Strategy<Value = Document> {
    let texts = (any_text(), any_text(), any_text());
    (texts, vec(any_block(), 0..6)).prop_map(|((title, subtitle, footer), blocks)| Document {
        title,
        subtitle,
        footer,
        ..document(blocks)
    })
}
