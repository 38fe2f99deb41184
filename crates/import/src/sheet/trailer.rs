use super::{Column, Layout, Row, header::Columns};
use crate::cell::squeezed;

/// Words that begin a row of totals.
const TOTALS: [&str; 14] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总数",
    "总人数",
    "合计人数",
    "本页合计",
    "本页小计",
    "平均",
    "total",
    "subtotal",
    "sum",
];

/// Words that begin a note or a signature, whatever follows.
const NOTES: [&str; 20] = [
    "填表说明",
    "填报说明",
    "填报人",
    "填表人",
    "填报单位",
    "填报时间",
    "填报日期",
    "填表时间",
    "填表日期",
    "制表人",
    "制表单位",
    "制表时间",
    "制表日期",
    "审核人",
    "复核人",
    "经办人",
    "单位负责人",
    "分管领导",
    "统计人",
    "统计时间",
];

/// Words that begin a note if a colon follows, or nothing.
const NOTES_BEFORE_COLON: [&str; 10] = [
    "备注",
    "注",
    "说明",
    "附注",
    "审核",
    "复核",
    "制表",
    "负责人",
    "note",
    "notes",
];

/// Whether a row under the header is no data: totals, a note, a signature, or nothing in any column
/// that is read. Nothing that identifies a person or a matter is ever skipped.
pub(super) fn is_no_data(row: &Row, columns: &Columns, layout: &Layout) -> bool {
    let identifies = |column: &Column| {
        columns.index(*column).is_some_and(|index| {
            let cell = row.cell(index);
            // `审核人：` can stand under 身份证号码 as well.
            !cell.is_blank() && (*column != Column::IdNumber || is_like_a_number(&cell.shown()))
        })
    };
    if layout.identifying.iter().any(identifies) {
        return false;
    }
    if columns.indices().all(|index| row.cell(index).is_blank()) {
        return true;
    }
    let first = row.cells.iter().find(|cell| !cell.is_blank());
    let first = first
        .map(|cell| squeezed(&cell.shown()))
        .unwrap_or_default();
    is_total(&first) || is_note(&first) || named_total(row, columns, layout)
}

/// Six digits or more: an ID number, if not a right one.
fn is_like_a_number(text: &str) -> bool {
    squeezed(text).bytes().filter(u8::is_ascii_digit).count() >= 6
}

fn is_total(text: &str) -> bool {
    let counted = text
        .strip_prefix('共')
        .is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    counted || TOTALS.iter().any(|word| text.starts_with(word))
}

fn is_note(text: &str) -> bool {
    let before_colon = |word: &str| {
        text.strip_prefix(word).is_some_and(|rest| {
            let rest =
                rest.trim_start_matches(|c: char| c.is_ascii_digit() || "()、.一二三".contains(c));
            rest.is_empty() || rest.starts_with(':')
        })
    };
    NOTES.iter().any(|word| text.starts_with(word))
        || NOTES_BEFORE_COLON.iter().any(|w| before_colon(w))
}

/// A row that has a number in front, and `合计` where the name would be.
fn named_total(row: &Row, columns: &Columns, layout: &Layout) -> bool {
    layout.naming.is_some_and(|column| {
        columns
            .index(column)
            .is_some_and(|index| TOTALS.contains(&squeezed(&row.cell(index).shown()).as_str()))
    })
}
