use std::collections::HashMap;

use calendar::{Timestamp, civil_date};
use domain::{
    Aggregate, CadreId, Context, Text, Unit,
    cadre::{Cadre, Person},
};
use event_log::{
    Direction, EventId, Expected, LogError, NewEvent, Recorded, RequestId, Revision, StreamName,
};

use tracing::{Instrument as _, info_span};

use crate::{Answer, App, Error, Outcome, Request, codec, codec::Stamp};

/// How often a command is decided again after someone else was faster.
pub(crate) const ATTEMPTS: u32 = 16;

/// How many events of a stream are read at once.
pub(crate) const PAGE: usize = 500;

/// People that were read already, as their records stand.
pub(crate) type Known = HashMap<CadreId, Person>;

/// An aggregate as its stream stands.
pub(crate) struct Loaded<A> {
    pub(crate) state: A,
    pub(crate) revision: Option<Revision>,
    /// The unit that recorded its first event.
    pub(crate) keeper: Option<Unit>,
    /// When its last event was recorded.
    last: Option<Timestamp>,
    /// The first answer to the request, and the account that asked.
    first_answer: Option<(Answer, String)>,
}

impl<A: Aggregate> Loaded<A> {
    /// A thing that never was.
    pub(crate) fn nothing() -> Self {
        Loaded {
            state: A::default(),
            revision: None,
            keeper: None,
            last: None,
            first_answer: None,
        }
    }

    /// Takes the next event over.
    pub(crate) fn take(&mut self, stored: &Recorded) -> Result<(), Error> {
        self.state.evolve(&codec::decode::<A>(stored)?);
        if self.revision.is_none() {
            self.keeper = Text::parse(&stored.metadata.actor.unit).ok().map(Unit);
        }
        self.revision = Some(stored.revision);
        self.last = Some(stored.metadata.recorded);
        Ok(())
    }
}

impl App {
    /// Carries out commands on one aggregate: all of them, in order, or none. They are recorded
    /// together, as the answer to one request.
    pub(crate) async fn execute<A: Aggregate>(
        &self,
        id: &A::Id,
        commands: Vec<A::Command>,
        request: &Request,
    ) -> Result<Answer, Error>
    where
        A::Command: Clone + Sync,
    {
        self.carry_out::<A>(id, commands, request)
            .await
            .map(|(answer, _)| answer)
    }

    /// The same; says also which events it recorded, by their stored names.
    pub(crate) async fn carry_out<A: Aggregate>(
        &self,
        id: &A::Id,
        commands: Vec<A::Command>,
        request: &Request,
    ) -> Result<(Answer, Vec<String>), Error>
    where
        A::Command: Clone + Sync,
    {
        let done = self
            .carry_out_unless_hidden::<A>(id, commands, request)
            .instrument(info_span!("execute", category = A::CATEGORY))
            .await?;
        done.ok_or_else(|| Error::Internal("what is hidden cannot be begun".into()))
    }

