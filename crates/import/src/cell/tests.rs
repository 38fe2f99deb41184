use calendar::When;
use domain::{
    Fen,
    cadre::Living,
    hardship::Ground,
    visit::{Mode, Purpose},
};

use super::*;

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn read_date(typed: &str) -> Result<Option<String>, &'static str> {
    date(&text(typed))
        .map(|d| d.map(|d| d.to_string()))
        .map_err(|f| code(&f))
}

fn code(fault: &Fault) -> &'static str {
    domain::Rejection::code(fault)
}

#[test]
fn a_date_is_read_in_every_style() {
    for (typed, expected) in [
        ("2024年1月10日", "2024-01-10"),
        ("2024 年 1 月 10 日", "2024-01-10"),
        ("２０２５-７-３", "2025-07-03"),
        ("２０２４年１月１０日", "2024-01-10"),
        ("2025.3.16", "2025-03-16"),
        ("2025。3。16", "2025-03-16"),
        ("2024-10-07", "2024-10-07"),
        ("2024/02/08", "2024-02-08"),
        ("２０２４／２／８", "2024-02-08"),
        ("20250502", "2025-05-02"),
        ("　2025-10-13 \u{a0}", "2025-10-13"),
        ("2024年1月10", "2024-01-10"),
        ("2024年1月10号", "2024-01-10"),
        ("2024—1—10", "2024-01-10"),
        ("2024-02-29", "2024-02-29"),
        ("2016/2/19 8:43:00", "2016-02-19"),
        ("2016-02-19T08:43:00.123", "2016-02-19"),
        ("45300", "2024-01-09"),
    ] {
        assert_eq!(read_date(typed), Ok(Some(expected.to_owned())), "{typed}");
    }
}

#[test]
fn a_well_formed_date_that_does_not_exist_is_not_called_text() {
    for typed in [
        "2024年13月5日",
        "1951-02-29",
        "2023.2.29",
        "20251301",
        "2025/4/31",
        "2024-00-10",
        "2024-2-0",
        "2016/2/19 25:00:00",
        "2016/2/30 8:00",
    ] {
        assert_eq!(read_date(typed), Err("no_such_date"), "{typed}");
    }
}

#[test]
fn what_is_no_date_is_not_guessed_at() {
    for typed in [
        "去年春节",
        "2024",
        "2024年",
        "2024年5月",
        "195607",
        "1956.07",
        "24-1-5",
        "1/2/2024",
        "2024-1",
        "2024-1-2-3",
        "2024-01-05abc",
        "2024年1-5",
        "2024-13-05x",
        "200",
        "1950",
    ] {
        assert_eq!(read_date(typed), Err("not_a_date"), "{typed}");
    }
    for placeholder in [
        "",
        " ",
        "—",
        "－",
        "-",
        "/",
        "无",
        "不详",
        "未知",
        "空",
        "　无　",
    ] {
        assert_eq!(read_date(placeholder), Ok(None), "{placeholder}");
    }
}

#[test]
fn numbers_can_be_dates() {
    let read = |n: f64| {
        date(&Cell::Number(n))
            .map(|d| d.unwrap().to_string())
            .map_err(|f| code(&f))
    };
    assert_eq!(read(45_300.0), Ok("2024-01-09".into()));
    assert_eq!(read(45_300.75), Ok("2024-01-09".into()));
    assert_eq!(read(7_431.0), Ok("1920-05-05".into()));
    assert_eq!(read(1.0), Ok("1900-01-01".into()));
    assert_eq!(read(61.0), Ok("1900-03-01".into()));
    assert_eq!(read(20_250_502.0), Ok("2025-05-02".into()));
    assert_eq!(read(20_251_301.0), Err("no_such_date"));
    for n in [
        1950.0,
        2024.0,
        0.0,
        -5.0,
        195_607.0,
        f64::NAN,
        f64::INFINITY,
        1e300,
    ] {
        assert_eq!(read(n), Err("not_a_date"), "{n}");
    }
}

