//! Letters from the public.

use calendar::When;
use domain::{
    PetitionId, Unit,
    petition::{Channel, Intake, Petition, PetitionCommand, Petitioner},
};
use rand::{RngExt as _, seq::IndexedRandom as _};

use super::{Schedule, after};
use crate::{
    action::{CLERK, What},
    people::words,
};

impl Schedule {
    /// A petition, answered within 60 days unless it is among the last.
    pub(super) fn petition(&mut self) {
        let subjects = [
            "医药费报销",
            "加装电梯",
            "老年食堂",
            "住房维修",
            "公园健身器材",
            "体检安排",
            "停车占道",
            "活动室开放时间",
        ];
        let Some(subject) = subjects.choose(&mut self.rng) else {
            return;
        };
        let unit = Unit(words("信访室"));
        let received = self.day();
        let id = PetitionId(self.id(received));
        let person = self.rng.random_range(1..=9999);
        let petition = Petition {
            id,
            number: Some(words(&format!(
                "示{:04}{:05}",
                received.year(),
                self.rng.random_range(0..100_000)
            ))),
            channel: *[
                Channel::Letter,
                Channel::Visit,
                Channel::Phone,
                Channel::Web,
            ]
            .choose(&mut self.rng)
            .unwrap_or(&Channel::Letter),
            petitioner: Petitioner {
                name: words(&format!("示范群众{person}")),
                person: None,
            },
            subject: words(&format!("关于{subject}的问题")),
            text: words(&format!(
                "反映{subject}方面的问题，希望尽快答复。（示范数据）"
            )),
            received: When::Day(received),
            intake: Intake::default(),
        };
        let (accepted, delivered) = (
            after(received, 3),
            after(received, self.rng.random_range(10..=58)),
        );
        let steps = [
            (received, PetitionCommand::Register { petition }),
            (
                accepted,
                PetitionCommand::Accept {
                    accepted: When::Day(accepted),
                },
            ),
            (
                delivered,
                PetitionCommand::Reply {
                    text: words("您反映的问题已核实，处理情况答复如下。（示范数据）"),
                    delivered: When::Day(delivered),
                },
            ),
            (
                after(delivered, 5),
                PetitionCommand::Close { exemption: None },
            ),
        ];
        for (day, command) in steps {
            if day > self.until {
                return;
            }
            self.add(day, &CLERK, &unit, What::Petition(id, command));
        }
    }
}
