use event_log::{
    Appended, Direction, EventId, Expected, LogError, MAX_EVENT_BYTES, NewEvent, Position,
    Revision, StreamName,
    append::{self, Verdict},
};
use kurrentdb::{AppendToStreamOptions, Client, CurrentRevision, Error, EventData, StreamState};
use tokio::time::Instant;

use crate::{
    KurrentLog,
    convert::proposed,
    error::{Problem, is_invalid, unavailable},
    known::Seen,
    supervisor::Purpose,
};

/// How the server answered an append.
enum Answer {
    /// With its last event at this revision, and at this position if the server gave one.
    Written(Revision, Option<Position>),
    WrongRevision(Option<Revision>),
}

/// What is to be appended, ready to be sent as often as it takes.
struct Proposal<'a> {
    stream: &'a StreamName,
    expected: Expected,
    ids: Vec<EventId>,
    events: Vec<EventData>,
    bytes: usize,
}

impl KurrentLog {
    /// Sends an append so that the server recognises it when it comes again: at a given revision,
    /// never at any. Whether its ids are in the log already is looked up before, and again after a
    /// conflict.
    pub(crate) async fn append_once(
        &self,
        stream: &StreamName,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<Appended, LogError> {
        let ids = events.iter().map(|event| event.id).collect();
        let proposed = events.iter().map(proposed).collect::<Result<Vec<_>, _>>()?;
        let bytes = proposed.iter().map(|(_, bytes)| bytes).sum();
        let events = proposed.into_iter().map(|(event, _)| event).collect();
        let proposal = Proposal {
            stream,
            expected,
            ids,
            events,
            bytes,
        };
        let deadline = Instant::now() + self.supervisor.settings().deadline;
        let mut count = self.learn(&proposal).await?;
        loop {
            // Whether the revision is the right one is for the server to say.
            if let Verdict::Repeated(at) = self.judge(&proposal, Expected::Any, count)? {
                return self.read_back(&proposal, at.revision).await;
            }
            let at = match expected {
                Expected::NoStream => StreamState::NoStream,
                Expected::Exact(at) if at.0 >= count => {
                    return Err(conflict(expected, last_of(count)));
                }
                Expected::Exact(at) => StreamState::StreamRevision(at.0),
                Expected::Any => last_of(count).map_or(StreamState::NoStream, |last| {
                    StreamState::StreamRevision(last.0)
                }),
            };
            let actual = match self.send(&proposal, at).await? {
                Answer::Written(revision, position) => {
                    return self.written(&proposal, revision, position).await;
                }
                Answer::WrongRevision(actual) => actual,
            };
            count = self.read_on(stream).await?;
            if actual.is_some_and(|actual| actual.0 >= count) {
                return Err(LogError::Corrupt(
                    "events of a stream cannot be read: it was deleted or truncated on the server"
                        .to_owned(),
                ));
            }
            match self.judge(&proposal, expected, count)? {
                Verdict::Repeated(at) => return self.read_back(&proposal, at.revision).await,
                // Somebody was faster, which is no conflict: again, behind theirs.
                Verdict::Write(_) if expected == Expected::Any => {}
                Verdict::Write(_) => return Err(conflict(expected, actual)),
            }
            if Instant::now() > deadline {
                return Err(unavailable("others append to this stream all the time"));
            }
        }
    }

    /// Knows the stream as far as the append needs it, and how many events those are.
    async fn learn(&self, proposal: &Proposal<'_>) -> Result<u64, LogError> {
        let known = self.known.count(proposal.stream);
        match proposal.expected {
            Expected::NoStream => Ok(known),
            Expected::Exact(at) if at.0 < known => Ok(known),
            Expected::Exact(_) | Expected::Any => self.read_on(proposal.stream).await,
        }
    }

    /// Reads what others appended to the stream behind what is known; how many events it has now.
    async fn read_on(&self, stream: &StreamName) -> Result<u64, LogError> {
        let from = Revision(self.known.count(stream));
        let new = self
            .read_pages(stream, Some(from), Direction::Forwards, usize::MAX)
            .await?;
        Ok(new.last().map_or(from, |last| last.revision.next()).0)
    }

    /// Judges it by what is known of the stream, of which there must be `count` events. The
    /// position of a repeated append is not known here.
    fn judge(
        &self,
        proposal: &Proposal<'_>,
        expected: Expected,
        count: u64,
    ) -> Result<Verdict, LogError> {
        let seen = self.known.find(proposal.stream, &proposal.ids);
        let known = seen.into_iter().map(|seen| match seen {
            Seen::Nowhere => append::Known::No,
            Seen::Here(revision) => append::Known::Here {
                revision,
                position: Position::from_stored(0),
            },
            Seen::InAnotherStream => append::Known::Elsewhere,
        });
        append::judge(
            expected,
            last_of(count),
            proposal.ids.iter().copied().zip(known),
        )
    }

    async fn send(&self, proposal: &Proposal<'_>, at: StreamState) -> Result<Answer, LogError> {
        let name = &self.on_server(proposal.stream);
        let options = AppendToStreamOptions::default().stream_state(at);
        let options = &self.as_us(options, AppendToStreamOptions::authenticated);
        let ask = |client: Client| async move {
            let events = proposal.events.clone();
            match client
                .append_to_stream(name.as_str(), options, events)
                .await
            {
                Ok(written) => {
                    let position = written.position.commit;
                    // An append that the server recognises as one it has may be answered without.
                    let given = position != 0 && position != u64::MAX;
                    Ok(Answer::Written(
                        Revision(written.next_expected_version),
                        given.then_some(Position::from_stored(position)),
                    ))
                }
                Err(Error::WrongExpectedVersion { current, .. }) => {
                    Ok(Answer::WrongRevision(match current {
                        CurrentRevision::Current(last) => Some(Revision(last)),
                        CurrentRevision::NoStream => None,
                    }))
                }
                // Servers before 25.1 take 1 MiB in one append, however many events it has.
                Err(error) if is_invalid(&error) && proposal.bytes > MAX_EVENT_BYTES / 2 => {
                    Err(Problem::Refused(LogError::TooLarge {
                        bytes: proposal.bytes,
                        limit: MAX_EVENT_BYTES,
                    }))
                }
                Err(error) => Err(error.into()),
            }
        };
        self.supervisor.call(Purpose::Append, ask).await
    }

    async fn written(
        &self,
        proposal: &Proposal<'_>,
        revision: Revision,
        position: Option<Position>,
    ) -> Result<Appended, LogError> {
        let appended = match position {
            Some(position) => Appended { revision, position },
            None => self.read_back(proposal, revision).await?,
        };
        if let Some(first) = (revision.0 + 1).checked_sub(proposal.ids.len() as u64) {
            self.known
                .note(proposal.stream, Revision(first), &proposal.ids);
        }
        self.appended.send_if_modified(|last| {
            let later = *last < Some(appended.position);
            if later {
                *last = Some(appended.position);
            }
            later
        });
        Ok(appended)
    }

    /// The place of the proposal's last event, which is at this revision.
    async fn read_back(
        &self,
        proposal: &Proposal<'_>,
        revision: Revision,
    ) -> Result<Appended, LogError> {
        let read = self
            .read_pages(proposal.stream, Some(revision), Direction::Forwards, 1)
            .await?;
        match read.first() {
            Some(event) if proposal.ids.last() == Some(&event.id) => Ok(Appended {
                revision,
                position: event.position,
            }),
            _ => Err(LogError::Corrupt(format!(
                "the event of an append is not at revision {revision}"
            ))),
        }
    }
}

fn last_of(count: u64) -> Option<Revision> {
    count.checked_sub(1).map(Revision)
}

fn conflict(expected: Expected, actual: Option<Revision>) -> LogError {
    LogError::WrongRevision { expected, actual }
}
