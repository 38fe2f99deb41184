//! Calls a server and gives its answers back in the words of the record, so that a program shows
//! the same whether it works on a directory or on a server.

use std::{io, time::Duration};

use app::{App, Kind, Reaction, Violation};
use domain::{CadreId, Text};
use event_log::RequestId;
use hyper_util::rt::TokioIo;
use serde_json::Value as Json;
use tonic::{
    Request, Response, Status,
    codegen::http::uri::PathAndQuery,
    transport::{Channel, Endpoint, Uri},
};
use views::{
    Page, PageRequest, Progress,
    hardship::{HardshipCase, HardshipFilter, HardshipTotals},
    history::HistoryEntry,
    medal::{CandidateFilter, MedalCandidate},
    register::{Counts, Find, PersonRow, UnitCounts},
};

pub use crate::pb::{
    admin_service_client::AdminServiceClient, cadre_service_client::CadreServiceClient,
    calendar_service_client::CalendarServiceClient, duty_service_client::DutyServiceClient,
    hardship_service_client::HardshipServiceClient, health_service_client::HealthServiceClient,
    import_service_client::ImportServiceClient, medal_service_client::MedalServiceClient,
    petition_service_client::PetitionServiceClient, register_service_client::RegisterServiceClient,
    visit_service_client::VisitServiceClient,
};
use crate::{
    Caller, admin,
    contract::{self, Dynamic, Method, Shown},
    fields::{Faults, Fields, Word, shown},
    hardship, history,
    import_service::{self, count},
    medal, pb, person, server, status,
    stream::CHUNK_BYTES,
};

mod documents;
mod duty;
mod funds;
mod inspection;
mod ledger;
mod petitions;
mod rules;

pub use documents::Attached;
pub use inspection::BundleSummary;

/// Why a call failed, as the server says it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub struct Error {
    /// Which kind of failure it is.
    pub kind: Kind,
    /// The stable code.
    pub code: String,
    /// What is wrong and what to do, in English.
    pub en: String,
    /// The same in Chinese.
    pub zh: String,
    /// The fields at fault, if the request is malformed.
    pub faults: Vec<Fault>,
}

/// A field at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its path, such as `visit.visitors[0].name`.
    pub field: String,
    /// What is wrong with it, in English.
    pub en: String,
}

impl From<app::Error> for Error {
    fn from(error: app::Error) -> Self {
        let (kind, code) = (error.kind(), error.code().to_owned());
        let (en, zh) = (error.to_string(), error.zh());
        let mut faults = Vec::new();
        if let app::Error::Invalid(violations) = error {
            let fault = |Violation { field, en, .. }| Fault { field, en };
            faults.extend(violations.into_iter().map(fault));
        }
        Error {
            kind,
            code,
            en,
            zh,
            faults,
        }
    }
}

/// A server, as one caller uses it. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    channel: Channel,
    caller: Caller,
}

const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes under way on a connection in memory.
const IN_FLIGHT: usize = 64 * 1024;

impl Client {
    /// Connects to a server such as `http://127.0.0.1:7300`, to act as `caller`.
    ///
    /// # Errors
    /// [`Kind::Invalid`] if that is no address of a server, [`Kind::Unavailable`] if none answers.
    pub async fn connect(url: &str, caller: Caller) -> Result<Self, Error> {
        let endpoint = Endpoint::from_shared(url.to_owned()).map_err(|_| Error {
            kind: Kind::Invalid,
            code: "server_address_invalid".into(),
            en: "that is no address of a server: write it as http://127.0.0.1:7300".into(),
            zh: "服务器地址无效，请写成 http://127.0.0.1:7300 的形式".into(),
            faults: Vec::new(),
        })?;
        let endpoint = endpoint.connect_timeout(PATIENCE).tcp_nodelay(true);
        let channel = endpoint.connect().await.map_err(|_| Error {
            kind: Kind::Unavailable,
            code: "server_unreachable".into(),
            en: format!("no server answers at {url}: start one with `sangyu serve`"),
            zh: format!("无法连接 {url}，请先用 sangyu serve 启动服务"),
            faults: Vec::new(),
        })?;
        Ok(Client { channel, caller })
    }

