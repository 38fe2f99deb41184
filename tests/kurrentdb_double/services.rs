//! The services of the double, as the official client calls them.

use std::{pin::Pin, sync::Arc, time::Duration};

use futures::stream::{self, Stream};
use tokio::time::sleep;
use tonic::{Code, Request, Response, Status, Streaming, metadata::MetadataMap};
use uuid::Uuid;

use super::{
    Fault, Node,
    store::{Expected, Filter, From, Outcome, Proposed, Stored},
};

/// What is generated from the protos beside it.
#[allow(
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    reason = "generated code"
)]
pub(crate) mod client {
    tonic::include_proto!("event_store.client");

    pub(crate) mod gossip {
        tonic::include_proto!("event_store.client.gossip");
    }

    pub(crate) mod server_features {
        tonic::include_proto!("event_store.client.server_features");
    }

    pub(crate) mod streams {
        tonic::include_proto!("event_store.client.streams");
    }
}

use client::{
    Empty, StreamIdentifier,
    gossip::{ClusterInfo, EndPoint, MemberInfo, gossip_server, member_info::State},
    server_features::{SupportedMethod, SupportedMethods, server_features_server},
    streams::{
        AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, DeleteReq, DeleteResp, Position,
        ReadReq, ReadResp, TombstoneReq, TombstoneResp, append_req, append_resp, delete_resp,
        read_req, read_resp, streams_server, tombstone_resp,
    },
};

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// One node's services.
#[derive(Clone)]
pub(crate) struct Services(pub(crate) Arc<Node>);

impl Services {
    /// Lets in only whom the double was told to, and what only a leader may do only on the leader.
    fn admit(&self, headers: &MetadataMap) -> Result<(), Status> {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(wanted) = self.0.cluster.authorization()
            && header("authorization") != Some(&wanted)
        {
            return Err(Status::unauthenticated("Unauthenticated"));
        }
        if header("requires-leader") == Some("true") && !self.0.is_leader() {
            return Err(self.not_leader());
        }
        Ok(())
    }

    fn not_leader(&self) -> Status {
        let Some(leader) = self.0.cluster.leader() else {
            return Status::unknown("No leader info available in response");
        };
        with_trailers(
            Status::not_found("Leader info available"),
            &[
                ("exception", "not-leader"),
                ("leader-endpoint-host", &leader.ip().to_string()),
                ("leader-endpoint-port", &leader.port().to_string()),
            ],
        )
    }

    async fn appended(
        &self,
        options: append_req::Options,
        events: Vec<Proposed>,
    ) -> Result<AppendResp, Status> {
        let stream = name(options.stream_identifier)?;
        let expected = expected(options.expected_stream_revision)?;
        let fault = self.0.fault_of_append();
        match fault {
            Some(Fault::Unavailable) => return Err(Status::unavailable("Server Is Not Ready")),
            Some(Fault::NotLeader) => return Err(self.not_leader()),
            Some(Fault::Slow(pause)) => sleep(pause).await,
            _ => {}
        }
        let outcome = self.0.cluster.store.append(&stream, expected, events);
        match fault {
            Some(Fault::AbortedAfterCommit) => return Err(Status::aborted("WriteTimeout")),
            Some(Fault::SilentAfterCommit) => silence().await,
            Some(Fault::DeadAfterCommit) => {
                self.0.kill();
                silence().await;
            }
            _ => {}
        }
        answer(outcome, expected)
    }
}

/// Nothing comes any more.
async fn silence() {
    sleep(Duration::from_secs(3600)).await;
}

