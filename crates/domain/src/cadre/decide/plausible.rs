//! What no life can hold, however the file came by it. Merely unlikely dates are taken: files have
//! errors that only another file can settle. That is also why neither the sex nor the birth date in
//! an ID number must agree with the recognised ones.

use calendar::{Date, When};

use crate::cadre::{Birthday, CadreRejection, Retirement, record::Record};

/// Whether the dates of a record can all be true on this day.
pub(super) fn check(record: &Record, today: Date) -> Result<(), CadreRejection> {
    let profile = &record.profile;
    let (joined_revolution_on, approved_on) = match record.retirement() {
        Some(Retirement::Lixiu {
            joined_revolution_on,
            approval,
        }) => (Some(*joined_revolution_on), approval.as_ref().map(|a| a.on)),
        Some(Retirement::Tuixiu) | None => (None, None),
    };
    let party = record.party.as_ref();
    let joined_party_on = party.map(|p| p.joined_on);
    let full_member_on = party.and_then(|p| p.full_member_on);
    let standing_starts_on = party.and_then(|p| p.standing_starts_on);

    // A retirement may be planned; everything else has happened.
    let past = [
        profile.born_on,
        profile.joined_work_on,
        approved_on,
        joined_party_on,
        full_member_on,
        standing_starts_on,
        record.died_on(),
    ];
    if let Some(date) = past.into_iter().flatten().find(|date| *date > today) {
        return Err(CadreRejection::InTheFuture {
            date: When::Day(date),
        });
    }

    let in_life = [
        profile.joined_work_on,
        profile.retired_on,
        joined_revolution_on,
        joined_party_on,
        standing_starts_on,
        record.died_on(),
    ];
    if let Some(born_on) = profile.born_on
        && let Some(date) = in_life.into_iter().flatten().find(|date| *date < born_on)
    {
        return Err(CadreRejection::BeforeBirth { date });
    }

    if let (Some(joined_work_on), Some(retired_on)) = (profile.joined_work_on, profile.retired_on)
        && retired_on < joined_work_on
    {
        return Err(CadreRejection::RetiredBeforeWork {
            retired_on,
            joined_work_on,
        });
    }
    if let (Some(joined_on), Some(full_member_on)) = (joined_party_on, full_member_on)
        && full_member_on < joined_on
    {
        return Err(CadreRejection::FullMemberBeforeJoined {
            joined_on,
            full_member_on,
        });
    }
    match profile.birthday {
        Some(birthday) => exists(birthday),
        None => Ok(()),
    }
}

/// Whether some year has this day; 29 February and the thirtieth of any lunar month do exist.
fn exists(birthday: Birthday) -> Result<(), CadreRejection> {
    let (month, day, longest) = match birthday {
        Birthday::Solar { month, day } => (month, day, longest_solar_month(month)),
        Birthday::Lunar { month, day } => (month, day, (1..=12).contains(&month).then_some(30)),
    };
    match longest {
        Some(longest) if (1..=longest).contains(&day) => Ok(()),
        Some(_) | None => Err(CadreRejection::NoSuchBirthday { month, day }),
    }
}

/// How many days the month has in a leap year.
fn longest_solar_month(month: i8) -> Option<i8> {
    Date::new(2000, month, 1).ok().map(Date::days_in_month)
}
