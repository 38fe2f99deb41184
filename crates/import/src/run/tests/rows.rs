//! What single rows become.

use super::*;

#[tokio::test]
async fn the_second_of_equal_rows_is_a_duplicate_and_recorded_once() {
    let bureau = bureau();
    bureau.sample(Kind::Roster).await;
    let visit = [
        "2024-01-10",
        "高山",
        "359906194607196382",
        "联系人",
        "电话",
        "生日",
    ];
    let other = [
        "2024.1.10",
        "",
        "359906 19460719 6382",
        "联系人",
        "电 话",
        "过生日",
    ];
    let rows = texts(&[
        &["日期", "走访对象", "身份证号", "走访人", "方式", "事由"],
        &visit,
        &other,
    ]);
    let report = bureau
        .import(Kind::Visits, "v.xlsx", workbook(0, &rows))
        .await
        .report;
    let number = IdNumber::parse(visit[2]).unwrap();
    let person = bureau.reading().person_by_id_number(&number).await.unwrap();
    assert_eq!(report.accepted, 1);
    assert_eq!(report.duplicates, [Duplicate { row: 3, person }]);
}

#[tokio::test]
async fn another_row_about_a_person_of_the_register_is_left_to_a_person() {
    let bureau = bureau();
    let number = id_number(359_906, 19_460_719, 631);
    let header: &[&str] = &["姓名", "身份证号", "居住情况", "电话"];
    let row = texts(&[header, &["高山", &number, "独居", "1"]]);
    bureau
        .import(Kind::Roster, "one.xlsx", workbook(0, &row))
        .await;
    let before = bureau.events().await;
    for differing in [
        ["高山", &number, "空巢", "1"],
        ["高山", &number, "独居", "2"],
    ] {
        let rows = texts(&[header, &differing]);
        let report = bureau
            .import(Kind::Roster, "two.xlsx", workbook(0, &rows))
            .await
            .report;
        assert_eq!((report.duplicates.len(), report.accepted), (1, 0));
    }
    assert_eq!(bureau.events().await, before);
}

#[tokio::test]
async fn a_row_that_a_rule_refuses_leaves_no_trace_and_does_not_bar_the_right_one() {
    let bureau = bureau();
    let number = id_number(359_906, 19_250_202, 281);
    let rows = texts(&[
        &[
            "姓名",
            "身份证号",
            "离休/退休",
            "参加革命(工作)时间",
            "入党时间",
            "转正时间",
        ],
        &["王家", &number, "离休", "1949-10-01", "", ""],
        &[
            "王家",
            &number,
            "离休",
            "1949-09-30",
            "1948-05-12",
            "1948-05-11",
        ],
        &[
            "王家",
            &number,
            "离休",
            "1949-09-30",
            "1948-05-12",
            "1949-05-12",
        ],
        &["王家", &number, "离休", "1949-09-30", "1948-05-12", ""],
    ]);
    let report = bureau
        .import(Kind::Roster, "l.xlsx", workbook(0, &rows))
        .await
        .report;
    let codes: Vec<_> = report
        .rejected
        .iter()
        .map(|r| (r.row, &*r.code, r.column.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            (2, "joined_revolution_too_late", "参加革命(工作)时间"),
            (3, "full_member_before_joined", "转正时间"),
        ]
    );
    assert_eq!((report.accepted, report.duplicates.len()), (1, 1));
    assert_eq!(report.duplicates[0].row, 5);
}

#[tokio::test]
async fn one_mistake_is_one_entry_and_every_mistake_is_said() {
    let bureau = bureau();
    let good = id_number(359_906, 19_460_719, 631);
    let rows = texts(&[
        &[
            "姓名",
            "性别",
            "身份证号",
            "出生日期",
            "离休/退休",
            "参加工作时间",
            "入党时间",
            "转正时间",
        ],
        &["", "男", &good, "1946-07-19", "退休", "1966-01-01", "", ""],
        &[
            "甲",
            "雄",
            "123",
            "不详",
            "退休",
            "1966-13-01",
            "",
            "1970-01-01",
        ],
        &["乙", "男", &good, "1946-07-19", "离休", "", "", ""],
        &[
            "丙",
            "男",
            &good,
            "2046-07-19",
            "离休",
            "旧社会",
            "群众",
            "",
        ],
    ]);
    let report = bureau
        .import(Kind::Roster, "r.xlsx", workbook(0, &rows))
        .await
        .report;
    assert_eq!(
        codes(&report),
        BTreeMap::from([
            (2, vec!["name_missing"]),
            (
                3,
                vec![
                    "id_length",
                    "no_such_date",
                    "party_date_missing",
                    "unknown_choice"
                ]
            ),
            (4, vec!["revolution_date_missing"]),
            (5, vec!["not_a_date", "in_the_future"]),
        ])
    );
    for fault in &report.rejected {
        assert!(fault.message.contains(" / "), "{}", fault.message);
        assert!(!fault.message.contains("旧社会"));
    }
}

