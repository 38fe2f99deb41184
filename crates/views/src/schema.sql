-- How far the log has been taken over: the last event, and where it stands, so that another log
-- is told apart from this one.
CREATE TABLE checkpoint (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    position  INTEGER NOT NULL,
    event     TEXT    NOT NULL,
    stream    TEXT    NOT NULL,
    revision  INTEGER NOT NULL
) STRICT;

-- Which views the tables were built by.
CREATE TABLE view_version (
    name     TEXT PRIMARY KEY,
    version  INTEGER NOT NULL
) STRICT;
