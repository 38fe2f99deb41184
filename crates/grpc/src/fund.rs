//! Hardship funds.

use app::{Answer, App, Error, Request};
use domain::{
    CarryOverId, Fen, Unit,
    fund::{FundCommand, FundId},
};
use tonic::Status;
use uuid::Uuid;
use views::funds::{Difference, DifferenceKind, FundAmounts, FundFilter, FundReport, FundRow};

use crate::{
    api::Api,
    calls::{Call, calls},
    fields::{Fields, Word, shown, words},
    page::narrow,
    pb,
};

calls! {
    /// What may be called on a fund.
    FundCall of fund_service_server::FundService {
        SetBudget: set_fund_budget(SetFundBudgetRequest) -> SetFundBudgetResponse,
        CarryOver: carry_over_fund(CarryOverFundRequest) -> CarryOverFundResponse,
        Close: close_fund(CloseFundRequest) -> CloseFundResponse,
    }
    queries {
        get_fund_report(GetFundReportRequest) -> GetFundReportResponse,
    }
}

words! {
    pb::FundDifferenceKind = DifferenceKind {
        Undecided, NotReleased, NotSpent, NotReversed, NotArrived, NotReserved, NotPaid,
    }
}

impl Call for FundCall {
    type Id = FundId;
    type Command = FundCommand;
    const KIND: &'static str = "fund";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(FundId, FundCommand)> {
        match self {
            FundCall::SetBudget(asked) => {
                let fund = f.message("fund", asked.fund, id);
                let amount = f.fen("amount", asked.amount);
                let document = f.text("document", &asked.document);
                let (of, amount, document) = (fund?, amount?, document?);
                Some((
                    of.clone(),
                    FundCommand::SetBudget {
                        of,
                        amount,
                        document,
                    },
                ))
            }
            FundCall::CarryOver(asked) => {
                let fund = f.message("fund", asked.fund, id);
                let amount = f.fen("amount", asked.amount);
                let document = f.text("document", &asked.document);
                let (amount, document) = (amount?, document?);
                let carry_over = CarryOverId(new_id?);
                Some((
                    fund?,
                    FundCommand::CarryOut {
                        carry_over,
                        amount,
                        document,
                    },
                ))
            }
            FundCall::Close(asked) => {
                let fund = f.message("fund", asked.fund, id);
                let reason = f.text("reason", &asked.reason);
                Some((fund?, FundCommand::Close { reason: reason? }))
            }
        }
    }

    async fn execute(
        app: &App,
        id: FundId,
        command: FundCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.fund(id, [command], request).await
    }
}

pub(crate) fn id(f: &Fields<'_>, asked: pb::FundId) -> Option<FundId> {
    let unit = f.text("unit", &asked.unit);
    let year = f.year("year", asked.year);
    let source = f.text("source", &asked.source);
    Some(FundId {
        unit: Unit(unit?),
        year: year?,
        source: source?,
    })
}

async fn get_fund_report(
    api: &Api,
    request: tonic::Request<pb::GetFundReportRequest>,
) -> Result<pb::GetFundReportResponse, Status> {
    let (reading, (filter, position)) = api.asked(request, |f, asked| {
        let year = asked.year.map(|year| f.year("year", year));
        let position = f.optional_position("position", &asked.position);
        let year = match year {
            Some(year) => Some(year?),
            None => None,
        };
        let unit = narrow(asked.unit);
        Some((FundFilter { unit, year }, position?))
    })?;
    let report = api.at(position, reading.fund_report(filter)).await?;
    Ok(pb::GetFundReportResponse {
        funds: report.funds.into_iter().map(row).collect(),
        differences: report.differences.into_iter().map(difference).collect(),
    })
}

pub(crate) fn wire(fund: FundId) -> pb::FundId {
    pb::FundId {
        unit: fund.unit.to_string(),
        year: fund.year.into(),
        source: fund.source.into(),
    }
}

pub(crate) fn read_report(f: &Fields<'_>, found: pb::GetFundReportResponse) -> Option<FundReport> {
    let funds = f.all("funds", found.funds, read_row);
    let differences = f.all("differences", found.differences, read_difference);
    Some(FundReport {
        funds: funds?,
        differences: differences?,
    })
}

fn row(known: FundRow) -> pb::FundRow {
    let FundAmounts {
        budget,
        reserved,
        spent,
        free,
        carried_in,
        carried_out,
        granted,
        disbursed,
        released,
        reversed,
    } = known.amounts;
    pb::FundRow {
        fund: Some(wire(known.fund)),
        budget: budget.0,
        reserved: reserved.0,
        spent: spent.0,
        free: free.0,
        carried_in: carried_in.0,
        carried_out: carried_out.0,
        granted: granted.0,
        disbursed: disbursed.0,
        closed: shown(known.closed),
        released: released.0,
        reversed: reversed.0,
    }
}

fn read_row(f: &Fields<'_>, row: pb::FundRow) -> Option<FundRow> {
    Some(FundRow {
        fund: f.message("fund", row.fund, id)?,
        amounts: FundAmounts {
            budget: Fen(row.budget),
            reserved: Fen(row.reserved),
            spent: Fen(row.spent),
            free: Fen(row.free),
            carried_in: Fen(row.carried_in),
            carried_out: Fen(row.carried_out),
            granted: Fen(row.granted),
            disbursed: Fen(row.disbursed),
            released: Fen(row.released),
            reversed: Fen(row.reversed),
        },
        closed: f.optional_date("closed", &row.closed)?,
    })
}

fn difference(known: Difference) -> pb::FundDifference {
    pb::FundDifference {
        kind: known.kind.write(),
        fund: Some(wire(known.fund)),
        reservation: shown(known.reservation),
        carry_over: shown(known.carry_over),
        person: shown(known.person),
        ground: known.ground.map_or(0, Word::write),
        case: known.case,
        voucher: shown(known.voucher),
        amount: known.amount.0,
    }
}

fn read_difference(f: &Fields<'_>, difference: pb::FundDifference) -> Option<Difference> {
    Some(Difference {
        kind: f.word("kind", difference.kind)?,
        fund: f.message("fund", difference.fund, id)?,
        reservation: f.optional_id("reservation", &difference.reservation)?,
        carry_over: f.optional_id("carry_over", &difference.carry_over)?,
        person: f.optional_id("person", &difference.person)?,
        ground: f.optional_word("ground", difference.ground)?,
        case: difference.case,
        voucher: f.optional_text("voucher", &difference.voucher)?,
        amount: Fen(difference.amount),
    })
}
