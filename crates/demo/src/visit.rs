use calendar::{Date, When};
use domain::{
    CadreId, Fen, Unit,
    visit::{Mode, Purpose, Visit, Visitor},
};
use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use crate::people::words;

/// What makes one visit unlike another.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    pub(crate) purpose: Purpose,
    pub(crate) mode: Mode,
    pub(crate) money: u64,
}

impl Plain {
    /// A visit to this person on that day, with what was found.
    pub(crate) fn visit(self, rng: &mut ChaCha8Rng, id: CadreId, unit: &Unit, day: Date) -> Visit {
        let findings = [
            "身体尚可",
            "腿脚不便，上下楼困难",
            "情绪较好",
            "老伴住院，需要照顾",
            "听力下降，交流靠写",
        ];
        let needs = [
            "希望协调住院床位",
            "希望加装扶手",
            "医药费报销慢",
            "希望有人陪同体检",
        ];
        let visitor = rng.random_range(1..=40);
        Visit {
            person: id,
            visited: When::Day(day),
            visitors: vec![Visitor {
                name: words(&format!("示范联系人{visitor}")),
                post: None,
                unit: Some(unit.0.clone()),
                rank: None,
            }],
            mode: self.mode,
            place: None,
            purpose: self.purpose,
            money: Fen::yuan(self.money),
            goods: None,
            findings: findings.choose(rng).map(|f| words(f)),
            needs: if rng.random_ratio(1, 5) {
                needs.choose(rng).map(|n| words(n))
            } else {
                None
            },
        }
    }
}

/// What is brought along: nothing by telephone.
pub(crate) fn money(rng: &mut ChaCha8Rng, mode: Mode) -> u64 {
    match mode {
        Mode::Home | Mode::Hospital => *[0, 200, 300, 500].choose(rng).unwrap_or(&0),
        Mode::Phone | Mode::Wechat | Mode::Sms | Mode::Elsewhere => 0,
    }
}
