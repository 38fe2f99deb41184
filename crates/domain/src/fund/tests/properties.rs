//! What holds at every event, whatever is asked and in whatever order.

use std::collections::BTreeMap;

use proptest::{prelude::*, sample::select};

use super::*;
use crate::testing::{carry_out_twice, person, staff};

fn commands() -> impl Strategy<Value = FundCommand> {
    let yuan = || select(vec![0_u64, 1, 400, 1_000, 3_000]);
    let voucher = || select(vec!["1", "2", "3"]);
    prop_oneof![
        2 => yuan().prop_map(set_budget),
        4 => (1..5_u128, 1..4_u128, yuan()).prop_map(|(n, of, yuan)| reserve_for(n, of, yuan)),
        4 => (1..5_u128, voucher(), yuan()).prop_map(|(n, voucher, yuan)| spend(n, voucher, yuan)),
        2 => (1..5_u128, voucher()).prop_map(|(n, voucher)| reverse(n, voucher)),
        2 => (1..5_u128, yuan()).prop_map(|(n, keep)| release(n, keep)),
        1 => yuan().prop_map(carry_out),
        1 => yuan().prop_map(|yuan| CarryIn {
            carry_over: CarryOverId(uuid::Uuid::from_u128(10)),
            of: id(),
            amount: Fen::yuan(yuan),
        }),
        1 => Just(close()),
    ]
}

/// The fund's books, kept from its events alone and by other means: every fen is moved between four
/// piles, and a pile that lacks it cannot give it.
#[derive(Default)]
struct Piles {
    free: u64,
    appropriated: u64,
    /// By reservation.
    reserved: BTreeMap<ReservationId, u64>,
    spent: u64,
}

impl Piles {
    fn enter(&mut self, event: &FundEvent) {
        match event {
            FundEvent::BudgetSet(e) => {
                self.free = (self.free + e.amount.0)
                    .checked_sub(self.appropriated)
                    .unwrap();
                self.appropriated = e.amount.0;
            }
            FundEvent::Reserved(e) => {
                self.free = self.free.checked_sub(e.amount.0).unwrap();
                *self.reserved.entry(e.reservation).or_default() += e.amount.0;
            }
            FundEvent::Released(e) => {
                self.take(e.reservation, e.amount);
                self.free += e.amount.0;
            }
            FundEvent::Spent(e) => {
                self.take(e.reservation, e.amount);
                self.spent += e.amount.0;
            }
            FundEvent::SpendingReversed(e) => {
                self.spent = self.spent.checked_sub(e.amount.0).unwrap();
                *self.reserved.entry(e.reservation).or_default() += e.amount.0;
            }
            FundEvent::CarriedOut(e) => self.free = self.free.checked_sub(e.amount.0).unwrap(),
            FundEvent::CarriedIn(e) => self.free += e.amount.0,
            FundEvent::Closed(_) => assert_eq!(self.reserved.values().sum::<u64>(), 0),
        }
    }

    fn take(&mut self, from: ReservationId, amount: Fen) {
        let pile = self.reserved.get_mut(&from).unwrap();
        *pile = pile.checked_sub(amount.0).unwrap();
    }
}

proptest! {
    #[test]
    fn spent_is_at_most_reserved_and_reserved_at_most_the_budget_at_every_event(
        commands in prop::collection::vec(commands(), 0..60),
    ) {
        let commands = commands.into_iter().map(|command| (staff("wang"), command));
        let history = carry_out_twice::<Fund>(commands, &person(CadreId(uuid::Uuid::nil())));
        let (mut piles, mut state) = (Piles::default(), Fund::default());
        for event in &history {
            piles.enter(event);
            crate::Aggregate::evolve(&mut state, event);
            let unspent: u64 = piles.reserved.values().sum();
            prop_assert!(state.spent() <= state.reserved() && state.reserved() <= state.budget());
            prop_assert_eq!(state.spent(), Fen(piles.spent));
            prop_assert_eq!(state.reserved(), Fen(unspent + piles.spent));
            prop_assert_eq!(state.free(), Fen(piles.free));
        }
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(select(samples()), 0..30),
        command in commands(),
    ) {
        let _ = given::<Fund>(history).when(command).result;
    }
}
