-- The plans for people, one row per person and plan.
CREATE TABLE plans (
    person       TEXT    NOT NULL,
    plan         INTEGER NOT NULL,      -- 1 for the first of this person
    adopted_on   TEXT    NOT NULL,
    first_review TEXT    NOT NULL,      -- as the adoption set it
    closed       TEXT,                  -- nothing while it is not
    reason       TEXT,                  -- why it was closed
    PRIMARY KEY (person, plan)
) STRICT, WITHOUT ROWID;
CREATE INDEX plans_not_closed ON plans (person) WHERE closed IS NULL;

-- What the person needs.
CREATE TABLE plans_need (
    person  TEXT    NOT NULL,
    plan    INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    PRIMARY KEY (person, plan, number)
) STRICT, WITHOUT ROWID;

-- What is done about it.
CREATE TABLE plans_measure (
    person      TEXT    NOT NULL,
    plan        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    need        INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    owner       TEXT    NOT NULL,
    owner_name  TEXT    NOT NULL,
    due         TEXT    NOT NULL,
    state       TEXT    NOT NULL,       -- to_do, completed, dropped
    done_on     TEXT,
    remark      TEXT,                   -- what came of it, or why it was dropped
    PRIMARY KEY (person, plan, number)
) STRICT, WITHOUT ROWID;
-- The lists of what is to be done: all of it, and each owner's.
CREATE INDEX plans_measure_to_do ON plans_measure (due, person, plan, number)
    WHERE state = 'to_do';
CREATE INDEX plans_measure_to_do_by_owner ON plans_measure (owner, due, person, plan, number)
    WHERE state = 'to_do';

-- When it was reviewed.
CREATE TABLE plans_review (
    person       TEXT    NOT NULL,
    plan         INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    on_day       TEXT    NOT NULL,
    findings     TEXT    NOT NULL,
    next_review  TEXT    NOT NULL,
    withdrawn    INTEGER NOT NULL,
    PRIMARY KEY (person, plan, number)
) STRICT, WITHOUT ROWID;
