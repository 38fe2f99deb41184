//! Was it done in time? What a yearly report says of petitions.

use std::collections::BTreeMap;

use calendar::Date;
use domain::{
    Actor, Text,
    petition::{Category, Rating},
};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

use super::{
    PetitionStage,
    category::{self, columns, word_of},
};
use crate::{
    ViewsError,
    read::{optional, parsed, text, word},
    sealing::visible,
};

/// Of which petitions. What is left out does not narrow them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FiguresFilter {
    /// The first day of the period of receipt, inclusive.
    pub from: Option<Date>,
    /// The last day of the period of receipt, inclusive.
    pub to: Option<Date>,
    /// The unit that keeps them.
    pub unit: Option<Text>,
    /// What kind they are.
    pub category: Option<Category>,
}

/// By what the figures are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FiguresBy {
    /// 月份 of receipt: `2026-03`.
    Month,
    /// 季度 of receipt: `2026-Q1`.
    Quarter,
    /// 年份 of receipt: `2026`.
    Year,
    /// The unit that keeps them, by its name.
    Unit,
    /// 类别: a word such as `suggestion` or `demand_investigation`, or `unclassified`.
    Category,
}

/// The figures of some petitions, and the same set apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiguresReport {
    /// Of which petitions.
    #[serde(flatten)]
    pub of: FiguresFilter,
    /// The day on which it was counted.
    pub today: Date,
    /// All of them together.
    #[serde(flatten)]
    pub all: Figures,
    /// By what they are set apart, if by anything.
    pub by: Option<FiguresBy>,
    /// Each group that has a petition, in the order of its name. Every count of `all` is the sum of
    /// theirs.
    pub groups: Vec<FiguresGroup>,
}

/// The figures of one group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FiguresGroup {
    /// Which: a period, a unit or a category.
    pub group: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The figures of the petitions received in a period. Days are calendar days of Beijing. Every
/// petition is judged by the rules that governed it on the day of its receipt, and by the last days
/// that its events hold: `total` = `answered` + `open` + `ended_otherwise`.
///
/// A petition that was opened again counts as answered or open by its present course. It was
/// answered in time only if no course was late: a breach is never unmade.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// 收到: received in the period. A sealed one is counted only to those who may see it.
    pub total: u64,
    /// 告知及时: the petitioner was told, by notice or by the answer itself, on or before the rolled
    /// last day of the clock of telling (R23: 15 days from receipt). That a petition was accepted
    /// tells the petitioner nothing: an imported one counts only by its reply.
    pub told_in_time: u64,
    /// The same after that day.
    pub told_late: u64,
    /// 已答复: a reply or an opinion was delivered.
    pub answered: u64,
    /// 按期答复: delivered on or before the rolled last day of the clock of handling (60 days from
    /// acceptance, or what the rules say, with the extensions granted).
    pub answered_in_time: u64,
    /// 逾期答复: delivered after that day.
    pub answered_late: u64,
    /// Answered where no clock of handling runs: the rules set none for that category.
    pub answered_without_limit: u64,
    /// 在办: not answered and still with us.
    pub open: u64,
    /// 逾期未答复: open, and today lies after the rolled last day of the clock of handling.
    pub open_overdue: u64,
    /// Linked, routed onward, returned, withdrawn, not taken up, or closed on an exemption.
    pub ended_otherwise: u64,
    /// Linked to another petition on the same matter, be they answered or not.
    pub duplicates: u64,
    /// Whole calendar days from acceptance to delivery, of those answered; of an even number the
    /// mean of the middle two.
    pub median_days_to_answer: Option<f64>,
    /// Their mean, to two decimals.
    pub mean_days_to_answer: Option<f64>,
    /// Whole calendar days from receipt to the first telling, to two decimals.
    pub mean_days_to_tell: Option<f64>,
    /// Rated by the petitioner, in the present course.
    pub rated: u64,
    /// Of them 满意 or 基本满意.
    pub satisfied: u64,
    /// How many are governed by which rule profile.
    pub profile: BTreeMap<String, u64>,
}

