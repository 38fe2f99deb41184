//! A server over a log in memory, and how the tests call it.

use std::{path::PathBuf, sync::Arc};

use app::{App, IdentityKey, Ids as _, Parts, SystemClock, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::Calendar;
use domain::{Actor, StaffId, Text, Unit};
use event_log::MemoryLog;
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};
use tonic::Status;
use tonic_types::{ErrorInfo, StatusExt};
use views::Views;

use crate::{Caller, Client, ServeError, Server, pb};

pub(super) struct World {
    pub(super) app: App,
    pub(super) client: Client,
    pub(super) url: String,
    end: oneshot::Sender<()>,
    served: JoinHandle<Result<(), ServeError>>,
    dir: TempDir,
}

pub(super) fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

pub(super) fn caller() -> Caller {
    Caller {
        actor: Actor {
            id: StaffId(text("wang.fang")),
            name: text("王芳"),
            role: text("clerk"),
            unit: Unit(text("老干部局")),
        },
        on_behalf_of: None,
        trace: None,
    }
}

pub(super) fn app() -> (App, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let app = App::new(Parts {
        log: Arc::new(MemoryLog::default()),
        views: Views::open(dir.path().join("views.db")).unwrap(),
        clock: Arc::new(SystemClock::default()),
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(&dir.path().join("attachments"), Limits::default())
            .unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    });
    (app, dir)
}

pub(super) async fn world() -> World {
    let (app, dir) = app();
    app.catch_up().await.unwrap();
    serve(app, dir).await
}

/// A server over an application that already holds something.
pub(super) async fn serve(app: App, dir: TempDir) -> World {
    let server = Server::bind(app.clone(), "127.0.0.1:0".parse().unwrap())
        .await
        .unwrap();
    let url = format!("http://{}", server.address());
    let (end, ended) = oneshot::channel();
    let served = tokio::spawn(server.run(async move {
        let _ = ended.await;
    }));
    let client = Client::connect(&url, caller()).await.unwrap();
    World {
        app,
        client,
        url,
        end,
        served,
        dir,
    }
}

impl World {
    /// Where attached files lie.
    pub(super) fn files(&self) -> PathBuf {
        self.dir.path().join("attachments")
    }

    pub(super) fn new_request(&self) -> String {
        SystemIds.next().to_string()
    }

    /// Calls by the generated client of a service.
    pub(super) async fn register(&self, name: &str) -> pb::Answer {
        let asked = pb::RegisterCadreRequest {
            request_id: self.new_request(),
            ..person(name)
        };
        let mut cadres = pb::cadre_service_client::CadreServiceClient::new(self.client.channel());
        let answer = cadres
            .register_cadre(self.client.request(asked))
            .await
            .unwrap();
        answer.into_inner().answer.unwrap()
    }

    pub(super) async fn visit(&self, asked: pb::RecordVisitRequest) -> Result<pb::Answer, Status> {
        let mut visits = pb::visit_service_client::VisitServiceClient::new(self.client.channel());
        let answer = visits.record_visit(self.client.request(asked)).await?;
        Ok(answer.into_inner().answer.unwrap())
    }

    /// Asks the server to end, and waits until it has.
    pub(super) async fn end(self) -> Result<(), ServeError> {
        let World {
            client,
            end,
            served,
            ..
        } = self;
        end.send(()).unwrap();
        drop(client);
        served.await.unwrap()
    }
}

pub(super) fn person(name: &str) -> pb::RegisterCadreRequest {
    pb::RegisterCadreRequest {
        unit: "老干部局".into(),
        retirement: Some(pb::Retirement {
            status: Some(pb::retirement::Status::Tuixiu(pb::Tuixiu {})),
        }),
        profile: Some(Box::new(pb::Profile {
            name: name.into(),
            ..pb::Profile::default()
        })),
        ..pb::RegisterCadreRequest::default()
    }
}

pub(super) fn home_visit(person: &str) -> pb::Visit {
    pb::Visit {
        person: person.into(),
        visited: "2026-05-01".into(),
        visitors: vec![pb::Visitor {
            name: "王芳".into(),
            ..pb::Visitor::default()
        }],
        mode: pb::Mode::Home.into(),
        purpose: Some(pb::Purpose {
            purpose: Some(pb::purpose::Purpose::Kind(pb::PurposeKind::Routine.into())),
        }),
        ..pb::Visit::default()
    }
}

/// The stable code and the facts of a failed call.
pub(super) fn info(status: &Status) -> ErrorInfo {
    status.get_error_details().error_info().unwrap().clone()
}
