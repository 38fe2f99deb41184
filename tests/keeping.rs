//! Moving and keeping the log: what a bureau is in is never lost, overwritten or half there.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Stdio,
    sync::OnceLock,
    thread::sleep,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::program::{Bureau, Said, command, ledger, sangyu};

/// A URL of a log in this bureau's folder, beside its data.
fn beside(bureau: &Bureau, name: &str) -> String {
    format!("sqlite:{}", bureau.path().join(name).display())
}

#[test]
fn a_log_is_checked_with_a_line_for_each_rule_and_leaves_nothing_behind() {
    let bureau = Bureau::new();
    let checked = sangyu(&["log", "check", "--url", &beside(&bureau, "check.db")]);
    assert_eq!(checked.code, 0, "{checked:?}");
    let lines: Vec<&str> = checked.out.lines().collect();
    assert_eq!(
        lines.last(),
        Some(&format!("共 {0} 项：符合 {0}，不符 0", lines.len() - 1).as_str())
    );
    assert_eq!(std::fs::read_dir(bureau.path()).unwrap().count(), 0);
}

#[test]
fn no_made_up_events_are_written_where_a_bureau_may_be() {
    let bureau = bureau();
    let before = bureau.json(&["report", "counts"]);
    let refused = bureau.call(&["log", "check", "--url", &beside(&bureau, "data/events.db")]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("log_exists"), "{}", refused.err);
    assert_eq!(bureau.json(&["report", "counts"]), before);
}

/// A bureau with a roster, and all said that has to be said; imported once.
fn bureau() -> Bureau {
    static IMPORTED: OnceLock<Bureau> = OnceLock::new();
    let imported = IMPORTED.get_or_init(|| {
        let bureau = Bureau::new();
        bureau.json(&["import", "roster", &ledger("roster.xlsx")]);
        bureau.json(&["react"]);
        bureau
    });
    let copy = Bureau::new();
    fs::create_dir(copy.path().join("data")).unwrap();
    for name in ["events.db", "identity.key", "views.db"] {
        let [from, to] = [imported, &copy].map(|b| b.path().join("data").join(name));
        fs::copy(from, to).unwrap();
    }
    copy
}

/// The content `scan`, under its hash.
const SCAN: &str =
    "attachments/sha256/59/59ad1b2fc74287ded1bba7af67765d23ad4a49f1ae51902cc2ed3f8ebee96cfa";

fn path(bureau: &Bureau, name: &str) -> String {
    bureau.path().join(name).display().to_string()
}

#[track_caller]
fn refused(said: &Said, code: &str) {
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.starts_with(&format!("[{code}]")), "{}", said.err);
}

/// What people see of the bureau in this folder.
fn seen(data: &str) -> [Value; 2] {
    let history = ["person", "history", "35990519430701072X"];
    [&["report", "counts"][..], &history]
        .map(|question| sangyu(&[question, &["--data", data, "--format", "json"]].concat()).json())
}

#[test]
fn a_bureau_moved_as_json_lines_and_copied_back_is_the_same_to_the_byte() {
    let bureau = bureau();
    let [first, second] = ["first", "second"].map(|name| path(&bureau, name));
    let exported = bureau.json(&["log", "export", &first]);
    assert!(exported["events"].as_u64().unwrap() > 500);

    fs::create_dir(bureau.path().join("moved")).unwrap();
    let moved = beside(&bureau, "moved/events.db");
    let import = ["log", "import", &first, "--to", &moved, "--format", "json"];
    let imported = sangyu(&import).json();
    assert_eq!(imported["sha256"], exported["sha256"]);
    assert_eq!(sangyu(&import).json()["already"], exported["events"]);

    let back = beside(&bureau, "back.db");
    let copied = sangyu(&[
        "log", "copy", "--from", &moved, "--to", &back, "--format", "json",
    ]);
    assert_eq!(copied.json()["sha256"], exported["sha256"]);
    assert_eq!(sangyu(&["log", "export", &second, "--from", &back]).code, 0);
    for name in ["manifest.json", "events-000001.jsonl"] {
        let [first, second] = [&first, &second].map(|f| fs::read(Path::new(f).join(name)).unwrap());
        assert!(first == second, "{name}");
    }

    // Without the key the same people would get other streams.
    let data = path(&bureau, "moved");
    let keyless = sangyu(&["report", "counts", "--data", &data]);
    assert!(keyless.err.contains("identity_key_missing"), "{keyless:?}");
    fs::copy(
        bureau.path().join("data/identity.key"),
        bureau.path().join("moved/identity.key"),
    )
    .unwrap();
    assert_eq!(seen(&data), seen(&bureau.data()));
}

