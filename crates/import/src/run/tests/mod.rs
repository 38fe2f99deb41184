//! Files through the application service, kept in a log in memory.

mod files;
mod rows;

use std::{collections::BTreeMap, sync::Arc};

use app::{Clock, IdentityKey, Parts, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::{Calendar, IdNumber, Timestamp};
use domain::{Actor, Fen, StaffId, Text, Unit};
use event_log::{EventLog, MemoryLog};
use tempfile::TempDir;
use views::{
    PageRequest, Views, hardship::HardshipFilter, petitions::PetitionFilter, register::Find,
};

use super::*;
use crate::testing::{
    Key, Made, id_number, ledger, now, petitions_2011_2020, raw_cells, texts, workbook,
};

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        now()
    }
}

struct Bureau {
    app: App,
    log: Arc<MemoryLog>,
    _dir: TempDir,
}

fn bureau() -> Bureau {
    let dir = tempfile::tempdir().unwrap();
    let log = Arc::new(MemoryLog::default());
    let app = App::new(Parts {
        log: log.clone(),
        views: Views::open(dir.path().join("views.db")).unwrap(),
        clock: Arc::new(Still),
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(&dir.path().join("attachments"), Limits::default())
            .unwrap(),
        identity_key: IdentityKey::new([7; 32]),
    });
    Bureau {
        app,
        log,
        _dir: dir,
    }
}

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn clerk() -> Actor {
    Actor {
        id: StaffId(text("clerk")),
        name: text("经办人"),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    }
}

impl Bureau {
    fn reading(&self) -> Reading {
        self.app.read_as(&clerk())
    }

    async fn import(&self, kind: Kind, file: &str, bytes: Vec<u8>) -> Outcome {
        self.try_import(kind, file, bytes, false).await.unwrap()
    }

    async fn rehearse(&self, kind: Kind, file: &str, bytes: Vec<u8>) -> Report {
        self.try_import(kind, file, bytes, true)
            .await
            .unwrap()
            .report
    }

    async fn try_import(
        &self,
        kind: Kind,
        file: &str,
        bytes: Vec<u8>,
        dry_run: bool,
    ) -> Result<Outcome, Error> {
        let id = event_log::RequestId(app::Ids::next(&app::SystemIds));
        let request = Request::new(id, clerk());
        let mut last = (0, 0);
        let progress = |done, total| last = (done, total);
        let options = Options { dry_run, request };
        let outcome = run(&self.app, kind, file, bytes, options, progress).await?;
        assert_eq!(last, (outcome.report.rows, outcome.report.rows));
        assert_counted_once(&outcome.report);
        Ok(outcome)
    }

    async fn sample(&self, kind: Kind) -> Outcome {
        let file = format!("{kind}.xlsx");
        self.import(kind, &file, ledger(&file)).await
    }

    async fn events(&self) -> usize {
        self.log.read_all(None, usize::MAX).await.unwrap().len()
    }
}

/// Every row of data has one fate.
fn assert_counted_once(report: &Report) {
    let rejected = codes(report).len();
    let counted = report.accepted + report.unchanged + report.duplicates.len() + rejected;
    assert_eq!(counted, report.rows);
}

fn codes(report: &Report) -> BTreeMap<u32, Vec<&str>> {
    let mut codes: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for fault in &report.rejected {
        codes.entry(fault.row).or_default().push(&fault.code);
    }
    codes
}
