use ::views::{
    Page,
    duties::{DigestFilter, DutyDigest, DutyGroup, DutyRow, WorkFilter},
};
use domain::Text;

use super::{person::page_of, petition::choice};
use crate::{args, config::Config, desk::Desk, failure::Failure, named, output};
use ::views::words;

/// Lists duties, or says what is on someone's desk this morning.
pub(crate) async fn run(command: &args::Duty, config: &Config) -> Result<(), Failure> {
    let text = |given: &Option<String>| given.as_deref().and_then(|g| Text::parse(g).ok());
    let desk = Desk::open(config).await?;
    match command {
        args::Duty::List {
            unit,
            handler,
            kind,
            band,
            page,
        } => {
            let filter = WorkFilter {
                unit: text(unit),
                handler: text(handler),
                kind: kind.as_deref().map(choice).transpose()?,
                band: band.as_deref().map(choice).transpose()?,
            };
            let work = desk.client.duty_worklist(filter, page_of(page)).await?;
            output::print(config.format, &work, duties_table)
        }
        args::Duty::ListOfPerson { person, open, page } => {
            let person = named::person(&desk, person).await?;
            let found = desk.client.duties_of_person(person, *open, page_of(page));
            output::print(config.format, &found.await?, duties_table)
        }
        args::Duty::Digest { unit, handler } => {
            let of = DigestFilter {
                unit: text(unit),
                handler: text(handler),
            };
            let digest = desk.client.duty_digest(of).await?;
            output::print(config.format, &digest, digest_text)
        }
    }
}

fn duties_table(duties: &Page<DutyRow>) -> String {
    output::with_next(
        table(&duties.items),
        duties.items.len(),
        duties.next_page_token.as_deref(),
    )
}

fn table(duties: &[DutyRow]) -> String {
    let rows = duties.iter().map(|row| {
        let provisional = if row.provisional { "（暂定）" } else { "" };
        [
            format!("{}{provisional}", row.due_rolled),
            if row.state.is_open() {
                words::days_left(row.days_left)
            } else {
                String::new()
            },
            row.person_name.to_string(),
            row.name.to_string(),
            row.unit.to_string(),
            row.handler
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            words::duty_state(row),
            row.duty.to_string(),
        ]
    });
    let header = [
        "届满日",
        "剩余",
        "姓名",
        "事项",
        "单位",
        "联系人",
        "状态",
        "标识",
    ];
    output::table(header, rows)
}

fn digest_text(digest: &DutyDigest) -> String {
    let whose = [&digest.of.unit, &digest.of.handler];
    let whose: Vec<&str> = whose.into_iter().flatten().map(|of| &**of).collect();
    let counts = &digest.counts;
    let mut parts = vec![
        format!(
            "{} {}，新情况自 {} 起",
            digest.today,
            whose.join(" "),
            digest.since
        ),
        format!(
            "逾期 {}，今日到期 {}，本周到期 {}，以后到期 {}；其中待批准免除 {}",
            counts.overdue, counts.today, counts.this_week, counts.later, counts.awaiting_approval,
        ),
    ];
    for (name, group) in [
        ("新逾期", &digest.newly_overdue),
        ("今日到期", &digest.due_today),
        ("已预警", &digest.warned),
        ("新到", &digest.arrived),
        ("逐级提醒", &digest.climbed),
        ("待审批", &digest.to_decide),
    ] {
        parts.extend(group_text(name, group));
    }
    parts.join("\n")
}

fn group_text(name: &str, group: &DutyGroup) -> Option<String> {
    let shown = group.items.len() as u64;
    let cut = match group.total > shown {
        true => format!("，列出前 {shown} 件"),
        false => String::new(),
    };
    let title = format!("\n{name} {} 件{cut}", group.total);
    (group.total > 0).then(|| format!("{title}\n{}", table(&group.items)))
}
