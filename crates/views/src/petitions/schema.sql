-- The petitions as a list shows them.
CREATE TABLE petitions (
    petition        TEXT PRIMARY KEY,
    number          TEXT,
    subject         TEXT    NOT NULL,
    petitioner      TEXT    NOT NULL,
    person          TEXT,                  -- the petitioner, where they are in the register
    channel         TEXT    NOT NULL,
    state           TEXT    NOT NULL,      -- registered, accepted, replied, closed
    received        TEXT    NOT NULL,
    received_order  INTEGER NOT NULL,      -- its earliest moment, in microseconds
    received_on     TEXT    NOT NULL,      -- its date in Beijing
    accepted        TEXT,
    replied         TEXT,
    closed          TEXT,
    sealed          INTEGER NOT NULL DEFAULT 0  -- 1: a report against a person, shown to nobody here
) STRICT;
CREATE INDEX petitions_by_received ON petitions (received_order, petition);

-- What they and their replies say.
CREATE TABLE petitions_text (
    petition  TEXT PRIMARY KEY,
    text      TEXT NOT NULL,
    reply     TEXT
) STRICT;
