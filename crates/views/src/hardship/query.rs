use calendar::Date;
use domain::{
    CadreId, Fen, PaymentBatchId, StaffId, Text, Unit,
    hardship::{Ground, HardshipId, Recipient},
};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Page, PageRequest, ViewsError,
    read::{optional, optional_text, parsed, text, word},
};

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// 已立案.
    Opened,
    /// 已评估.
    Assessed,
    /// 已批准.
    Approved,
    /// 未批准.
    Declined,
    /// 已结案.
    Closed,
}

impl CaseState {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            CaseState::Opened => "opened",
            CaseState::Assessed => "assessed",
            CaseState::Approved => "approved",
            CaseState::Declined => "declined",
            CaseState::Closed => "closed",
        }
    }
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipCase {
    /// Who.
    pub person: CadreId,
    /// Their name; nothing if they are not in the register.
    pub name: Option<Text>,
    /// The unit that looks after them.
    pub unit: Option<Unit>,
    /// 困难原因.
    pub ground: Ground,
    /// 1 for the first case of this person on this ground.
    pub case: u32,
    /// How far it is.
    pub state: CaseState,
    /// What is known of the hardship.
    pub situation: Option<Text>,
    /// The survivor who is aided; nothing where it is the person, or not said.
    pub recipient: Option<Recipient>,
    /// What the assessment recommends.
    pub recommended: Option<Fen>,
    /// What may be paid: the approval, and what was paid before Sangyu.
    pub approved: Fen,
    /// What was paid, without reversed payments.
    pub disbursed: Fen,
    /// How many payments that were.
    pub payments: u32,
    /// The day of the last of them.
    pub last_paid_on: Option<Date>,
    /// The day it was opened.
    pub opened: Date,
    /// The day it was closed; nothing while it is open.
    pub closed: Option<Date>,
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipPayment {
    /// Who.
    pub person: CadreId,
    /// 困难原因.
    pub ground: Ground,
    /// The case it belongs to.
    pub case: u32,
    /// 凭证号.
    pub voucher: Text,
    /// How much.
    pub amount: Fen,
    /// The day.
    pub paid_on: Date,
    /// By whom; nothing where a ledger does not tell.
    pub payer: Option<StaffId>,
    /// Whether it was taken over from an older ledger.
    pub taken_over: bool,
    /// The ledger's remark.
    pub remark: Option<Text>,
    /// The list of recipients it stands on; nothing where the case was paid by itself.
    pub batch: Option<PaymentBatchId>,
    /// The day it was undone.
    pub reversed: Option<Date>,
}

/// Which cases. What is left out does not narrow the list.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HardshipFilter {
    /// How far they are.
    pub state: Option<CaseState>,
    /// 困难原因.
    pub ground: Option<Ground>,
    /// The unit that looks after the person.
    pub unit: Option<String>,
    /// Who.
    pub person: Option<CadreId>,
}

/// Sums over cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HardshipTotals {
    /// Cases.
    pub cases: u64,
    /// Different people.
    pub people: u64,
    /// What may be paid.
    pub approved: Fen,
    /// What was paid.
    pub disbursed: Fen,
    /// How many payments that were.
    pub payments: u64,
}

/// The cases with what was paid in each. `?1` to `?4` are the filter.
const CASES: &str = "WITH cases AS (
    SELECT h.person, r.name, r.sort, r.unit, h.ground, h.\"case\",
           iif(h.closed IS NULL, h.stage, 'closed') AS state,
           h.situation, h.recipient_name, h.recipient_relation, h.recommended,
           h.granted + coalesce(sum(p.amount) FILTER (WHERE p.taken_over), 0) AS approved,
           coalesce(sum(p.amount), 0) AS disbursed,
           count(p.position) AS payments,
           max(p.paid_on) AS last_paid_on,
           h.opened, h.closed
    FROM hardship h
    LEFT JOIN register r ON r.person = h.person
    LEFT JOIN hardship_payment p ON p.person = h.person AND p.ground = h.ground
                                AND p.\"case\" = h.\"case\" AND p.reversed IS NULL
    WHERE (?1 IS NULL OR iif(h.closed IS NULL, h.stage, 'closed') = ?1)
      AND (?2 IS NULL OR h.ground = ?2)
      AND (?3 IS NULL OR r.unit = ?3)
      AND (?4 IS NULL OR h.person = ?4)
    GROUP BY h.person, h.ground, h.\"case\")";

