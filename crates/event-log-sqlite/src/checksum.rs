use crc32fast::Hasher;

/// An event as its columns hold it.
#[derive(Clone, Copy)]
pub(crate) struct Stored<'a> {
    pub(crate) position: u64,
    pub(crate) stream: &'a [u8],
    pub(crate) revision: u64,
    pub(crate) recorded: i64,
    pub(crate) id: &'a [u8],
    pub(crate) name: &'a [u8],
    pub(crate) metadata: &'a [u8],
    pub(crate) data: &'a [u8],
}

impl Stored<'_> {
    /// CRC-32 over all of it: it finds every change within 32 bits in a row for
    /// certain, so every changed byte, and any other change but one in four billion. Against rot, not
    /// against people: those only a signature stops.
    ///
    /// Signed, as SQLite then stores it in four bytes.
    pub(crate) fn checksum(&self) -> i32 {
        let mut hasher = Hasher::new();
        hasher.update(&self.position.to_le_bytes());
        hasher.update(&self.revision.to_le_bytes());
        hasher.update(&self.recorded.to_le_bytes());
        // Each with its length, so that nothing can move from one into the next.
        for part in [self.id, self.stream, self.name, self.metadata, self.data] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize().cast_signed()
    }
}
