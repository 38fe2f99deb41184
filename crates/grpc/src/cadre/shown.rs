//! A person's particulars as they are shown.

use domain::cadre::{Approval, Birthday, Living, Profile, Retirement, Survivor};

use crate::{
    fields::{Word, shown},
    pb,
};

pub(crate) fn profile(known: Profile) -> pb::Profile {
    pb::Profile {
        name: known.name.into(),
        former_name: shown(known.former_name),
        sex: known.sex.map(Word::write).unwrap_or_default(),
        ethnicity: shown(known.ethnicity),
        native_place: shown(known.native_place),
        id_number: known
            .id_number
            .map(|number| number.as_str().to_owned())
            .unwrap_or_default(),
        born_on: shown(known.born_on),
        birthday: known.birthday.map(birthday),
        work_unit: shown(known.work_unit),
        post: shown(known.post),
        rank: shown(known.rank),
        joined_work_on: shown(known.joined_work_on),
        retired_on: shown(known.retired_on),
        branch: shown(known.branch),
        residence: shown(known.residence),
        community: shown(known.community),
        phone: shown(known.phone),
        emergency_contact: shown(known.emergency_contact),
        medical_insurance: shown(known.medical_insurance),
        special_conditions: shown(known.special_conditions),
    }
}

pub(crate) fn birthday(known: Birthday) -> pb::Birthday {
    use pb::birthday::Calendar;
    let month_day = |month: i8, day: i8| pb::MonthDay {
        month: month.into(),
        day: day.into(),
    };
    let calendar = match known {
        Birthday::Solar { month, day } => Calendar::Solar(month_day(month, day)),
        Birthday::Lunar { month, day } => Calendar::Lunar(month_day(month, day)),
    };
    pb::Birthday {
        calendar: Some(calendar),
    }
}

pub(crate) fn retirement(known: Retirement) -> pb::Retirement {
    use pb::retirement::Status;
    let status = match known {
        Retirement::Tuixiu => Status::Tuixiu(pb::Tuixiu {}),
        Retirement::Lixiu {
            joined_revolution_on,
            approval: document,
        } => Status::Lixiu(pb::Lixiu {
            joined_revolution_on: joined_revolution_on.to_string(),
            approval: document.map(approval),
        }),
    };
    pb::Retirement {
        status: Some(status),
    }
}

pub(crate) fn approval(known: Approval) -> pb::Approval {
    pb::Approval {
        number: known.number.into(),
        on: known.on.to_string(),
    }
}

pub(crate) fn living(known: Living) -> pb::Living {
    use pb::{LivingKind as Kind, living::Living as Shown};
    let kind = |kind: Kind| Shown::Kind(kind.into());
    let living = match known {
        Living::Alone => kind(Kind::Alone),
        Living::EmptyNest => kind(Kind::EmptyNest),
        Living::WithSpouse => kind(Kind::WithSpouse),
        Living::WithChildren => kind(Kind::WithChildren),
        Living::WithCarer => kind(Kind::WithCarer),
        Living::InCareHome => kind(Kind::InCareHome),
        Living::Other(words) => Shown::Other(words.into()),
    };
    pb::Living {
        living: Some(living),
    }
}

pub(crate) fn survivor(known: Survivor) -> pb::Survivor {
    pb::Survivor {
        name: known.name.into(),
        relation: known.relation.into(),
        phone: shown(known.phone),
    }
}
