-- The rounds of visits, as they were planned, and how far each is.
CREATE TABLE rounds (
    round    TEXT    PRIMARY KEY,
    plan     TEXT    NOT NULL,              -- as the log has it
    state    TEXT    NOT NULL,              -- planned … cancelled
    "from"   TEXT    NOT NULL,
    started  TEXT                           -- the moment its audience was frozen
) STRICT;

-- Whom a round is for, and who came late.
CREATE TABLE rounds_person (
    round       TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    late        INTEGER NOT NULL,           -- 1: met the rule only after it had started
    staff       TEXT,                       -- who goes
    staff_name  TEXT,
    excused     TEXT,                       -- died, moved, declined
    PRIMARY KEY (round, late, person)
) STRICT, WITHOUT ROWID;

-- The visits as they read now, once for each kind of round that they fulfil.
CREATE TABLE rounds_visit (
    visit       TEXT NOT NULL,
    kind        TEXT NOT NULL,
    person      TEXT NOT NULL,
    visited_on  TEXT NOT NULL,              -- the date in Beijing
    PRIMARY KEY (visit, kind)
) STRICT, WITHOUT ROWID;
