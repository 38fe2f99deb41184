use calendar::Date;
use domain::{BirthdayRules, CadreId, StaffId};
use rusqlite::{Connection, named_params};
use serde::{Deserialize, Serialize};

use super::{ContactCard, card::fill};
use crate::{
    Page, PageRequest, ViewsError,
    register::{self, PersonCard},
};

/// Whose cards. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CardFilter {
    /// The primary contact.
    pub contact: Option<StaffId>,
    /// The unit that looks after them.
    pub unit: Option<String>,
}

/// The cards of the living, as it is today, by pinyin, name and id. Which ages are named is in the
/// rules.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &CardFilter,
    rules: &BirthdayRules,
    today: Date,
    request: &PageRequest,
) -> Result<Page<ContactCard>, ViewsError> {
    let query = ("cards", filter);
    // Each way to ask has its index; SQLite would use none if one statement served all.
    let whose = match (&filter.contact, &filter.unit) {
        (None, None) => ":contact IS NULL AND :unit IS NULL",
        (None, Some(_)) => "r.unit = :unit AND :contact IS NULL",
        (Some(_), None) => "r.contact = :contact AND :unit IS NULL",
        (Some(_), Some(_)) => "r.contact = :contact AND r.unit = :unit",
    };
    let after = request.after(&query)?;
    let behind = match after {
        Some(_) => {
            "(r.sort, r.name, r.person) >
             (SELECT sort, name, person FROM register WHERE person = :after)"
        }
        None => ":after IS NULL",
    };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT c.card FROM register r JOIN register_card c ON c.person = r.person
         WHERE {whose} AND {behind} AND r.living AND NOT r.superseded
         ORDER BY r.sort, r.name, r.person LIMIT :rows"
    ))?;
    let contact = filter.contact.as_ref().map(|staff| staff.0.as_str());
    let mut rows = statement.query(named_params! {
        ":contact": contact,
        ":unit": filter.unit,
        ":after": after,
        ":rows": request.rows(),
    })?;
    let mut cards = Vec::new();
    while let Some(row) = rows.next()? {
        let card: String = row.get(0)?;
        cards.push(fill(conn, PersonCard::read(&card)?, rules, today)?);
    }
    request.page(&query, cards, |card| card.person.to_string())
}

/// The card of one person, as it is today; `None` if they are not in the register.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn get(
    conn: &Connection,
    person: CadreId,
    rules: &BirthdayRules,
    today: Date,
) -> Result<Option<ContactCard>, ViewsError> {
    let known = register::get(conn, person)?;
    known.map(|card| fill(conn, card, rules, today)).transpose()
}
