//! Which triggers there are: pure, so that rules can be tried on history before they are adopted.
//!
//! What happened is an [`Occasion`]; which duties it raises follows from the rules of the day on
//! which the bureau knew. What comes round by itself (birthdays, feasts, periods of contact, long
//! stays, stale records, reviews of plans) is seen by a [`Watch`] kept on one day over one person after another.

use calendar::{
    Calendar, Date, When, days_after, days_before, full_age, months_after, spring_festival,
};
use uuid::Uuid;

use super::{DutyId, RuleId, Trigger, TriggerKey, TriggerKind};
use crate::{
    BirthdayRules, CadreId, Rules,
    cadre::{Birthday, turning},
    rules::{Class, DutyRule, Every, TriggerRule},
};

/// What a duty's rule looks at of a person, as their record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Who.
    pub person: CadreId,
    /// 离休.
    pub lixiu: bool,
    /// The birth date that ages count from.
    pub born_on: Option<Date>,
    /// The birthday they keep.
    pub birthday: Option<Birthday>,
    /// 独居.
    pub lives_alone: bool,
    /// 不能自理.
    pub unable_to_care_for_self: bool,
    /// The day the record was entered, or the latest on which it was verified.
    pub verified_on: Date,
    /// The stay in hospital that goes on.
    pub stay: Option<Stay>,
    /// The next review of the plan that is in force for them.
    pub review: Option<NextReview>,
}

/// A stay in hospital that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The event of the admission.
    pub event: Uuid,
    /// The day of the admission.
    pub admitted_on: Date,
}

/// The next review of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextReview {
    /// The event that set its day: the adoption of the plan, or the review before.
    pub event: Uuid,
    /// The day of that adoption or review: the next one is of a later day.
    pub after: Date,
    /// The day it is due.
    pub due: Date,
}

/// Something happened to a person that may raise duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// To whom.
    pub person: CadreId,
    /// What it was.
    pub kind: TriggerKind,
    /// The event of the log.
    pub event: Uuid,
    /// The day it happened.
    pub on: Date,
    /// When the bureau knew.
    pub known: When,
}

impl Occasion {
    /// The duties it raises under these rules: those of the day on which the bureau knew. `facts`
    /// are the person's, for rules that are for some people alone.
    pub fn raises<'a>(
        &'a self,
        rules: &'a Rules,
        facts: &'a Facts,
    ) -> impl Iterator<Item = (DutyId, Trigger)> + 'a {
        let known = self.known.date();
        let begun = rules.duty.iter().filter(move |duty| duty.since <= known);
        let all = begun.flat_map(|duty| &duty.rules);
        let of_kind = all.filter(|rule| rule.trigger.kind() == self.kind);
        let theirs = of_kind.filter(move |rule| facts.is_in(&rule.audience, known));
        theirs.map(|rule| {
            let trigger = Trigger {
                kind: self.kind,
                on: self.on,
                known: self.known,
                until: None,
                age: None,
            };
            let key = TriggerKey::Event(self.event);
            (self.id(&rule.id, key), trigger)
        })
    }

    fn id(&self, rule: &RuleId, trigger: TriggerKey) -> DutyId {
        DutyId {
            person: self.person,
            rule: rule.clone(),
            trigger,
        }
    }
}

impl Facts {
    /// Whether a rule for this audience is for the person on this day.
    pub fn is_in(&self, audience: &[Class], on: Date) -> bool {
        audience.is_empty() || audience.iter().any(|class| self.is(*class, on))
    }

    fn is(&self, class: Class, on: Date) -> bool {
        match class {
            Class::Lixiu => self.lixiu,
            Class::Aged(age) => self.born_on.is_some_and(|born| full_age(born, on) >= age),
            Class::LivingAlone => self.lives_alone,
            Class::UnableToCareForSelf => self.unable_to_care_for_self,
        }
    }
}

