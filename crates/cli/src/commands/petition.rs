use ::views::{
    Page, PageRequest,
    petitions::{PetitionFilter, PetitionRow},
};
use domain::PetitionId;

use super::person::{history_table, page_of, with_next};
use crate::{
    args,
    config::Config,
    desk::Desk,
    failure::{Exit, Failure},
    output, words,
};

/// Lists petitions, or reads a petition's history.
pub(crate) async fn run(command: &args::Petition, config: &Config) -> Result<(), Failure> {
    let desk = Desk::open(config).await?;
    match command {
        args::Petition::List { query, state, page } => {
            let state = state.as_deref().map(choice).transpose()?;
            let filter = PetitionFilter {
                q: query.clone(),
                state,
                ..PetitionFilter::default()
            };
            let petitions = desk.petitions(filter, page_of(page)).await?;
            output::print(config.format, &petitions, petitions_table)
        }
        args::Petition::History { petition } => {
            let petition = petition_of(&desk, petition).await?;
            let history = desk
                .petition_history(petition, PageRequest::default())
                .await?;
            output::print(config.format, &history, history_table)
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

/// A petition by id or by number.
async fn petition_of(desk: &Desk, text: &str) -> Result<PetitionId, Failure> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let filter = PetitionFilter {
        q: Some(text.to_owned()),
        ..PetitionFilter::default()
    };
    let found = desk.petitions(filter, PageRequest::default()).await?;
    let named = |row: &&PetitionRow| row.number.as_ref().is_some_and(|n| n.as_str() == text);
    found
        .items
        .iter()
        .find(named)
        .map(|row| row.petition)
        .ok_or_else(|| {
            Failure::new(
                Exit::NotFound,
                "not_found",
                "no petition has this number: look it up with `sangyu petition list`",
                "没有此编号的信访件，请先用 sangyu petition list 查询",
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
            words::petition_state(row.state).to_owned(),
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
            "状态",
            "标识",
        ],
        rows,
    );
    with_next(
        table,
        petitions.items.len(),
        petitions.next_page_token.as_deref(),
    )
}
