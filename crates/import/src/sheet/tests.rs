use rust_xlsxwriter::Workbook;

use super::*;
use crate::{
    Kind,
    cell::Moment,
    fault::FileFault,
    testing::{Made, fill, texts, workbook},
};

const HEADER: &[&str] = &[
    "年度",
    "姓名",
    "身份证号",
    "困难原因",
    "帮扶金额（元）",
    "发放日期",
];

fn read(bytes: Vec<u8>) -> Result<Sheet, FileFault> {
    ledger(open(bytes)?, Kind::Hardship.layout())
}

fn fault(bytes: &[u8]) -> &'static str {
    domain::Rejection::code(&read(bytes.to_vec()).unwrap_err())
}

fn numbers(sheet: &Sheet) -> Vec<u32> {
    sheet.rows.iter().map(|row| row.number).collect()
}

fn shown(sheet: &Sheet, column: Column) -> Vec<String> {
    let rows = sheet.rows.iter();
    rows.map(|row| sheet.cell(row, column).unwrap().shown().into_owned())
        .collect()
}

#[test]
fn rows_keep_the_number_they_have_in_the_sheet() {
    let rows = texts(&[
        &["困难帮扶台账（2025年）"],
        &[],
        HEADER,
        &["2025", "甲", "1", "空巢", "1000", "2025-01-01"],
        &[],
        &["2025", "乙", "2", "空巢", "1000", "2025-01-01"],
    ]);
    assert_eq!(numbers(&read(workbook(0, &rows)).unwrap()), [4, 6]);
    // The sheet's own range may begin further down.
    assert_eq!(numbers(&read(workbook(10, &rows)).unwrap()), [14, 16]);
}

#[test]
fn a_header_is_known_whatever_its_spaces_width_and_units() {
    let rows = texts(&[
        &[
            "姓　名",
            "身份证\n号码",
            "困 难 原 因",
            "*帮扶金额(元)",
            "发放 时间：",
            "随便",
        ],
        &["甲", "1", "空巢", "1000", "2025-01-01", "x"],
    ]);
    let sheet = read(workbook(0, &rows)).unwrap();
    assert_eq!(shown(&sheet, Column::Amount), ["1000"]);
    assert_eq!(shown(&sheet, Column::PaidOn), ["2025-01-01"]);
    assert_eq!(sheet.title(Column::Name), "姓 名");
}

#[test]
fn a_header_can_stand_in_two_lines_under_merged_cells() {
    let rows = texts(&[
        &["姓名", "身份证号", "困难原因", "发放情况", ""],
        &["", "", "", "金额", "发放日期"],
        &["甲", "1", "空巢", "1000", "2025-01-01"],
    ]);
    let sheet = read(workbook(0, &rows)).unwrap();
    assert_eq!(numbers(&sheet), [3]);
    assert_eq!(shown(&sheet, Column::Amount), ["1000"]);
    assert_eq!(shown(&sheet, Column::PaidOn), ["2025-01-01"]);
}

#[test]
fn totals_notes_signatures_and_repeated_headers_are_no_data() {
    let rows = texts(&[
        HEADER,
        &["2025", "甲", "1", "空巢", "1000", "2025-01-01"],
        &["小计", "", "", "", "1000", ""],
        HEADER,
        &["2025", "乙", "2", "空巢", "1000", "2025-01-01"],
        &["", "合 计", "", "", "2000", ""],
        &["总计：2人", "", "", "", "2000", ""],
        &["共 2 人"],
        &["注：本表涉及个人信息"],
        &["备注１：同上"],
        &["填表说明　请逐项填写"],
        &["填报人：", "", "审核人：", "", "", ""],
    ]);
    assert_eq!(numbers(&read(workbook(0, &rows)).unwrap()), [2, 5]);
}

#[test]
fn what_identifies_a_person_is_never_skipped() {
    let rows = texts(&[
        HEADER,
        &[
            "备注：补发",
            "甲",
            "359906 19460719 638",
            "空巢",
            "1000",
            "2025-01-01",
        ],
        &["", "", "2", "", "", ""],
        &["", "乙", "", "", "", ""],
    ]);
    assert_eq!(numbers(&read(workbook(0, &rows)).unwrap()), [2, 3, 4]);
}

#[test]
fn a_row_with_nothing_but_its_prepared_number_is_blank() {
    let rows = texts(&[
        &["序号", "姓名", "身份证号", "困难原因", "金额", "日期"],
        &["1", "甲", "1", "空巢", "1000", "2025-01-01"],
        &["2", "", "", "", "", ""],
    ]);
    assert_eq!(numbers(&read(workbook(0, &rows)).unwrap()), [2]);
}

#[test]
fn the_sheet_that_holds_the_ledger_is_found_among_others() {
    let row: &[&str] = &["2025", "甲", "1", "空巢", "1000", "2025-01-01"];
    let mut book = Workbook::new();
    fill(
        book.add_worksheet(),
        0,
        &texts(&[&["填表说明"], &["请逐项填写"]]),
    );
    fill(
        book.add_worksheet().set_name("空表").unwrap(),
        0,
        &texts(&[HEADER]),
    );
    fill(
        book.add_worksheet().set_name("台账").unwrap(),
        0,
        &texts(&[HEADER, row]),
    );
    let hidden = book.add_worksheet().set_name("旧").unwrap();
    fill(hidden.set_hidden(true), 0, &texts(&[HEADER, row, row]));
    let sheet = read(book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(sheet.name.as_deref(), Some("台账"));
    assert_eq!(numbers(&sheet), [2]);
}

#[test]
fn two_sheets_with_the_same_ledger_are_not_chosen_between() {
    let row: &[&str] = &["2025", "甲", "1", "空巢", "1000", "2025-01-01"];
    let mut book = Workbook::new();
    fill(book.add_worksheet(), 0, &texts(&[HEADER, row]));
    fill(book.add_worksheet(), 0, &texts(&[HEADER, row]));
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        read(bytes).unwrap_err(),
        FileFault::SeveralSheets { sheets: 2 }
    );
}

