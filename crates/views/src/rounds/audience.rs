//! Who meets the rule of a round now?

use domain::round::{AudienceFacts, RoundPlan};
use rusqlite::{Connection, params};

use crate::{ViewsError, register::PersonCard};

/// The cards of those whom the plan is for, as the register knows them now, by id.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn eligible(conn: &Connection, plan: &RoundPlan) -> Result<Vec<PersonCard>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.card, r.hardship FROM register r JOIN register_card c ON c.person = r.person
         WHERE r.living AND NOT r.superseded AND (?1 IS NULL OR r.unit = ?1)
         ORDER BY r.person",
    )?;
    let unit = plan.unit.as_ref().map(|unit| unit.0.as_str());
    let mut rows = statement.query(params![unit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let card = PersonCard::read(&row.get::<_, String>("card")?)?;
        let facts = AudienceFacts {
            person: &card.known(),
            retirement: card.retirement.as_ref(),
            living: card.living.as_ref(),
            branch: card.profile.branch.as_ref(),
            hardship: row.get("hardship")?,
        };
        if plan.audience.admits(&facts, plan.unit.as_ref(), plan.from) {
            found.push(card);
        }
    }
    Ok(found)
}
