-- What the rules of duties look at of a person. One row per person.
CREATE TABLE duties_person (
    person       TEXT PRIMARY KEY,
    changed      INTEGER NOT NULL,          -- the position of the event that last changed the row
    since        TEXT    NOT NULL,          -- the day from which on watch is kept on what they are now
    name         TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    contact      TEXT,                      -- the account of the primary contact
    lixiu        INTEGER NOT NULL,
    born_on      TEXT,                      -- the date the organisation recognises
    id_born_on   TEXT,                      -- the ID number's
    birthday     TEXT,                      -- the one they celebrate, as JSON
    lives_alone  INTEGER NOT NULL DEFAULT 0,
    unable       INTEGER NOT NULL DEFAULT 0, -- to care for themselves
    entered_on   TEXT    NOT NULL,
    verified_on  TEXT,
    stay_event   TEXT,                      -- the admission of the stay that goes on
    stay_on      TEXT,
    review_event TEXT,                      -- what set the day of the next review of their plan
    died_on      TEXT,
    kept_as      TEXT                       -- the record that is kept instead
) STRICT, WITHOUT ROWID;

-- What happened that may raise duties, whatever the rules.
CREATE TABLE duties_occasion (
    event      TEXT PRIMARY KEY,
    position   INTEGER NOT NULL,
    person     TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    on_day     TEXT    NOT NULL,
    known      TEXT    NOT NULL,
    stay       INTEGER,                     -- the number of the stay in hospital it belongs to
    withdrawn  INTEGER NOT NULL DEFAULT 0   -- it had been recorded in error
) STRICT, WITHOUT ROWID;
CREATE INDEX duties_occasion_by_person ON duties_occasion (person);

-- The reviews of plans that were to come, each named by what set its day: the adoption of the plan,
-- or the review before.
CREATE TABLE duties_review (
    event        TEXT PRIMARY KEY,
    position     INTEGER NOT NULL,
    person       TEXT    NOT NULL,
    after_day    TEXT    NOT NULL,          -- of that adoption or review
    due          TEXT    NOT NULL,
    reviewed_on  TEXT,                      -- the day it took place
    withdrawn    INTEGER NOT NULL DEFAULT 0 -- the plan was closed, or what set the day withdrawn
) STRICT, WITHOUT ROWID;
CREATE INDEX duties_review_by_person ON duties_review (person, position);

-- The visits as they read now.
CREATE TABLE duties_visit (
    visit    TEXT PRIMARY KEY,
    person   TEXT NOT NULL,
    visited  TEXT NOT NULL,
    day      TEXT NOT NULL,
    purpose  TEXT NOT NULL,                 -- as JSON
    mode     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX duties_visit_by_person ON duties_visit (person, day);

-- The duties.
CREATE TABLE duties (
    duty           TEXT PRIMARY KEY,
    person         TEXT    NOT NULL,
    rule           TEXT    NOT NULL,
    kind           TEXT    NOT NULL,        -- what raised it
    event          TEXT,                    -- the event that did, where one did
    name           TEXT    NOT NULL,
    profile        TEXT    NOT NULL,        -- the rules that govern it
    unit           TEXT    NOT NULL,
    handler        TEXT,
    state          TEXT    NOT NULL,        -- open, awaiting_approval, fulfilled, waived, cancelled
    open           INTEGER NOT NULL,        -- 1: open or awaiting approval
    on_day         TEXT    NOT NULL,        -- a visit from this day on counts
    known          TEXT    NOT NULL,
    age            INTEGER,
    opened_on      TEXT    NOT NULL,        -- the day it was recorded
    arrived_on     TEXT    NOT NULL,        -- the day since which it is to be done by whoever has it
    closed_by      TEXT    NOT NULL,        -- what the rule asks for, as JSON
    due            TEXT    NOT NULL,        -- the whole clock, as JSON
    warn_from      TEXT    NOT NULL,
    due_raw        TEXT    NOT NULL,
    due_rolled     TEXT    NOT NULL,
    provisional    INTEGER NOT NULL,
    calendar       TEXT    NOT NULL,
    warned         INTEGER NOT NULL DEFAULT 0,
    missed         INTEGER NOT NULL DEFAULT 0,
    rung           TEXT,                    -- the highest it was brought before
    climbed_on     TEXT,                    -- the day on which it was
    waiver_by      TEXT,
    waiver_reason  TEXT,
    done_by        TEXT,                    -- the visit that closed it
    done_on        TEXT,                    -- the day on which it was done
    cancelled      TEXT,                    -- died, superseded, trigger_withdrawn
    alarm_on       TEXT,                    -- the next day on which its clock has something to say
    todo           TEXT,                    -- what does not agree with the record: follow_person,
                                            -- withdraw_trigger, fulfil, withdraw_fulfilment
    evidence       TEXT                     -- the visit, or the day of verification or review, that
                                            -- fulfils it
) STRICT; -- with a rowid: the rows are wide, and each of the many indexes would repeat the whole id
CREATE INDEX duties_by_person ON duties (person, open, done_by);