#[test]
fn dates_numbers_and_calculated_values_keep_their_kind() {
    let rows = vec![
        HEADER.iter().map(|h| Made::from(*h)).collect(),
        vec![
            Made::Number(2025.0),
            Made::from("=cmd|' /C calc'!A0"),
            Made::Formula("=\"1\"", "1"),
            Made::from("空巢"),
            Made::Number(5000.5),
            Made::Date("2025-08-02", 31_380),
        ],
    ];
    let sheet = read(workbook(0, &rows)).unwrap();
    let cell = |column| sheet.cell(&sheet.rows[0], column).unwrap().clone();
    assert_eq!(cell(Column::Amount), Cell::Number(5000.5));
    assert_eq!(cell(Column::IdNumber).shown(), "1");
    assert_eq!(cell(Column::Name), Cell::Text("=cmd|' /C calc'!A0".into()));
    let moment = Moment {
        date: "2025-08-02".parse().unwrap(),
        second: Some(31_380),
    };
    assert_eq!(cell(Column::PaidOn), Cell::Moment(moment));
}

#[test]
fn a_text_table_counts_its_rows_as_a_spreadsheet_program_does() {
    let text = "标题,,\r\n\r\n姓名,身份证号,困难原因,金额,日期\r\n\
                甲,1,空巢,\"1,000\",2025-01-01\r\n\r\n\r\n\"乙\n丙\",2,空巢,5,2025-01-01\r\n丁,3,空巢,5,2025-01-01";
    for end in ["\r\n", "\n"] {
        let sheet = read(text.replace("\r\n", end).into_bytes()).unwrap();
        assert_eq!(numbers(&sheet), [4, 7, 8]);
    }
    let sheet = read(text.as_bytes().to_vec()).unwrap();
    assert_eq!(shown(&sheet, Column::Amount), ["1,000", "5", "5"]);
    let tabs = "姓名\t身份证号\t困难原因\t金额\t日期\n甲\t1\t空巢\t1,000\t2025-01-01\n";
    let mut wide = vec![0xff, 0xfe];
    wide.extend(tabs.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [tabs.as_bytes().to_vec(), wide] {
        assert_eq!(shown(&read(bytes).unwrap(), Column::Amount), ["1,000"]);
    }
}

#[test]
fn a_file_that_is_no_ledger_is_refused_with_the_reason() {
    assert_eq!(fault(b""), "file_empty");
    assert_eq!(fault(b" \r\n \n"), "file_empty");
    assert_eq!(fault(b"%PDF-1.7 ..."), "not_a_spreadsheet");
    assert_eq!(fault(b"<html><table><tr><td>1"), "not_a_spreadsheet");
    assert_eq!(fault(b"MZ\x00\x01\x02"), "not_a_spreadsheet");
    assert_eq!(fault(b"PK\x03\x04 but nothing behind"), "file_damaged");
    let old_document = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 2000]].concat();
    assert_eq!(fault(&old_document), "not_a_spreadsheet");
    assert_eq!(fault("你好".as_bytes()), "header_not_found");
    assert_eq!(fault(b"\xff\xff\xff\xff"), "unknown_encoding");
    assert_eq!(fault(&workbook(0, &[])), "header_not_found");
}

#[test]
fn a_missing_column_is_named() {
    let rows = texts(&[
        &["姓名", "困难原因", "发放日期"],
        &["甲", "空巢", "2025-01-01"],
    ]);
    assert_eq!(
        read(workbook(0, &rows)).unwrap_err(),
        FileFault::ColumnMissing {
            columns: "帮扶金额".into()
        }
    );
    let FileFault::HeaderNotFound { columns } = read(b"a,b\n1,2\n".to_vec()).unwrap_err() else {
        panic!("a header was found");
    };
    assert_eq!(columns, "身份证号码或姓名、困难原因、帮扶金额、发放日期");
}

#[test]
fn amounts_in_another_unit_are_refused_not_read_wrong() {
    let header = &["姓名", "困难原因", "金额（万元）", "发放日期"];
    let rows = texts(&[header, &["甲", "空巢", "1", "2025-01-01"]]);
    assert_eq!(
        read(workbook(0, &rows)).unwrap_err(),
        FileFault::NotInYuan {
            column: "帮扶金额".into()
        }
    );
}

#[test]
fn a_cell_in_the_far_corner_does_not_fill_the_memory() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    fill(
        page,
        0,
        &texts(&[HEADER, &["2025", "甲", "1", "空巢", "1000", "2025-01-01"]]),
    );
    page.write_string(1_048_575, 5, "x").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(numbers(&read(bytes).unwrap()), [2, 1_048_576]);
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 16_383, "x").unwrap();
    assert_eq!(fault(&book.save_to_buffer().unwrap()), "file_too_large");
}

#[test]
fn no_header_means_two_columns_of_one_kind() {
    for kind in Kind::ALL {
        let names: Vec<&str> = kind
            .layout()
            .columns
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[at + 1..].contains(name), "{kind}: {name}");
        }
        for (_, names) in kind.layout().columns {
            for name in *names {
                assert_eq!(
                    header::key(name),
                    *name,
                    "{kind}: {name} is not in its plain form"
                );
            }
        }
    }
}
