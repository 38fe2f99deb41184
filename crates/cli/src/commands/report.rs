mod funds;

use ::calendar::Date;
use ::views::{
    funds::FundFilter,
    petitions::{FiguresFilter, FiguresGroup, FiguresReport},
    register::Counts,
};
use domain::Text;

use super::{calendar::date, petition::choice};
use crate::{args, config::Config, desk::Desk, failure::Failure, output};

/// Prints figures that reports ask for.
pub(crate) async fn run(command: &args::Report, config: &Config) -> Result<(), Failure> {
    match command {
        args::Report::Counts { unit } => {
            let desk = Desk::open(config).await?;
            let (counts, _) = desk.client.counts(named(unit.as_deref())).await?;
            output::print(config.format, &counts, counts_table)
        }
        args::Report::Petitions { from, to, unit, by } => {
            let day = |given: &Option<String>| given.as_deref().map(date).transpose();
            let of = FiguresFilter {
                from: day(from)?,
                to: day(to)?,
                unit: named(unit.as_deref()),
                category: None,
            };
            let by = by.as_deref().map(choice).transpose()?;
            let desk = Desk::open(config).await?;
            let report = desk.client.petition_figures(of, by).await?;
            output::print(config.format, &report, figures_table)
        }
        args::Report::Funds { unit, year } => {
            let of = FundFilter {
                unit: unit.clone(),
                year: *year,
            };
            funds::run(of, config).await
        }
    }
}

fn named(unit: Option<&str>) -> Option<Text> {
    unit.and_then(|unit| Text::parse(unit).ok())
}

fn counts_table(counts: &Counts) -> String {
    let Counts {
        people,
        living,
        members,
        lixiu,
        tuixiu,
        hardship,
    } = counts;
    let row = [people, living, members, lixiu, tuixiu, hardship].map(ToString::to_string);
    output::table(["在册", "健在", "党员", "离休", "退休", "在帮困难"], [row])
}

/// One figure a line: so many do not fit side by side.
fn figures_table(report: &FiguresReport) -> String {
    let figures = &report.all;
    let day = |day: Option<Date>| day.map_or_else(|| "不限".to_owned(), |day| day.to_string());
    let days = |days: Option<f64>| days.map_or_else(|| "—".to_owned(), |days| days.to_string());
    let profiles: Vec<String> = figures
        .profile
        .iter()
        .map(|(id, count)| format!("{id} {count}"))
        .collect();
    let rows = [
        ("收到", figures.total.to_string()),
        (
            "期间",
            format!("{} 至 {}", day(report.of.from), day(report.of.to)),
        ),
        ("统计日", report.today.to_string()),
        ("按期告知", figures.told_in_time.to_string()),
        ("逾期告知", figures.told_late.to_string()),
        ("已答复", figures.answered.to_string()),
        ("按期答复", figures.answered_in_time.to_string()),
        ("逾期答复", figures.answered_late.to_string()),
        (
            "无期限要求的答复",
            figures.answered_without_limit.to_string(),
        ),
        ("在办", figures.open.to_string()),
        ("在办逾期", figures.open_overdue.to_string()),
        ("转送、撤回等", figures.ended_otherwise.to_string()),
        ("重复信访", figures.duplicates.to_string()),
        (
            "受理至答复天数（中位数）",
            days(figures.median_days_to_answer),
        ),
        ("受理至答复天数（平均）", days(figures.mean_days_to_answer)),
        ("收到至告知天数（平均）", days(figures.mean_days_to_tell)),
        ("已评价", figures.rated.to_string()),
        ("满意和基本满意", figures.satisfied.to_string()),
        ("适用规则", profiles.join("，")),
    ];
    let rows = rows.map(|(name, value)| [name.to_owned(), value]);
    let whole = output::table(["指标", "数值"], rows);
    if report.groups.is_empty() {
        whole
    } else {
        format!("{whole}\n\n{}", groups_table(&report.groups))
    }
}

/// One group a line, with the figures that a bureau compares.
fn groups_table(groups: &[FiguresGroup]) -> String {
    let header = [
        "分组",
        "收到",
        "按期告知",
        "已答复",
        "按期答复",
        "逾期答复",
        "在办",
        "在办逾期",
        "重复信访",
        "已评价",
        "满意和基本满意",
    ];
    let rows = groups.iter().map(|FiguresGroup { group, figures }| {
        let counts = [
            figures.total,
            figures.told_in_time,
            figures.answered,
            figures.answered_in_time,
            figures.answered_late,
            figures.open,
            figures.open_overdue,
            figures.duplicates,
            figures.rated,
            figures.satisfied,
        ];
        let [a, b, c, d, e, f, g, h, i, j] = counts.map(|count| count.to_string());
        [group.clone(), a, b, c, d, e, f, g, h, i, j]
    });
    output::table(header, rows)
}
