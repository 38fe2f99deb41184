-- Who tried to see a sealed petition and may not, one row for each person, way and day.
CREATE TABLE petition_access (
    position    INTEGER PRIMARY KEY,
    petition    TEXT NOT NULL,
    by          TEXT NOT NULL,       -- id, history, command, search
    recorded    TEXT NOT NULL,
    actor_id    TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    actor_role  TEXT NOT NULL,
    actor_unit  TEXT NOT NULL
) STRICT;
CREATE INDEX petition_access_by_petition ON petition_access (petition, position);
