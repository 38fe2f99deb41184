//! A city changes its rules without code: it tries them on the past, adopts them from a day on, and
//! what was before that day stays under the old ones.

use std::{path::PathBuf, sync::Arc};

use app::{App, IdentityKey, Ids as _, Parts, Request, Rulebook, SystemClock, SystemIds};
use attachments::{Attachments, Limits};
use calendar::{Calendar, Date, When};
use domain::{
    Actor, CadreId, Fen, StaffId, Text, Unit, VisitId,
    cadre::{CadreCommand, Profile, RegisterCadre},
    health::{Bed, HealthCommand, Learnt},
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};
use event_log::{EventLog as _, RequestId};
use event_log_sqlite::SqliteLog;
use serde_json::Value;
use views::{
    PageRequest, Views,
    duties::{self, DutyFilter},
};

use crate::program::{Bureau, ledger};

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

fn day(text: &str) -> When {
    When::Day(text.parse().unwrap())
}

fn request() -> Request {
    let actor = Actor {
        id: StaffId(text("wang.fang")),
        name: text("王芳"),
        role: text("clerk"),
        unit: Unit(text("老干部局")),
    };
    Request::new(RequestId(SystemIds.next()), actor)
}

/// A bureau that follows the rules of its city, in files of its own.
struct City {
    bureau: Bureau,
}

impl City {
    fn new() -> Self {
        let city = City {
            bureau: Bureau::new(),
        };
        std::fs::create_dir_all(city.rules()).unwrap();
        std::fs::create_dir_all(city.bureau.data()).unwrap();
        let config = format!(
            "jurisdiction = \"city\"\nrules = {:?}\n",
            city.rules().display().to_string()
        );
        let file = PathBuf::from(city.bureau.data()).join("sangyu.toml");
        std::fs::write(file, config).unwrap();
        city
    }

    /// The folder of its rules.
    fn rules(&self) -> PathBuf {
        self.bureau.path().join("rules")
    }

    /// Writes a profile: its name, its days, and the working days for the first visit in hospital.
    fn profile(&self, file: &PathBuf, id: &str, (from, until): (&str, Option<&str>), term: u32) {
        let until = until.map_or_else(String::new, |day| format!("valid_until = \"{day}\"\n"));
        let text = domain::NATIONAL_RULES
            .replace("\"national-2022\"", &format!("{id:?}"))
            .replace("\"national\"", "\"city\"")
            .replace("\"2022-05-01\"\n", &format!("\"{from}\"\n{until}"))
            .replace(
                "admitted = { term = { working_days = 3 } }",
                &format!("admitted = {{ term = {{ working_days = {term} }} }}"),
            );
        std::fs::write(file, text).unwrap();
    }

    /// Its record, while the program does not hold it.
    fn app(&self) -> App {
        let data = PathBuf::from(self.bureau.data());
        let files = Attachments::in_folder(&data.join("attachments"), Limits::default());
        let key = IdentityKey::new([7; 32]);
        std::fs::write(data.join("identity.key"), key.to_hex()).unwrap();
        App::new(Parts {
            log: Arc::new(SqliteLog::open(&data.join("events.db")).unwrap()),
            views: Views::open(data.join("views.db")).unwrap(),
            clock: Arc::new(SystemClock::default()),
            ids: Arc::new(SystemIds),
            rules: Rulebook::read("city", &self.rules()).unwrap(),
            calendar: Calendar::bundled().unwrap(),
            attachments: files.unwrap(),
            identity_key: key,
        })
    }

    /// Someone who was admitted, as the bureau knew on this day, and perhaps visited.
    async fn admitted(&self, known: &str, visited: Option<&str>) -> CadreId {
        let (app, person) = (self.app(), CadreId(SystemIds.next()));
        let register = CadreCommand::Register(RegisterCadre {
            id: person,
            unit: Unit(text("老干部局")),
            retirement: None,
            profile: Box::new(Profile::named(text("示例"))),
        });
        app.cadre(person, [register], &request()).await.unwrap();
        let admission = HealthCommand::RecordAdmission {
            person,
            bed: Bed {
                hospital: text("市立医院"),
                ward: None,
                bed: None,
            },
            admitted: Learnt {
                happened: day(known),
                known: day(known),
            },
        };
        app.health(person, [admission], &request()).await.unwrap();
        if let Some(on) = visited {
            let visit = Visit {
                person,
                visited: day(on),
                visitors: vec![Visitor {
                    name: text("李局长"),
                    post: None,
                    unit: None,
                    rank: None,
                }],
                mode: Mode::Hospital,
                place: None,
                purpose: Purpose::Hospitalisation,
                money: Fen::ZERO,
                goods: None,
                findings: None,
                needs: None,
            };
            let id = VisitId(SystemIds.next());
            let record = [VisitCommand::Record { visit }];
            app.visit(id, record, &request()).await.unwrap();
        }
        person
    }

