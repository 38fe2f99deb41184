//! Reads a request field by field and keeps every fault it finds, each under its path.

use std::{cell::RefCell, str::FromStr};

use app::Violation;
use calendar::{Date, IdNumber, IdNumberError, Timestamp, When};
use domain::{ContentHash, ContentHashError, Fen, Text, TextError};
use event_log::Position;

/// A word of the domain that travels as a value of an enum.
pub(crate) trait Word: Sized {
    /// The enum.
    type Wire: TryFrom<i32> + Into<i32>;

    /// The word; nothing where it is unspecified.
    fn read(wire: Self::Wire) -> Option<Self>;

    /// The value.
    fn wire(self) -> Self::Wire;

    /// The value's number.
    fn write(self) -> i32 {
        self.wire().into()
    }
}

/// Declares words that are called the same on both sides; a new one on either side must be added.
macro_rules! words {
    ($($wire:path = $word:ident { $($variant:ident),+ $(,)? })+) => {$(
        impl $crate::fields::Word for $word {
            type Wire = $wire;

            fn read(wire: $wire) -> Option<Self> {
                use $wire as Wire;
                match wire {
                    Wire::Unspecified => None,
                    $(Wire::$variant => Some($word::$variant),)+
                }
            }

            fn wire(self) -> $wire {
                use $wire as Wire;
                match self {
                    $($word::$variant => Wire::$variant,)+
                }
            }
        }
    )+};
}
pub(crate) use words;

/// The faults of one request.
#[derive(Default)]
pub(crate) struct Faults(RefCell<Vec<Violation>>);

impl Faults {
    /// The request itself.
    pub(crate) fn root(&self) -> Fields<'_> {
        Fields {
            path: String::new(),
            faults: self,
        }
    }

    /// What was read, if there was no fault.
    pub(crate) fn check<T>(self, read: Option<T>) -> Result<T, app::Error> {
        match (read, self.0.into_inner()) {
            (Some(read), faults) if faults.is_empty() => Ok(read),
            (_, faults) => Err(app::Error::Invalid(faults)),
        }
    }
}

/// The fields of one message. Each reader gives `None` where it found a fault, so that a message
/// is put together only from fields without one.
pub(crate) struct Fields<'a> {
    path: String,
    faults: &'a Faults,
}

