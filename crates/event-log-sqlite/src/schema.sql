CREATE TABLE streams (
    stream_id INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE types (
    type_id INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE
) STRICT;

-- The current revision of a stream is the last entry of the index on (stream_id, revision).
CREATE TABLE events (
    position  INTEGER PRIMARY KEY,
    stream_id INTEGER NOT NULL REFERENCES streams,
    revision  INTEGER NOT NULL,
    type_id   INTEGER NOT NULL REFERENCES types,
    event_id  BLOB NOT NULL UNIQUE,   -- a UUID, 16 bytes
    recorded  INTEGER NOT NULL,       -- microseconds since 1970-01-01 UTC, cut; exact in metadata
    checksum  INTEGER NOT NULL,       -- of all that is read back: see checksum.rs
    metadata  TEXT NOT NULL,          -- JSON
    data      TEXT NOT NULL,          -- JSON
    UNIQUE (stream_id, revision)
) STRICT;