#[tokio::test]
async fn a_person_without_a_number_is_found_by_a_name_that_only_they_have() {
    let bureau = bureau();
    let number = |order| id_number(359_906, 19_460_719, order);
    let rows = texts(&[
        &["姓名", "曾用名", "身份证号"],
        &["高山", "高大山", &number(631)],
        &["李文", "", &number(632)],
        &["李文", "", &number(633)],
    ]);
    bureau
        .import(Kind::Roster, "r.xlsx", workbook(0, &rows))
        .await;
    let rows = texts(&[
        &["日期", "走访对象", "身份证号", "走访人", "方式", "事由"],
        &["2024-01-10", "高 山", "", "联系人", "电话", "生日"],
        &["2024-01-10", "李文", "", "联系人", "电话", "生日"],
        &["2024-01-10", "王五", "无", "联系人", "电话", "生日"],
        &["2024-01-10", "李武", &number(632), "联系人", "电话", "生日"],
        &[
            "2024-01-11",
            "高大山",
            &number(631),
            "联系人",
            "电话",
            "生日",
        ],
        &["2024-01-11", "", "", "联系人", "电话", "生日"],
        &["2024-01-11", "高山", "12345", "联系人", "电话", "生日"],
    ]);
    let report = bureau
        .import(Kind::Visits, "v.xlsx", workbook(0, &rows))
        .await
        .report;
    assert_eq!(
        codes(&report),
        BTreeMap::from([
            (3, vec!["ambiguous_person"]),
            (4, vec!["unknown_person"]),
            (5, vec!["name_mismatch"]),
            (7, vec!["id_missing"]),
            (8, vec!["id_length"]),
        ])
    );
    assert_eq!(report.accepted, 2);
}

#[tokio::test]
async fn how_someone_lives_is_known_from_the_day_of_the_ledger() {
    let bureau = bureau();
    let number = id_number(359_906, 19_460_719, 631);
    let rows = texts(&[
        &["花名册（截至2025年6月）"],
        &["姓名", "身份证号", "居住情况"],
        &["高山", &number, "独居"],
    ]);
    bureau
        .import(Kind::Roster, "r.xlsx", workbook(0, &rows))
        .await;
    bureau.app.catch_up().await.unwrap();
    let page = bureau
        .reading()
        .find_people(Find::default(), PageRequest::default())
        .await
        .unwrap();
    let card = bureau
        .reading()
        .person_card(page.items[0].person)
        .await
        .unwrap();
    assert_eq!(card.living.unwrap().since.to_string(), "2025-06-30");
    assert_eq!(card.unit.0.as_str(), "老干部局");
}

#[tokio::test]
async fn a_reply_that_came_later_is_added_and_a_second_petition_of_one_number_is_not() {
    let bureau = bureau();
    let header: &[&str] = &[
        "编号",
        "信访人",
        "主题",
        "来信时间",
        "内容",
        "答复",
        "答复时间",
    ];
    let open = ["1", "U1", "路灯", "2025/2/19 8:43:00", "坏了", "", ""];
    let answered = [
        "1",
        "U1",
        "路灯",
        "2025/2/19 8:43:00",
        "坏了",
        "已修复",
        "2025/2/20 9:00:00",
    ];
    let other = ["1", "U1", "路灯", "2025/2/19 8:43:00", "又坏了", "", ""];
    let first = texts(&[header, &open, &other]);
    let report = bureau
        .import(Kind::Petitions, "p.xlsx", workbook(0, &first))
        .await
        .report;
    assert_eq!(report.accepted, 1);
    assert_eq!(
        report.duplicates,
        [Duplicate {
            row: 3,
            person: None
        }]
    );
    let second = texts(&[header, &answered]);
    let report = bureau
        .import(Kind::Petitions, "p.xlsx", workbook(0, &second))
        .await
        .report;
    assert_eq!((report.accepted, report.unchanged), (1, 0));
    let report = bureau
        .import(Kind::Petitions, "p.xlsx", workbook(0, &second))
        .await
        .report;
    assert_eq!((report.accepted, report.unchanged), (0, 1));
    let third = texts(&[header, &other, &["2", "U2", "x", "2025/3/1", "y", "答", ""]]);
    let report = bureau
        .import(Kind::Petitions, "p.xlsx", workbook(0, &third))
        .await
        .report;
    assert_eq!(
        report.duplicates,
        [Duplicate {
            row: 2,
            person: None
        }]
    );
    assert_eq!(
        codes(&report),
        BTreeMap::from([(3, vec!["reply_time_missing"])])
    );
}
