//! Given these events, when this command, then those events or this rejection.

use std::fmt::Debug;

use calendar::{Calendar, Timestamp, civil_date};

use crate::{Actor, Aggregate, Context, Rules, StaffId, Text, Unit, cadre::Person};

/// The rules of the national profile.
pub(crate) fn rules() -> Rules {
    toml::from_str(crate::NATIONAL_RULES).unwrap()
}

/// A non-empty text.
pub(crate) fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

/// Someone of the bureau's staff.
pub(crate) fn staff(id: &str) -> Actor {
    Actor {
        id: StaffId(text(id)),
        name: text(id),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    }
}

/// An aggregate with a history.
pub(crate) fn given<A: Aggregate>(events: impl IntoIterator<Item = A::Event>) -> Given<A> {
    let mut state = A::default();
    events.into_iter().for_each(|event| state.evolve(&event));
    Given {
        state,
        actor: staff("clerk"),
        now: "2026-05-01T01:00:00Z".parse().unwrap(),
        person: None,
    }
}

pub(crate) struct Given<A> {
    pub(crate) state: A,
    actor: Actor,
    now: Timestamp,
    person: Option<Person>,
}

impl<A: Aggregate> Given<A> {
    /// Who acts; `clerk` unless told.
    pub(crate) fn by(mut self, id: &str) -> Self {
        self.actor = staff(id);
        self
    }

    /// Who acts, in full.
    pub(crate) fn by_actor(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// The person concerned, as their record stands; not in the register unless told.
    pub(crate) fn about(mut self, person: Person) -> Self {
        self.person = Some(person);
        self
    }

    /// The moment; 2026-05-01 09:00 in Beijing unless told.
    pub(crate) fn at(mut self, now: &str) -> Self {
        self.now = now.parse().unwrap();
        self
    }

    pub(crate) fn when(self, command: A::Command) -> Then<A> {
        let (rules, calendar) = (rules(), Calendar::bundled().unwrap());
        let cx = Context {
            now: self.now,
            today: civil_date(self.now),
            actor: &self.actor,
            rules: &rules,
            calendar: &calendar,
            person: self.person.as_ref(),
        };
        Then {
            result: self.state.decide(command, &cx),
        }
    }
}

pub(crate) struct Then<A: Aggregate> {
    pub(crate) result: Result<Vec<A::Event>, A::Rejection>,
}

impl<A: Aggregate> Then<A>
where
    A::Event: Debug + PartialEq,
    A::Rejection: PartialEq,
{
    #[track_caller]
    pub(crate) fn then(self, events: impl IntoIterator<Item = A::Event>) {
        assert_eq!(self.result.unwrap(), events.into_iter().collect::<Vec<_>>());
    }

    #[track_caller]
    pub(crate) fn then_rejected(self, rejection: A::Rejection) {
        assert_eq!(self.result.unwrap_err(), rejection);
    }
}