#[test]
fn a_log_is_not_copied_over_another_bureau() {
    let (bureau, other) = (bureau(), Bureau::new());
    let petitions = other.path().join("petitions.csv");
    let text = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n\
                7,示范群众,路灯,2020/1/6 8:31:19,路灯不亮,已修好,2020/1/7 15:33:06\n";
    fs::write(&petitions, text).unwrap();
    other.json(&["import", "petitions", petitions.to_str().unwrap()]);
    let before = other.json(&["log", "stats"]);
    let to = beside(&other, "data/events.db");
    refused(
        &bureau.call(&["log", "copy", "--to", &to]),
        "log_target_differs",
    );
    let server = other.serve();
    let held = bureau.call(&["log", "copy", "--to", &to]);
    assert!(held.err.contains("directory_held"), "{}", held.err);
    assert!(held.err.contains(&server.url), "{}", held.err);
    assert_eq!(other.json(&["log", "stats"])["events"], before["events"]);
}

#[test]
fn the_password_of_a_url_is_not_repeated() {
    let refused = sangyu(&["log", "check", "--url", "sqllite://admin:changeit@host"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("log_url_invalid"), "{}", refused.err);
    assert!(!refused.err.contains("changeit"), "{}", refused.err);
}

/// A bureau with a scan, its backup made while it was served, and more recorded since.
fn bureau_with_a_backup() -> (Bureau, String, [Value; 2]) {
    let bureau = bureau();
    let scan = bureau.path().join("data").join(SCAN);
    fs::create_dir_all(scan.parent().unwrap()).unwrap();
    fs::write(&scan, "scan").unwrap();
    let then = seen(&bureau.data());
    let backup = path(&bureau, "backup");
    assert_eq!(bureau.call(&["ledger", "sign"]).code, 0);
    let mut server = bureau.serve();
    let kept = bureau.json(&["log", "backup", &backup]);
    assert_eq!(kept["attachments"]["files"], 1);
    let register = ["cadre", "register", "--server", &server.url];
    let person = ["--profile.name", "示例", "--unit", "老干部局"];
    let retired = ["--retirement.tuixiu"];
    let registered = sangyu(&[&register[..], &person, &retired].concat());
    assert_eq!(registered.code, 0, "{registered:?}");
    assert_eq!(server.terminate(), 0);
    (bureau, backup, then)
}

#[test]
fn a_backup_made_while_serving_gives_the_bureau_back() {
    let (bureau, backup, then) = bureau_with_a_backup();
    assert_ne!(seen(&bureau.data()), then, "more was recorded since");
    for name in ["events.db", "identity.key", "backup.json", SCAN] {
        let file = fs::metadata(Path::new(&backup).join(name)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600, "{name}");
    }
    let elsewhere = path(&bureau, "elsewhere");
    let restore = ["log", "restore", &backup, "--data", &elsewhere];
    assert_eq!(sangyu(&restore).code, 0);
    assert_eq!(seen(&elsewhere), then);
    // The ledger goes on with the same key, over the tiles that it makes anew.
    let key = |data: &str| sangyu(&["ledger", "key", "--data", data]).out;
    let signed = sangyu(&["ledger", "sign", "--data", &elsewhere]);
    assert_eq!(signed.code, 0, "{signed:?}");
    assert_eq!(sangyu(&["ledger", "verify", "--data", &elsewhere]).code, 0);
    assert_eq!(key(&elsewhere), key(&bureau.data()));
    let scan = Path::new(&elsewhere).join(SCAN);
    assert_eq!(fs::read_to_string(&scan).unwrap(), "scan");
    assert_eq!(
        fs::read(Path::new(&elsewhere).join("identity.key")).unwrap(),
        fs::read(bureau.path().join("data/identity.key")).unwrap()
    );
    // Once more, over what it has restored: nothing is lost, and a damaged scan is mended.
    fs::write(&scan, "scam").unwrap();
    let again = sangyu(&[&restore[..], &["--format", "json"]].concat()).json();
    assert_eq!(again["attachments"], 1);
    assert_eq!(fs::read_to_string(&scan).unwrap(), "scan");
    assert_eq!(seen(&elsewhere), then);
}

#[test]
fn newer_events_are_given_up_only_when_told_and_then_kept_beside() {
    let (bureau, backup, then) = bureau_with_a_backup();
    let now = seen(&bureau.data());
    let refusal = bureau.call(&["log", "restore", &backup]);
    refused(&refusal, "restore_loses_events");
    assert!(
        refusal.err.contains("--lose-newer-events"),
        "{}",
        refusal.err
    );
    assert_eq!(seen(&bureau.data()), now);

    let told = bureau.json(&["log", "restore", &backup, "--lose-newer-events"]);
    assert_eq!(seen(&bureau.data()), then, "the views follow the log");
    let replaced = told["replaced"].as_str().unwrap();
    let before = bureau.path().join("before");
    fs::rename(replaced, &before).unwrap();
    assert_eq!(seen(&before.display().to_string()), now);
}

/// In how many moments a restore is killed.
const KILLS: u32 = 10;

#[test]
fn whenever_a_restore_is_killed_the_bureau_is_the_former_or_the_restored_one() {
    let (bureau, backup, then) = bureau_with_a_backup();
    let [data, kept] = ["data", "kept"].map(|name| path(&bureau, name));
    fs::rename(&data, &kept).unwrap();
    let former = || {
        let _ = fs::remove_dir_all(&data);
        copy_folder(Path::new(&kept), Path::new(&data));
    };
    former();
    let now = seen(&data);
    let restore = ["log", "restore", &backup, "--lose-newer-events"];
    // Once all of the backup was found whole, it begins to put it back.
    let begun = || {
        let mut process = command(&[&restore[..], &["--data", &data]].concat())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let staged = Path::new(&data).join("restoring/events.db");
        while !staged.exists() && process.try_wait().unwrap().is_none() {
            sleep(Duration::from_micros(100));
        }
        (process, Instant::now())
    };
    let (mut process, since) = begun();
    assert!(process.wait().unwrap().success());
    let took = since.elapsed();

    let (mut killed, mut restored) = (0, 0);
    for kill in 0..KILLS {
        former();
        let (mut process, _) = begun();
        sleep(took * kill / KILLS);
        process.kill().unwrap();
        killed += u32::from(!process.wait().unwrap().success());
        let found = seen(&data);
        restored += u32::from(found == then);
        assert!(found == then || found == now, "after kill {kill}");
        // What was broken off is run again.
        bureau.json(&restore);
        assert_eq!(seen(&data), then);
        assert!(!Path::new(&data).join("restoring").exists());
    }
    println!("{killed} of {KILLS} killed; {restored} had restored it");
    assert!(killed > KILLS / 2, "{killed} of {KILLS} were killed");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = entry.map(|e| (e.path(), to.join(e.file_name()))).unwrap();
        match from.is_dir() {
            true => copy_folder(&from, &to),
            false => drop(fs::copy(&from, &to).unwrap()),
        }
    }
}

