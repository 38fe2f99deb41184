//! Lists of recipients: their cases are read when a list is approved, and each line is paid in its
//! case. See `docs/adr/0021-a-list-is-frozen-and-its-cases-pay.md`.

use calendar::Date;
use domain::{
    PaymentBatchId, Text,
    hardship::{HardshipCommand, HardshipId},
    payment_batch::{LineCase, PaymentBatch, PaymentBatchCommand},
};

use crate::{Answer, App, Error, Kind, Request, execute::stream};

/// The payment of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePayment {
    /// The person and ground that the line names.
    pub of: HardshipId,
    /// 凭证号.
    pub voucher: Text,
    /// The day.
    pub paid_on: Date,
}

/// What became of the payment of one line.
#[derive(Debug)]
pub struct LineAnswer {
    /// The line.
    pub of: HardshipId,
    /// What was done, or why not: only ever a refusal by a rule.
    pub result: Result<Answer, Error>,
}

impl App {
    /// Commands on a list of recipients; it is approved by a call of its own.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn payment_batch(
        &self,
        id: PaymentBatchId,
        commands: impl IntoIterator<Item = PaymentBatchCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<PaymentBatch>(&id, commands.into_iter().collect(), request)
            .await
    }

    /// Approves a list of recipients and freezes it, if the case of every line can pay it now.
    ///
    /// # Errors
    /// Any [`Error`]; `payment_batch_line_not_payable` with the first line that cannot be paid.
    pub async fn approve_payment_batch(
        &self,
        id: PaymentBatchId,
        document: Text,
        request: &Request,
    ) -> Result<Answer, Error> {
        let mut cases = Vec::new();
        for line in self.batch(id).await?.lines() {
            cases.push(LineCase {
                line: *line,
                case: self.case(line.case.of()).await?,
                person: self.person(line.case.person).await?,
            });
        }
        let approve = PaymentBatchCommand::Approve { document, cases };
        self.payment_batch(id, [approve], request).await
    }

    /// Pays lines of an approved list, each recorded in its case under a request of its own: so the
    /// same request again finishes what was cut off, and pays nothing twice. What a rule refuses for
    /// one line keeps nothing from the others.
    ///
    /// # Errors
    /// Any [`Error`] that is no refusal; what was paid by then stays.
    pub async fn pay_lines(
        &self,
        id: PaymentBatchId,
        payments: impl IntoIterator<Item = LinePayment>,
        request: &Request,
    ) -> Result<Vec<LineAnswer>, Error> {
        let batch = self.batch(id).await?;
        let mut answers = Vec::new();
        for payment in payments {
            let of = payment.of;
            let result = match self.pay_line(id, &batch, payment, request).await {
                Err(error) if error.kind() != Kind::Rejected => return Err(error),
                result => result,
            };
            answers.push(LineAnswer { of, result });
        }
        Ok(answers)
    }

    /// A list is frozen once it is approved, so it cannot have changed since it was read; all else is
    /// decided by the case.
    async fn pay_line(
        &self,
        id: PaymentBatchId,
        batch: &PaymentBatch,
        payment: LinePayment,
        request: &Request,
    ) -> Result<Answer, Error> {
        let LinePayment {
            of,
            voucher,
            paid_on,
        } = payment;
        let line = batch
            .to_pay(of, &request.actor.id)
            .map_err(Error::rejected)?;
        let own = request.part(&format!("{of} {voucher}"));
        let disburse = HardshipCommand::DisburseLine {
            batch: id,
            line,
            voucher,
            paid_on,
        };
        self.hardship(of, [disburse], &own).await
    }

    /// Puts on record that a line of an approved list will not be paid.
    ///
    /// # Errors
    /// Any [`Error`]; `payment_line_paid` if it is.
    pub async fn strike_line(
        &self,
        id: PaymentBatchId,
        of: HardshipId,
        reason: Text,
        request: &Request,
    ) -> Result<Answer, Error> {
        let batch = self.batch(id).await?;
        batch.to_strike(of).map_err(Error::rejected)?;
        let strike = HardshipCommand::StrikeLine { batch: id, reason };
        self.hardship(of, [strike], request).await
    }

    async fn batch(&self, id: PaymentBatchId) -> Result<PaymentBatch, Error> {
        let stream = stream::<PaymentBatch>(&id)?;
        Ok(self.load::<PaymentBatch>(&stream, None).await?.state)
    }
}
