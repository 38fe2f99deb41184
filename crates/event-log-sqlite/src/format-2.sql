ALTER TABLE events RENAME TO unchecked;

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

-- An event whose stream or type is missing stops it: it is not left behind.
INSERT INTO events
SELECT e.position, e.stream_id, e.revision, e.type_id, e.event_id, e.recorded,
       event_checksum(e.position, s.name, e.revision, e.recorded, e.event_id, t.name, e.metadata,
                      e.data),
       e.metadata, e.data
FROM unchecked e LEFT JOIN types t USING (type_id) LEFT JOIN streams s USING (stream_id)
ORDER BY e.position;

DROP TABLE unchecked;
