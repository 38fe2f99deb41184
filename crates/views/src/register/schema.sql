-- What people are searched, filtered, sorted and counted by. One row per person.
CREATE TABLE register (
    person       TEXT PRIMARY KEY,
    sort         TEXT    NOT NULL,            -- the name's syllables
    name         TEXT    NOT NULL,
    id_number    TEXT,
    unit         TEXT    NOT NULL,
    work_unit    TEXT,
    branch       TEXT,
    status       TEXT    NOT NULL,            -- lixiu, tuixiu, none
    member       INTEGER NOT NULL,
    living       INTEGER NOT NULL,
    superseded   INTEGER NOT NULL,            -- another record of the same person is kept
    hardship     INTEGER NOT NULL,            -- a hardship case is open
    contact      TEXT,                        -- the account of the primary contact
    birthday     TEXT                         -- that the person keeps: solar.2.29, lunar.12.30
) STRICT, WITHOUT ROWID;

-- All that is known about a person, as JSON.
CREATE TABLE register_card (
    person  TEXT PRIMARY KEY,
    card    TEXT NOT NULL
) STRICT;

-- What a person is found by. Whoever types the beginning of a key finds the person: a name in Latin
-- letters (whole syllables or initials, for each way to read it), a name from any of its characters
-- on, a telephone number from any of its digits on.
CREATE TABLE register_key (
    key      TEXT NOT NULL,
    person   TEXT NOT NULL,
    PRIMARY KEY (key, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_key_by_person ON register_key (person);

-- Which hardship cases are open.
CREATE TABLE register_hardship (
    person  TEXT NOT NULL,
    ground  TEXT NOT NULL,
    PRIMARY KEY (person, ground)
) STRICT, WITHOUT ROWID;
