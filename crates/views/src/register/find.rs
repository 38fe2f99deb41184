use calendar::IdNumber;
use domain::CadreId;
use rusqlite::{Connection, OptionalExtension, ToSql, params_from_iter, types::Value};
use serde::{Deserialize, Serialize};

use super::{PersonCard, PersonRow, Status, reading};
use crate::{Page, PageRequest, ViewsError, read::parsed};

/// Whom to look for. What is left out does not narrow the search.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Find {
    /// A name or a part of it, its pinyin in full or as initials, an ID number or its last four
    /// characters, or digits of a telephone number: which it is shows in its characters.
    pub q: Option<String>,
    /// The unit that looks after them, in full.
    pub unit: Option<String>,
    /// A part of 原工作单位.
    pub work_unit: Option<String>,
    /// A part of 所在党支部.
    pub branch: Option<String>,
    /// 离休, 退休 or neither.
    pub status: Option<Status>,
    /// Whether they live.
    pub living: Option<bool>,
    /// Whether they are Party members.
    pub member: Option<bool>,
    /// Whether a hardship case is open.
    pub hardship: Option<bool>,
    /// Whether a primary contact is named.
    pub contact: Option<bool>,
    /// Duplicates too, whose person is kept under another record.
    pub superseded: bool,
}

/// The people found, by pinyin, name and id.
///
/// # Errors
/// [`ViewsError::SearchTooShort`] for fewer than four digits; the page token's errors.
pub fn find(
    conn: &Connection,
    find: &Find,
    request: &PageRequest,
) -> Result<Page<PersonRow>, ViewsError> {
    let mut conditions = Conditions::default();
    if let Some(q) = find.q.as_deref().and_then(Query::guess) {
        let (keys, params) = q.keys()?;
        conditions.keys = Some(keys);
        conditions.params = params;
    }
    if !find.superseded {
        conditions.and("r.superseded = 0", []);
    }
    if let Some(unit) = &find.unit {
        conditions.and("r.unit = ?", [Value::from(unit.clone())]);
    }
    if let Some(part) = &find.work_unit {
        conditions.and("instr(r.work_unit, ?)", [Value::from(part.clone())]);
    }
    if let Some(part) = &find.branch {
        conditions.and("instr(r.branch, ?)", [Value::from(part.clone())]);
    }
    if let Some(status) = find.status {
        conditions.and("r.status = ?", [Value::from(status.as_str().to_owned())]);
    }
    for (column, wanted) in [
        ("r.living = ?", find.living),
        ("r.member = ?", find.member),
        ("r.hardship = ?", find.hardship),
        ("(r.contact IS NOT NULL) = ?", find.contact),
    ] {
        if let Some(wanted) = wanted {
            conditions.and(column, [Value::from(wanted)]);
        }
    }
    if let Some(after) = request.after(find)? {
        conditions.and(
            "(r.sort, r.name, r.person) > (SELECT sort, name, person FROM register WHERE person = ?)",
            [Value::from(after.to_owned())],
        );
    }
    let people = conditions.select(conn, request)?;
    request.page(find, people, |row| row.person.to_string())
}

/// The card of one person; `None` if they are not in the register.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn get(conn: &Connection, person: CadreId) -> Result<Option<PersonCard>, ViewsError> {
    let card: Option<String> = conn
        .prepare_cached("SELECT card FROM register_card WHERE person = ?1")?
        .query_row([person.to_string()], |row| row.get(0))
        .optional()?;
    card.as_deref().map(PersonCard::read).transpose()
}

/// Everyone that a unit looks after, living or dead, duplicates too.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn people_of(conn: &Connection, unit: &str) -> Result<Vec<CadreId>, ViewsError> {
    let mut statement =
        conn.prepare_cached("SELECT person FROM register WHERE unit = ?1 ORDER BY person")?;
    let mut rows = statement.query([unit])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push(parsed(row, "person")?);
    }
    Ok(people)
}

/// What one search text can be.
#[derive(PartialEq, Eq)]
pub(super) enum Query {
    /// A whole ID number.
    IdNumber(String),
    /// The end of an ID number, or a part of a telephone number.
    Digits(String),
    /// Syllables or initials.
    Pinyin(String),
    /// Characters of a name.
    Name(String),
}

/// Three digits are shared by too many.
pub(super) const LEAST_DIGITS: usize = 4;

