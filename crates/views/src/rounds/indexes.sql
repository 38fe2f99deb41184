-- What only questions look rows up by.
CREATE INDEX rounds_by_day ON rounds ("from", round);
CREATE INDEX rounds_visit_of ON rounds_visit (person, kind, visited_on);
