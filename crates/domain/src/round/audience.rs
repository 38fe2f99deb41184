use calendar::{Date, full_age};
use serde::{Deserialize, Serialize};

use crate::{
    Text, Unit,
    cadre::{Living, LivingRecorded, Mobility, Person, Retirement},
};

/// Whom a round is for: the living who meet all that is set. What is not set does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudienceRule {
    /// 离休 or 退休.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<AudienceClass>,
    /// From this 周岁 on, reached on the round's first day. Whose birth date is not known is not
    /// taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_from: Option<u8>,
    /// 居住情况: one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub living: Vec<Living>,
    /// 行动能力: one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mobility: Vec<Mobility>,
    /// Only those with an open hardship case.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hardship: bool,
    /// Only Party members.
    #[serde(default, skip_serializing_if = "is_false")]
    pub member: bool,
    /// 所在党支部.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<Text>,
}

/// 离休 or 退休.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AudienceClass {
    /// 离休.
    Lixiu,
    /// 退休.
    Tuixiu,
}

/// What the rule looks at of a person.
#[derive(Debug, Clone, Copy)]
pub struct AudienceFacts<'a> {
    /// As other rules know them.
    pub person: &'a Person,
    /// 离休, 退休 or neither.
    pub retirement: Option<&'a Retirement>,
    /// How they live, if it is known.
    pub living: Option<&'a LivingRecorded>,
    /// 所在党支部.
    pub branch: Option<&'a Text>,
    /// Whether a hardship case is open.
    pub hardship: bool,
}

impl AudienceRule {
    /// Whether a round of this unit (or of all) that begins on this day is for the person.
    pub fn admits(&self, facts: &AudienceFacts<'_>, unit: Option<&Unit>, from: Date) -> bool {
        let person = facts.person;
        let living = facts.living.map(|known| &known.living);
        let mobility = facts.living.and_then(|known| known.mobility);
        person.died_on.is_none()
            && person.kept_as.is_none()
            && unit.is_none_or(|unit| *unit == person.unit)
            && self
                .class
                .is_none_or(|class| is_of(class, facts.retirement))
            && self.age_from.is_none_or(|age| {
                let born_on = person.born_on;
                born_on.is_some_and(|born| full_age(born, from) >= i16::from(age))
            })
            && (self.living.is_empty() || living.is_some_and(|one| self.living.contains(one)))
            && (self.mobility.is_empty()
                || mobility.is_some_and(|one| self.mobility.contains(&one)))
            && (!self.hardship || facts.hardship)
            && (!self.member || person.standing.is_some())
            && (self.branch.is_none() || self.branch.as_ref() == facts.branch)
    }
}

fn is_of(class: AudienceClass, retirement: Option<&Retirement>) -> bool {
    match retirement {
        Some(Retirement::Lixiu { .. }) => class == AudienceClass::Lixiu,
        Some(Retirement::Tuixiu) => class == AudienceClass::Tuixiu,
        None => false,
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands a field over by reference"
)]
fn is_false(set: &bool) -> bool {
    !*set
}
