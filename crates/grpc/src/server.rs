//! The server: what it listens on, what it offers, how it ends.

use std::{net::SocketAddr, time::Duration};

use app::App;
use futures::{StreamExt as _, stream};
use tokio::{io::DuplexStream, net::TcpListener, sync::oneshot};
use tonic::{service::Routes, transport::server::TcpIncoming};
use tonic_health::server::HealthReporter;

use crate::{
    api::Api,
    pb::{
        self, admin_service_server::AdminServiceServer, cadre_service_server::CadreServiceServer,
        calendar_service_server::CalendarServiceServer, duty_service_server::DutyServiceServer,
        fund_service_server::FundServiceServer, hardship_service_server::HardshipServiceServer,
        health_service_server::HealthServiceServer, import_service_server::ImportServiceServer,
        inspection_service_server::InspectionServiceServer,
        ledger_service_server::LedgerServiceServer, medal_service_server::MedalServiceServer,
        payment_batch_service_server::PaymentBatchServiceServer,
        petition_service_server::PetitionServiceServer, plan_service_server::PlanServiceServer,
        register_service_server::RegisterServiceServer, round_service_server::RoundServiceServer,
        rules_service_server::RulesServiceServer, visit_service_server::VisitServiceServer,
    },
    readiness, traces,
};

/// Why the server does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Others could reach it, and it could not tell who they are.
    #[error(
        "{address} is not a loopback address: until callers can be authenticated, only programs on this machine may call; listen on 127.0.0.1 or ::1"
    )]
    NotLoopback {
        /// Where it was to listen.
        address: SocketAddr,
    },
    /// It cannot listen there.
    #[error("cannot listen on {address}: {reason}; choose another port or end what uses it")]
    Listen {
        /// Where it was to listen.
        address: SocketAddr,
        /// Why not.
        reason: std::io::Error,
    },
    /// It broke off.
    #[error("the server broke off: {0}")]
    BrokeOff(#[from] tonic::transport::Error),
}

impl ServeError {
    /// Stable, snake_case; documented in `docs/errors.md`.
    pub fn code(&self) -> &'static str {
        match self {
            ServeError::NotLoopback { .. } => "listen_not_loopback",
            ServeError::Listen { .. } => "listen_failed",
            ServeError::BrokeOff(_) => "serve_broke_off",
        }
    }

    /// What is wrong and what to do, in Chinese. `Display` says the same in English.
    pub fn zh(&self) -> String {
        match self {
            ServeError::NotLoopback { address } => format!(
                "{address} 不是本机回环地址：在能够认证调用者之前，只允许本机程序调用，请改为监听 127.0.0.1 或 ::1"
            ),
            ServeError::Listen { address, reason } => {
                format!("无法监听 {address}：{reason}；请更换端口或结束占用它的程序")
            }
            ServeError::BrokeOff(reason) => format!("服务中断：{reason}"),
        }
    }
}

/// A server that listens; it answers once it is run.
pub struct Server {
    app: App,
    address: SocketAddr,
    incoming: TcpIncoming,
}

/// A connection on which nothing is heard is asked after this time …
const KEEPALIVE: Duration = Duration::from_secs(30);
/// … and given up after this.
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long calls under way may take to end once the server is told to.
const GRACE: Duration = Duration::from_secs(10);
/// Calls of one connection at once; the others wait.
const CALLS_PER_CONNECTION: usize = 256;

impl Server {
    /// Listens on a loopback address; port 0 takes a free one.
    ///
    /// # Errors
    /// [`ServeError::NotLoopback`], because the caller's word is taken for who acts;
    /// [`ServeError::Listen`].
    pub async fn bind(app: App, address: SocketAddr) -> Result<Self, ServeError> {
        if !address.ip().is_loopback() {
            return Err(ServeError::NotLoopback { address });
        }
        let listen = |reason| ServeError::Listen { address, reason };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let incoming = TcpIncoming::from(listener);
        let incoming = incoming
            .with_nodelay(Some(true))
            .with_keepalive(Some(KEEPALIVE));
        Ok(Server {
            app,
            address,
            incoming,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `shutdown`, and keeps the views up to date all that time; should they stop or fall
    /// behind, the health of the whole server (the empty name) says `NOT_SERVING`. Then lets the calls under way end for ten seconds; what was
    /// acknowledged is recorded, and a call cut off can be sent again with its request id.
    ///
    /// # Errors
    /// [`ServeError::BrokeOff`].
    pub async fn run(self, shutdown: impl Future<Output = ()>) -> Result<(), ServeError> {
        let (reporter, health) = tonic_health::server::health_reporter();
        let following = tokio::spawn(readiness::keep(self.app.clone(), reporter.clone()));
        let api = Api {
            app: self.app.clone(),
            followed: true,
        };
        let mut server = tonic::transport::Server::builder()
            .http2_keepalive_interval(Some(KEEPALIVE))
            .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
            .concurrency_limit_per_connection(CALLS_PER_CONNECTION)
            .trace_fn(|request| traces::call(request.uri(), request.headers()))
            .add_routes(services(api, &reporter).await)
            .add_service(health);
        let reflection = tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(pb::DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .build_v1();
        match reflection {
            Ok(reflection) => server = server.add_service(reflection),
            // The descriptors are compiled in, and a test reads them: this is for completeness.
            Err(error) => tracing::error!("reflection is not offered: {error}"),
        }
        let (told, is_told) = oneshot::channel();
        let served = server.serve_with_incoming_shutdown(self.incoming, async {
            shutdown.await;
            let _ = told.send(());
        });
        let out_of_time = async {
            let _ = is_told.await;
            tokio::time::sleep(GRACE).await;
        };
        let served = tokio::select! {
            served = served => served,
            // A caller that watches something would hold the server for ever.
            () = out_of_time => {
                tracing::warn!("calls under way were cut off");
                Ok(())
            }
        };
        following.abort();
        self.app.settled().await;
        Ok(served?)
    }
}

/// Answers one client of the same process, as long as the runtime is there. Nobody follows the log:
/// the views take over what was recorded when that client wants to see it.
pub(crate) async fn in_process(app: App, connection: DuplexStream) {
    let (reporter, _) = tonic_health::server::health_reporter();
    let api = Api {
        app,
        followed: false,
    };
    // The server ends with the connections that come, so it is kept waiting for a second one.
    let incoming = stream::iter([Ok::<_, std::io::Error>(connection)]).chain(stream::pending());
    let served = tonic::transport::Server::builder()
        .add_routes(services(api, &reporter).await)
        .serve_with_incoming(incoming)
        .await;
    if let Err(error) = served {
        tracing::error!("the connection in memory broke off: {error}");
    }
}

/// All services of the API; the reporter says of each that it serves.
async fn services(api: Api, reporter: &HealthReporter) -> Routes {
    let mut routes = Routes::builder();
    macro_rules! offer {
        ($($service:ident),+ $(,)?) => {$(
            reporter.set_serving::<$service<Api>>().await;
            routes.add_service($service::new(api.clone()));
        )+};
    }
    offer!(
        AdminServiceServer,
        CadreServiceServer,
        CalendarServiceServer,
        DutyServiceServer,
        FundServiceServer,
        HardshipServiceServer,
        HealthServiceServer,
        ImportServiceServer,
        InspectionServiceServer,
        LedgerServiceServer,
        MedalServiceServer,
        PaymentBatchServiceServer,
        PetitionServiceServer,
        PlanServiceServer,
        RegisterServiceServer,
        RoundServiceServer,
        RulesServiceServer,
        VisitServiceServer,
    );
    routes.routes()
}
