//! Deadlines, ages and lunar dates.

use app::Error;
use calendar::{Date, DateError, Deadline, LunarDate, Skipped, Term, full_age, nominal_age};
use tonic::{Request, Response, Status};

use crate::{
    api::{Api, finish},
    fields::Fields,
    pb,
};

#[tonic::async_trait]
impl pb::calendar_service_server::CalendarService for Api {
    async fn get_deadline(
        &self,
        request: Request<pb::GetDeadlineRequest>,
    ) -> Result<Response<pb::GetDeadlineResponse>, Status> {
        let (_, ((start, runs), extension)) =
            self.asked(request, |f, asked: pb::GetDeadlineRequest| {
                let start = f.date("start", &asked.start);
                let runs = f.message("term", asked.term, term);
                let extension = f.optional_message("extension", asked.extension, term);
                start.zip(runs).zip(extension)
            })?;
        let due = self.app.calendar().due(start, runs, extension);
        let due = finish(due.map_err(|error| refused("term", error)))?;
        Ok(Response::new(deadline(due)))
    }

    async fn get_age(
        &self,
        request: Request<pb::GetAgeRequest>,
    ) -> Result<Response<pb::GetAgeResponse>, Status> {
        let (_, (born, on)) = self.asked(request, |f, asked: pb::GetAgeRequest| {
            f.date("born", &asked.born)
                .zip(f.optional_date("on", &asked.on))
        })?;
        let on = on.unwrap_or_else(|| self.app.today());
        Ok(Response::new(pb::GetAgeResponse {
            on: on.to_string(),
            full_age: full_age(born, on).into(),
            nominal_age: nominal_age(born, on).ok().map(i32::from),
        }))
    }

    async fn get_lunar_date(
        &self,
        request: Request<pb::GetLunarDateRequest>,
    ) -> Result<Response<pb::GetLunarDateResponse>, Status> {
        let (_, date) = self.asked(request, |f, asked: pb::GetLunarDateRequest| lunar(f, asked))?;
        let (field, lunar) = match date {
            Day::Solar(solar) => ("solar", LunarDate::from_solar(solar)),
            Day::Lunar {
                year,
                month,
                leap,
                day,
            } => ("lunar", LunarDate::new(year, month, leap, day)),
        };
        let lunar = finish(lunar.map_err(|error| refused(field, error)))?;
        Ok(Response::new(pb::GetLunarDateResponse {
            solar: lunar.to_solar().to_string(),
            lunar: Some(pb::LunarDate {
                year: lunar.year().into(),
                month: lunar.month().into(),
                leap: lunar.is_leap(),
                day: lunar.day().into(),
            }),
        }))
    }
}

/// A day in one of the two calendars.
enum Day {
    Solar(Date),
    Lunar {
        year: i16,
        month: i8,
        leap: bool,
        day: i8,
    },
}

/// A hundred years: no rule has a longer term, and each day is looked at.
const LONGEST: u32 = 36_500;

pub(crate) fn shown_term(term: Term) -> pb::Term {
    use pb::term::Length;
    let length = match term {
        Term::Days(n) => Length::Days(n),
        Term::WorkingDays(n) => Length::WorkingDays(n),
        Term::Months(n) => Length::Months(n),
        Term::Years(n) => Length::Years(n),
    };
    pb::Term {
        length: Some(length),
    }
}

pub(crate) fn term(f: &Fields<'_>, asked: pb::Term) -> Option<Term> {
    use pb::term::Length;
    let (name, length, term): (_, _, fn(u32) -> Term) = match asked.length {
        None => return f.missing("length"),
        Some(Length::Days(n)) => ("days", n, Term::Days),
        Some(Length::WorkingDays(n)) => ("working_days", n, Term::WorkingDays),
        Some(Length::Months(n)) => ("months", n, Term::Months),
        Some(Length::Years(n)) => ("years", n, Term::Years),
    };
    if length > LONGEST {
        let (en, zh) = (format!("it is over {LONGEST}"), format!("超过 {LONGEST}"));
        f.fault(name, en, zh);
        return None;
    }
    Some(term(length))
}

fn lunar(f: &Fields<'_>, asked: pb::GetLunarDateRequest) -> Option<Day> {
    use pb::get_lunar_date_request::Date as Asked;
    match asked.date {
        None => f.missing("date"),
        Some(Asked::Solar(date)) => f.date("solar", &date).map(Day::Solar),
        Some(Asked::Lunar(date)) => f.message("lunar", Some(date), |f, date| {
            let year = f.year("year", date.year);
            let month = f.number("month", date.month, (1, 12));
            let day = f.number("day", date.day, (1, 30));
            Some(Day::Lunar {
                year: year?,
                month: month?,
                leap: date.leap,
                day: day?,
            })
        }),
    }
}

pub(crate) fn skipped(Skipped { date, why }: Skipped) -> pb::Skipped {
    pb::Skipped {
        date: date.to_string(),
        why: why.to_string(),
    }
}

fn deadline(due: Deadline) -> pb::GetDeadlineResponse {
    pb::GetDeadlineResponse {
        raw: due.raw.to_string(),
        rolled: due.rolled.to_string(),
        provisional: due.provisional,
        skipped: due.skipped.into_iter().map(skipped).collect(),
        rule: due.rule,
        calendar: due.calendar,
    }
}

fn refused(field: &str, error: DateError) -> Error {
    Error::invalid(field, &error.to_string(), &error.zh())
}
