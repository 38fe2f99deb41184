use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::DecodeError;

/// Every change of an event's data since the first release, oldest first. A new version of an
/// event adds its line here and a golden file; nothing else reads old shapes.
const UPCASTS: &[Upcast] = &[];

/// Reads stored data of any version up to `newest`.
pub(crate) fn read<T: DeserializeOwned>(
    name: &str,
    version: u32,
    newest: u32,
    data: &[u8],
) -> Result<T, DecodeError> {
    if version > newest {
        return Err(DecodeError::Newer {
            name: name.to_owned(),
            version,
            newest,
        });
    }
    let lifted = upcast(UPCASTS, name, version, data).map_err(|e| damaged(name, &e))?;
    let data = lifted.as_deref().unwrap_or(data);
    // The whole is checked at once, and its texts need not be any more.
    match str::from_utf8(data) {
        Ok(text) => serde_json::from_str(text),
        // Says where.
        Err(_) => serde_json::from_slice(data),
    }
    .map_err(|e| damaged(name, &e))
}

/// Where stored data is damaged; never what it says.
pub(crate) fn damaged(name: &str, error: &serde_json::Error) -> DecodeError {
    DecodeError::Data {
        name: name.to_owned(),
        line: error.line(),
        column: error.column(),
    }
}

/// Turns the data of one old version of an event into the next version's.
struct Upcast {
    /// The stored name.
    name: &'static str,
    /// The version it reads; it gives `from + 1`.
    from: u32,
    /// The change.
    change: fn(Value) -> Value,
}

/// Lifts stored data to the newest version that `table` leads to; data that is already there is
/// not touched, and its bytes are not even parsed.
fn upcast(
    table: &[Upcast],
    name: &str,
    version: u32,
    data: &[u8],
) -> Result<Option<Vec<u8>>, serde_json::Error> {
    let step = |version| table.iter().find(|u| u.name == name && u.from == version);
    let Some(first) = step(version) else {
        return Ok(None);
    };
    let mut value = (first.change)(serde_json::from_slice(data)?);
    let mut version = version + 1;
    while let Some(next) = step(version) {
        value = (next.change)(value);
        version += 1;
    }
    serde_json::to_vec(&value).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TABLE: &[Upcast] = &[
        Upcast {
            name: "visit.recorded",
            from: 1,
            change: |v| json!({"who": v["person"], "how": "home"}),
        },
        Upcast {
            name: "visit.recorded",
            from: 2,
            change: |v| json!({"person": v["who"], "mode": v["how"]}),
        },
    ];

    #[test]
    fn an_old_version_climbs_every_step_to_the_newest() {
        let data = upcast(TABLE, "visit.recorded", 1, br#"{"person":"p"}"#)
            .unwrap()
            .unwrap();
        assert_eq!(
            serde_json::from_slice::<Value>(&data).unwrap(),
            json!({"person": "p", "mode": "home"})
        );
    }

    #[test]
    fn the_newest_version_is_left_alone() {
        assert!(
            upcast(TABLE, "visit.recorded", 3, b"not even json")
                .unwrap()
                .is_none()
        );
        assert!(
            upcast(TABLE, "visit.withdrawn", 1, b"{}")
                .unwrap()
                .is_none()
        );
    }
}
