//! Hardship cases.

use app::{Answer, App, Error, Request};
use domain::{
    Fen, ReservationId, Unit,
    hardship::{FundReservation, Ground, HardshipCommand, HardshipId, Recipient},
};
use tonic::Status;
use uuid::Uuid;
use views::hardship::{CaseState, HardshipCase, HardshipFilter, HardshipPayment, HardshipTotals};

use crate::{
    api::Api,
    calls::{Call, calls},
    fields::{Fields, Word, shown, words},
    fund,
    page::{self, narrow},
    pb,
};

calls! {
    /// What may be called on the hardship cases of one person on one ground.
    HardshipCall of hardship_service_server::HardshipService {
        Open: open_hardship(OpenHardshipRequest) -> OpenHardshipResponse,
        Assess: assess_hardship(AssessHardshipRequest) -> AssessHardshipResponse,
        Approve: approve_hardship(ApproveHardshipRequest) -> ApproveHardshipResponse,
        Decline: decline_hardship(DeclineHardshipRequest) -> DeclineHardshipResponse,
        Disburse: disburse_hardship(DisburseHardshipRequest) -> DisburseHardshipResponse,
        Reverse: reverse_hardship(ReverseHardshipRequest) -> ReverseHardshipResponse,
        FollowUp: follow_up_hardship(FollowUpHardshipRequest) -> FollowUpHardshipResponse,
        Close: close_hardship(CloseHardshipRequest) -> CloseHardshipResponse,
        Reopen: reopen_hardship(ReopenHardshipRequest) -> ReopenHardshipResponse,
        TakeOverPayment: take_over_hardship_payment(TakeOverHardshipPaymentRequest)
            -> TakeOverHardshipPaymentResponse,
    }
    queries {
        list_hardship_cases(ListHardshipCasesRequest) -> ListHardshipCasesResponse,
        get_hardship_totals(GetHardshipTotalsRequest) -> GetHardshipTotalsResponse,
        list_hardship_payments(ListHardshipPaymentsRequest) -> ListHardshipPaymentsResponse,
    }
}

words! {
    pb::Ground = Ground {
        LongHospitalisation, NoSelfCare, SeriousIllness, LivingDifficulty, DisabledDependant,
        EmptyNest, Survivor, SuddenDisaster,
    }
    pb::CaseState = CaseState { Opened, Assessed, Approved, Declined, Closed }
}

