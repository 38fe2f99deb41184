//! A whole bureau at a moment, in figures.

use domain::{Aggregate as _, petition::PetitionCase};
use event_log::Recorded;
use serde_json::{Value, json};
use views::{
    Connection, Replay, View as _, ViewsError, duties, funds, hardship, petitions, register,
    rounds, sealing,
};

use crate::{
    AsOf, Asked, Selection,
    dossier::{all, by, dossier, value},
};

/// The views that the figures are asked of.
pub(crate) const VIEWS: &[&str] = &[
    duties::DutiesView::NAME,
    funds::FundsView::NAME,
    hardship::HardshipView::NAME,
    petitions::PetitionsView::NAME,
    register::RegisterView::NAME,
    rounds::RoundsView::NAME,
];

/// The figures of the bureau at a moment, from its whole log, page by page to its end: who may see a
/// sealed petition is taken from today's record, the rest from the events that count then.
///
/// # Errors
/// [`ViewsError`].
pub fn of_bureau(
    pages: impl Iterator<Item = Vec<Recorded>>,
    as_of: AsOf,
    asked: &Asked,
) -> Result<Value, ViewsError> {
    let mut replay = Replay::on_disk()?;
    let replayed = replay.begin()?;
    let mut selection = Selection::new(as_of);
    for page in pages {
        let of_petition = |event: &&Recorded| event.stream.category() == PetitionCase::CATEGORY;
        let petitions: Vec<Recorded> = page.iter().filter(of_petition).cloned().collect();
        replayed.apply(&[sealing::SealingView::NAME], &petitions)?;
        replayed.apply(VIEWS, &selection.take(page))?;
    }
    replayed.apply(VIEWS, &selection.finish()?)?;
    replayed.index(VIEWS)?;
    dossier(&replayed, asked)
}

/// What the views answer about the bureau as a whole.
pub(crate) fn figures(conn: &Connection, asked: &Asked) -> Result<Value, ViewsError> {
    let (day, reader) = (asked.day, &asked.reader);
    let units = register::counts_by_unit(conn)?;
    let coverage = duties::coverage(conn, &duties::CoverageFilter::default(), day)?;
    let funds = funds::report(conn, &funds::FundFilter::default())?;
    let of = petitions::FiguresFilter::default();
    let petitions = petitions::figures(conn, of, None, day, reader)?;
    let rounds = all(|page| rounds::list(conn, &rounds::RoundFilter::default(), page))?;
    Ok(json!({
        "counts": value(&register::counts(conn, None)?)?,
        "units": by(&units, |row| row.unit.clone())?,
        "duties": by(&coverage, |row| format!("{} {}", row.unit, row.rule))?,
        "hardship": value(&hardship::totals(conn, &hardship::HardshipFilter::default())?)?,
        "funds": by(&funds, |row| row.fund.to_string())?,
        "petitions": value(&petitions.all)?,
        "rounds": by(&rounds, |row| row.round.to_string())?,
    }))
}