#[test]
fn a_damaged_backup_replaces_nothing() {
    let (bureau, backup, _) = bureau_with_a_backup();
    let now = seen(&bureau.data());
    let flip = |name: &str, at: usize| {
        let path = Path::new(&backup).join(name);
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, bad).unwrap();
        (path, good)
    };
    for (name, at) in [("events.db", 100_000), ("identity.key", 3), (SCAN, 0)] {
        let (path, good) = flip(name, at);
        let restore = ["log", "restore", &backup, "--lose-newer-events"];
        refused(&bureau.call(&restore), "backup_damaged");
        fs::write(path, good).unwrap();
    }
    fs::remove_file(Path::new(&backup).join(SCAN)).unwrap();
    let restore = ["log", "restore", &backup, "--lose-newer-events"];
    refused(&bureau.call(&restore), "backup_damaged");
    assert_eq!(seen(&bureau.data()), now);
}

#[test]
fn a_log_that_cannot_be_read_is_replaced_only_when_told() {
    let (bureau, backup, then) = bureau_with_a_backup();
    let events = bureau.path().join("data/events.db");
    let mut bytes = fs::read(&events).unwrap();
    bytes[..20_000].fill(7);
    fs::write(&events, &bytes).unwrap();
    refused(
        &bureau.call(&["log", "restore", &backup]),
        "restore_may_lose_events",
    );
    assert_eq!(fs::read(&events).unwrap(), bytes);
    let told = bureau.json(&["log", "restore", &backup, "--lose-newer-events"]);
    let replaced = Path::new(told["replaced"].as_str().unwrap()).join("events.db");
    assert_eq!(fs::read(replaced).unwrap(), bytes);
    assert_eq!(seen(&bureau.data()), then);
}

