//! The procedure of petitions with the program alone, on a plain directory.

use serde_json::{Value, json};

use crate::program::{Bureau, Said, sangyu};

/// Those who act, each with a configuration of their own.
const STAFF: [(&str, &str, &str, &str); 5] = [
    ("zhou.lan", "周岚", "clerk", "老干部局"),
    ("wang.fang", "王芳", "clerk", "服务科"),
    ("liu.yang", "刘洋", "head", "服务科"),
    ("he.jing", "何静", "clerk", "市信访局"),
    ("tang.bo", "唐博", "clerk", "省信访局"),
];

struct Office(Bureau);

impl Office {
    fn open() -> Self {
        let bureau = Bureau::new();
        for (id, name, role, unit) in STAFF {
            let config = format!(
                "[actor]\nid = \"{id}\"\nname = \"{name}\"\nrole = \"{role}\"\nunit = \"{unit}\"\n"
            );
            std::fs::write(bureau.path().join(id), config).unwrap();
        }
        Office(bureau)
    }

    /// A line as somebody types it; `petition` and the petition's number go before it.
    fn said(&self, who: &str, line: &str) -> Said {
        let config = self.0.path().join(who).display().to_string();
        let (call, flags) = line.split_once(' ').unwrap_or((line, ""));
        let mut args = vec!["petition", call, "--config", &config];
        args.extend(flags.split_whitespace());
        self.0.call(&args)
    }

    #[track_caller]
    fn done(&self, who: &str, line: &str) {
        let said = self.said(who, line);
        assert_eq!(said.code, 0, "{line}: {said:?}");
        assert!(said.out.contains("outcome: recorded"), "{line}: {said:?}");
    }

    /// A rule forbids it.
    #[track_caller]
    fn refused(&self, who: &str, line: &str, code: &str) {
        let said = self.said(who, line);
        assert_eq!(said.code, 4, "{line}: {said:?}");
        assert!(
            said.err.starts_with(&format!("[{code}] ")),
            "{line}: {said:?}"
        );
    }

    fn stage(&self) -> Value {
        let found = self.0.json(&["petition", "get", "--petition", "信2025-7"]);
        found["row"]["stage"].clone()
    }
}

#[test]
fn a_petition_goes_from_its_letter_to_its_final_review() {
    let office = Office::open();
    let done = |who, line: &str| office.done(who, line);
    let refused = |who, line: &str, code| office.refused(who, line, code);
    let (clerk, handler, head) = ("zhou.lan", "wang.fang", "liu.yang");
    let (city, province) = ("he.jing", "tang.bo");

    let letter = "--petition.channel letter --petition.petitioner.name 钱学芳 \
                  --petition.subject 补发取暖补贴 --petition.text 2023年取暖补贴未发。 \
                  --petition.received 2025-03-03 --petition.number 信2025-7";
    done(
        clerk,
        &format!("register {letter} --category demand_investigation"),
    );
    let its = |line: &str| {
        let (call, flags) = line.split_once(' ').unwrap_or((line, ""));
        format!("{call} --id 信2025-7 {flags}")
    };
    done(
        clerk,
        &its("notify-petitioner --notice.means phone --notice.told 2025-03-06 --notice.plain ours"),
    );
    refused(
        clerk,
        &its("accept --accepted 2025-03-01"),
        "accepted_before_received",
    );
    done(clerk, &its("accept --accepted 2025-03-10"));
    done(
        clerk,
        &its(
            "assign --assignment.lead 服务科 --assignment.supporting 办公室 \
              --assignment.supporting 财务科 --assignment.handler wang.fang --assignment.head liu.yang",
        ),
    );
    done(
        handler,
        &its("note-finding --on 2025-03-20 --text 已调取发放清册。"),
    );
    let longer = its(
        "extend-handling --days 20 --reasons 账册须调档。 --approved 2025-05-06 --told 2025-05-07",
    );
    refused(handler, &longer, "approver_is_handler");
    done(head, &longer);
    done(
        handler,
        &its(
            "issue-opinion --opinion.claim 补发补贴。 --opinion.facts-and-reasons 清册载明已发放。 \
              --opinion.decision 不再补发。 --opinion.legal-basis 第三十二条 \
              --opinion.outcome explained --issued 2025-05-26",
        ),
    );
    refused(clerk, &its("close"), "reply_missing");
    let posted = |day: &str| {
        its(&format!(
            "deliver-document --delivery.means post --delivery.delivered {day} --delivery.received-by 钱学芳"
        ))
    };
    done(handler, &posted("2025-05-28"));
    done(handler, &its("rate-handling --rating dissatisfied"));

    let asked = |level: &str, reviewer: &str, day: &str| {
        its(&format!(
            "request-review --request.level {level} --request.reviewer {reviewer} \
             --request.reasons 认定有误。 --request.received {day}"
        ))
    };
    let decided = |level: &str, day: &str| {
        its(&format!(
            "decide-review --decision.level {level} --decision.result upheld \
             --decision.text 维持。 --decision.decided {day}"
        ))
    };
    refused(
        city,
        &asked("review", "市信访局", "2025-07-01"),
        "review_window_over",
    );
    done(city, &asked("review", "市信访局", "2025-06-10"));
    assert_eq!(office.stage(), "under_review");
    done(city, &decided("review", "2025-07-08"));
    done(city, &posted("2025-07-10"));
    done(province, &asked("final_review", "省信访局", "2025-07-21"));
    done(province, &decided("final_review", "2025-08-18"));
    done(province, &posted("2025-08-20"));
    done(clerk, &its("close"));
    assert_eq!(office.stage(), "closed");
    let of_day = |day| {
        let list = [
            "petition",
            "list",
            "--received-from",
            day,
            "--received-until",
            day,
        ];
        office.0.json(&list)["items"].as_array().unwrap().len()
    };
    assert_eq!((of_day("2025-03-03"), of_day("2025-03-04")), (1, 0));
}

