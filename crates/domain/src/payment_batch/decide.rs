use std::collections::HashSet;

use super::{
    Approved, Draft, LineCase, PaymentBatch, PaymentBatchApproved, PaymentBatchCommand,
    PaymentBatchDiscarded, PaymentBatchDrafted, PaymentBatchEvent, PaymentBatchRejection,
    PaymentBatchRevised, PaymentList,
};
use crate::{Context, Fen, Rejection as _, Text};

type Decided = Result<Vec<PaymentBatchEvent>, PaymentBatchRejection>;

/// How many lines a list holds: some 200 KB in one event, well below what the log takes.
pub(super) const MOST_LINES: usize = 1_000;

pub(super) fn decide(
    batch: &PaymentBatch,
    command: PaymentBatchCommand,
    cx: &Context<'_>,
) -> Decided {
    match command {
        PaymentBatchCommand::Draft { list } => draft(batch, list, cx),
        PaymentBatchCommand::Revise { list } => revise(batch, list, cx),
        PaymentBatchCommand::Approve { document, cases } => approve(batch, document, &cases, cx),
        PaymentBatchCommand::Discard { reason } => match batch {
            PaymentBatch::None => Err(PaymentBatchRejection::NotDrafted),
            PaymentBatch::Draft(_) => Ok(vec![PaymentBatchDiscarded { reason }.into()]),
            PaymentBatch::Approved(_) => Err(PaymentBatchRejection::Frozen),
            PaymentBatch::Discarded => Ok(vec![]),
        },
    }
}

fn draft(batch: &PaymentBatch, list: PaymentList, cx: &Context<'_>) -> Decided {
    match batch {
        PaymentBatch::None => {
            check(&list)?;
            let drafter = cx.actor.id.clone();
            Ok(vec![PaymentBatchDrafted { list, drafter }.into()])
        }
        PaymentBatch::Draft(Draft { list: known, .. })
        | PaymentBatch::Approved(Approved { list: known, .. }) => {
            if *known == list {
                Ok(vec![])
            } else {
                Err(PaymentBatchRejection::AlreadyDrafted)
            }
        }
        PaymentBatch::Discarded => Err(PaymentBatchRejection::Discarded),
    }
}

fn revise(batch: &PaymentBatch, list: PaymentList, cx: &Context<'_>) -> Decided {
    match batch {
        PaymentBatch::None => Err(PaymentBatchRejection::NotDrafted),
        PaymentBatch::Draft(draft) if draft.list == list => Ok(vec![]),
        PaymentBatch::Draft(_) => {
            check(&list)?;
            let drafter = cx.actor.id.clone();
            Ok(vec![PaymentBatchRevised { list, drafter }.into()])
        }
        PaymentBatch::Approved(approved) if approved.list == list => Ok(vec![]),
        PaymentBatch::Approved(_) => Err(PaymentBatchRejection::Frozen),
        PaymentBatch::Discarded => Err(PaymentBatchRejection::Discarded),
    }
}

/// What a list must be by itself; what the cases say to it is asked when it is approved.
fn check(list: &PaymentList) -> Result<(), PaymentBatchRejection> {
    let lines = list.lines.len();
    if lines == 0 {
        return Err(PaymentBatchRejection::Empty);
    }
    if lines > MOST_LINES {
        let limit = MOST_LINES;
        return Err(PaymentBatchRejection::TooLong { lines, limit });
    }
    let mut listed = HashSet::new();
    for (line, paid) in (1..).zip(&list.lines) {
        if !listed.insert(paid.case.of()) {
            return Err(PaymentBatchRejection::ListedTwice { line });
        }
        if paid.amount == Fen::ZERO {
            return Err(PaymentBatchRejection::LineAmountZero { line });
        }
    }
    Ok(())
}

fn approve(batch: &PaymentBatch, document: Text, cases: &[LineCase], cx: &Context<'_>) -> Decided {
    let approver = cx.actor.id.clone();
    match batch {
        PaymentBatch::None => Err(PaymentBatchRejection::NotDrafted),
        PaymentBatch::Draft(draft) if draft.drafters.contains(&approver) => {
            Err(PaymentBatchRejection::ApproverIsDrafter)
        }
        PaymentBatch::Draft(draft) => {
            payable(&draft.list, cases)?;
            Ok(vec![
                PaymentBatchApproved {
                    approver,
                    document,
                    approved_on: cx.today,
                }
                .into(),
            ])
        }
        PaymentBatch::Approved(known)
            if known.approver == approver && known.document == document =>
        {
            Ok(vec![])
        }
        PaymentBatch::Approved(_) => Err(PaymentBatchRejection::AlreadyApproved),
        PaymentBatch::Discarded => Err(PaymentBatchRejection::Discarded),
    }
}

/// Whether a case can take its payment is for the case to say, and again when it is paid: in between
/// it can be paid by itself, or be closed.
fn payable(list: &PaymentList, cases: &[LineCase]) -> Result<(), PaymentBatchRejection> {
    let read = cases.iter().map(|case| &case.line);
    if !read.eq(&list.lines) {
        return Err(PaymentBatchRejection::Changed);
    }
    for (
        line,
        LineCase {
            line: paid,
            case,
            person,
        },
    ) in (1..).zip(cases)
    {
        case.can_take(paid, &list.fund, person.as_ref())
            .map_err(|refusal| PaymentBatchRejection::LineNotPayable {
                line,
                code: refusal.code(),
            })?;
    }
    Ok(())
}
