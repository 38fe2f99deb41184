use std::collections::HashSet;

use calendar::{Date, Timestamp};
use domain::{
    CadreId, RoundId, StaffId, Text, Unit,
    round::{ExcuseGround, RoundKind, RoundPlan},
};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize, de::IntoDeserializer};

use super::eligible;
use crate::{
    Page, PageRequest, ViewsError,
    read::{optional, optional_text, parsed, word},
    register::PersonCard,
};

/// How far a round is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundState {
    /// 已制定方案.
    Planned,
    /// 进行中: its audience is frozen.
    Running,
    /// 已办结.
    Closed,
    /// 已取消.
    Cancelled,
}

impl RoundState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            RoundState::Planned => "planned",
            RoundState::Running => "running",
            RoundState::Closed => "closed",
            RoundState::Cancelled => "cancelled",
        }
    }
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRow {
    /// Its id.
    pub round: RoundId,
    /// As it was planned.
    pub plan: RoundPlan,
    /// How far it is.
    pub state: RoundState,
    /// The moment its audience was frozen; nothing before it starts.
    pub started: Option<Timestamp>,
    /// Its figures; all nothing before it starts.
    pub figures: RoundFigures,
}

/// What a round's coverage is made of: reached / eligible.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFigures {
    /// 应走访: all of the frozen list, excused or not.
    pub eligible: u64,
    /// Of those, who was given to a member of staff.
    pub assigned: u64,
    /// Of those, who was visited.
    pub reached: u64,
    /// Of those, who was not visited and is excused.
    pub excused: u64,
}

/// Which rounds. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFilter {
    /// What they are for.
    pub kind: Option<RoundKind>,
    /// How far they are.
    pub state: Option<RoundState>,
    /// Whose people; those for everyone's are in every list.
    pub unit: Option<String>,
}

/// Which of a round's people are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundList {
    /// 未走访: of the frozen list, excused or not.
    #[default]
    NotReached,
    /// 已走访.
    Reached,
    /// 后来符合条件: not on the frozen list.
    Late,
}

/// Whose coverage. What is left out does not narrow the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageFilter {
    /// The round.
    pub round: RoundId,
    /// Which of its people.
    pub list: RoundList,
    /// Those given to this member of staff; it narrows the people, not the figures.
    pub staff: Option<String>,
}

/// How far a round has come, and one of its lists of names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundCoverage {
    /// The round with its figures.
    pub round: RoundRow,
    /// How many came late.
    pub late: u64,
    /// The people, by id.
    pub people: Page<RoundPerson>,
}

/// One person of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPerson {
    /// Who.
    pub person: CadreId,
    /// 姓名; nothing if they are not in the register.
    pub name: Option<Text>,
    /// The unit that looks after them.
    pub unit: Option<Unit>,
    /// Who goes.
    pub staff: Option<StaffId>,
    /// Their name.
    pub staff_name: Option<Text>,
    /// Why they cannot be reached.
    pub excused: Option<ExcuseGround>,
    /// The day of the first visit that counts.
    pub reached_on: Option<Date>,
}

/// The first visit to `p` that fulfils the round of kind ?2 from ?3 until ?4.
const REACHED_ON: &str = "(SELECT min(v.visited_on) FROM rounds_visit v
    WHERE v.person = p.person AND v.kind = ?2 AND v.visited_on BETWEEN ?3 AND ?4)";