/// What comes round on one day, under the rules of that day.
#[derive(Debug)]
pub struct Watch<'a> {
    day: Date,
    rounds: Vec<Round<'a>>,
}

/// One rule whose trigger comes round by itself.
#[derive(Debug)]
struct Round<'a> {
    rule: &'a DutyRule,
    what: What<'a>,
}

/// What is the same for everyone on that day.
#[derive(Debug)]
enum What<'a> {
    /// The period that the day lies in, where there is time for it to begin.
    Period {
        key: TriggerKey,
        first: Date,
        last: Date,
        newcomers_until: Date,
    },
    /// The next feast, where its duty is open by then.
    Feast {
        day: Date,
        from: Date,
    },
    Birthday {
        named: &'a BirthdayRules,
        days_before: u32,
        /// Whose birthday comes by then, and when.
        ahead: Vec<(Birthday, Date)>,
    },
    LongStay {
        every_months: u32,
    },
    Stale {
        last: Date,
    },
    Review {
        days_before: u32,
    },
}

impl<'a> Watch<'a> {
    /// Keeps watch on a day, under the rules of that day.
    pub fn on(day: Date, rules: &'a Rules) -> Self {
        let begun = rules.duty.iter().filter(|duty| duty.since <= day);
        let round = |rule: &'a DutyRule| {
            let what = What::of(&rule.trigger, rules, day)?;
            Some(Round { rule, what })
        };
        Watch {
            day,
            rounds: begun
                .flat_map(|duty| &duty.rules)
                .filter_map(round)
                .collect(),
        }
    }

    /// The duties that this person should have on that day. The same duty is seen again on each of
    /// its days; its id tells.
    pub fn sees(&self, facts: &Facts) -> impl Iterator<Item = (DutyId, Trigger)> {
        let theirs = self
            .rounds
            .iter()
            .filter(|round| facts.is_in(&round.rule.audience, self.day));
        theirs.filter_map(|round| {
            let (trigger, raised) = round.what.raises(round.rule, facts, self.day)?;
            let id = DutyId {
                person: facts.person,
                rule: round.rule.id.clone(),
                trigger,
            };
            Some((id, raised))
        })
    }
}

impl<'a> What<'a> {
    fn of(trigger: &'a TriggerRule, rules: &'a Rules, day: Date) -> Option<Self> {
        match trigger {
            TriggerRule::Contact {
                every,
                newcomers_need_days,
            } => {
                let (first, last) = period(*every, day)?;
                Some(What::Period {
                    key: TriggerKey::period(*every, day),
                    first,
                    last,
                    newcomers_until: days_before(last, *newcomers_need_days),
                })
            }
            TriggerRule::SpringFestival {
                days_before: before,
            } => {
                let this_year = spring_festival(day.year()).ok()?;
                let next = if day <= this_year {
                    this_year
                } else {
                    spring_festival(day.year() + 1).ok()?
                };
                let from = days_before(next, *before);
                (from <= day).then_some(What::Feast { day: next, from })
            }
            TriggerRule::Birthday { days_before } => Some(What::Birthday {
                named: &rules.birthday,
                days_before: *days_before,
                ahead: birthdays_ahead(day, *days_before),
            }),
            TriggerRule::LongStay { every_months, .. } => Some(What::LongStay {
                every_months: *every_months,
            }),
            TriggerRule::StaleRecord { after_days, .. } => Some(What::Stale {
                last: days_before(day, *after_days),
            }),
            TriggerRule::PlanReview { days_before } => Some(What::Review {
                days_before: *days_before,
            }),
            // Raised by what happens.
            TriggerRule::Admitted { .. }
            | TriggerRule::Discharged { .. }
            | TriggerRule::CheckedUp { .. }
            | TriggerRule::Died { .. }
            | TriggerRule::Dispute { .. }
            | TriggerRule::Hardship { .. } => None,
        }
    }

