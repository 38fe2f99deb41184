use std::{path::Path, sync::Arc};

use ::demo::{Plan, SimulatedClock};
use ::views::{
    PageRequest,
    petitions::PetitionFilter,
    register::{Find, Status},
};
use app::{Clock as _, Reading};
use domain::CadreId;
use indicatif::{ProgressBar, ProgressStyle};

use super::serve;
use crate::{
    actor::actor,
    args,
    bureau::{self, Bureau},
    config::Config,
    failure::Failure,
    output,
};

/// Builds a made-up bureau if there is none, serves it, and says what to try.
pub(crate) async fn run(args: &args::Demo, config: &Config) -> Result<(), Failure> {
    let listen = serve::listen(args.listen.as_deref(), config)?;
    if bureau::exists(config) {
        output::say(&format!(
            "The bureau in {} is there already.",
            config.data.display()
        ));
    } else {
        build(args, config).await?;
    }
    if args.no_serve {
        return Ok(());
    }
    let mut bureau = Bureau::open(config).await?;
    let example = Example::find(&bureau.app.read_as(&actor(config)?)).await?;
    serve::serve(&mut bureau, listen, config, |url| {
        output::print_line(&example.try_next(url))
    })
    .await
}

/// A person and a petition of the bureau, to try commands on.
struct Example {
    initials: String,
    person: CadreId,
    petition: String,
}

impl Example {
    async fn find(reading: &Reading) -> Result<Self, Failure> {
        let page = PageRequest {
            page_size: 1,
            page_token: None,
        };
        let lixiu = Find {
            status: Some(Status::Lixiu),
            living: Some(true),
            ..Find::default()
        };
        let people = reading.find_people(lixiu, page.clone()).await?;
        let petitions = reading.petitions(PetitionFilter::default(), page).await?;
        let person = people.items.first().map(|row| row.person);
        let number = petitions.items.first().and_then(|row| row.number.clone());
        match (person, number) {
            (Some(person), Some(number)) => Ok(Example {
                initials: "wgm".into(),
                person,
                petition: number.to_string(),
            }),
            _ => Err(bureau::none(Path::new("demo"))),
        }
    }

    fn try_next(&self, url: &str) -> String {
        let Example {
            initials,
            person,
            petition,
        } = self;
        let program = std::env::args().next().unwrap_or_else(|| "sangyu".into());
        let call = format!("{program} --server {url}");
        format!(
            "The bureau is served on {url}; Ctrl-C ends it. Try, in another terminal:\n\n\
             {call} report counts\n\
             {call} person find {initials}\n\
             {call} person find --status lixiu --limit 5\n\
             {call} person history {person}\n\
             {call} hardship list --state approved --limit 5\n\
             {call} petition list --stage accepted --limit 5\n\
             {call} petition history {petition}\n\
             {call} views rebuild\n\
             {program} calendar due --start 2024-08-02 --days 60 --extend 30\n"
        )
    }
}

/// Builds beside the directory and puts it in its place when it is whole. One that was broken off
/// goes on, if it is of the same plan.
async fn build(args: &args::Demo, config: &Config) -> Result<(), Failure> {
    let beside = config.data.with_extension("building");
    let clock = Arc::new(SimulatedClock::default());
    let today = ::calendar::civil_date(app::SystemClock::default().now());
    let plan = Plan {
        people: args.people,
        seed: args.seed,
        years: args.years,
        until: args.until.unwrap_or(today),
    };
    begin(&beside, plan)?;
    {
        let bureau = Bureau::open_at(config, &beside, |_| clock.clone()).await?;
        let bar = progress_bar();
        let built = ::demo::build(&bureau.app, &clock, plan, |done, total| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        })
        .await?;
        bar.set_style(ProgressStyle::with_template("{spinner} {msg}").unwrap_or(bar.style()));
        bar.set_message("building what people read");
        bureau.app.catch_up().await?;
        bar.finish_and_clear();
        let by_itself = |name| built.by_itself.get(name).copied().unwrap_or_default();
        output::say(&format!(
            "A made-up bureau of {} people in {} days: {} requests carried out; by itself {} duties \
             opened, {} seen fulfilled, {} missed.",
            args.people,
            built.days,
            built.requests,
            by_itself("duty.opened"),
            by_itself("duty.fulfilled"),
            by_itself("duty.missed"),
        ));
    }
    if let Some(parent) = config.data.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)
            .map_err(|e| Failure::io("make the directory", parent, &e))?;
    }
    // An empty directory of that name gives way; one with something in it does not.
    let _ = std::fs::remove_dir(&config.data);
    std::fs::rename(&beside, &config.data).map_err(|e| Failure::io("make", &config.data, &e))
}

/// What is being built, kept beside it.
const PLAN: &str = "plan.json";

/// Clears what was begun by another plan.
fn begin(beside: &Path, plan: Plan) -> Result<(), Failure> {
    let path = beside.join(PLAN);
    let io = |e: &std::io::Error| Failure::io("write", &path, e);
    let plan = serde_json::to_string(&plan).map_err(|e| io(&e.into()))?;
    if std::fs::read_to_string(&path).is_ok_and(|begun| begun == plan) {
        return Ok(());
    }
    remove(beside)?;
    std::fs::create_dir_all(beside).map_err(|e| io(&e))?;
    std::fs::write(&path, plan).map_err(|e| io(&e))
}

fn remove(dir: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(dir) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Failure::io("clear", dir, &e)),
        _ => Ok(()),
    }
}

/// A bar on a terminal, nothing in a pipe.
pub(super) fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{bar:40} {pos}/{len} {per_sec} {eta}";
    ProgressStyle::with_template(template).map_or(bar.clone(), |style| bar.with_style(style))
}
