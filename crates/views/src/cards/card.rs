use calendar::{Date, When};
use domain::{
    BirthdayRules, CadreId, NamedAge, Text, Unit,
    cadre::{Living, Mobility, turning},
    hardship::Ground,
    visit::{Mode, Purpose},
};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::{
    ViewsError,
    hardship::CaseState,
    medal::MedalState,
    plans::{PlanState, one_plan},
    read::{json_column, optional, parsed, word},
    register::{Contact, PersonCard, Status},
};

/// What a contact needs to know of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Who.
    pub person: CadreId,
    /// 姓名.
    pub name: Text,
    /// 离休, 退休 or neither.
    pub status: Status,
    /// The unit that looks after them.
    pub unit: Unit,
    /// The primary contact.
    pub contact: Option<Contact>,
    /// 居住地址.
    pub residence: Option<Text>,
    /// 所在社区.
    pub community: Option<Text>,
    /// 联系电话.
    pub phone: Option<Text>,
    /// 紧急联系人.
    pub emergency_contact: Option<Text>,
    /// 居住情况.
    pub living: Option<Living>,
    /// 行动能力.
    pub mobility: Option<Mobility>,
    /// Their next birthday.
    pub birthday: Option<CardBirthday>,
    /// The last visit.
    pub last_visit: Option<CardVisit>,
    /// How many duties are still to be done for them.
    pub open_duties: u32,
    /// The last day in time of the first of these.
    pub earliest_due: Option<Date>,
    /// The hardship cases that are open.
    pub hardship: Vec<CardHardship>,
    /// The plan that is in force for them.
    pub plan: Option<CardPlan>,
    /// Their medals “光荣在党50年”, those under way too.
    pub medals: Vec<CardMedal>,
    /// The day of death.
    pub died_on: Option<Date>,
    /// The record that is kept instead of this one, which was a duplicate.
    pub kept_as: Option<CadreId>,
}

/// A birthday ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardBirthday {
    /// The day it is kept on; today or later.
    pub on: Date,
    /// 周岁 on that day, by the birthdays kept; nothing if the birth date is not known.
    pub full_age: Option<i16>,
    /// 虚岁 on that day.
    pub nominal_age: Option<i16>,
    /// The named age that makes it an important birthday.
    pub named: Option<NamedAge>,
}

/// The last visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardVisit {
    /// When.
    pub visited: When,
    /// How.
    pub mode: Mode,
    /// What for.
    pub purpose: Purpose,
}

/// An open hardship case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardHardship {
    /// 困难原因.
    pub ground: Ground,
    /// How far it is.
    pub state: CaseState,
    /// The day it was opened.
    pub opened: Date,
}

/// The plan in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPlan {
    /// 1 for the first plan of this person.
    pub plan: u32,
    /// The day of the next review.
    pub next_review: Date,
    /// Measures that are still to be done.
    pub to_do: u32,
    /// Of these, whose last day passed.
    pub overdue: u32,
}

/// A medal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardMedal {
    /// The year it is awarded for.
    pub year: i16,
    /// How far it is.
    pub state: MedalState,
}

/// Puts a card together, as it is today.
pub(super) fn fill(
    conn: &Connection,
    known: PersonCard,
    rules: &BirthdayRules,
    today: Date,
) -> Result<ContactCard, ViewsError> {
    let person = known.person;
    let (open_duties, earliest_due) = duties(conn, person)?;
    let status = known.status();
    let birthday = birthday(&known, rules, today).filter(|_| known.died_on.is_none());
    let (living, mobility) = known.living.map(|l| (l.living, l.mobility)).unzip();
    let profile = known.profile;
    Ok(ContactCard {
        person,
        name: profile.name,
        status,
        unit: known.unit,
        contact: known.contact,
        residence: profile.residence,
        community: profile.community,
        phone: profile.phone,
        emergency_contact: profile.emergency_contact,
        living,
        mobility: mobility.flatten(),
        birthday,
        last_visit: last_visit(conn, person)?,
        open_duties,
        earliest_due,
        hardship: all(
            conn,
            "SELECT ground, stage, opened FROM hardship
             WHERE person = ?1 AND closed IS NULL ORDER BY ground",
            person,
            hardship,
        )?,
        plan: plan(conn, person, today)?,
        medals: all(
            conn,
            "SELECT year, state FROM medal
             WHERE person = ?1 AND state NOT IN ('declined', 'revoked') ORDER BY year",
            person,
            medal,
        )?,
        died_on: known.died_on,
        kept_as: known.kept_as,
    })
}

fn birthday(known: &PersonCard, rules: &BirthdayRules, today: Date) -> Option<CardBirthday> {
    let kept = known.profile.kept_birthday()?;
    let on = kept.next(today).ok()?;
    let born_on = known.profile.birth_date();
    let turned = born_on.map(|born| turning(born, kept, on, rules));
    Some(CardBirthday {
        on,
        full_age: turned.and_then(|t| t.full_age),
        nominal_age: turned.and_then(|t| t.nominal_age),
        named: turned.and_then(|t| t.named),
    })
}

fn last_visit(conn: &Connection, person: CadreId) -> Result<Option<CardVisit>, ViewsError> {
    conn.prepare_cached(
        "SELECT visited, mode, purpose FROM duties_visit
         WHERE person = ?1 ORDER BY day DESC, visit DESC LIMIT 1",
    )?
    .query_row([person.to_string()], |row| Ok(visit(row)))
    .optional()?
    .transpose()
}

fn visit(row: &Row<'_>) -> Result<CardVisit, ViewsError> {
    Ok(CardVisit {
        visited: parsed(row, "visited")?,
        mode: word(row, "mode")?,
        purpose: json_column(row, "purpose")?,
    })
}

fn duties(conn: &Connection, person: CadreId) -> Result<(u32, Option<Date>), ViewsError> {
    conn.prepare_cached(
        "SELECT count(*) AS open, min(due_rolled) AS due FROM duties
         WHERE person = ?1 AND open = 1",
    )?
    .query_row([person.to_string()], |row| {
        let open = row.get("open")?;
        Ok(optional(row, "due").map(|due| (open, due)))
    })?
}

fn plan(conn: &Connection, person: CadreId, today: Date) -> Result<Option<CardPlan>, ViewsError> {
    let latest = one_plan(conn, person, None, today)?;
    let in_force = latest.filter(|(row, _)| row.state == PlanState::InForce);
    Ok(in_force.map(|(row, _)| CardPlan {
        plan: row.plan,
        next_review: row.next_review,
        to_do: row.to_do,
        overdue: row.overdue,
    }))
}

fn all<T>(
    conn: &Connection,
    sql: &str,
    person: CadreId,
    read: fn(&Row<'_>) -> Result<T, ViewsError>,
) -> Result<Vec<T>, ViewsError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([person.to_string()])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

fn hardship(row: &Row<'_>) -> Result<CardHardship, ViewsError> {
    Ok(CardHardship {
        ground: parsed(row, "ground")?,
        state: word(row, "stage")?,
        opened: parsed(row, "opened")?,
    })
}

fn medal(row: &Row<'_>) -> Result<CardMedal, ViewsError> {
    Ok(CardMedal {
        year: row.get("year")?,
        state: word(row, "state")?,
    })
}
