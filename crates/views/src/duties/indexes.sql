-- What only questions look rows up by.
CREATE INDEX duties_person_by_change ON duties_person (changed);
CREATE INDEX duties_occasion_by_position ON duties_occasion (position);
CREATE INDEX duties_by_todo ON duties (todo) WHERE todo IS NOT NULL;
CREATE INDEX duties_by_alarm ON duties (alarm_on) WHERE alarm_on IS NOT NULL;
CREATE INDEX duties_by_calendar ON duties (calendar) WHERE alarm_on IS NOT NULL AND provisional = 1;
CREATE INDEX duties_by_opening ON duties (opened_on);
-- The work lists: all open duties in their order, those of a unit, those of a clerk.
CREATE INDEX duties_work ON duties (due_rolled, duty, state, unit) WHERE open = 1;
CREATE INDEX duties_work_by_unit ON duties (unit, due_rolled, duty, state) WHERE open = 1;
CREATE INDEX duties_work_by_handler ON duties (handler, due_rolled, duty, state) WHERE open = 1;
-- The report of what was done.
CREATE INDEX duties_by_due ON duties (due_rolled, unit, rule);
