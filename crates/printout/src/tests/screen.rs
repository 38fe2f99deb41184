//! The page of HTML.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{any_document, cells, document, table};
use crate::{Block, Document, html};

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

#[test]
fn a_page_says_everything_that_the_document_says() {
    let page = html(&document(vec![
        Block::Heading("一、情况".into()),
        Block::Paragraph("第一行\n第二行".into()),
        Block::Facts(vec![("单位".into(), "老干部局".into())]),
        table(vec![cells(["1", "逾期"]), cells(["2", "资金", "甲", "乙"])]),
    ]));
    for part in [
        "<html lang=\"zh-CN\">",
        "<h1>核查报告</h1>",
        "<p class=\"subtitle\">二〇二六年上半年</p>",
        "<h2>一、情况</h2>",
        "<p>第一行\n第二行</p>",
        "<dt>单位</dt><dd>老干部局</dd>",
        "<thead>\n<tr><th scope=\"col\">序号</th>",
        "<tr><td>1</td><td>逾期</td><td></td></tr>",
        "<tr><td>2</td><td>资金</td><td>甲\n乙</td></tr>",
        "<footer class=\"foot\">检查点 7f3a</footer>",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn the_policy_allows_the_style_of_the_page_and_nothing_else() {
    let page = html(&document(vec![table(vec![])]));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let style = between(&page, "<style>", "</style>");
    let hash = STANDARD.encode(Sha256::digest(style));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
        )
    );
    assert!(style.contains("#t0 col:nth-child(1){width:12.50%}"));
}

#[test]
fn on_paper_headers_repeat_and_rows_are_not_torn() {
    let page = html(&document(vec![]));
    for rule in [
        "@page",
        "size: A4",
        "thead { display: table-header-group; }",
        "break-inside: avoid",
    ] {
        assert!(page.contains(rule), "{rule}");
    }
}

proptest! {
    #[test]
    fn no_text_becomes_markup(document in any_document()) {
        let page = html(&document);
        let body = between(&page, "<body>", "</body>");
        let known = ["main", "header", "h1", "h2", "p", "dl", "div", "dt", "dd", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "footer"];
        for tag in body.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
            prop_assert!(known.contains(&name), "{}", name);
            let attributes = tag.split('>').next().unwrap();
            prop_assert!(!attributes.contains("style="), "{}", attributes);
        }
        prop_assert!(!page.chars().any(|c| c.is_control() && c != '\n'));
    }
}

#[test]
fn a_page_asks_nobody_for_anything() {
    let hostile = "<script src=https://a.example></script><img src=x onerror=alert(1)>\" style='x'";
    let everywhere = Document {
        title: hostile.into(),
        subtitle: hostile.into(),
        footer: hostile.into(),
        ..document(vec![
            Block::Heading(hostile.into()),
            Block::Paragraph(hostile.into()),
            Block::Facts(vec![(hostile.into(), hostile.into())]),
            Block::Table {
                header: vec![hostile.into()],
                widths: vec![],
                rows: vec![vec![hostile.into()]],
            },
        ])
    };
    let page = html(&everywhere);
    for asking in ["<script", "<img", "<link", "@import", "url("] {
        assert!(!page.contains(asking), "{asking}");
    }
    assert_eq!(
        page.matches("&lt;script src=https://a.example&gt;").count(),
        10
    );
}
