-- The hardship cases, one row per person, ground and case.
CREATE TABLE hardship (
    person       TEXT    NOT NULL,
    ground       TEXT    NOT NULL,
    "case"       INTEGER NOT NULL,      -- 1 for the first of this person on this ground
    stage        TEXT    NOT NULL,      -- opened, assessed, approved, declined
    situation    TEXT,
    recipient_name      TEXT,           -- the survivor who is aided, where it is not the person
    recipient_relation  TEXT,
    recommended  INTEGER,               -- all amounts in fen
    granted      INTEGER NOT NULL,      -- by an approval in Sangyu
    reservation  TEXT,                  -- nothing where no fund keeps the money
    opened       TEXT    NOT NULL,
    closed       TEXT,                  -- nothing while it is open
    PRIMARY KEY (person, ground, "case")
) STRICT, WITHOUT ROWID;

-- Their payments, one row per voucher.
CREATE TABLE hardship_payment (
    position    INTEGER PRIMARY KEY,
    person      TEXT    NOT NULL,
    ground      TEXT    NOT NULL,
    "case"      INTEGER NOT NULL,
    voucher     TEXT    NOT NULL,
    amount      INTEGER NOT NULL,
    paid_on     TEXT    NOT NULL,
    payer       TEXT,                   -- nothing where a ledger does not tell
    taken_over  INTEGER NOT NULL,       -- from an older ledger
    remark      TEXT,
    batch       TEXT,                   -- the list of recipients it stands on
    reversed    TEXT                    -- when it was undone
) STRICT;
CREATE INDEX hardship_payment_by_case ON hardship_payment (person, ground, "case", paid_on);
CREATE INDEX hardship_payment_by_batch ON hardship_payment (batch, person, ground) WHERE batch IS NOT NULL;
