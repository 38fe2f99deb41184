use calendar::{Date, When};
use domain::{
    Actor, Aggregate as _, AnyEvent, CadreId, PetitionId, Text,
    petition::{Channel, PetitionCase, clocks::clocks},
};
use rusqlite::{Connection, OptionalExtension, Row, Rows, named_params};
use serde::{Deserialize, Serialize};

use super::{
    PetitionClock, PetitionFacts, PetitionStage,
    details::{PetitionDetails, details},
};
use crate::{
    Page, PageRequest, ViewsError, history,
    read::{optional, optional_text, parsed, text, word},
    sealing::visible,
};

/// A petition in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionRow {
    /// Which.
    pub petition: PetitionId,
    /// 编号.
    pub number: Option<Text>,
    /// 主题.
    pub subject: Text,
    /// Who petitions: the name given, or the name of an account.
    pub petitioner: Text,
    /// The person of the register, where it is one.
    pub person: Option<CadreId>,
    /// 信访形式.
    pub channel: Channel,
    /// How far it has come.
    pub stage: PetitionStage,
    /// When it was received.
    pub received: When,
    /// When it was accepted.
    pub accepted: Option<When>,
    /// When the reply was delivered.
    pub replied: Option<When>,
    /// When it was closed.
    pub closed: Option<When>,
}

/// A petition's page of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PetitionText {
    /// As in a list.
    #[serde(flatten)]
    pub row: PetitionRow,
    /// What it says.
    pub text: Text,
    /// What was replied.
    pub reply: Option<Text>,
    /// How far it has come, and what it is connected with.
    pub details: PetitionDetails,
    /// What was recorded of it.
    pub facts: PetitionFacts,
}

/// Which petitions. What is left out does not narrow the list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PetitionFilter {
    /// A part of the number or the subject.
    pub q: Option<String>,
    /// How far they have come.
    pub stage: Option<PetitionStage>,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or earlier.
    pub received_until: Option<Date>,
    /// The petitioner, where they are in the register.
    pub person: Option<CadreId>,
}

impl PetitionFilter {
    /// The text that is searched for, if any is.
    fn searched(&self) -> Option<&str> {
        self.q.as_deref().map(str::trim).filter(|q| !q.is_empty())
    }
}

/// The condition that a petition matches the filter.
const MATCHES: &str = "(:q IS NULL OR instr(subject, :q) OR instr(number, :q))
    AND (:stage IS NULL OR stage = :stage)
    AND (:from IS NULL OR received_on >= :from)
    AND (:until IS NULL OR received_on <= :until)
    AND (:person IS NULL OR person = :person)";

/// The petitions that the reader may see, the latest received first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &PetitionFilter,
    reader: &Actor,
    request: &PageRequest,
) -> Result<Page<PetitionRow>, ViewsError> {
    let after = request.after(filter)?;
    let visible = visible("p.petition");
    // A page token that names what the reader may not see leads nowhere, as one that names nothing.
    let mut statement = conn.prepare_cached(&format!(
        "SELECT * FROM petitions p
         WHERE {MATCHES}
           AND (:after IS NULL OR (received_order, petition) <
               (SELECT received_order, petition FROM petitions p
                WHERE p.petition = :after AND {visible}))
           AND {visible}
         ORDER BY received_order DESC, petition DESC LIMIT :rows",
    ))?;
    let mut rows = statement.query(named_params! {
        ":q": filter.searched(),
        ":stage": filter.stage.map(PetitionStage::as_str),
        ":from": filter.received_from.map(|d| d.to_string()),
        ":until": filter.received_until.map(|d| d.to_string()),
        ":person": filter.person.map(|p| p.to_string()),
        ":after": after,
        ":rows": request.rows(),
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?;
    let mut petitions = Vec::new();
    while let Some(row) = rows.next()? {
        petitions.push(petition(row)?);
    }
    request.page(filter, petitions, |p| p.petition.to_string())
}

/// The petitions that a unit keeps and the reader may see.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn of_unit(
    conn: &Connection,
    unit: &str,
    reader: &Actor,
) -> Result<Vec<PetitionId>, ViewsError> {
    let visible = visible("p.petition");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT petition FROM petitions p WHERE unit = :unit AND {visible} ORDER BY petition",
    ))?;
    ids(statement.query(named_params! {
        ":unit": unit,
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?)
}

fn ids(mut rows: Rows<'_>) -> Result<Vec<PetitionId>, ViewsError> {
    let mut petitions = Vec::new();
    while let Some(row) = rows.next()? {
        petitions.push(parsed(row, "petition")?);
    }
    Ok(petitions)
}

/// The sealed petitions that a search for words or a number would have shown, if the reader might
/// see them: for the record of attempts alone, never for the reader.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn searched_in_vain(
    conn: &Connection,
    filter: &PetitionFilter,
    reader: &Actor,
) -> Result<Vec<PetitionId>, ViewsError> {
    if filter.searched().is_none() {
        return Ok(vec![]);
    }
    let visible = visible("p.petition");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT p.petition FROM (SELECT DISTINCT petition FROM sealing) z
         CROSS JOIN petitions p ON p.petition = z.petition
         WHERE {MATCHES} AND NOT ({visible}) ORDER BY p.petition"
    ))?;
    ids(statement.query(named_params! {
        ":q": filter.searched(),
        ":stage": filter.stage.map(PetitionStage::as_str),
        ":from": filter.received_from.map(|d| d.to_string()),
        ":until": filter.received_until.map(|d| d.to_string()),
        ":person": filter.person.map(|p| p.to_string()),
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?)
}

/// One petition's page of facts, as it is today; `None` if there is none that the reader may see.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn get(
    conn: &Connection,
    id: PetitionId,
    today: Date,
    reader: &Actor,
) -> Result<Option<PetitionText>, ViewsError> {
    let visible = visible("p.petition");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT p.*, t.text, t.reply FROM petitions p
         JOIN petitions_text t ON t.petition = p.petition
         WHERE p.petition = :petition AND {visible}",
    ))?;
    let params = named_params! {
        ":petition": id.to_string(),
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    };
    statement
        .query_row(params, |row| Ok(whole(conn, row, today, reader)))
        .optional()?
        .transpose()
}

fn whole(
    conn: &Connection,
    row: &Row<'_>,
    today: Date,
    reader: &Actor,
) -> Result<PetitionText, ViewsError> {
    let known = petition(row)?;
    let (mut case, mut facts) = (PetitionCase::default(), PetitionFacts::default());
    let stream = format!("{}-{}", PetitionCase::CATEGORY, known.petition);
    for event in history::events(conn, &stream)? {
        if let AnyEvent::Petition(event) = event {
            case.evolve(&event);
            facts.add(&event);
        }
    }
    let clocks = clocks(&case, today).into_iter();
    let clocks = clocks.map(|clock| PetitionClock::standing(clock, today));
    Ok(PetitionText {
        row: known,
        text: text(row, "text")?,
        reply: optional_text(row, "reply")?,
        details: details(conn, row, reader, clocks.collect())?,
        facts,
    })
}

fn petition(row: &Row<'_>) -> Result<PetitionRow, ViewsError> {
    Ok(PetitionRow {
        petition: parsed(row, "petition")?,
        number: optional_text(row, "number")?,
        subject: text(row, "subject")?,
        petitioner: text(row, "petitioner")?,
        person: optional(row, "person")?,
        channel: word(row, "channel")?,
        stage: word(row, "stage")?,
        received: parsed(row, "received")?,
        accepted: optional(row, "accepted")?,
        replied: optional(row, "replied")?,
        closed: optional(row, "closed")?,
    })
}