#[test]
fn a_time_of_day_makes_a_moment_of_beijing_and_a_date_alone_a_day() {
    let read = |typed: &str| moment(&text(typed)).unwrap().unwrap();
    assert_eq!(
        read("2016/2/19 8:43:00"),
        "2016-02-19T00:43:00Z".parse::<When>().unwrap()
    );
    assert_eq!(read("2016年2月19日 8时43分"), read("2016-02-19 08:43"));
    assert_eq!(read("2016/2/19  20:3:4").to_string(), "2016-02-19 20:03:04");
    assert_eq!(read("2016/2/19"), When::Day("2016-02-19".parse().unwrap()));
    assert_eq!(
        read("2016-02-19 00:00:00"),
        When::Day("2016-02-19".parse().unwrap())
    );
    let serial = Cell::Number(42_419.0 + 31_380.0 / 86_400.0);
    assert_eq!(
        moment(&serial).unwrap().unwrap().to_string(),
        "2016-02-19 08:43:00"
    );
    assert_eq!(
        moment(&text("2016/2/19 上午")).map_err(|f| code(&f)),
        Err("not_a_date")
    );
}

#[test]
fn a_title_dates_its_ledger() {
    let dated = |title| ledger_date(title).map(|d| d.to_string());
    assert_eq!(
        dated("离退休干部花名册（截至2025年12月）"),
        Some("2025-12-31".into())
    );
    assert_eq!(dated("花名册 截止 2024-06-30"), Some("2024-06-30".into()));
    assert_eq!(dated("截至２０２４年"), Some("2024-12-31".into()));
    assert_eq!(dated("2025年花名册"), None);
}

#[test]
fn amounts_are_exact_whether_typed_or_calculated() {
    let number = |n| amount(&Cell::Number(n)).map_err(|f| code(&f));
    assert_eq!(number(5000.5), Ok(Some(Fen(500_050))));
    assert_eq!(number(300.55), Ok(Some(Fen(30_055))));
    assert_eq!(number(0.1 + 0.2), Ok(Some(Fen(30))));
    assert_eq!(number(1_234_567.89), Ok(Some(Fen(123_456_789))));
    assert_eq!(number(0.0), Ok(Some(Fen(0))));
    for n in [5000.505, 0.001, f64::NAN, f64::INFINITY, 1e300] {
        assert_eq!(number(n), Err("not_a_number"), "{n}");
    }
    assert_eq!(number(-200.0), Err("negative_money"));
    let typed = |t| amount(&text(t)).map_err(|f| code(&f));
    assert_eq!(typed("￥300.50"), Ok(Some(Fen(30_050))));
    assert_eq!(typed(" 1,000 元"), Ok(Some(Fen(100_000))));
    assert_eq!(typed("—"), Ok(None));
    assert_eq!(typed("伍仟"), Err("not_a_number"));
    assert_eq!(typed("-200"), Err("negative_money"));
}

#[test]
fn a_date_is_no_amount() {
    let cell = Cell::Moment(Moment {
        date: "2024-01-10".parse().unwrap(),
        second: None,
    });
    assert_eq!(amount(&cell), Err(Fault::NotANumber));
}

#[test]
fn an_id_number_says_which_fault_it_has() {
    let read = |typed: &str| id_number(&text(typed)).map_err(|f| code(&f));
    assert!(read(" 359906 19460719 6382 ").unwrap().is_some());
    assert!(
        read("３５９９０２１９４８１１２５９７６０")
            .unwrap()
            .is_some()
    );
    assert!(read("'11010519491231002x").unwrap().is_some());
    assert_eq!(read("35990319650723068"), Err("id_length"));
    assert_eq!(read("11010519491231002Y"), Err("id_character"));
    assert_eq!(read("110105194912310021"), Err("id_check_digit"));
    assert_eq!(read("无"), Ok(None));
    assert_eq!(read("3.59903E+17"), Err("id_as_number"));
    let stored = Cell::Number(359_903_193_903_128_970.0);
    assert_eq!(id_number(&stored), Err(Fault::IdAsNumber));
    assert_eq!(
        id_number(&Cell::Number(1234.0)),
        Err(Fault::IdLength { found: 4 })
    );
}

