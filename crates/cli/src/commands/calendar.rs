use ::calendar::{
    Date, DateError, Deadline, LunarDate, Term, Why, chongyang, full_age, nominal_age,
    spring_festival,
};
use serde::Serialize;

use crate::{
    args,
    bureau::calendar_of,
    config::Config,
    failure::{Exit, Failure},
    output,
};

/// Counts days, ages and lunar dates; needs no bureau.
pub(crate) fn run(command: &args::Calendar, config: &Config) -> Result<(), Failure> {
    match command {
        args::Calendar::Due {
            start,
            days,
            working,
            extend,
        } => {
            let calendar = calendar_of(config)?;
            let term = |n| {
                if *working {
                    Term::WorkingDays(n)
                } else {
                    Term::Days(n)
                }
            };
            let due = calendar.due(date(start)?, term(*days), extend.map(term))?;
            output::print(config.format, &due, deadline_table)
        }
        args::Calendar::Age { born, on } => {
            let on = match on {
                Some(on) => date(on)?,
                None => ::calendar::civil_date(app::Clock::now(&app::SystemClock::default())),
            };
            output::print(config.format, &Age::of(date(born)?, on)?, age_table)
        }
        args::Calendar::Lunar {
            date: given,
            to_solar,
            leap,
        } => {
            let lunar = if *to_solar {
                let (year, month, day) = lunar_parts(given)?;
                LunarDate::new(year, month, *leap, day)?
            } else {
                LunarDate::from_solar(date(given)?)?
            };
            output::print(config.format, &Lunar::of(lunar)?, lunar_table)
        }
    }
}

pub(super) fn date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| {
        Failure::new(
            Exit::Refused,
            "no_such_date",
            format!("{text} is no date: write it as 2024-08-02"),
            format!("{text} 不是有效日期，请写成 2024-08-02 的形式"),
        )
    })
}

/// A lunar date may have a thirtieth of the second month, so it is not read as a civil one.
fn lunar_parts(text: &str) -> Result<(i16, i8, i8), Failure> {
    let parts: Vec<&str> = text.split('-').collect();
    let malformed = || {
        Failure::new(
            Exit::Refused,
            "no_such_date",
            format!("{text} is no lunar date: write it as 2033-11-15"),
            format!("{text} 不是有效的农历日期，请写成 2033-11-15 的形式"),
        )
    };
    let [year, month, day] = parts[..] else {
        return Err(malformed());
    };
    match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => Ok((year, month, day)),
        _ => Err(malformed()),
    }
}

impl From<DateError> for Failure {
    fn from(error: DateError) -> Self {
        Failure::new(Exit::Refused, error.code(), error.to_string(), error.zh())
    }
}

fn deadline_table(due: &Deadline) -> String {
    let why = |why: &Why| match why {
        Why::Weekend => "周末".to_owned(),
        Why::DayOff(name) => format!("放假：{name}"),
        Why::NotCounted(why) => format!("不计入期限：{why}"),
    };
    let days = due
        .skipped
        .iter()
        .map(|s| [s.date.to_string(), why(&s.why)]);
    let skipped = match due.skipped.is_empty() {
        true => String::new(),
        false => format!("\n{}", output::table(["不计的日子", "原因"], days)),
    };
    let provisional = if due.provisional {
        "（暂定：日历尚未公布）"
    } else {
        ""
    };
    format!(
        "届满日   {}\n顺延后   {}{provisional}\n依据     {}\n日历     {}{skipped}",
        due.raw, due.rolled, due.rule, due.calendar
    )
}

/// Both ages of a person on a day.
#[derive(Debug, Serialize)]
struct Age {
    born: Date,
    on: Date,
    /// 周岁.
    full: i16,
    /// 虚岁.
    nominal: i16,
}

impl Age {
    fn of(born: Date, on: Date) -> Result<Self, Failure> {
        Ok(Age {
            born,
            on,
            full: full_age(born, on),
            nominal: nominal_age(born, on)?,
        })
    }
}

fn age_table(age: &Age) -> String {
    format!("{} 时：周岁 {}，虚岁 {}", age.on, age.full, age.nominal)
}

/// A lunar date, its civil date, and the feasts of its year.
#[derive(Debug, Serialize)]
struct Lunar {
    solar: Date,
    lunar: LunarParts,
    spring_festival: Date,
    chongyang: Date,
}

#[derive(Debug, Serialize)]
struct LunarParts {
    year: i16,
    month: i8,
    leap: bool,
    day: i8,
}

impl Lunar {
    fn of(date: LunarDate) -> Result<Self, Failure> {
        Ok(Lunar {
            solar: date.to_solar(),
            lunar: LunarParts {
                year: date.year(),
                month: date.month(),
                leap: date.is_leap(),
                day: date.day(),
            },
            spring_festival: spring_festival(date.year())?,
            chongyang: chongyang(date.year())?,
        })
    }
}

fn lunar_table(lunar: &Lunar) -> String {
    let LunarParts {
        year,
        month,
        leap,
        day,
    } = lunar.lunar;
    let leap = if leap { "闰" } else { "" };
    format!(
        "公历 {} = 农历 {year} 年{leap}{month} 月 {day} 日；该农历年春节 {}，重阳 {}",
        lunar.solar, lunar.spring_festival, lunar.chongyang
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_printed_with_the_keys_that_programs_read() {
        let due = ::calendar::Calendar::bundled()
            .unwrap()
            .due(
                "2024-08-02".parse().unwrap(),
                Term::Days(60),
                Some(Term::Days(30)),
            )
            .unwrap();
        let json = serde_json::to_value(&due).unwrap();
        assert_eq!(json["raw"], "2024-10-31");
        for key in [
            "raw",
            "rolled",
            "provisional",
            "skipped",
            "rule",
            "calendar",
        ] {
            assert!(json.get(key).is_some(), "{key}");
        }
    }

    #[test]
    fn a_lunar_thirtieth_of_the_second_month_is_read() {
        assert_eq!(lunar_parts("2024-2-30").unwrap(), (2024, 2, 30));
        assert!(lunar_parts("2024-2").is_err());
    }
}
