//! Metadata as a log stores them, with the texts left where they lie.

use std::borrow::Cow;

use calendar::{Timestamp, When};
use memchr::{memchr, memchr2};
use serde::Deserialize;
use uuid::{Uuid, fmt::Hyphenated};

use crate::{LogError, RequestId, Source};

/// The fields of [`Metadata`](crate::Metadata).
#[derive(Deserialize)]
#[cfg_attr(test, derive(Debug, PartialEq))]
pub(crate) struct StoredMetadata<'a> {
    pub(crate) version: u32,
    pub(crate) occurred: When,
    pub(crate) recorded: Timestamp,
    #[serde(borrow)]
    pub(crate) actor: StoredActor<'a>,
    #[serde(default)]
    pub(crate) on_behalf_of: Option<String>,
    #[serde(borrow)]
    pub(crate) rules: Cow<'a, str>,
    #[serde(default)]
    pub(crate) source: Option<Source>,
    #[serde(default)]
    pub(crate) subjects: Vec<Uuid>,
    pub(crate) request: RequestId,
    pub(crate) correlation: Uuid,
    pub(crate) causation: Uuid,
    #[serde(default)]
    pub(crate) trace: Option<String>,
}

/// What metadata begin with: all that the ledger says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head<'a> {
    /// The schema version of the data.
    pub version: u32,
    /// When it happened or took effect.
    pub occurred: When,
    /// When we recorded it.
    pub recorded: Timestamp,
    /// Who did it.
    pub actor: StoredActor<'a>,
}

/// The fields of [`Actor`](crate::Actor).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StoredActor<'a> {
    /// The account.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The name then.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// The role they acted in.
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    /// The unit they acted for.
    #[serde(borrow)]
    pub unit: Cow<'a, str>,
}

impl<'a> Head<'a> {
    /// Reads any JSON of metadata; what is behind the actor is left unread where that can be done.
    ///
    /// # Errors
    /// As [`StoredMetadata::read`].
    pub(super) fn read(json: &'a [u8]) -> Result<Self, LogError> {
        let plain = || {
            // A name may hold one as well: then it is read as a whole.
            let end = memchr(b'}', json)?;
            let rest = str::from_utf8(json.get(..=end)?).ok()?;
            Rest(rest).head()
        };
        match plain() {
            Some(head) => Ok(head),
            None => StoredMetadata::read(json).map(|stored| stored.head()),
        }
    }
}

impl<'a> StoredMetadata<'a> {
    fn head(self) -> Head<'a> {
        Head {
            version: self.version,
            occurred: self.occurred,
            recorded: self.recorded,
            actor: self.actor,
        }
    }

    /// Reads any JSON of metadata, and fast what [`Metadata::to_json`](crate::Metadata::to_json) writes
    /// where no text has an escape: a replay spends most of its time here.
    ///
    /// # Errors
    /// [`LogError::Corrupt`], which never says what they hold.
    pub(crate) fn read(json: &'a [u8]) -> Result<Self, LogError> {
        // The whole is checked at once, and its texts need not be any more.
        let json = str::from_utf8(json)
            .map_err(|e| LogError::Corrupt(format!("metadata are no text: {e}")))?;
        match plain(json) {
            Some(stored) => Ok(stored),
            None => any(json).map_err(|e| {
                let (line, column) = (e.line(), e.column());
                LogError::Corrupt(format!("metadata at line {line}, column {column}"))
            }),
        }
    }
}

fn any(json: &str) -> Result<StoredMetadata<'_>, serde_json::Error> {
    serde_json::from_str(json)
}