impl Query {
    /// What the text is; `None` if it is blank.
    pub(super) fn guess(text: &str) -> Option<Self> {
        if let Ok(number) = IdNumber::parse(text) {
            return Some(Query::IdNumber(number.as_str().to_owned()));
        }
        let text = reading::without_spaces(text);
        let bare = text.strip_suffix(['X', 'x', 'Ｘ', 'ｘ']).unwrap_or(&text);
        let digits = reading::digits(bare);
        let in_number = |c: char| reading::digit(c).is_some() || matches!(c, '-' | '－' | '+');
        if text.is_empty() {
            None
        } else if !digits.is_empty() && bare.chars().all(in_number) {
            let x = if bare == text { "" } else { "X" };
            Some(Query::Digits(digits + x))
        } else if text
            .chars()
            .all(|c| c.is_ascii() || matches!(c, 'ü' | 'Ü' | '’'))
        {
            Some(reading::typed(&text))
                .filter(|typed| !typed.is_empty())
                .map(Query::Pinyin)
        } else {
            Some(Query::Name(text))
        }
    }

    /// A question for the people it finds, with its parameters.
    fn keys(self) -> Result<(&'static str, Vec<Value>), ViewsError> {
        match self {
            Query::IdNumber(number) => {
                let last = number[number.len() - LEAST_DIGITS..].to_owned();
                let sql = "SELECT person FROM register
                           WHERE substr(id_number, -4) = ? AND id_number = ?";
                Ok((sql, vec![last.into(), number.into()]))
            }
            Query::Digits(digits) => {
                if digits.len() < LEAST_DIGITS {
                    return Err(ViewsError::SearchTooShort {
                        least: LEAST_DIGITS,
                    });
                }
                let last = digits[digits.len() - LEAST_DIGITS..].to_owned();
                let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
                let [from, to] = beginning_with(digits.clone());
                let sql = "SELECT person FROM register
                           WHERE substr(id_number, -4) = ? AND substr(id_number, -?) = ?
                           UNION
                           SELECT person FROM register_key WHERE key >= ? AND key < ?";
                Ok((
                    sql,
                    vec![last.into(), length.into(), digits.into(), from, to],
                ))
            }
            Query::Pinyin(text) | Query::Name(text) => {
                let sql = "SELECT DISTINCT person FROM register_key WHERE key >= ? AND key < ?";
                Ok((sql, beginning_with(text).into()))
            }
        }
    }
}

/// All keys that begin with a text lie between these two: no key holds the last character there is.
fn beginning_with(text: String) -> [Value; 2] {
    let end = format!("{text}{}", char::MAX);
    [text.into(), end.into()]
}

/// Conditions and their parameters, side by side.
#[derive(Default)]
struct Conditions {
    /// Who is looked at; all if not given. Its parameters come first.
    keys: Option<&'static str>,
    sql: Vec<&'static str>,
    params: Vec<Value>,
}

impl Conditions {
    fn and<const N: usize>(&mut self, sql: &'static str, params: [Value; N]) {
        self.sql.push(sql);
        self.params.extend(params);
    }

    fn select(
        mut self,
        conn: &Connection,
        request: &PageRequest,
    ) -> Result<Vec<PersonRow>, ViewsError> {
        let filter = if self.sql.is_empty() {
            "1".to_owned()
        } else {
            self.sql.join(" AND ")
        };
        self.params
            .push(Value::from(i64::try_from(request.rows()).unwrap_or(1)));
        // A cross join is carried out in the order written: first the few who are found.
        let found = match self.keys {
            Some(keys) => format!("({keys}) k CROSS JOIN register r ON r.person = k.person"),
            None => "register r".to_owned(),
        };
        // The page is cut before cards are read: a card is far larger than what is searched.
        let sql = format!(
            "SELECT c.card, p.hardship FROM (
                 SELECT sort, name, r.person, hardship FROM {found}
                 WHERE {filter} ORDER BY r.sort, r.name, r.person LIMIT ?
             ) p JOIN register_card c ON c.person = p.person
             ORDER BY p.sort, p.name, p.person"
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let rows = statement.query_map(
            params_from_iter(self.params.iter().map(|p| p as &dyn ToSql)),
            |row| Ok((row.get::<_, String>(0)?, row.get(1)?)),
        )?;
        rows.map(|row| {
            let (card, hardship) = row?;
            Ok(PersonCard::read(&card)?.into_row(hardship))
        })
        .collect()
    }
}
