//! The flags of a call: one for each field of its request.

use clap::{
    Arg, ArgAction, Command, ValueHint,
    builder::{PossibleValue, PossibleValuesParser},
};
use grpc::contract::{Field, Method, Shape};

/// The whole request as JSON.
pub(super) const JSON: &str = "json";

/// What every command or every query has beside its own fields.
const COMMON: [&str; 7] = [
    "request_id",
    "expected_revision",
    "source",
    "dry_run",
    "page_size",
    "page_token",
    "position",
];

/// A field of the request, or of a message in it.
pub(super) struct Flag {
    /// The way to it from the request.
    pub(super) path: Vec<Step>,
    /// What it holds; no message.
    pub(super) shape: Shape,
    about: String,
    required: bool,
}

/// A field on the way.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) repeated: bool,
}

/// The subcommand of a call.
pub(super) fn command(method: &Method) -> Command {
    let json = Arg::new(JSON)
        .long(JSON)
        .value_name("FILE")
        .value_hint(ValueHint::FilePath)
        .help("The whole request as JSON with the names of the API, from a file or - for the input")
        .help_heading("Of every call");
    let command = Command::new(method.name.clone())
        .about(summary(&method.about))
        .long_about(method.about.clone())
        .arg(json);
    let flags = of(method);
    flags
        .iter()
        .fold(command, |command, flag| command.arg(flag.arg()))
}

/// All flags of a call.
pub(super) fn of(method: &Method) -> Vec<Flag> {
    let mut flags = Vec::new();
    collect(method.fields(), &[], true, &mut flags);
    flags
}

fn collect(fields: Vec<Field>, before: &[Step], required: bool, flags: &mut Vec<Flag>) {
    for field in fields {
        let mut path = before.to_vec();
        path.push(Step {
            name: field.name,
            repeated: field.repeated,
        });
        let required = required && field.required;
        match field.shape {
            Shape::Message(fields) => collect(fields, &path, required, flags),
            shape => flags.push(Flag {
                path,
                shape,
                about: field.about,
                required,
            }),
        }
    }
}

impl Flag {
    /// Its path, such as `visit.visitors.name`.
    pub(super) fn id(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|step| step.name.as_str()).collect();
        names.join(".")
    }

    /// Whether it is one of those that every command or every query has.
    fn is_common(&self) -> bool {
        self.path
            .first()
            .is_some_and(|step| COMMON.contains(&step.name.as_str()))
    }

    fn arg(&self) -> Arg {
        let heading = match (self.is_common(), self.required) {
            (true, _) => "Of every call",
            (false, true) => "Required",
            (false, false) => "Optional",
        };
        let arg = Arg::new(self.id())
            .long(self.id().replace('_', "-"))
            .help(summary(&self.about))
            .long_help(self.about.clone())
            .help_heading(heading);
        let arg = match self.is_common() {
            true => arg,
            false => arg.conflicts_with(JSON),
        };
        let arg = match self.path.iter().any(|step| step.repeated) {
            true => arg.action(ArgAction::Append),
            false => arg,
        };
        match &self.shape {
            Shape::Text | Shape::Message(_) => arg.value_name("TEXT"),
            Shape::Bytes => arg.value_name("BASE64"),
            Shape::Number => arg.value_name("NUMBER").allow_negative_numbers(true),
            Shape::YesNo => arg
                .value_name("true|false")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true"),
            Shape::Word(words) => {
                let words = words
                    .iter()
                    .map(|(word, about)| PossibleValue::new(word.clone()).help(about.clone()));
                arg.value_name("WORD")
                    .value_parser(PossibleValuesParser::new(words))
            }
        }
    }
}

/// The flag of a field that an answer names by its path, such as `visit.visitors[0].name`.
pub(crate) fn of_field(path: &str) -> String {
    let steps = path
        .split('.')
        .map(|step| step.split('[').next().unwrap_or(step));
    format!(
        "--{}",
        steps.collect::<Vec<_>>().join(".").replace('_', "-")
    )
}

/// The first sentence.
pub(super) fn summary(about: &str) -> String {
    let end = about.find(". ").unwrap_or(about.len());
    about[..end].trim_end_matches('.').to_owned()
}
