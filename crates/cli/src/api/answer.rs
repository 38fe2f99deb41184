//! An answer as people read it.

use grpc::contract::Shown;

use crate::output;

/// A list as a table, anything else as a name and a value on each line. What was not given is left
/// out.
pub(super) fn text(answer: &Shown) -> String {
    let Shown::Fields(fields) = answer else {
        return scalar(answer);
    };
    // An answer that has one part only is that part.
    if let [(_, part @ Shown::Fields(_))] = fields.as_slice() {
        return text(part);
    }
    let field = |wanted: &str| {
        let found = fields.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value)
    };
    let Some(Shown::List(items)) = field(ITEMS) else {
        return lines(fields).join("\n");
    };
    let beside = fields
        .iter()
        .filter(|(name, _)| name != ITEMS && name != NEXT);
    let mut parts = lines(&beside.cloned().collect::<Vec<_>>());
    parts.push(table(items));
    let next = match field(NEXT) {
        Some(Shown::Text(token)) => Some(token.as_str()),
        _ => None,
    };
    output::with_next(parts.join("\n"), items.len(), next)
}

/// The list of an answer in pages …
const ITEMS: &str = "items";
/// … and what the next page is asked for with.
const NEXT: &str = "next_page_token";

fn lines(fields: &[(String, Shown)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, value) in fields {
        let inner = match value {
            Shown::Nothing => continue,
            Shown::List(items) if items.is_empty() => continue,
            Shown::YesNo(_) | Shown::Number(_) | Shown::Text(_) => {
                lines.push(format!("{name}: {}", scalar(value)));
                continue;
            }
            Shown::List(items) if !items.iter().any(is_message) => {
                lines.push(format!("{name}: {}", scalar(value)));
                continue;
            }
            Shown::List(items) => table(items).lines().map(str::to_owned).collect(),
            Shown::Fields(fields) => self::lines(fields),
        };
        lines.push(format!("{name}:"));
        lines.extend(inner.iter().map(|line| format!("  {line}")));
    }
    lines
}

fn is_message(value: &Shown) -> bool {
    matches!(value, Shown::Fields(_))
}

/// How wide a cell is at most, in the columns of a terminal. The whole is in the JSON.
const WIDEST: usize = 36;

/// A row for each item; a column for each field that one of them has, those of inner messages under
/// their path.
fn table(items: &[Shown]) -> String {
    let rows: Vec<Vec<(String, String)>> = items
        .iter()
        .map(|item| {
            let mut cells = Vec::new();
            flatten("", item, &mut cells);
            cells
        })
        .collect();
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    let rows = rows.iter().map(|row| {
        let cell = |column: &&str| {
            let found = row.iter().find(|(name, _)| name == column);
            let text = found.map_or("", |(_, text)| text);
            console::truncate_str(text, WIDEST, "…").into_owned()
        };
        columns.iter().map(cell).collect()
    });
    output::grid(&columns, rows)
}

fn flatten(path: &str, value: &Shown, cells: &mut Vec<(String, String)>) {
    match value {
        Shown::Nothing => {}
        Shown::Fields(fields) => {
            for (name, inner) in fields {
                let path = match path {
                    "" => name.clone(),
                    _ => format!("{path}.{name}"),
                };
                flatten(&path, inner, cells);
            }
        }
        Shown::List(items) if items.is_empty() => {}
        Shown::List(_) | Shown::YesNo(_) | Shown::Number(_) | Shown::Text(_) => {
            cells.push((path.to_owned(), scalar(value)));
        }
    }
}

fn scalar(value: &Shown) -> String {
    match value {
        Shown::Nothing => String::new(),
        Shown::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Shown::Number(number) => number.to_string(),
        Shown::Text(text) => text.clone(),
        Shown::List(items) => items.iter().map(scalar).collect::<Vec<_>>().join("、"),
        Shown::Fields(fields) => lines(fields).join("；"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(fields: &[(&str, Shown)]) -> Shown {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        Shown::Fields(fields.collect())
    }

    fn words(text: &str) -> Vec<Vec<&str>> {
        text.lines()
            .map(|line| line.split_whitespace().collect())
            .collect()
    }

    #[test]
    fn a_list_is_a_table_of_what_its_items_have() {
        let item = |name: &str, due: Shown| {
            message(&[
                ("name", Shown::Text(name.into())),
                ("remark", Shown::Nothing),
                ("next", message(&[("due", due)])),
            ])
        };
        let items = Shown::List(vec![
            item("甲", Shown::Nothing),
            item("乙", Shown::Text("2026-05-01".into())),
        ]);
        let answer = message(&[
            ("items", items),
            ("next_page_token", Shown::Text("t1".into())),
        ]);
        let text = text(&answer);
        let shown = words(&text);
        assert_eq!(shown[0], ["name", "next.due"], "{text}");
        assert_eq!(shown[2], ["甲"]);
        assert_eq!(shown[3], ["乙", "2026-05-01"]);
        assert!(text.ends_with("2 条，下一页：--page-token t1"), "{text}");
    }

    #[test]
    fn a_long_value_is_cut_in_a_table_and_whole_on_a_line() {
        let long = "补".repeat(40);
        let item = message(&[("data", Shown::Text(long.clone()))]);
        let answer = message(&[
            ("text", Shown::Text(long.clone())),
            ("items", Shown::List(vec![item])),
        ]);
        let text = text(&answer);
        let cut = format!("{}…", "补".repeat(17));
        assert!(text.starts_with(&format!("text: {long}")), "{text}");
        assert!(text.contains(&format!(" {cut} ")), "{text}");
    }

    #[test]
    fn anything_else_is_a_name_and_a_value_on_each_line() {
        let answer = message(&[(
            "answer",
            message(&[
                ("id", Shown::Text("7".into())),
                ("revision", Shown::Number(0.into())),
                ("recorded", Shown::Nothing),
                ("clock", message(&[("provisional", Shown::YesNo(true))])),
            ]),
        )]);
        assert_eq!(
            text(&answer),
            "id: 7\nrevision: 0\nclock:\n  provisional: 是"
        );
    }
}