impl Call for HardshipCall {
    type Id = HardshipId;
    type Command = HardshipCommand;
    const KIND: &'static str = "hardship";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(HardshipId, HardshipCommand)> {
        match self {
            HardshipCall::Open(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let situation = f.text("situation", &asked.situation);
                let recipient = f.optional_message("recipient", asked.recipient, recipient);
                let known = f.optional_when("known", &asked.known);
                let (of, situation, recipient) = (id?, situation?, recipient?);
                Some((
                    of,
                    HardshipCommand::Open {
                        of,
                        situation,
                        recipient,
                        known: known?,
                    },
                ))
            }
            HardshipCall::Assess(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let finding = f.text("finding", &asked.finding);
                let recommended = f.fen("recommended", asked.recommended);
                let (finding, recommended) = (finding?, recommended?);
                Some((
                    id?,
                    HardshipCommand::Assess {
                        finding,
                        recommended,
                    },
                ))
            }
            HardshipCall::Approve(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let amount = f.fen("amount", asked.amount);
                let document = f.text("document", &asked.document);
                let fund = f.message("fund", asked.fund, fund::id);
                let (amount, document, fund) = (amount?, document?, fund?);
                let reserved = FundReservation {
                    fund,
                    reservation: ReservationId(new_id?),
                };
                Some((
                    id?,
                    HardshipCommand::Approve {
                        reserved,
                        amount,
                        document,
                    },
                ))
            }
            HardshipCall::Decline(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let reason = f.text("reason", &asked.reason);
                Some((id?, HardshipCommand::Decline { reason: reason? }))
            }
            HardshipCall::Disburse(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let voucher = f.text("voucher", &asked.voucher);
                let amount = f.fen("amount", asked.amount);
                let paid_on = f.date("paid_on", &asked.paid_on);
                let (voucher, amount, paid_on) = (voucher?, amount?, paid_on?);
                Some((
                    id?,
                    HardshipCommand::Disburse {
                        voucher,
                        amount,
                        paid_on,
                    },
                ))
            }
            HardshipCall::Reverse(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let voucher = f.text("voucher", &asked.voucher);
                let reason = f.text("reason", &asked.reason);
                let (voucher, reason) = (voucher?, reason?);
                Some((id?, HardshipCommand::Reverse { voucher, reason }))
            }
            HardshipCall::FollowUp(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let on = f.date("on", &asked.on);
                let findings = f.text("findings", &asked.findings);
                Some((
                    id?,
                    HardshipCommand::FollowUp {
                        on: on?,
                        findings: findings?,
                    },
                ))
            }
            HardshipCall::Close(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let reason = f.text("reason", &asked.reason);
                Some((id?, HardshipCommand::Close { reason: reason? }))
            }
            HardshipCall::Reopen(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let reason = f.text("reason", &asked.reason);
                Some((id?, HardshipCommand::Reopen { reason: reason? }))
            }
            HardshipCall::TakeOverPayment(asked) => {
                let id = id(f, &asked.person, asked.ground);
                let voucher = f.text("voucher", &asked.voucher);
                let year = f.year("year", asked.year);
                let amount = f.fen("amount", asked.amount);
                let paid_on = f.date("paid_on", &asked.paid_on);
                let remark = f.optional_text("remark", &asked.remark);
                let of = id?;
                let command = HardshipCommand::TakeOverPayment {
                    of,
                    voucher: voucher?,
                    year: year?,
                    amount: amount?,
                    paid_on: paid_on?,
                    remark: remark?,
                };
                Some((of, command))
            }
        }
    }

    async fn execute(
        app: &App,
        id: HardshipId,
        command: HardshipCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.hardship(id, [command], request).await
    }
}

/// The cases of one person on one ground.
pub(crate) fn id(f: &Fields<'_>, person: &str, ground: i32) -> Option<HardshipId> {
    let person = f.id("person", person);
    let ground = f.word("ground", ground);
    Some(HardshipId {
        person: person?,
        ground: ground?,
    })
}

pub(crate) fn wire(known: Recipient) -> pb::Recipient {
    pb::Recipient {
        name: known.name.into(),
        relation: known.relation.into(),
    }
}

fn recipient(f: &Fields<'_>, asked: pb::Recipient) -> Option<Recipient> {
    let name = f.text("name", &asked.name);
    let relation = f.text("relation", &asked.relation);
    Some(Recipient {
        name: name?,
        relation: relation?,
    })
}

async fn list_hardship_cases(
    api: &Api,
    request: tonic::Request<pb::ListHardshipCasesRequest>,
) -> Result<pb::ListHardshipCasesResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, |f, asked| {
        let filter = filter(f, asked.state, asked.ground, asked.unit, &asked.person);
        filter.zip(page::read(
            f,
            asked.page_size,
            asked.page_token,
            &asked.position,
        ))
    })?;
    let cases = api
        .at(position, reading.hardship_cases(filter, page))
        .await?;
    Ok(pb::ListHardshipCasesResponse {
        items: cases.items.into_iter().map(case).collect(),
        next_page_token: cases.next_page_token.unwrap_or_default(),
    })
}

async fn get_hardship_totals(
    api: &Api,
    request: tonic::Request<pb::GetHardshipTotalsRequest>,
) -> Result<pb::GetHardshipTotalsResponse, Status> {
    let (reading, (filter, position)) = api.asked(request, |f, asked| {
        let filter = filter(f, asked.state, asked.ground, asked.unit, &asked.person);
        filter.zip(f.optional_position("position", &asked.position))
    })?;
    let totals = api.at(position, reading.hardship_totals(filter)).await?;
    Ok(pb::GetHardshipTotalsResponse {
        totals: Some(sums(totals)),
    })
}

