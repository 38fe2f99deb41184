//! What comes round by itself.

use calendar::{Date, LunarDate, lunar_birthday};

use super::{Life, Person, SINCE};

const SPRING_FESTIVALS: [Date; 4] = [
    Date::constant(2024, 2, 10),
    Date::constant(2025, 1, 29),
    Date::constant(2026, 2, 17),
    Date::constant(2027, 2, 6),
];
const NAMED_AGES: [i16; 7] = [60, 70, 80, 90, 100, 105, 110];

impl Life {
    /// What comes round on a day.
    pub(super) fn look(&mut self, day: Date) {
        if day < SINCE {
            return;
        }
        let feast = SPRING_FESTIVALS.into_iter().find(|feast| *feast >= day);
        let feast = feast.filter(|feast| left(day, *feast) <= 30);
        let month_ends = day.last_of_month();
        let quarter = (day.month() - 1) / 3 + 1;
        let quarter_ends = Date::constant(day.year(), quarter * 3, 1).last_of_month();
        let of_month = day.day() == 1 || left(day, month_ends) >= 10;
        let first_of_quarter = day.day() == 1 && (day.month() - 1) % 3 == 0;
        let of_quarter = first_of_quarter || left(day, quarter_ends) >= 30;
        let month = format!("{:04}-{:02}", day.year(), day.month());
        let quarter = format!("{:04}-Q{quarter}", day.year());
        let living = |person: &&Person| person.died.is_none() && person.kept_as.is_none();
        for (id, person) in self.people.iter().filter(|(_, person)| living(person)) {
            let mut raise = |rule: &str, key: &str| {
                let duty = format!("{id}-{rule}-{key}");
                self.triggers.entry(duty).or_default();
            };
            let aged = person.born.is_some_and(|born| age(born, day) >= 80);
            let in_need = aged || person.alone || person.unable;
            if person.lixiu && of_month {
                raise("lixiu_contact", &month);
            }
            if person.lixiu && of_quarter {
                raise("lixiu_visit", &quarter);
            }
            if in_need && of_quarter {
                raise("care_visit", &quarter);
            }
            if let Some(feast) = feast
                && (person.lixiu || in_need)
            {
                raise("spring_festival_visit", &feast.to_string());
            }
            if let Some(checked) = person.checked.filter(|checked| left(*checked, day) > 90)
                && person.lixiu
            {
                raise("record_check", &checked.to_string());
            }
            if let Some((event, admitted)) = &person.stay
                && let Some(months) = months(*admitted, day)
            {
                raise("long_stay_visit", &format!("{event}-{months}"));
            }
            if let Some((event, first, due)) = &person.review
                && *first <= day
                && left(day, *due) <= 14
            {
                raise("plan_review", event);
            }
            if let Some(birthday) = important_birthday(person, day) {
                raise("birthday_visit", &birthday.to_string());
            }
        }
    }
}

/// Calendar days from one to another.
fn left(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// 周岁: born on 29 February, a year older on the 28th of a common year.
fn age(born: Date, on: Date) -> i16 {
    let years = on.year() - born.year();
    years - i16::from(on < solar(on.year(), born.month(), born.day()))
}

fn solar(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or_else(|_| Date::constant(year, month, 28))
}

/// How many months are over since an admission; nothing before the first.
fn months(since: Date, day: Date) -> Option<i32> {
    let months = i32::from(day.year() - since.year()) * 12 + i32::from(day.month() - since.month());
    let comes = since.day().min(day.last_of_month().day());
    let over = months - i32::from(day.day() < comes);
    (over >= 1).then_some(over)
}

/// The birthday of a named age that lies in the seven days ahead.
fn important_birthday(person: &Person, day: Date) -> Option<Date> {
    let (born, (is_lunar, month, of_month)) = (person.born?, person.birthday?);
    if is_lunar {
        let year = LunarDate::from_solar(day).unwrap().year();
        let kept = |year| lunar_birthday(year, month, of_month).unwrap();
        let (on, year) = [year, year + 1]
            .map(|year| (kept(year), year))
            .into_iter()
            .find(|(on, _)| *on >= day)?;
        // Years of life by the lunar calendar, over on the lunar day of birth.
        let birth = LunarDate::from_solar(born).unwrap();
        let over = |on: Date, year: i16| {
            let turned = lunar_birthday(year, birth.month(), birth.day()).unwrap();
            year - birth.year() - i16::from(on < turned)
        };
        let (now, before) = (over(on, year), over(kept(year - 1), year - 1));
        let named = NAMED_AGES.iter().any(|age| before < *age && *age <= now);
        return (left(day, on) <= 7 && named).then_some(on);
    }
    let this_year = solar(day.year(), month, of_month);
    let on = if this_year >= day {
        this_year
    } else {
        solar(day.year() + 1, month, of_month)
    };
    let before = solar(on.year() - 1, month, of_month);
    let named = |named: &i16| age(born, before) < *named && *named <= age(born, on);
    (left(day, on) <= 7 && NAMED_AGES.iter().any(named)).then_some(on)
}
