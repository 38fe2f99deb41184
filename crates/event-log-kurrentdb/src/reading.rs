use event_log::{Direction, LogError, Position, Recorded, Revision, Shared, StreamName};
use kurrentdb::{
    Client, Error, ReadAllOptions, ReadEvent, ReadStream, ReadStreamOptions, ResolvedEvent,
    StreamPosition, SubscriptionFilter,
};

use crate::{
    KurrentLog,
    convert::recorded,
    error::{Problem, unavailable},
    supervisor::Purpose,
};

/// The most events that one request asks for: each request has the time of one attempt.
const PAGE_EVENTS: usize = 500;

/// A page of the whole log ends with the event that brings it over so many bytes.
const PAGE_BYTES: usize = 16 * 1024 * 1024;

/// How many of the newest events of our streams are looked at for one that is ours.
const NEWEST: usize = 10;

/// The server counts revisions in 63 bits, and the last number is a mark of its own.
const MOST_REVISION: u64 = i64::MAX as u64 - 1;

/// What the server sent of a stream.
#[derive(Default)]
struct Page {
    events: Vec<Recorded>,
    /// Whether the server said that there is no more. It does not where it ends an answer early,
    /// as a node that shuts down does, without an error.
    ended: bool,
}

impl KurrentLog {
    pub(crate) async fn read_pages(
        &self,
        stream: &StreamName,
        from: Option<Revision>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        let mut read: Vec<Recorded> = Vec::new();
        let mut next = from.unwrap_or(match direction {
            Direction::Forwards => Revision::FIRST,
            Direction::Backwards => Revision(u64::MAX),
        });
        while read.len() < limit {
            let most = PAGE_EVENTS.min(limit - read.len());
            let page = self.read_page(stream, next, direction, most).await?;
            let more = page.len() == most;
            read.extend(page);
            let behind = read.last().and_then(|last| match direction {
                Direction::Forwards => Some(last.revision.next()),
                Direction::Backwards => last.revision.0.checked_sub(1).map(Revision),
            });
            match behind {
                Some(behind) if more => next = behind,
                _ => break,
            }
        }
        if let (Direction::Forwards, Some(first)) = (direction, read.first()) {
            let ids: Vec<_> = read.iter().map(|event| event.id).collect();
            self.known.note(stream, first.revision, &ids);
        }
        Ok(read)
    }

    /// One page, whole: fewer events than `most` are all there are.
    async fn read_page(
        &self,
        stream: &StreamName,
        from: Revision,
        direction: Direction,
        most: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        if direction == Direction::Forwards && from.0 > MOST_REVISION {
            return Ok(Vec::new());
        }
        let name = &self.on_server(stream);
        let ask = |client: Client| async move {
            let page = self
                .ask_stream(&client, name, from, direction, most)
                .await?;
            if page.ended || page.events.len() == most {
                return Ok(page.events);
            }
            let newest = self.ask_newest_of(&client, name).await?;
            let whole = match direction {
                Direction::Forwards => {
                    let next = page.events.last().map_or(from, |last| last.revision.next());
                    newest.is_none_or(|newest| newest < next)
                }
                Direction::Backwards => match page.events.last() {
                    Some(last) => last.revision == Revision::FIRST,
                    None => newest.is_none(),
                },
            };
            if whole {
                Ok(page.events)
            } else {
                Err(cut_short())
            }
        };
        self.supervisor.call(Purpose::Read, ask).await
    }

