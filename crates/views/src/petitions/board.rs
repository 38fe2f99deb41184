//! How does a unit stand? Every count is the length of the work list that its filter gives.

use calendar::Date;
use domain::{Actor, Text};
use rusqlite::Connection;
use serde::Serialize;

use super::{
    PetitionStage, WorkFilter,
    worklist::{
        AWAITING_DELIVERY, AWAITING_FEEDBACK, Asked, DUE_UNTIL, OVERDUE, UNASSIGNED, WARNED,
    },
};
use crate::{
    ViewsError,
    read::{optional_text, word},
};

/// What a unit has to do, in counts. Each counts the rows of the work list of the same unit, with
/// the filter of the same name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Board {
    /// The unit that has it in hand; all if there is none.
    pub unit: Option<Text>,
    /// The day on which it was counted.
    pub today: Date,
    /// All on which something is to be done.
    pub total: u64,
    /// 逾期.
    pub overdue: u64,
    /// 今天届满: `due_within` 0.
    pub due_today: u64,
    /// 本周届满: `due_within` `days_left_this_week`.
    pub due_this_week: u64,
    /// Calendar days to Sunday; 0 on Sunday.
    pub days_left_this_week: u32,
    /// 已预警.
    pub warned: u64,
    /// 待送达.
    pub awaiting_delivery: u64,
    /// 督办待反馈.
    pub awaiting_feedback: u64,
    /// 未交办, or the handler stood back.
    pub unassigned: u64,
    /// By `stage`, in the order of the procedure; stages without a petition are left out.
    pub stages: Vec<StageCount>,
    /// By `handler`, in the order of their accounts.
    pub handlers: Vec<HandlerCount>,
}

/// How many petitions are at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageCount {
    /// Which.
    pub stage: PetitionStage,
    /// How many.
    pub total: u64,
}

/// What a handler has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HandlerCount {
    /// The account.
    pub handler: Text,
    /// All of it.
    pub total: u64,
    /// What is `overdue` of it.
    pub overdue: u64,
}

/// The board of a unit as it is today, or of all units together; of what the reader may see.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn board(
    conn: &Connection,
    unit: Option<Text>,
    today: Date,
    reader: &Actor,
) -> Result<Board, ViewsError> {
    let days_left_this_week = 6 - u32::from(today.weekday().to_monday_zero_offset().unsigned_abs());
    let filter = WorkFilter {
        unit,
        ..WorkFilter::default()
    };
    let mut asked = Asked::of(&filter, today, reader);
    asked.bind_until(today, days_left_this_week);
    let sql = format!(
        "SELECT w.stage, w.handler, {UNASSIGNED} AS unassigned, {OVERDUE} AS overdue,
                w.due_rolled = :today AS due_today, {DUE_UNTIL} AS due_this_week,
                {WARNED} AS warned, {AWAITING_DELIVERY} AS awaiting_delivery,
                {AWAITING_FEEDBACK} AS awaiting_feedback, count(*) AS petitions
         FROM {} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY w.handler",
        asked.work()
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(asked.bound().as_slice())?;
    let mut board = Board {
        unit: filter.unit,
        today,
        total: 0,
        overdue: 0,
        due_today: 0,
        due_this_week: 0,
        days_left_this_week,
        warned: 0,
        awaiting_delivery: 0,
        awaiting_feedback: 0,
        unassigned: 0,
        stages: vec![],
        handlers: vec![],
    };
    while let Some(row) = rows.next()? {
        let petitions: u64 = row.get("petitions")?;
        let counted =
            |column| Ok::<_, ViewsError>(petitions * u64::from(row.get::<_, bool>(column)?));
        let overdue = counted("overdue")?;
        board.total += petitions;
        board.overdue += overdue;
        board.due_today += counted("due_today")?;
        board.due_this_week += counted("due_this_week")?;
        board.warned += counted("warned")?;
        board.awaiting_delivery += counted("awaiting_delivery")?;
        board.awaiting_feedback += counted("awaiting_feedback")?;
        board.unassigned += counted("unassigned")?;
        board.at_stage(word(row, "stage")?, petitions);
        if let Some(handler) = optional_text(row, "handler")? {
            board.of_handler(handler, petitions, overdue);
        }
    }
    board.stages.sort_by_key(|of| of.stage);
    Ok(board)
}

impl Board {
    fn at_stage(&mut self, stage: PetitionStage, petitions: u64) {
        match self.stages.iter_mut().find(|of| of.stage == stage) {
            Some(of) => of.total += petitions,
            None => self.stages.push(StageCount {
                stage,
                total: petitions,
            }),
        }
    }

    /// The rows come handler by handler.
    fn of_handler(&mut self, handler: Text, petitions: u64, overdue: u64) {
        match self.handlers.last_mut().filter(|of| of.handler == handler) {
            Some(of) => {
                of.total += petitions;
                of.overdue += overdue;
            }
            None => self.handlers.push(HandlerCount {
                handler,
                total: petitions,
                overdue,
            }),
        }
    }
}
