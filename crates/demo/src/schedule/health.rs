//! Stays in hospital and check-ups.

use calendar::{Date, When};
use domain::{
    CadreId, Unit,
    health::{Bed, HealthCommand, Learnt},
};
use rand::{RngExt as _, seq::IndexedRandom as _};

use super::{Schedule, after};
use crate::{
    action::{CLERK, What},
    people::{text, words},
};

impl Schedule {
    pub(super) fn health(&mut self, id: CadreId, unit: &Unit, last: Date) {
        // The next stay begins when the one before is well over.
        let mut free_from = self.from;
        let mut admissions = self.once_in(16, last);
        admissions.sort_unstable();
        let mut stay = 0;
        for day in admissions {
            if day > free_from {
                stay += 1;
                free_from = self.stay(id, stay, unit, day, last);
            }
        }
        for day in self.once_in(3, last) {
            let known = after(day, 5);
            if known >= last {
                continue;
            }
            let feedback_needed = self.rng.random_ratio(1, 5);
            let findings = if feedback_needed {
                "血压偏高，建议复查"
            } else {
                "未见明显异常"
            };
            let check_up = HealthCommand::RecordCheckUp {
                person: id,
                on: day,
                findings: words(findings),
                feedback_needed,
                known: When::Day(known),
            };
            self.add(known, &CLERK, unit, What::Health(id, check_up));
        }
    }

    /// A stay, most of them short; one in forty was recorded of the wrong person. Returns the first
    /// day on which another may begin.
    fn stay(&mut self, id: CadreId, stay: u32, unit: &Unit, day: Date, last: Date) -> Date {
        let known = after(day, self.rng.random_range(0..=2));
        let admission = HealthCommand::RecordAdmission {
            person: id,
            bed: self.bed(),
            admitted: learnt(day, known),
        };
        let nights = if self.rng.random_ratio(1, 6) {
            self.rng.random_range(40..=120)
        } else {
            self.rng.random_range(4..=25)
        };
        let mut steps = vec![(known, admission)];
        let leaves = after(day, nights);
        if self.rng.random_ratio(1, 40) {
            let withdrawal = HealthCommand::WithdrawStay {
                stay,
                reason: words("同名误登"),
            };
            steps.push((after(known, 1), withdrawal));
        } else {
            if self.rng.random_ratio(1, 5) {
                let moved = after(day, nights / 2).max(after(known, 1));
                let bed = self.bed();
                let moved_on = learnt(moved, moved);
                steps.push((
                    moved,
                    HealthCommand::RecordMove {
                        bed,
                        moved: moved_on,
                    },
                ));
            }
            let told = after(leaves, self.rng.random_range(0..=1));
            let discharged = learnt(leaves, told);
            steps.push((told, HealthCommand::RecordDischarge { discharged }));
        }
        for (day, command) in steps {
            if day >= last {
                break;
            }
            self.add(day, &CLERK, unit, What::Health(id, command));
        }
        after(leaves, 30)
    }

    fn bed(&mut self) -> Bed {
        let hospitals = ["第一人民医院", "中医院", "老年病医院"];
        let hospital = hospitals.choose(&mut self.rng).copied();
        Bed {
            hospital: words(hospital.unwrap_or("第一人民医院")),
            ward: text(&format!("{}病区", self.rng.random_range(1..=18))),
            bed: text(&format!("{}床", self.rng.random_range(1..=60))),
        }
    }
}

fn learnt(happened: Date, known: Date) -> Learnt {
    Learnt {
        happened: When::Day(happened),
        known: When::Day(known),
    }
}
