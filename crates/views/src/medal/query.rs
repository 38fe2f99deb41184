use calendar::Date;
use domain::{CadreId, Text, Unit};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Page, PageRequest, ViewsError,
    read::{optional, optional_text, parsed, word},
};

/// How far a person's medal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MedalState {
    /// 已推荐.
    Nominated,
    /// 支部已审核.
    Attested,
    /// 已批准.
    Approved,
    /// 未同意.
    Declined,
    /// 已颁发.
    Awarded,
    /// 已送达.
    Presented,
    /// The person died before; it is to be handed to the family.
    ToFamily,
    /// The person died before; it is withheld.
    Withheld,
    /// 已收回.
    Revoked,
}

impl MedalState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            MedalState::Nominated => "nominated",
            MedalState::Attested => "attested",
            MedalState::Approved => "approved",
            MedalState::Declined => "declined",
            MedalState::Awarded => "awarded",
            MedalState::Presented => "presented",
            MedalState::ToFamily => "to_family",
            MedalState::Withheld => "withheld",
            MedalState::Revoked => "revoked",
        }
    }
}

/// A person's medal of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalRow {
    /// Who.
    pub person: CadreId,
    /// Their name; nothing if they are not in the register.
    pub name: Option<Text>,
    /// The unit that looks after them.
    pub unit: Option<Unit>,
    /// The year it is awarded for.
    pub year: i16,
    /// How far it is.
    pub state: MedalState,
    /// The first day of standing it rests on.
    pub standing_starts_on: Date,
    /// The branch that attested.
    pub branch: Option<Text>,
    /// The document of approval.
    pub document: Option<Text>,
    /// The medal's number.
    pub number: Option<Text>,
    /// The day it was handed over.
    pub presented_on: Option<Date>,
    /// Whether the family received it.
    pub to_family: Option<bool>,
    /// Whether a lost or damaged one was replaced.
    pub replaced: bool,
}

/// Which medals. What is left out does not narrow the list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MedalFilter {
    /// The year they are awarded for.
    pub year: Option<i16>,
    /// How far they are.
    pub state: Option<MedalState>,
    /// The unit that looks after the person.
    pub unit: Option<String>,
    /// Who.
    pub person: Option<CadreId>,
}

/// The medals, by year and person's id.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &MedalFilter,
    request: &PageRequest,
) -> Result<Page<MedalRow>, ViewsError> {
    let after = request.after(filter)?;
    let after = after.map(|key| key.split_once('.').ok_or(ViewsError::TokenMalformed));
    let (after_year, after_person) = after.transpose()?.unzip();
    let after_year: Option<i16> = after_year
        .map(str::parse)
        .transpose()
        .map_err(|_| ViewsError::TokenMalformed)?;
    let mut statement = conn.prepare_cached(
        "SELECT m.*, r.name, r.unit FROM medal m LEFT JOIN register r ON r.person = m.person
         WHERE (?1 IS NULL OR m.year = ?1)
           AND (?2 IS NULL OR m.state = ?2)
           AND (?3 IS NULL OR r.unit = ?3)
           AND (?4 IS NULL OR m.person = ?4)
           AND (?5 IS NULL OR (m.year, m.person) > (?5, ?6))
         ORDER BY m.year, m.person LIMIT ?7",
    )?;
    let mut rows = statement.query(params![
        filter.year,
        filter.state.map(MedalState::as_str),
        filter.unit,
        filter.person.map(|p| p.to_string()),
        after_year,
        after_person,
        request.rows(),
    ])?;
    let mut medals = Vec::new();
    while let Some(row) = rows.next()? {
        medals.push(medal(row)?);
    }
    request.page(filter, medals, |m| format!("{}.{}", m.year, m.person))
}

fn medal(row: &Row<'_>) -> Result<MedalRow, ViewsError> {
    Ok(MedalRow {
        person: parsed(row, "person")?,
        name: optional_text(row, "name")?,
        unit: optional_text(row, "unit")?.map(Unit),
        year: row.get("year")?,
        state: word(row, "state")?,
        standing_starts_on: parsed(row, "standing_starts_on")?,
        branch: optional_text(row, "branch")?,
        document: optional_text(row, "document")?,
        number: optional_text(row, "number")?,
        presented_on: optional(row, "presented_on")?,
        to_family: row.get("to_family")?,
        replaced: row.get("replaced")?,
    })
}