    /// What happens by itself, until nothing does.
    fn reacts(&self) {
        loop {
            let reactions = self.bureau.json(&["react"]);
            let spoke = |reaction: &Value| {
                assert_eq!(reaction["refused"], serde_json::json!({}), "{reaction}");
                reaction["spoke"].as_u64().unwrap()
            };
            if reactions.as_array().unwrap().iter().map(spoke).sum::<u64>() == 0 {
                return;
            }
        }
    }

    /// The duty of a person's first visit in hospital: its last day in time, and all of it.
    async fn duty(&self, person: CadreId) -> (String, Value) {
        let data = PathBuf::from(self.bureau.data());
        let log = SqliteLog::open(&data.join("events.db")).unwrap();
        let views = Views::open(data.join("views.db")).unwrap();
        views.catch_up(&log).await.unwrap();
        let today: Date = "2026-01-01".parse().unwrap();
        let filter = DutyFilter {
            person,
            open: false,
        };
        let read = views.query(move |conn| {
            let mut rows = duties::of_person(conn, &filter, today, &PageRequest::default())?.items;
            rows.retain(|row| row.rule.as_str() == "hospital_visit");
            assert_eq!(rows.len(), 1);
            Ok(duties::get(conn, &rows[0].duty, today)?.unwrap())
        });
        let details = read.await.unwrap();
        let last_day = details.row.due_rolled.to_string();
        (last_day, serde_json::to_value(details).unwrap())
    }

    async fn head(&self) -> usize {
        let log = SqliteLog::open(&PathBuf::from(self.bureau.data()).join("events.db")).unwrap();
        log.read_all(None, 10_000).await.unwrap().len()
    }
}

