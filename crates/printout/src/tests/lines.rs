//! Where lines end.

use proptest::prelude::*;

use super::any_text;
use crate::layout::{hangs, lines};

/// A Chinese character is 2 wide, everything else 1, marks and joiners 0.
fn advance(c: char) -> f32 {
    match c {
        '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}' => 0.0,
        c if c.is_ascii() => 1.0,
        _ => 2.0,
    }
}

fn at(width: f32, text: &str) -> Vec<&str> {
    lines(text, width, advance)
}

#[test]
fn a_line_may_end_between_any_two_chinese_characters() {
    assert_eq!(at(8.0, "老干部工作记录"), ["老干部工", "作记录"]);
}

#[test]
fn closing_punctuation_does_not_start_a_line() {
    assert_eq!(at(8.0, "老干部工，作"), ["老干部", "工，作"]);
    assert_eq!(at(8.0, "老干部工》。作"), ["老干部", "工》。作"]);
    for mark in "，。、；：？！）】》”’".chars() {
        let text = format!("老干部工{mark}作");
        assert!(!at(8.0, &text)[1].starts_with(mark), "{mark}");
    }
}

#[test]
fn opening_punctuation_does_not_end_a_line() {
    for mark in "（【《“‘".chars() {
        let text = format!("老干部{mark}工作");
        assert_eq!(at(8.0, &text)[0], "老干部", "{mark}");
    }
}

#[test]
fn words_and_numbers_stay_in_one_piece() {
    assert_eq!(at(10.0, "于2026-07-01办结"), ["于", "2026-07-01", "办结"]);
    assert_eq!(at(10.0, "乌鲁木Ürümqi"), ["乌鲁木", "Ürümqi"]);
    assert_eq!(at(9.0, "one event log"), ["one event ", "log"]);
    assert_eq!(at(9.0, "见 f(x)=1.5, 可"), ["见 ", "f(x)=1.5, ", "可"]);
}

#[test]
fn a_word_longer_than_a_line_is_split() {
    assert_eq!(
        at(6.0, "哈希0123456789abcdef"),
        ["哈希", "012345", "6789ab", "cdef"]
    );
}

#[test]
fn a_dash_and_an_ellipsis_are_one_mark() {
    assert_eq!(at(8.0, "老干部——工"), ["老干部", "——工"]);
    assert_eq!(at(8.0, "老干部……工"), ["老干部", "……工"]);
}

#[test]
fn spaces_hang_over_the_end_of_a_line() {
    assert_eq!(at(8.0, "老干部工  作"), ["老干部工  ", "作"]);
    assert_eq!(
        at(8.0, "\u{3000}\u{3000}老干部"),
        ["\u{3000}\u{3000}老干", "部"]
    );
}

#[test]
fn an_end_of_line_is_kept_and_so_is_an_empty_line() {
    assert_eq!(at(8.0, "甲\n\n乙\n"), ["甲", "", "乙", ""]);
    assert_eq!(at(8.0, ""), [""]);
}

#[test]
fn what_is_joined_is_torn_only_where_it_is_longer_than_a_line() {
    let joined = "👨\u{200d}👩e\u{301}";
    assert_eq!(at(4.0, joined), ["👨\u{200d}👩", "e\u{301}"]);
    assert_eq!(at(2.0, joined), ["👨\u{200d}", "👩", "e\u{301}"]);
    assert_eq!(
        at(2.0, "甲 \u{200d}乙"),
        ["甲 \u{200d}", "乙"],
        "a space is not joined"
    );
}

#[test]
fn a_mark_on_a_space_can_be_seen_so_that_the_space_does_not_hang_over() {
    assert_eq!(at(2.0, "ab\u{3000}"), ["ab\u{3000}"]);
    assert_eq!(at(2.0, "ab\u{3000}\u{301}"), ["ab", "\u{3000}\u{301}"]);
}

#[test]
fn a_line_too_narrow_for_a_character_holds_one() {
    assert_eq!(at(0.0, "老干a"), ["老", "干", "a"]);
}

proptest! {
    #[test]
    fn nothing_of_a_text_is_lost(text in any_text(), width in 0.0f32..40.0) {
        for (paragraph, lines) in text.split('\n').map(|p| (p, at(width, p))) {
            prop_assert_eq!(lines.concat(), paragraph);
        }
    }

    #[test]
    fn a_line_is_wider_than_it_may_be_only_for_one_character(
        text in any_text(),
        width in 0.0f32..40.0,
    ) {
        for line in at(width, &text) {
            let solid = line.trim_end_matches(hangs);
            let used: f32 = solid.chars().map(advance).sum();
            prop_assert!(used <= width + 0.1 || solid.chars().filter(|c| advance(*c) > 0.0).count() == 1, "{:?}", line);
        }
    }
}
