//! What each command does: one file each.

mod attachments;
mod calendar;
mod completions;
mod config;
mod demo;
mod documents;
mod duty;
mod hardship;
mod import;
mod inspect;
mod ledger;
mod log;
mod medal;
mod person;
mod petition;
mod react;
mod report;
mod rules;
mod serve;
mod views;

use crate::{args::Command, config::Config, failure::Failure};

pub(crate) async fn run(command: &Command, config: &Config) -> Result<(), Failure> {
    match command {
        Command::Serve(args) => serve::run(args, config).await,
        Command::Demo(args) => demo::run(args, config).await,
        Command::Import(args) => import::run(args, config).await,
        Command::Person(args) => person::run(args, config).await,
        Command::Petition(args) => petition::run(args, config).await,
        Command::Duty(args) => duty::run(args, config).await,
        Command::Hardship(args) => hardship::run(args, config).await,
        Command::Medal(args) => medal::run(args, config).await,
        Command::Report(args) => report::run(args, config).await,
        Command::Rules(args) => rules::run(args, config).await,
        Command::Inspect(args) => inspect::run(args, config).await,
        Command::React => react::run(config).await,
        Command::Attachments(args) => attachments::run(args, config).await,
        Command::Ledger(args) => ledger::run(args, config).await,
        Command::Log(args) => log::run(args, config).await,
        Command::Views(args) => views::run(args, config).await,
        Command::Calendar(args) => calendar::run(args, config),
        Command::Config => config::run(config),
        Command::Completions { shell } => completions::run(*shell),
    }
}
