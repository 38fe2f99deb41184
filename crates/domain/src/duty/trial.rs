//! 规则试算: what other rules would have made of the past, before anyone adopts them.
//!
//! The rules in force and the candidate are laid over the same facts, by the functions that raise
//! duties, and what they raise is compared duty by duty. Equal rules therefore differ in nothing.
//! Nothing is recorded, and no duty that was opened changes.

use std::collections::{BTreeMap, HashMap};

use calendar::{Calendar, Date};
use serde::{Deserialize, Serialize};

use super::{
    DutyId, Evidence, RuleId,
    watch::{Facts, Occasion, Watch, last_day},
};
use crate::{DutyRule, Rules, Text};

/// What is known of the past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// What happened, with the person as they are now.
    pub occasions: Vec<(Occasion, Facts)>,
    /// Those for whom duties come round, as they are now.
    pub people: Vec<Facts>,
    /// What closed each duty that was done.
    pub done: HashMap<DutyId, Evidence>,
}

/// The days that are tried: what was known, or came round, on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// What a candidate would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The days that were tried.
    pub period: Period,
    /// Each rule that would raise, time or close a duty otherwise, by its id; the others are left out.
    pub rules: Vec<RuleTrial>,
    /// The tables that the candidate changes against the rules of the last day, by their names in the
    /// file, and that have effects beside the last days of duties: those are not tried.
    pub untried: Vec<String>,
}

/// What a candidate would change of the duties of one rule. A duty is counted wherever it belongs:
/// one that is due earlier and therefore late counts as both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleTrial {
    /// Which rule.
    pub rule: RuleId,
    /// What the candidate calls it; what the rules in force do, if it does not know it.
    pub name: Text,
    /// How many duties the rules in force raise.
    pub in_force: u64,
    /// How many the candidate raises.
    pub candidate: u64,
    /// Raised by the candidate alone.
    pub added: u64,
    /// Raised by the rules in force alone.
    pub dropped: u64,
    /// Raised by both, and due earlier by the candidate.
    pub earlier: u64,
    /// Raised by both, and due later by the candidate.
    pub later: u64,
    /// Done in time by the rules in force, and late by the candidate.
    pub now_late: u64,
    /// Done late by the rules in force, and in time by the candidate.
    pub now_in_time: u64,
    /// Done by what the candidate does not take.
    pub not_taken: u64,
    /// Some of them, the weightiest first: [`MOST_EXAMPLES`] at most.
    pub examples: Vec<Example>,
}

/// A duty that a candidate would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Which; its person is in its name.
    pub duty: DutyId,
    /// The weightiest of what would change.
    pub change: Change,
    /// The last day in time by the rules in force; nothing if they do not raise it.
    pub last_day_in_force: Option<Date>,
    /// The last day in time by the candidate; nothing if it does not raise it.
    pub last_day_candidate: Option<Date>,
    /// The day on which it was done.
    pub done_on: Option<Date>,
}

/// What would change of a duty, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It was done in time, and would be late.
    NowLate,
    /// What closed it would not.
    NotTaken,
    /// It would not be raised.
    Dropped,
    /// It would be raised.
    Added,
    /// It was done late, and would be in time.
    NowInTime,
    /// It would be due earlier.
    Earlier,
    /// It would be due later.
    Later,
}

/// How many examples are given of each rule.
pub const MOST_EXAMPLES: usize = 10;

/// Tries a candidate on the past. It is tried as if it were in force on every day of the period,
/// whatever its own days; `in_force` gives the rules of each day.
///
/// # Errors
/// What `in_force` says of a day without rules.
pub fn try_rules<'r, E>(
    past: &Past,
    period: Period,
    in_force: impl Fn(Date) -> Result<&'r Rules, E>,
    candidate: &Rules,
    calendar: &Calendar,
) -> Result<Trial, E> {
    let untried = untried(in_force(period.until)?, candidate);
    let before = raised(past, period, in_force, calendar)?;
    let after = raised(past, period, |_| Ok(candidate), calendar)?;
    let mut found = BTreeMap::<&RuleId, Found>::new();
    for (id, raised) in &before {
        let found = found.entry(&id.rule).or_default();
        found.compare(id, Some(raised), after.get(id), past.done.get(id));
    }
    for (id, raised) in &after {
        let found = found.entry(&id.rule).or_default();
        // A candidate has the last word on the name.
        found.name = Some(&raised.rule.name);
        if !before.contains_key(id) {
            found.compare(id, None, Some(raised), past.done.get(id));
        }
    }
    let rules = found.into_iter();
    let rules = rules.filter_map(|(rule, found)| found.told(rule)).collect();
    Ok(Trial {
        period,
        rules,
        untried,
    })
}

fn untried(in_force: &Rules, candidate: &Rules) -> Vec<String> {
    let ladder = |rules: &Rules| rules.duty.as_ref().map(|duty| duty.ladder.clone());
    let tables = [
        ("lixiu", in_force.lixiu != candidate.lixiu),
        ("medal", in_force.medal != candidate.medal),
        ("visit", in_force.visit != candidate.visit),
        // Its named ages raise duties, and say more than that.
        ("birthday", in_force.birthday != candidate.birthday),
        ("petition", in_force.petition != candidate.petition),
        ("duty.ladder", ladder(in_force) != ladder(candidate)),
    ];
    let changed = tables.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(table, _)| table.to_owned()).collect()
}

