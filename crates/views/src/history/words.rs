//! The Chinese terms of stored words.

use domain::{
    cadre::{Birthday, DuplicateDecision, Field, Living, Mobility, Sex, StandingBasis},
    medal::AfterDeath,
    petition::Channel,
    visit::{Mode, Purpose},
};

pub(super) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Home => "上门",
        Mode::Hospital => "医院探望",
        Mode::Phone => "电话",
        Mode::Wechat => "微信",
        Mode::Sms => "短信",
        Mode::Elsewhere => "其他地点",
    }
}

pub(super) fn purpose(purpose: &Purpose) -> &str {
    match purpose {
        Purpose::Hospitalisation => "住院",
        Purpose::Birthday => "生日",
        Purpose::SpringFestival => "春节慰问",
        Purpose::Dispute => "矛盾纠纷",
        Purpose::Hardship => "生活困难",
        Purpose::Death => "去世吊唁",
        Purpose::Chongyang => "重阳节慰问",
        Purpose::JulyFirst => "七一慰问",
        Purpose::NationalDay => "国庆慰问",
        Purpose::Routine => "日常走访",
        Purpose::Other(words) => words,
    }
}

pub(super) fn living(living: &Living) -> &str {
    match living {
        Living::Alone => "独居",
        Living::EmptyNest => "空巢",
        Living::WithSpouse => "与配偶同住",
        Living::WithChildren => "与子女同住",
        Living::WithCarer => "与保姆同住",
        Living::InCareHome => "住养老机构",
        Living::Other(words) => words,
    }
}

pub(super) fn mobility(mobility: Mobility) -> &'static str {
    match mobility {
        Mobility::Independent => "自理",
        Mobility::NeedsHelp => "半自理",
        Mobility::UnableToCareForSelf => "不能自理",
    }
}

pub(super) fn basis(basis: StandingBasis) -> &'static str {
    match basis {
        StandingBasis::Document => "依组织文件",
        StandingBasis::FullMembership => "自转正之日",
        StandingBasis::NoProbation => "无预备期，自批准入党之日",
        StandingBasis::Contradiction => "待核实：无预备期年份入党而另有转正日期",
        StandingBasis::Missing => "待核实：缺转正日期",
    }
}

pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "来信",
        Channel::Visit => "来访",
        Channel::Phone => "电话",
        Channel::Web => "网络",
    }
}

pub(super) fn after_death(decision: AfterDeath) -> &'static str {
    match decision {
        AfterDeath::ToFamily => "交付家属",
        AfterDeath::Withheld => "不再颁发",
    }
}

pub(super) fn duplicate(decision: DuplicateDecision) -> &'static str {
    match decision {
        DuplicateDecision::SamePerson => "与另一档案为同一人，本档案停用",
        DuplicateDecision::DifferentPeople => "与另一档案并非同一人",
    }
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
    }
}

fn birthday(birthday: Birthday) -> String {
    match birthday {
        Birthday::Solar { month, day } => format!("公历 {month} 月 {day} 日"),
        Birthday::Lunar { month, day } => format!("农历 {month} 月 {day} 日"),
    }
}

/// The name of a particular and its new value, such as `联系电话改为 …`.
pub(super) fn field(field: &Field) -> String {
    fn to(name: &str, value: Option<impl ToString>) -> String {
        match value {
            Some(value) => format!("{name}改为{}", value.to_string()),
            None => format!("{name}改为不详"),
        }
    }
    match field {
        Field::Name(v) => to("姓名", Some(v)),
        Field::FormerName(v) => to("曾用名", v.as_ref()),
        Field::Sex(v) => to("性别", v.map(sex)),
        Field::Ethnicity(v) => to("民族", v.as_ref()),
        Field::NativePlace(v) => to("籍贯", v.as_ref()),
        // In full only in the event's data, which fewer people see.
        Field::IdNumber(v) => to("身份证号", v.map(|n| n.masked())),
        Field::BornOn(v) => to("出生日期", v.as_ref()),
        Field::Birthday(v) => to("生日", v.map(birthday)),
        Field::WorkUnit(v) => to("原工作单位", v.as_ref()),
        Field::Post(v) => to("原职务", v.as_ref()),
        Field::Rank(v) => to("职级", v.as_ref()),
        Field::JoinedWorkOn(v) => to("参加工作时间", v.as_ref()),
        Field::RetiredOn(v) => to("离退休时间", v.as_ref()),
        Field::Branch(v) => to("所在党支部", v.as_ref()),
        Field::Residence(v) => to("居住地址", v.as_ref()),
        Field::Community(v) => to("所在社区", v.as_ref()),
        Field::Phone(v) => to("联系电话", v.as_ref()),
        Field::EmergencyContact(v) => to("紧急联系人", v.as_ref()),
        Field::MedicalInsurance(v) => to("医保待遇", v.as_ref()),
        Field::SpecialConditions(v) => to("特殊情况", v.as_ref()),
    }
}
