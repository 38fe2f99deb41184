use ::views::{
    Page, PageRequest,
    history::HistoryEntry,
    register::{Find, PersonRow, Status},
};

use crate::{args, basis, config::Config, desk::Desk, failure::Failure, named, output};
use ::views::words;

/// Finds people, or reads a person's care history.
pub(crate) async fn run(command: &args::Person, config: &Config) -> Result<(), Failure> {
    match command {
        args::Person::Find {
            query,
            unit,
            branch,
            status,
            page,
        } => {
            let find = Find {
                q: query.clone(),
                unit: unit.clone(),
                branch: branch.clone(),
                status: status.as_deref().map(status_of).transpose()?,
                ..Find::default()
            };
            let desk = Desk::open(config).await?;
            let found = desk.client.find_people(find, page_of(page)).await?;
            output::print(config.format, &found, people_table)
        }
        args::Person::History { person, page } => {
            let desk = Desk::open(config).await?;
            let person = named::person(&desk, person).await?;
            let history = desk.client.history(person, page_of(page)).await?;
            output::print(config.format, &history, history_table)
        }
    }
}

pub(super) fn page_of(page: &args::Page) -> PageRequest {
    PageRequest {
        page_size: page.limit,
        page_token: page.page_token.clone(),
    }
}

fn status_of(word: &str) -> Result<Status, Failure> {
    match word {
        "lixiu" | "离休" => Ok(Status::Lixiu),
        "tuixiu" | "退休" => Ok(Status::Tuixiu),
        "none" => Ok(Status::None),
        _ => Err(Failure::usage(
            "unknown_choice",
            "a status is lixiu, tuixiu or none",
            "身份类别请填 lixiu（离休）、tuixiu（退休）或 none",
        )),
    }
}

fn people_table(found: &Page<PersonRow>) -> String {
    let rows = found.items.iter().map(|row| {
        [
            row.name.to_string(),
            row.sex.map_or("", words::sex).to_owned(),
            row.born_on.map_or_else(String::new, |d| d.to_string()),
            words::status(row.status).to_owned(),
            if row.joined_on.is_some() {
                "党员"
            } else {
                ""
            }
            .to_owned(),
            row.unit.to_string(),
            row.branch
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            row.died_on
                .map_or_else(String::new, |d| format!("{d} 去世")),
            row.person.to_string(),
        ]
    });
    let table = output::table(
        [
            "姓名",
            "性别",
            "出生",
            "类别",
            "党员",
            "服务单位",
            "支部",
            "备注",
            "编号",
        ],
        rows,
    );
    output::with_next(table, found.items.len(), found.next_page_token.as_deref())
}

pub(super) fn history_table(history: &Page<HistoryEntry>) -> String {
    let rows = history.items.iter().map(|entry| {
        let what = match entry.superseded_by {
            Some(_) => format!("{}（已更正或撤销）", entry.what),
            None => entry.what.clone(),
        };
        let who = format!("{}（{}）", entry.actor.name, entry.actor.unit);
        let recorded = ::calendar::When::At(entry.recorded).to_string();
        [
            entry.occurred.to_string(),
            what,
            recorded,
            who,
            basis::of_entry(entry),
        ]
    });
    let table = output::table(["发生时间", "事项", "记录时间", "经办", "依据"], rows);
    output::with_next(
        table,
        history.items.len(),
        history.next_page_token.as_deref(),
    )
}