/// The cases, by person's id, ground and number.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &HardshipFilter,
    request: &PageRequest,
) -> Result<Page<HardshipCase>, ViewsError> {
    let after = request.after(filter)?;
    let mut statement = conn.prepare_cached(&format!(
        "{CASES} SELECT * FROM cases
         WHERE ?5 IS NULL OR format('%s.%s.%05d', person, ground, \"case\") > ?5
         ORDER BY person, ground, \"case\" LIMIT ?6"
    ))?;
    let (state, ground, person) = filter.words();
    let mut rows = statement.query(params![
        state,
        ground,
        filter.unit,
        person,
        after,
        request.rows()
    ])?;
    let mut cases = Vec::new();
    while let Some(row) = rows.next()? {
        cases.push(case(row)?);
    }
    request.page(filter, cases, |c| {
        format!("{}.{}.{:05}", c.person, c.ground, c.case)
    })
}

/// The sums over the cases of a filter.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn totals(conn: &Connection, filter: &HardshipFilter) -> Result<HardshipTotals, ViewsError> {
    let (state, ground, person) = filter.words();
    let totals = conn
        .prepare_cached(&format!(
            "{CASES} SELECT count(*), count(DISTINCT person), coalesce(sum(approved), 0),
                            coalesce(sum(disbursed), 0), coalesce(sum(payments), 0) FROM cases"
        ))?
        .query_row(params![state, ground, filter.unit, person], |row| {
            Ok(HardshipTotals {
                cases: row.get(0)?,
                people: row.get(1)?,
                approved: Fen(row.get(2)?),
                disbursed: Fen(row.get(3)?),
                payments: row.get(4)?,
            })
        })?;
    Ok(totals)
}

/// The payments of one person's cases on one ground, reversed ones too, by day.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn payments(conn: &Connection, id: HardshipId) -> Result<Vec<HardshipPayment>, ViewsError> {
    let mut statement = conn.prepare_cached(
        "SELECT * FROM hardship_payment WHERE person = ?1 AND ground = ?2
         ORDER BY paid_on, position",
    )?;
    let mut rows = statement.query(params![id.person.to_string(), id.ground.as_str()])?;
    let mut payments = Vec::new();
    while let Some(row) = rows.next()? {
        payments.push(payment(row)?);
    }
    Ok(payments)
}

impl HardshipFilter {
    fn words(&self) -> (Option<&'static str>, Option<&'static str>, Option<String>) {
        (
            self.state.map(CaseState::as_str),
            self.ground.map(Ground::as_str),
            self.person.map(|p| p.to_string()),
        )
    }
}

fn case(row: &Row<'_>) -> Result<HardshipCase, ViewsError> {
    let recommended: Option<u64> = row.get("recommended")?;
    Ok(HardshipCase {
        person: parsed(row, "person")?,
        name: optional_text(row, "name")?,
        unit: optional_text(row, "unit")?.map(Unit),
        ground: parsed(row, "ground")?,
        case: row.get("case")?,
        state: word(row, "state")?,
        situation: optional_text(row, "situation")?,
        recipient: recipient(row)?,
        recommended: recommended.map(Fen),
        approved: Fen(row.get("approved")?),
        disbursed: Fen(row.get("disbursed")?),
        payments: row.get("payments")?,
        last_paid_on: optional(row, "last_paid_on")?,
        opened: parsed(row, "opened")?,
        closed: optional(row, "closed")?,
    })
}

fn payment(row: &Row<'_>) -> Result<HardshipPayment, ViewsError> {
    Ok(HardshipPayment {
        person: parsed(row, "person")?,
        ground: parsed(row, "ground")?,
        case: row.get("case")?,
        voucher: text(row, "voucher")?,
        amount: Fen(row.get("amount")?),
        paid_on: parsed(row, "paid_on")?,
        payer: optional_text(row, "payer")?.map(StaffId),
        taken_over: row.get("taken_over")?,
        remark: optional_text(row, "remark")?,
        batch: optional(row, "batch")?,
        reversed: optional(row, "reversed")?,
    })
}

/// The survivor who is aided in a case.
pub(crate) fn recipient(row: &Row<'_>) -> Result<Option<Recipient>, ViewsError> {
    let name = optional_text(row, "recipient_name")?;
    let relation = optional_text(row, "recipient_relation")?;
    Ok(name
        .zip(relation)
        .map(|(name, relation)| Recipient { name, relation }))
}
