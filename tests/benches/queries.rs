//! How long a person search and a care history take: inside the server, and as a caller on the
//! same machine sees it; and how long a moment of the past takes, of a person and of the bureau.
//!
//! `cargo bench -p tests --bench queries -- DIR` on a bureau that `sangyu demo --data DIR --no-serve`
//! made; `make bench` does both.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench stops at the first surprise and prints"
)]

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use app::{App, IdentityKey, Parts, Reading, SystemClock, SystemIds, national_rules};
use attachments::{Attachments, Limits};
use calendar::{Calendar, Date, When};
use domain::{Actor, CadreId, StaffId, Text, Unit};
use event_log_sqlite::SqliteLog;
use grpc::{Caller, Client, Server};
use inspection::{AsOf, Subject};
use views::{PageRequest, Views, register::Find};

const CALLS: usize = 10_000;

#[tokio::main]
async fn main() {
    let dir = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let dir = PathBuf::from(dir.expect("the data directory of a bureau"));
    // Cargo runs a bench in its package's folder.
    let dir = if dir.is_absolute() {
        dir
    } else {
        Path::new("..").join(dir)
    };
    let app = open(&dir);
    app.catch_up().await.unwrap();
    let reading = app.read_as(&caller().actor);
    let counts = reading.counts(None).await.unwrap();
    println!(
        "{} people, {CALLS} calls each, one at a time",
        counts.people
    );

    let people = everyone(&reading).await;
    let queries = searches(&people);
    let page = PageRequest {
        page_size: 20,
        page_token: None,
    };
    let ask = |n: usize| (queries[n % queries.len()].clone(), page.clone());
    let whose = |n: usize| (people[n * 7919 % people.len()].0, PageRequest::default());

    let finds = measure(async |n| {
        let (find, page) = ask(n);
        reading.find_people(find, page).await.unwrap();
    });
    report("person find, in the server", finds.await);
    let histories = measure(async |n| {
        let (person, page) = whose(n);
        reading.history(person, page).await.unwrap();
    });
    report("person history, in the server", histories.await);
    of_the_past(&reading, &people).await;

    let server = Server::bind(app.clone(), "127.0.0.1:0".parse().unwrap())
        .await
        .unwrap();
    let url = format!("http://{}", server.address());
    let serving = tokio::spawn(server.run(std::future::pending()));
    let client = Client::connect(&url, caller()).await.unwrap();
    let finds = measure(async |n| {
        let (find, page) = ask(n);
        client.find_people(find, page).await.unwrap();
    });
    report("person find, over gRPC", finds.await);
    let histories = measure(async |n| {
        let (person, page) = whose(n);
        client.history(person, page).await.unwrap();
    });
    report("person history, over gRPC", histories.await);
    serving.abort();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    println!(
        "peak memory, server and caller together: {}",
        peak[6..].trim()
    );
}

/// Everyone's dossier in turn, as of a moment in the middle of what is recorded.
async fn of_the_past(reading: &Reading, people: &[(CadreId, String, String)]) {
    let start = Instant::now();
    let whole = reading.dossier(Subject::Bureau, AsOf::default());
    let (first, last) = middle(whole.await.unwrap().day);
    println!(
        "the bureau as of now, in the server: {:.1?}",
        start.elapsed()
    );
    let day = |day| Some(When::Day(day));
    let then = AsOf {
        occurred_by: day(first),
        known_by: day(first),
    };
    let later = AsOf {
        occurred_by: day(first),
        known_by: day(last),
    };
    let whose = |n: usize| Subject::Person(people[n * 7919 % people.len()].0);
    let dossiers = measure(async |n| {
        reading.dossier(whose(n), later).await.unwrap();
    });
    report("person as of a day, in the server", dossiers.await);
    let compared = measure(async |n| {
        let changes = reading.dossier_changes(whose(n), then, later);
        changes.await.unwrap();
    });
    report("person, two days compared", compared.await);
    let start = Instant::now();
    reading.dossier(Subject::Bureau, later).await.unwrap();
    println!(
        "the bureau as of a day, in the server: {:.1?}",
        start.elapsed()
    );
}

/// Half a year before this day, and a month later.
fn middle(today: Date) -> (Date, Date) {
    let mut days = std::iter::successors(Some(today), |day| day.yesterday().ok()).skip(150);
    let last = days.next().unwrap();
    (days.nth(30).unwrap(), last)
}

fn open(dir: &Path) -> App {
    let key = std::fs::read_to_string(dir.join("identity.key")).unwrap();
    App::new(Parts {
        log: Arc::new(SqliteLog::open(&dir.join("events.db")).unwrap()),
        views: Views::open(dir.join("views.db")).unwrap(),
        clock: Arc::new(SystemClock::default()),
        ids: Arc::new(SystemIds),
        rules: national_rules().unwrap(),
        calendar: Calendar::bundled().unwrap(),
        attachments: Attachments::in_folder(&dir.join("attachments"), Limits::default()).unwrap(),
        identity_key: IdentityKey::parse(&key).unwrap(),
    })
}

fn caller() -> Caller {
    let text = |text| Text::parse(text).unwrap();
    let actor = Actor {
        id: StaffId(text("bench")),
        name: text("bench"),
        role: text("clerk"),
        unit: Unit(text("bench")),
    };
    Caller {
        actor,
        on_behalf_of: None,
        trace: None,
    }
}

/// Everyone's id, name and ID number.
async fn everyone(reading: &Reading) -> Vec<(CadreId, String, String)> {
    let mut all = Vec::new();
    let mut page_token = None;
    loop {
        let request = PageRequest {
            page_size: 200,
            page_token,
        };
        let page = reading.find_people(Find::default(), request).await.unwrap();
        all.extend(page.items.into_iter().map(|row| {
            let number = row.id_number.map_or_else(String::new, |n| n.to_string());
            (row.person, row.name.to_string(), number)
        }));
        page_token = page.next_page_token;
        if page_token.is_none() {
            return all;
        }
    }
}

/// What clerks type: names, parts of names, pinyin, initials, ID numbers and their ends.
fn searches(people: &[(CadreId, String, String)]) -> Vec<Find> {
    let q = |q: String| Find {
        q: Some(q),
        ..Find::default()
    };
    let pinyin = [
        "wang", "wgm", "lixiu", "zhangguo", "lm", "chenm", "z", "sunhai", "wj", "ouyang",
    ];
    let by_person = people.iter().step_by(37).flat_map(|(_, name, number)| {
        let part: String = name.chars().take(2).collect();
        [
            name.clone(),
            part,
            number.clone(),
            number[number.len() - 6..].to_owned(),
        ]
    });
    by_person.chain(pinyin.map(str::to_owned)).map(q).collect()
}

async fn measure(call: impl AsyncFn(usize)) -> Vec<Duration> {
    for n in 0..CALLS / 10 {
        call(n).await;
    }
    let mut times = Vec::with_capacity(CALLS);
    for n in 0..CALLS {
        let start = Instant::now();
        call(n).await;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times
}

fn report(what: &str, times: Vec<Duration>) {
    let at = |share: f64| times[(share * (times.len() - 1) as f64) as usize].as_secs_f64() * 1e3;
    println!(
        "{what:<32} p50 {:.3} ms   p99 {:.3} ms   worst {:.3} ms",
        at(0.50),
        at(0.99),
        at(1.0)
    );
}
