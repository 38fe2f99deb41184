-- What only questions look rows up by.
CREATE INDEX history_duplicate_by_kept ON history_duplicate (kept_as);
