//! Who acts: read from the headers of a call until authentication exists. The same headers are
//! written here for the client.

use domain::{Actor, StaffId, Text, Unit};
use tonic::metadata::{MetadataMap, MetadataValue};

/// The account of who acts.
const ID: &str = "sangyu-actor-id";
/// Their name. Headers hold ASCII only; a name that ends with `-bin` carries bytes, here UTF-8.
const NAME: &str = "sangyu-actor-name-bin";
/// The role they act in.
const ROLE: &str = "sangyu-actor-role";
/// The unit they act for, in UTF-8.
const UNIT: &str = "sangyu-actor-unit-bin";
/// On whose behalf, where that is someone else, in UTF-8.
const ON_BEHALF_OF: &str = "sangyu-on-behalf-of-bin";
/// W3C Trace Context.
const TRACE: &str = "traceparent";

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who acts.
    pub actor: Actor,
    /// On whose behalf, where that is someone else.
    pub on_behalf_of: Option<Text>,
    /// W3C trace id.
    pub trace: Option<String>,
}

/// A call that does not say who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unauthenticated {
    /// The header that is missing or unreadable.
    pub(crate) header: &'static str,
}

impl Unauthenticated {
    pub(crate) const CODE: &'static str = "actor_missing";

    pub(crate) fn en(self) -> String {
        format!(
            "header {} is missing or no UTF-8 text: every call says who acts",
            self.header
        )
    }

    pub(crate) fn zh(self) -> String {
        format!(
            "缺少请求头 {}（或不是 UTF-8 文本）：每次调用须说明操作人",
            self.header
        )
    }
}

impl Caller {
    /// Reads the headers of a call.
    pub(crate) fn read(headers: &MetadataMap) -> Result<Self, Unauthenticated> {
        let ascii = |header| {
            let text = headers.get(header).and_then(|value| value.to_str().ok());
            text.and_then(|text| Text::parse(text).ok())
                .ok_or(Unauthenticated { header })
        };
        let utf8 = |header| {
            let bytes = headers
                .get_bin(header)
                .and_then(|value| value.to_bytes().ok());
            bytes
                .and_then(|bytes| Text::parse(std::str::from_utf8(&bytes).ok()?).ok())
                .ok_or(Unauthenticated { header })
        };
        let actor = Actor {
            id: StaffId(ascii(ID)?),
            name: utf8(NAME)?,
            role: ascii(ROLE)?,
            unit: Unit(utf8(UNIT)?),
        };
        let on_behalf_of = headers
            .contains_key(ON_BEHALF_OF)
            .then(|| utf8(ON_BEHALF_OF))
            .transpose()?;
        let trace = headers
            .get(TRACE)
            .and_then(|value| value.to_str().ok())
            .and_then(trace_id);
        Ok(Caller {
            actor,
            on_behalf_of,
            trace,
        })
    }

    /// Writes the headers of a call. An account or role that is not ASCII is left out, and the
    /// server then names the header that is missing.
    pub(crate) fn write(&self, headers: &mut MetadataMap) {
        let mut ascii = |header: &'static str, text: &str| {
            if let Ok(value) = MetadataValue::try_from(text) {
                headers.insert(header, value);
            }
        };
        ascii(ID, &self.actor.id.0);
        ascii(ROLE, &self.actor.role);
        if let Some(trace) = &self.trace {
            ascii(
                TRACE,
                &format!("00-{trace}-{}-01", &trace[..16.min(trace.len())]),
            );
        }
        let mut utf8 = |header: &'static str, text: &str| {
            headers.insert_bin(header, MetadataValue::from_bytes(text.as_bytes()));
        };
        utf8(NAME, &self.actor.name);
        utf8(UNIT, &self.actor.unit.0);
        if let Some(other) = &self.on_behalf_of {
            utf8(ON_BEHALF_OF, other);
        }
    }
}

/// The trace id of a `traceparent`, `00-<trace id>-<parent id>-<flags>`. A malformed one is
/// ignored, as the specification asks.
pub(crate) fn trace_id(header: &str) -> Option<String> {
    let hex = |text: &str, length: usize| {
        text.len() == length
            && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            && text.bytes().any(|b| b != b'0')
    };
    let mut parts = header.split('-');
    let (_version, trace, parent) = (parts.next()?, parts.next()?, parts.next()?);
    (hex(trace, 32) && hex(parent, 16)).then(|| trace.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller() -> Caller {
        let text = |t| Text::parse(t).unwrap();
        Caller {
            actor: Actor {
                id: StaffId(text("wang.fang")),
                name: text("王芳"),
                role: text("clerk"),
                unit: Unit(text("市委老干部局")),
            },
            on_behalf_of: Some(text("李科长")),
            trace: Some("4bf92f3577b34da6a3ce929d0e0e4736".into()),
        }
    }

    #[test]
    fn what_the_client_writes_the_server_reads() {
        let mut headers = MetadataMap::new();
        caller().write(&mut headers);
        let read = Caller::read(&headers).unwrap();
        assert_eq!(read.actor, caller().actor);
        assert_eq!(read.on_behalf_of, caller().on_behalf_of);
        assert_eq!(read.trace, caller().trace);
    }

    #[test]
    fn a_call_that_does_not_say_who_acts_is_told_which_header_is_missing() {
        for header in [ID, ROLE] {
            let mut headers = MetadataMap::new();
            caller().write(&mut headers);
            headers.remove(header);
            assert_eq!(
                Caller::read(&headers).unwrap_err(),
                Unauthenticated { header }
            );
        }
        for header in [NAME, UNIT] {
            let mut headers = MetadataMap::new();
            caller().write(&mut headers);
            headers.insert_bin(header, MetadataValue::from_bytes(&[0xff]));
            assert_eq!(
                Caller::read(&headers).unwrap_err(),
                Unauthenticated { header }
            );
        }
    }

    #[test]
    fn only_a_well_formed_trace_is_kept() {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(
            trace_id(parent).unwrap(),
            "4bf92f3577b34da6a3ce929d0e0e4736"
        );
        for malformed in [
            "",
            "00-4bf92f35-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(trace_id(malformed), None, "{malformed}");
        }
    }
}
