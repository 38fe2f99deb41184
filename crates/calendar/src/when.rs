use std::{fmt, str::FromStr};

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::Offset,
};
use serde::{Deserialize, Serialize};

/// Beijing time. China has had no daylight saving since 1991-09-15, so the fixed offset is exact
/// for every moment since then; earlier facts are known to the day only.
const SHANGHAI: Offset = Offset::constant(8);

/// The civil date in Asia/Shanghai at this moment.
pub fn civil_date(moment: Timestamp) -> Date {
    SHANGHAI.to_datetime(moment).date()
}

/// The time of day in Asia/Shanghai at this moment.
pub fn civil_time(moment: Timestamp) -> Time {
    SHANGHAI.to_datetime(moment).time()
}

/// The moment at which this civil date begins in Asia/Shanghai; `None` only for the first day of
/// year -9999, whose start no timestamp can hold.
pub fn shanghai_midnight(date: Date) -> Option<Timestamp> {
    SHANGHAI.to_timestamp(date.at(0, 0, 0, 0)).ok()
}

/// When something happened, no more exactly than it is known: a ledger gives a day, a message a
/// moment. Written as `2024-10-07` or as `2016-02-19T00:43:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Some time on this civil date of Asia/Shanghai.
    Day(Date),
    /// This very moment.
    At(Timestamp),
}

impl When {
    /// The civil date in Asia/Shanghai.
    pub fn date(self) -> Date {
        match self {
            When::Day(date) => date,
            When::At(moment) => civil_date(moment),
        }
    }

    /// The earliest moment it can have been: a day counts from its midnight.
    pub fn earliest(self) -> Timestamp {
        match self {
            When::Day(date) => shanghai_midnight(date).unwrap_or(Timestamp::MIN),
            When::At(moment) => moment,
        }
    }

    /// Whether it surely lies after `now`: a day does so only when it has not begun.
    pub fn is_after(self, now: Timestamp) -> bool {
        self.earliest() > now
    }
}

/// Beijing time for people: `2024-10-07` or `2016-02-19 08:43:00`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(date) => write!(f, "{date}"),
            When::At(moment) => {
                let t = SHANGHAI.to_datetime(*moment);
                write!(
                    f,
                    "{} {:02}:{:02}:{:02}",
                    t.date(),
                    t.hour(),
                    t.minute(),
                    t.second()
                )
            }
        }
    }
}

errors! {
    /// Why a text is no [`When`].
    #[derive(Copy)]
    pub enum WhenError {
        /// Neither a civil date nor an RFC 3339 moment.
        Malformed = "when_malformed",
            "neither a date such as 2024-10-07 nor a moment such as 2016-02-19T00:43:00Z: write it like one of them",
            "既不是 2024-10-07 这样的日期，也不是 2016-02-19T00:43:00Z 这样的时刻，请按其一填写";
    }
}

impl FromStr for When {
    type Err = WhenError;

    /// Reads the stored form: `2024-10-07`, or a moment with its offset (RFC 3339).
    fn from_str(text: &str) -> Result<Self, WhenError> {
        if text.len() == 10 {
            text.parse()
                .map(When::Day)
                .map_err(|_| WhenError::Malformed)
        } else {
            text.parse().map(When::At).map_err(|_| WhenError::Malformed)
        }
    }
}

impl Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            When::Day(date) => date.serialize(serializer),
            When::At(moment) => moment.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::as_text::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_keeps_its_precision_and_a_moment_its_own() {
        for text in ["2024-10-07", "2016-02-19T00:43:00Z"] {
            let when: When = text.parse().unwrap();
            let json = serde_json::to_string(&when).unwrap();
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<When>(&json).unwrap(), when);
        }
        assert_eq!(
            "2016-02-19T00:43:00Z".parse::<When>().unwrap().to_string(),
            "2016-02-19 08:43:00"
        );
        assert!("2024-13-07".parse::<When>().is_err());
        assert!("yesterday".parse::<When>().is_err());
    }

    #[test]
    fn the_civil_date_is_that_of_beijing() {
        let late_evening_in_london: When = "2023-12-31T16:00:00Z".parse().unwrap();
        assert_eq!(late_evening_in_london.date().to_string(), "2024-01-01");
        let midnight = civil_time("2023-12-31T16:00:00Z".parse().unwrap());
        assert_eq!(midnight.to_string(), "00:00:00");
    }

    #[test]
    fn today_is_not_in_the_future_and_tomorrow_is() {
        let now: Timestamp = "2026-05-01T01:00:00Z".parse().unwrap();
        assert!(!"2026-05-01".parse::<When>().unwrap().is_after(now));
        assert!("2026-05-02".parse::<When>().unwrap().is_after(now));
        assert!(
            "2026-05-01T01:00:01Z"
                .parse::<When>()
                .unwrap()
                .is_after(now)
        );
    }
}
