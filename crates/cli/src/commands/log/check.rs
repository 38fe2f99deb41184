use std::time::Instant;

use event_log::contract;
use serde::Serialize;

use crate::{
    args::{Check, Format},
    config::Config,
    failure::{Exit, Failure},
    log_url::{Ground, LogUrl},
    output,
};

/// What became of the cases.
#[derive(Serialize)]
struct Checked {
    passed: usize,
    failed: usize,
    cases: Vec<CaseChecked>,
}

/// What became of one case.
#[derive(Serialize)]
struct CaseChecked {
    name: &'static str,
    passed: bool,
    /// What the log did otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    milliseconds: u64,
}

/// Tries every case of the contract on a log of its own.
pub(crate) async fn run(args: &Check, config: &Config) -> Result<(), Failure> {
    let ground = LogUrl::parse(&args.url)?.ground()?;
    let mut cases = Vec::new();
    for case in contract::cases() {
        let checked = check(&case, &ground).await?;
        if config.format == Format::Table {
            output::print_line(&line(&checked));
        }
        cases.push(checked);
    }
    let failed = cases.iter().filter(|case| !case.passed).count();
    let checked = Checked {
        passed: cases.len() - failed,
        failed,
        cases,
    };
    output::print(config.format, &checked, |c| {
        format!(
            "共 {} 项：符合 {}，不符 {}",
            c.cases.len(),
            c.passed,
            c.failed
        )
    })?;
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Failed,
        "log_breaks_contract",
        format!("the log breaks {failed} rules of the contract: do not keep a bureau in it"),
        format!("该日志有 {failed} 项不符合约定，请勿用来保存数据"),
    ))
}

async fn check(case: &contract::Case, ground: &Ground) -> Result<CaseChecked, Failure> {
    let begun = Instant::now();
    let outcome = match ground.fresh().await {
        Ok(log) => case.check(log).await.map_err(|failure| failure.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let checked = CaseChecked {
        name: case.name,
        passed: outcome.is_ok(),
        why: outcome.err(),
        milliseconds: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    ground.clear()?;
    Ok(checked)
}

fn line(case: &CaseChecked) -> String {
    let CaseChecked {
        name, milliseconds, ..
    } = case;
    match &case.why {
        None => format!("符合  {name}  {milliseconds} ms"),
        Some(why) => format!("不符  {name}  {milliseconds} ms\n      {why}"),
    }
}
