use ::views::register::Counts;
use domain::Text;

use crate::{args, config::Config, desk::Desk, failure::Failure, output};

/// Prints figures that reports ask for.
pub(crate) async fn run(command: &args::Report, config: &Config) -> Result<(), Failure> {
    let args::Report::Counts { unit } = command;
    let unit = unit.as_deref().and_then(|unit| Text::parse(unit).ok());
    let counts = Desk::open(config).await?.counts(unit).await?;
    output::print(config.format, &counts, table)
}

fn table(counts: &Counts) -> String {
    let Counts {
        people,
        living,
        members,
        lixiu,
        tuixiu,
        hardship,
    } = counts;
    let row = [people, living, members, lixiu, tuixiu, hardship].map(ToString::to_string);
    output::table(["在册", "健在", "党员", "离休", "退休", "在帮困难"], [row])
}
