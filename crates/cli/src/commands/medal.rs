use ::views::{
    PageRequest,
    medal::{CandidateFilter, MedalCandidate},
};
use serde::Serialize;

use crate::{args, config::Config, desk::Desk, failure::Failure, output};
use ::views::words;

/// The whole list of a year.
#[derive(Serialize)]
struct Candidates {
    candidates: Vec<MedalCandidate>,
    doubtful: Vec<Doubtful>,
}

/// Someone in doubt, with the doubt in words.
#[derive(Serialize)]
struct Doubtful {
    #[serde(flatten)]
    row: MedalCandidate,
    why_en: &'static str,
    why_zh: &'static str,
}

/// Lists who can be given the medal of a year: all of them, for the list is approved as a whole.
pub(crate) async fn run(command: &args::Medal, config: &Config) -> Result<(), Failure> {
    let args::Medal::Candidates { year, unit, branch } = command;
    let filter = CandidateFilter {
        year: *year,
        unit: unit.clone(),
        branch: branch.clone(),
    };
    let desk = Desk::open(config).await?;
    let mut list = Candidates {
        candidates: vec![],
        doubtful: vec![],
    };
    let mut page = PageRequest {
        page_size: 200,
        page_token: None,
    };
    loop {
        let found = desk
            .client
            .medal_candidates(filter.clone(), page.clone())
            .await?;
        for row in found.items {
            match row.why {
                None => list.candidates.push(row),
                Some(why) => list.doubtful.push(Doubtful {
                    row,
                    why_en: why.en(),
                    why_zh: why.zh(),
                }),
            }
        }
        page.page_token = found.next_page_token;
        if page.page_token.is_none() {
            break;
        }
    }
    output::print(config.format, &list, table)
}

fn table(list: &Candidates) -> String {
    let header = [
        "姓名",
        "服务单位",
        "支部",
        "入党",
        "转正",
        "党龄起算",
        "依据",
        "进度",
        "编号",
    ];
    let candidates = output::table(header, list.candidates.iter().map(columns));
    let candidates = format!("{candidates}\n符合条件 {} 人", list.candidates.len());
    if list.doubtful.is_empty() {
        return candidates;
    }
    let header = [
        "姓名",
        "服务单位",
        "入党",
        "转正",
        "存疑原因",
        "依据",
        "编号",
    ];
    let doubtful = output::table(header, list.doubtful.iter().map(doubt_columns));
    let count = list.doubtful.len();
    format!("{candidates}\n\n{doubtful}\n存疑 {count} 人")
}

fn doubt_columns(doubtful: &Doubtful) -> [String; 7] {
    let row = &doubtful.row;
    [
        row.name.to_string(),
        row.unit.to_string(),
        row.standing.joined_on.to_string(),
        shown(row.standing.full_member_on),
        doubtful.why_zh.to_owned(),
        row.standing.evidence.to_string(),
        row.person.to_string(),
    ]
}

fn columns(row: &MedalCandidate) -> [String; 9] {
    [
        row.name.to_string(),
        row.unit.to_string(),
        shown(row.branch.as_ref()),
        row.standing.joined_on.to_string(),
        shown(row.standing.full_member_on),
        shown(row.standing.standing_starts_on),
        row.standing.evidence.to_string(),
        row.state.map_or("", words::medal_state).to_owned(),
        row.person.to_string(),
    ]
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
