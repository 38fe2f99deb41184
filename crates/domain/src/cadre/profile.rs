use calendar::{Date, IdNumber};
use serde::{Deserialize, Serialize};

use crate::Text;

/// Declares the particulars once: the record [`Profile`], and [`Field`], a change of one of them.
macro_rules! particulars {
    ($($(#[$meta:meta])* $field:ident / $variant:ident : $type:ty),+ $(,)?) => {
        /// What is known about a person besides their status.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Profile {
            /// 姓名.
            pub name: Text,
            $(
                $(#[$meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )+
        }

        /// One changed particular with its new value; nothing means that it is not known.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "field", content = "value", rename_all = "snake_case")]
        pub enum Field {
            /// 姓名.
            Name(Text),
            $( $(#[$meta])* $variant(Option<$type>), )+
        }

        impl Profile {
            /// Nothing but a name.
            pub fn named(name: Text) -> Self {
                Profile { name, $($field: None),+ }
            }

            /// Takes a new value over.
            pub fn set(&mut self, change: &Field) {
                match change {
                    Field::Name(value) => self.name.clone_from(value),
                    $( Field::$variant(value) => self.$field.clone_from(value), )+
                }
            }

            /// Whether it already has this value.
            pub fn has(&self, change: &Field) -> bool {
                match change {
                    Field::Name(value) => self.name == *value,
                    $( Field::$variant(value) => self.$field == *value, )+
                }
            }
        }

        impl Field {
            /// The particular's name, the same as in [`Profile`] and in JSON.
            pub fn name(&self) -> &'static str {
                match self {
                    Field::Name(_) => "name",
                    $( Field::$variant(_) => stringify!($field), )+
                }
            }
        }
    };
}

particulars! {
    /// 曾用名.
    former_name / FormerName: Text,
    /// 性别.
    sex / Sex: Sex,
    /// 民族, such as `汉族`.
    ethnicity / Ethnicity: Text,
    /// 籍贯.
    native_place / NativePlace: Text,
    /// 公民身份号码.
    id_number / IdNumber: IdNumber,
    /// The birth date the organisation recognises; it may differ from the ID number's.
    born_on / BornOn: Date,
    /// The birthday the person celebrates.
    birthday / Birthday: Birthday,
    /// 原工作单位: the unit at retirement.
    work_unit / WorkUnit: Text,
    /// 原职务: the post at retirement.
    post / Post: Text,
    /// 职级.
    rank / Rank: Text,
    /// 参加工作时间.
    joined_work_on / JoinedWorkOn: Date,
    /// 离退休时间.
    retired_on / RetiredOn: Date,
    /// 所在党支部.
    branch / Branch: Text,
    /// 居住地址.
    residence / Residence: Text,
    /// 所在社区.
    community / Community: Text,
    /// 联系电话.
    phone / Phone: Text,
    /// 紧急联系人.
    emergency_contact / EmergencyContact: Text,
    /// 医保待遇.
    medical_insurance / MedicalInsurance: Text,
    /// 特殊情况.
    special_conditions / SpecialConditions: Text,
}

/// 性别.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// The birthday the person celebrates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "calendar", rename_all = "snake_case")]
pub enum Birthday {
    /// 公历.
    Solar {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 31.
        day: i8,
    },
    /// 农历. A birth in a leap month is kept in the ordinary month.
    Lunar {
        /// From 1 to 12.
        month: i8,
        /// From 1 to 30.
        day: i8,
    },
}

/// 离休 and 退休 are different statuses with different benefits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Retirement {
    /// 离休: joined the revolution before the founding of the republic.
    Lixiu {
        /// 参加革命时间.
        joined_revolution_on: Date,
        /// Number and date of the approval. Missing only where a ledger says 离休 without them: the
        /// status then stands as the ledger has it, and no benefit can rest on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approval: Option<Approval>,
    },
    /// 退休.
    Tuixiu,
}

/// The document by which something was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// 批准文号.
    pub number: Text,
    /// Its date.
    pub on: Date,
}

/// 居住情况.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Living {
    /// 独居.
    Alone,
    /// 空巢: children live elsewhere.
    EmptyNest,
    /// 与配偶同住.
    WithSpouse,
    /// 与子女同住.
    WithChildren,
    /// 与保姆同住.
    WithCarer,
    /// 养老机构.
    InCareHome,
    /// Anything else, in words.
    Other(Text),
}

/// 行动能力.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mobility {
    /// 自理.
    Independent,
    /// 半自理.
    NeedsHelp,
    /// 不能自理.
    UnableToCareForSelf,
}

/// 遗属.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survivor {
    /// 姓名.
    pub name: Text,
    /// 与逝者关系, such as `配偶`.
    pub relation: Text,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Text>,
}
