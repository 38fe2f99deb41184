//! How near the log comes to what the machine can do, in one run: the raw file, bare SQLite with
//! the same rows, the log, and the whole way of a command; replay; the views.
//!
//! `cargo bench -p tests --bench log -- DIR` on a bureau that `sangyu demo --data DIR --no-serve`
//! made, which is only read; `make bench` does both. Prints a table, then the same as JSON.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench stops at the first surprise and prints"
)]

mod appending;
#[path = "../bureau/mod.rs"]
mod bureau;
mod commands;
mod figures;
mod group;
mod ledger;
mod replay;
mod rows;

use std::path::{Path, PathBuf};

use figures::Figures;

#[tokio::main]
async fn main() {
    let dir = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let dir = PathBuf::from(dir.unwrap_or_else(|| "target/demo".to_owned()));
    // Cargo runs a bench in its package's folder.
    let dir = if dir.is_absolute() {
        dir
    } else {
        Path::new("..").join(dir)
    };
    let mut figures = Figures::default();
    appending::durable(&mut figures, 1, 5_000).await;
    appending::durable(&mut figures, 64, 60_000).await;
    commands::durable(&mut figures, 1, 2_000).await;
    commands::durable(&mut figures, 64, 20_000).await;
    ledger::durable(&mut figures, 64, 60_000).await;
    ledger::commands(&mut figures, 64, 10_000).await;
    appending::bulk(&mut figures, 300_000).await;
    replay::run(&mut figures, &dir).await;
    figures.print();
}
