use ::views::{
    funds::{Difference, FundAmounts, FundFilter, FundReport, FundRow},
    words,
};
use domain::fund::FundId;
use serde::Serialize;

use crate::{
    config::Config,
    desk::Desk,
    failure::{Exit, Failure},
    output,
};

/// The report with what its funds have together.
#[derive(Serialize)]
struct Funds {
    #[serde(flatten)]
    report: FundReport,
    total: FundAmounts,
}

/// Prints what the funds have. That they and the cases do not say the same is a failure.
pub(super) async fn run(of: FundFilter, config: &Config) -> Result<(), Failure> {
    let desk = Desk::open(config).await?;
    let report = desk.client.fund_report(of).await?;
    let total = report.total();
    let funds = Funds { report, total };
    output::print(config.format, &funds, text)?;
    match funds.report.differences.len() {
        0 => Ok(()),
        count => Err(do_not_add_up(count)),
    }
}

fn do_not_add_up(count: usize) -> Failure {
    Failure::new(
        Exit::Failed,
        "funds_do_not_add_up",
        format!(
            "the funds and the cases differ in {count} places: run `sangyu react` and ask again; what is still there then has to be looked for in the log"
        ),
        format!(
            "资金与案件有 {count} 处不一致：请运行 sangyu react 后重新查询；仍不一致的，须查对事件日志"
        ),
    )
}

fn text(Funds { report, total }: &Funds) -> String {
    let table = funds_table(&report.funds, total);
    let differences = &report.differences;
    if differences.is_empty() {
        return format!(
            "{table}\n{} 项，单位：元；资金与案件一致",
            report.funds.len()
        );
    }
    format!(
        "{table}\n{} 项，单位：元\n\n{}\n不一致 {} 处",
        report.funds.len(),
        differences_table(differences),
        differences.len()
    )
}

fn funds_table(funds: &[FundRow], total: &FundAmounts) -> String {
    let header = [
        "单位",
        "年度",
        "资金来源",
        "预算",
        "结转入",
        "结转出",
        "已占用",
        "已支出",
        "可用",
        "已释放",
        "已冲销",
        "关账",
    ];
    let closed = |row: &FundRow| row.closed.map_or_else(String::new, |day| day.to_string());
    let rows = funds
        .iter()
        .map(|row| line(named(&row.fund), &row.amounts, closed(row)));
    let empty = String::new;
    let last = line(["合计".to_owned(), empty(), empty()], total, empty());
    output::table(header, rows.chain([last]))
}

fn named(fund: &FundId) -> [String; 3] {
    let FundId { unit, year, source } = fund;
    [unit.to_string(), year.to_string(), source.to_string()]
}

fn line([unit, year, source]: [String; 3], has: &FundAmounts, closed: String) -> [String; 12] {
    let amounts = [
        has.budget,
        has.carried_in,
        has.carried_out,
        has.reserved,
        has.spent,
        has.free,
        has.released,
        has.reversed,
    ];
    let [budget, r#in, out, reserved, spent, free, released, reversed] =
        amounts.map(|fen| fen.to_string());
    [
        unit, year, source, budget, r#in, out, reserved, spent, free, released, reversed, closed,
    ]
}

fn differences_table(differences: &[Difference]) -> String {
    let header = [
        "不一致",
        "单位",
        "年度",
        "资金来源",
        "金额",
        "困难原因",
        "案次",
        "凭证号",
        "人员编号",
        "审批或结转标识",
    ];
    let rows = differences.iter().map(|found| {
        let [unit, year, source] = named(&found.fund);
        let id = found.reservation.map(|id| id.to_string());
        [
            words::fund_difference(found.kind).to_owned(),
            unit,
            year,
            source,
            found.amount.to_string(),
            found.ground.map_or("", |ground| ground.zh()).to_owned(),
            shown(found.case),
            shown(found.voucher.as_ref()),
            shown(found.person),
            id.unwrap_or_else(|| shown(found.carry_over)),
        ]
    });
    output::table(header, rows)
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