fn with_trailers(mut status: Status, trailers: &[(&'static str, &str)]) -> Status {
    for (key, value) in trailers {
        status.metadata_mut().insert(*key, value.parse().unwrap());
    }
    status
}

fn deleted() -> Status {
    with_trailers(
        Status::failed_precondition("Event stream is deleted."),
        &[("exception", "stream-deleted")],
    )
}

fn missing(what: &str) -> Status {
    Status::invalid_argument(format!("{what} is missing"))
}

fn name(identifier: Option<StreamIdentifier>) -> Result<String, Status> {
    let bytes = identifier.ok_or_else(|| missing("the stream"))?.stream_name;
    String::from_utf8(bytes).map_err(|_| missing("the stream's name"))
}

fn expected(
    option: Option<append_req::options::ExpectedStreamRevision>,
) -> Result<Expected, Status> {
    use append_req::options::ExpectedStreamRevision as Revision;
    Ok(match option.ok_or_else(|| missing("the revision"))? {
        Revision::Revision(revision) => Expected::Revision(revision),
        Revision::NoStream(_) => Expected::NoStream,
        Revision::Any(_) => Expected::Any,
        Revision::StreamExists(_) => Expected::Exists,
    })
}

fn proposed(message: append_req::ProposedMessage) -> Result<Proposed, Status> {
    use client::uuid::Value;
    let id = match message.id.and_then(|id| id.value) {
        Some(Value::Structured(id)) => Uuid::from_u64_pair(
            id.most_significant_bits.cast_unsigned(),
            id.least_significant_bits.cast_unsigned(),
        ),
        Some(Value::String(id)) => id.parse().map_err(|_| missing("the id"))?,
        None => return Err(missing("the id")),
    };
    Ok(Proposed {
        id,
        metadata: message.metadata,
        custom_metadata: message.custom_metadata,
        data: message.data,
    })
}

fn answer(outcome: Outcome, expected: Expected) -> Result<AppendResp, Status> {
    use append_resp::{
        Result as Answer, Success, WrongExpectedVersion,
        success::{CurrentRevisionOption, PositionOption},
        wrong_expected_version as wrong,
    };
    let success = |revision, position| {
        Answer::Success(Success {
            current_revision_option: Some(CurrentRevisionOption::CurrentRevision(revision)),
            position_option: Some(position),
        })
    };
    let result = match outcome {
        Outcome::Written { revision, position } => {
            success(revision, PositionOption::Position(at(position)))
        }
        Outcome::Idempotent { revision } => success(revision, PositionOption::NoPosition(Empty {})),
        Outcome::WrongRevision { current } => Answer::WrongExpectedVersion(WrongExpectedVersion {
            current_revision_option: Some(match current {
                Some(last) => wrong::CurrentRevisionOption::CurrentRevision(last),
                None => wrong::CurrentRevisionOption::CurrentNoStream(Empty {}),
            }),
            expected_revision_option: Some(match expected {
                Expected::Any => wrong::ExpectedRevisionOption::ExpectedAny(Empty {}),
                Expected::NoStream => wrong::ExpectedRevisionOption::ExpectedNoStream(Empty {}),
                Expected::Exists => wrong::ExpectedRevisionOption::ExpectedStreamExists(Empty {}),
                Expected::Revision(at) => wrong::ExpectedRevisionOption::ExpectedRevision(at),
            }),
        }),
        Outcome::Deleted => return Err(deleted()),
        Outcome::TooLarge => {
            return Err(with_trailers(
                Status::invalid_argument("Maximum Append Size of 1048576 Exceeded."),
                &[
                    ("exception", "maximum-append-size-exceeded"),
                    ("maximum-append-size", "1048576"),
                ],
            ));
        }
    };
    Ok(AppendResp {
        result: Some(result),
    })
}

fn at(position: u64) -> Position {
    Position {
        commit_position: position,
        prepare_position: position,
    }
}

fn sent(event: Stored) -> ReadResp {
    use read_resp::{Content, ReadEvent, RecordedEvent, read_event};
    let mut metadata = event.event.metadata;
    metadata.insert("created".to_owned(), "17775972001234567".to_owned());
    let id = client::Uuid {
        value: Some(client::uuid::Value::String(event.event.id.to_string())),
    };
    ReadResp {
        content: Some(Content::Event(ReadEvent {
            event: Some(RecordedEvent {
                id: Some(id),
                stream_identifier: Some(StreamIdentifier {
                    stream_name: event.stream.into_bytes(),
                }),
                stream_revision: event.revision,
                prepare_position: event.position,
                commit_position: event.position,
                metadata,
                custom_metadata: event.event.custom_metadata,
                data: event.event.data,
            }),
            position: Some(read_event::Position::CommitPosition(event.position)),
        })),
    }
}

fn of_content(content: read_resp::Content) -> ReadResp {
    ReadResp {
        content: Some(content),
    }
}

impl Services {
    fn stream_read(
        &self,
        options: read_req::StreamOptions,
        backwards: bool,
        count: usize,
    ) -> Result<Vec<ReadResp>, Status> {
        use read_req::stream_options::RevisionOption;
        let name = name(options.stream_identifier)?;
        let Some(mut events) = self.0.cluster.store.stream(&name).map_err(|_| deleted())? else {
            let identifier = StreamIdentifier {
                stream_name: name.into_bytes(),
            };
            return Ok(vec![of_content(read_resp::Content::StreamNotFound(
                read_resp::StreamNotFound {
                    stream_identifier: Some(identifier),
                },
            ))]);
        };
        let last = events.last().map_or(0, |event| event.revision);
        let from = match options
            .revision_option
            .ok_or_else(|| missing("the revision"))?
        {
            RevisionOption::Revision(revision) => revision,
            RevisionOption::Start(_) => 0,
            RevisionOption::End(_) => u64::MAX,
        };
        if backwards {
            events.reverse();
            events.retain(|event| event.revision <= from);
        } else {
            events.retain(|event| event.revision >= from);
        }
        let at_end = events.len() <= count;
        events.truncate(count);
        let mut answers: Vec<_> = events.into_iter().map(sent).collect();
        if at_end {
            answers.push(of_content(read_resp::Content::LastStreamPosition(last)));
        }
        Ok(answers)
    }

    fn all_read(
        &self,
        options: read_req::AllOptions,
        filter: Option<&Filter>,
        backwards: bool,
        count: usize,
    ) -> Result<Vec<ReadResp>, Status> {
        use read_req::all_options::AllOption;
        let from = match options.all_option.ok_or_else(|| missing("the position"))? {
            AllOption::Start(_) => From::Start,
            AllOption::End(_) => From::End,
            AllOption::Position(from) => From::Position(from.commit_position),
        };
        let events = self.0.cluster.store.all(from, backwards, filter, count);
        let events = events.map_err(|_| Status::invalid_argument("invalid position"))?;
        Ok(events.into_iter().map(sent).collect())
    }
}

fn filter(option: Option<read_req::options::FilterOption>) -> Result<Option<Filter>, Status> {
    use read_req::{filter_options, options::FilterOption};
    let Some(FilterOption::Filter(options)) = option else {
        return Ok(None);
    };
    let (on_stream, expression) = match options.filter.ok_or_else(|| missing("the filter"))? {
        filter_options::Filter::StreamIdentifier(expression) => (true, expression),
        filter_options::Filter::EventType(expression) => (false, expression),
    };
    if !expression.regex.is_empty() {
        return Err(Status::unimplemented("the double filters by prefix alone"));
    }
    Ok(Some(Filter {
        on_stream,
        prefixes: expression.prefix,
    }))
}

#[tonic::async_trait]
impl streams_server::Streams for Services {
    type ReadStream = Answers<ReadResp>;
    type BatchAppendStream = Answers<BatchAppendResp>;

    async fn read(&self, request: Request<ReadReq>) -> Result<Response<Self::ReadStream>, Status> {
        use read_req::options::{CountOption, StreamOption};
        self.admit(request.metadata())?;
        let options = request.into_inner().options;
        let options = options.ok_or_else(|| missing("options"))?;
        let backwards = options.read_direction() == read_req::ReadDirection::Backwards;
        let Some(CountOption::Count(count)) = options.count_option else {
            return Err(Status::unimplemented("the double knows no subscriptions"));
        };
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let filter = filter(options.filter_option)?;
        let mut answers = match options.stream_option.ok_or_else(|| missing("what"))? {
            StreamOption::Stream(stream) => self.stream_read(stream, backwards, count)?,
            StreamOption::All(all) => self.all_read(all, filter.as_ref(), backwards, count)?,
        };
        let mut end = Ok(());
        match self.0.fault_of_read() {
            Some(Fault::Slow(pause)) => sleep(pause).await,
            Some(Fault::Unavailable) => return Err(Status::unavailable("Server Is Not Ready")),
            Some(Fault::NotLeader) => return Err(self.not_leader()),
            Some(Fault::ResetAfter(events)) => {
                answers.truncate(events);
                end = Err(Status::new(Code::Unknown, "h2 protocol error: reset"));
            }
            Some(Fault::EndAfter(events)) => answers.truncate(events),
            _ => {}
        }
        let answers = answers.into_iter().map(Ok).chain(end.err().map(Err));
        Ok(Response::new(Box::pin(stream::iter(answers))))
    }

    async fn append(
        &self,
        request: Request<Streaming<AppendReq>>,
    ) -> Result<Response<AppendResp>, Status> {
        use append_req::Content;
        self.admit(request.metadata())?;
        let mut messages = request.into_inner();
        let first = messages.message().await?.and_then(|first| first.content);
        let Some(Content::Options(options)) = first else {
            return Err(missing("options"));
        };
        let mut events = Vec::new();
        while let Some(message) = messages.message().await? {
            match message.content {
                Some(Content::ProposedMessage(message)) => events.push(proposed(message)?),
                _ => return Err(missing("an event")),
            }
        }
        Ok(Response::new(self.appended(options, events).await?))
    }

    async fn delete(&self, request: Request<DeleteReq>) -> Result<Response<DeleteResp>, Status> {
        self.admit(request.metadata())?;
        let options = request.into_inner().options;
        let options = options.ok_or_else(|| missing("options"))?;
        let stream = name(options.stream_identifier)?;
        let expected = expected(options.expected_stream_revision)?;
        let position = removed(self.0.cluster.store.delete(&stream, expected))?;
        Ok(Response::new(DeleteResp {
            position_option: Some(delete_resp::PositionOption::Position(position)),
        }))
    }

    async fn tombstone(
        &self,
        request: Request<TombstoneReq>,
    ) -> Result<Response<TombstoneResp>, Status> {
        self.admit(request.metadata())?;
        let options = request.into_inner().options;
        let options = options.ok_or_else(|| missing("options"))?;
        let stream = name(options.stream_identifier)?;
        let expected = expected(options.expected_stream_revision)?;
        let position = removed(self.0.cluster.store.tombstone(&stream, expected))?;
        Ok(Response::new(TombstoneResp {
            position_option: Some(tombstone_resp::PositionOption::Position(position)),
        }))
    }

    async fn batch_append(
        &self,
        _: Request<Streaming<BatchAppendReq>>,
    ) -> Result<Response<Self::BatchAppendStream>, Status> {
        Err(Status::unimplemented("the double takes no batches"))
    }
}

fn removed(outcome: Outcome) -> Result<Position, Status> {
    match outcome {
        Outcome::Written { position, .. } => Ok(at(position)),
        Outcome::Deleted => Err(deleted()),
        _ => Err(with_trailers(
            Status::failed_precondition("WrongExpectedVersion"),
            &[("exception", "wrong-expected-version")],
        )),
    }
}

#[tonic::async_trait]
impl gossip_server::Gossip for Services {
    async fn read(&self, _: Request<Empty>) -> Result<Response<ClusterInfo>, Status> {
        let members = self
            .0
            .cluster
            .members()
            .into_iter()
            .map(|member| MemberInfo {
                instance_id: None,
                time_stamp: 0,
                state: match member.leads {
                    true => State::Leader,
                    false => State::Follower,
                }
                .into(),
                is_alive: member.lives,
                http_end_point: Some(EndPoint {
                    address: member.address.ip().to_string(),
                    port: member.address.port().into(),
                }),
            });
        Ok(Response::new(ClusterInfo {
            members: members.collect(),
        }))
    }
}

#[tonic::async_trait]
impl server_features_server::ServerFeatures for Services {
    async fn get_supported_methods(
        &self,
        _: Request<Empty>,
    ) -> Result<Response<SupportedMethods>, Status> {
        let methods = ["append", "read", "delete", "tombstone"];
        let methods = methods.map(|method| SupportedMethod {
            method_name: method.to_owned(),
            service_name: "event_store.client.streams.streams".to_owned(),
            features: Vec::new(),
        });
        Ok(Response::new(SupportedMethods {
            methods: methods.into(),
            event_store_server_version: "24.10.0-double".to_owned(),
        }))
    }
}
