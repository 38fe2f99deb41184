//! What the documents show was run, and still prints the same.

use crate::program::{Bureau, root, sangyu};

/// Runs each `$ sangyu …` of a page's `console` blocks in turn, on one bureau, and compares what
/// it prints with what the page shows. The moment of recording and the build folder differ from
/// run to run and are left out.
fn replay(page: &str) {
    let text = std::fs::read_to_string(root().join(page)).unwrap();
    let bureau = Bureau::new();
    let mut commands = 0;
    for block in text.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap();
        for shown in block.split("$ sangyu ").skip(1) {
            let (line, expected) = shown.split_once('\n').unwrap_or((shown, ""));
            let line = line.replace("--data target/bureau", &format!("--data {}", bureau.data()));
            let args: Vec<&str> = line.split_whitespace().collect();
            let said = sangyu(&args);
            let printed = format!("{}{}", said.out, said.err);
            let place = format!("{page}: sangyu {line}");
            assert_shown(&comparable(expected), &comparable(&printed), &place);
            commands += 1;
        }
    }
    assert!(commands > 0, "{page} shows no command");
}

/// A line `…` of a page stands for any lines.
#[track_caller]
fn assert_shown(expected: &[String], printed: &[String], place: &str) {
    match expected.iter().position(|line| line == "…") {
        None => assert_eq!(printed, expected, "{place}"),
        Some(cut) => {
            let (head, tail) = (&expected[..cut], &expected[cut + 1..]);
            assert!(
                printed.starts_with(head) && printed.ends_with(tail),
                "{place}: {printed:#?}"
            );
        }
    }
}

/// Without moments of recording, and without the width that they and trailing spaces make up.
fn comparable(text: &str) -> Vec<String> {
    // Nobody is called outside office hours.
    let at_any_hour = |line: &&str| !line.contains("超期，提醒");
    let lines = text.trim().lines().filter(at_any_hour).map(|line| {
        let line = line.split("，petition.escalated").next().unwrap_or(line);
        let words = line
            .split_whitespace()
            .filter(|w| !w.chars().all(|c| c == '─'));
        let words: Vec<&str> = words.collect();
        let shown = words.iter().enumerate().map(|(at, word)| {
            let counted_from_today = words.get(at + 1).is_some_and(|next| next.starts_with('天'));
            if counted_from_today
                || is_days_over(word)
                || is_recorded_now(word)
                || names_an_event(word)
            {
                "…"
            } else {
                word.split("，已提醒").next().unwrap_or(word)
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// A date or time of this very run.
fn is_recorded_now(word: &str) -> bool {
    let word = word.trim_end_matches("（暂定）");
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let time = word.len() == 8 && digits == 6 && word.matches(':').count() == 2;
    let today = word.len() == 10 && digits == 8 && word >= "2026-11-01";
    time || today || (word.starts_with("\"20") && word.contains('T'))
}

/// So many days since a last day, up to the day of this very run.
fn is_days_over(word: &str) -> bool {
    let days = word.strip_prefix('-');
    days.is_some_and(|days| days.parse::<u32>().is_ok())
}

/// A duty named by its person, its rule and an event of this very run.
fn names_an_event(word: &str) -> bool {
    let uuid = "00000000-0000-0000-0000-000000000000".len();
    word.is_ascii() && word.contains('_') && word.len() > 2 * uuid
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    replay("README.md");
}

#[test]
fn the_chinese_readme_shows_what_the_program_prints() {
    replay("README.zh-CN.md");
}

#[test]
fn the_page_on_petitions_shows_what_the_program_prints() {
    replay("docs/petitions.md");
}

#[test]
fn the_page_on_duties_shows_what_the_program_prints() {
    replay("docs/duties.md");
}

#[test]
fn the_page_on_plans_shows_what_the_program_prints() {
    replay("docs/plans.md");
}

#[test]
fn the_page_on_rules_shows_what_the_program_prints() {
    replay("docs/rules.md");
}

#[test]
fn the_page_on_funds_shows_what_the_program_prints() {
    replay("docs/funds.md");
}
