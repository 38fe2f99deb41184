//! `sangyu`: the program. It reads the command line and the configuration, opens a bureau's data
//! directory or calls a server, and prints answers.

mod actor;
mod api;
mod args;
mod basis;
mod bureau;
mod commands;
mod config;
mod desk;
mod failure;
mod log_url;
mod named;
mod output;
mod telemetry;
mod whole;

use std::process::ExitCode;

use clap::FromArgMatches as _;

use crate::{api::Call, args::Cli, config::Config, failure::Failure, telemetry::Telemetry};

fn main() -> ExitCode {
    let matches = api::command_line().get_matches();
    let (global, work) = Work::read(&matches).unwrap_or_else(|error| error.exit());
    let config = Config::load(&global);
    let format = config.as_ref().map_or(args::Format::Table, |c| c.format);
    match config.and_then(|config| run(&work, &config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::print_failure(format, &failure);
            ExitCode::from(failure.exit as u8)
        }
    }
}

/// What the command line asks for.
enum Work<'a> {
    /// A subcommand written by hand.
    Command(Box<args::Command>),
    /// Any other call of the API.
    Call(Call<'a>),
}

impl<'a> Work<'a> {
    fn read(matches: &'a clap::ArgMatches) -> Result<(args::Global, Self), clap::Error> {
        if let Some(call) = api::called(matches) {
            return Ok((args::Global::from_arg_matches(matches)?, Work::Call(call)));
        }
        let Cli { global, command } = Cli::from_arg_matches(matches)?;
        Ok((global, Work::Command(Box::new(command))))
    }
}

fn run(work: &Work<'_>, config: &Config) -> Result<(), Failure> {
    // Two providers of cryptography are built in, one by the client of KurrentDB: TLS has this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
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
    runtime.block_on(async {
        let _telemetry = Telemetry::start(config)?;
        match work {
            Work::Command(command) => commands::run(command, config).await,
            Work::Call(call) => api::run(call, config).await,
        }
    })
}
