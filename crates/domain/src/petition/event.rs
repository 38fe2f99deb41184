use calendar::When;
use serde::{Deserialize, Serialize};

use crate::{CadreId, PetitionId, Text};

events! {
    /// What may have happened to a petition.
    pub enum PetitionEvent {
        /// It was received and registered.
        Registered(PetitionRegistered) = "petition.registered" v 1 at |e| Some(e.petition.received),
        /// It was accepted for handling.
        Accepted(PetitionAccepted) = "petition.accepted" v 1 at |e| Some(e.accepted),
        /// A reply was delivered.
        Replied(PetitionReplied) = "petition.replied" v 1 at |e| Some(e.delivered),
        /// It was closed.
        Closed(PetitionClosed) = "petition.closed" v 1 at |_e| None,
    }
}

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
}

/// A petition was received and registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionRegistered {
    /// The petition.
    pub petition: Petition,
}

/// A petition was accepted for handling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionAccepted {
    /// When.
    pub accepted: When,
}

/// A reply was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionReplied {
    /// The reply.
    pub text: Text,
    /// When it reached the petitioner.
    pub delivered: When,
}

/// A petition was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionClosed {}
