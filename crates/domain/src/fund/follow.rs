use super::{Fund, FundCommand};
use crate::{Fen, ReservationId, hardship::Hardship};

impl Fund {
    /// What this fund has still to enter, so that it says of an approval what the case says: what was
    /// paid, what was undone, what goes back. Nothing while the case has not decided.
    ///
    /// It is never refused: the case pays no more than it was granted, the grant is what is reserved
    /// here, and the payments are entered in the order they were made. Entered twice, by two who look
    /// at the same time, it says nothing the second time.
    pub fn to_follow(&self, case: &Hardship, id: ReservationId) -> Vec<FundCommand> {
        let Some(reservation) = self.reservation(id) else {
            return vec![];
        };
        let release = |keep: Fen| {
            (reservation.amount() > keep).then_some(FundCommand::Release {
                reservation: id,
                keep,
            })
        };
        let Some(grant) = case.grant(id) else {
            let lapsed = case.has_lapsed(id);
            return lapsed
                .then(|| release(Fen::ZERO))
                .flatten()
                .into_iter()
                .collect();
        };
        // First what makes room again, then what needs it.
        let (mut reverse, mut spend) = (vec![], vec![]);
        for payment in case.grant_payments(grant) {
            let undo = FundCommand::ReverseSpending {
                reservation: id,
                voucher: payment.voucher.clone(),
            };
            match self.payment_reversed(id, &payment.voucher) {
                Some(false) if payment.reversed => reverse.push(undo),
                Some(_) => {}
                None => {
                    spend.push(FundCommand::Spend {
                        reservation: id,
                        voucher: payment.voucher,
                        amount: payment.amount,
                        paid_on: payment.paid_on,
                    });
                    spend.extend(payment.reversed.then_some(undo));
                }
            }
        }
        reverse
            .into_iter()
            .chain(spend)
            .chain(release(grant.amount))
            .collect()
    }
}
