use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CadreId, CarryOverId, Fen, ReservationId, Text,
    fund::FundId,
    hardship::{FundReservation, Ground},
};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::query::{FundFilter, fund_id, voucher};
use crate::{
    ViewsError,
    read::{optional, word},
};

/// Where a fund and its cases, or two years of a fund, do not say the same. Each but the last two is
/// what a crash between two steps leaves, and is gone once the second step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// The fund has reserved money, and the case has not decided yet.
    Undecided,
    /// The fund has reserved more than the case claims: a rest, or an approval that lapsed.
    NotReleased,
    /// The case has paid, and the fund has not entered it.
    NotSpent,
    /// The case has undone a payment, and the fund has not entered it.
    NotReversed,
    /// Money has left a fund and not arrived in the next year's.
    NotArrived,
    /// The case claims more than the fund has reserved. No step leaves this: look into the log.
    NotReserved,
    /// The fund has spent what the case has not paid. No step leaves this: look into the log.
    NotPaid,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What is missing.
    pub kind: DifferenceKind,
    /// The fund; money that has not arrived is named under the one it left.
    pub fund: FundId,
    /// The approval, unless money did not arrive.
    pub reservation: Option<ReservationId>,
    /// The decision, where money did not arrive.
    pub carry_over: Option<CarryOverId>,
    /// Whose case.
    pub person: Option<CadreId>,
    /// On which ground.
    pub ground: Option<Ground>,
    /// The number of the case.
    pub case: Option<u32>,
    /// The payment's voucher.
    pub voucher: Option<Text>,
    /// By how much they differ.
    pub amount: Fen,
}

/// What second steps are missing, for those who do them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    /// Approvals of which a fund and a case do not say the same.
    pub reservations: Vec<FundReservation>,
    /// Funds whose money has not arrived in the next year's.
    pub carry_overs: Vec<FundId>,
}

/// Every difference, each under its name: `r` and `p` are of the fund's book, `g` and `c` of the cases'.
const DIFFERENCES: &str = "WITH difference AS (
    SELECT iif(g.reservation IS NULL, 'undecided',
               iif(r.amount > g.amount, 'not_released', 'not_reserved')) AS kind,
           r.fund, r.reservation, NULL AS carry_over, r.person, r.ground, r.\"case\",
           NULL AS voucher, abs(r.amount - coalesce(g.amount, 0)) AS amount
    FROM funds_reservation r LEFT JOIN funds_grant g USING (reservation)
    WHERE r.amount <> coalesce(g.amount, 0)
  UNION ALL
    SELECT 'not_reserved', g.fund, g.reservation, NULL, g.person, g.ground, g.\"case\", NULL, g.amount
    FROM funds_grant g LEFT JOIN funds_reservation r USING (reservation)
    WHERE r.reservation IS NULL AND g.amount > 0
  UNION ALL
    SELECT iif(p.voucher IS NULL, 'not_spent', 'not_reversed'),
           g.fund, g.reservation, NULL, g.person, g.ground, g.\"case\", c.voucher, c.amount
    FROM funds_case_payment c JOIN funds_grant g USING (reservation)
    LEFT JOIN funds_payment p USING (reservation, voucher)
    WHERE (p.voucher IS NULL AND NOT c.reversed) OR (c.reversed AND NOT p.reversed)
  UNION ALL
    SELECT 'not_paid', r.fund, r.reservation, NULL, r.person, r.ground, r.\"case\", p.voucher, p.amount
    FROM funds_payment p JOIN funds_reservation r USING (reservation)
    LEFT JOIN funds_case_payment c USING (reservation, voucher)
    WHERE c.voucher IS NULL OR c.amount <> p.amount OR (p.reversed AND NOT c.reversed)
  UNION ALL
    SELECT 'not_arrived', o.\"from\", NULL, o.carry_over, NULL, NULL, NULL, NULL, o.amount
    FROM funds_carry_over o WHERE NOT o.arrived)
SELECT d.*, f.unit, f.year, f.source FROM difference d JOIN funds f USING (fund)
ORDER BY f.year, f.unit, f.source, d.kind, d.reservation, d.carry_over, d.voucher";

/// Where the funds of the filter and their cases do not say the same; nothing where they add up.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn differences(conn: &Connection, filter: &FundFilter) -> Result<Vec<Difference>, ViewsError> {
    let mut statement = conn.prepare_cached(DIFFERENCES)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let fund = fund_id(row)?;
        if !filter.takes(&fund) {
            continue;
        }
        found.push(Difference {
            kind: word(row, "kind")?,
            fund,
            reservation: optional(row, "reservation")?,
            carry_over: optional(row, "carry_over")?,
            person: optional(row, "person")?,
            ground: optional(row, "ground")?,
            case: row.get("case")?,
            voucher: voucher(row)?,
            amount: Fen(row.get("amount")?),
        });
    }
    Ok(found)
}

/// The second steps that are missing.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn pending(conn: &Connection) -> Result<Pending, ViewsError> {
    let (mut reservations, mut carry_overs) = (BTreeMap::new(), BTreeSet::new());
    for difference in differences(conn, &FundFilter::default())? {
        match difference.reservation {
            Some(reservation) => {
                reservations.insert(reservation, difference.fund);
            }
            None => {
                carry_overs.insert(difference.fund);
            }
        }
    }
    Ok(Pending {
        reservations: reservations
            .into_iter()
            .map(|(reservation, fund)| FundReservation { fund, reservation })
            .collect(),
        carry_overs: carry_overs.into_iter().collect(),
    })
}
