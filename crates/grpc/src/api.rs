//! What every service stands on.

use app::{Answer, App, Error, Kind, Outcome, Reading};
use event_log::Position;
use tonic::{Request, Status};

use crate::{
    caller::Caller,
    calls::{Call, HasHead},
    fields::{Faults, Fields},
    page::PATIENCE,
    pb, status,
};

/// All services. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Api {
    pub(crate) app: App,
    /// Whether the views follow the log by themselves.
    pub(crate) followed: bool,
}

impl Api {
    /// Carries out a command: reads it, every fault at once, and answers.
    pub(crate) async fn command<R, C: Call>(
        &self,
        request: Request<R>,
        call: fn(R) -> C,
    ) -> Result<pb::Answer, Status> {
        let caller = Caller::read(request.metadata()).map_err(status::of_unauthenticated)?;
        let call = call(request.into_inner());
        let faults = Faults::default();
        let head = call.head().read(caller, &faults.root());
        let new_id = head.as_ref().map(|head| head.new_id(C::KIND));
        let asked = call.read(new_id, &faults.root());
        let carried_out = match faults.check(head.zip(asked)) {
            Ok((head, (id, command))) => C::execute(&self.app, id, command, &head).await,
            Err(error) => Err(error),
        };
        self.settle().await;
        finish(carried_out.map(answer))
    }

    /// Reads a call for many things at once, every fault at once.
    pub(crate) fn many<R: HasHead, T>(
        &self,
        request: Request<R>,
        read: impl FnOnce(&Fields<'_>, R) -> Option<T>,
    ) -> Result<(app::Request, T), Status> {
        let caller = Caller::read(request.metadata()).map_err(status::of_unauthenticated)?;
        let request = request.into_inner();
        let faults = Faults::default();
        let head = request.head().read(caller, &faults.root());
        let asked = read(&faults.root(), request);
        faults
            .check(head.zip(asked))
            .map_err(|error| status::of(&error))
    }

    /// Reads a query, every fault at once, and who asks it.
    pub(crate) fn asked<R, Q>(
        &self,
        request: Request<R>,
        read: impl FnOnce(&Fields<'_>, R) -> Option<Q>,
    ) -> Result<(Reading, Q), Status> {
        let caller = Caller::read(request.metadata()).map_err(status::of_unauthenticated)?;
        let faults = Faults::default();
        let query = read(&faults.root(), request.into_inner());
        let query = faults.check(query).map_err(|error| status::of(&error))?;
        Ok((self.app.read_as(&caller.actor), query))
    }

    /// Asks a question once the views have what the caller wants to see.
    pub(crate) async fn at<T>(
        &self,
        position: Option<Position>,
        question: impl Future<Output = Result<T, Error>> + Send,
    ) -> Result<T, Status> {
        let answer = finish(match self.wait(position).await {
            Ok(()) => question.await,
            Err(error) => Err(error),
        });
        self.settle().await;
        answer
    }

    /// A process that serves one caller ends with the answer: what was tried is recorded before.
    /// That caller holds the whole log, so the time it takes tells them nothing.
    pub(crate) async fn settle(&self) {
        if !self.followed {
            self.app.settled().await;
        }
    }

    /// Waits until the views have taken over what stands there in the log.
    pub(crate) async fn wait(&self, position: Option<Position>) -> Result<(), Error> {
        let Some(position) = position else {
            return Ok(());
        };
        if !self.followed {
            return self.app.catch_up().await.map(|_| ());
        }
        let reached = tokio::time::timeout(PATIENCE, self.app.reached(position)).await;
        reached.unwrap_or_else(|_| {
            Err(Error::Unavailable(
                "the views have not reached that position yet".into(),
            ))
        })
    }
}

/// Says in the log how a call ended; what it was about is personal and stays out.
pub(crate) fn finish<T>(result: Result<T, Error>) -> Result<T, Status> {
    match &result {
        Ok(_) => tracing::debug!("answered"),
        Err(error) if matches!(error.kind(), Kind::Internal | Kind::Unavailable) => {
            tracing::error!(code = error.code(), "failed: {error}");
        }
        Err(error) => tracing::info!(code = error.code(), "refused"),
    }
    result.map_err(|error| status::of(&error))
}

pub(crate) fn answer(answer: Answer) -> pb::Answer {
    let outcome = match answer.outcome {
        Outcome::Recorded => pb::Outcome::Recorded,
        Outcome::AlreadySo => pb::Outcome::AlreadySo,
        Outcome::Repeated => pb::Outcome::Repeated,
    };
    pb::Answer {
        id: answer.stream.id().to_owned(),
        revision: answer.revision.map(|revision| revision.0),
        position: answer
            .position
            .map(|position| position.to_string())
            .unwrap_or_default(),
        recorded: answer
            .recorded
            .map(|moment| moment.to_string())
            .unwrap_or_default(),
        outcome: outcome.into(),
    }
}
