//! On what an event rests, in words.

use ::views::history::HistoryEntry;
use domain::Text;
use event_log::Source;

/// On which document an entry rests, and from which row it was copied.
pub(crate) fn of_entry(entry: &HistoryEntry) -> String {
    rests_on(entry.document.as_ref(), entry.source.as_ref())
}

/// The same of the document that an event names, and of what it was copied from.
pub(crate) fn rests_on(document: Option<&Text>, source: Option<&Source>) -> String {
    let copied = source.map(|source| {
        let sheet = source
            .sheet
            .as_ref()
            .map_or_else(String::new, |sheet| format!("·{sheet}"));
        let row = source
            .row
            .map_or_else(String::new, |row| format!(" 第{row}行"));
        format!("{}{sheet}{row}", source.document)
    });
    let named = document.map(ToString::to_string);
    [named, copied]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("；")
}
