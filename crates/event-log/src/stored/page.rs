use bytes::Bytes;

use super::StoredEvent;
use crate::{EventId, LogError, Position, Recorded, Revision, Shared};

/// What an event takes, but for rare ones.
const USUAL_BYTES: usize = 1024;

/// What the names of an event and its stream take.
const USUAL_TEXTS: usize = 80;

/// Events in the order of the log, as it stores them: all their bytes in one piece, so that to read many takes
/// memory once and nothing for each.
#[derive(Debug, Default)]
pub struct StoredPage {
    /// Stream and name of each.
    texts: String,
    /// Metadata and data of each.
    bytes: Vec<u8>,
    rows: Vec<Row>,
}

/// What has the same size in every event, and the sizes of the rest.
#[derive(Debug, Clone, Copy)]
struct Row {
    position: Position,
    revision: Revision,
    id: EventId,
    stream: usize,
    name: usize,
    metadata: usize,
    data: usize,
}

impl StoredPage {
    /// With room for so many.
    pub fn of(events: usize) -> Self {
        StoredPage {
            texts: String::with_capacity(events * USUAL_TEXTS),
            bytes: Vec::with_capacity(events * USUAL_BYTES),
            rows: Vec::with_capacity(events),
        }
    }

    /// How many events it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The position of the last event.
    pub fn last(&self) -> Option<Position> {
        self.rows.last().map(|row| row.position)
    }

    /// Takes in a copy of the next event.
    pub fn push(&mut self, event: StoredEvent<'_>) {
        self.texts.push_str(event.stream);
        self.texts.push_str(event.name);
        self.bytes.extend_from_slice(event.metadata);
        self.bytes.extend_from_slice(event.data);
        self.rows.push(Row {
            position: event.position,
            revision: event.revision,
            id: event.id,
            stream: event.stream.len(),
            name: event.name.len(),
            metadata: event.metadata.len(),
            data: event.data.len(),
        });
    }

    /// The events.
    pub fn iter(&self) -> impl Iterator<Item = StoredEvent<'_>> {
        events(&self.rows, &self.texts, &self.bytes)
    }

    /// Reads the metadata of all of them. Whoever keeps an event keeps the bytes of the page.
    ///
    /// # Errors
    /// [`LogError::Corrupt`], which names the place.
    pub fn recorded(self) -> Result<Vec<Recorded>, LogError> {
        let bytes = Bytes::from(self.bytes);
        let mut shared = Shared::default();
        let events = events(&self.rows, &self.texts, &bytes);
        let recorded = events.map(|event| {
            let part = |part| bytes.slice_ref(part);
            shared.recorded(event, part(event.metadata), part(event.data))
        });
        recorded.collect()
    }
}

impl<'a> FromIterator<StoredEvent<'a>> for StoredPage {
    fn from_iter<T: IntoIterator<Item = StoredEvent<'a>>>(events: T) -> Self {
        let events = events.into_iter();
        let mut page = StoredPage::of(events.size_hint().0);
        events.for_each(|event| page.push(event));
        page
    }
}

fn events<'a>(
    rows: &'a [Row],
    mut texts: &'a str,
    mut bytes: &'a [u8],
) -> impl Iterator<Item = StoredEvent<'a>> {
    rows.iter().map(move |row| {
        // What was put in can be taken out.
        let mut text = |length| {
            let (text, rest) = texts.split_at_checked(length).unwrap_or_default();
            texts = rest;
            text
        };
        let mut part = |length| {
            let (part, rest) = bytes.split_at_checked(length).unwrap_or_default();
            bytes = rest;
            part
        };
        StoredEvent {
            position: row.position,
            stream: text(row.stream),
            revision: row.revision,
            id: row.id,
            name: text(row.name),
            metadata: part(row.metadata),
            data: part(row.data),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract;

    /// Of all sizes, some without data.
    fn recorded(count: u16) -> Vec<Recorded> {
        let recorded = (0..count).map(|number| {
            let new = contract::event(number.into());
            let size = usize::from(number);
            Recorded {
                position: Position::from_stored(3 * u64::from(number) + 1),
                stream: contract::stream(&"桑".repeat(size % 9 + 1)).unwrap(),
                revision: Revision(number.into()),
                id: new.id,
                metadata_json: new.metadata_json().unwrap().into(),
                name: "榆".repeat(size % 4).into(),
                metadata: new.metadata,
                data: vec![b'a'; size * 97 % 5_000].into(),
            }
        });
        recorded.collect()
    }

    #[test]
    fn a_page_gives_back_what_was_put_in() {
        for count in [0, 1, 300] {
            let events = recorded(count);
            let page: StoredPage = events.iter().map(Recorded::stored).collect();
            assert!(page.iter().eq(events.iter().map(Recorded::stored)));
            assert_eq!(page.len(), events.len());
            assert_eq!(page.is_empty(), events.is_empty());
            assert_eq!(page.last(), events.last().map(|event| event.position));
            assert_eq!(page.recorded().unwrap(), events);
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_place() {
        let events = recorded(3);
        let stored = |change: fn(&mut StoredEvent<'_>)| {
            let mut stored: Vec<_> = events.iter().map(Recorded::stored).collect();
            change(&mut stored[1]);
            let page: StoredPage = stored.into_iter().collect();
            assert_eq!(page.len(), 3);
            page.recorded().unwrap_err().to_string()
        };
        assert!(stored(|event| event.metadata = b"{}").contains("the metadata of the event at 4"));
        assert!(
            stored(|event| event.stream = "no category").contains("the stream of the event at 4")
        );
    }
}
