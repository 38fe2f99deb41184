//! What is printed: one JSON document for programs, or tables for people.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the one place that prints"
)]

use std::io::Write;

use comfy_table::{ContentArrangement, LineStyle, Table, presets::NOTHING};
use grpc::client::Fault;
use serde::Serialize;

use crate::{api::of_field, args::Format, failure::Failure};

/// Prints an answer: as it is for programs, as `table` renders it for people.
pub(crate) fn print<T: Serialize>(
    format: Format,
    answer: &T,
    table: impl FnOnce(&T) -> String,
) -> Result<(), Failure> {
    let text = match format {
        Format::Json => serde_json::to_string_pretty(answer).map_err(|e| Failure::internal(&e))?,
        Format::Table => table(answer),
    };
    print_line(&text);
    Ok(())
}

/// Prints a line; a reader who has gone away (`| head`) is no failure.
pub(crate) fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Says something to the person at the terminal, beside the answer.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Prints why a command failed.
pub(crate) fn print_failure(format: Format, failure: &Failure) {
    match format {
        Format::Json => {
            let mut error = serde_json::json!({
                "code": failure.code, "message": failure.en, "message_zh": failure.zh,
            });
            if !failure.faults.is_empty() {
                let fault = |fault: &Fault| {
                    serde_json::json!({
                        "field": fault.field, "flag": of_field(&fault.field), "message": fault.en,
                    })
                };
                error["faults"] = failure.faults.iter().map(fault).collect();
            }
            say(&serde_json::json!({ "error": error }).to_string());
        }
        Format::Table => {
            say(&format!(
                "[{}] {}\n{}",
                failure.code, failure.en, failure.zh
            ));
            for fault in &failure.faults {
                say(&format!("  {}: {}", of_field(&fault.field), fault.en));
            }
        }
    }
}

/// A table with a header; on a terminal it keeps to its width.
pub(crate) fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    grid(&header, rows.into_iter().map(Vec::from))
}

/// The same where only the answer says how many columns there are.
pub(crate) fn grid(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    let style = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic);
    let terminal = console::Term::stdout();
    if terminal.is_term() {
        table.set_width(terminal.size().1);
    }
    table.set_header(header);
    for row in rows {
        table.add_row(row);
    }
    table.to_string()
}

/// How many there are, and how to see the next page.
pub(crate) fn with_next(table: String, count: usize, token: Option<&str>) -> String {
    match token {
        Some(token) => format!("{table}\n{count} 条，下一页：--page-token {token}"),
        None => format!("{table}\n{count} 条"),
    }
}
