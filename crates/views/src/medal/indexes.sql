-- What only questions look rows up by.
CREATE INDEX medal_by_year ON medal (year, person);
