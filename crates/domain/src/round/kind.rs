use serde::{Deserialize, Serialize};

use crate::visit::{Mode, Purpose};

/// What a round is for; it says which visits fulfil it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundKind {
    /// 春节慰问.
    SpringFestival,
    /// 七一慰问.
    JulyFirst,
    /// 重阳节慰问.
    Chongyang,
    /// 国庆慰问.
    NationalDay,
    /// 面对面、户户到: everyone is seen face to face, whatever brings the visitor there.
    HouseToHouse,
    /// 调研走访: everyone is heard face to face, on a visit without another occasion.
    Research,
}

impl RoundKind {
    /// Every kind.
    pub const ALL: [RoundKind; 6] = [
        RoundKind::SpringFestival,
        RoundKind::JulyFirst,
        RoundKind::Chongyang,
        RoundKind::NationalDay,
        RoundKind::HouseToHouse,
        RoundKind::Research,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            RoundKind::SpringFestival => "spring_festival",
            RoundKind::JulyFirst => "july_first",
            RoundKind::Chongyang => "chongyang",
            RoundKind::NationalDay => "national_day",
            RoundKind::HouseToHouse => "house_to_house",
            RoundKind::Research => "research",
        }
    }

    /// Whether a visit for this purpose, made so, fulfils such a round. A festival's greetings count
    /// however they were brought; the two others are about being there.
    pub fn counts(self, purpose: &Purpose, mode: Mode) -> bool {
        match self {
            RoundKind::SpringFestival => *purpose == Purpose::SpringFestival,
            RoundKind::JulyFirst => *purpose == Purpose::JulyFirst,
            RoundKind::Chongyang => *purpose == Purpose::Chongyang,
            RoundKind::NationalDay => *purpose == Purpose::NationalDay,
            // A condolence visit is to the survivors.
            RoundKind::HouseToHouse => face_to_face(mode) && *purpose != Purpose::Death,
            RoundKind::Research => {
                face_to_face(mode) && matches!(purpose, Purpose::Routine | Purpose::Other(_))
            }
        }
    }
}

fn face_to_face(mode: Mode) -> bool {
    match mode {
        Mode::Home | Mode::Hospital | Mode::Elsewhere => true,
        Mode::Phone | Mode::Wechat | Mode::Sms => false,
    }
}