/// The rounds, the latest first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &RoundFilter,
    request: &PageRequest,
) -> Result<Page<RoundRow>, ViewsError> {
    let after = request.after(filter)?;
    let after = after.map(|key| key.split_once('.').ok_or(ViewsError::TokenMalformed));
    let (after_day, after_round) = after.transpose()?.unzip();
    let mut statement = conn.prepare_cached(
        "SELECT * FROM rounds
         WHERE (?1 IS NULL OR plan ->> 'kind' = ?1)
           AND (?2 IS NULL OR state = ?2)
           AND (?3 IS NULL OR coalesce(plan ->> 'unit', ?3) = ?3)
           AND (?4 IS NULL OR (\"from\", round) < (?4, ?5))
         ORDER BY \"from\" DESC, round DESC LIMIT ?6",
    )?;
    let mut rows = statement.query(params![
        filter.kind.map(RoundKind::as_str),
        filter.state.map(RoundState::as_str),
        filter.unit,
        after_day,
        after_round,
        request.rows(),
    ])?;
    let mut rounds = Vec::new();
    while let Some(row) = rows.next()? {
        rounds.push(round(conn, row)?);
    }
    request.page(filter, rounds, |row| {
        format!("{}.{}", row.plan.from, row.round)
    })
}

/// A round's figures and one of its lists; nothing if there is no such round. While it goes on, who
/// came late is whoever meets its rule now; once it is closed, whoever did then.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn coverage(
    conn: &Connection,
    filter: &CoverageFilter,
    request: &PageRequest,
) -> Result<Option<RoundCoverage>, ViewsError> {
    let mut statement = conn.prepare_cached("SELECT * FROM rounds WHERE round = ?1")?;
    let mut rows = statement.query([filter.round.to_string()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let round = round(conn, row)?;
    let running = round.state == RoundState::Running;
    let latecomers = if running {
        latecomers(conn, &round)?
    } else {
        vec![]
    };
    let late = if running {
        latecomers.len() as u64
    } else {
        let sql = "SELECT count(*) FROM rounds_person WHERE round = ?1 AND late";
        conn.prepare_cached(sql)?
            .query_row([round.round.to_string()], |row| row.get(0))?
    };
    let people = match filter.list {
        RoundList::Late if running => met_now(conn, &round, latecomers, filter, request)?,
        RoundList::Late | RoundList::NotReached | RoundList::Reached => {
            listed(conn, &round, filter, request)?
        }
    };
    Ok(Some(RoundCoverage {
        people: request.page(filter, people, |person| person.person.to_string())?,
        round,
        late,
    }))
}

fn round(conn: &Connection, row: &Row<'_>) -> Result<RoundRow, ViewsError> {
    let id: RoundId = parsed(row, "round")?;
    let plan: String = row.get("plan")?;
    let plan: RoundPlan =
        serde_json::from_str(&plan).map_err(|_| ViewsError::Damaged { column: "plan" })?;
    let figures = figures(conn, id, &plan)?;
    Ok(RoundRow {
        round: id,
        plan,
        state: word(row, "state")?,
        started: optional(row, "started")?,
        figures,
    })
}

fn figures(conn: &Connection, id: RoundId, plan: &RoundPlan) -> Result<RoundFigures, ViewsError> {
    let sql = format!(
        "SELECT count(*), count(staff), count(reached_on), count(excused) FILTER (WHERE reached_on IS NULL)
         FROM (SELECT p.staff, p.excused, {REACHED_ON} AS reached_on
               FROM rounds_person p WHERE p.round = ?1 AND NOT p.late)"
    );
    let [kind, from, until] = span(plan);
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(params![id.to_string(), kind, from, until], |row| {
            Ok(RoundFigures {
                eligible: row.get(0)?,
                assigned: row.get(1)?,
                reached: row.get(2)?,
                excused: row.get(3)?,
            })
        })?)
}

/// Which visits fulfil it.
fn span(plan: &RoundPlan) -> [String; 3] {
    [
        plan.kind.as_str().to_owned(),
        plan.from.to_string(),
        plan.until.to_string(),
    ]
}

/// Those of a list that is kept.
fn listed(
    conn: &Connection,
    round: &RoundRow,
    filter: &CoverageFilter,
    request: &PageRequest,
) -> Result<Vec<RoundPerson>, ViewsError> {
    let sql = format!(
        "SELECT * FROM (
             SELECT p.*, r.name, r.unit, {REACHED_ON} AS reached_on
             FROM rounds_person p LEFT JOIN register r ON r.person = p.person
             WHERE p.round = ?1 AND p.late = ?5 AND p.person > ?6
               AND (?7 IS NULL OR p.staff = ?7))
         WHERE ?8 IS NULL OR (reached_on IS NOT NULL) = ?8
         ORDER BY person LIMIT ?9"
    );
    let (late, reached) = match filter.list {
        RoundList::NotReached => (false, Some(false)),
        RoundList::Reached => (false, Some(true)),
        RoundList::Late => (true, None),
    };
    let [kind, from, until] = span(&round.plan);
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![
        round.round.to_string(),
        kind,
        from,
        until,
        late,
        request.after(filter)?.unwrap_or_default(),
        filter.staff,
        reached,
        request.rows(),
    ])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push(RoundPerson {
            person: parsed(row, "person")?,
            name: optional_text(row, "name")?,
            unit: optional_text(row, "unit")?.map(Unit),
            staff: optional_text(row, "staff")?.map(StaffId),
            staff_name: optional_text(row, "staff_name")?,
            excused: ground(row)?,
            reached_on: optional(row, "reached_on")?,
        });
    }
    Ok(people)
}

fn ground(row: &Row<'_>) -> Result<Option<ExcuseGround>, ViewsError> {
    let word: Option<String> = row.get("excused")?;
    let read = |word: String| {
        ExcuseGround::deserialize(word.into_deserializer())
            .map_err(|_: serde::de::value::Error| ViewsError::Damaged { column: "excused" })
    };
    word.map(read).transpose()
}

/// The cards of those who meet the rule now and are not on the frozen list.
fn latecomers(conn: &Connection, round: &RoundRow) -> Result<Vec<PersonCard>, ViewsError> {
    let mut statement =
        conn.prepare_cached("SELECT person FROM rounds_person WHERE round = ?1 AND NOT late")?;
    let frozen: HashSet<String> = statement
        .query_map([round.round.to_string()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut met = eligible(conn, &round.plan)?;
    met.retain(|card| !frozen.contains(&card.person.to_string()));
    Ok(met)
}

/// The same as lines of a list. Nobody goes to them by this round.
fn met_now(
    conn: &Connection,
    round: &RoundRow,
    latecomers: Vec<PersonCard>,
    filter: &CoverageFilter,
    request: &PageRequest,
) -> Result<Vec<RoundPerson>, ViewsError> {
    let after = request.after(filter)?.unwrap_or_default();
    let sql = format!("SELECT {REACHED_ON} FROM (SELECT ?1 AS person) p");
    let mut reached_on = conn.prepare_cached(&sql)?;
    let [kind, from, until] = span(&round.plan);
    latecomers
        .into_iter()
        .filter(|card| filter.staff.is_none() && card.person.to_string().as_str() > after)
        .take(request.limit() + 1)
        .map(|card| {
            let asked = params![card.person.to_string(), kind, from, until];
            let day: Option<String> = reached_on.query_row(asked, |row| row.get(0))?;
            let day = day.map(|day| day.parse()).transpose();
            Ok(RoundPerson {
                person: card.person,
                name: Some(card.profile.name),
                unit: Some(card.unit),
                staff: None,
                staff_name: None,
                excused: None,
                reached_on: day.map_err(|_| ViewsError::Damaged {
                    column: "reached_on",
                })?,
            })
        })
        .collect()
}
