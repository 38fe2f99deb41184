-- The lists of recipients, as they stand.
CREATE TABLE payment_batches (
    batch        TEXT    PRIMARY KEY,
    title        TEXT    NOT NULL,
    unit         TEXT    NOT NULL,              -- of the fund, as are year and source
    year         INTEGER NOT NULL,
    source       TEXT    NOT NULL,
    stage        TEXT    NOT NULL,              -- draft, approved, discarded
    drafted      TEXT    NOT NULL,              -- the day
    approver     TEXT,
    document     TEXT,
    approved_on  TEXT
) STRICT;
CREATE INDEX payment_batches_by_day ON payment_batches (drafted, batch);

-- Their lines. What was paid is read from the cases' payments.
CREATE TABLE payment_batches_line (
    batch   TEXT    NOT NULL,
    line    INTEGER NOT NULL,                   -- from 1
    person  TEXT    NOT NULL,
    ground  TEXT    NOT NULL,
    "case"  INTEGER NOT NULL,
    amount  INTEGER NOT NULL,                   -- in fen
    struck  TEXT,                               -- why it will not be paid
    PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX payment_batches_line_of ON payment_batches_line (batch, person, ground);