/// June 2025: the sixth is the third working day after Tuesday the third, the twelfth the second one
/// after Tuesday the tenth. July: the second is the third working day after Friday 27 June, the third
/// the second one after Tuesday the first.
#[tokio::test(flavor = "multi_thread")]
async fn a_city_tries_a_rule_on_the_past_adopts_it_and_keeps_what_was_before() {
    let city = City::new();
    let old = city.rules().join("city-2025.toml");
    city.profile(&old, "city-2025", ("2025-01-01", None), 3);
    let third = city.admitted("2025-06-03", Some("2025-06-06")).await;
    let second = city.admitted("2025-06-10", Some("2025-06-12")).await;
    city.reacts();
    assert_eq!(city.duty(third).await.0, "2025-06-06");
    assert_eq!(city.duty(second).await.0, "2025-06-13");

    // Tried: the one visited on the third working day would be late, and nothing is recorded.
    let draft = city.bureau.path().join("draft.toml");
    city.profile(&draft, "city-2026", ("2025-07-01", None), 2);
    let draft_path = draft.display().to_string();
    let june = ["--from", "2025-06-01", "--until", "2025-06-30"];
    let try_draft = [&["rules", "try", &draft_path][..], &june].concat();
    let events = city.head().await;
    let tried = city.bureau.json(&try_draft);
    assert_eq!(city.head().await, events);
    let [rule] = tried["rules"].as_array().unwrap().as_slice() else {
        panic!("{tried:#}");
    };
    let counts = [
        "in_force",
        "candidate",
        "earlier",
        "now_late",
        "added",
        "dropped",
    ];
    assert_eq!(
        counts.map(|count| rule[count].as_u64().unwrap()),
        [2, 2, 2, 1, 0, 0]
    );
    let example = &rule["examples"][0];
    assert!(
        example["duty"]
            .as_str()
            .unwrap()
            .starts_with(&third.to_string())
    );
    assert_eq!(example["change"], "now_late");
    assert_eq!(example["last_day_in_force"], "2025-06-06");
    assert_eq!(example["last_day_candidate"], "2025-06-05");
    // The old profile has no end yet.
    assert_eq!(tried["obstacle"]["code"], "profiles_overlap");
    let shown = city.bureau.call(&try_draft);
    for told in ["按时变逾期", "住院必访", "profiles_overlap"] {
        assert!(shown.out.contains(told), "{}", shown.out);
    }

    // Adopted: both files, each with its days. Nothing stands in the way of it.
    city.profile(&old, "city-2025", ("2025-01-01", Some("2025-06-30")), 3);
    assert_eq!(city.bureau.json(&try_draft)["obstacle"], Value::Null);
    std::fs::copy(&draft, city.rules().join("city-2026.toml")).unwrap();
    let profiles = city.bureau.json(&["rules", "list"]);
    let own: Vec<_> = profiles["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|profile| profile["jurisdiction"] == "city")
        .map(|profile| {
            (
                profile["id"].clone(),
                profile["file"].clone(),
                profile["in_force"].clone(),
            )
        })
        .collect();
    let row = |id: &str, in_force: bool| (id.into(), format!("{id}.toml").into(), in_force.into());
    assert_eq!(own, [row("city-2025", false), row("city-2026", true)]);

    // Known before that day and opened long after it: still three working days.
    let before = city.admitted("2025-06-27", None).await;
    let after = city.admitted("2025-07-01", None).await;
    city.reacts();
    let all = [third, second, before, after];
    let expected = ["2025-06-06", "2025-06-13", "2025-07-02", "2025-07-03"];
    let mut rows = Vec::new();
    for (person, last_day) in all.into_iter().zip(expected) {
        let (due, row) = city.duty(person).await;
        assert_eq!(due, last_day);
        rows.push(row);
    }
    assert_eq!(rows[0]["state"], "fulfilled");
    assert_eq!(rows[0]["missed"], false, "in time by the rules of its day");
    let profile = |n: usize| rows[n]["profile"].as_str().unwrap();
    assert_eq!([profile(2), profile(3)], ["city-2025", "city-2026"]);

    // A replay knows the rules of each day.
    city.bureau.json(&["views", "rebuild"]);
    city.reacts();
    for (person, row) in all.into_iter().zip(rows) {
        assert_eq!(city.duty(person).await.1, row);
    }
    // And over the days since, the adopted rules are those in force.
    let since = ["--from", "2025-07-01", "--until", "2025-07-31"];
    let since = city
        .bureau
        .json(&[&["rules", "try", &draft_path][..], &since].concat());
    assert_eq!(since["rules"], serde_json::json!([]));
}

#[test]
fn a_file_that_is_refused_is_told_with_its_line_in_both_languages() {
    let city = City::new();
    let file = city.rules().join("city.toml");
    city.profile(&file, "city", ("2025-01-01", None), 3);
    // A bureau, so that there is something to try rules on.
    city.bureau.json(&["react"]);
    let draft = city.bureau.path().join("draft.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("working_days = 3 } } }", "workdays = 3 } } }");
    std::fs::write(&draft, &text).unwrap();
    let line = 1 + text
        .lines()
        .position(|line| line.contains("workdays = 3"))
        .unwrap();
    let said = city
        .bureau
        .call(&["rules", "try", &draft.display().to_string()]);
    assert_eq!(said.code, 4, "{said:?}");
    for told in [
        "[rule_file_malformed]".to_owned(),
        format!("draft.toml is refused at line {line}"),
        format!("规则文件 draft.toml 第 {line} 行有误"),
        "workdays".to_owned(),
    ] {
        assert!(said.err.contains(&told), "{told}: {}", said.err);
    }
}

#[test]
fn a_proposed_profile_that_is_none_is_named() {
    let bureau = Bureau::new();
    bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
    let file = bureau.path().join("proposed.toml");
    let asked = ["rules", "replay", "--rules", file.to_str().unwrap()];
    for (held, code) in [(&b""[..], "rule_file_malformed"), (b"\xff", "file_no_text")] {
        std::fs::write(&file, held).unwrap();
        let refused = bureau.call(&asked);
        assert_eq!(refused.code, 4, "{refused:?}");
        assert!(refused.err.contains(code), "{refused:?}");
        assert!(refused.err.contains("proposed.toml"), "{refused:?}");
    }
}