    /// Serves an application to one client of the same process, over a connection in memory that no
    /// one else can reach, to act as `caller`. It ends with the runtime. The application's views
    /// must be up to date; what is recorded later is taken over when this client wants to see it.
    pub fn in_process(app: App, caller: Caller) -> Self {
        let (ours, theirs) = tokio::io::duplex(IN_FLIGHT);
        tokio::spawn(server::in_process(app, theirs));
        let mut ours = Some(ours);
        let connector = tower::service_fn(move |_: Uri| {
            let connection = ours.take().map(TokioIo::new);
            std::future::ready(connection.ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe)))
        });
        // The address is never looked up: the connector is the connection.
        let channel =
            Endpoint::from_static("http://localhost").connect_with_connector_lazy(connector);
        Client { channel, caller }
    }

    /// The connection, for calls by the generated clients.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// A request that says who calls.
    pub fn request<M>(&self, message: M) -> Request<M> {
        let mut request = Request::new(message);
        self.caller.write(request.metadata_mut());
        request
    }

    /// Makes any call of the API that does not come in parts. The request is JSON as
    /// [`contract`](crate::contract) describes it.
    ///
    /// # Errors
    /// [`Kind::Invalid`] with every fault if the request cannot be read; what the server says.
    pub async fn call(&self, method: &Method, request: Json) -> Result<Shown, Error> {
        let described = method.described();
        let message = contract::request(&described.input(), request)?;
        let path = format!(
            "/{}/{}",
            described.parent_service().full_name(),
            described.name()
        );
        let path = PathAndQuery::try_from(path)
            .map_err(|error| app::Error::Internal(error.to_string()))?;
        let mut grpc = tonic::client::Grpc::new(self.channel());
        grpc.ready().await.map_err(|error| {
            let broken = app::Error::Unavailable(error.to_string());
            Error::from(broken)
        })?;
        let codec = Dynamic(described.output());
        let answer = answered(grpc.unary(self.request(message), path, codec).await)?;
        Ok(contract::shown(&answer))
    }

    /// People of the register.
    ///
    /// # Errors
    /// What the server says.
    pub async fn find_people(
        &self,
        find: Find,
        page: PageRequest,
    ) -> Result<Page<PersonRow>, Error> {
        let asked = pb::FindPeopleRequest {
            q: shown(find.q),
            unit: shown(find.unit),
            work_unit: shown(find.work_unit),
            branch: shown(find.branch),
            status: find.status.map(Word::write).unwrap_or_default(),
            living: find.living,
            member: find.member,
            hardship: find.hardship,
            contact: find.contact,
            superseded: find.superseded,
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut register = RegisterServiceClient::new(self.channel());
        let found = answered(register.find_people(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, person::read_row)
    }

    /// All that was done for a person, newest first.
    ///
    /// # Errors
    /// What the server says.
    pub async fn history(
        &self,
        person: CadreId,
        page: PageRequest,
    ) -> Result<Page<HistoryEntry>, Error> {
        let asked = pb::GetHistoryRequest {
            person: person.to_string(),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut register = RegisterServiceClient::new(self.channel());
        let found = answered(register.get_history(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, history::read_entry)
    }

    /// The counts of the whole register with those of each unit, or of one unit.
    ///
    /// # Errors
    /// What the server says.
    pub async fn counts(&self, unit: Option<Text>) -> Result<(Counts, Vec<UnitCounts>), Error> {
        let asked = pb::GetCountsRequest {
            unit: shown(unit),
            position: String::new(),
        };
        let mut register = RegisterServiceClient::new(self.channel());
        let found = answered(register.get_counts(self.request(asked)).await)?;
        read(|f| {
            let counts = f.message("counts", found.counts, person::read_counts);
            counts.zip(f.all("units", found.units, person::read_unit_counts))
        })
    }

    /// Hardship cases.
    ///
    /// # Errors
    /// What the server says.
    pub async fn hardship_cases(
        &self,
        filter: HardshipFilter,
        page: PageRequest,
    ) -> Result<Page<HardshipCase>, Error> {
        let asked = pb::ListHardshipCasesRequest {
            state: filter.state.map(Word::write).unwrap_or_default(),
            ground: filter.ground.map(Word::write).unwrap_or_default(),
            unit: shown(filter.unit),
            person: shown(filter.person),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut cases = HardshipServiceClient::new(self.channel());
        let found = answered(cases.list_hardship_cases(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, hardship::read_case)
    }

    /// What hardship cases add up to.
    ///
    /// # Errors
    /// What the server says.
    pub async fn hardship_totals(&self, filter: HardshipFilter) -> Result<HardshipTotals, Error> {
        let asked = pb::GetHardshipTotalsRequest {
            state: filter.state.map(Word::write).unwrap_or_default(),
            ground: filter.ground.map(Word::write).unwrap_or_default(),
            unit: shown(filter.unit),
            person: shown(filter.person),
            position: String::new(),
        };
        let mut cases = HardshipServiceClient::new(self.channel());
        let found = answered(cases.get_hardship_totals(self.request(asked)).await)?;
        read(|f| f.message("totals", found.totals, hardship::read_totals))
    }

    /// The candidates for the medal of a year and those in doubt, of both together a page.
    ///
    /// # Errors
    /// What the server says.
    pub async fn medal_candidates(
        &self,
        filter: CandidateFilter,
        page: PageRequest,
    ) -> Result<Page<MedalCandidate>, Error> {
        let asked = pb::ListMedalCandidatesRequest {
            year: filter.year.into(),
            unit: shown(filter.unit),
            branch: shown(filter.branch),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut medals = MedalServiceClient::new(self.channel());
        let found = answered(medals.list_medal_candidates(self.request(asked)).await)?;
        let rows = [found.candidates, found.doubtful].concat();
        page_of(rows, found.next_page_token, medal::read_candidate)
    }

    /// Has the server build its views anew.
    ///
    /// # Errors
    /// What the server says.
    pub async fn rebuild_views(&self, mut progress: impl FnMut(Progress)) -> Result<(), Error> {
        let mut admin = AdminServiceClient::new(self.channel());
        let asked = self.request(pb::RebuildViewsRequest {});
        let mut parts = answered(admin.rebuild_views(asked).await)?;
        while let Some(part) = parts
            .message()
            .await
            .map_err(|status| status::read(&status))?
        {
            progress(read(|f| admin::read_part(f, &part))?);
        }
        Ok(())
    }

    /// Has the server ask everything whose time has come what it has to say.
    ///
    /// # Errors
    /// What the server says.
    pub async fn react(&self) -> Result<Vec<Reaction>, Error> {
        let mut admin = AdminServiceClient::new(self.channel());
        let reacted = answered(admin.react(self.request(pb::ReactRequest {})).await)?;
        let reactions = reacted.reactions.into_iter();
        Ok(reactions.map(admin::read_reaction).collect())
    }

    /// Imports a file; as `import::run`. The rejected rows are asked for.
    ///
    /// # Errors
    /// What the server says.
    pub async fn import(
        &self,
        kind: import::Kind,
        file_name: &str,
        file: Vec<u8>,
        (request, dry_run): (RequestId, bool),
        mut progress: impl FnMut(usize, usize),
    ) -> Result<import::Outcome, Error> {
        use pb::{import_request::Part as Asked, import_response::Part as Answered};
        let header = pb::ImportHeader {
            request_id: request.to_string(),
            kind: kind.write(),
            file_name: file_name.to_owned(),
            dry_run,
            want_rejects: true,
        };
        let chunks: Vec<Asked> = file
            .chunks(CHUNK_BYTES)
            .map(|chunk| Asked::Chunk(chunk.to_vec()))
            .collect();
        let parts = std::iter::once(Asked::Header(header)).chain(chunks);
        let parts = parts.map(|part| pb::ImportRequest { part: Some(part) });
        let asked = self.request(futures::stream::iter(parts));
        let mut imports = ImportServiceClient::new(self.channel());
        let mut answers = answered(imports.import(asked).await)?;
        let (mut report, mut rejects) = (None, Vec::new());
        while let Some(answer) = answers
            .message()
            .await
            .map_err(|status| status::read(&status))?
        {
            match answer.part {
                Some(Answered::Progress(at)) => progress(count(at.done), count(at.total)),
                Some(Answered::Report(shown)) => report = Some(shown),
                Some(Answered::RejectsChunk(chunk)) => rejects.extend(chunk),
                None => {}
            }
        }
        let report = read(|f| f.message("report", report, import_service::read_report))?;
        Ok(import::Outcome {
            report,
            rejects: Some(rejects).filter(|book| !book.is_empty()),
        })
    }
}

fn answered<T>(answer: Result<Response<T>, Status>) -> Result<T, Error> {
    answer
        .map(Response::into_inner)
        .map_err(|status| status::read(&status))
}

fn page_of<M, T>(
    items: Vec<M>,
    next_page_token: String,
    item: impl Fn(&Fields<'_>, M) -> Option<T>,
) -> Result<Page<T>, Error> {
    let items = read(|f| f.all("items", items, item))?;
    let next_page_token = Some(next_page_token).filter(|token| !token.is_empty());
    Ok(Page {
        items,
        next_page_token,
    })
}

/// Reads an answer. A fault in it is the server's, of another version most likely.
fn read<T>(read: impl FnOnce(&Fields<'_>) -> Option<T>) -> Result<T, Error> {
    let faults = Faults::default();
    let answer = read(&faults.root());
    faults.check(answer).map_err(|error| Error {
        kind: Kind::Internal,
        code: "answer_malformed".into(),
        en: format!("the server's answer cannot be read, use the same version: {error}"),
        zh: format!("无法读取服务器的答复，请使用相同版本：{}", error.zh()),
        faults: Vec::new(),
    })
}
