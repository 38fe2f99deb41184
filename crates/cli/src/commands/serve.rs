use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use grpc::{ServeError, Server};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::oneshot,
    time::sleep,
};

use crate::{
    args,
    bureau::{Bureau, ledger_secret},
    config::Config,
    failure::{Exit, Failure},
    output,
    telemetry::offer_metrics,
};

/// How often the reactors look at the clock; they also look whenever something was recorded.
const TICK: Duration = Duration::from_secs(30);

/// Serves the bureau until it is told to end.
pub(crate) async fn run(args: &args::Serve, config: &Config) -> Result<(), Failure> {
    let listen = listen(args.listen.as_deref(), config)?;
    let mut bureau = Bureau::open(config).await?;
    serve(&mut bureau, listen, config, |url| {
        output::say(&format!(
            "Sangyu serves {} on {url} — Ctrl-C ends it.",
            config.data.display()
        ));
    })
    .await
}

/// Where to listen: the flag, else the configuration.
pub(crate) fn listen(flag: Option<&str>, config: &Config) -> Result<SocketAddr, Failure> {
    match flag {
        None => Ok(config.listen),
        Some(text) => text.parse().map_err(|_| {
            Failure::usage(
                "listen_invalid",
                format!("{text} is no address: write it as 127.0.0.1:7300"),
                format!("{text} 不是有效的监听地址，请写成 127.0.0.1:7300 的形式"),
            )
        }),
    }
}

/// Serves a bureau that is open; `started` is told the address.
pub(crate) async fn serve(
    bureau: &mut Bureau,
    listen: SocketAddr,
    config: &Config,
    started: impl FnOnce(&str),
) -> Result<(), Failure> {
    if let Some(listen) = config.telemetry.metrics {
        offer_metrics(listen)?;
    }
    let secret = Arc::new(ledger_secret(config)?);
    let server = Server::bind(bureau.app.clone(), listen).await?;
    let ended = asked_to_end()?;
    let url = format!("http://{}", server.address());
    bureau
        .announce(&url)
        .map_err(|e| Failure::io("write", Path::new("lock"), &e))?;
    started(&url);
    let app = bureau.app.clone();
    let reacting = tokio::spawn(async move { app.keep_reacting(|| sleep(TICK)).await });
    let (end, told_to_end) = oneshot::channel();
    let app = bureau.app.clone();
    let signing = tokio::spawn(async move {
        let ended = async {
            let _ = told_to_end.await;
        };
        app.keep_signing(secret, ended).await;
    });
    let served = server.run(ended).await;
    // What it was about to say is said after the next start.
    reacting.abort();
    // What was recorded up to here is signed.
    let _ = end.send(());
    if signing.await.is_err() {
        tracing::error!("the signing of the ledger had failed");
    }
    Ok(served?)
}

/// Ends with Ctrl-C, or with the signal by which a service manager ends a service; listens for both
/// from the moment it is called.
fn asked_to_end() -> Result<impl Future<Output = ()>, Failure> {
    let listen =
        |kind| signal(kind).map_err(|e| Failure::io("listen for", Path::new("signals"), &e));
    let (mut interrupt, mut terminate) = (
        listen(SignalKind::interrupt())?,
        listen(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        let exit = match error {
            ServeError::NotLoopback { .. } => Exit::Usage,
            ServeError::Listen { .. } => Exit::Unavailable,
            ServeError::BrokeOff(_) => Exit::Failed,
        };
        Failure::new(exit, error.code(), error.to_string(), error.zh())
    }
}
