//! `sangyu`: the program. It reads the command line and the configuration, opens a bureau's data
//! directory or calls a server, and prints answers.

mod actor;
mod args;
mod bureau;
mod commands;
mod config;
mod desk;
mod failure;
mod output;
mod words;

use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

use crate::{args::Cli, config::Config, failure::Failure};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let config = Config::load(&cli.global);
    let format = config.as_ref().map_or(args::Format::Table, |c| c.format);
    match config.and_then(|config| run(&cli.command, &config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::print_failure(format, &failure);
            ExitCode::from(failure.exit as u8)
        }
    }
}

fn run(command: &args::Command, config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log).map_err(|e| {
        let (en, zh) = (format!("log: {e}"), format!("日志级别有误：{e}"));
        Failure::usage("config_invalid", en, zh)
    })?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|e| {
        Failure::new(
            failure::Exit::Failed,
            "io_failed",
            e.to_string(),
            format!("无法启动：{e}"),
        )
    })?;
    runtime.block_on(commands::run(command, config))
}
