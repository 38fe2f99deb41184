//! The thread that writes, and the way to it.

use std::{thread, time::Instant};

use event_log::{Append, Expected, LogError, NewEvent, Position, StreamName};
use metrics::{counter, gauge, histogram};
use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot, watch};

use crate::{
    desk::Desk,
    error::{describe, writer_ended},
    group::{Answer, Failed, Row, Wanted},
    readers::no_thread,
};

/// How many callers may wait; further ones wait for a place.
const QUEUE: usize = 1024;

/// With how many appends a group is full, so that its first caller does not wait for long.
const GROUP: usize = 1024;

/// How many appends of one caller are sent at a time.
const PIECE: usize = 64;

/// Seconds from the wish to append to the answer, of each caller.
const APPEND_SECONDS: &str = "sangyu_log_append_seconds";
/// How many callers wait behind the group that is being written.
const QUEUE_LENGTH: &str = "sangyu_log_queue";
/// How often the writer has committed.
const COMMITS: &str = "sangyu_log_commits_total";
/// How many appends were made, those that were repeated among them.
const APPENDS: &str = "sangyu_log_appends_total";

/// What one caller wants: appends that share nothing but their way to the disk.
struct Request {
    appends: Vec<Wanted>,
    answers: oneshot::Sender<Answered>,
}

/// The answers, and what they answer: whoever took memory gives it back, as doing so on another thread
/// makes the two wait for one another.
type Answered = (Vec<Answer>, Vec<Wanted>);

/// The thread that writes, and the way to it.
pub(crate) struct Writer {
    // `None` only while it is dropped.
    requests: Option<mpsc::Sender<Request>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        head: watch::Sender<Option<Position>>,
    ) -> Result<Self, LogError> {
        let (sender, requests) = mpsc::channel(QUEUE);
        let desk = Desk::new(connection);
        let thread = thread::Builder::new()
            .name("event-log".to_owned())
            .spawn(move || serve(desk, requests, &head))
            .map_err(|e| no_thread(&e))?;
        Ok(Writer {
            requests: Some(sender),
            thread: Some(thread),
        })
    }

    pub(crate) async fn append(
        &self,
        stream: StreamName,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Answer {
        let append = Append {
            stream,
            expected,
            events,
        };
        let answer = self.append_together(vec![append]).await.pop();
        answer.unwrap_or_else(|| Err(writer_ended(true)))
    }

    /// The next appends are made ready while the ones before are written.
    pub(crate) async fn append_each(&self, appends: Vec<Append>) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(appends.len());
        let mut asked = Vec::with_capacity(appends.len().div_ceil(PIECE));
        let mut appends = appends.into_iter().peekable();
        while appends.peek().is_some() {
            asked.push(self.ask(appends.by_ref().take(PIECE)).await);
        }
        for piece in asked {
            answers.extend(piece.answers().await);
        }
        answers
    }

    /// In one transaction.
    pub(crate) async fn append_together(&self, appends: Vec<Append>) -> Vec<Answer> {
        self.ask(appends.into_iter()).await.answers().await
    }

    async fn ask(&self, appends: impl Iterator<Item = Append>) -> Asked {
        let mut wanted = Vec::with_capacity(appends.size_hint().0);
        let refused = appends
            .map(|append| Wanted::weighed(append).map(|w| wanted.push(w)).err())
            .collect();
        let (sender, answers) = oneshot::channel();
        let request = Request {
            appends: wanted,
            answers: sender,
        };
        let begun = Instant::now();
        let sent = match &self.requests {
            Some(requests) => requests.send(request).await.is_ok(),
            None => false,
        };
        Asked {
            refused,
            answers: sent.then_some(answers),
            begun,
        }
    }
}

/// Appends on their way.
struct Asked {
    /// Of each append, why it was not even sent.
    refused: Vec<Option<LogError>>,
    /// Of those that were sent; nothing if the writer had ended.
    answers: Option<oneshot::Receiver<Answered>>,
    begun: Instant,
}

impl Asked {
    async fn answers(self) -> Vec<Answer> {
        let sent = self.answers.is_some();
        let answers = match self.answers {
            Some(answers) => answers
                .await
                .map_or_else(|_| Vec::new(), |(answers, _)| answers),
            None => Vec::new(),
        };
        histogram!(APPEND_SECONDS).record(self.begun.elapsed());
        let mut answers = answers.into_iter();
        let mut next = || answers.next().unwrap_or_else(|| Err(writer_ended(sent)));
        self.refused
            .into_iter()
            .map(|refused| refused.map_or_else(&mut next, Err))
            .collect()
    }
}

#[cfg(test)]
impl Writer {
    /// How many callers more find a place in the queue.
    pub(crate) fn places(&self) -> usize {
        self.requests.as_ref().map_or(0, mpsc::Sender::capacity)
    }
}

