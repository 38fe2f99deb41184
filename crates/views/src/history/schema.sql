-- What happened, one row per event that belongs to a person or a case.
CREATE TABLE history (
    position         INTEGER PRIMARY KEY,
    stream           TEXT    NOT NULL,
    revision         INTEGER NOT NULL,
    event            TEXT    NOT NULL,       -- the stored name
    version          INTEGER NOT NULL,       -- of the data
    occurred         TEXT    NOT NULL,
    occurred_order   INTEGER NOT NULL,       -- its earliest moment, in microseconds
    recorded         TEXT    NOT NULL,
    actor_id         TEXT    NOT NULL,
    actor_name       TEXT    NOT NULL,
    actor_role       TEXT    NOT NULL,
    actor_unit       TEXT    NOT NULL,
    on_behalf_of     TEXT,
    source_document  TEXT,
    source_sheet     TEXT,
    source_row       INTEGER,
    superseded_by    INTEGER,                -- the position of the event that corrects this one
    data             TEXT    NOT NULL,       -- as stored in the log
    UNIQUE (stream, revision)
) STRICT;

-- Whose history it belongs to.
CREATE TABLE history_person (
    person          TEXT    NOT NULL,
    occurred_order  INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    PRIMARY KEY (person, occurred_order, position)
) STRICT, WITHOUT ROWID;

-- Whose history continues another record's, which was a duplicate.
CREATE TABLE history_duplicate (
    person   TEXT PRIMARY KEY,
    kept_as  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
