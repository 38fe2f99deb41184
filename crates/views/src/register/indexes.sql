-- What only questions look rows up by.
-- The whole list in its order, with all it is narrowed by: no search reads more than this.
CREATE INDEX register_in_order ON register (sort, name, person, superseded, unit, work_unit,
                                            branch, status, member, living, hardship, contact);
CREATE INDEX register_by_unit ON register (unit, sort, name, person);
CREATE INDEX register_by_contact ON register (contact, sort, name, person);
CREATE INDEX register_by_id_number ON register (substr(id_number, -4));
CREATE INDEX register_by_birthday ON register (birthday, person);
CREATE INDEX register_by_count ON register (superseded, unit, living, member, status, hardship);
