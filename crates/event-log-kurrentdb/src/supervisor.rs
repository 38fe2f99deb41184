//! Keeps a client that works.
//!
//! The official client does not mend itself: after a failed first connection it refuses every call
//! for ever, and after the death of the node it speaks to it goes on calling that node. So it is
//! thrown away and made anew, with growing pauses, whenever a call shows that it is of no use. A
//! client that is dropped leaves a task and a connection behind; so each lives on a runtime of its
//! own, which ends them.

use std::{future::poll_fn, io, mem, pin::pin, sync::Arc, time::Duration};

use event_log::{LogError, StorageFault};
use kurrentdb::{Client, ClientSettings};
use tokio::{
    runtime::{Builder, Runtime},
    sync::Mutex,
    task::spawn_blocking,
    time::{Instant, sleep, sleep_until, timeout_at},
};

use crate::{
    Settings, certificate,
    error::{Problem, unavailable},
};

/// The pause before the second attempt of a call; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A call gets at least so many attempts before its deadline, should no node answer.
const ATTEMPTS: u32 = 4;

/// What a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Append,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::Read => "read",
            Purpose::Append => "append",
        }
    }
}

pub(crate) struct Supervisor {
    settings: Settings,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How many were made.
    made: u64,
    /// How many were of no use since the last answer.
    useless: u32,
    next_not_before: Option<Instant>,
}

#[derive(Clone)]
struct Held {
    client: Client,
    number: u64,
    home: Arc<Home>,
}

/// Where a client lives, with its tasks and connections, until the last call to it has ended.
struct Home(Option<Runtime>);

impl Home {
    fn new() -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("kurrentdb")
            .enable_all()
            .build()?;
        Ok(Home(Some(runtime)))
    }

    fn client(&self, settings: ClientSettings) -> Result<Client, String> {
        let runtime = self.0.as_ref().ok_or("it has ended")?;
        Client::with_runtime_handle(runtime.handle().clone(), settings).map_err(|e| e.to_string())
    }

    /// Awaits a call so that what it starts lives here.
    async fn keep<F: Future>(&self, call: F) -> F::Output {
        let mut call = pin!(call);
        poll_fn(|cx| {
            let _here = self.0.as_ref().map(Runtime::enter);
            call.as_mut().poll(cx)
        })
        .await
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // Without waiting: a runtime cannot be waited for from within another.
            runtime.shutdown_background();
        }
    }
}

impl Supervisor {
    pub(crate) fn new(settings: Settings) -> Self {
        // The one provider of cryptography for TLS. Where it was chosen before, it stays chosen.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Supervisor {
            settings,
            state: Mutex::default(),
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Asks until there is an answer, or a refusal that would be the same again, or the deadline is
    /// over. An append may be asked several times: it must be one that the server recognises.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] at the deadline; for an append `unknown` if a node may have got it.
    /// [`StorageFault::LoginRefused`] and [`StorageFault::CertificateRefused`] as soon as they are known.
    pub(crate) async fn call<T, F>(
        &self,
        purpose: Purpose,
        mut ask: impl FnMut(Client) -> F,
    ) -> Result<T, LogError>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        let started = Instant::now();
        let deadline = started + self.settings.deadline;
        let mut unknown = false;
        let mut looked_at_certificates = false;
        let mut fault = None;
        let mut reason = "no node answered".to_owned();
        let mut pause = FIRST_PAUSE;
        loop {
            let Ok(held) = timeout_at(deadline, self.client()).await else {
                break;
            };
            let held = held?;
            let patience = (Instant::now() + self.settings.deadline / ATTEMPTS).min(deadline);
            let asked = held.home.keep(ask(held.client));
            let problem = match timeout_at(patience, asked).await {
                Ok(Ok(answer)) => {
                    self.state.lock().await.useless = 0;
                    metrics::histogram!("sangyu_log_call_seconds", "call" => purpose.name())
                        .record(started.elapsed());
                    return Ok(answer);
                }
                Ok(Err(problem)) => problem,
                Err(_) => Problem::Lost {
                    reason: "no answer in time".to_owned(),
                    sent: true,
                },
            };
            match problem {
                Problem::Refused(LogError::Unavailable { reason: why, .. }) => {
                    reason = why;
                    break;
                }
                Problem::Refused(error) => return Err(error),
                Problem::Denied => {
                    fault = Some(StorageFault::LoginRefused);
                    reason = "access denied".to_owned();
                    break;
                }
                Problem::NotLeader => {}
                Problem::Unfinished(why) => (unknown, reason) = (true, why),
                Problem::Lost { reason: why, sent } => {
                    unknown |= sent;
                    self.discard(held.number, &why).await;
                    reason = why;
                    // Once: there are other reasons why no node is reached.
                    if !sent && !mem::replace(&mut looked_at_certificates, true) {
                        let looked = timeout_at(deadline, self.certificate_refused()).await;
                        if let Ok(Some(why)) = looked {
                            fault = Some(StorageFault::CertificateRefused);
                            reason = why;
                            break;
                        }
                    }
                }
            }
            metrics::counter!("sangyu_log_retries_total", "call" => purpose.name()).increment(1);
            if timeout_at(deadline, sleep(pause)).await.is_err() {
                break;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        let unknown = unknown && purpose == Purpose::Append;
        if unknown {
            metrics::counter!("sangyu_log_unknown_outcomes_total").increment(1);
        }
        let detail = format!("{}: {reason}", self.settings);
        Err(match fault {
            Some(fault) => LogError::Storage {
                fault,
                detail,
                unknown,
            },
            None => LogError::Unavailable {
                reason: detail,
                unknown,
            },
        })
    }

    /// What is wrong with the certificates of the nodes, if that is it.
    async fn certificate_refused(&self) -> Option<String> {
        let connection = self.settings.connection.clone();
        let looked = spawn_blocking(move || certificate::refused(&connection));
        looked.await.ok().flatten()
    }

    /// The client that is held, or a new one once the pause since the last useless one is over.
    async fn client(&self) -> Result<Held, LogError> {
        let mut state = self.state.lock().await;
        if let Some(held) = &state.held {
            return Ok(held.clone());
        }
        if let Some(moment) = state.next_not_before {
            sleep_until(moment).await;
        }
        let failed = |why: String| unavailable(&format!("{}: {why}", self.settings));
        let home = Home::new().map_err(|e| failed(e.to_string()))?;
        let client = home
            .client(self.settings.connection.clone())
            .map_err(failed)?;
        state.made += 1;
        if state.made > 1 {
            metrics::counter!("sangyu_log_reconnects_total").increment(1);
        }
        let held = Held {
            client,
            number: state.made,
            home: Arc::new(home),
        };
        state.held = Some(held.clone());
        Ok(held)
    }

    /// Throws the client of this number away, if nobody else has done so.
    async fn discard(&self, number: u64, why: &str) {
        let mut state = self.state.lock().await;
        let another = |held: &Held| held.number != number;
        if state.held.as_ref().is_none_or(another) {
            return;
        }
        if state.useless == 0 {
            tracing::warn!(
                "the log at {} is lost, connecting anew: {why}",
                self.settings
            );
        }
        let pause = FIRST_PAUSE * 2_u32.pow(state.useless.min(6));
        state.held = None;
        state.useless += 1;
        state.next_not_before = Some(Instant::now() + pause.min(LONGEST_PAUSE));
    }
}
