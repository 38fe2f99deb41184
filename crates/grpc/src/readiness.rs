//! Whether the server should be asked: only while its views follow the log closely. And whether the ledger
//! does: where the log is not what was signed, people go on working, and the ledger's own service says it.

use std::time::Duration;

use app::{App, Error, Kind, Lag, LedgerLag, Signing};
use metrics::gauge;
use tokio::time::sleep;
use tonic_health::{ServingStatus, server::HealthReporter};
use views::State;

/// How many events of the log the views have not taken over, counted up to a thousand.
const LAG_EVENTS: &str = "sangyu_views_lag_events";
/// Seconds since the first event that the views have not taken over was recorded.
const LAG_SECONDS: &str = "sangyu_views_lag_seconds";
/// Seconds since the first event that no checkpoint covers was recorded.
const LEDGER_LAG_SECONDS: &str = "sangyu_ledger_lag_seconds";
/// How many events the newest checkpoint covers.
const LEDGER_SIZE: &str = "sangyu_ledger_size";
/// 1 while the ledger is signed, 0 while something stands in the way.
const LEDGER_SIGNED: &str = "sangyu_ledger_signed";
/// Whose health is that of the ledger.
const LEDGER: &str = "sangyu.v1.LedgerService";

/// How often it is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// How long after a failure the log is followed again.
const AGAIN: Duration = Duration::from_secs(1);
/// Answers older than this are no answers.
const MOST_LAG: Duration = Duration::from_secs(30);

/// Keeps the views up to date, and says whether they are.
pub(crate) async fn keep(app: App, reporter: HealthReporter) {
    tokio::select! {
        () = follow(&app, &reporter) => {}
        () = watch(&app, &reporter) => {}
    }
}

/// Follows the log; what may pass, as where the log cannot be reached, is tried again.
async fn follow(app: &App, reporter: &HealthReporter) {
    loop {
        let mut stopped = Some(app.follow().await);
        say(reporter, ServingStatus::NotServing).await;
        while let Some(error) = stopped {
            tracing::error!(code = error.code(), "the views stand still");
            if error.kind() != Kind::Unavailable {
                return;
            }
            sleep(AGAIN).await;
            stopped = app.catch_up().await.err();
        }
    }
}

async fn watch(app: &App, reporter: &HealthReporter) {
    loop {
        let lag = app.lag().await;
        tell(&lag);
        say(reporter, status(&app.views_status().state, &lag)).await;
        let ledger = app.ledger_lag().await;
        if let Some(status) = ledger_status(&ledger) {
            tell_ledger(&ledger, status);
            reporter.set_service_status(LEDGER, status).await;
        }
        sleep(EVERY).await;
    }
}

/// Nothing where there is no ledger that is signed.
fn ledger_status(lag: &Result<Option<LedgerLag>, Error>) -> Option<ServingStatus> {
    Some(match lag {
        Ok(None) => return None,
        Ok(Some(lag)) => match lag.signing {
            Signing::Following(_) if lag.age <= MOST_LAG => ServingStatus::Serving,
            Signing::Off | Signing::Following(_) | Signing::Waiting(_) | Signing::Refused(_) => {
                ServingStatus::NotServing
            }
        },
        Err(_) => ServingStatus::NotServing,
    })
}

fn tell_ledger(lag: &Result<Option<LedgerLag>, Error>, status: ServingStatus) {
    let signed = matches!(status, ServingStatus::Serving);
    gauge!(LEDGER_SIGNED).set(f64::from(u8::from(signed)));
    match lag {
        Ok(Some(lag)) => {
            gauge!(LEDGER_LAG_SECONDS).set(lag.age.as_secs_f64());
            gauge!(LEDGER_SIZE).set(u32::try_from(lag.size).unwrap_or(u32::MAX));
        }
        Ok(None) => {}
        Err(error) => {
            let code = error.code();
            tracing::warn!(code, "how far the ledger is behind cannot be told: {error}");
        }
    }
}

async fn say(reporter: &HealthReporter, status: ServingStatus) {
    reporter.set_service_status("", status).await;
}

fn tell(lag: &Result<Lag, Error>) {
    match lag {
        Ok(lag) => {
            gauge!(LAG_EVENTS).set(u32::try_from(lag.events).unwrap_or(u32::MAX));
            gauge!(LAG_SECONDS).set(lag.time.as_secs_f64());
        }
        Err(error) => {
            let code = error.code();
            tracing::warn!(code, "how far the views are behind cannot be told: {error}");
        }
    }
}

fn status(state: &State, lag: &Result<Lag, Error>) -> ServingStatus {
    match (state, lag) {
        (State::Answering, Ok(lag)) if lag.time <= MOST_LAG => ServingStatus::Serving,
        (State::Answering | State::Building | State::Stopped { .. }, _) => {
            ServingStatus::NotServing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lag(seconds: u64) -> Result<Lag, Error> {
        Ok(Lag {
            events: 1,
            time: Duration::from_secs(seconds),
        })
    }

    #[test]
    fn answers_older_than_half_a_minute_are_none() {
        let status = |lag| status(&State::Answering, &lag);
        assert!(matches!(status(lag(30)), ServingStatus::Serving));
        assert!(matches!(status(lag(31)), ServingStatus::NotServing));
        let unknown = Err(Error::Internal("the log".into()));
        assert!(matches!(status(unknown), ServingStatus::NotServing));
    }

    #[test]
    fn a_ledger_that_is_not_signed_is_not_well() {
        let status = |signing, seconds| {
            let lag = LedgerLag {
                signing,
                age: Duration::from_secs(seconds),
                size: 1,
            };
            matches!(ledger_status(&Ok(Some(lag))), Some(ServingStatus::Serving))
        };
        assert!(status(Signing::Following(None), 30));
        assert!(!status(Signing::Following(None), 31));
        assert!(!status(Signing::Refused("ledger_not_extended"), 0));
        assert!(!status(Signing::Waiting("ledger_io_failed"), 0));
        assert!(ledger_status(&Ok(None)).is_none());
    }

    #[test]
    fn views_that_are_being_built_are_not_asked() {
        let status = status(&State::Building, &lag(0));
        assert!(matches!(status, ServingStatus::NotServing));
    }
}
