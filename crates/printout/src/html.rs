//! The document as a page of HTML.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{Block, Document, grid::Grid, text::shown};

/// How it looks on a screen, on a phone and on paper.
const STYLE: &str = include_str!("html.css");

/// Writes the document as one complete page of HTML in UTF-8. It needs nothing beside it, runs nothing
/// and asks nobody: its policy allows its own style, by its hash, and nothing else.
pub fn html(document: &Document) -> String {
    let mut style = STYLE.to_owned();
    let mut body = String::new();
    for (number, block) in document.blocks.iter().enumerate() {
        write_block(block, number, &mut body, &mut style);
    }
    let hash = STANDARD.encode(Sha256::digest(&style));
    let title = escaped(&document.title);
    let subtitle = part("p", "subtitle", &document.subtitle);
    let footer = part("footer", "foot", &document.footer);
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"zh-CN\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n\
         <style>{style}</style>\n\
         </head>\n\
         <body>\n\
         <main>\n\
         <header>\n<h1>{title}</h1>\n{subtitle}</header>\n\
         {body}\
         </main>\n\
         {footer}\
         </body>\n\
         </html>\n"
    )
}

fn write_block(block: &Block, number: usize, body: &mut String, style: &mut String) {
    // Writing to a string cannot fail.
    let _ = match block {
        Block::Heading(heading) => writeln!(body, "<h2>{}</h2>", escaped(heading)),
        Block::Paragraph(text) => writeln!(body, "<p>{}</p>", escaped(text)),
        Block::Facts(facts) => {
            body.push_str("<dl>\n");
            for (label, value) in facts {
                let (label, value) = (escaped(label), escaped(value));
                let _ = writeln!(body, "<div><dt>{label}</dt><dd>{value}</dd></div>");
            }
            writeln!(body, "</dl>")
        }
        Block::Table {
            header,
            widths,
            rows,
        } => {
            write_table(&Grid::new(header, widths, rows), number, body, style);
            Ok(())
        }
    };
}

/// The widths of the columns go into the style: the policy allows none beside it.
fn write_table(grid: &Grid, number: usize, body: &mut String, style: &mut String) {
    if grid.header.is_empty() && grid.rows.is_empty() {
        return;
    }
    let _ = writeln!(
        body,
        "<div class=\"wide\"><table id=\"t{number}\">\n<colgroup>"
    );
    for (column, share) in grid.shares.iter().enumerate() {
        let (nth, percent) = (column + 1, share * 100.0);
        let _ = writeln!(
            style,
            "#t{number} col:nth-child({nth}){{width:{percent:.2}%}}"
        );
        body.push_str("<col>");
    }
    let _ = writeln!(style, "#t{number}{{min-width:{}em}}", 6 * grid.shares.len());
    body.push_str("\n</colgroup>\n");
    if !grid.header.is_empty() {
        body.push_str("<thead>\n<tr>");
        for cell in &grid.header {
            let _ = write!(body, "<th scope=\"col\">{}</th>", escaped_as_shown(cell));
        }
        body.push_str("</tr>\n</thead>\n");
    }
    body.push_str("<tbody>\n");
    for row in &grid.rows {
        body.push_str("<tr>");
        for cell in row {
            let _ = write!(body, "<td>{}</td>", escaped_as_shown(cell));
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</tbody>\n</table></div>\n");
}

/// An element, or nothing where there is no text.
fn part(element: &str, class: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = escaped(text);
    format!("<{element} class=\"{class}\">{text}</{element}>\n")
}

fn escaped(text: &str) -> String {
    escaped_as_shown(&shown(text))
}

fn escaped_as_shown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
