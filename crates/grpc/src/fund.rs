//! Hardship funds.

use app::{Answer, App, Error, Request};
use domain::{
    CarryOverId, Unit,
    fund::{FundCommand, FundId},
};
use tonic::Status;
use uuid::Uuid;
use views::funds::{Difference, DifferenceKind, FundFilter, FundRow};

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

fn row(known: FundRow) -> pb::FundRow {
    pb::FundRow {
        fund: Some(wire(known.fund)),
        budget: known.budget.0,
        reserved: known.reserved.0,
        spent: known.spent.0,
        free: known.free.0,
        carried_in: known.carried_in.0,
        carried_out: known.carried_out.0,
        granted: known.granted.0,
        disbursed: known.disbursed.0,
        closed: shown(known.closed),
    }
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
