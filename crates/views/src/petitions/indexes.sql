-- What only questions look rows up by.
CREATE INDEX petitions_by_received ON petitions (received_order, petition);
CREATE INDEX petitions_by_day ON petitions (received_on);
CREATE INDEX petitions_by_link ON petitions (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX petitions_alarm_of_duty ON petitions_alarm
    (says_from, petition, rung, due_rolled, received_on, lapses_on) WHERE lapses_on IS NULL AND says_from IS NOT NULL;
CREATE INDEX petitions_alarm_of_right ON petitions_alarm
    (lapses_on, says_from, petition) WHERE lapses_on IS NOT NULL AND says_from IS NOT NULL;
CREATE INDEX petitions_alarm_by_calendar ON petitions_alarm
    (calendar, petition) WHERE calendar IS NOT NULL;
CREATE INDEX petitions_work_by_due ON petitions_work (due_rolled, petition);
CREATE INDEX petitions_work_by_unit ON petitions_work (unit, due_rolled, petition);
CREATE INDEX petitions_work_by_handler ON petitions_work (handler, due_rolled, petition);
CREATE INDEX petitions_work_by_stage ON petitions_work (stage, due_rolled, petition);
CREATE INDEX petitions_work_by_delivery ON petitions_work (due_rolled, petition) WHERE delivery = 1;
CREATE INDEX petitions_work_by_feedback ON petitions_work (due_rolled, petition) WHERE feedback = 1;
