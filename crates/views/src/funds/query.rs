use std::iter::Sum;

use domain::{Fen, Text, Unit, fund::FundId};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::Difference;
use crate::{
    ViewsError,
    read::{optional, text},
};

/// One fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundRow {
    /// Which.
    pub fund: FundId,
    /// What it has.
    #[serde(flatten)]
    pub amounts: FundAmounts,
    /// The day its year was closed.
    pub closed: Option<calendar::Date>,
}

/// What one fund has, or several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundAmounts {
    /// The year's own money and what came from last year, without what went to the next.
    pub budget: Fen,
    /// What is set aside for approvals, spent or not.
    pub reserved: Fen,
    /// What was spent.
    pub spent: Fen,
    /// What may still be approved.
    pub free: Fen,
    /// What came from the year before, within the budget.
    pub carried_in: Fen,
    /// What went to the year after, no longer in the budget.
    pub carried_out: Fen,
    /// What the cases were granted from it: equal to what is reserved, unless [`super::differences`]
    /// tells why not.
    pub granted: Fen,
    /// What the cases have paid of it: equal to what is spent, likewise.
    pub disbursed: Fen,
    /// What was set aside and given back since, no longer in what is reserved.
    pub released: Fen,
    /// What was spent and undone since, no longer in what was spent.
    pub reversed: Fen,
}

/// What carried over stands in two years; their budgets count it once.
impl Sum for FundAmounts {
    fn sum<I: Iterator<Item = FundAmounts>>(each: I) -> FundAmounts {
        each.fold(FundAmounts::default(), |all, one| FundAmounts {
            budget: all.budget + one.budget,
            reserved: all.reserved + one.reserved,
            spent: all.spent + one.spent,
            free: all.free + one.free,
            carried_in: all.carried_in + one.carried_in,
            carried_out: all.carried_out + one.carried_out,
            granted: all.granted + one.granted,
            disbursed: all.disbursed + one.disbursed,
            released: all.released + one.released,
            reversed: all.reversed + one.reversed,
        })
    }
}

/// The funds, and where they and the cases do not say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundReport {
    /// By year, unit and source.
    pub funds: Vec<FundRow>,
    /// What does not add up; nothing where all does.
    pub differences: Vec<Difference>,
}

impl FundReport {
    /// What its funds have together.
    pub fn total(&self) -> FundAmounts {
        self.funds.iter().map(|row| row.amounts).sum()
    }
}

/// Which funds. What is left out does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FundFilter {
    /// The unit whose money it is.
    pub unit: Option<String>,
    /// The budget year.
    pub year: Option<i16>,
}

/// The funds by year, unit and source.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn report(conn: &Connection, filter: &FundFilter) -> Result<Vec<FundRow>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT f.*,
           (SELECT coalesce(sum(amount), 0) FROM funds_reservation r
            WHERE r.fund = f.fund) AS reserved,
           (SELECT coalesce(sum(p.amount), 0)
            FROM funds_reservation r JOIN funds_payment p USING (reservation)
            WHERE r.fund = f.fund AND NOT p.reversed) AS spent,
           (SELECT coalesce(sum(released), 0) FROM funds_reservation r
            WHERE r.fund = f.fund) AS released,
           (SELECT coalesce(sum(p.amount), 0)
            FROM funds_reservation r JOIN funds_payment p USING (reservation)
            WHERE r.fund = f.fund AND p.reversed) AS reversed,
           (SELECT coalesce(sum(amount), 0) FROM funds_grant g
            WHERE g.fund = f.fund) AS granted,
           (SELECT coalesce(sum(p.amount), 0)
            FROM funds_grant g JOIN funds_case_payment p USING (reservation)
            WHERE g.fund = f.fund AND NOT p.reversed) AS disbursed
         FROM funds f
         WHERE (?1 IS NULL OR unit = ?1) AND (?2 IS NULL OR year = ?2)
         ORDER BY year, unit, source",
    )?;
    let mut rows = statement.query(params![filter.unit, filter.year])?;
    let mut funds = Vec::new();
    while let Some(row) = rows.next()? {
        funds.push(fund(row)?);
    }
    Ok(funds)
}

fn fund(row: &Row<'_>) -> Result<FundRow, ViewsError> {
    let fen = |column| Ok::<_, ViewsError>(Fen(row.get(column)?));
    let lacking = |column| ViewsError::Damaged { column };
    let (carried_in, carried_out, reserved) =
        (fen("carried_in")?, fen("carried_out")?, fen("reserved")?);
    let budget = (fen("appropriated")? + carried_in)
        .checked_sub(carried_out)
        .ok_or_else(|| lacking("carried_out"))?;
    let amounts = FundAmounts {
        budget,
        reserved,
        spent: fen("spent")?,
        free: budget
            .checked_sub(reserved)
            .ok_or_else(|| lacking("reserved"))?,
        carried_in,
        carried_out,
        granted: fen("granted")?,
        disbursed: fen("disbursed")?,
        released: fen("released")?,
        reversed: fen("reversed")?,
    };
    Ok(FundRow {
        fund: fund_id(row)?,
        amounts,
        closed: optional(row, "closed")?,
    })
}

pub(super) fn fund_id(row: &Row<'_>) -> Result<FundId, ViewsError> {
    Ok(FundId {
        unit: Unit(text(row, "unit")?),
        year: row.get("year")?,
        source: text(row, "source")?,
    })
}

impl FundFilter {
    /// Whether a fund is one of these.
    pub(super) fn takes(&self, fund: &FundId) -> bool {
        self.unit
            .as_deref()
            .is_none_or(|unit| unit == fund.unit.0.as_str())
            && self.year.is_none_or(|year| year == fund.year)
    }
}

/// A text of a row.
pub(super) fn voucher(row: &Row<'_>) -> Result<Option<Text>, ViewsError> {
    crate::read::optional_text(row, "voucher")
}
