use calendar::Date;
use domain::{
    CadreId, Fen, PaymentBatchId, StaffId, Text, Unit,
    fund::FundId,
    hardship::{Ground, Recipient},
};
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    Page, PageRequest, ViewsError,
    hardship::recipient,
    read::{optional, optional_text, parsed, text, word},
};

/// How far a list of recipients is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentBatchState {
    /// 拟定中.
    Draft,
    /// 发放中: approved and frozen; some line is neither paid nor struck.
    Approved,
    /// 已办结: every line is paid or struck.
    Settled,
    /// 已作废.
    Discarded,
}

impl PaymentBatchState {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            PaymentBatchState::Draft => "draft",
            PaymentBatchState::Approved => "approved",
            PaymentBatchState::Settled => "settled",
            PaymentBatchState::Discarded => "discarded",
        }
    }
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineState {
    /// 未发放.
    Open,
    /// 已发放, and not reversed since.
    Paid,
    /// 已划去.
    Struck,
}

impl LineState {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            LineState::Open => "open",
            LineState::Paid => "paid",
            LineState::Struck => "struck",
        }
    }
}

/// One list of recipients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchRow {
    /// Its id.
    pub batch: PaymentBatchId,
    /// 名称.
    pub title: Text,
    /// The fund it is paid from.
    pub fund: FundId,
    /// How far it is.
    pub state: PaymentBatchState,
    /// The day it was drafted.
    pub drafted: Date,
    /// Who approved it.
    pub approver: Option<StaffId>,
    /// The document of approval.
    pub document: Option<Text>,
    /// The day it was approved.
    pub approved_on: Option<Date>,
    /// What it adds up to.
    pub figures: PaymentBatchFigures,
}

/// What a list of recipients adds up to. What is neither paid nor struck is still to be paid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchFigures {
    /// Its lines.
    pub lines: u64,
    /// Of all of them.
    pub amount: Fen,
    /// Lines that are paid.
    pub paid_lines: u64,
    /// What was paid.
    pub paid: Fen,
    /// Lines that will not be paid.
    pub struck_lines: u64,
    /// What will not be paid.
    pub struck: Fen,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLineRow {
    /// From 1.
    pub line: u32,
    /// In whose name.
    pub person: CadreId,
    /// 姓名; nothing if they are not in the register.
    pub name: Option<Text>,
    /// The survivor who receives it; nothing where it is the person.
    pub recipient: Option<Recipient>,
    /// 困难原因.
    pub ground: Ground,
    /// The number of the case.
    pub case: u32,
    /// How much.
    pub amount: Fen,
    /// What became of it.
    pub state: LineState,
    /// 凭证号, once paid.
    pub voucher: Option<Text>,
    /// The day, once paid.
    pub paid_on: Option<Date>,
    /// By whom, once paid.
    pub payer: Option<StaffId>,
    /// Why it was struck.
    pub struck: Option<Text>,
}

/// A list of recipients and a page of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentBatchDetails {
    /// The list with its figures.
    pub batch: PaymentBatchRow,
    /// In the order of the list.
    pub lines: Page<PaymentLineRow>,
}

/// Which lists. What is left out does not narrow them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBatchFilter {
    /// How far they are.
    pub state: Option<PaymentBatchState>,
    /// The unit whose fund pays.
    pub unit: Option<String>,
    /// The year of the fund.
    pub year: Option<i16>,
}

/// Which lines of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFilter {
    /// The list.
    pub batch: PaymentBatchId,
    /// What became of them; all if it is left out. It narrows the lines, not the figures.
    pub state: Option<LineState>,
}

/// Each line with the payment that stands for it: one at most, by the rule of the case.
const LINES: &str = "SELECT l.*, p.voucher, p.paid_on, p.payer, p.amount AS paid,
           CASE WHEN p.position IS NOT NULL THEN 'paid'
                WHEN l.struck IS NOT NULL THEN 'struck' ELSE 'open' END AS state
    FROM payment_batches_line l
    LEFT JOIN hardship_payment p ON p.batch = l.batch AND p.person = l.person
                                AND p.ground = l.ground AND p.reversed IS NULL";

