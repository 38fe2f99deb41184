use std::collections::BTreeSet;

use calendar::IdNumber;

use super::*;
use crate::testing::{rules, text};

const SOLAR_29_FEBRUARY: Birthday = Birthday::Solar { month: 2, day: 29 };

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn solar(month: i8, day: i8) -> Birthday {
    Birthday::Solar { month, day }
}

fn lunar(month: i8, day: i8) -> Birthday {
    Birthday::Lunar { month, day }
}

fn named(age: i16, basis: AgeBasis) -> NamedAge {
    NamedAge { age, basis }
}

fn only(named: NamedAge) -> BirthdayRules {
    BirthdayRules { named: vec![named] }
}

#[test]
fn the_preferred_birthday_is_kept_else_the_solar_one_of_the_birth_date() {
    let mut profile = Profile::named(text("王家"));
    assert_eq!(profile.kept_birthday(), None);
    profile.id_number = IdNumber::parse("11010519491231002X").ok();
    assert_eq!(profile.kept_birthday(), Some(solar(12, 31)));
    profile.born_on = Some(day("1949-05-04"));
    assert_eq!(profile.kept_birthday(), Some(solar(5, 4)));
    profile.birthday = Some(lunar(4, 7));
    assert_eq!(profile.kept_birthday(), Some(lunar(4, 7)));
    assert_eq!(profile.birth_date(), Some(day("1949-05-04")));
}

#[test]
fn which_birthdays_are_kept_on_a_day() {
    for (on, kept) in [
        // A common year: those born on 29 February are congratulated the day before 1 March.
        (
            "2026-02-28",
            vec![solar(2, 28), SOLAR_29_FEBRUARY, lunar(1, 12)],
        ),
        ("2028-02-28", vec![solar(2, 28), lunar(2, 4)]),
        ("2028-02-29", vec![SOLAR_29_FEBRUARY, lunar(2, 5)]),
        // The first month of lunar 2024 has 29 days.
        ("2024-03-09", vec![solar(3, 9), lunar(1, 29), lunar(1, 30)]),
        // The second has 30.
        ("2023-03-20", vec![solar(3, 20), lunar(2, 29)]),
        ("2023-03-21", vec![solar(3, 21), lunar(2, 30)]),
        // In the leap eleventh month of 2033 no lunar birthday is kept.
        ("2033-12-21", vec![solar(12, 21), lunar(11, 30)]),
        ("2033-12-22", vec![solar(12, 22)]),
        ("2034-01-19", vec![solar(1, 19)]),
        ("2034-01-20", vec![solar(1, 20), lunar(12, 1)]),
        // Outside the lunar tables.
        ("1901-02-18", vec![solar(2, 18)]),
    ] {
        assert_eq!(Birthday::kept_on(day(on)), kept, "{on}");
    }
}

#[test]
fn every_birthday_is_kept_on_the_very_days_that_it_comes_to_next() {
    let (first, last) = (day("2020-01-01"), day("2044-12-31"));
    let months = 1..=12_i8;
    let all = months.flat_map(|month| {
        let solar_days = Date::new(2000, month, 1).unwrap().days_in_month();
        let solar = (1..=solar_days).map(move |day| solar(month, day));
        solar.chain((1..=30).map(move |day| lunar(month, day)))
    });
    let parts = |birthday| match birthday {
        Birthday::Solar { month, day } => ("solar", month, day),
        Birthday::Lunar { month, day } => ("lunar", month, day),
    };
    let mut next = BTreeSet::new();
    for birthday in all {
        let mut on = birthday.next(first).unwrap();
        while on <= last {
            next.insert((on, parts(birthday)));
            on = birthday.next(on.tomorrow().unwrap()).unwrap();
        }
    }
    let mut kept = BTreeSet::new();
    let mut on = first;
    while on <= last {
        kept.extend(Birthday::kept_on(on).into_iter().map(|b| (on, parts(b))));
        on = on.tomorrow().unwrap();
    }
    assert!(
        next == kept,
        "{:?}",
        next.symmetric_difference(&kept).take(5).collect::<Vec<_>>()
    );
}

#[test]
fn what_age_is_turned_on_a_birthday() {
    for (born, kept, on, full, nominal) in [
        ("1936-11-22", solar(11, 22), "2026-11-22", 90, 91),
        ("1936-02-29", SOLAR_29_FEBRUARY, "2026-02-28", 90, 91),
        // 1935-01-20 lies in lunar 1934, and January 2024 in lunar 2023.
        ("1935-01-20", lunar(12, 16), "2024-01-26", 89, 90),
        ("1935-01-20", solar(1, 20), "2024-01-20", 89, 90),
        // Born in the leap third month of 1936; the ordinary one comes before the solar birthday.
        ("1936-05-01", lunar(3, 11), "2026-04-27", 90, 91),
    ] {
        let turned = turning(day(born), kept, day(on), &rules().birthday);
        let ages = (turned.full_age, turned.nominal_age);
        assert_eq!(ages, (Some(full), Some(nominal)), "{born} on {on}");
    }
}

#[test]
fn a_named_age_makes_one_birthday_important_and_only_one() {
    let (full, nominal) = (AgeBasis::Full, AgeBasis::Nominal);
    for (born, kept, age, on) in [
        ("1936-11-22", solar(11, 22), named(90, full), "2026-11-22"),
        (
            "1936-11-22",
            solar(11, 22),
            named(90, nominal),
            "2025-11-22",
        ),
        (
            "1936-02-29",
            SOLAR_29_FEBRUARY,
            named(90, full),
            "2026-02-28",
        ),
        ("1935-01-20", lunar(12, 16), named(90, full), "2025-01-15"),
        (
            "1935-01-20",
            lunar(12, 16),
            named(90, nominal),
            "2024-01-26",
        ),
        ("1936-05-01", lunar(3, 11), named(90, full), "2026-04-27"),
        // From 2024-02-01 to 2025-02-01 there are two lunar new years: 89 and 90 come at once …
        ("1936-02-01", solar(2, 1), named(89, nominal), "2025-02-01"),
        // … and from then to 2026-02-01 there is none: 90 is kept the first time.
        ("1936-02-01", solar(2, 1), named(90, nominal), "2025-02-01"),
        // Born on 30 of a lunar month that is short in the year.
        ("1936-02-22", lunar(1, 30), named(88, full), "2024-03-09"),
    ] {
        let rules = only(age);
        let mut found = vec![];
        let mut next = kept.next(day("2015-01-01")).unwrap();
        while next < day("2036-01-01") {
            if turning(day(born), kept, next, &rules).named.is_some() {
                found.push(next);
            }
            next = kept.next(next.tomorrow().unwrap()).unwrap();
        }
        assert_eq!(found, [day(on)], "{born} {age:?}");
    }
}

#[test]
fn the_named_ages_are_those_of_the_rules() {
    let on = |on| turning(day("1936-11-22"), solar(11, 22), day(on), &rules().birthday).named;
    assert_eq!(on("2026-11-22"), Some(named(90, AgeBasis::Full)));
    assert_eq!(on("2016-11-22"), Some(named(80, AgeBasis::Full)));
    assert_eq!(on("2027-11-22"), None);
}
