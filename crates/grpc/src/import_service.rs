//! Imports: a file in, a report out.

use app::{Error, Request};
use event_log::RequestId;
use import::{Duplicate, Kind, Options, Outcome, RejectedRow, Report};
use tonic::{Response, Status, Streaming};

use crate::{
    api::{Api, finish},
    caller::Caller,
    fields::{Faults, Fields, Word, shown, words},
    pb::{
        self, ImportRequest, ImportResponse, import_request::Part as Asked,
        import_response::Part as Answered,
    },
    status,
    stream::{self, CHUNK_BYTES, Out, Parts},
};

/// The largest file that is taken: many times a city's ledgers of ten years.
const MOST_BYTES: usize = 64 * 1024 * 1024;

words! {
    pb::ImportKind = Kind { Roster, Visits, Hardship, Petitions }
}

/// What is imported, and how.
struct Header {
    kind: Kind,
    file_name: String,
    options: Options,
    want_rejects: bool,
}

#[tonic::async_trait]
impl pb::import_service_server::ImportService for Api {
    type ImportStream = Parts<ImportResponse>;

    async fn import(
        &self,
        request: tonic::Request<Streaming<ImportRequest>>,
    ) -> Result<Response<Parts<ImportResponse>>, Status> {
        let caller = Caller::read(request.metadata()).map_err(status::of_unauthenticated)?;
        let mut parts = request.into_inner();
        let header = finish(match next(&mut parts).await? {
            Some(Asked::Header(asked)) => {
                let faults = Faults::default();
                let header = header(&faults.root(), caller, asked);
                faults.check(header)
            }
            Some(Asked::Chunk(_)) | None => {
                Err(Error::invalid("header", "it must come first", "须最先发送"))
            }
        })?;
        let api = self.clone();
        Ok(Response::new(stream::of(|out| async move {
            api.run(parts, header, out).await
        })))
    }
}

impl Api {
    async fn run(
        &self,
        mut parts: Streaming<ImportRequest>,
        header: Header,
        out: Out<ImportResponse>,
    ) -> Result<(), Status> {
        let file = file(&mut parts).await?;
        let Header {
            kind,
            file_name,
            options,
            want_rejects,
        } = header;
        let progress = |done: usize, total: usize| {
            out.perhaps(answered(Answered::Progress(pb::ImportProgress {
                done: done as u64,
                total: total as u64,
            })));
        };
        let imported = import::run(&self.app, kind, &file_name, file, options, progress).await;
        let Outcome { report, rejects } = match imported {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::info!(code = error.code(), "the import did not come to its end");
                return Err(status::of_import(&error));
            }
        };
        self.settle().await;
        self.let_views_follow().await;
        out.surely(answered(Answered::Report(shown_report(report))))
            .await;
        if want_rejects {
            for chunk in rejects.unwrap_or_default().chunks(CHUNK_BYTES) {
                out.surely(answered(Answered::RejectsChunk(chunk.to_vec())))
                    .await;
            }
        }
        Ok(())
    }

    /// Who imports looks at the result next; the import itself does not depend on the views.
    async fn let_views_follow(&self) {
        if let Ok(head) = self.app.log().head().await
            && self.wait(head).await.is_err()
        {
            tracing::info!("the views have not yet taken over what was imported");
        }
    }
}

async fn next(parts: &mut Streaming<ImportRequest>) -> Result<Option<Asked>, Status> {
    Ok(stream::next(parts).await?.and_then(|part| part.part))
}

async fn file(parts: &mut Streaming<ImportRequest>) -> Result<Vec<u8>, Status> {
    let mut file = Vec::new();
    while let Some(part) = next(parts).await? {
        let fault = match part {
            Asked::Chunk(chunk) if file.len() + chunk.len() <= MOST_BYTES => {
                file.extend(chunk);
                continue;
            }
            Asked::Chunk(_) => Error::invalid(
                "chunk",
                "the file has over 64 MiB: import it in parts",
                "文件超过 64 MiB，请拆分后导入",
            ),
            Asked::Header(_) => Error::invalid("header", "it must come once", "只能发送一次"),
        };
        return finish(Err(fault));
    }
    Ok(file)
}

fn header(f: &Fields<'_>, caller: Caller, asked: pb::ImportHeader) -> Option<Header> {
    let id = f.id("header.request_id", &asked.request_id);
    let kind = f.word("header.kind", asked.kind);
    let file_name = f.text("header.file_name", &asked.file_name);
    let request = Request {
        on_behalf_of: caller.on_behalf_of,
        trace: caller.trace,
        ..Request::new(RequestId(id?), caller.actor)
    };
    Some(Header {
        kind: kind?,
        file_name: file_name?.into(),
        options: Options {
            dry_run: asked.dry_run,
            request,
        },
        want_rejects: asked.want_rejects,
    })
}

fn answered(part: Answered) -> ImportResponse {
    ImportResponse { part: Some(part) }
}

fn shown_report(report: Report) -> pb::ImportReport {
    let duplicate = |Duplicate { row, person }| pb::ImportDuplicate {
        row,
        person: shown(person),
    };
    let rejected = |RejectedRow {
                        row,
                        column,
                        code,
                        message,
                    }| pb::RejectedRow {
        row,
        column,
        code: code.into_owned(),
        message,
    };
    pb::ImportReport {
        kind: report.kind.write(),
        file: report.file,
        dry_run: report.dry_run,
        rows: report.rows as u64,
        accepted: report.accepted as u64,
        unchanged: report.unchanged as u64,
        duplicates: report.duplicates.into_iter().map(duplicate).collect(),
        rejected: report.rejected.into_iter().map(rejected).collect(),
    }
}

pub(crate) fn read_report(f: &Fields<'_>, report: pb::ImportReport) -> Option<Report> {
    let duplicate = |f: &Fields<'_>, pb::ImportDuplicate { row, person }| {
        Some(Duplicate {
            row,
            person: f.optional_id("person", &person)?,
        })
    };
    let rejected = |pb::RejectedRow {
                        row,
                        column,
                        code,
                        message,
                    }| RejectedRow {
        row,
        column,
        code: code.into(),
        message,
    };
    Some(Report {
        kind: f.word("kind", report.kind)?,
        file: report.file,
        dry_run: report.dry_run,
        rows: count(report.rows),
        accepted: count(report.accepted),
        unchanged: count(report.unchanged),
        duplicates: f.all("duplicates", report.duplicates, duplicate)?,
        rejected: report.rejected.into_iter().map(rejected).collect(),
    })
}

/// No list is longer than memory.
pub(crate) fn count(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
