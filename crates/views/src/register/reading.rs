//! How a name can be typed and where it stands in a list.

use std::collections::BTreeSet;

use pinyin::{ToPinyin, ToPinyinMulti};

/// Family names that are read otherwise than the character usually is (姓氏读音). The reading as a
/// family name comes first; the others are found too.
const FAMILY_NAMES: &[(&str, &[&str])] = &[
    ("万俟", &["mo", "qi"]),
    ("单于", &["chan", "yu"]),
    ("尉迟", &["yu", "chi"]),
    ("澹台", &["tan", "tai"]),
    ("长孙", &["zhang", "sun"]),
    ("令狐", &["ling", "hu"]),
    ("种", &["chong"]),
    ("单", &["shan"]),
    ("仇", &["qiu"]),
    ("曾", &["zeng"]),
    ("区", &["ou"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("任", &["ren"]),
    ("盖", &["ge"]),
    ("朴", &["piao"]),
    ("冼", &["xian"]),
    ("乐", &["yue"]),
    ("员", &["yun"]),
    ("折", &["she"]),
    ("秘", &["bi"]),
    ("繁", &["po"]),
    ("缪", &["miao"]),
    ("召", &["shao"]),
    ("翟", &["zhai"]),
    ("尉", &["wei"]),
    ("覃", &["qin"]),
    ("牟", &["mu"]),
    ("黑", &["he"]),
    ("晟", &["cheng"]),
    ("长", &["chang"]),
];

/// A name with three readings of every character has no more ways to be read than this; longer
/// names keep the first ones.
const MOST_READINGS: usize = 64;

/// Where the name stands in a list: its syllables, each ended by a space, so that a shorter
/// syllable stands before a longer one that begins with it.
pub(super) fn sort(name: &str) -> String {
    syllables(name)
        .iter()
        .filter_map(|ways| ways.first())
        .map(|syllable| format!("{syllable} "))
        .collect()
}

/// Every way to type the name in Latin letters: all syllables in full, or their initials.
pub(super) fn readings(name: &str) -> BTreeSet<String> {
    let mut ways = vec![(String::new(), String::new())];
    for choices in syllables(name) {
        ways = ways
            .iter()
            .flat_map(|(full, initials)| {
                choices.iter().map(move |syllable| {
                    let initial = syllable.chars().next().unwrap_or_default();
                    (format!("{full}{syllable}"), format!("{initials}{initial}"))
                })
            })
            .take(MOST_READINGS)
            .collect();
    }
    ways.into_iter()
        .flat_map(|(full, initials)| [full, initials])
        .filter(|reading| !reading.is_empty())
        .collect()
}

/// The ways to read each character, the likeliest first. What has no reading, like the dot in
/// 买买提·艾力, is left out.
fn syllables(name: &str) -> Vec<Vec<String>> {
    let family = FAMILY_NAMES.iter().find(|(f, _)| name.starts_with(f));
    let family = family.map_or(&[] as &[&str], |(_, readings)| readings);
    name.chars()
        .enumerate()
        .map(|(at, c)| {
            let mut ways: Vec<String> = family
                .get(at)
                .map(|s| (*s).to_owned())
                .into_iter()
                .collect();
            for way in ways_to_read(c) {
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
            ways
        })
        .filter(|ways| !ways.is_empty())
        .collect()
}

fn ways_to_read(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    let usual = c.to_pinyin().map(|p| typed(p.plain()));
    let others = c.to_pinyin_multi().into_iter().flatten();
    usual
        .into_iter()
        .chain(others.map(|p| typed(p.plain())))
        .filter(|way| way.bytes().all(|b| b.is_ascii_lowercase()) && !way.is_empty())
        .collect()
}

/// As people type it: `lü` as `lv`.
pub(super) fn typed(pinyin: &str) -> String {
    pinyin
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ü' { 'v' } else { c })
        .filter(|c| c.is_ascii_alphanumeric())
        .collect()
}

/// The text from each of its characters on, as long as `least` characters are left: what begins
/// one of them is a part of the text.
pub(super) fn endings(text: &str, least: usize) -> Vec<String> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let count = (starts.len() + 1).saturating_sub(least);
    starts
        .iter()
        .take(count)
        .map(|at| text[*at..].to_owned())
        .collect()
}

/// The text without any space.
pub(super) fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The digits of the text alone, full-width ones as ASCII.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter_map(digit).collect()
}

/// The digit as ASCII.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed_as(name: &str, reading: &str) -> bool {
        readings(name).contains(reading)
    }

    #[test]
    fn a_name_is_found_by_its_syllables_and_by_its_initials() {
        assert!(typed_as("王佳", "wangjia"));
        assert!(typed_as("王佳", "wj"));
        assert!(typed_as("吕梁", "lvliang"));
    }

    #[test]
    fn every_part_of_a_text_begins_one_of_its_endings() {
        assert_eq!(endings("吴英春", 1), ["吴英春", "英春", "春"]);
        assert_eq!(endings("139001", 4), ["139001", "39001", "9001"]);
        assert!(endings("139", 4).is_empty() && endings("", 1).is_empty());
    }

    #[test]
    fn every_reading_of_a_character_leads_to_the_name() {
        for reading in ["shandan", "dandan", "shan", "sd"] {
            let found = readings("单丹").iter().any(|r| r.starts_with(reading));
            assert!(found, "{reading}");
        }
        assert!(typed_as("李乐", "lile") && typed_as("李乐", "liyue"));
    }

    #[test]
    fn a_family_name_is_sorted_by_its_own_reading() {
        for (name, sorted) in [
            ("单雄", "shan xiong "),
            ("仇和", "qiu he "),
            ("曾国", "zeng guo "),
            ("尉迟恭", "yu chi gong "),
            ("尉健", "wei jian "),
            ("万里", "wan li "),
        ] {
            assert_eq!(sort(name), sorted);
        }
    }

    #[test]
    fn a_shorter_syllable_stands_before_a_longer_one() {
        assert!(sort("李安") < sort("连安"));
        assert!(sort("王安") < sort("王昂"));
    }

    #[test]
    fn what_has_no_reading_is_left_out() {
        assert!(typed_as("买买提·艾力", "maimaitiaili"));
        assert!(typed_as("Anna 王", "annawang"));
        assert!(readings("··").is_empty());
    }

    #[test]
    fn a_long_name_does_not_explode() {
        assert!(readings(&"和".repeat(50)).len() <= 2 * MOST_READINGS);
    }
}