/// The lists of recipients, the latest first.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn list(
    conn: &Connection,
    filter: &PaymentBatchFilter,
    request: &PageRequest,
) -> Result<Page<PaymentBatchRow>, ViewsError> {
    let after = request.after(filter)?;
    let after = after.map(|key| key.split_once('.').ok_or(ViewsError::TokenMalformed));
    let (after_day, after_batch) = after.transpose()?.unzip();
    let mut statement = conn.prepare_cached(&batches(
        "WHERE (?1 IS NULL OR state = ?1) AND (?2 IS NULL OR unit = ?2) AND (?3 IS NULL OR year = ?3)
           AND (?4 IS NULL OR (drafted, batch) < (?4, ?5))
         ORDER BY drafted DESC, batch DESC LIMIT ?6",
    ))?;
    let mut rows = statement.query(params![
        filter.state.map(PaymentBatchState::as_str),
        filter.unit,
        filter.year,
        after_day,
        after_batch,
        request.rows(),
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(batch(row)?);
    }
    request.page(filter, found, |row| {
        format!("{}.{}", row.drafted, row.batch)
    })
}

/// A list of recipients with a page of its lines; nothing if there is no such list.
///
/// # Errors
/// The page token's errors; [`ViewsError::Sqlite`].
pub fn details(
    conn: &Connection,
    filter: &LineFilter,
    request: &PageRequest,
) -> Result<Option<PaymentBatchDetails>, ViewsError> {
    let id = filter.batch.to_string();
    let mut statement = conn.prepare_cached(&batches("WHERE batch = ?1"))?;
    let mut rows = statement.query([&id])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let batch = batch(row)?;
    let after: Option<u32> = request
        .after(filter)?
        .map(|key| key.parse().map_err(|_| ViewsError::TokenMalformed))
        .transpose()?;
    let mut statement = conn.prepare_cached(&format!(
        "SELECT l.*, r.name, h.recipient_name, h.recipient_relation
         FROM ({LINES} WHERE l.batch = ?1) l
         LEFT JOIN register r ON r.person = l.person
         LEFT JOIN hardship h ON h.person = l.person AND h.ground = l.ground AND h.\"case\" = l.\"case\"
         WHERE (?2 IS NULL OR l.state = ?2) AND l.line > ?3
         ORDER BY l.line LIMIT ?4"
    ))?;
    let mut rows = statement.query(params![
        id,
        filter.state.map(LineState::as_str),
        after.unwrap_or(0),
        request.rows(),
    ])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(line(row)?);
    }
    let lines = request.page(filter, lines, |row| row.line.to_string())?;
    Ok(Some(PaymentBatchDetails { batch, lines }))
}

/// The lists with their figures, narrowed by what follows.
fn batches(narrowed: &str) -> String {
    format!(
        "SELECT * FROM (
           SELECT b.*, f.*,
                  iif(b.stage = 'approved' AND f.paid_lines + f.struck_lines = f.lines,
                      'settled', b.stage) AS state
           FROM payment_batches b JOIN (
             SELECT batch AS of, count(*) AS lines, sum(amount) AS amount,
                    count(*) FILTER (WHERE state = 'paid') AS paid_lines,
                    coalesce(sum(paid), 0) AS paid,
                    count(*) FILTER (WHERE state = 'struck') AS struck_lines,
                    coalesce(sum(amount) FILTER (WHERE state = 'struck'), 0) AS struck
             FROM ({LINES}) GROUP BY batch) f ON f.of = b.batch)
         {narrowed}"
    )
}

fn batch(row: &Row<'_>) -> Result<PaymentBatchRow, ViewsError> {
    let fen = |column| Ok::<_, ViewsError>(Fen(row.get(column)?));
    Ok(PaymentBatchRow {
        batch: parsed(row, "batch")?,
        title: text(row, "title")?,
        fund: FundId {
            unit: Unit(text(row, "unit")?),
            year: row.get("year")?,
            source: text(row, "source")?,
        },
        state: word(row, "state")?,
        drafted: parsed(row, "drafted")?,
        approver: optional_text(row, "approver")?.map(StaffId),
        document: optional_text(row, "document")?,
        approved_on: optional(row, "approved_on")?,
        figures: PaymentBatchFigures {
            lines: row.get("lines")?,
            amount: fen("amount")?,
            paid_lines: row.get("paid_lines")?,
            paid: fen("paid")?,
            struck_lines: row.get("struck_lines")?,
            struck: fen("struck")?,
        },
    })
}

fn line(row: &Row<'_>) -> Result<PaymentLineRow, ViewsError> {
    Ok(PaymentLineRow {
        line: row.get("line")?,
        person: parsed(row, "person")?,
        name: optional_text(row, "name")?,
        recipient: recipient(row)?,
        ground: parsed(row, "ground")?,
        case: row.get("case")?,
        amount: Fen(row.get("amount")?),
        state: word(row, "state")?,
        voucher: optional_text(row, "voucher")?,
        paid_on: optional(row, "paid_on")?,
        payer: optional_text(row, "payer")?.map(StaffId),
        struck: optional_text(row, "struck")?,
    })
}
