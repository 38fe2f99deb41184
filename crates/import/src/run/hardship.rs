use app::Request;
use domain::{
    Text,
    hardship::{HardshipCommand, HardshipId},
};
use uuid::Uuid;

use super::{
    Fate, Import,
    content::content_id,
    groups::{Group, Step, Task, group},
    register::Register,
};
use crate::{
    kind::hardship::{self, Payment},
    sheet::Column,
};

/// A payment to be taken over.
pub(super) struct TakenOver {
    pub(super) of: HardshipId,
    payment: Payment,
    voucher: Text,
}

impl Import<'_> {
    /// Reads payments and finds whose they were; those of one person on one ground are of one case.
    pub(super) async fn hardship(&self) -> Result<(Vec<Option<Fate>>, Vec<Group>), app::Error> {
        let (mut fates, rows) = self.read(hardship::read);
        let register = Register::read(self.app, &self.reading).await?;
        let mut steps = Vec::with_capacity(rows.len());
        for (index, row, draft) in rows {
            match register.find(&self.reading, &draft.named).await? {
                Ok(person) => {
                    let of = HardshipId {
                        person,
                        ground: draft.ground,
                    };
                    let payment = draft.payment;
                    let content = (person, draft.ground, &payment);
                    let id = content_id(self.kind, &content, Some(payment.paid_on))?;
                    let voucher = match &payment.voucher {
                        Some(voucher) => voucher.clone(),
                        None => made_voucher(id)?,
                    };
                    let task = Task::Payment(Box::new(TakenOver {
                        of,
                        payment,
                        voucher,
                    }));
                    steps.push((
                        of,
                        Step {
                            index,
                            row,
                            id,
                            task,
                        },
                    ));
                }
                Err((column, fault)) => fates[index] = Some(self.rejected(column, &fault)),
            }
        }
        Ok((fates, group(steps)))
    }

    pub(super) async fn send_payment(
        &self,
        taken_over: TakenOver,
        request: &Request,
    ) -> Result<Fate, app::Error> {
        let TakenOver {
            of,
            payment,
            voucher,
        } = taken_over;
        let command = HardshipCommand::TakeOverPayment {
            of,
            voucher,
            year: payment.year,
            amount: payment.amount,
            paid_on: payment.paid_on,
            remark: payment.remark,
        };
        let answer = self.app.hardship(of, [command], request).await;
        self.fate(answer, |code| match code {
            "in_the_future" => Column::PaidOn,
            "unknown_person" | "record_superseded" | "person_died" => Column::IdNumber,
            "voucher_reused" | "payment_reversed" => Column::Voucher,
            _ => Column::Amount,
        })
    }
}

/// The number of a payment whose ledger gives none: made from what the row says, so that it stays
/// the same.
fn made_voucher(id: Uuid) -> Result<Text, app::Error> {
    let digits = id.simple().to_string();
    Text::parse(&format!("台账-{}", &digits[20..]))
        .map_err(|error| app::Error::Internal(error.to_string()))
}
