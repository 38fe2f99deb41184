use domain::{AgeBasis, BirthdayRules, NamedAge, cadre::Birthday};

use super::*;
use crate::{
    Page,
    register::{BirthdayFilter, BirthdayRow, birthdays},
};

fn ninety() -> NamedAge {
    NamedAge {
        age: 90,
        basis: AgeBasis::Full,
    }
}

fn days(from: &str, until: &str) -> BirthdayFilter {
    BirthdayFilter {
        from: date(from),
        until: date(until),
        unit: None,
        contact: None,
        named: false,
    }
}

fn list(rows: &Rows, filter: &BirthdayFilter, request: &PageRequest) -> Page<BirthdayRow> {
    let rules = BirthdayRules {
        named: vec![ninety()],
    };
    birthdays(rows, filter, &rules, request).unwrap()
}

fn who(rows: &Rows, filter: &BirthdayFilter) -> Vec<(String, String)> {
    let page = list(rows, filter, &PageRequest::default());
    let row = |row: BirthdayRow| (row.on.to_string(), row.name.to_string());
    page.items.into_iter().map(row).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(on, name): &(&str, &str)| ((*on).to_owned(), (*name).to_owned());
    expected.iter().map(owned).collect()
}

/// One keeps a lunar birthday, one was born on 29 February, one has nothing but an ID number, and
/// of one nothing is known.
fn people() -> Past {
    let mut past = Past::default();
    past.registered(1, "王佳", |e| {
        e.profile.born_on = Some(date("1936-05-01"));
        e.profile.birthday = Some(Birthday::Lunar { month: 1, day: 30 });
    });
    past.registered(2, "吴佳", |e| {
        e.unit = unit("工业局");
        e.profile.born_on = Some(date("1936-02-29"));
    });
    past.registered(3, "单雄", |e| {
        e.profile.id_number = Some(IdNumber::parse(ID_NUMBER).unwrap());
    });
    past.registered(4, "李乐", |_| ());
    past
}

#[test]
fn birthdays_of_both_calendars_come_in_the_order_of_their_days() {
    let rows = people().rows();
    let year = days("2024-01-01", "2024-12-31");
    let expected = [
        ("2024-02-29", "吴佳"),
        // The first lunar month of 2024 has 29 days.
        ("2024-03-09", "王佳"),
        ("2024-12-31", "单雄"),
    ];
    assert_eq!(who(&rows, &year), pairs(&expected));
    // Both ends belong to the list.
    let both = days("2024-02-29", "2024-03-09");
    assert_eq!(who(&rows, &both), pairs(&expected[..2]));
    assert!(who(&rows, &days("2024-03-01", "2024-03-08")).is_empty());
}

#[test]
fn the_list_tells_the_age_that_is_turned_and_whether_it_is_a_named_one() {
    let mut past = people();
    past.cadre(
        person(2),
        ContactAssigned {
            staff: staff("wang.fang"),
            name: text("王芳"),
            from: date("2025-01-01"),
        },
    );
    let rows = past.rows();
    let page = list(
        &rows,
        &days("2026-02-01", "2026-03-31"),
        &PageRequest::default(),
    );
    let [ninety_years, other] = &page.items[..] else {
        panic!("{page:?}")
    };
    assert_eq!(
        (ninety_years.full_age, ninety_years.nominal_age),
        (Some(90), Some(91))
    );
    assert_eq!(ninety_years.named, Some(ninety()));
    assert_eq!(ninety_years.born_on, Some(date("1936-02-29")));
    assert_eq!(ninety_years.contact_name, Some(text("王芳")));
    // By the lunar birthday she keeps she turns 90 only next year: she was born after it.
    assert_eq!((other.full_age, other.named), (Some(89), None));
    assert_eq!(other.birthday, Birthday::Lunar { month: 1, day: 30 });
}

#[test]
fn the_list_is_narrowed_by_unit_contact_and_named_age() {
    let mut past = people();
    past.cadre(
        person(3),
        ContactAssigned {
            staff: staff("wang.fang"),
            name: text("王芳"),
            from: date("2025-01-01"),
        },
    );
    let rows = past.rows();
    let year = days("2026-01-01", "2026-12-31");
    let named = BirthdayFilter {
        named: true,
        ..year.clone()
    };
    assert_eq!(who(&rows, &named), pairs(&[("2026-02-28", "吴佳")]));
    let unit = BirthdayFilter {
        unit: Some("工业局".to_owned()),
        ..year.clone()
    };
    assert_eq!(who(&rows, &unit), pairs(&[("2026-02-28", "吴佳")]));
    let contact = BirthdayFilter {
        contact: Some(staff("wang.fang")),
        ..year
    };
    assert_eq!(who(&rows, &contact), pairs(&[("2026-12-31", "单雄")]));
}

#[test]
fn nobody_is_congratulated_who_died_or_is_kept_under_another_record() {
    let mut past = people();
    past.cadre(
        person(2),
        DeathRecorded {
            died_on: date("2025-12-01"),
            document: None,
        },
    );
    past.cadre(
        person(3),
        DuplicateDecided {
            other: person(1),
            decision: DuplicateDecision::SamePerson,
            reason: text("同一人"),
        },
    );
    let year = days("2026-01-01", "2026-12-31");
    assert_eq!(who(&past.rows(), &year), pairs(&[("2026-03-18", "王佳")]));
}

#[test]
fn an_amended_birthday_is_found_on_its_new_day() {
    let mut past = people();
    past.cadre(
        person(3),
        CadreAmended {
            changes: vec![Field::BornOn(Some(date("1949-05-04")))],
            reason: text("更正"),
            document: None,
        },
    );
    let rows = past.rows();
    assert_eq!(
        who(&rows, &days("2026-05-04", "2026-05-04")),
        pairs(&[("2026-05-04", "单雄")])
    );
    assert!(who(&rows, &days("2026-12-31", "2026-12-31")).is_empty());
}

#[test]
fn pages_lead_through_every_birthday_once() {
    let mut past = Past::default();
    for n in 0..23 {
        past.registered(n, "王佳", |e| {
            e.profile.born_on = Some(date(if n % 2 == 0 {
                "1936-05-01"
            } else {
                "1940-05-02"
            }));
        });
    }
    let rows = past.rows();
    let month = days("2026-05-01", "2026-05-31");
    let mut request = PageRequest {
        page_size: 5,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = list(&rows, &month, &request);
        seen.extend(page.items.into_iter().map(|row| (row.on, row.person)));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (23, 23));
    assert!(seen.is_sorted());
}
