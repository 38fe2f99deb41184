//! What is known about a person.

use domain::cadre::{
    Approval, Birthday, Field, Living, Mobility, Profile, Retirement, Sex, Survivor,
};

use crate::{
    fields::{Fields, words},
    pb,
};

words! {
    pb::Sex = Sex { Male, Female }
    pb::Mobility = Mobility { Independent, NeedsHelp, UnableToCareForSelf }
}

pub(crate) fn profile(f: &Fields<'_>, asked: pb::Profile) -> Option<Profile> {
    let name = f.text("name", &asked.name);
    let former_name = f.optional_text("former_name", &asked.former_name);
    let sex = f.optional_word("sex", asked.sex);
    let ethnicity = f.optional_text("ethnicity", &asked.ethnicity);
    let native_place = f.optional_text("native_place", &asked.native_place);
    let id_number = f.optional_id_number("id_number", &asked.id_number);
    let born_on = f.optional_date("born_on", &asked.born_on);
    let birthday = birthday(f, asked.birthday);
    let work_unit = f.optional_text("work_unit", &asked.work_unit);
    let post = f.optional_text("post", &asked.post);
    let rank = f.optional_text("rank", &asked.rank);
    let joined_work_on = f.optional_date("joined_work_on", &asked.joined_work_on);
    let retired_on = f.optional_date("retired_on", &asked.retired_on);
    let branch = f.optional_text("branch", &asked.branch);
    let residence = f.optional_text("residence", &asked.residence);
    let community = f.optional_text("community", &asked.community);
    let phone = f.optional_text("phone", &asked.phone);
    let emergency_contact = f.optional_text("emergency_contact", &asked.emergency_contact);
    let medical_insurance = f.optional_text("medical_insurance", &asked.medical_insurance);
    let special_conditions = f.optional_text("special_conditions", &asked.special_conditions);
    Some(Profile {
        name: name?,
        former_name: former_name?,
        sex: sex?,
        ethnicity: ethnicity?,
        native_place: native_place?,
        id_number: id_number?,
        born_on: born_on?,
        birthday: birthday?,
        work_unit: work_unit?,
        post: post?,
        rank: rank?,
        joined_work_on: joined_work_on?,
        retired_on: retired_on?,
        branch: branch?,
        residence: residence?,
        community: community?,
        phone: phone?,
        emergency_contact: emergency_contact?,
        medical_insurance: medical_insurance?,
        special_conditions: special_conditions?,
    })
}

pub(super) fn field(f: &Fields<'_>, asked: pb::Field) -> Option<Field> {
    use pb::field::Field as Asked;
    let Some(asked) = asked.field else {
        return f.missing("field");
    };
    Some(match asked {
        Asked::Name(v) => Field::Name(f.text("name", &v)?),
        Asked::FormerName(v) => Field::FormerName(f.optional_text("former_name", &v)?),
        Asked::Sex(v) => Field::Sex(f.optional_word("sex", v)?),
        Asked::Ethnicity(v) => Field::Ethnicity(f.optional_text("ethnicity", &v)?),
        Asked::NativePlace(v) => Field::NativePlace(f.optional_text("native_place", &v)?),
        Asked::IdNumber(v) => Field::IdNumber(f.optional_id_number("id_number", &v)?),
        Asked::BornOn(v) => Field::BornOn(f.optional_date("born_on", &v)?),
        Asked::Birthday(v) => Field::Birthday(birthday(f, Some(v))?),
        Asked::WorkUnit(v) => Field::WorkUnit(f.optional_text("work_unit", &v)?),
        Asked::Post(v) => Field::Post(f.optional_text("post", &v)?),
        Asked::Rank(v) => Field::Rank(f.optional_text("rank", &v)?),
        Asked::JoinedWorkOn(v) => Field::JoinedWorkOn(f.optional_date("joined_work_on", &v)?),
        Asked::RetiredOn(v) => Field::RetiredOn(f.optional_date("retired_on", &v)?),
        Asked::Branch(v) => Field::Branch(f.optional_text("branch", &v)?),
        Asked::Residence(v) => Field::Residence(f.optional_text("residence", &v)?),
        Asked::Community(v) => Field::Community(f.optional_text("community", &v)?),
        Asked::Phone(v) => Field::Phone(f.optional_text("phone", &v)?),
        Asked::EmergencyContact(v) => {
            Field::EmergencyContact(f.optional_text("emergency_contact", &v)?)
        }
        Asked::MedicalInsurance(v) => {
            Field::MedicalInsurance(f.optional_text("medical_insurance", &v)?)
        }
        Asked::SpecialConditions(v) => {
            Field::SpecialConditions(f.optional_text("special_conditions", &v)?)
        }
    })
}

