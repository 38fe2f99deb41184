//! Lists of recipients of hardship aid.

use app::{Answer, App, Error, LineAnswer, LinePayment, Request};
use domain::{
    PaymentBatchId, Text,
    hardship::{HardshipCaseId, HardshipId},
    payment_batch::{PaymentBatchCommand, PaymentLine, PaymentList},
};
use event_log::Position;
use tonic::Status;
use uuid::Uuid;
use views::{
    PageRequest,
    payment_batches::{
        LineFilter, LineState, PaymentBatchFigures, PaymentBatchFilter, PaymentBatchRow,
        PaymentBatchState, PaymentLineRow,
    },
};

use crate::{
    api::{Api, answer, finish},
    calls::{Call, HasHead, Head, calls},
    fields::{Fields, Word, shown, words},
    fund, hardship,
    page::{self, narrow},
    pb,
};

calls! {
    /// What may be called on a list of recipients.
    PaymentBatchCall of payment_batch_service_server::PaymentBatchService {
        Draft: draft_payment_batch(DraftPaymentBatchRequest) -> DraftPaymentBatchResponse,
        Revise: revise_payment_batch(RevisePaymentBatchRequest) -> RevisePaymentBatchResponse,
        Approve: approve_payment_batch(ApprovePaymentBatchRequest) -> ApprovePaymentBatchResponse,
        Discard: discard_payment_batch(DiscardPaymentBatchRequest) -> DiscardPaymentBatchResponse,
        Strike: strike_payment_batch_line(StrikePaymentBatchLineRequest)
            -> StrikePaymentBatchLineResponse,
    }
    queries {
        pay_payment_batch_lines(PayPaymentBatchLinesRequest) -> PayPaymentBatchLinesResponse,
        list_payment_batches(ListPaymentBatchesRequest) -> ListPaymentBatchesResponse,
        get_payment_batch(GetPaymentBatchRequest) -> GetPaymentBatchResponse,
    }
}

words! {
    pb::PaymentBatchState = PaymentBatchState { Draft, Approved, Settled, Discarded }
    pb::LineState = LineState { Open, Paid, Struck }
}

/// What is asked of a list: what its cases say is not the caller's to tell.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// This.
    Command(PaymentBatchCommand),
    /// To approve it, by this document.
    Approve(Text),
    /// To strike a line, for this reason.
    Strike(HardshipId, Text),
}

impl Call for PaymentBatchCall {
    type Id = PaymentBatchId;
    type Command = Asked;
    const KIND: &'static str = "payment_batch";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(PaymentBatchId, Asked)> {
        match self {
            PaymentBatchCall::Draft(asked) => {
                let list = f.message("list", asked.list, list)?;
                let draft = PaymentBatchCommand::Draft { list };
                Some((PaymentBatchId(new_id?), Asked::Command(draft)))
            }
            PaymentBatchCall::Revise(asked) => {
                let id = f.id("id", &asked.id);
                let list = f.message("list", asked.list, list)?;
                let revise = PaymentBatchCommand::Revise { list };
                Some((id?, Asked::Command(revise)))
            }
            PaymentBatchCall::Approve(asked) => {
                let id = f.id("id", &asked.id);
                let document = f.text("document", &asked.document)?;
                Some((id?, Asked::Approve(document)))
            }
            PaymentBatchCall::Discard(asked) => {
                let id = f.id("id", &asked.id);
                let reason = f.text("reason", &asked.reason)?;
                let discard = PaymentBatchCommand::Discard { reason };
                Some((id?, Asked::Command(discard)))
            }
            PaymentBatchCall::Strike(asked) => {
                let id = f.id("id", &asked.id);
                let of = hardship::id(f, &asked.person, asked.ground);
                let reason = f.text("reason", &asked.reason);
                Some((id?, Asked::Strike(of?, reason?)))
            }
        }
    }

    async fn execute(
        app: &App,
        id: PaymentBatchId,
        asked: Asked,
        request: &Request,
    ) -> Result<Answer, Error> {
        match asked {
            Asked::Command(command) => app.payment_batch(id, [command], request).await,
            Asked::Approve(document) => app.approve_payment_batch(id, document, request).await,
            Asked::Strike(of, reason) => app.strike_line(id, of, reason, request).await,
        }
    }
}

fn list(f: &Fields<'_>, asked: pb::PaymentList) -> Option<PaymentList> {
    let title = f.text("title", &asked.title);
    let fund = f.message("fund", asked.fund, fund::id);
    let lines = f.messages("lines", asked.lines, line);
    Some(PaymentList {
        title: title?,
        fund: fund?,
        lines: lines?,
    })
}

fn line(f: &Fields<'_>, asked: pb::PaymentLine) -> Option<PaymentLine> {
    let of = hardship::id(f, &asked.person, asked.ground);
    let case = match asked.case {
        0 => f.missing("case"),
        case => Some(case),
    };
    let amount = f.fen("amount", asked.amount);
    let HardshipId { person, ground } = of?;
    Some(PaymentLine {
        case: HardshipCaseId {
            person,
            ground,
            case: case?,
        },
        amount: amount?,
    })
}