    /// The same; `None` where the commands would begin what is there already, but hidden from
    /// whoever asks.
    pub(crate) async fn carry_out_unless_hidden<A: Aggregate>(
        &self,
        id: &A::Id,
        commands: Vec<A::Command>,
        request: &Request,
    ) -> Result<Option<(Answer, Vec<String>)>, Error>
    where
        A::Command: Clone + Sync,
    {
        let stream = stream::<A>(id)?;
        let mut failed = None;
        for _ in 0..ATTEMPTS {
            let mut loaded = self.load::<A>(&stream, Some(request.id)).await?;
            let hidden = !commands.iter().all(A::is_upkeep)
                && self.is_hidden(&loaded, &request.actor).await?;
            match loaded.first_answer.take() {
                // Whoever made the request knows what they asked.
                Some((first, who)) if !hidden || who == request.actor.id.0.as_str() => {
                    return Ok(Some((first, vec![])));
                }
                _ => {}
            }
            if hidden {
                self.note_command(stream.id(), &request.actor);
                // Whoever it is hidden from learns no more than of a thing that never was.
                loaded = Loaded::nothing();
            }
            if request.expected_revision.is_some() && request.expected_revision != loaded.revision {
                let (expected, actual) = (request.expected_revision, loaded.revision);
                return Err(Error::Conflict { expected, actual });
            }
            let revision = loaded.revision;
            let events = self
                .decide(loaded, commands.clone(), request, &Known::new())
                .await?;
            let recorded = events.last().map(|event| event.metadata.recorded);
            let answer = |revision, position, outcome| Answer {
                stream: stream.clone(),
                revision,
                position,
                recorded,
                outcome,
            };
            if events.is_empty() {
                return Ok(Some((answer(revision, None, Outcome::AlreadySo), vec![])));
            }
            if hidden {
                return Ok(None);
            }
            let names = events.iter().map(|event| event.name.to_string()).collect();
            if request.dry_run {
                return Ok(Some((answer(revision, None, Outcome::Recorded), names)));
            }
            let expected = revision.map_or(Expected::NoStream, Expected::Exact);
            match self.parts.log.append(&stream, expected, events).await {
                Ok(at) => {
                    let (revision, position) = (Some(at.revision), Some(at.position));
                    return Ok(Some((answer(revision, position, Outcome::Recorded), names)));
                }
                // Someone was faster, or the log cannot say whether it wrote: reading again tells.
                Err(error)
                    if error.unknown() || matches!(error, LogError::WrongRevision { .. }) =>
                {
                    failed = Some(error);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(failed.map_or_else(
            || Error::Internal("no attempt was made".into()),
            Error::from,
        ))
    }

    /// What the commands record. People that are not `known` are read.
    pub(crate) async fn decide<A: Aggregate>(
        &self,
        loaded: Loaded<A>,
        commands: Vec<A::Command>,
        request: &Request,
        known: &Known,
    ) -> Result<Vec<NewEvent>, Error>
    where
        A::Command: Sync,
    {
        let mut state = loaded.state;
        // Never before the stream's last event, whatever the clock says.
        let now = self.parts.clock.now();
        let now = loaded.last.map_or(now, |last| last.max(now));
        let mut decided = Vec::new();
        let mut subjects = Vec::new();
        for command in commands {
            let read;
            let person = match state.concerns(&command) {
                Some(id) => match known.get(&id) {
                    Some(person) => Some(person),
                    None => {
                        read = self.person(id).await?;
                        read.as_ref()
                    }
                },
                None => None,
            };
            let other = match state.refers_to(&command) {
                Some(id) => Some(self.petition_shown_to(&request.actor, id).await?),
                None => None,
            };
            let governed_by = state.governed_by(&command).unwrap_or(civil_date(now));
            let rules = self.parts.rules.on(governed_by).map_err(Error::rejected)?;
            let cx = Context {
                now,
                today: civil_date(now),
                actor: &request.actor,
                rules,
                calendar: &self.parts.calendar,
                person,
                petition: other.as_ref(),
            };
            for event in state.decide(command, &cx).map_err(Error::rejected)? {
                state.evolve(&event);
                subjects = state.subjects();
                decided.push((event, rules));
            }
        }
        let stamp = Stamp {
            request,
            recorded: now,
            subjects,
        };
        decided
            .iter()
            .map(|(event, rules)| stamp.encode(EventId(self.parts.ids.next()), event, rules))
            .collect()
    }

    /// Folds a stream; looks out for the first answer to `request` on the way.
    pub(crate) async fn load<A: Aggregate>(
        &self,
        stream: &StreamName,
        request: Option<RequestId>,
    ) -> Result<Loaded<A>, Error> {
        let mut loaded = Loaded::<A>::nothing();
        loop {
            let from = loaded.revision.map_or(Revision::FIRST, Revision::next);
            let page = self
                .parts
                .log
                .read_stream(stream, Some(from), Direction::Forwards, PAGE)
                .await?;
            let complete = page.len() < PAGE;
            for stored in page {
                loaded.take(&stored)?;
                if request == Some(stored.metadata.request) {
                    let answer = Answer {
                        stream: stream.clone(),
                        revision: Some(stored.revision),
                        position: Some(stored.position),
                        recorded: Some(stored.metadata.recorded),
                        outcome: Outcome::Repeated,
                    };
                    loaded.first_answer = Some((answer, stored.metadata.actor.id.clone()));
                }
            }
            if complete {
                return Ok(loaded);
            }
        }
    }

    /// A person as their record stands; nothing if they are not in the register.
    pub(crate) async fn person(&self, id: CadreId) -> Result<Option<Person>, Error> {
        Ok(self
            .load::<Cadre>(&stream::<Cadre>(&id)?, None)
            .await?
            .state
            .person())
    }
}

/// The stream of one aggregate.
pub(crate) fn stream<A: Aggregate>(id: &A::Id) -> Result<StreamName, Error> {
    Ok(StreamName::new(A::CATEGORY, &id.to_string())?)
}
