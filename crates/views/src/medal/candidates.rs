//! Who can be given the medal of a year, and about whom is it in doubt?

use calendar::Date;
use domain::{
    CadreId, MedalRules, Text, Unit,
    cadre::PartyStandingRecorded,
    medal::{Eligibility, MedalDoubt, eligibility},
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::MedalState;
use crate::{Page, PageRequest, ViewsError, read::word, register::PersonCard};

/// Whose medal. What is left out does not narrow the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateFilter {
    /// The year.
    pub year: i16,
    /// The unit that looks after the person.
    pub unit: Option<String>,
    /// 所在党支部, in full.
    pub branch: Option<String>,
}

/// Someone who can be given the medal of a year, or may be once a doubt is settled; with what that
/// rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedalCandidate {
    /// 公民身份号码, in full: the list goes to those who approve.
    pub id_number: Option<Text>,
    /// Who.
    pub person: CadreId,
    /// 姓名.
    pub name: Text,
    /// The unit that looks after them.
    pub unit: Unit,
    /// 所在党支部: it attests.
    pub branch: Option<Text>,
    /// Why it is in doubt; nothing about a candidate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<MedalDoubt>,
    /// The day of death, if they have died since 1 July of the year.
    pub died_on: Option<Date>,
    /// How far their medal of that year is; nothing if they are not put forward.
    pub state: Option<MedalState>,
    /// The Party dates, what settles the first day of standing, and what they are taken from.
    #[serde(flatten)]
    pub standing: PartyStandingRecorded,
}

/// The candidates of a year and those in doubt, by person's id. Whoever holds a medal, is put
/// forward for another year's, or had theirs revoked is neither.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn candidates(
    conn: &Connection,
    filter: &CandidateFilter,
    rules: &MedalRules,
    request: &PageRequest,
) -> Result<Page<MedalCandidate>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT c.card, m.year, m.state FROM register r
         JOIN register_card c ON c.person = r.person
         LEFT JOIN medal m ON m.person = r.person
             AND m.position = (SELECT max(position) FROM medal WHERE person = r.person)
         WHERE r.member AND NOT r.superseded
           AND (?1 IS NULL OR r.unit = ?1)
           AND (?2 IS NULL OR r.branch = ?2)
           AND r.person > ?3
         ORDER BY r.person",
    )?;
    let after = request.after(filter)?.unwrap_or_default();
    let mut rows = statement.query(params![filter.unit, filter.branch, after])?;
    let mut found = Vec::new();
    while found.len() <= request.limit()
        && let Some(row) = rows.next()?
    {
        let year: Option<i16> = row.get("year")?;
        let state = match year {
            Some(year) => match latest(word(row, "state")?, year, filter.year) {
                Latest::Closed => continue,
                Latest::None => None,
                Latest::ThisYear(state) => Some(state),
            },
            None => None,
        };
        let card = PersonCard::read(&row.get::<_, String>("card")?)?;
        found.extend(verdict(card, state, filter.year, rules));
    }
    request.page(filter, found, |row| row.person.to_string())
}

/// What the latest nomination leaves to do: there is one medal for each person.
enum Latest {
    /// Nothing: there is one, of another year, or there was one.
    Closed,
    /// All: it was declined.
    None,
    /// What remains of this year's.
    ThisYear(MedalState),
}

fn latest(state: MedalState, of: i16, year: i16) -> Latest {
    match state {
        MedalState::Declined => Latest::None,
        MedalState::Revoked => Latest::Closed,
        MedalState::Nominated
        | MedalState::Attested
        | MedalState::Approved
        | MedalState::Awarded
        | MedalState::Presented
        | MedalState::ToFamily
        | MedalState::Withheld => {
            if of == year {
                Latest::ThisYear(state)
            } else {
                Latest::Closed
            }
        }
    }
}

/// The rule is the domain's; here it is only asked.
fn verdict(
    card: PersonCard,
    state: Option<MedalState>,
    year: i16,
    rules: &MedalRules,
) -> Option<MedalCandidate> {
    let why = match eligibility(&card.known(), year, rules) {
        Eligibility::Eligible { .. } => None,
        Eligibility::Doubtful { why } => Some(why),
        Eligibility::NotYet { .. }
        | Eligibility::NotAMember
        | Eligibility::Died { .. }
        | Eligibility::Superseded => return None,
    };
    Some(MedalCandidate {
        id_number: card
            .profile
            .id_number
            .and_then(|number| Text::parse(number.as_str()).ok()),
        person: card.person,
        name: card.profile.name,
        unit: card.unit,
        branch: card.profile.branch,
        why,
        died_on: card.died_on,
        state,
        standing: card.party?,
    })
}
