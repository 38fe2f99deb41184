//! All that the views know of one thing, as one document.
//!
//! The fields are those of the questions it is put together from. Lists of things are objects by what
//! each thing is known by, so that two documents can be compared: a person's duties by their ids,
//! what is told in order by its number.

use calendar::Date;
use domain::{
    Actor, Aggregate as _, CadreId, PetitionId, hardship::HardshipId, petition::PetitionCase,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use views::{
    Connection, Page, PageRequest, View as _, ViewsError, duties, funds, hardship, history, medal,
    petitions, plans, register,
};

use crate::{Subject, bureau};

/// The views that the dossier of one thing is asked of. Who may see a sealed petition is not among them: that is for
/// the live views to say, before anything is asked here.
pub(crate) const VIEWS: &[&str] = &[
    duties::DutiesView::NAME,
    funds::FundsView::NAME,
    hardship::HardshipView::NAME,
    history::HistoryView::NAME,
    medal::MedalView::NAME,
    petitions::PetitionsView::NAME,
    plans::PlansView::NAME,
    register::RegisterView::NAME,
];

/// Where a document tells what happened.
pub(crate) const HISTORY: &str = "/history";

/// Whose dossier is asked for, on which day, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Whose.
    pub subject: Subject,
    /// The day from which days are counted.
    pub day: Date,
    /// By whom.
    pub reader: Actor,
}

/// Puts the document together from what these views hold. What the views know nothing of is an empty
/// document.
///
/// # Errors
/// What the questions give.
pub fn dossier(conn: &Connection, asked: &Asked) -> Result<Value, ViewsError> {
    match &asked.subject {
        Subject::Person(person) => of_person(conn, *person, asked),
        Subject::Petition(petition) => of_petition(conn, *petition, asked),
        Subject::Hardship(id) => of_hardship(conn, *id, asked),
        Subject::Fund(fund) => {
            let of = funds::FundFilter {
                unit: Some(fund.unit.0.to_string()),
                year: Some(fund.year),
            };
            let mut known = funds::report(conn, &of)?.into_iter();
            let known = known.find(|row| row.fund == *fund);
            let mut document = value(&known)?;
            put(&mut document, "history", of_stream(conn, asked)?);
            Ok(document)
        }
        Subject::Unit(_) | Subject::Bureau => bureau::figures(conn, asked),
    }
}

fn of_person(conn: &Connection, person: CadreId, asked: &Asked) -> Result<Value, ViewsError> {
    let day = asked.day;
    let mut card = value(&register::get(conn, person)?)?;
    key_list(&mut card, "treatments", &["treatment", "from"]);
    key_list(&mut card, "survivors", &["name", "relation"]);
    let of = duties::DutyFilter {
        person,
        open: false,
    };
    let duties = all(|page| duties::of_person(conn, &of, day, page))?;
    let of = medal::MedalFilter {
        person: Some(person),
        ..medal::MedalFilter::default()
    };
    let medals = all(|page| medal::list(conn, &of, page))?;
    let history = all(|page| history::of_person(conn, person, page))?;
    let mut document = json!({
        "person": card,
        "duties": by(&duties, |row| row.duty.to_string())?,
        "medals": by(&medals, |row| row.year.to_string())?,
        "plans": plans(conn, person, day)?,
        "petitions": petitions_in(conn, &history, person, asked)?,
        "visits": visits(&history)?,
        "history": told(&history)?,
    });
    add_cases(&mut document, conn, Some(person), None)?;
    Ok(document)
}

fn of_petition(conn: &Connection, id: PetitionId, asked: &Asked) -> Result<Value, ViewsError> {
    let mut document = value(&petitions::get(conn, id, asked.day, &asked.reader)?)?;
    number_lists(&mut document);
    put(&mut document, "history", of_stream(conn, asked)?);
    Ok(document)
}

fn of_hardship(conn: &Connection, id: HardshipId, asked: &Asked) -> Result<Value, ViewsError> {
    let mut document = json!({ "history": of_stream(conn, asked)? });
    add_cases(&mut document, conn, Some(id.person), Some(id))?;
    Ok(document)
}

/// The hardship cases and what was paid in them.
fn add_cases(
    document: &mut Value,
    conn: &Connection,
    person: Option<CadreId>,
    of: Option<HardshipId>,
) -> Result<(), ViewsError> {
    let filter = hardship::HardshipFilter {
        person,
        ground: of.map(|id| id.ground),
        ..hardship::HardshipFilter::default()
    };
    let cases = all(|page| hardship::list(conn, &filter, page))?;
    let mut payments = Vec::new();
    for case in &cases {
        let id = HardshipId {
            person: case.person,
            ground: case.ground,
        };
        let paid = hardship::payments(conn, id)?.into_iter();
        payments.extend(paid.filter(|payment| payment.case == case.case));
    }
    let case = |ground: &str, number: u32| format!("{ground}-{number}");
    let known = by(&cases, |c| case(c.ground.as_str(), c.case))?;
    put(document, "hardship", known);
    let paid = by(&payments, |p| {
        format!("{}-{}", case(p.ground.as_str(), p.case), p.voucher)
    })?;
    put(document, "payments", paid);
    Ok(())
}