#[test]
fn a_chinese_name_loses_its_spaces_and_another_keeps_single_ones() {
    let read = |typed: &str| name(&text(typed)).unwrap().map(String::from);
    assert_eq!(read("郭　桂世"), Some("郭桂世".into()));
    assert_eq!(read(" 王 家 "), Some("王家".into()));
    assert_eq!(read("买买提•艾 力"), Some("买买提·艾力".into()));
    assert_eq!(read("Ｌi   Wei "), Some("Li Wei".into()));
    assert_eq!(read("　"), None);
    let several = names(&text("张科长、李干事；王 五/赵六\n钱七"))
        .unwrap()
        .unwrap();
    assert_eq!(several.len(), 5);
    assert_eq!(several[2].as_str(), "王五");
}

#[test]
fn known_words_have_their_variants() {
    assert_eq!(mode(&text("入户")), Ok(Some(Mode::Home)));
    assert_eq!(mode(&text(" 住院探望 ")), Ok(Some(Mode::Hospital)));
    assert!(matches!(
        mode(&text("飞鸽")),
        Err(Fault::UnknownChoice { .. })
    ));
    assert_eq!(purpose(&text("“七·一”慰问")), Ok(Some(Purpose::JulyFirst)));
    assert!(matches!(
        purpose(&text("送书")),
        Ok(Some(Purpose::Other(_)))
    ));
    assert_eq!(ground(&text("重病")), Ok(Some(Ground::SeriousIllness)));
    assert!(matches!(
        ground(&text("其他")),
        Err(Fault::UnknownChoice { .. })
    ));
    assert_eq!(retirement(&text("退休 ")), Ok(Some(Status::Tuixiu)));
    assert_eq!(living(&text("空　巢")), Ok(Some(Living::EmptyNest)));
    assert!(matches!(
        living(&text("与侄子同住")),
        Ok(Some(Living::Other(_)))
    ));
    assert_eq!(membership(&text("群众")), Ok(Some(Membership::None)));
    assert_eq!(membership(&text("—")), Ok(None));
    let people = |typed| ethnicity(&text(typed)).map(|t| t.map(String::from));
    assert_eq!(people("汉"), Ok(Some("汉族".into())));
    assert_eq!(people("蒙古"), Ok(Some("蒙古族".into())));
    assert_eq!(people("高山族"), Ok(Some("高山族".into())));
    assert!(people("火星").is_err());
    let digits = phone(&Cell::Number(13_900_009_751.0)).unwrap().unwrap();
    assert_eq!(digits.as_str(), "13900009751");
    assert_eq!(
        phone(&text("139 0000 4126")).unwrap().unwrap().as_str(),
        "13900004126"
    );
}

#[test]
fn every_ground_is_known_by_its_own_term() {
    for (known, _, zh) in Ground::ALL {
        assert_eq!(ground(&text(zh)), Ok(Some(known)), "{zh}");
    }
}

#[test]
fn a_lone_none_is_an_answer_in_a_letter_and_a_placeholder_elsewhere() {
    assert_eq!(short_text(&text("无")), Ok(None));
    assert_eq!(free_text(&text("无")).unwrap().unwrap().as_str(), "无");
    assert_eq!(
        free_text(&text("\n\t　见\u{a0}附件 "))
            .unwrap()
            .unwrap()
            .as_str(),
        "见\u{a0}附件"
    );
}

#[test]
fn a_cell_that_cannot_be_read_is_said_to_be_so() {
    assert_eq!(short_text(&Cell::Error), Err(Fault::CellError));
    assert_eq!(date(&Cell::Error), Err(Fault::CellError));
    let formula = Cell::Uncalculated("=TODAY()".into());
    assert_eq!(date(&formula), Err(Fault::NotCalculated));
    assert_eq!(amount(&formula), Err(Fault::NotCalculated));
    assert_eq!(short_text(&formula).unwrap().unwrap().as_str(), "=TODAY()");
}

#[test]
fn no_cell_shows_itself_to_a_debugger() {
    assert_eq!(format!("{:?}", text("高山")), "Text(hidden)");
    assert_eq!(format!("{:?}", Cell::Number(1.5)), "Number(hidden)");
}
