//! How a field of the state is called in Chinese, and how its value is shown.

use calendar::When;
use domain::Fen;
use serde::de::DeserializeOwned;
use serde_json::Value;
use views::words;

/// How a value is shown.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// As it stands; a moment as people read it.
    Plain,
    /// 元.
    Money,
    /// 是 or nothing.
    Yes,
    /// The Chinese term of a stored word.
    Word(fn(&Value) -> Option<String>),
}

/// A field, by its JSON pointer within its part of the state.
pub(super) struct Field {
    pub(super) path: &'static str,
    pub(super) label: &'static str,
    pub(super) form: Form,
}

impl Field {
    pub(super) const fn plain(path: &'static str, label: &'static str) -> Self {
        Field {
            path,
            label,
            form: Form::Plain,
        }
    }

    pub(super) const fn money(path: &'static str, label: &'static str) -> Self {
        Field {
            path,
            label,
            form: Form::Money,
        }
    }

    pub(super) const fn yes(path: &'static str, label: &'static str) -> Self {
        Field {
            path,
            label,
            form: Form::Yes,
        }
    }

    pub(super) const fn word(
        path: &'static str,
        label: &'static str,
        term: fn(&Value) -> Option<String>,
    ) -> Self {
        Field {
            path,
            label,
            form: Form::Word(term),
        }
    }

    /// What this part of the state says of it.
    pub(super) fn of(&self, part: &Value) -> String {
        let Some(value) = part.pointer(self.path) else {
            return String::new();
        };
        match self.form {
            Form::Plain => plain(value),
            Form::Money => value
                .as_u64()
                .map_or_else(String::new, |fen| Fen(fen).to_string()),
            Form::Yes => match value {
                Value::Bool(true) => "是".to_owned(),
                _ => String::new(),
            },
            Form::Word(term) => term(value).unwrap_or_else(|| plain(value)),
        }
    }
}

/// A term of the field's own words, for a value that is stored as one.
fn term<T: DeserializeOwned>(value: &Value, words: impl FnOnce(T) -> String) -> Option<String> {
    serde_json::from_value(value.clone()).ok().map(words)
}

macro_rules! terms {
    ($($name:ident = $words:path;)+) => {
        $(pub(super) fn $name(value: &Value) -> Option<String> {
            term(value, |word| $words(word).to_owned())
        })+
    };
}

terms! {
    sex = words::sex;
    status = words::status;
    mobility = words::mobility;
    standing = words::basis;
    mode = words::mode;
    channel = words::channel;
    stage = words::petition_stage;
    category = words::category;
    clock = words::clock;
    rung = words::rung;
    case_state = words::case_state;
    medal_state = words::medal_state;
    duty_state = words::duty;
    clock_state = words::clock_state;
    outcome = words::outcome;
    review_result = words::review_result;
    rating = words::rating;
}

pub(super) fn living(value: &Value) -> Option<String> {
    term(value, |living| words::living(&living).to_owned())
}

pub(super) fn purpose(value: &Value) -> Option<String> {
    term(value, |purpose| words::purpose(&purpose).to_owned())
}

pub(super) fn ground(value: &Value) -> Option<String> {
    term(value, |ground: domain::hardship::Ground| {
        ground.zh().to_owned()
    })
}

/// Text as it is, a day or moment as people read it, nothing as nothing, and all else as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => match text.parse::<When>() {
            Ok(when) => when.to_string(),
            Err(_) => text.clone(),
        },
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("、"),
        Value::Object(fields) if fields.values().all(|v| !v.is_object() && !v.is_array()) => {
            let said = fields.values().filter(|value| !value.is_null());
            said.map(plain).collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