/// What is written in the order of the fields, without white space and escapes; nothing if anything is
/// otherwise, whether it is wrong or not.
fn plain(json: &str) -> Option<StoredMetadata<'_>> {
    let mut rest = Rest(json);
    let Head {
        version,
        occurred,
        recorded,
        actor,
    } = rest.head()?;
    let stored = StoredMetadata {
        version,
        occurred,
        recorded,
        actor,
        on_behalf_of: rest.optional_text(r#","on_behalf_of":""#)?,
        rules: rest.text(r#","rules":""#)?.into(),
        source: rest.source()?,
        subjects: rest.subjects()?,
        request: RequestId(rest.id(r#","request":""#)?),
        correlation: rest.id(r#","correlation":""#)?,
        causation: rest.id(r#","causation":""#)?,
        trace: rest.optional_text(r#","trace":""#)?,
    };
    rest.skip("}")?;
    rest.0.is_empty().then_some(stored)
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn head(&mut self) -> Option<Head<'a>> {
        let version = self.number(r#"{"version":"#)?;
        let occurred = self.text(r#","occurred":""#)?;
        let at = self.text(r#","recorded":""#)?;
        let recorded = at.parse().ok()?;
        let actor = StoredActor {
            id: self.text(r#","actor":{"id":""#)?.into(),
            name: self.text(r#","name":""#)?.into(),
            role: self.text(r#","role":""#)?.into(),
            unit: self.text(r#","unit":""#)?.into(),
        };
        self.skip("}")?;
        Some(Head {
            version,
            occurred: match occurred == at {
                true => When::At(recorded),
                false => occurred.parse().ok()?,
            },
            recorded,
            actor,
        })
    }

    fn skip(&mut self, literal: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(literal)?;
        Some(())
    }

    /// The text behind what opens it, to its closing quote.
    fn text(&mut self, open: &str) -> Option<&'a str> {
        self.skip(open)?;
        let end = memchr2(b'"', b'\\', self.0.as_bytes())?;
        self.text_of(end)
    }

    /// A text of so many bytes.
    fn text_of(&mut self, bytes: usize) -> Option<&'a str> {
        let (text, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        self.skip("\"")?;
        let control = text
            .bytes()
            .fold(false, |found, byte| found | (byte < b' '));
        (!control).then_some(text)
    }

    /// A text that may be left out.
    fn optional_text(&mut self, open: &str) -> Option<Option<String>> {
        match self.0.starts_with(open) {
            true => self.text(open).map(|text| Some(text.to_owned())),
            false => Some(None),
        }
    }

    fn number(&mut self, open: &str) -> Option<u32> {
        self.skip(open)?;
        let end = self.0.bytes().position(|byte| !byte.is_ascii_digit())?;
        let (digits, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        match digits.starts_with('0') && digits.len() > 1 {
            true => None,
            false => digits.parse().ok(),
        }
    }

    fn id(&mut self, open: &str) -> Option<Uuid> {
        self.skip(open)?;
        self.text_of(Hyphenated::LENGTH)?.parse().ok()
    }

    fn source(&mut self) -> Option<Option<Source>> {
        const OPEN: &str = r#","source":{"document":""#;
        if !self.0.starts_with(OPEN) {
            return Some(None);
        }
        let document = self.text(OPEN)?.to_owned();
        let sheet = self.optional_text(r#","sheet":""#)?;
        const ROW: &str = r#","row":"#;
        let row = match self.0.starts_with(ROW) {
            true => Some(self.number(ROW)?),
            false => None,
        };
        self.skip("}")?;
        Some(Some(Source {
            document,
            sheet,
            row,
        }))
    }

    fn subjects(&mut self) -> Option<Vec<Uuid>> {
        if self.skip(r#","subjects":["#).is_none() {
            return Some(Vec::new());
        }
        let mut subjects = vec![self.id("\"")?];
        while self.skip(",").is_some() {
            subjects.push(self.id("\"")?);
        }
        self.skip("]")?;
        Some(subjects)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Metadata, contract};

    /// Everything that may be left out is there, or is not.
    fn metadata() -> Vec<Metadata> {
        let full = contract::metadata(1);
        let mut many = vec![full];
        let leave_out: [fn(&mut Metadata); 6] = [
            |m| m.on_behalf_of = None,
            |m| m.source.as_mut().unwrap().sheet = None,
            |m| m.source.as_mut().unwrap().row = None,
            |m| m.source = None,
            |m| m.subjects.clear(),
            |m| m.trace = None,
        ];
        for change in leave_out {
            for mut other in many.clone() {
                if other.source.is_some() {
                    change(&mut other);
                    many.push(other);
                }
            }
        }
        let mut later = many[0].clone();
        later.occurred = "2026-05-01".parse().unwrap();
        later.subjects = vec![Uuid::from_u128(1), Uuid::from_u128(2)];
        many.push(later);
        many
    }

    #[test]
    fn both_ways_read_the_same() {
        for metadata in metadata() {
            let json = String::from_utf8(metadata.to_json().unwrap()).unwrap();
            let whole = any(&json).unwrap();
            assert_eq!(plain(&json).as_ref(), Some(&whole));
            assert_eq!(Head::read(json.as_bytes()).unwrap(), whole.head());
        }
    }

    #[test]
    fn what_is_read_fast_is_never_what_json_is_not() {
        for metadata in metadata().into_iter().step_by(9) {
            let json = metadata.to_json().unwrap();
            for at in 0..json.len() {
                for byte in *b"\"\\\n\t{}[],:0+ -a\xe5" {
                    let mut changed = json.clone();
                    changed[at] = byte;
                    let Ok(changed) = String::from_utf8(changed) else {
                        continue;
                    };
                    if let Some(read) = plain(&changed) {
                        assert_eq!(Some(read), any(&changed).ok());
                    }
                    // What is behind the head may be wrong all the same.
                    if let Ok(whole) = any(&changed) {
                        assert_eq!(Head::read(changed.as_bytes()).unwrap(), whole.head());
                    }
                    let cut = changed.get(..at).unwrap_or_default();
                    assert!(plain(cut).is_none());
                }
            }
        }
    }

    #[test]
    fn an_escape_or_another_order_is_read_as_well() {
        let mut metadata = contract::metadata(1);
        let name = "\"\\\n}\u{2028}𠮷";
        Arc::make_mut(&mut metadata.actor).name = name.to_owned();
        let json = metadata.to_json().unwrap();
        let read = StoredMetadata::read(&json).unwrap();
        assert_eq!(read.actor.name, name);
        let sorted: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let sorted = serde_json::to_vec_pretty(&sorted).unwrap();
        assert_eq!(StoredMetadata::read(&sorted).unwrap(), read);
        let head = read.head();
        assert_eq!(Head::read(&json).unwrap(), head);
        assert_eq!(Head::read(&sorted).unwrap(), head);
    }

    #[test]
    fn a_brace_in_a_name_does_not_end_the_head() {
        let mut metadata = contract::metadata(1);
        Arc::make_mut(&mut metadata.actor).name = "}".to_owned();
        let json = metadata.to_json().unwrap();
        let head = Head::read(&json).unwrap();
        assert_eq!((&*head.actor.name, &*head.actor.unit), ("}", "老干部局"));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_place_alone() {
        let mut metadata = contract::metadata(1);
        Arc::make_mut(&mut metadata.actor).name = "某某".to_owned();
        let mut json = metadata.to_json().unwrap();
        json.pop();
        let error = StoredMetadata::read(&json).unwrap_err().to_string();
        assert!(error.contains("column") && !error.contains("某某"));
        // Not so much as a head.
        json.truncate(json.len() / 4);
        let error = Head::read(&json).unwrap_err().to_string();
        assert!(error.contains("column") && !error.contains("某某"));
    }
}
