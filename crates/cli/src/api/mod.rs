//! Every call of the API as a subcommand, made from what the protos say of it. Nothing here knows a
//! call: a new one in the protos is a new subcommand.

mod answer;
mod flags;
mod request;
#[cfg(test)]
mod tests;

pub(crate) use flags::of_field;

use clap::{ArgMatches, Command, CommandFactory as _};
use grpc::contract::{Method, Service, services};

use crate::{args::Cli, config::Config, desk::Desk, failure::Failure, output};

/// The whole command line: what is written by hand, and every other call of the API.
pub(crate) fn command_line() -> Command {
    let groups = services()
        .iter()
        .filter(|service| !service.methods.iter().all(Method::streams));
    groups.fold(Cli::command(), |command, service| {
        if command.find_subcommand(&service.name).is_some() {
            return command.mut_subcommand(&service.name, |group| group.defer(with_calls));
        }
        let group = Command::new(&service.name)
            .about(flags::summary(&service.about))
            .long_about(&service.about)
            .subcommand_required(true)
            .arg_required_else_help(true);
        command.subcommand(group.defer(with_calls))
    })
}

/// A service's subcommands, made when they are asked for; what is written by hand stays.
fn with_calls(group: Command) -> Command {
    let Some(service) = service(group.get_name()) else {
        return group;
    };
    service.methods.iter().fold(group, |group, method| {
        if method.streams() || group.find_subcommand(&method.name).is_some() {
            return group;
        }
        group.subcommand(flags::command(method))
    })
}

fn service(name: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.name == name)
}

/// A call of the API as it was given.
pub(crate) struct Call<'a> {
    service: &'static Service,
    method: &'static Method,
    given: &'a ArgMatches,
}

/// The call of the API that was given; nothing if it is a subcommand written by hand.
pub(crate) fn called(matches: &ArgMatches) -> Option<Call<'_>> {
    let (group, inside) = matches.subcommand()?;
    let (name, given) = inside.subcommand()?;
    let by_hand = Cli::command();
    let by_hand = by_hand.find_subcommand(group);
    if by_hand.is_some_and(|group| group.find_subcommand(name).is_some()) {
        return None;
    }
    let service = service(group)?;
    let method = service.methods.iter().find(|method| method.name == name)?;
    Some(Call {
        service,
        method,
        given,
    })
}

/// Makes the call and prints its answer.
pub(crate) async fn run(call: &Call<'_>, config: &Config) -> Result<(), Failure> {
    let whole = request::from_file(call.given)?;
    let desk = match call.method.is_command() {
        true => Desk::open_to_write(config).await?,
        false => Desk::open(config).await?,
    };
    let request = request::of(call, whole, &desk).await?;
    let answer = desk.client.call(call.method, request).await?;
    output::print(config.format, &answer, answer::text)
}