/// The figures of these petitions as they are today, and the same by month, unit or the like; of
/// those that the reader may see.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn figures(
    conn: &Connection,
    of: FiguresFilter,
    by: Option<FiguresBy>,
    today: Date,
    reader: &Actor,
) -> Result<FiguresReport, ViewsError> {
    let visible = visible("p.petition");
    let mut statement = conn.prepare_cached(&format!(
        "SELECT p.profile, p.stage, p.unit, p.category, p.track, p.received_on, p.told_on,
                p.duplicate_of IS NOT NULL AS duplicate, t.due_rolled AS tell_due,
                r.accepted_on, r.answered_on, r.stopped_on, r.rating, h.due_rolled AS handle_due,
                EXISTS (
                    SELECT 1 FROM petitions_course x JOIN petitions_clock c
                      ON c.petition = x.petition AND c.clock = 'handle' AND c.course = x.course
                    WHERE x.petition = p.petition
                      AND coalesce(x.answered_on, x.stopped_on) > c.due_rolled) AS late
         FROM petitions p
         LEFT JOIN petitions_course r ON r.petition = p.petition AND r.course = p.course
         LEFT JOIN petitions_clock t
           ON t.petition = p.petition AND t.clock = 'tell' AND t.course = 1
         LEFT JOIN petitions_clock h
           ON h.petition = p.petition AND h.clock = 'handle' AND h.course = p.course
         WHERE (:from IS NULL OR p.received_on >= :from)
           AND (:to IS NULL OR p.received_on <= :to)
           AND (:unit IS NULL OR p.unit = :unit)
           AND (:category IS NULL OR (p.category = :category AND p.track IS :track))
           AND {visible}",
    ))?;
    let (category, track) = of.category.map(columns).transpose()?.unzip();
    let mut rows = statement.query(named_params! {
        ":from": of.from.map(|day| day.to_string()),
        ":to": of.to.map(|day| day.to_string()),
        ":unit": of.unit.as_deref(),
        ":category": category,
        ":track": track.flatten(),
        ":reader_account": reader.id.0.as_str(),
        ":reader_name": reader.name.as_str(),
        ":reader_unit": reader.unit.0.as_str(),
    })?;
    let mut all = Count::default();
    let mut groups: BTreeMap<String, Count> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let petition = Petition::read(row)?;
        all.add(&petition, today);
        if let Some(by) = by {
            let group = groups.entry(group(row, by, petition.received_on)?);
            group.or_default().add(&petition, today);
        }
    }
    let groups = groups.into_iter().map(|(group, count)| FiguresGroup {
        group,
        figures: count.figures(),
    });
    Ok(FiguresReport {
        of,
        today,
        all: all.figures(),
        by,
        groups: groups.collect(),
    })
}

fn group(row: &Row<'_>, by: FiguresBy, received_on: Date) -> Result<String, ViewsError> {
    let (year, month) = (received_on.year(), received_on.month());
    Ok(match by {
        FiguresBy::Month => format!("{year:04}-{month:02}"),
        FiguresBy::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
        FiguresBy::Year => format!("{year:04}"),
        FiguresBy::Unit => text(row, "unit")?.to_string(),
        FiguresBy::Category => word_of(category::read(row)?)?,
    })
}

/// What of one petition the figures rest on.
struct Petition {
    profile: String,
    stage: PetitionStage,
    received_on: Date,
    told_on: Option<Date>,
    duplicate: bool,
    tell_due: Option<Date>,
    accepted_on: Option<Date>,
    answered_on: Option<Date>,
    stopped_on: Option<Date>,
    rating: Option<Rating>,
    handle_due: Option<Date>,
    late: bool,
}