impl Fields<'_> {
    /// Keeps a fault of the field `name`.
    pub(crate) fn fault(&self, name: &str, en: impl Into<String>, zh: impl Into<String>) {
        let violation = Violation {
            field: self.path_of(name),
            en: en.into(),
            zh: zh.into(),
        };
        self.faults.0.borrow_mut().push(violation);
    }

    /// A field that must be given is not.
    pub(crate) fn missing<T>(&self, name: &str) -> Option<T> {
        self.fault(name, "it is required", "必填");
        None
    }

    /// A text that must be given.
    pub(crate) fn text(&self, name: &str, text: &str) -> Option<Text> {
        match Text::parse(text) {
            Ok(text) => Some(text),
            Err(TextError::Empty) => self.missing(name),
            Err(error @ TextError::TooLong { found, limit }) => {
                self.fault(
                    name,
                    error.to_string(),
                    format!("共 {found} 字，上限 {limit} 字"),
                );
                None
            }
        }
    }

    /// A text that may be left empty.
    pub(crate) fn optional_text(&self, name: &str, text: &str) -> Option<Option<Text>> {
        self.unless_empty(name, text, Self::text)
    }

    /// Texts, if any; none of them may be empty.
    pub(crate) fn texts(&self, name: &str, texts: &[String]) -> Option<Vec<Text>> {
        let all: Vec<Option<Text>> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| self.text(&format!("{name}[{at}]"), text))
            .collect();
        all.into_iter().collect()
    }

    /// A civil date that must be given.
    pub(crate) fn date(&self, name: &str, text: &str) -> Option<Date> {
        if text.is_empty() {
            return self.missing(name);
        }
        // `When` takes a date in the one form `2024-10-07`; jiff alone would take others too.
        match text.parse() {
            Ok(When::Day(date)) => Some(date),
            Ok(When::At(_)) | Err(_) => {
                self.fault(
                    name,
                    "it is no date such as 2024-10-07",
                    "日期应写作 2024-10-07",
                );
                None
            }
        }
    }

    /// A civil date that may be left empty.
    pub(crate) fn optional_date(&self, name: &str, text: &str) -> Option<Option<Date>> {
        self.unless_empty(name, text, Self::date)
    }

    /// A date or a moment that must be given.
    pub(crate) fn when(&self, name: &str, text: &str) -> Option<When> {
        if text.is_empty() {
            return self.missing(name);
        }
        text.parse().map_or_else(
            |error: calendar::WhenError| {
                let zh = "应为日期（2024-10-07）或时刻（2016-02-19T00:43:00Z）";
                self.fault(name, format!("it is {error}"), zh);
                None
            },
            Some,
        )
    }

    /// A UUID that must be given.
    pub(crate) fn id<T: FromStr<Err = uuid::Error>>(&self, name: &str, text: &str) -> Option<T> {
        if text.is_empty() {
            return self.missing(name);
        }
        match text.parse() {
            Ok(id) => Some(id),
            Err(_) => {
                self.fault(
                    name,
                    "it is no UUID such as 019a0000-0000-7000-8000-000000000001",
                    "不是 UUID",
                );
                None
            }
        }
    }

    /// The SHA-256 of a file that must be given.
    pub(crate) fn hash(&self, name: &str, text: &str) -> Option<ContentHash> {
        if text.is_empty() {
            return self.missing(name);
        }
        text.parse().map_or_else(
            |error: ContentHashError| {
                let zh = "应为 64 位小写十六进制的 SHA-256";
                self.fault(name, format!("it is none: {error}"), zh);
                None
            },
            Some,
        )
    }

    /// A UUID that may be left empty.
    pub(crate) fn optional_id<T: FromStr<Err = uuid::Error>>(
        &self,
        name: &str,
        text: &str,
    ) -> Option<Option<T>> {
        self.unless_empty(name, text, Self::id)
    }

    /// A 公民身份号码 that may be left empty.
    pub(crate) fn optional_id_number(&self, name: &str, text: &str) -> Option<Option<IdNumber>> {
        self.unless_empty(name, text, Self::id_number)
    }

    /// A 公民身份号码 that must be given.
    pub(crate) fn id_number(&self, name: &str, text: &str) -> Option<IdNumber> {
        match IdNumber::parse(text) {
            Ok(number) => Some(number),
            Err(IdNumberError::Length { found: 0 }) => self.missing(name),
            Err(error) => {
                let zh = match error {
                    IdNumberError::Length { found } => {
                        format!("身份证号应为 18 位，现为 {found} 位")
                    }
                    IdNumberError::Character { at } => {
                        format!("身份证号第 {at} 位应为数字（末位可为 X）")
                    }
                    IdNumberError::BirthDate => "身份证号第 7 至 14 位不是日期".into(),
                    IdNumberError::CheckDigit => "身份证号校验位不符，请核对".into(),
                };
                self.fault(name, error.to_string(), zh);
                None
            }
        }
    }

    /// An amount in fen; nothing is an amount too.
    pub(crate) fn fen(&self, name: &str, fen: u64) -> Option<Fen> {
        let amount = Fen::new(fen);
        if amount.is_none() {
            let (en, zh) = (
                format!("it is over {} yuan", Fen::MOST),
                format!("超过 {} 元", Fen::MOST),
            );
            self.fault(name, en, zh);
        }
        amount
    }

    /// A moment that must be given.
    pub(crate) fn moment(&self, name: &str, text: &str) -> Option<Timestamp> {
        match self.when(name, text)? {
            When::At(moment) => Some(moment),
            When::Day(_) => {
                let (en, zh) = ("it is no moment such as 2016-02-19T00:43:00Z", "应为时刻");
                self.fault(name, en, zh);
                None
            }
        }
    }

    /// A date or a moment that may be left empty.
    pub(crate) fn optional_when(&self, name: &str, text: &str) -> Option<Option<When>> {
        self.unless_empty(name, text, Self::when)
    }

    /// A place in the log.
    pub(crate) fn position(&self, name: &str, text: &str) -> Option<Position> {
        if text.is_empty() {
            return self.missing(name);
        }
        match text.parse() {
            Ok(stored) => Some(Position::from_stored(stored)),
            Err(_) => {
                self.fault(
                    name,
                    "it is no position: take it from an answer",
                    "不是日志位置",
                );
                None
            }
        }
    }

    /// A place in the log that may be left empty.
    pub(crate) fn optional_position(&self, name: &str, text: &str) -> Option<Option<Position>> {
        self.unless_empty(name, text, Self::position)
    }

    /// A whole number that must be in a smaller type's range, or a narrower one.
    pub(crate) fn number<N: TryFrom<i32>>(
        &self,
        name: &str,
        number: i32,
        (from, to): (i32, i32),
    ) -> Option<N> {
        let read = (from..=to)
            .contains(&number)
            .then(|| N::try_from(number).ok())
            .flatten();
        if read.is_none() {
            self.fault(
                name,
                format!("it must be from {from} to {to}"),
                format!("应在 {from} 至 {to} 之间"),
            );
        }
        read
    }

    /// A year.
    pub(crate) fn year(&self, name: &str, year: i32) -> Option<i16> {
        self.number(name, year, (1900, 9999))
    }

    /// A word that must be given.
    pub(crate) fn word<W: Word>(&self, name: &str, value: i32) -> Option<W> {
        match self.optional_word(name, value)? {
            Some(word) => Some(word),
            None => self.missing(name),
        }
    }

    /// A word that may be left unspecified.
    pub(crate) fn optional_word<W: Word>(&self, name: &str, value: i32) -> Option<Option<W>> {
        self.value::<W::Wire>(name, value).map(W::read)
    }

    /// One value of an enum, unspecified included.
    pub(crate) fn value<E: TryFrom<i32>>(&self, name: &str, value: i32) -> Option<E> {
        let read = E::try_from(value).ok();
        if read.is_none() {
            self.fault(
                name,
                format!("value {value} is not known here: use the same version of the API"),
                format!("取值 {value} 未知，请使用相同版本的接口"),
            );
        }
        read
    }

    /// A message that must be given.
    pub(crate) fn message<M, T>(
        &self,
        name: &str,
        message: Option<M>,
        read: impl FnOnce(&Fields<'_>, M) -> Option<T>,
    ) -> Option<T> {
        match message {
            Some(message) => read(&self.inside(name), message),
            None => self.missing(name),
        }
    }

    /// A message that may be left out.
    pub(crate) fn optional_message<M, T>(
        &self,
        name: &str,
        message: Option<M>,
        read: impl FnOnce(&Fields<'_>, M) -> Option<T>,
    ) -> Option<Option<T>> {
        match message {
            Some(message) => read(&self.inside(name), message).map(Some),
            None => Some(None),
        }
    }

    /// Messages of which there must be at least one.
    pub(crate) fn messages<M, T>(
        &self,
        name: &str,
        messages: Vec<M>,
        read: impl Fn(&Fields<'_>, M) -> Option<T>,
    ) -> Option<Vec<T>> {
        if messages.is_empty() {
            return self.missing(name);
        }
        self.all(name, messages, read)
    }

    /// Messages, if any.
    pub(crate) fn all<M, T>(
        &self,
        name: &str,
        messages: Vec<M>,
        read: impl Fn(&Fields<'_>, M) -> Option<T>,
    ) -> Option<Vec<T>> {
        let all: Vec<Option<T>> = messages
            .into_iter()
            .enumerate()
            .map(|(at, message)| read(&self.inside(&format!("{name}[{at}]")), message))
            .collect();
        all.into_iter().collect()
    }

    fn unless_empty<T>(
        &self,
        name: &str,
        text: &str,
        read: impl FnOnce(&Self, &str, &str) -> Option<T>,
    ) -> Option<Option<T>> {
        if text.trim().is_empty() {
            Some(None)
        } else {
            read(self, name, text).map(Some)
        }
    }

    /// The fields of the message in the field `name`.
    pub(crate) fn inside(&self, name: &str) -> Fields<'_> {
        Fields {
            path: self.path_of(name),
            faults: self.faults,
        }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

/// As text; empty where there is nothing.
pub(crate) fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
