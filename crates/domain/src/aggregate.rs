use calendar::{Calendar, Date, Timestamp, When};

use crate::{Actor, CadreId, PetitionId, Rules, Unit, cadre::Person, petition::PetitionCase};

/// One thing whose history decides what may happen to it next.
pub trait Aggregate: Default + Send + Sync + 'static {
    /// The first part of the stream's name: `visit` of `visit-<id>`.
    const CATEGORY: &'static str;
    /// What names one of them; its text is the second part of the stream's name.
    type Id: std::fmt::Display + Clone + Send + Sync;
    /// What may be asked of it.
    type Command: Send;
    /// What may have happened to it.
    type Event: Event;
    /// Why it may refuse.
    type Rejection: Rejection;

    /// What happens if `command` is carried out now. Nothing, if it is already so.
    ///
    /// # Errors
    /// The first rule the command would break.
    fn decide(
        &self,
        command: Self::Command,
        cx: &Context<'_>,
    ) -> Result<Vec<Self::Event>, Self::Rejection>;

    /// The person whose record the rules for `command` look at; they find it in
    /// [`Context::person`].
    fn concerns(&self, command: &Self::Command) -> Option<CadreId>;

    /// The other petition that the rules for `command` look at; they find it in
    /// [`Context::petition`].
    fn refers_to(&self, _command: &Self::Command) -> Option<PetitionId> {
        None
    }

    /// The day whose rules govern `command`; `None` if today's do.
    fn governed_by(&self, _command: &Self::Command) -> Option<Date> {
        None
    }

    /// Whether there is no such thing for this person: not even its revision is told to them.
    /// `keeper` is the unit that began it.
    fn is_hidden_from(&self, _actor: &Actor, _keeper: &Unit) -> bool {
        false
    }

    /// The petitions that are the same matter: whoever one of them is hidden from, to them this one
    /// is hidden, too.
    fn same_matter(&self) -> Vec<PetitionId> {
        vec![]
    }

    /// Whether the bureau itself asks, and nobody of its staff: nothing is hidden from it.
    fn is_upkeep(_command: &Self::Command) -> bool {
        false
    }

    /// Copies what happened into the state. Never judges, never fails.
    fn evolve(&mut self, event: &Self::Event);

    /// The people whose care history this belongs to.
    fn subjects(&self) -> Vec<CadreId>;
}

/// All that a rule may know besides the state.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The moment of the request.
    pub now: Timestamp,
    /// The civil date of that moment in Asia/Shanghai.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The numbers in force on the day that [`Aggregate::governed_by`] names.
    pub rules: &'a Rules,
    /// Days off and make-up workdays.
    pub calendar: &'a Calendar,
    /// The person that [`Aggregate::concerns`] names, as their record stands; nothing if they are
    /// not in the register.
    pub person: Option<&'a Person>,
    /// The petition that [`Aggregate::refers_to`] names, as it stands.
    pub petition: Option<&'a PetitionCase>,
}

/// A fact, stored for ever under a literal name and a version.
pub trait Event: Sized + Send + Sync + 'static {
    /// Every stored name with its newest version.
    const NAMES: &'static [(&'static str, u32)];

    /// The stored name, such as `visit.recorded`.
    fn name(&self) -> &'static str;

    /// The version of the data it is written in.
    fn version(&self) -> u32;

    /// When it happened or took effect; `None` if that is the moment it was recorded.
    fn occurred(&self) -> Option<When>;

    /// Its data as JSON.
    ///
    /// # Errors
    /// [`DecodeError::Data`] if it cannot be written.
    fn encode(&self) -> Result<Vec<u8>, DecodeError>;

    /// Reads what [`Event::encode`] of this or an earlier version wrote. `None`: a name of another
    /// aggregate.
    ///
    /// # Errors
    /// [`DecodeError`] if the data is of a newer version, or damaged.
    fn decode(name: &str, version: u32, data: &[u8]) -> Result<Option<Self>, DecodeError>;
}

/// Why stored data cannot be read. Says where, never what: the data is personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Written by a newer Sangyu.
    #[error("{name} has version {version}; this Sangyu reads up to {newest}: install a newer one")]
    Newer {
        /// The stored name.
        name: String,
        /// Its version.
        version: u32,
        /// The newest version known here.
        newest: u32,
    },
    /// Not what that name and version hold.
    #[error("the data of {name} is damaged at line {line}, column {column}")]
    Data {
        /// The stored name.
        name: String,
        /// Of the JSON text.
        line: usize,
        /// Of that line.
        column: usize,
    },
    /// No event has this name.
    #[error("no event is named {name}: install a newer Sangyu")]
    Unknown {
        /// The stored name.
        name: String,
    },
}

/// Why a command is refused: a domain word with its data.
pub trait Rejection: std::error::Error + Send + Sync + 'static {
    /// Stable, snake_case, unique in all of Sangyu; documented in `docs/errors.md`.
    fn code(&self) -> &'static str;

    /// What is wrong and what to do, in Chinese. `Display` says the same in English. Neither ever
    /// holds personal data.
    fn zh(&self) -> String;
}