impl Wanted {
    /// With its metadata as they are stored, once each event has been found small enough.
    fn weighed(append: Append) -> Result<Self, LogError> {
        let weigh = |event: NewEvent| {
            Ok(Row {
                metadata: event.metadata_json()?,
                id: event.id,
                name: event.name,
                recorded: event.metadata.recorded.as_microsecond(),
                data: event.data,
            })
        };
        Ok(Wanted {
            stream: append.stream,
            expected: append.expected,
            events: append
                .events
                .into_iter()
                .map(weigh)
                .collect::<Result<_, LogError>>()?,
        })
    }
}

impl Drop for Writer {
    /// Lets it store what is queued and close the file.
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread that writes the event log had failed");
        }
    }
}

fn serve(
    mut desk: Desk,
    mut requests: mpsc::Receiver<Request>,
    head: &watch::Sender<Option<Position>>,
) {
    let mut group = Vec::new();
    while let Some(first) = requests.blocking_recv() {
        group.push(first);
        match commit(&mut desk, &mut group, &mut requests) {
            Ok((answers, newest)) => {
                head.send_replace(newest);
                counter!(COMMITS).increment(1);
                counter!(APPENDS).increment(made(&answers));
                for (request, answers) in group.drain(..).zip(answers) {
                    // Who no longer waits needs no answer.
                    let _ = request.answers.send((answers, request.appends));
                }
            }
            Err(Failed { error, unknown }) => {
                tracing::error!(%error, appends = group.len(), "the event log could not be written");
                desk.give_up();
                let broken = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
                for request in group.drain(..) {
                    let failed = request
                        .appends
                        .iter()
                        .map(|_| Err(describe(&error, unknown)));
                    let _ = request.answers.send((failed.collect(), request.appends));
                }
                if broken {
                    return refuse(&desk, requests, &error);
                }
            }
        }
    }
}

/// Writes the group and what comes while it is written, until the group is full. Returns the answers to
/// each request, and where the log ends then.
fn commit(
    desk: &mut Desk,
    group: &mut Vec<Request>,
    requests: &mut mpsc::Receiver<Request>,
) -> Result<(Vec<Vec<Answer>>, Option<Position>), Failed> {
    let mut written = desk.begin()?;
    let (mut answers, mut appends) = (Vec::with_capacity(group.len()), 0);
    while let Some(Request { appends: next, .. }) = group.get(answers.len()) {
        appends += next.len();
        let each = next.iter().map(|append| written.append(append));
        answers.push(each.collect::<rusqlite::Result<_>>()?);
        if appends < GROUP
            && let Ok(late) = requests.try_recv()
        {
            group.push(late);
        }
    }
    gauge!(QUEUE_LENGTH).set(u32::try_from(requests.len()).unwrap_or(u32::MAX));
    Ok((answers, written.commit()?))
}

/// How many appends were not refused.
fn made(answers: &[Vec<Answer>]) -> u64 {
    let made = answers.iter().flatten().filter(|answer| answer.is_ok());
    made.count() as u64
}

/// After the disk failed it is not known what it holds: a later flush that succeeds says nothing of what
/// an earlier one lost. So nothing more is written, not even when the file is closed; opening it again
/// makes sure of what is there.
fn refuse(desk: &Desk, mut requests: mpsc::Receiver<Request>, error: &rusqlite::Error) {
    if let Err(error) = desk.keep_journal() {
        tracing::error!(%error, "the event log's journal may be folded into it when it is closed");
    }
    while let Some(request) = requests.blocking_recv() {
        let refused = request.appends.iter().map(|_| Err(describe(error, false)));
        let _ = request.answers.send((refused.collect(), request.appends));
    }
}

#[cfg(test)]
mod tests {
    use event_log::contract;

    use super::*;
    use crate::{schema, wal::FileSystem};

    #[test]
    fn a_group_takes_in_what_waits_until_it_is_full() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("events.db");
        let connection = schema::open_writer(&path, &FileSystem, schema::CHECKPOINT_AFTER);
        let mut desk = Desk::new(connection.unwrap());
        let (queue, mut requests) = mpsc::channel(QUEUE);
        let wanted = |number: usize| {
            let append = Append {
                stream: contract::stream("a").unwrap(),
                expected: Expected::Any,
                events: vec![contract::event(number as u128)],
            };
            Wanted::weighed(append).unwrap()
        };
        let too_many = GROUP / PIECE + 3;
        for piece in 0..too_many {
            let appends = (piece * PIECE..(piece + 1) * PIECE).map(wanted).collect();
            let (answers, _) = oneshot::channel();
            queue.try_send(Request { appends, answers }).ok().unwrap();
        }
        let mut sizes = Vec::new();
        while let Ok(first) = requests.try_recv() {
            let mut group = vec![first];
            let committed = commit(&mut desk, &mut group, &mut requests);
            let (answers, newest) = committed.ok().unwrap();
            sizes.push(made(&answers));
            let written = sizes.iter().sum();
            assert_eq!(newest, Some(Position::from_stored(written)));
        }
        assert_eq!(sizes, [GROUP, 3 * PIECE].map(|appends| appends as u64));
    }
}
