use calendar::When;
use serde::{Deserialize, Serialize};

use crate::{CadreId, Fen, Text};

events! {
    /// What may have happened to a visit's record.
    pub enum VisitEvent {
        /// It was recorded.
        Recorded(VisitRecorded) = "visit.recorded" v 1 at |e| Some(e.visit.visited),
        /// It was corrected.
        Corrected(VisitCorrected) = "visit.corrected" v 1 at |e| Some(e.visit.visited),
        /// It never took place.
        Withdrawn(VisitWithdrawn) = "visit.withdrawn" v 1 at |_e| None,
    }
}

/// A visit (走访、家访、慰问).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Who was visited.
    pub person: CadreId,
    /// When.
    pub visited: When,
    /// Who went; at least one.
    pub visitors: Vec<Visitor>,
    /// How.
    pub mode: Mode,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Text>,
    /// What for.
    pub purpose: Purpose,
    /// The money given (慰问金).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub money: Fen,
    /// The things given (慰问品).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goods: Option<Text>,
    /// What was found (了解到的情况).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub findings: Option<Text>,
    /// What is needed (需要解决的问题).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Text>,
}

fn is_zero(money: &Fen) -> bool {
    *money == Fen::ZERO
}

/// One of those who went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// The name, or the words of the ledger, such as `局领导带队`.
    pub name: Text,
    /// The post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Text>,
    /// The unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// The rank, where a leader went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<Text>,
}

/// 走访方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 上门、入户.
    Home,
    /// 住院探望.
    Hospital,
    /// 电话.
    Phone,
    /// 微信.
    Wechat,
    /// 短信.
    Sms,
    /// 其他地点.
    Elsewhere,
}

/// 走访事由. The first six are the mandatory visits (六必访).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 住院.
    Hospitalisation,
    /// 生日.
    Birthday,
    /// 春节慰问.
    SpringFestival,
    /// 矛盾纠纷.
    Dispute,
    /// 生活困难.
    Hardship,
    /// 去世、吊唁.
    Death,
    /// 重阳节慰问.
    Chongyang,
    /// 七一慰问.
    JulyFirst,
    /// 国庆慰问.
    NationalDay,
    /// 日常走访.
    Routine,
    /// Anything else, in words.
    Other(Text),
}

/// A visit was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitRecorded {
    /// The visit.
    pub visit: Visit,
    /// Set where it was recorded late: calendar days between the visit and its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_late: Option<u32>,
}

/// A visit was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCorrected {
    /// All of the visit as it should read.
    pub visit: Visit,
    /// What was wrong.
    pub reason: Text,
}

/// A visit never took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitWithdrawn {
    /// How it came to be recorded.
    pub reason: Text,
}
