//! Reads the file of days off and make-up workdays; the documentation of the crate shows the format.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::civil::Date;

use crate::calendar::{Calendar, Change, Published, is_weekend};

errors! {
    /// Why a calendar file is refused.
    pub enum CalendarError {
        /// A line of the head is missing.
        HeadMissing { key: &'static str, example: &'static str } = "calendar_head_missing",
            "the calendar file does not say its {key}: add the line `# {key}: {example}` at its top",
            "日历文件缺少 {key}：请在文件开头加入一行 `# {key}: {example}`";
        /// A line of the head that no edition has.
        HeadUnknown { line: usize } = "calendar_head_unknown",
            "line {line} of the calendar file starts with # but is none of version, published, covers, source: correct or delete it",
            "日历文件第{line}行以 # 开头，但不是 version、published、covers、source 之一：请更正或删除该行";
        /// A line of the head given twice.
        HeadRepeated { line: usize, key: &'static str } = "calendar_head_repeated",
            "line {line} of the calendar file gives {key} again: keep one of the two",
            "日历文件第{line}行重复给出 {key}：请只保留一行";
        /// A value of the head that cannot be read.
        HeadMalformed { line: usize, key: &'static str, example: &'static str } = "calendar_head_malformed",
            "line {line} of the calendar file cannot be read: write `# {key}: {example}`",
            "日历文件第{line}行无法识别：请写成 `# {key}: {example}`";
        /// Notices are for whole years, so a file that ends within one is cut off.
        CoversPartOfYear { line: usize } = "calendar_covers_part_of_year",
            "line {line} of the calendar file covers part of a year: let it begin on 1 January and end on 31 December of a published year",
            "日历文件第{line}行的范围不是整年：请从1月1日开始，到已公布年份的12月31日为止";
        /// The line that names the columns is missing.
        ColumnsMissing { line: usize } = "calendar_columns_missing",
            "line {line} of the calendar file must name the columns: write `date,kind,name` after the lines that start with #",
            "日历文件第{line}行应为列名：请在以 # 开头的各行之后写 `date,kind,name`";
        /// A line that is no day.
        RowMalformed { line: usize } = "calendar_row_malformed",
            "line {line} of the calendar file is not date,kind,name: write it like `2026-01-01,day_off,元旦`",
            "日历文件第{line}行不是“日期,类别,名称”：请写成 `2026-01-01,day_off,元旦`";
        /// A date that cannot be read.
        DateMalformed { line: usize } = "calendar_date_malformed",
            "line {line} of the calendar file has no date: write it like 2026-01-01",
            "日历文件第{line}行的日期无法识别：请写成 2026-01-01";
        /// Neither a day off nor a make-up workday.
        KindUnknown { line: usize } = "calendar_kind_unknown",
            "line {line} of the calendar file has an unknown kind: write `day_off` or `workday`",
            "日历文件第{line}行的类别无法识别：放假写 `day_off`，调休上班写 `workday`";
        /// One date on two lines.
        DateRepeated { line: usize, date: Date } = "calendar_date_repeated",
            "line {line} of the calendar file gives {date} again: keep one of the two lines",
            "日历文件第{line}行重复给出 {date}：请只保留一行";
        /// A date that the head does not promise.
        DateNotCovered { line: usize, date: Date, first: Date, last: Date } = "calendar_date_not_covered",
            "line {line} of the calendar file has {date}, but the file covers {first}..{last}: correct the date, or `covers` once the whole year is in the file",
            "日历文件第{line}行的 {date} 不在 {first}..{last} 范围内：请更正日期；如全年安排均已录入，请更正 covers";
        /// Only a Saturday or a Sunday can be worked in exchange.
        WorkdayInWeek { line: usize, date: Date } = "calendar_workday_in_week",
            "line {line} of the calendar file makes {date} a workday, but it is no Saturday or Sunday: correct the date",
            "日历文件第{line}行把 {date} 列为调休上班，但该日不是周六或周日：请更正日期";
        /// A year promised and not given.
        YearEmpty { year: i16 } = "calendar_year_empty",
            "the calendar file covers {year} but has no day off in it: add its days, or correct `covers`",
            "日历文件的范围包含{year}年，却没有该年的放假日：请补录，或更正 covers";
    }
}

const COLUMNS: &str = "date,kind,name";

/// The keys of the head, each with an example; all but the last must be there.
const VERSION: (&str, &str) = ("version", "cn-2026.1");
const PUBLISHED: (&str, &str) = ("published", "2025-11-04");
const COVERS: (&str, &str) = ("covers", "2004-01-01..2026-12-31");
const SOURCE: &str = "source";

#[derive(Default)]
struct Head {
    version: Option<String>,
    published: Option<Date>,
    covers: Option<RangeInclusive<Date>>,
    /// For people to read; only that it stands there once is looked at.
    source: Option<()>,
}

pub(crate) fn parse(text: &str) -> Result<Calendar, CalendarError> {
    // A spreadsheet program may put a byte order mark at the start and CR LF at the ends.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.trim_end()))
        .filter(|(_, line)| !line.is_empty());

    let mut head = Head::default();
    let mut columns = None;
    for (line, content) in lines.by_ref() {
        let Some(entry) = content.strip_prefix('#') else {
            columns = Some((line, content));
            break;
        };
        head.take(line, entry)?;
    }
    let (version, published, covers) = head.complete()?;
    match columns {
        Some((_, COLUMNS)) => {}
        Some((line, _)) => return Err(CalendarError::ColumnsMissing { line }),
        None => {
            let line = text.lines().count() + 1;
            return Err(CalendarError::ColumnsMissing { line });
        }
    }

    let mut days = BTreeMap::new();
    for (line, content) in lines {
        let (date, day) = row(line, content)?;
        if !covers.contains(&date) {
            let (first, last) = (*covers.start(), *covers.end());
            return Err(CalendarError::DateNotCovered {
                line,
                date,
                first,
                last,
            });
        }
        if day.change == Change::MakeUpWorkday && !is_weekend(date) {
            return Err(CalendarError::WorkdayInWeek { line, date });
        }
        if days.insert(date, day).is_some() {
            return Err(CalendarError::DateRepeated { line, date });
        }
    }
    let calendar = Calendar {
        version,
        published,
        covers,
        days,
        text: text.to_owned(),
    };
    match calendar.empty_year() {
        Some(year) => Err(CalendarError::YearEmpty { year }),
        None => Ok(calendar),
    }
}

impl Head {
    fn take(&mut self, line: usize, entry: &str) -> Result<(), CalendarError> {
        let unknown = CalendarError::HeadUnknown { line };
        let (key, value) = entry.split_once(':').ok_or(unknown.clone())?;
        let value = value.trim();
        let malformed = |(key, example)| CalendarError::HeadMalformed { line, key, example };
        let repeated = |key| CalendarError::HeadRepeated { line, key };
        match key.trim() {
            "version" => {
                let version = version(value).ok_or(malformed(VERSION))?;
                once(&mut self.version, version).ok_or(repeated(VERSION.0))
            }
            "published" => {
                let date = date(value).ok_or(malformed(PUBLISHED))?;
                once(&mut self.published, date).ok_or(repeated(PUBLISHED.0))
            }
            "covers" => {
                let covers = range(value).ok_or(malformed(COVERS))?;
                if (covers.start().month(), covers.start().day()) != (1, 1)
                    || (covers.end().month(), covers.end().day()) != (12, 31)
                {
                    return Err(CalendarError::CoversPartOfYear { line });
                }
                once(&mut self.covers, covers).ok_or(repeated(COVERS.0))
            }
            SOURCE => once(&mut self.source, ()).ok_or(repeated(SOURCE)),
            _ => Err(unknown),
        }
    }

    fn complete(self) -> Result<(String, Date, RangeInclusive<Date>), CalendarError> {
        let missing = |(key, example)| CalendarError::HeadMissing { key, example };
        Ok((
            self.version.ok_or(missing(VERSION))?,
            self.published.ok_or(missing(PUBLISHED))?,
            self.covers.ok_or(missing(COVERS))?,
        ))
    }
}

impl Calendar {
    /// Every year has days off: one without was promised and forgotten.
    fn empty_year(&self) -> Option<i16> {
        (self.covers.start().year()..=self.covers.end().year()).find(|year| {
            !self
                .days
                .iter()
                .any(|(date, day)| date.year() == *year && day.change == Change::DayOff)
        })
    }
}

fn row(line: usize, content: &str) -> Result<(Date, Published), CalendarError> {
    let malformed = CalendarError::RowMalformed { line };
    let mut fields = content.split(',').map(str::trim);
    let (Some(day), Some(kind), Some(name), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(malformed);
    };
    let date = date(day).ok_or(CalendarError::DateMalformed { line })?;
    let change = match kind {
        "day_off" => Change::DayOff,
        "workday" => Change::MakeUpWorkday,
        _ => return Err(CalendarError::KindUnknown { line }),
    };
    if name.is_empty() {
        return Err(malformed);
    }
    Ok((
        date,
        Published {
            change,
            name: name.to_owned(),
        },
    ))
}

fn once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// A word, so that it can stand in an event and in a file name.
fn version(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (!text.is_empty() && text.chars().all(fits)).then(|| text.to_owned())
}

/// `2026-01-01` and no other spelling.
fn date(text: &str) -> Option<Date> {
    text.parse()
        .ok()
        .filter(|date: &Date| date.to_string() == text)
}

fn range(text: &str) -> Option<RangeInclusive<Date>> {
    let (first, last) = text.split_once("..")?;
    let range = date(first.trim())?..=date(last.trim())?;
    (!range.is_empty()).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const FILE: &str = "\
# version: cn-2026.1
# published: 2025-11-04
# covers: 2026-01-01..2026-12-31
# source: the notice for 2026
date,kind,name
2026-01-01,day_off,元旦
2026-01-04,workday,元旦
";

    fn with(old: &str, new: &str) -> Result<Calendar, CalendarError> {
        assert!(FILE.contains(old), "{old}");
        parse(&FILE.replacen(old, new, 1))
    }

    #[test]
    fn a_file_saved_by_a_spreadsheet_program_is_the_same_file() {
        let plain = parse(FILE).unwrap();
        assert_eq!(
            parse(&format!("\u{feff}{}", FILE.replace('\n', "\r\n"))),
            Ok(plain.clone())
        );
        assert_eq!(parse(&format!("{FILE}\n\n")), Ok(plain.clone()));
        assert_eq!(with("# source: the notice for 2026\n", ""), Ok(plain));
    }

    #[test]
    fn each_fault_is_named_with_its_line() {
        use CalendarError::{
            ColumnsMissing, CoversPartOfYear, DateMalformed, DateNotCovered, DateRepeated,
            HeadMalformed, HeadMissing, HeadRepeated, HeadUnknown, KindUnknown, RowMalformed,
            WorkdayInWeek, YearEmpty,
        };
        let head = |line, (key, example)| HeadMalformed { line, key, example };
        let missing = |(key, example)| HeadMissing { key, example };
        let (first, last) = (date(2026, 1, 1), date(2026, 12, 31));
        for (old, new, error) in [
            ("# version: cn-2026.1\n", "", missing(VERSION)),
            ("# published: 2025-11-04\n", "", missing(PUBLISHED)),
            ("# covers: 2026-01-01..2026-12-31\n", "", missing(COVERS)),
            ("cn-2026.1", "", head(1, VERSION)),
            ("cn-2026.1", "two words", head(1, VERSION)),
            ("2025-11-04", "4 November", head(2, PUBLISHED)),
            ("..2026-12-31", "", head(3, COVERS)),
            (
                "2026-01-01..2026-12-31",
                "2026-12-31..2026-01-01",
                head(3, COVERS),
            ),
            ("..2026-12-31", "..2026-10-10", CoversPartOfYear { line: 3 }),
            ("# source", "# author", HeadUnknown { line: 4 }),
            ("# source:", "# source", HeadUnknown { line: 4 }),
            ("# source: the", "# version: the", head(4, VERSION)),
            (
                "# source: the notice for 2026",
                "# version: b",
                HeadRepeated {
                    line: 4,
                    key: "version",
                },
            ),
            ("date,kind,name\n", "", ColumnsMissing { line: 5 }),
            ("date,kind", "day,kind", ColumnsMissing { line: 5 }),
            (
                "2026-01-01,day_off,元旦",
                "2026-01-01,day_off",
                RowMalformed { line: 6 },
            ),
            (
                "2026-01-01,day_off,元旦",
                "2026-01-01,day_off,元旦,x",
                RowMalformed { line: 6 },
            ),
            (
                "2026-01-01,day_off,元旦",
                "2026-01-01,day_off, ",
                RowMalformed { line: 6 },
            ),
            ("2026-01-01,", "2026/1/1,", DateMalformed { line: 6 }),
            ("2026-01-01,", "20260101,", DateMalformed { line: 6 }),
            ("2026-01-01,", "2026-02-29,", DateMalformed { line: 6 }),
            ("day_off", "holiday", KindUnknown { line: 6 }),
            (
                "2026-01-04,workday",
                "2026-01-01,day_off",
                DateRepeated {
                    line: 7,
                    date: first,
                },
            ),
            (
                "2026-01-04,",
                "2026-01-05,",
                WorkdayInWeek {
                    line: 7,
                    date: date(2026, 1, 5),
                },
            ),
            (
                "2026-01-01,day_off",
                "2027-01-01,day_off",
                DateNotCovered {
                    line: 6,
                    date: date(2027, 1, 1),
                    first,
                    last,
                },
            ),
            ("..2026-12-31", "..2027-12-31", YearEmpty { year: 2027 }),
        ] {
            assert_eq!(with(old, new), Err(error), "{old} → {new}");
        }
        assert_eq!(parse(""), Err(missing(VERSION)));
    }

    #[test]
    fn a_file_cut_off_after_its_head_is_refused() {
        let (head, _) = FILE.split_once("date,").unwrap();
        assert_eq!(parse(head), Err(CalendarError::ColumnsMissing { line: 5 }));
        let (head, _) = FILE.split_once("2026-01-01,").unwrap();
        assert_eq!(parse(head), Err(CalendarError::YearEmpty { year: 2026 }));
    }

    #[test]
    fn an_error_speaks_both_languages_and_has_a_code() {
        let error = with("day_off", "holiday").unwrap_err();
        assert_eq!(error.code(), "calendar_kind_unknown");
        assert!(error.to_string().starts_with("line 6 of the calendar file"));
        assert!(error.zh().starts_with("日历文件第6行"));
    }
}