fn plans(conn: &Connection, person: CadreId, day: Date) -> Result<Value, ViewsError> {
    let of = plans::PlanFilter {
        person: Some(person),
        ..plans::PlanFilter::default()
    };
    let mut pages = Map::new();
    for row in all(|page| plans::list(conn, &of, day, page))? {
        let mut page = value(&plans::get(conn, person, Some(row.plan), day)?)?;
        for list in ["needs", "measures", "reviews"] {
            key_list(&mut page, list, &["number"]);
        }
        pages.insert(row.plan.to_string(), page);
    }
    Ok(Value::Object(pages))
}

/// The petitions that are in the person's history: no sealed one is.
fn petitions_in(
    conn: &Connection,
    history: &[history::HistoryEntry],
    person: CadreId,
    asked: &Asked,
) -> Result<Value, ViewsError> {
    let of = petitions::PetitionFilter {
        person: Some(person),
        ..petitions::PetitionFilter::default()
    };
    let mut known = all(|page| petitions::list(conn, &of, &asked.reader, page))?;
    known.retain(|row| {
        let stream = format!("{}-{}", PetitionCase::CATEGORY, row.petition);
        history.iter().any(|entry| entry.stream == stream)
    });
    by(&known, |row| row.petition.to_string())
}

/// The visits as they read now.
fn visits(history: &[history::HistoryEntry]) -> Result<Value, ViewsError> {
    let mut visits = Map::new();
    let stand = history.iter().filter(|entry| entry.superseded_by.is_none());
    for entry in stand {
        let Some(id) = entry.stream.strip_prefix("visit-") else {
            continue;
        };
        let mut said: Value = serde_json::from_str(entry.data.get()).map_err(|_| DAMAGED)?;
        // What was withdrawn says nothing of a visit.
        if let Some(visit) = said.get_mut("visit") {
            visits.insert(id.to_owned(), visit.take());
        }
    }
    Ok(Value::Object(visits))
}

fn of_stream(conn: &Connection, asked: &Asked) -> Result<Value, ViewsError> {
    let Ok(Some(stream)) = asked.subject.stream() else {
        return Ok(json!({}));
    };
    told(&all(|page| {
        history::of_stream(conn, &stream, &asked.reader, page)
    })?)
}

/// What happened, by stream and revision.
fn told(history: &[history::HistoryEntry]) -> Result<Value, ViewsError> {
    let of = |entry: &history::HistoryEntry| format!("{}@{}", entry.stream, entry.revision);
    let told = history.iter().map(|entry| {
        let said = json!({
            "event": entry.event,
            "what": entry.what,
            "occurred": entry.occurred,
            "recorded": entry.recorded,
            "actor": entry.actor,
            "on_behalf_of": entry.on_behalf_of,
            "superseded": entry.superseded_by.is_some(),
        });
        (of(entry), said)
    });
    Ok(Value::Object(told.collect()))
}

/// Every item of a list that is answered by pages.
pub(crate) fn all<T>(
    ask: impl Fn(&PageRequest) -> Result<Page<T>, ViewsError>,
) -> Result<Vec<T>, ViewsError> {
    let mut items = Vec::new();
    let mut page = PageRequest {
        page_size: u32::MAX,
        page_token: None,
    };
    loop {
        let answered = ask(&page)?;
        items.extend(answered.items);
        page.page_token = answered.next_page_token;
        if page.page_token.is_none() {
            return Ok(items);
        }
    }
}

pub(crate) fn by<T: Serialize>(
    items: &[T],
    key: impl Fn(&T) -> String,
) -> Result<Value, ViewsError> {
    let keyed = items.iter().map(|item| Ok((key(item), value(item)?)));
    Ok(Value::Object(keyed.collect::<Result<_, ViewsError>>()?))
}

/// Nothing is an empty document.
pub(crate) fn value(known: &impl Serialize) -> Result<Value, ViewsError> {
    let value = serde_json::to_value(known).map_err(|_| DAMAGED)?;
    Ok(match value {
        Value::Null => json!({}),
        value => value,
    })
}

const DAMAGED: ViewsError = ViewsError::Damaged { column: "data" };

pub(crate) fn put(document: &mut Value, name: &str, part: Value) {
    if let Some(fields) = document.as_object_mut() {
        fields.insert(name.to_owned(), part);
    }
}

/// Makes a list an object by these fields of its items.
fn key_list(whole: &mut Value, list: &str, key: &[&str]) {
    if let Some(items) = whole.get_mut(list).filter(|list| list.is_array()) {
        *items = keyed(items.take(), |_, item| {
            let parts = key.iter().map(|field| match &item[field] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            parts.collect::<Vec<_>>().join(" ")
        });
    }
}

/// Makes every list of things in it an object by their numbers, from 1: such lists only grow.
fn number_lists(value: &mut Value) {
    if value
        .as_array()
        .is_some_and(|l| l.iter().all(Value::is_object))
    {
        *value = keyed(value.take(), |number, _| number.to_string());
    }
    if let Some(fields) = value.as_object_mut() {
        fields.values_mut().for_each(number_lists);
    }
}

fn keyed(list: Value, key: impl Fn(usize, &Value) -> String) -> Value {
    let Value::Array(items) = list else {
        return list;
    };
    let items = (1..).zip(items);
    Value::Object(items.map(|(n, item)| (key(n, &item), item)).collect())
}
