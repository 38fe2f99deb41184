//! How many people, members and 离休 are there?

use domain::Text;
use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::ViewsError;

/// The counts that every report asks for. A duplicate counts with the record that is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// People in the register, living and dead.
    pub people: u64,
    /// Of them living.
    pub living: u64,
    /// Living Party members.
    pub members: u64,
    /// Living people who are 离休.
    pub lixiu: u64,
    /// Living people who are 退休.
    pub tuixiu: u64,
    /// Living people with an open hardship case.
    pub hardship: u64,
}

/// The counts of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitCounts {
    /// The unit that looks after them.
    pub unit: String,
    /// Its people.
    #[serde(flatten)]
    pub counts: Counts,
}

const COUNTS: &str = "count(*),
    count(*) FILTER (WHERE living),
    count(*) FILTER (WHERE living AND member),
    count(*) FILTER (WHERE living AND status = 'lixiu'),
    count(*) FILTER (WHERE living AND status = 'tuixiu'),
    count(*) FILTER (WHERE living AND hardship)";

/// The counts of the whole register, or of one unit.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn counts(conn: &Connection, unit: Option<&Text>) -> Result<Counts, ViewsError> {
    let counts = match unit {
        None => conn
            .prepare_cached(&format!(
                "SELECT {COUNTS} FROM register WHERE superseded = 0"
            ))?
            .query_row([], |row| read(row, 0)),
        Some(unit) => conn
            .prepare_cached(&format!(
                "SELECT {COUNTS} FROM register WHERE superseded = 0 AND unit = ?1"
            ))?
            .query_row([unit.as_str()], |row| read(row, 0)),
    };
    Ok(counts?)
}

/// The counts of each unit, by its name.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn counts_by_unit(conn: &Connection) -> Result<Vec<UnitCounts>, ViewsError> {
    let units = conn
        .prepare_cached(&format!(
            "SELECT unit, {COUNTS} FROM register WHERE superseded = 0 GROUP BY unit ORDER BY unit"
        ))?
        .query_map([], |row| {
            Ok(UnitCounts {
                unit: row.get(0)?,
                counts: read(row, 1)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(units)
}

fn read(row: &Row<'_>, from: usize) -> Result<Counts, rusqlite::Error> {
    Ok(Counts {
        people: row.get(from)?,
        living: row.get(from + 1)?,
        members: row.get(from + 2)?,
        lixiu: row.get(from + 3)?,
        tuixiu: row.get(from + 4)?,
        hardship: row.get(from + 5)?,
    })
}
