//! Whose birthday is it in these days?

use calendar::Date;
use domain::{
    BirthdayRules, CadreId, NamedAge, StaffId, Text, Unit,
    cadre::{Birthday, turning},
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::PersonCard;
use crate::{Page, PageRequest, ViewsError};

/// Whose birthdays, and in which days. What is left out does not narrow the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthdayFilter {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The unit that looks after the person.
    pub unit: Option<String>,
    /// The primary contact.
    pub contact: Option<StaffId>,
    /// Only the important ones, at a named age (重要生日).
    pub named: bool,
}

/// A living person's birthday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BirthdayRow {
    /// The day it is kept on.
    pub on: Date,
    /// Whose.
    pub person: CadreId,
    /// 姓名.
    pub name: Text,
    /// The unit that looks after them.
    pub unit: Unit,
    /// The primary contact.
    pub contact: Option<StaffId>,
    /// The primary contact's name.
    pub contact_name: Option<Text>,
    /// Which birthday they keep, by which calendar.
    pub birthday: Birthday,
    /// The birth date that ages count from; nothing if only the birthday is known.
    pub born_on: Option<Date>,
    /// 周岁 on that day, by the birthdays kept.
    pub full_age: Option<i16>,
    /// 虚岁 on that day.
    pub nominal_age: Option<i16>,
    /// The named age that makes it an important birthday.
    pub named: Option<NamedAge>,
}

/// What a birthday is looked up by.
pub(super) fn key(birthday: Birthday) -> String {
    match birthday {
        Birthday::Solar { month, day } => format!("solar.{month}.{day}"),
        Birthday::Lunar { month, day } => format!("lunar.{month}.{day}"),
    }
}

/// The birthdays of the living, by day and person's id. Which ages are named is in the rules.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn birthdays(
    conn: &Connection,
    filter: &BirthdayFilter,
    rules: &BirthdayRules,
    request: &PageRequest,
) -> Result<Page<BirthdayRow>, ViewsError> {
    let (mut on, mut after) = match request.after(filter)? {
        Some(key) => {
            let (on, person) = key.split_once('.').ok_or(ViewsError::TokenMalformed)?;
            let on = on.parse().map_err(|_| ViewsError::TokenMalformed)?;
            (on, person.to_owned())
        }
        None => (filter.from, String::new()),
    };
    let mut found = Vec::new();
    while on <= filter.until && found.len() <= request.limit() {
        for card in kept_on(conn, on, filter.unit.as_deref(), &after)? {
            let row = row(card, on, rules)?;
            let of_contact = filter.contact.is_none() || row.contact == filter.contact;
            if of_contact && (row.named.is_some() || !filter.named) {
                found.push(row);
            }
        }
        after.clear();
        match on.tomorrow() {
            Ok(next) => on = next,
            Err(_) => break,
        }
    }
    request.page(filter, found, |row| format!("{}.{}", row.on, row.person))
}

/// The cards of those who keep their birthday on this day, behind this person.
fn kept_on(
    conn: &Connection,
    on: Date,
    unit: Option<&str>,
    after: &str,
) -> Result<Vec<PersonCard>, ViewsError> {
    let mut keys = Birthday::kept_on(on).into_iter().map(key);
    let mut statement = conn.prepare_cached(
        "SELECT c.card FROM register r JOIN register_card c ON c.person = r.person
         WHERE r.birthday IN (?1, ?2, ?3, ?4) AND r.living AND NOT r.superseded
           AND (?5 IS NULL OR r.unit = ?5) AND r.person > ?6
         ORDER BY r.person",
    )?;
    // A key that is missing is NULL, which nothing equals.
    let keys = [keys.next(), keys.next(), keys.next(), keys.next()];
    let [first, second, third, fourth] = keys;
    let cards = statement.query_map(params![first, second, third, fourth, unit, after], |row| {
        row.get::<_, String>(0)
    })?;
    cards.map(|card| PersonCard::read(&card?)).collect()
}

fn row(card: PersonCard, on: Date, rules: &BirthdayRules) -> Result<BirthdayRow, ViewsError> {
    let birthday = card.profile.kept_birthday();
    let birthday = birthday.ok_or(ViewsError::Damaged { column: "birthday" })?;
    let born_on = card.profile.birth_date();
    let turned = born_on.map(|born| turning(born, birthday, on, rules));
    let (contact, contact_name) = card.contact.map(|c| (c.staff, c.name)).unzip();
    Ok(BirthdayRow {
        on,
        person: card.person,
        name: card.profile.name,
        unit: card.unit,
        contact,
        contact_name,
        birthday,
        born_on,
        full_age: turned.and_then(|t| t.full_age),
        nominal_age: turned.and_then(|t| t.nominal_age),
        named: turned.and_then(|t| t.named),
    })
}