#[test]
fn a_served_bureau_is_not_restored_over_and_a_backup_not_written_over() {
    let (bureau, backup, _) = bureau_with_a_backup();
    let server = bureau.serve();
    let held = bureau.call(&["log", "restore", &backup, "--lose-newer-events"]);
    assert!(held.err.contains("directory_held"), "{}", held.err);
    assert!(held.err.contains(&server.url), "{}", held.err);
    refused(&bureau.call(&["log", "backup", &backup]), "backup_exists");
}

#[test]
fn every_event_of_the_log_is_given_to_process_mining() {
    let bureau = bureau();
    let events = bureau.json(&["log", "stats"])["events"].clone();
    let file = path(&bureau, "mined.json");
    assert_eq!(bureau.json(&["log", "mine", &file])["events"], events);
    let mined: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(mined["events"].as_array().unwrap().len(), events);
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let file = path(&bureau, "mined.xes");
    let cases = bureau.json(&["log", "mine", &file, "--as", "xes", "--category", "cadre"]);
    let people = bureau.json(&["report", "counts"])["people"].clone();
    assert_eq!(cases["objects"], people);
    let ocel = fs::read(path(&bureau, "mined.json")).unwrap();
    let file = path(&bureau, "whole.json");
    let whole = beside(&bureau, "data/events.db");
    bureau.json(&["log", "mine", &file, "--from", &whole]);
    assert_eq!(fs::read(&file).unwrap(), ocel, "nothing in it is sealed");
    let file = path(&bureau, "none.xes");
    let none = bureau.call(&["log", "mine", &file, "--as", "xes", "--category", "nosuch"]);
    assert_eq!(none.code, 3, "{none:?}");
    assert!(!Path::new(&file).exists());
}

#[test]
fn a_server_gives_process_mining_the_bytes_that_its_directory_gives() {
    let bureau = bureau();
    let mined = |name: &str, how: &[&str]| {
        let file = path(&bureau, name);
        bureau.json(&[&["log", "mine", &file], how].concat());
        fs::read(&file).unwrap()
    };
    let xes = ["--as", "xes", "--category", "cadre"];
    let server = bureau.serve();
    let named = mined("named.json", &["--server", &server.url]);
    let found = mined("found.json", &[]);
    let cases = mined("served.xes", &xes);
    drop(server);
    let here = mined("here.json", &[]);
    assert_eq!([&named, &found], [&here, &here]);
    assert_eq!(cases, mined("here.xes", &xes));
}

#[test]
fn an_import_from_a_folder_without_an_export_leaves_no_log_behind() {
    let bureau = Bureau::new();
    let to = path(&bureau, "imported.db");
    let folder = path(&bureau, "nothing-here");
    let refused = sangyu(&[
        "log",
        "import",
        &folder,
        "--to",
        &beside(&bureau, "imported.db"),
    ]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.err.contains("file_not_found"), "{refused:?}");
    assert!(!Path::new(&to).exists());
}
