mod replay;

use std::path::Path;

use app::{Candidate, Tried};
use domain::duty::trial::{Change, Example, RuleTrial};

use super::calendar::date;
use crate::{args, bureau, config::Config, desk::Desk, failure::Failure, output};

/// Tries a rule profile on the past, or judges the past again.
pub(crate) async fn run(command: &args::Rules, config: &Config) -> Result<(), Failure> {
    match command {
        args::Rules::Try { file, from, until } => {
            let day = |day: &Option<String>| day.as_deref().map(date).transpose();
            let (candidate, from, until) = (candidate(file)?, day(from)?, day(until)?);
            let desk = Desk::open(config).await?;
            let tried = desk.client.try_rules(candidate, from, until).await?;
            output::print(config.format, &tried, text)
        }
        args::Rules::Replay {
            rules,
            known_by,
            limit,
            output: workbook,
        } => {
            let proposed = rules.as_deref().map(candidate).transpose()?;
            let desk = Desk::open(config).await?;
            let report = desk.client.replay_rules(proposed, *known_by).await?;
            if let Some(path) = workbook {
                replay::write(&report, path)?;
            }
            output::print(config.format, &report, |report| {
                replay::text(report, *limit)
            })
        }
    }
}

fn candidate(file: &Path) -> Result<Candidate, Failure> {
    let name = file.file_name();
    Ok(Candidate {
        file_name: name.map_or_else(String::new, |name| name.to_string_lossy().into()),
        text: bureau::text_of(file)?,
    })
}

fn text(tried: &Tried) -> String {
    let Tried {
        candidate,
        obstacle,
        trial,
    } = tried;
    let mut parts = vec![format!(
        "试算 {}（{}），{} 至 {}；未写入任何记录",
        candidate.id, candidate.jurisdiction, trial.period.from, trial.period.until
    )];
    parts.push(match trial.rules.is_empty() {
        true => "责任事项不变".to_owned(),
        false => rules(&trial.rules),
    });
    parts.extend(trial.rules.iter().map(examples));
    if !trial.untried.is_empty() {
        let tables = trial.untried.join("、");
        parts.push(format!("另有改动未作试算：{tables}"));
    }
    if let Some(obstacle) = obstacle {
        let (code, why) = (&obstacle.code, &obstacle.message_zh);
        parts.push(format!("采用之前须处理：[{code}] {why}"));
    }
    parts.join("\n\n")
}

fn rules(rules: &[RuleTrial]) -> String {
    let header = [
        "事项",
        "现行",
        "试算",
        "新增",
        "取消",
        "提前",
        "推后",
        "按时变逾期",
        "逾期变按时",
        "不再算完成",
    ];
    let rows = rules.iter().map(|rule| {
        let counts = [
            rule.in_force,
            rule.candidate,
            rule.added,
            rule.dropped,
            rule.earlier,
            rule.later,
            rule.now_late,
            rule.now_in_time,
            rule.not_taken,
        ];
        let mut row = vec![rule.name.to_string()];
        row.extend(counts.map(|count| count.to_string()));
        row
    });
    output::grid(&header, rows)
}

fn examples(rule: &RuleTrial) -> String {
    let shown = |day: Option<_>| day.map_or_else(|| "—".to_owned(), |day| format!("{day}"));
    let row = |example: &Example| {
        [
            change(example.change).to_owned(),
            shown(example.last_day_in_force),
            shown(example.last_day_candidate),
            shown(example.done_on),
            example.duty.person.to_string(),
        ]
    };
    let header = ["变化", "现行期限", "试算期限", "完成", "人员编号"];
    let table = output::table(header, rule.examples.iter().map(row));
    format!("{}，举例 {} 项：\n{table}", rule.name, rule.examples.len())
}

fn change(change: Change) -> &'static str {
    match change {
        Change::NowLate => "按时变逾期",
        Change::NotTaken => "不再算完成",
        Change::Dropped => "取消",
        Change::Added => "新增",
        Change::NowInTime => "逾期变按时",
        Change::Earlier => "提前",
        Change::Later => "推后",
    }
}
