//! A year of the made-up bureau, day by day: nobody is forgotten, and nothing is done twice, also when
//! the process is killed on the way.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use calendar::Date;
use event_log_sqlite::SqliteLog;
use rand::RngExt as _;
use tempfile::TempDir;

use crate::{
    program::command,
    recount::{Recount, read, recount},
};

const UNTIL: Date = Date::constant(2026, 6, 30);
const KILLS: u32 = 50;

/// The program that lives a year of this bureau, or goes on with it.
fn year(data: &Path) -> Command {
    let mut year = command(&["demo", "--people", "200", "--years", "1", "--no-serve"]);
    year.args(["--until", &UNTIL.to_string(), "--data"])
        .arg(data);
    year.stdout(Stdio::null()).stderr(Stdio::null());
    year
}

#[tokio::main(flavor = "current_thread")]
async fn counted(data: &Path) -> Recount {
    let log = SqliteLog::open(&data.join("events.db")).unwrap();
    recount(&read(&log).await, UNTIL)
}

#[test]
fn every_trigger_of_a_year_has_its_duty_and_none_is_lost_or_doubled_by_fifty_kills() {
    let dir = TempDir::new().unwrap();
    let (whole, killed) = (dir.path().join("whole"), dir.path().join("killed"));
    let mut uninterrupted = year(&whole);
    let begun = Instant::now();
    assert!(uninterrupted.status().unwrap().success());
    let took = begun.elapsed();
    let counted_whole = counted(&whole);
    assert!(
        counted_whole.missed > 0 && counted_whole.waived > 0,
        "{counted_whole:?}"
    );

    let mut rng = rand::rng();
    for kill in 1..=KILLS {
        // Half of the year is left for the last run, which nobody kills.
        let lives = rng.random_range(Duration::ZERO..took / KILLS + Duration::from_millis(200));
        let mut process = year(&killed).spawn().unwrap();
        std::thread::sleep(lives);
        assert!(is_killed(&mut process), "it was done before kill {kill}");
    }
    assert!(year(&killed).status().unwrap().success());
    // What is raised does not depend on the kills.
    let counted_killed = counted(&killed);
    assert_eq!(counted_killed.triggers, counted_whole.triggers);
}

/// SIGKILL: nothing is tidied up.
fn is_killed(process: &mut Child) -> bool {
    process.kill().unwrap();
    !process.wait().unwrap().success()
}
