use std::{path::PathBuf, sync::Arc};

use attachments::Attachments;
use calendar::{Calendar, Date, civil_date};
use event_log::EventLog;
use tokio::sync::Mutex;
use views::Views;

use crate::{
    Clock, IdentityKey, Ids, Rulebook, attempts::Attempts, inspection::Desks, ledger::Ledger,
    reactors::Vigil,
};

/// What an [`App`] is made of.
pub struct Parts {
    /// The one truth.
    pub log: Arc<dyn EventLog>,
    /// What people read.
    pub views: Views,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Arc<dyn Ids>,
    /// The rules the bureau follows.
    pub rules: Rulebook,
    /// Days off and make-up workdays.
    pub calendar: Calendar,
    /// Where scans and photos are kept.
    pub attachments: Attachments,
    /// The secret under which ID numbers name streams.
    pub identity_key: IdentityKey,
}

/// In how many lines those who write to funds wait.
const FUND_LINES: usize = 16;

/// The application service. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) parts: Arc<Parts>,
    /// Who writes to a fund holds the one that its name falls on.
    pub(crate) funds: Arc<[Mutex<()>; FUND_LINES]>,
    pub(crate) attempts: Arc<Attempts>,
    /// What the watch over duties has seen; held while it looks.
    pub(crate) vigil: Arc<Mutex<Vigil>>,
    /// Where there is one.
    pub(crate) ledger: Option<Ledger>,
    pub(crate) desks: Arc<Desks>,
    /// The file of the font that reports are printed with; one of the system's, if not set.
    pub(crate) font: Option<PathBuf>,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        App {
            parts: Arc::new(parts),
            funds: Arc::default(),
            attempts: Arc::default(),
            vigil: Arc::default(),
            ledger: None,
            desks: Arc::default(),
            font: None,
        }
    }

    /// Today in Asia/Shanghai.
    pub fn today(&self) -> Date {
        civil_date(self.parts.clock.now())
    }

    /// Days off and make-up workdays.
    pub fn calendar(&self) -> &Calendar {
        &self.parts.calendar
    }

    /// The log itself, for those who follow or rebuild.
    pub fn log(&self) -> &Arc<dyn EventLog> {
        &self.parts.log
    }
}