impl HasHead for pb::PayPaymentBatchLinesRequest {
    fn head(&self) -> Head<'_> {
        Head {
            request_id: &self.request_id,
            expected_revision: None,
            source: self.source.as_ref(),
            dry_run: self.dry_run,
        }
    }
}

async fn pay_payment_batch_lines(
    api: &Api,
    request: tonic::Request<pb::PayPaymentBatchLinesRequest>,
) -> Result<pb::PayPaymentBatchLinesResponse, Status> {
    let (head, (id, payments)) = api.many(request, |f, asked| {
        let id = f.id("id", &asked.id);
        let payments = match asked.payments.is_empty() {
            true => f.missing("payments"),
            false => f.messages("payments", asked.payments, payment),
        };
        id.zip(payments)
    })?;
    let answers = finish(api.app.pay_lines(id, payments, &head).await)?;
    let items = answers.into_iter().map(paid).collect();
    Ok(pb::PayPaymentBatchLinesResponse { items })
}

fn payment(f: &Fields<'_>, asked: pb::LinePayment) -> Option<LinePayment> {
    let of = hardship::id(f, &asked.person, asked.ground);
    let voucher = f.text("voucher", &asked.voucher);
    let paid_on = f.date("paid_on", &asked.paid_on);
    Some(LinePayment {
        of: of?,
        voucher: voucher?,
        paid_on: paid_on?,
    })
}

fn paid(known: LineAnswer) -> pb::LineAnswer {
    let line = pb::LineAnswer {
        person: known.of.person.to_string(),
        ground: known.of.ground.write(),
        ..Default::default()
    };
    match known.result {
        Ok(done) => pb::LineAnswer {
            answer: Some(answer(done)),
            ..line
        },
        Err(refused) => pb::LineAnswer {
            code: refused.code().to_owned(),
            en: refused.to_string(),
            zh: refused.zh(),
            ..line
        },
    }
}

async fn list_payment_batches(
    api: &Api,
    request: tonic::Request<pb::ListPaymentBatchesRequest>,
) -> Result<pb::ListPaymentBatchesResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, filter)?;
    let found = api
        .at(position, reading.payment_batches(filter, page))
        .await?;
    Ok(pb::ListPaymentBatchesResponse {
        items: found.items.into_iter().map(row).collect(),
        next_page_token: found.next_page_token.unwrap_or_default(),
    })
}

fn filter(
    f: &Fields<'_>,
    asked: pb::ListPaymentBatchesRequest,
) -> Option<(PaymentBatchFilter, (PageRequest, Option<Position>))> {
    let state = f.optional_word("state", asked.state);
    let year = asked.year.map(|year| f.year("year", year));
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let year = match year {
        Some(year) => Some(year?),
        None => None,
    };
    let filter = PaymentBatchFilter {
        state: state?,
        unit: narrow(asked.unit),
        year,
    };
    Some((filter, page?))
}

async fn get_payment_batch(
    api: &Api,
    request: tonic::Request<pb::GetPaymentBatchRequest>,
) -> Result<pb::GetPaymentBatchResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, |f, asked| {
        let batch = f.id("id", &asked.id);
        let state = f.optional_word("state", asked.state);
        let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
        let (batch, state) = (batch?, state?);
        Some((LineFilter { batch, state }, page?))
    })?;
    let found = api
        .at(position, reading.payment_batch(filter, page))
        .await?;
    Ok(pb::GetPaymentBatchResponse {
        batch: Some(row(found.batch)),
        items: found.lines.items.into_iter().map(line_row).collect(),
        next_page_token: found.lines.next_page_token.unwrap_or_default(),
    })
}

fn row(known: PaymentBatchRow) -> pb::PaymentBatchRow {
    pb::PaymentBatchRow {
        batch: known.batch.to_string(),
        title: known.title.into(),
        fund: Some(fund::wire(known.fund)),
        state: known.state.write(),
        drafted: known.drafted.to_string(),
        approver: shown(known.approver.map(|staff| staff.0)),
        document: shown(known.document),
        approved_on: shown(known.approved_on),
        figures: Some(figures(known.figures)),
    }
}

fn figures(known: PaymentBatchFigures) -> pb::PaymentBatchFigures {
    let PaymentBatchFigures {
        lines,
        amount,
        paid_lines,
        paid,
        struck_lines,
        struck,
    } = known;
    let (amount, paid, struck) = (amount.0, paid.0, struck.0);
    pb::PaymentBatchFigures {
        lines,
        amount,
        paid_lines,
        paid,
        struck_lines,
        struck,
    }
}

fn line_row(known: PaymentLineRow) -> pb::PaymentLineRow {
    pb::PaymentLineRow {
        line: known.line,
        person: known.person.to_string(),
        name: shown(known.name),
        recipient: known.recipient.map(hardship::wire),
        ground: known.ground.write(),
        case: known.case,
        amount: known.amount.0,
        state: known.state.write(),
        voucher: shown(known.voucher),
        paid_on: shown(known.paid_on),
        payer: shown(known.payer.map(|staff| staff.0)),
        struck: shown(known.struck),
    }
}