fn birthday(f: &Fields<'_>, asked: Option<pb::Birthday>) -> Option<Option<Birthday>> {
    use pb::birthday::Calendar;
    let read = |f: &Fields<'_>, name: &str, asked: pb::MonthDay, last: i32| {
        f.message(name, Some(asked), |f, asked| {
            let month = f.number::<i8>("month", asked.month, (1, 12));
            let day = f.number::<i8>("day", asked.day, (1, last));
            month.zip(day)
        })
    };
    f.optional_message(
        "birthday",
        asked.and_then(|asked| asked.calendar),
        |f, asked| match asked {
            Calendar::Solar(asked) => {
                read(f, "solar", asked, 31).map(|(month, day)| Birthday::Solar { month, day })
            }
            Calendar::Lunar(asked) => {
                read(f, "lunar", asked, 30).map(|(month, day)| Birthday::Lunar { month, day })
            }
        },
    )
}

pub(super) fn retirement(f: &Fields<'_>, asked: pb::Retirement) -> Option<Retirement> {
    use pb::retirement::Status;
    match asked.status {
        None => f.missing("status"),
        Some(Status::Tuixiu(pb::Tuixiu {})) => Some(Retirement::Tuixiu),
        Some(Status::Lixiu(asked)) => f.message("lixiu", Some(asked), |f, asked| {
            let joined_revolution_on = f.date("joined_revolution_on", &asked.joined_revolution_on);
            let approval = f.optional_message("approval", asked.approval, approval);
            Some(Retirement::Lixiu {
                joined_revolution_on: joined_revolution_on?,
                approval: approval?,
            })
        }),
    }
}

pub(super) fn approval(f: &Fields<'_>, asked: pb::Approval) -> Option<Approval> {
    let number = f.text("number", &asked.number);
    let on = f.date("on", &asked.on);
    Some(Approval {
        number: number?,
        on: on?,
    })
}

pub(crate) fn living(f: &Fields<'_>, asked: pb::Living) -> Option<Living> {
    let kind = match asked.living {
        None => return f.missing("kind"),
        Some(pb::living::Living::Other(words)) => {
            return f.text("other", &words).map(Living::Other);
        }
        Some(pb::living::Living::Kind(kind)) => kind,
    };
    match f.value("kind", kind)? {
        pb::LivingKind::Unspecified => f.missing("kind"),
        pb::LivingKind::Alone => Some(Living::Alone),
        pb::LivingKind::EmptyNest => Some(Living::EmptyNest),
        pb::LivingKind::WithSpouse => Some(Living::WithSpouse),
        pb::LivingKind::WithChildren => Some(Living::WithChildren),
        pb::LivingKind::WithCarer => Some(Living::WithCarer),
        pb::LivingKind::InCareHome => Some(Living::InCareHome),
    }
}

pub(super) fn survivor(f: &Fields<'_>, asked: pb::Survivor) -> Option<Survivor> {
    let name = f.text("name", &asked.name);
    let relation = f.text("relation", &asked.relation);
    let phone = f.optional_text("phone", &asked.phone);
    Some(Survivor {
        name: name?,
        relation: relation?,
        phone: phone?,
    })
}
