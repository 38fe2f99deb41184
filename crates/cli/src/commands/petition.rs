use ::views::{
    Page,
    petitions::{PetitionFilter, PetitionRow, WorkFilter, WorkRow},
};
use domain::Text;

use super::{
    calendar::date,
    documents,
    person::{history_table, page_of},
};
use crate::{args, config::Config, desk::Desk, failure::Failure, named, output};
use ::views::words;

/// Lists petitions, reads a petition's history, or says what is due.
pub(crate) async fn run(command: &args::Petition, config: &Config) -> Result<(), Failure> {
    match command {
        args::Petition::Attach(args) => documents::attach(args, config).await,
        args::Petition::Document(args) => documents::get(args, config).await,
        args::Petition::List {
            query,
            stage,
            received_from,
            received_until,
            person,
            page,
        } => {
            let desk = Desk::open(config).await?;
            let person = match person {
                Some(person) => Some(named::person(&desk, person).await?),
                None => None,
            };
            let filter = PetitionFilter {
                q: query.clone(),
                stage: stage.as_deref().map(choice).transpose()?,
                received_from: received_from.as_deref().map(date).transpose()?,
                received_until: received_until.as_deref().map(date).transpose()?,
                person,
            };
            let petitions = desk.client.petitions(filter, page_of(page)).await?;
            output::print(config.format, &petitions, petitions_table)
        }
        args::Petition::History { petition, page } => {
            let desk = Desk::open(config).await?;
            let petition = named::petition(&desk, petition).await?;
            let history = desk
                .client
                .petition_history(petition, page_of(page))
                .await?;
            output::print(config.format, &history, history_table)
        }
        args::Petition::Due {
            unit,
            handler,
            overdue,
            within,
            page,
        } => {
            let desk = Desk::open(config).await?;
            let named = |given: &Option<String>| given.as_deref().and_then(|g| Text::parse(g).ok());
            let filter = WorkFilter {
                unit: named(unit),
                handler: named(handler),
                overdue: *overdue,
                due_within: *within,
                ..WorkFilter::default()
            };
            let work = desk.client.petition_worklist(filter, page_of(page)).await?;
            output::print(config.format, &work, work_table)
        }
    }
}

/// One of the words that a type is stored as.
pub(super) fn choice<T: serde::de::DeserializeOwned>(word: &str) -> Result<T, Failure> {
    serde_json::from_value(word.into()).map_err(|e| {
        // serde names the words that there are.
        Failure::usage(
            "unknown_choice",
            e.to_string(),
            format!("没有“{word}”这一选项：{e}"),
        )
    })
}

fn petitions_table(petitions: &Page<PetitionRow>) -> String {
    let time = |when: Option<::calendar::When>| when.map_or_else(String::new, |w| w.to_string());
    let rows = petitions.items.iter().map(|row| {
        [
            row.number
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            row.subject.to_string(),
            row.petitioner.to_string(),
            words::channel(row.channel).to_owned(),
            row.received.to_string(),
            time(row.replied),
            words::petition_stage(row.stage).to_owned(),
            row.petition.to_string(),
        ]
    });
    let table = output::table(
        [
            "编号",
            "主题",
            "信访人",
            "形式",
            "收到",
            "答复送达",
            "进度",
            "标识",
        ],
        rows,
    );
    output::with_next(
        table,
        petitions.items.len(),
        petitions.next_page_token.as_deref(),
    )
}

fn work_table(work: &Page<WorkRow>) -> String {
    let rows = work.items.iter().map(|row| {
        let next = row.next.as_ref();
        [
            next.map_or("无", |next| words::clock(next.clock))
                .to_owned(),
            next.map_or_else(String::new, |next| next.due_raw.to_string()),
            next.map_or_else(String::new, |next| {
                let provisional = if next.provisional { "（暂定）" } else { "" };
                format!("{}{provisional}", next.due_rolled)
            }),
            next.map_or_else(String::new, |next| {
                next.days_left.map_or_else(String::new, words::days_left)
            }),
            row.number
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            row.subject.to_string(),
            row.unit.to_string(),
            row.handler
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            row.petition.to_string(),
        ]
    });
    let header = [
        "期限",
        "届满日",
        "顺延至",
        "剩余",
        "编号",
        "主题",
        "单位",
        "承办人",
        "标识",
    ];
    let table = output::table(header, rows);
    output::with_next(table, work.items.len(), work.next_page_token.as_deref())
}