/// A duty as some rules raise it.
struct Raised<'r> {
    rule: &'r DutyRule,
    last_day: Date,
}

/// All duties that the rules of each day raise in the period, as the reactor would: each once, on
/// the first day on which it is seen.
fn raised<'r, E>(
    past: &Past,
    period: Period,
    rules_on: impl Fn(Date) -> Result<&'r Rules, E>,
    calendar: &Calendar,
) -> Result<HashMap<DutyId, Raised<'r>>, E> {
    let mut all = HashMap::new();
    let mut raise = |rules: &'r Rules, id: DutyId, trigger| {
        if all.contains_key(&id) {
            return;
        }
        let rule = rules.duty.as_ref().and_then(|duty| duty.rule(&id.rule));
        if let Some((rule, last_day)) = rule.zip(last_day(rules, &id, &trigger, calendar)) {
            all.insert(id, Raised { rule, last_day });
        }
    };
    for (occasion, facts) in &past.occasions {
        let known = occasion.known.date();
        if (period.from..=period.until).contains(&known) {
            let rules = rules_on(known)?;
            for (id, trigger) in occasion.raises(rules, facts) {
                raise(rules, id, trigger);
            }
        }
    }
    let next = |day: &Date| day.tomorrow().ok().filter(|day| *day <= period.until);
    for day in std::iter::successors(Some(period.from), next) {
        let rules = rules_on(day)?;
        let watch = Watch::on(day, rules);
        for facts in &past.people {
            for (id, trigger) in watch.sees(facts) {
                raise(rules, id, trigger);
            }
        }
    }
    Ok(all)
}

/// What was found of one rule so far.
#[derive(Default)]
struct Found<'a> {
    name: Option<&'a Text>,
    in_force: u64,
    candidate: u64,
    earlier: u64,
    later: u64,
    changes: Vec<Example>,
}

impl<'a> Found<'a> {
    fn compare(
        &mut self,
        duty: &DutyId,
        before: Option<&Raised<'a>>,
        after: Option<&Raised<'a>>,
        done: Option<&Evidence>,
    ) {
        self.in_force += u64::from(before.is_some());
        self.candidate += u64::from(after.is_some());
        self.name = self.name.or(before.map(|raised| &raised.rule.name));
        let change = match (before, after) {
            (Some(_), None) => Some(Change::Dropped),
            (None, Some(_)) => Some(Change::Added),
            (Some(before), Some(after)) => {
                self.earlier += u64::from(after.last_day < before.last_day);
                self.later += u64::from(after.last_day > before.last_day);
                weightiest(before, after, done)
            }
            (None, None) => None,
        };
        self.changes.extend(change.map(|change| Example {
            duty: duty.clone(),
            change,
            last_day_in_force: before.map(|raised| raised.last_day),
            last_day_candidate: after.map(|raised| raised.last_day),
            done_on: done.map(|done| done.when().date()),
        }));
    }

    fn told(mut self, rule: &RuleId) -> Option<RuleTrial> {
        let name = self.name.filter(|_| !self.changes.is_empty())?;
        let count = |change| {
            let counted = self.changes.iter().filter(|found| found.change == change);
            counted.count() as u64
        };
        let mut trial = RuleTrial {
            rule: rule.clone(),
            name: name.clone(),
            in_force: self.in_force,
            candidate: self.candidate,
            added: count(Change::Added),
            dropped: count(Change::Dropped),
            earlier: self.earlier,
            later: self.later,
            now_late: count(Change::NowLate),
            now_in_time: count(Change::NowInTime),
            not_taken: count(Change::NotTaken),
            examples: vec![],
        };
        self.changes
            .sort_unstable_by(|a, b| (a.change, &a.duty).cmp(&(b.change, &b.duty)));
        self.changes.truncate(MOST_EXAMPLES);
        trial.examples = self.changes;
        Some(trial)
    }
}

/// What changes of a duty that both raise.
fn weightiest(before: &Raised<'_>, after: &Raised<'_>, done: Option<&Evidence>) -> Option<Change> {
    let taken = |by: &Raised<'_>| done.and_then(|done| done.closes(&by.rule.closed_by));
    let in_time = |by: &Raised<'_>| taken(by).map(|done| done.when().date() <= by.last_day);
    match (in_time(before), in_time(after)) {
        (Some(true), Some(false)) => return Some(Change::NowLate),
        (Some(false), Some(true)) => return Some(Change::NowInTime),
        (Some(_), None) => return Some(Change::NotTaken),
        // Whoever did what only the candidate asks for did it for another reason.
        (Some(_), Some(_)) | (None, _) => {}
    }
    match after.last_day.cmp(&before.last_day) {
        std::cmp::Ordering::Less => Some(Change::Earlier),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Change::Later),
    }
}