impl Petition {
    fn read(row: &Row<'_>) -> Result<Self, ViewsError> {
        let rating: Option<String> = row.get("rating")?;
        Ok(Petition {
            profile: row.get("profile")?,
            stage: word(row, "stage")?,
            received_on: parsed(row, "received_on")?,
            told_on: optional(row, "told_on")?,
            duplicate: row.get("duplicate")?,
            tell_due: optional(row, "tell_due")?,
            accepted_on: optional(row, "accepted_on")?,
            answered_on: optional(row, "answered_on")?,
            stopped_on: optional(row, "stopped_on")?,
            rating: rating.map(|_| word(row, "rating")).transpose()?,
            handle_due: optional(row, "handle_due")?,
            late: row.get("late")?,
        })
    }
}

#[derive(Default)]
struct Count {
    total: u64,
    told_in_time: u64,
    told_late: u64,
    answered_in_time: u64,
    answered_late: u64,
    answered_without_limit: u64,
    open: u64,
    open_overdue: u64,
    ended_otherwise: u64,
    duplicates: u64,
    rated: u64,
    satisfied: u64,
    days_to_answer: Vec<i32>,
    days_to_tell: Vec<i32>,
    profile: BTreeMap<String, u64>,
}

impl Count {
    fn add(&mut self, petition: &Petition, today: Date) {
        self.total += 1;
        *self.profile.entry(petition.profile.clone()).or_default() += 1;
        self.duplicates += u64::from(petition.duplicate);
        if let Some(told) = petition.told_on {
            self.days_to_tell.push(days(petition.received_on, told));
        }
        if let (Some(told), Some(due)) = (petition.told_on, petition.tell_due) {
            let in_time = told <= due;
            self.told_in_time += u64::from(in_time);
            self.told_late += u64::from(!in_time);
        }
        if let Some(answered) = petition.answered_on {
            match petition.handle_due {
                _ if petition.late => self.answered_late += 1,
                Some(_) => self.answered_in_time += 1,
                None => self.answered_without_limit += 1,
            }
            let accepted = petition.accepted_on;
            self.days_to_answer
                .extend(accepted.map(|accepted| days(accepted, answered)));
        } else if petition.stage.is_open() {
            self.open += 1;
            let overdue = petition.handle_due.is_some_and(|due| today > due);
            self.open_overdue += u64::from(overdue && petition.stopped_on.is_none());
        } else {
            self.ended_otherwise += 1;
        }
        if let Some(rating) = petition.rating {
            self.rated += 1;
            self.satisfied += match rating {
                Rating::Satisfied | Rating::BasicallySatisfied => 1,
                Rating::Dissatisfied => 0,
            };
        }
    }

    fn figures(mut self) -> Figures {
        Figures {
            total: self.total,
            told_in_time: self.told_in_time,
            told_late: self.told_late,
            answered: self.answered_in_time + self.answered_late + self.answered_without_limit,
            answered_in_time: self.answered_in_time,
            answered_late: self.answered_late,
            answered_without_limit: self.answered_without_limit,
            open: self.open,
            open_overdue: self.open_overdue,
            ended_otherwise: self.ended_otherwise,
            duplicates: self.duplicates,
            median_days_to_answer: median(&mut self.days_to_answer),
            mean_days_to_answer: mean(&self.days_to_answer),
            mean_days_to_tell: mean(&self.days_to_tell),
            rated: self.rated,
            satisfied: self.satisfied,
            profile: self.profile,
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn median(days: &mut [i32]) -> Option<f64> {
    days.sort_unstable();
    let upper = days.get(days.len() / 2)?;
    let lower = days.get((days.len() - 1) / 2)?;
    Some(f64::from(lower + upper) / 2.0)
}

/// To two decimals: more would be noise.
fn mean(days: &[i32]) -> Option<f64> {
    let count = u32::try_from(days.len()).ok().filter(|count| *count > 0)?;
    let sum: f64 = days.iter().copied().map(f64::from).sum();
    Some((sum / f64::from(count) * 100.0).round() / 100.0)
}
