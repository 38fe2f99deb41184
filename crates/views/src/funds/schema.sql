-- The funds, one row per unit, year and source. All amounts in fen.
CREATE TABLE funds (
    fund          TEXT    NOT NULL PRIMARY KEY,   -- as its stream names it
    unit          TEXT    NOT NULL,
    year          INTEGER NOT NULL,
    source        TEXT    NOT NULL,
    appropriated  INTEGER NOT NULL,               -- the budget as last set
    carried_in    INTEGER NOT NULL,
    carried_out   INTEGER NOT NULL,
    closed        TEXT                            -- the day; nothing while the year is open
) STRICT, WITHOUT ROWID;

-- What a fund says of an approval.
CREATE TABLE funds_reservation (
    reservation  TEXT    NOT NULL PRIMARY KEY,
    fund         TEXT    NOT NULL,
    person       TEXT    NOT NULL,
    ground       TEXT    NOT NULL,
    "case"       INTEGER NOT NULL,
    amount       INTEGER NOT NULL,                -- without what was released
    released     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX funds_reservation_of ON funds_reservation (fund);

-- What a fund says of a payment.
CREATE TABLE funds_payment (
    reservation  TEXT    NOT NULL,
    voucher      TEXT    NOT NULL,
    amount       INTEGER NOT NULL,
    reversed     INTEGER NOT NULL,
    PRIMARY KEY (reservation, voucher)
) STRICT, WITHOUT ROWID;

-- What two funds say of money that goes from one to the next.
CREATE TABLE funds_carry_over (
    carry_over  TEXT    NOT NULL PRIMARY KEY,
    "from"      TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    arrived     INTEGER NOT NULL                  -- whether the next year's fund has it
) STRICT, WITHOUT ROWID;

-- What a case says of an approval from a fund: it stands, or has lapsed.
CREATE TABLE funds_grant (
    reservation  TEXT    NOT NULL PRIMARY KEY,
    fund         TEXT    NOT NULL,
    person       TEXT    NOT NULL,
    ground       TEXT    NOT NULL,
    "case"       INTEGER NOT NULL,
    amount       INTEGER NOT NULL,                -- without what went back; zero where it lapsed
    lapsed       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX funds_grant_of ON funds_grant (person, ground, "case");

-- What a case says of a payment.
CREATE TABLE funds_case_payment (
    reservation  TEXT    NOT NULL,
    voucher      TEXT    NOT NULL,
    amount       INTEGER NOT NULL,
    reversed     INTEGER NOT NULL,
    PRIMARY KEY (reservation, voucher)
) STRICT, WITHOUT ROWID;

-- The number of the latest case of a person on a ground.
CREATE TABLE funds_case (
    person  TEXT    NOT NULL,
    ground  TEXT    NOT NULL,
    "case"  INTEGER NOT NULL,
    PRIMARY KEY (person, ground)
) STRICT, WITHOUT ROWID;
