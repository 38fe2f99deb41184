//! Any moment of the record again.

mod bundle;

use ::views::Page;
use app::{Dossier, Search};
use calendar::When;
use domain::{
    Text, Unit,
    fund::FundId,
    hardship::{Ground, HardshipId},
};
use inspection::{AsOf, Change, FieldOrigin, Origin, Step, Subject};
use serde_json::{Value, json};

use super::{person::page_of, petition::choice};
use crate::{args, basis, config::Config, desk::Desk, failure::Failure, named, output};

/// Shows a dossier, or what changed in it and by whom.
pub(crate) async fn run(command: &args::Inspect, config: &Config) -> Result<(), Failure> {
    let as_of = AsOf {
        occurred_by: command.as_of.occurred_by.or(command.as_of.as_of),
        known_by: command.as_of.known_by.or(command.as_of.as_of),
    };
    match &command.what {
        args::What::Bundle(args) => bundle::make(args, as_of, config).await,
        args::What::Verify(args) => bundle::verify(args, config),
        args::What::Dossier(of) => {
            let desk = Desk::open(config).await?;
            let found = desk.client.dossier(subject(&desk, of).await?, as_of);
            output::print(config.format, &found.await?, |d| dossier_text(d, as_of))
        }
        args::What::Diff(args) => {
            let desk = Desk::open(config).await?;
            let before = AsOf {
                occurred_by: args.before_occurred_by.or(as_of.occurred_by),
                known_by: args.before_known_by.or(as_of.known_by),
            };
            let of = subject(&desk, &args.subject).await?;
            let changes = desk.client.dossier_changes(of, before, as_of).await?;
            output::print(config.format, &changes, |changes| {
                let table = changes_table(changes);
                let (before, after) = (moment(before), moment(as_of));
                format!("{before} → {after}\n\n{table}\n{} 处", changes.len())
            })
        }
        args::What::Origins(args) => {
            let desk = Desk::open(config).await?;
            let of = subject(&desk, &args.subject).await?;
            let found = desk.client.dossier_origins(of, as_of, args.field.clone());
            output::print(config.format, &found.await?, |fields| origins_table(fields))
        }
        args::What::Steps(args) => {
            let desk = Desk::open(config).await?;
            let of = subject(&desk, &args.subject).await?;
            let search = Search {
                field: args.field.clone(),
                equals: args.equals.as_deref().map(value_of),
            };
            let page = page_of(&args.page);
            let found = desk.client.dossier_steps(of, as_of, search, page).await?;
            output::print(config.format, &found, steps_table)
        }
    }
}

async fn subject(desk: &Desk, named: &args::Subject) -> Result<Subject, Failure> {
    Ok(match named {
        args::Subject::Person { person } => Subject::Person(named::person(desk, person).await?),
        args::Subject::Petition { petition } => {
            Subject::Petition(named::petition(desk, petition).await?)
        }
        args::Subject::Case { person, ground } => Subject::Hardship(HardshipId {
            person: named::person(desk, person).await?,
            ground: choice::<Ground>(ground)?,
        }),
        args::Subject::Fund { unit, year, source } => Subject::Fund(FundId {
            unit: Unit(text(unit)?),
            year: *year,
            source: text(source)?,
        }),
        args::Subject::Unit { unit } => Subject::Unit(Unit(text(unit)?)),
        args::Subject::Bureau => Subject::Bureau,
    })
}

fn text(given: &str) -> Result<Text, Failure> {
    Text::parse(given).map_err(|e| {
        Failure::usage(
            "name_malformed",
            format!("this names no unit and no source of money: {e}"),
            "单位或资金来源的名称有误",
        )
    })
}

/// A word stands for itself; whatever else is JSON is that.
fn value_of(given: &str) -> Value {
    serde_json::from_str(given).unwrap_or_else(|_| given.into())
}

fn moment(as_of: AsOf) -> String {
    let limit = |limit: Option<When>| limit.map_or_else(|| "不限".to_owned(), |w| w.to_string());
    format!(
        "发生截至 {}，获知截至 {}",
        limit(as_of.occurred_by),
        limit(as_of.known_by)
    )
}

fn dossier_text(dossier: &Dossier, as_of: AsOf) -> String {
    let mut rows = Vec::new();
    let fields = dossier.document.as_object().into_iter().flatten();
    for (name, value) in fields.clone().filter(|(name, _)| *name != "history") {
        rows_of(&format!("/{name}"), value, &mut rows);
    }
    let rests_on = match dossier.events {
        Some(events) => format!("，依据 {events} 个事件"),
        None => String::new(),
    };
    let title = format!("{}，期限按 {} 计{rests_on}", moment(as_of), dossier.day);
    let mut parts = vec![title, output::table(["字段", "内容"], rows)];
    if let Some(history) = dossier.document.get("history") {
        parts.push(history_table(history));
    }
    parts.join("\n\n")
}