async fn list_hardship_payments(
    api: &Api,
    request: tonic::Request<pb::ListHardshipPaymentsRequest>,
) -> Result<pb::ListHardshipPaymentsResponse, Status> {
    let (reading, (id, position)) = api.asked(request, |f, asked| {
        let id = id(f, &asked.person, asked.ground);
        id.zip(f.optional_position("position", &asked.position))
    })?;
    let payments = api.at(position, reading.hardship_payments(id)).await?;
    let payment = |known: HardshipPayment| pb::HardshipPayment {
        person: known.person.to_string(),
        ground: known.ground.write(),
        case: known.case,
        voucher: known.voucher.into(),
        amount: known.amount.0,
        paid_on: known.paid_on.to_string(),
        payer: shown(known.payer.map(|staff| staff.0)),
        taken_over: known.taken_over,
        remark: shown(known.remark),
        reversed: shown(known.reversed),
        batch: shown(known.batch),
    };
    Ok(pb::ListHardshipPaymentsResponse {
        payments: payments.into_iter().map(payment).collect(),
    })
}

fn filter(
    f: &Fields<'_>,
    state: i32,
    ground: i32,
    unit: String,
    person: &str,
) -> Option<HardshipFilter> {
    let state = f.optional_word("state", state);
    let ground = f.optional_word("ground", ground);
    let person = f.optional_id("person", person);
    Some(HardshipFilter {
        state: state?,
        ground: ground?,
        unit: narrow(unit),
        person: person?,
    })
}

fn case(known: HardshipCase) -> pb::HardshipCase {
    pb::HardshipCase {
        person: known.person.to_string(),
        name: shown(known.name),
        unit: shown(known.unit),
        ground: known.ground.write(),
        case: known.case,
        state: known.state.write(),
        situation: shown(known.situation),
        recommended: known.recommended.map(|fen| fen.0),
        approved: known.approved.0,
        disbursed: known.disbursed.0,
        payments: known.payments,
        last_paid_on: shown(known.last_paid_on),
        opened: known.opened.to_string(),
        closed: shown(known.closed),
        recipient: known.recipient.map(wire),
    }
}

pub(crate) fn read_case(f: &Fields<'_>, case: pb::HardshipCase) -> Option<HardshipCase> {
    Some(HardshipCase {
        person: f.id("person", &case.person)?,
        name: f.optional_text("name", &case.name)?,
        unit: f.optional_text("unit", &case.unit)?.map(Unit),
        ground: f.word("ground", case.ground)?,
        case: case.case,
        state: f.word("state", case.state)?,
        situation: f.optional_text("situation", &case.situation)?,
        recommended: case.recommended.map(Fen),
        approved: Fen(case.approved),
        disbursed: Fen(case.disbursed),
        payments: case.payments,
        last_paid_on: f.optional_date("last_paid_on", &case.last_paid_on)?,
        opened: f.date("opened", &case.opened)?,
        closed: f.optional_date("closed", &case.closed)?,
        recipient: f.optional_message("recipient", case.recipient, recipient)?,
    })
}

fn sums(known: HardshipTotals) -> pb::HardshipTotals {
    let HardshipTotals {
        cases,
        people,
        approved,
        disbursed,
        payments,
    } = known;
    let (approved, disbursed) = (approved.0, disbursed.0);
    pb::HardshipTotals {
        cases,
        people,
        approved,
        disbursed,
        payments,
    }
}

pub(crate) fn read_totals(_: &Fields<'_>, sums: pb::HardshipTotals) -> Option<HardshipTotals> {
    let pb::HardshipTotals {
        cases,
        people,
        approved,
        disbursed,
        payments,
    } = sums;
    let (approved, disbursed) = (Fen(approved), Fen(disbursed));
    Some(HardshipTotals {
        cases,
        people,
        approved,
        disbursed,
        payments,
    })
}
