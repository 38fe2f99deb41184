//! Who may see a sealed petition?
//!
//! A report against a person (检举控告) is sealed for ever, with what was said before and comes after,
//! and with what was linked to it, which is the same matter. The unit that keeps it sees it, and
//! those it was given to; whom it accuses never does (R30, R46). That is the rule of
//! [`PetitionCase::may_see`](domain::petition::PetitionCase::may_see), and here is the one place
//! where it is put in SQL: every question that may touch a petition asks [`visible`].

#[cfg(test)]
mod tests;

use domain::{
    Actor, AnyEvent, PetitionId,
    petition::{Accused, Category, PetitionEvent},
};
use rusqlite::{Connection, Params, Transaction, named_params};

use crate::{Envelope, View, ViewsError, read::parsed};

/// Who may see what.
pub struct SealingView;

impl View for SealingView {
    const NAME: &'static str = "sealing";
    const VERSION: u32 = 1;
    const SCHEMA: &'static str = include_str!("schema.sql");

    fn apply(tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        match envelope.event {
            AnyEvent::Petition(event) => petition(tx, envelope, event),
            AnyEvent::Cadre(_)
            | AnyEvent::Visit(_)
            | AnyEvent::Fund(_)
            | AnyEvent::Hardship(_)
            | AnyEvent::Medal(_)
            | AnyEvent::PetitionAccess(_)
            | AnyEvent::PaymentBatch(_)
            | AnyEvent::Round(_)
            | AnyEvent::Health(_)
            | AnyEvent::Duty(_)
            | AnyEvent::Plan(_)
            | AnyEvent::Identity(_) => Ok(()),
        }
    }
}

/// The condition under which the reader may see the petition whose id this column holds. A query
/// with it names `:reader_account`, `:reader_name` and `:reader_unit`.
///
/// One report that shuts the reader out is enough; what the tables do not say shuts them out, too.
pub(crate) fn visible(petition: &str) -> String {
    format!(
        "NOT EXISTS (
            SELECT 1 FROM sealing s WHERE s.petition = {petition} AND (
                NOT EXISTS (SELECT 1 FROM sealing_unit u
                            WHERE u.petition = s.report AND u.unit = :reader_unit)
                OR EXISTS (SELECT 1 FROM sealing_accused a
                           WHERE a.report = s.report AND (a.known, a.value) IN (VALUES
                               ('account', :reader_account), ('name', :reader_name),
                               ('unit', :reader_unit)))))"
    )
}

/// Whether this petition is hidden from the reader. What never was is hidden from nobody.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn is_hidden(
    conn: &Connection,
    petition: PetitionId,
    reader: &Actor,
) -> Result<bool, ViewsError> {
    Ok(!may_see(conn, &petition.to_string(), reader)?)
}

/// Every petition that is hidden from the reader, for those who read the log itself.
///
/// # Errors
/// [`ViewsError`].
pub fn hidden_from(conn: &Connection, reader: &Actor) -> Result<Vec<PetitionId>, ViewsError> {
    let sql = format!(
        "SELECT DISTINCT petition FROM sealing x WHERE NOT {}",
        visible("x.petition")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?;
    let mut hidden = Vec::new();
    while let Some(row) = rows.next()? {
        hidden.push(parsed(row, "petition")?);
    }
    Ok(hidden)
}

/// Whether the reader may see this petition; also where there is none.
pub(crate) fn may_see(
    conn: &Connection,
    petition: &str,
    reader: &Actor,
) -> Result<bool, ViewsError> {
    let mut statement = conn.prepare_cached(&format!("SELECT {}", visible(":petition")))?;
    let may = statement.query_row(
        named_params! {
            ":petition": petition,
            ":reader_account": reader.id.0.as_str(),
            ":reader_name": reader.name.as_str(),
            ":reader_unit": reader.unit.0.as_str(),
        },
        |row| row.get(0),
    )?;
    Ok(may)
}

fn petition(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &PetitionEvent,
) -> Result<(), ViewsError> {
    let petition = envelope.stream_id();
    match event {
        PetitionEvent::Registered(_) => {
            let keeper = &envelope.recorded.metadata.actor.unit;
            reads(tx, petition, keeper, true)
        }
        PetitionEvent::Assigned(e) => {
            let sql = "DELETE FROM sealing_unit WHERE petition = ?1 AND keeps = 0";
            run(tx, sql, [petition])?;
            let given_to = [&e.assignment.lead].into_iter();
            given_to
                .chain(&e.assignment.supporting)
                .try_for_each(|unit| reads(tx, petition, &unit.0, false))
        }
        PetitionEvent::Classified(e) => match e.category {
            Category::Report => seal(tx, petition),
            Category::Suggestion | Category::Demand(_) => Ok(()),
        },
        PetitionEvent::AccusedNamed(e) => {
            e.accused
                .iter()
                .try_for_each(|accused| accuse(tx, petition, accused))?;
            seal(tx, petition)
        }
        PetitionEvent::DuplicateLinked(e) => link(tx, petition, e.first),
        PetitionEvent::RefusedAsFinal(e) => link(tx, petition, e.reviewed),
        // The rest neither seals it nor says who reads it.
        _ => Ok(()),
    }
}

fn reads(tx: &Transaction<'_>, petition: &str, unit: &str, keeps: bool) -> Result<(), ViewsError> {
    let sql = "INSERT OR IGNORE INTO sealing_unit (petition, unit, keeps) VALUES (?1, ?2, ?3)";
    run(tx, sql, (petition, unit, keeps))
}

/// As the domain tells the accused: by account, else by name, or by unit.
fn accuse(tx: &Transaction<'_>, report: &str, accused: &Accused) -> Result<(), ViewsError> {
    let (known, value) = match accused {
        Accused::Person {
            staff: Some(staff), ..
        } => ("account", &staff.0),
        Accused::Person { name, staff: None } => ("name", name),
        Accused::Unit(unit) => ("unit", &unit.0),
    };
    let sql = "INSERT OR IGNORE INTO sealing_accused (report, known, value) VALUES (?1, ?2, ?3)";
    run(tx, sql, [report, known, value.as_str()])
}

/// It and all that was linked to it, and to that.
const SAME_MATTER: &str = "WITH RECURSIVE same (petition) AS (
    SELECT ?1 UNION SELECT l.petition FROM sealing_link l JOIN same s ON l.first = s.petition)";

fn seal(tx: &Transaction<'_>, report: &str) -> Result<(), ViewsError> {
    let sql = format!(
        "{SAME_MATTER} INSERT OR IGNORE INTO sealing (petition, report)
         SELECT petition, ?1 FROM same"
    );
    run(tx, &sql, [report])
}

fn link(tx: &Transaction<'_>, petition: &str, first: PetitionId) -> Result<(), ViewsError> {
    let first = first.to_string();
    let sql = "INSERT OR IGNORE INTO sealing_link (first, petition) VALUES (?1, ?2)";
    run(tx, sql, [&first, petition])?;
    let sql = format!(
        "{SAME_MATTER} INSERT OR IGNORE INTO sealing (petition, report)
         SELECT same.petition, f.report FROM same JOIN sealing f ON f.petition = ?2"
    );
    run(tx, &sql, [petition, &first])
}

fn run(tx: &Transaction<'_>, sql: &str, params: impl Params) -> Result<(), ViewsError> {
    tx.prepare_cached(sql)?.execute(params)?;
    Ok(())
}
