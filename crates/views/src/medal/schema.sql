-- The medal “光荣在党50年”, one row per person and year of nomination.
CREATE TABLE medal (
    person              TEXT    NOT NULL,
    year                INTEGER NOT NULL,
    state               TEXT    NOT NULL,   -- nominated … revoked
    standing_starts_on  TEXT    NOT NULL,
    branch              TEXT,
    document            TEXT,               -- of the approval
    number              TEXT,
    presented_on        TEXT,
    to_family           INTEGER,
    replaced            INTEGER NOT NULL,   -- whether it was replaced
    position            INTEGER NOT NULL,   -- of the nomination: the latest one counts
    PRIMARY KEY (person, year)
) STRICT, WITHOUT ROWID;