#[test]
fn a_call_made_from_flags_answers_the_same_from_the_directory_and_the_server() {
    let bureau = Bureau::with_ledgers();
    let calls: [&[&str]; 3] = [
        &["register", "person", "--person", "35990519430701072X"],
        &[
            "hardship",
            "list-cases",
            "--ground",
            "serious_illness",
            "--page-size",
            "3",
        ],
        &[
            "calendar",
            "deadline",
            "--start",
            "2024-08-02",
            "--term.days",
            "60",
        ],
    ];
    let from_directory = calls.map(|call| bureau.json(call));
    assert_eq!(from_directory[1]["items"].as_array().unwrap().len(), 3);
    assert_eq!(from_directory[2]["rolled"], "2024-10-08");
    let server = bureau.serve();
    for (call, expected) in calls.iter().zip(from_directory) {
        let served = [call, &["--server", &server.url, "--format", "json"][..]].concat();
        assert_eq!(sangyu(&served).json(), expected, "{call:?}");
    }
}

#[test]
fn a_whole_request_is_read_from_a_file_and_sent_once() {
    let bureau = Bureau::with_ledgers();
    let file = bureau.path().join("visit.json");
    let person = "35990519430701072X";
    let found = bureau.json(&["person", "find", person]);
    let visit = json!({
        "request_id": "019a0000-0000-7000-8000-000000000001",
        "visit": {
            "person": found["items"][0]["person"], "visited": "2026-10-01", "mode": "home",
            "visitors": [{"name": "王芳"}, {"name": "李明"}], "purpose": {"kind": "national_day"},
            "money": 50_000,
        },
    });
    std::fs::write(&file, visit.to_string()).unwrap();
    let record = ["visit", "record", "--json", file.to_str().unwrap()];
    let dry = [&record[..], &["--dry-run"]].concat();
    assert_eq!(bureau.json(&dry)["answer"]["outcome"], "recorded");
    let first = bureau.json(&record);
    assert_eq!(first["answer"]["outcome"], "recorded");
    let again = bureau.json(&record);
    assert_eq!(again["answer"]["outcome"], "repeated");
    assert_eq!(again["answer"]["id"], first["answer"]["id"]);

    let mut unknown = visit;
    unknown["visit"]["weather"] = "fine".into();
    std::fs::write(&file, unknown.to_string()).unwrap();
    let refused = bureau.call(&record);
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(refused.err.contains("visit.weather"), "{refused:?}");
}

#[test]
fn every_fault_is_told_with_its_flag() {
    let bureau = Bureau::with_ledgers();
    let visit = [
        "visit",
        "record",
        "--visit.person",
        "35990519430701072X",
        "--visit.money",
        "many",
    ];
    let refused = bureau.call(&visit);
    assert_eq!(refused.code, 4, "{refused:?}");
    assert!(refused.err.contains("  --visit.money: "), "{refused:?}");
    let refused = bureau.call(&[&visit[..4], &["--format", "json"]].concat());
    let error: Value = serde_json::from_str(&refused.err).unwrap();
    let flags: Vec<&str> = error["error"]["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["flag"].as_str().unwrap())
        .collect();
    assert!(
        flags.contains(&"--visit.visited") && flags.contains(&"--visit.mode"),
        "{flags:?}"
    );
}