    fn raises(&self, rule: &DutyRule, facts: &Facts, day: Date) -> Option<(TriggerKey, Trigger)> {
        let raised = |on: Date, until: Option<Date>, age: Option<i16>| Trigger {
            kind: rule.trigger.kind(),
            on,
            known: When::Day(day),
            until,
            age,
        };
        match self {
            What::Period {
                key,
                first,
                last,
                newcomers_until,
            } => (day <= *newcomers_until || day == *first)
                .then(|| (*key, raised(*first, Some(*last), None))),
            What::Feast { day: feast, from } => {
                Some((TriggerKey::Day(*feast), raised(*from, Some(*feast), None)))
            }
            What::Birthday {
                named,
                days_before: before,
                ahead,
            } => {
                let (born, kept) = (facts.born_on?, facts.birthday?);
                let (_, birthday) = ahead.iter().find(|(ahead, _)| *ahead == kept)?;
                let age = turning(born, kept, *birthday, named).named?.age;
                let from = days_before(*birthday, *before);
                let key = TriggerKey::Day(*birthday);
                Some((key, raised(from, Some(*birthday), Some(age))))
            }
            What::LongStay { every_months } => {
                let stay = facts.stay?;
                let (n, on) = latest_month(stay.admitted_on, *every_months, day)?;
                Some((TriggerKey::Nth(stay.event, n), raised(on, None, None)))
            }
            What::Stale { last } => (facts.verified_on < *last).then(|| {
                let key = TriggerKey::Day(facts.verified_on);
                (key, raised(day, None, None))
            }),
            What::Review {
                days_before: before,
            } => {
                let review = facts.review?;
                // Whatever is reviewed after the review before counts, however early.
                let first = review.after.tomorrow().ok()?;
                let from = days_before(review.due, *before).max(first);
                (from <= day).then(|| {
                    let key = TriggerKey::Event(review.event);
                    (key, raised(first, Some(review.due), None))
                })
            }
        }
    }
}

/// The birthdays kept from a day on until so many days later, the next ones first.
fn birthdays_ahead(day: Date, days: u32) -> Vec<(Birthday, Date)> {
    let next = |on: &Date| on.tomorrow().ok();
    let window =
        std::iter::successors(Some(day), next).take_while(|on| *on <= days_after(day, days));
    let kept = |on| {
        Birthday::kept_on(on)
            .into_iter()
            .map(move |kept| (kept, on))
    };
    window.flat_map(kept).collect()
}

/// The last day on which a duty would be in time under these rules; nothing if they know none for
/// this trigger, or it lies after year 9999.
pub fn last_day(
    rules: &Rules,
    id: &DutyId,
    trigger: &Trigger,
    calendar: &Calendar,
) -> Option<Date> {
    let duty = rules.duty.as_ref()?;
    let rule = duty.rule(&id.rule)?;
    let due = super::deadlines::reckon(&duty.ladder, rule, trigger, calendar).ok()?;
    Some(due.deadline.rolled)
}

/// The first and last day of the period that a day lies in.
fn period(every: Every, day: Date) -> Option<(Date, Date)> {
    let (from, to) = match every {
        Every::Month => (day.month(), day.month()),
        Every::Quarter => {
            let from = (day.month() - 1) / 3 * 3 + 1;
            (from, from + 2)
        }
        Every::Year => (1, 12),
    };
    let first = Date::new(day.year(), from, 1).ok()?;
    let last = Date::new(day.year(), to, 1).ok()?.last_of_month();
    Some((first, last))
}

/// How often so many months were over by this day since another, and the day of the latest time;
/// nothing before the first.
fn latest_month(since: Date, every: u32, day: Date) -> Option<(u32, Date)> {
    let months = i32::from(day.year() - since.year()) * 12 + i32::from(day.month() - since.month());
    let times = u32::try_from(months).ok()?.checked_div(every)?;
    // The last of these months may not have come to its day yet.
    (1..=times)
        .rev()
        .filter_map(|n| Some((n, months_after(since, n.checked_mul(every)?)?)))
        .find(|(_, on)| *on <= day)
}
