use ::views::{
    Page,
    hardship::{HardshipCase, HardshipFilter, HardshipTotals},
};
use serde::Serialize;

use super::{person::page_of, petition::choice};
use crate::{args, config::Config, desk::Desk, failure::Failure, output};
use ::views::words;

/// Cases with what all that fit the filter add up to.
#[derive(Serialize)]
struct Cases {
    totals: HardshipTotals,
    #[serde(flatten)]
    page: Page<HardshipCase>,
}

/// Lists hardship cases.
pub(crate) async fn run(command: &args::Hardship, config: &Config) -> Result<(), Failure> {
    let args::Hardship::List {
        state,
        ground,
        page,
    } = command;
    let filter = HardshipFilter {
        state: state.as_deref().map(choice).transpose()?,
        ground: ground.as_deref().map(choice).transpose()?,
        ..HardshipFilter::default()
    };
    let desk = Desk::open(config).await?;
    let totals = desk.client.hardship_totals(filter.clone()).await?;
    let page = desk.client.hardship_cases(filter, page_of(page)).await?;
    output::print(config.format, &Cases { totals, page }, table)
}

fn table(cases: &Cases) -> String {
    let rows = cases.page.items.iter().map(|case| {
        [
            case.name
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            case.ground.zh().to_owned(),
            words::case_state(case.state).to_owned(),
            case.approved.to_string(),
            case.disbursed.to_string(),
            case.payments.to_string(),
            case.last_paid_on
                .map_or_else(String::new, |d| d.to_string()),
            case.person.to_string(),
        ]
    });
    let table = output::table(
        [
            "姓名",
            "困难原因",
            "状态",
            "批准（元）",
            "发放（元）",
            "笔数",
            "最近发放",
            "编号",
        ],
        rows,
    );
    let HardshipTotals {
        cases: count,
        people,
        approved,
        disbursed,
        payments,
    } = cases.totals;
    let table = output::with_next(
        table,
        cases.page.items.len(),
        cases.page.next_page_token.as_deref(),
    );
    format!(
        "{table}\n合计：{count} 案 {people} 人，批准 {approved} 元，发放 {disbursed} 元（{payments} 笔）"
    )
}
