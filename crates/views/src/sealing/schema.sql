-- 检举控告: which petitions are sealed, and by which report: each by itself, or by one that it was
-- linked to.
CREATE TABLE sealing (
    petition  TEXT NOT NULL,
    report    TEXT NOT NULL,
    PRIMARY KEY (petition, report)
) STRICT, WITHOUT ROWID;

-- The units that read a petition once it is sealed: the one that keeps it, and those it was given to.
CREATE TABLE sealing_unit (
    petition  TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    keeps     INTEGER NOT NULL,     -- 1: it registered it; 0: it was given it
    PRIMARY KEY (petition, unit, keeps)
) STRICT, WITHOUT ROWID;

-- Whom a report accuses.
CREATE TABLE sealing_accused (
    report  TEXT NOT NULL,
    known   TEXT NOT NULL,          -- by account, name or unit
    value   TEXT NOT NULL,
    PRIMARY KEY (report, known, value)
) STRICT, WITHOUT ROWID;

-- Which petition was ever linked to which other one: the same matter.
CREATE TABLE sealing_link (
    first     TEXT NOT NULL,
    petition  TEXT NOT NULL,
    PRIMARY KEY (first, petition)
) STRICT, WITHOUT ROWID;
