//! Given these events, when this command, then those events or this rejection.

use std::{fmt::Debug, sync::LazyLock};

use calendar::{Calendar, Timestamp, civil_date};

use crate::{
    Actor, Aggregate, CadreId, Context, Rules, StaffId, Text, Unit, cadre::Person,
    petition::PetitionCase,
};

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

/// Someone in the register, living.
pub(crate) fn person(id: CadreId) -> Person {
    Person {
        id,
        unit: Unit(text("老干部局")),
        born_on: None,
        contact: None,
        died_on: None,
        survivors: vec![],
        standing: None,
        kept_as: None,
    }
}

/// Someone in the register who died on this day.
pub(crate) fn died(id: CadreId, on: &str) -> Person {
    Person {
        died_on: Some(on.parse().unwrap()),
        ..person(id)
    }
}

/// Someone whose record was decided to be a duplicate of another.
pub(crate) fn superseded(id: CadreId) -> Person {
    Person {
        kept_as: Some(CadreId(uuid::Uuid::from_u128(u128::MAX))),
        ..person(id)
    }
}

/// Carries commands out one after the other, each of them twice, and gives what happened. A wish
/// already granted says nothing, so an accepted command says nothing the second time.
pub(crate) fn carry_out_twice<A: Aggregate>(
    commands: impl IntoIterator<Item = (Actor, A::Command)>,
    person: &Person,
) -> Vec<A::Event>
where
    A::Command: Clone + Debug,
    A::Event: Clone + Debug + PartialEq,
{
    let decide = |history: &[A::Event], actor: &Actor, command: &A::Command| {
        given::<A>(history.iter().cloned())
            .by_actor(actor.clone())
            .about(person.clone())
            .when(command.clone())
            .result
            .ok()
    };
    let mut history = Vec::new();
    for (actor, command) in commands {
        if let Some(events) = decide(&history, &actor, &command) {
            history.extend(events);
            let again = decide(&history, &actor, &command);
            assert_eq!(again, Some(vec![]), "a second {command:?}");
        }
    }
    history
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
        petition: None,
        rules: None,
        calendar: None,
    }
}

pub(crate) struct Given<A> {
    pub(crate) state: A,
    actor: Actor,
    now: Timestamp,
    person: Option<Person>,
    petition: Option<PetitionCase>,
    rules: Option<Rules>,
    calendar: Option<Calendar>,
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

    /// The other petition that the command names; none unless told.
    pub(crate) fn beside(mut self, petition: PetitionCase) -> Self {
        self.petition = Some(petition);
        self
    }

    /// The rules in force; the national ones of 2022 unless told.
    pub(crate) fn under(mut self, rules: Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    /// The calendar; the bundled one unless told.
    pub(crate) fn by_calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    /// The moment; 2026-05-01 09:00 in Beijing unless told.
    pub(crate) fn at(mut self, now: &str) -> Self {
        self.now = now.parse().unwrap();
        self
    }

    pub(crate) fn when(self, command: A::Command) -> Then<A> {
        // Read once: a property test decides some ten thousand times.
        static RULES: LazyLock<Rules> = LazyLock::new(rules);
        static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::bundled().unwrap());
        let cx = Context {
            now: self.now,
            today: civil_date(self.now),
            actor: &self.actor,
            rules: self.rules.as_ref().unwrap_or(&RULES),
            calendar: self.calendar.as_ref().unwrap_or(&CALENDAR),
            person: self.person.as_ref(),
            petition: self.petition.as_ref(),
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
