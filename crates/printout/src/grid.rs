//! A table whose rows all have the same number of cells.

use crate::text::shown;

/// Past this, a column of a page is narrower than its text can be read.
const MOST_COLUMNS: usize = 16;

pub(crate) struct Grid {
    /// As long as `shares`, or empty where there is no header.
    pub(crate) header: Vec<String>,
    /// What part of the width each column has; their sum is 1.
    pub(crate) shares: Vec<f32>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Grid {
    pub(crate) fn new(header: &[String], widths: &[u16], rows: &[Vec<String>]) -> Self {
        let longest = rows.iter().map(Vec::len).max().unwrap_or(0);
        let columns = match header.len() {
            0 => longest,
            named => named,
        };
        let columns = columns.clamp(1, MOST_COLUMNS);
        Self {
            header: match header {
                [] => Vec::new(),
                named => folded(named, columns),
            },
            shares: shares(widths, columns),
            rows: rows.iter().map(|row| folded(row, columns)).collect(),
        }
    }
}

/// The cells as shown, `columns` of them: filled up, or the rest below the last.
fn folded(cells: &[String], columns: usize) -> Vec<String> {
    let mut folded: Vec<String> = cells.iter().map(|cell| shown(cell)).collect();
    if folded.len() > columns {
        let rest = folded.split_off(columns - 1);
        folded.push(rest.join("\n"));
    }
    folded.resize(columns, String::new());
    folded
}

fn shares(widths: &[u16], columns: usize) -> Vec<f32> {
    let given: Vec<f32> = widths
        .iter()
        .take(columns)
        .map(|width| f32::from((*width).max(1)))
        .collect();
    let average = match given.len() {
        0 => 1.0,
        // At most MOST_COLUMNS.
        many => given.iter().sum::<f32>() / many as f32,
    };
    let all: Vec<f32> = (0..columns)
        .map(|column| given.get(column).copied().unwrap_or(average))
        .collect();
    let sum: f32 = all.iter().sum();
    all.into_iter().map(|width| width / sum).collect()
}
