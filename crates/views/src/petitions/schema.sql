-- The petitions as a list shows them, and how far each is.
CREATE TABLE petitions (
    petition        TEXT PRIMARY KEY,
    number          TEXT,
    subject         TEXT    NOT NULL,
    petitioner      TEXT    NOT NULL,
    person          TEXT,                  -- the petitioner, where they are in the register
    channel         TEXT    NOT NULL,
    stage           TEXT    NOT NULL,      -- how far it has come
    category        TEXT,                  -- suggestion, report, demand
    track           TEXT,                  -- of a demand
    unit            TEXT    NOT NULL,      -- that keeps it: of whoever registered it
    lead            TEXT,                  -- the unit it was given to
    handler         TEXT,                  -- nobody once the handler stood back
    profile         TEXT    NOT NULL,      -- the rules that govern it
    received        TEXT    NOT NULL,
    received_order  INTEGER NOT NULL,      -- its earliest moment, in microseconds
    received_on     TEXT    NOT NULL,      -- its date in Beijing
    accepted        TEXT,
    replied         TEXT,
    closed          TEXT,
    told_on         TEXT,                  -- the first day the petitioner knew, by notice or answer
    objected_on     TEXT,
    left_on         TEXT,                  -- the day it was returned or withdrawn
    hearing         INTEGER NOT NULL DEFAULT 0, -- 1: a final review's hearing goes on
    feedback_owed   INTEGER NOT NULL DEFAULT 0, -- supervisions without written feedback
    duplicate_of    TEXT,                  -- the petition it was last linked to
    course          INTEGER NOT NULL DEFAULT 0, -- the present one; 0 before it is accepted
    unset           INTEGER NOT NULL DEFAULT 0  -- 1: an event of the first form began a clock without its last day
) STRICT;

-- What they and their replies say.
CREATE TABLE petitions_text (
    petition  TEXT PRIMARY KEY,
    text      TEXT NOT NULL,
    reply     TEXT
) STRICT;

-- Their courses from acceptance to answer and review; a petition opened again begins another.
CREATE TABLE petitions_course (
    petition             TEXT    NOT NULL,
    course               INTEGER NOT NULL,
    accepted_on          TEXT    NOT NULL,
    answered_on          TEXT,             -- the day of delivery
    stopped_on           TEXT,             -- the day its handling stopped without an answer
    extended_days        INTEGER NOT NULL DEFAULT 0,
    outcome              TEXT,
    rating               TEXT,
    review_requested_on  TEXT,
    review_decided_on    TEXT,
    review_result        TEXT,
    final_requested_on   TEXT,
    final_decided_on     TEXT,
    final_result         TEXT,
    PRIMARY KEY (petition, course)
) STRICT, WITHOUT ROWID;

-- Their clocks, as the events set them.
CREATE TABLE petitions_clock (
    petition     TEXT    NOT NULL,
    clock        TEXT    NOT NULL,
    course       INTEGER NOT NULL,
    due_rolled   TEXT    NOT NULL,
    warn_from    TEXT    NOT NULL,
    warned       INTEGER NOT NULL DEFAULT 0, -- 1: the warning was given
    missed       INTEGER NOT NULL DEFAULT 0, -- 1: the miss was recorded
    rung         TEXT,                     -- the last one climbed: handler, head, leader
    calendar     TEXT,                     -- the version it rests on, if provisionally
    due          TEXT    NOT NULL,         -- all that it was reckoned from, as JSON writes it
    PRIMARY KEY (petition, clock, course)
) STRICT, WITHOUT ROWID;

-- What the clocks will say by themselves, sealed petitions' too: for the reactor alone, never for a
-- reader. A clock that has nothing more to say has no row.
CREATE TABLE petitions_alarm (
    petition     TEXT    NOT NULL,
    clock        TEXT    NOT NULL,
    course       INTEGER NOT NULL,
    says_from    TEXT,                     -- the first day with something to say; none: it only rests on unpublished days
    lapses_on    TEXT,                     -- of a right: the last day with something to say
    rung         TEXT,                     -- of a missed duty that is not done: the one to climb next
    due_rolled   TEXT    NOT NULL,
    received_on  TEXT    NOT NULL,         -- names the rules
    calendar     TEXT,                     -- the version it provisionally rests on
    PRIMARY KEY (petition, clock, course)
) STRICT, WITHOUT ROWID;

-- The documents among their papers. The bytes lie in the store of attachments, under the hash.
CREATE TABLE petitions_document (
    number          INTEGER PRIMARY KEY,   -- in the order they were attached
    petition        TEXT    NOT NULL,
    hash            TEXT    NOT NULL,      -- SHA-256 of the bytes
    size            INTEGER NOT NULL,      -- bytes
    media_type      TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    step            TEXT    NOT NULL,
    title           TEXT,
    file_name       TEXT    NOT NULL,
    attached_by     TEXT    NOT NULL,      -- account
    attached_name   TEXT    NOT NULL,
    attached        TEXT    NOT NULL,      -- moment of recording
    withdrawn_by    TEXT,
    withdrawn_name  TEXT,
    withdrawn       TEXT,
    reason          TEXT,                  -- of the withdrawal
    UNIQUE (petition, hash)
) STRICT;

-- What is to be done: each clock of ours that runs; and of each petition that is open, or owes
-- feedback on a supervision, a row 'none' after all of them, so that one without a clock is not
-- forgotten.
CREATE TABLE petitions_work (
    petition     TEXT    NOT NULL,
    clock        TEXT    NOT NULL,
    course       INTEGER NOT NULL,
    due_rolled   TEXT    NOT NULL,
    warn_from    TEXT    NOT NULL,
    unit         TEXT    NOT NULL,         -- the unit it was given to, else the one that keeps it
    handler      TEXT,
    stage        TEXT    NOT NULL,
    delivery     INTEGER NOT NULL,         -- 1: an opinion or a decision waits for its delivery
    feedback     INTEGER NOT NULL,         -- 1: a supervision waits for feedback
    PRIMARY KEY (petition, clock, course)
) STRICT, WITHOUT ROWID;
