//! What is shown of a text, and how cells become a table.

use super::cells;
use crate::{
    grid::Grid,
    text::{in_short, shown},
};

#[test]
fn what_cannot_be_seen_or_turns_other_text_is_shown_by_its_number() {
    assert_eq!(shown("a\u{202e}b\u{7}\0"), "a[U+202E]b[U+0007][U+0000]");
    assert_eq!(
        shown("\u{feff}桑\u{fffe}\u{e0041}"),
        "[U+FEFF]桑[U+FFFE][U+E0041]"
    );
}

#[test]
fn every_end_of_line_is_one_and_a_tab_is_space() {
    assert_eq!(shown("a\r\nb\rc\nd\u{2028}e"), "a\nb\nc\nd\ne");
    assert_eq!(shown("a\tb"), "a    b");
}

#[test]
fn what_joins_characters_stays() {
    assert_eq!(
        shown("👨\u{200d}👩 葛\u{e0100}"),
        "👨\u{200d}👩 葛\u{e0100}"
    );
}

#[test]
fn in_short_is_one_line_and_says_that_it_is_cut() {
    assert_eq!(in_short("一\n二", 3), "一 二");
    assert_eq!(in_short("一二三四", 3), "一二…");
}

#[test]
fn a_row_with_fewer_cells_is_filled_up() {
    let grid = Grid::new(&cells(["甲", "乙"]), &[], &[cells(["一"])]);
    assert_eq!(grid.rows, [cells(["一", ""])]);
}

#[test]
fn cells_beyond_the_header_stand_below_the_last() {
    let grid = Grid::new(
        &cells(["甲", "乙"]),
        &[],
        &[cells(["一", "二", "三", "四"])],
    );
    assert_eq!(grid.rows, [cells(["一", "二\n三\n四"])]);
}

#[test]
fn without_a_header_the_longest_row_tells_how_many_columns_there_are() {
    let grid = Grid::new(&[], &[], &[cells(["一"]), cells(["一", "二", "三"])]);
    assert_eq!(grid.shares.len(), 3);
    assert!(grid.header.is_empty());
}

#[test]
fn a_width_that_is_not_given_is_the_average_and_none_is_nothing() {
    let grid = Grid::new(&cells(["甲", "乙", "丙"]), &[10, 30], &[]);
    assert_eq!(grid.shares, [10.0 / 60.0, 30.0 / 60.0, 20.0 / 60.0]);
    let grid = Grid::new(&cells(["甲", "乙"]), &[0, 0, 9], &[]);
    assert_eq!(grid.shares, [0.5, 0.5]);
}
