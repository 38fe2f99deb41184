//! A bureau on a server: the same answers, one writer, and nothing lost when it is killed.

use crate::program::{Bureau, ledger, sangyu};

const PERSON: &str = "35990519430701072X";

#[test]
fn a_history_is_the_same_from_the_directory_the_server_and_rebuilt_views() {
    let bureau = Bureau::with_ledgers();
    let history = ["person", "history", PERSON];
    // A server says at its start what has to be said; then nothing is left to add.
    bureau.json(&["react"]);
    let from_directory = bureau.json(&history);
    assert!(from_directory["items"].as_array().unwrap().len() > 3);
    {
        let server = bureau.serve();
        let served = [&history[..], &["--server", &server.url, "--format", "json"]].concat();
        assert_eq!(sangyu(&served).json(), from_directory);
        assert_eq!(
            bureau.json(&history),
            from_directory,
            "a served directory is asked for"
        );
        let rebuilt = sangyu(&[
            "views",
            "rebuild",
            "--server",
            &server.url,
            "--format",
            "json",
        ]);
        assert!(rebuilt.json()["events"].as_u64().unwrap() > 1000);
        assert_eq!(sangyu(&served).json(), from_directory);
    }
    bureau.json(&["views", "rebuild"]);
    assert_eq!(bureau.json(&history), from_directory);
}

#[test]
fn the_work_list_and_the_figures_are_the_same_from_the_directory_and_the_server() {
    let bureau = Bureau::new();
    let petitions = bureau.path().join("petitions.csv");
    let text = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n\
                7,示范群众,路灯,2020/1/6 8:31:19,路灯不亮,已修好,2020/1/7 15:33:06\n\
                8,示范群众,路面,2020/2/6 8:31:19,路面破损,,\n";
    std::fs::write(&petitions, text).unwrap();
    bureau.json(&["import", "petitions", petitions.to_str().unwrap()]);
    let questions = [
        &["petition", "due", "--overdue"][..],
        &["report", "petitions", "--by", "year"][..],
    ];
    let from_directory = questions.map(|question| bureau.json(question));
    assert_eq!(from_directory[0]["items"].as_array().unwrap().len(), 1);
    assert_eq!(from_directory[1]["open"], 1);
    assert_eq!(from_directory[1]["groups"][0]["group"], "2020");
    let server = bureau.serve();
    for (question, expected) in questions.iter().zip(&from_directory) {
        let served = [question, &["--server", &server.url, "--format", "json"][..]].concat();
        assert_eq!(&sangyu(&served).json(), expected, "{question:?}");
    }
}

#[test]
fn who_writes_to_a_served_directory_is_told_the_option() {
    let bureau = Bureau::with_ledgers();
    let server = bureau.serve();
    let file = ledger("visits.xlsx");
    let refused = bureau.call(&["import", "visits", &file]);
    assert_eq!(refused.code, 5);
    assert!(refused.err.contains("directory_held"), "{}", refused.err);
    assert!(
        refused.err.contains(&format!("--server {}", server.url)),
        "{}",
        refused.err
    );

    let imported = sangyu(&[
        "import",
        "visits",
        &file,
        "--server",
        &server.url,
        "--format",
        "json",
    ]);
    assert_eq!(imported.json()["unchanged"], 849);
}

#[test]
fn an_import_through_the_server_reports_the_same_as_into_a_directory() {
    let (local, served) = (Bureau::new(), Bureau::new());
    let server = served.serve();
    for kind in ["roster", "visits", "hardship"] {
        let file = ledger(&format!("{kind}.xlsx"));
        let import = ["import", kind, &file, "--format", "json"];
        let through = [&import[..], &["--server", &server.url]].concat();
        assert_eq!(
            sangyu(&through).json(),
            local.call(&import).json(),
            "{kind}"
        );
    }
}

#[test]
fn a_killed_server_has_lost_nothing_it_had_answered() {
    let bureau = Bureau::with_ledgers();
    let server = bureau.serve();
    let petitions = bureau.path().join("petitions.csv");
    let text = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n\
                7,示范群众,路灯,2020/1/6 8:31:19,路灯不亮,已修好,2020/1/7 15:33:06\n";
    std::fs::write(&petitions, text).unwrap();
    let import = [
        "import",
        "petitions",
        petitions.to_str().unwrap(),
        "--server",
        &server.url,
    ];
    assert_eq!(sangyu(&import).code, 0);
    server.kill();

    let history = bureau.json(&["petition", "history", "7"]);
    let occurred = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["occurred"].clone());
    assert_eq!(
        occurred.collect::<Vec<_>>(),
        [
            "2020-01-07T07:33:06Z",
            "2020-01-06T00:31:19Z",
            "2020-01-06T00:31:19Z"
        ]
    );
    assert_eq!(bureau.json(&["report", "counts"])["people"], 273);
}

#[test]
fn a_server_ends_well_when_told_to_and_gives_the_directory_back() {
    let bureau = Bureau::with_ledgers();
    let mut server = bureau.serve();
    assert_eq!(server.terminate(), 0);
    assert_eq!(
        bureau
            .call(&["import", "roster", &ledger("roster.xlsx")])
            .code,
        0
    );
}

#[test]
fn only_this_machine_may_call_while_callers_cannot_be_authenticated() {
    let refused = Bureau::new().call(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("listen_not_loopback"),
        "{}",
        refused.err
    );
    assert!(
        refused.err.contains("127.0.0.1"),
        "it says where it may listen: {}",
        refused.err
    );
}
