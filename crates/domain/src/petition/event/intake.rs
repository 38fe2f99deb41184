use calendar::{Date, When};
use serde::{Deserialize, Serialize};

use super::{Due, Means};
use crate::{CadreId, PetitionId, StaffId, Text, Unit};

/// A petition as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petition {
    /// Its id.
    pub id: PetitionId,
    /// The number it bears on paper or in another system (编号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
    /// How it came.
    pub channel: Channel,
    /// Who petitions.
    pub petitioner: Petitioner,
    /// What it is about (主题).
    pub subject: Text,
    /// What it says (详情).
    pub text: Text,
    /// When it was received.
    pub received: When,
    /// The circumstances under which it came, where they were not the plain ones.
    #[serde(default, skip_serializing_if = "Intake::is_plain")]
    pub intake: Intake,
}

/// Who petitions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petitioner {
    /// The name given, or the name of an account.
    pub name: Text,
    /// The person of the register, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<CadreId>,
}

/// 信访形式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 来信.
    Letter,
    /// 来访.
    Visit,
    /// 电话.
    Phone,
    /// 网络.
    Web,
    /// 口头, written down by the staff (R19).
    Oral,
}

/// The circumstances under which a petition came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// Where it came from.
    #[serde(default, skip_serializing_if = "Origin::is_direct")]
    pub origin: Origin,
    /// 联名: several people petition together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Joint>,
    /// 姓名（名称）、住址不清: nobody can be told what becomes of it (R23).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreachable: bool,
}

impl Intake {
    fn is_plain(&self) -> bool {
        *self == Intake::default()
    }
}

/// Where a petition came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// From the petitioner.
    #[default]
    Direct,
    /// From the petitioner, on a leader's reception day (领导接待日).
    ReceptionDay {
        /// The leader who received them.
        leader: Text,
    },
    /// 转送、交办: from another organ or unit.
    TransferredIn {
        /// Which.
        sender: Unit,
        /// Its document.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Text>,
    },
}

impl Origin {
    fn is_direct(&self) -> bool {
        *self == Origin::Direct
    }
}

/// 联名信访. A joint visit sends at most five representatives (R20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// The names of those who speak for all (代表).
    pub representatives: Vec<Text>,
    /// How many signed, representatives included; there is no limit.
    pub co_signers: u32,
}

/// A petition was received and registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionRegistered {
    /// The petition.
    pub petition: Petition,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
}

/// What kind of petition it is; that decides its track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 建议意见 (R29): it is studied, and answered if adopted.
    Suggestion,
    /// 检举控告 (R30): sealed from those it accuses.
    Report,
    /// 申诉求决 (R31).
    Demand(Track),
}

/// How a demand is dealt with (R31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// (1) 诉讼、行政复议、公安机关办理: diverted with notice.
    Litigation,
    /// (2) 仲裁: diverted with notice.
    Arbitration,
    /// (3) 党员申诉: diverted with notice.
    PartyAppeal,
    /// (4) 其他行政程序: diverted with notice.
    AdministrativeProcedure,
    /// (5) 履行法定职责: the duty is performed, or an answer given.
    StatutoryDuty,
    /// (6) 其他: investigated and answered by a written opinion within the time to handle.
    Investigation,
}

impl Track {
    /// Whether the demand belongs into another procedure and is diverted there.
    pub fn is_diverted(self) -> bool {
        match self {
            Track::Litigation
            | Track::Arbitration
            | Track::PartyAppeal
            | Track::AdministrativeProcedure => true,
            Track::StatutoryDuty | Track::Investigation => false,
        }
    }
}

/// A petition was classified, or classified anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classified {
    /// As what.
    pub category: Category,
    /// Why it was classified anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The clocks it starts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dues: Vec<Due>,
    /// The day on which it stopped the clock of handling, which does not cover this category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling_stopped: Option<Date>,
}

/// 被检举控告人: whom a report accuses. They must never learn of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accused {
    /// A person.
    Person {
        /// The name.
        name: Text,
        /// Their account, where they are of the staff.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        staff: Option<StaffId>,
    },
    /// A unit.
    Unit(Unit),
}

/// Those a petition accuses were named. Sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccusedNamed {
    /// All of them who were not named before.
    pub accused: Vec<Accused>,
}

/// A petition was linked to an open one on the same matter. It stays a petition of its own and
/// shows the outcome of the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuplicateLinked {
    /// The one that is handled.
    pub first: PetitionId,
    /// The day.
    pub on: Date,
}

/// A petition was not taken up: the same facts and reasons were finally reviewed (R36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedAsFinal {
    /// The petition that was finally reviewed.
    pub reviewed: PetitionId,
}

/// A petition was routed to whom it concerns (转送).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutedOnward {
    /// To whom.
    pub to: Unit,
    /// The document it went with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Text>,
    /// When.
    pub routed: When,
}

/// 告知: what the petitioner was told, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What.
    pub content: NoticeContent,
    /// How.
    pub means: Means,
    /// When.
    pub told: When,
}

/// What a petitioner is told (R23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeContent {
    /// It is ours: receipt, route and procedure (受理情况).
    Ours,
    /// It went to another unit (去向).
    RoutedOnward {
        /// To which.
        to: Unit,
    },
    /// It is not ours; where to go instead (应当向有权处理的机关提出).
    NotOurs {
        /// Where.
        go_to: Text,
    },
    /// It is handled together with an earlier one.
    Linked,
    /// It is not taken up again (不再受理).
    NotTakenUp,
}

/// The petitioner was told what becomes of the petition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionerTold {
    /// What, how and when.
    pub notice: Notice,
}

/// 异议: we told the sender that a petition transferred in is not ours (R23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionRaised {
    /// Why, in detail.
    pub reasons: Text,
    /// When.
    pub raised: When,
}

/// The sender agreed to take the petition back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnAgreed {
    /// When.
    pub agreed: When,
}

/// The sender did not agree: the petition is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnDeclined {
    /// When.
    pub declined: When,
    /// Why.
    pub reason: Text,
}

/// 退回: the papers went back to the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionReturned {
    /// When.
    pub returned: When,
}

/// The petitioner withdrew the petition (撤回).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionWithdrawn {
    /// When.
    pub withdrawn: When,
    /// Why, if they said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}