    async fn ask_stream(
        &self,
        client: &Client,
        name: &str,
        from: Revision,
        direction: Direction,
        most: usize,
    ) -> Result<Page, Problem> {
        let options = ReadStreamOptions::default().max_count(most);
        let options = match direction {
            Direction::Forwards => options
                .position(StreamPosition::Position(from.0))
                .forwards(),
            Direction::Backwards if from.0 > MOST_REVISION => options.position(StreamPosition::End),
            Direction::Backwards => options
                .position(StreamPosition::Position(from.0))
                .backwards(),
        };
        let options = self.as_us(options, ReadStreamOptions::authenticated);
        let mut answer = client.read_stream(name, &options).await?;
        let (mut page, mut shared) = (Page::default(), Shared::default());
        loop {
            match answer.next_read_event().await {
                Ok(Some(ReadEvent::Event(event))) => {
                    let event = self.ours(&event, &mut shared)?.ok_or_else(not_ours)?;
                    let before = page.events.last().map(|e| e.revision);
                    let wanted = match (direction, before) {
                        (Direction::Forwards, None) => Some(from),
                        (Direction::Forwards, Some(before)) => Some(before.next()),
                        (Direction::Backwards, None) => None,
                        (Direction::Backwards, Some(before)) => {
                            before.0.checked_sub(1).map(Revision)
                        }
                    };
                    if wanted.is_some_and(|wanted| wanted != event.revision) {
                        return Err(Problem::Refused(gap(event.position)));
                    }
                    page.events.push(event);
                }
                Ok(Some(ReadEvent::LastStreamPosition(_))) => page.ended = true,
                Ok(Some(_)) => {}
                // In an answer that began well it says that there is no such stream.
                Err(Error::ResourceNotFound) => page.ended = true,
                Ok(None) => return Ok(page),
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn ask_newest_of(
        &self,
        client: &Client,
        name: &str,
    ) -> Result<Option<Revision>, Problem> {
        let last = Revision(u64::MAX);
        let page = self
            .ask_stream(client, name, last, Direction::Backwards, 1)
            .await?;
        match page.events.first() {
            Some(event) => Ok(Some(event.revision)),
            None if page.ended => Ok(None),
            None => Err(cut_short()),
        }
    }

    /// The events of our namespace behind `after`; none only if there are none.
    pub(crate) async fn read_behind(
        &self,
        after: Option<Position>,
        limit: usize,
    ) -> Result<Vec<Recorded>, LogError> {
        let most = limit.min(PAGE_EVENTS);
        if most == 0 {
            return Ok(Vec::new());
        }
        let from = self.quiet.skip(after);
        let ask = |client: Client| async move {
            // The server gives the event at the position itself too.
            let options = ReadAllOptions::default()
                .position(from.map_or(StreamPosition::Start, StreamPosition::Position))
                .forwards()
                .max_count(most + 1);
            let mut answer = self.ask_all(&client, options).await?;
            let (mut page, mut bytes): (Vec<Recorded>, _) = (Vec::new(), 0);
            let mut shared = Shared::default();
            while page.len() < most
                && bytes < PAGE_BYTES
                && let Some(event) = answer.next().await?
            {
                if let Some(event) = self.ours(&event, &mut shared)?
                    && Some(event.position) > after
                {
                    bytes += event.data.len();
                    page.push(event);
                }
            }
            // An answer that was cut short is no end: what came can be used, but nothing cannot.
            if page.is_empty() && self.ask_newest(&client).await?.map(|e| e.position) > after {
                return Err(cut_short());
            }
            Ok(page)
        };
        self.supervisor.call(Purpose::Read, ask).await
    }

    pub(crate) async fn read_newest(&self) -> Result<Option<Recorded>, LogError> {
        let ask = |client: Client| async move { self.ask_newest(&client).await };
        self.supervisor.call(Purpose::Read, ask).await
    }

    async fn ask_newest(&self, client: &Client) -> Result<Option<Recorded>, Problem> {
        let options = ReadAllOptions::default()
            .position(StreamPosition::End)
            .max_count(NEWEST);
        let mut answer = self.ask_all(client, options).await?;
        while let Some(event) = answer.next().await? {
            if let Some(event) = self.ours(&event, &mut Shared::default())? {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    /// The position of the newest event of the server, whosever it is.
    pub(crate) async fn read_end(&self) -> Result<Option<kurrentdb::Position>, LogError> {
        let ask = |client: Client| async move {
            let options = ReadAllOptions::default()
                .position(StreamPosition::End)
                .max_count(1);
            let options = self.as_us(options, ReadAllOptions::authenticated);
            let event = client.read_all(&options).await?.next().await?;
            Ok(event
                .and_then(|event| event.event)
                .map(|event| event.position))
        };
        self.supervisor.call(Purpose::Read, ask).await
    }

    async fn ask_all(
        &self,
        client: &Client,
        options: ReadAllOptions,
    ) -> Result<ReadStream, Problem> {
        let of_ours = SubscriptionFilter::on_stream_name().add_prefix(&self.prefix);
        let options = self.as_us(options.filter(of_ours), ReadAllOptions::authenticated);
        Ok(client.read_all(&options).await?)
    }

    fn ours(
        &self,
        event: &ResolvedEvent,
        shared: &mut Shared,
    ) -> Result<Option<Recorded>, Problem> {
        match &event.event {
            Some(event) => recorded(event, &self.prefix, shared).map_err(Problem::Refused),
            None => Ok(None),
        }
    }
}

/// The server ended its answer early, or somebody appended behind it meanwhile: asked again it is whole,
/// by the same client.
fn cut_short() -> Problem {
    Problem::Unfinished("the server ended its answer early".to_owned())
}

fn not_ours() -> Problem {
    Problem::Refused(unavailable(
        "the server sent an event that was not asked for",
    ))
}

fn gap(position: Position) -> LogError {
    LogError::Corrupt(format!(
        "events of a stream are missing before the one at {position}: the stream was truncated on the server"
    ))
}
