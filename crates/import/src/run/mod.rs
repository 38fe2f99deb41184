//! The last step: what a row says becomes commands. Rows are sent side by side, except those that
//! speak of one thing: they keep their order, and the first of equal ones counts.

mod content;
mod groups;
mod hardship;
mod petitions;
mod register;
mod roster;
mod visits;

#[cfg(test)]
mod tests;

use app::{App, Reading, Request};
use calendar::Date;
use domain::CadreId;
use event_log::{RequestId, Source};
use futures::{StreamExt, stream};
use uuid::Uuid;

use crate::{
    Duplicate, Error, Kind, RejectedRow, Report,
    fault::{Fault, Finding},
    rejects,
    sheet::{self, Column, Row, Sheet},
};

/// How many things are being recorded at a time: the log commits together what waits together.
const SIDE_BY_SIDE: usize = 64;

/// How a file is to be imported.
#[derive(Debug, Clone)]
pub struct Options {
    /// Check everything, record nothing.
    pub dry_run: bool,
    /// Who imports. Each row becomes a request of its own, whose id follows from what the row says;
    /// this one's id is what they all have in common.
    pub request: Request,
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What became of each row.
    pub report: Report,
    /// A workbook of the rows that were not taken, with the reasons; nothing if all were. Corrected,
    /// it can be imported as it is.
    pub rejects: Option<Vec<u8>>,
}

/// What became of one row.
#[derive(Debug, Clone)]
enum Fate {
    Accepted,
    Unchanged,
    Duplicate(Option<CadreId>),
    Rejected(Vec<Finding>),
}

/// Imports a file: opens it by what it holds, finds its ledger, and records what its rows say.
///
/// `progress` is told how many rows are done, and how many there are. Nothing that was imported
/// before is recorded again: neither from the same file, nor from a corrected copy, nor from one
/// that holds more.
///
/// # Errors
/// [`Error::File`] if the file as a whole cannot be read; [`Error::App`] if the import had to stop.
pub async fn run(
    app: &App,
    kind: Kind,
    file_name: &str,
    bytes: Vec<u8>,
    options: Options,
    mut progress: impl FnMut(usize, usize),
) -> Result<Outcome, Error> {
    let file = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let sheet = sheet::ledger(sheet::open(bytes)?, kind.layout())?;
    let import = Import {
        app,
        reading: app.read_as(&options.request.actor),
        kind,
        file,
        sheet: &sheet,
        today: app.today(),
        options: &options,
    };
    let (mut fates, groups) = match kind {
        Kind::Roster => import.roster()?,
        Kind::Visits => import.visits().await?,
        Kind::Hardship => import.hardship().await?,
        Kind::Petitions => import.petitions()?,
    };
    let total = sheet.rows.len();
    let mut done = fates.iter().flatten().count();
    progress(done, total);
    let mut sent = stream::iter(groups.into_iter().map(|group| import.send(group)))
        .buffer_unordered(SIDE_BY_SIDE);
    while let Some(group) = sent.next().await {
        for (index, fate) in group? {
            if let Some(slot) = fates.get_mut(index) {
                *slot = Some(fate);
            }
            done += 1;
            progress(done, total);
        }
    }
    drop(sent);
    let report = import.report(&fates);
    let rejects = rejects::workbook(&sheet, &report.rejected)?;
    Ok(Outcome { report, rejects })
}

/// What a row says: which of the sheet's rows of data it is, its own number, and the draft.
type Draft<T> = (usize, u32, T);

/// One import under way.
struct Import<'a> {
    app: &'a App,
    reading: Reading,
    kind: Kind,
    file: &'a str,
    sheet: &'a Sheet,
    today: Date,
    options: &'a Options,
}

impl Import<'_> {
    /// The request of one row.
    fn request(&self, id: Uuid, row: u32) -> Request {
        let base = &self.options.request;
        Request {
            id: RequestId(id),
            source: Some(Source {
                document: self.file.to_owned(),
                sheet: self.sheet.name.clone(),
                row: Some(row),
            }),
            expected_revision: None,
            correlation: base.correlation.or(Some(base.id.0)),
            causation: base.causation.or(Some(base.id.0)),
            dry_run: self.options.dry_run || base.dry_run,
            ..base.clone()
        }
    }

    /// What an answer means for its row.
    fn fate(
        &self,
        answer: Result<app::Answer, app::Error>,
        column: impl FnOnce(&str) -> Column,
    ) -> Result<Fate, app::Error> {
        match answer {
            Ok(answer) => Ok(match answer.outcome {
                app::Outcome::Recorded => Fate::Accepted,
                app::Outcome::AlreadySo | app::Outcome::Repeated => Fate::Unchanged,
            }),
            Err(error) => match error.kind() {
                app::Kind::Rejected | app::Kind::Invalid | app::Kind::NotFound => {
                    let column = self.sheet.title(column(error.code()));
                    Ok(Fate::Rejected(vec![Finding::refused(column, &error)]))
                }
                app::Kind::Conflict
                | app::Kind::Forbidden
                | app::Kind::Unavailable
                | app::Kind::Internal => Err(error),
            },
        }
    }

    fn rejected(&self, column: Column, fault: &Fault) -> Fate {
        Fate::Rejected(vec![Finding::new(self.sheet.title(column), fault)])
    }

    fn report(&self, fates: &[Option<Fate>]) -> Report {
        let mut report = Report {
            kind: self.kind,
            file: self.file.to_owned(),
            dry_run: self.options.dry_run || self.options.request.dry_run,
            rows: self.sheet.rows.len(),
            accepted: 0,
            unchanged: 0,
            duplicates: Vec::new(),
            rejected: Vec::new(),
        };
        for (row, fate) in self.sheet.rows.iter().zip(fates.iter().flatten()) {
            let row = row.number;
            match fate {
                Fate::Accepted => report.accepted += 1,
                Fate::Unchanged => report.unchanged += 1,
                Fate::Duplicate(person) => {
                    report.duplicates.push(Duplicate {
                        row,
                        person: *person,
                    });
                }
                Fate::Rejected(findings) => {
                    report
                        .rejected
                        .extend(findings.iter().map(|finding| RejectedRow {
                            row,
                            column: finding.column.clone(),
                            code: finding.code.into(),
                            message: finding.message.clone(),
                        }));
                }
            }
        }
        report
    }

    /// Reads every row; those that cannot be read have their fate already.
    fn read<T>(
        &self,
        read: impl Fn(&Sheet, &Row, Date) -> Result<T, Vec<Finding>>,
    ) -> (Vec<Option<Fate>>, Vec<Draft<T>>) {
        let mut good = Vec::new();
        let fates = self
            .sheet
            .rows
            .iter()
            .enumerate()
            .map(|(index, row)| match read(self.sheet, row, self.today) {
                Ok(draft) => {
                    good.push((index, row.number, draft));
                    None
                }
                Err(findings) => Some(Fate::Rejected(findings)),
            })
            .collect();
        (fates, good)
    }
}