/// One row for each thing of a list of things, else one for each field that says something.
fn rows_of(path: &str, value: &Value, rows: &mut Vec<[String; 2]>) {
    let Some(fields) = value.as_object() else {
        if !value.is_null() {
            rows.push([path.to_owned(), plain(value)]);
        }
        return;
    };
    let things = fields.values().all(Value::is_object);
    for (name, value) in fields {
        let path = format!("{path}/{name}");
        match value.as_object().filter(|_| things) {
            Some(thing) => {
                let said = thing.iter().filter(|(_, value)| !value.is_null());
                let said = said.map(|(name, value)| format!("{name}：{}", plain(value)));
                rows.push([path, said.collect::<Vec<_>>().join("；")]);
            }
            None => rows_of(&path, value, rows),
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The latest first.
fn history_table(history: &Value) -> String {
    let mut told: Vec<&Value> = history
        .as_object()
        .into_iter()
        .flat_map(|h| h.values())
        .collect();
    told.sort_by_key(|entry| std::cmp::Reverse((day(&entry["occurred"]), day(&entry["recorded"]))));
    let rows = told.iter().map(|entry| {
        let taken_back = match entry["superseded"].as_bool() {
            Some(true) => "（已更正或撤销）",
            Some(false) | None => "",
        };
        [
            day(&entry["occurred"]),
            format!("{}{taken_back}", plain(&entry["what"])),
            day(&entry["recorded"]),
            format!(
                "{}（{}）",
                plain(&entry["actor"]["name"]),
                plain(&entry["actor"]["unit"])
            ),
        ]
    });
    output::table(["发生时间", "事项", "记录时间", "经办"], rows)
}

/// As people read it.
fn day(value: &Value) -> String {
    let when = value.as_str().and_then(|text| text.parse::<When>().ok());
    when.map_or_else(|| plain(value), |when| when.to_string())
}

fn changes_table(changes: &[Change]) -> String {
    let shown = |value: Option<&Value>| value.map_or_else(String::new, plain);
    let rows = changes.iter().map(|change| {
        let kind = match change {
            Change::Added { .. } => "新增",
            Change::Removed { .. } => "删除",
            Change::Changed { .. } => "改为",
        };
        [
            change.path().to_owned(),
            kind.to_owned(),
            shown(change.before()),
            shown(change.after()),
        ]
    });
    output::table(["字段", "变化", "原值", "现值"], rows)
}

fn origins_table(fields: &[FieldOrigin]) -> String {
    let rows = fields.iter().map(|field| {
        let origin = &field.origin;
        let approver = origin.approver.as_ref();
        [
            field.path.clone(),
            plain(&field.value),
            origin.what.clone(),
            origin.occurred.to_string(),
            When::At(origin.recorded).to_string(),
            who(origin),
            approver.map_or_else(String::new, |staff| staff.0.to_string()),
            basis::rests_on(origin.document.as_ref(), origin.source.as_ref()),
            format!("{}@{}", origin.stream, origin.revision),
        ]
    });
    let header = [
        "字段",
        "值",
        "事项",
        "发生时间",
        "记录时间",
        "经办",
        "批准",
        "依据",
        "事件",
    ];
    format!("{}\n{} 个字段", output::table(header, rows), fields.len())
}

/// Who did it, with the role and unit they had then.
fn who(origin: &Origin) -> String {
    let actor = &origin.actor;
    let for_whom = match &origin.on_behalf_of {
        Some(other) => format!("，代 {other}"),
        None => String::new(),
    };
    format!("{}（{}，{}{for_whom}）", actor.name, actor.unit, actor.role)
}

fn steps_table(steps: &Page<Step>) -> String {
    let rows = steps.items.iter().map(|step| {
        // What begins with nothing to say needs no line.
        let empty = |value: Option<&Value>| value.is_none_or(|v| v.is_null() || *v == json!({}));
        let told = |change: &&Change| !(empty(change.before()) && empty(change.after()));
        let changes = step.changes.iter().filter(told).map(|change| match change {
            Change::Added { path, after } => format!("{path} 新增 {}", plain(after)),
            Change::Removed { path, before } => format!("{path} 删除 {}", plain(before)),
            Change::Changed {
                path,
                before,
                after,
            } => format!("{path} {} → {}", plain(before), plain(after)),
        });
        [
            When::At(step.origin.recorded).to_string(),
            step.origin.occurred.to_string(),
            step.origin.what.clone(),
            who(&step.origin),
            changes.collect::<Vec<_>>().join("\n"),
        ]
    });
    let table = output::table(["记录时间", "发生时间", "事项", "经办", "变更"], rows);
    output::with_next(table, steps.items.len(), steps.next_page_token.as_deref())
}
