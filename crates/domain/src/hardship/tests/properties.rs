//! What holds whatever is asked, by whomever, in whatever order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, sample::select};

use super::{
    Approve, Assess, ILLNESS, LapseApproval, ONE, close, decline, follow_up, listed, open, pay_on,
    reopen, reserved, reverse, samples, take_over,
};
use crate::{
    Actor, Fen, StaffId,
    hardship::{FundReservation, Hardship, HardshipCommand, HardshipEvent},
    testing::{carry_out_twice, died, given, person, staff, text},
};

fn commands() -> impl Strategy<Value = HardshipCommand> {
    let amounts = select(vec![0, 1, 500, 1_000, 3_000]);
    let vouchers = select(vec!["1", "2", "3", "4"]);
    prop_oneof![
        1 => Just(open(ILLNESS)),
        3 => amounts.clone().prop_map(|yuan| Assess {
            finding: text("情况属实"),
            recommended: Fen::yuan(yuan),
        }),
        3 => (1..4_u128, amounts.clone()).prop_map(|(n, yuan)| Approve {
            reserved: reserved(n),
            amount: Fen::yuan(yuan),
            document: text("批〔2026〕3号"),
        }),
        1 => (1..4_u128).prop_map(|n| LapseApproval { reserved: reserved(n) }),
        1 => Just(decline()),
        6 => (vouchers.clone(), amounts.clone())
            .prop_map(|(voucher, yuan)| pay_on(voucher, yuan, "2026-05-01")),
        2 => vouchers.clone().prop_map(|voucher| listed::pay(voucher, 500)),
        1 => Just(listed::strike()),
        2 => vouchers.clone().prop_map(reverse),
        1 => select(vec!["2026-04-25", "2026-05-02"]).prop_map(follow_up),
        1 => Just(close()),
        1 => Just(reopen()),
        1 => (vouchers, amounts).prop_map(|(voucher, yuan)| take_over(ILLNESS, voucher, yuan)),
    ]
}

fn requests() -> impl Strategy<Value = Vec<(Actor, HardshipCommand)>> {
    let anyone = select(vec!["li", "wang", "zhao", "sun"]).prop_map(staff);
    prop::collection::vec((anyone, commands()), 0..40)
}

/// The books of one case, kept from its events alone.
#[derive(Default)]
struct Books {
    assessors: BTreeSet<StaffId>,
    approver: Option<StaffId>,
    approved: Fen,
    reserved: Option<FundReservation>,
    /// By voucher; what was taken over is marked.
    standing: BTreeMap<String, (Fen, bool)>,
}

impl Books {
    /// Enters one event, and checks who stands behind it.
    fn enter(&mut self, event: &HardshipEvent) {
        match event {
            HardshipEvent::Opened(_) => *self = Books::default(),
            HardshipEvent::Assessed(e) => {
                self.assessors.insert(e.assessor.clone());
            }
            HardshipEvent::Approved(e) => {
                assert!(!self.assessors.contains(&e.approver));
                self.approver = Some(e.approver.clone());
                self.approved = e.amount;
                self.reserved.clone_from(&e.reserved);
            }
            HardshipEvent::Declined(e) => assert!(!self.assessors.contains(&e.approver)),
            HardshipEvent::Disbursed(e) => {
                assert!(!self.assessors.contains(&e.payer));
                assert!(self.approver.is_some() && self.approver.as_ref() != Some(&e.payer));
                self.standing
                    .insert(e.voucher.to_string(), (e.amount, false));
            }
            HardshipEvent::PaymentTakenOver(e) => {
                self.standing
                    .insert(e.voucher.to_string(), (e.amount, true));
            }
            HardshipEvent::Reversed(e) => {
                self.standing.remove(e.voucher.as_str());
            }
            // What goes back of an earlier case is no longer in these books.
            HardshipEvent::RestReleased(e) if Some(&e.reserved) == self.reserved.as_ref() => {
                self.approved = self.approved.checked_sub(e.amount).unwrap();
            }
            HardshipEvent::RestReleased(_)
            | HardshipEvent::ApprovalLapsed(_)
            | HardshipEvent::LineStruck(_)
            | HardshipEvent::FollowedUp(_)
            | HardshipEvent::Closed(_)
            | HardshipEvent::Reopened(_) => {}
        }
    }

    fn disbursed(&self) -> Fen {
        self.standing.values().map(|(amount, _)| *amount).sum()
    }

    fn approved(&self) -> Fen {
        let before = self.standing.values().filter(|(_, taken_over)| *taken_over);
        self.approved + before.map(|(amount, _)| *amount).sum()
    }
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(requests in requests(), dead in any::<bool>()) {
        let about = if dead { died(ONE, "2026-04-22") } else { person(ONE) };
        carry_out_twice::<Hardship>(requests, &about);
    }

    #[test]
    fn three_people_stand_behind_a_payment_and_no_more_is_paid_than_was_approved(requests in requests()) {
        let history = carry_out_twice::<Hardship>(requests, &person(ONE));
        let mut books = Books::default();
        for (done, event) in history.iter().enumerate() {
            books.enter(event);
            let state = given::<Hardship>(history[..=done].iter().cloned()).state;
            prop_assert!(books.disbursed() <= books.approved());
            prop_assert_eq!(state.disbursed(), books.disbursed());
            prop_assert_eq!(state.approved(), books.approved());
        }
    }

    #[test]
    fn a_line_of_a_list_is_never_paid_twice_and_never_both_paid_and_struck(requests in requests()) {
        let history = carry_out_twice::<Hardship>(requests, &person(ONE));
        let (mut paid, mut struck) = (BTreeSet::new(), false);
        for event in &history {
            match event {
                HardshipEvent::Disbursed(e) if e.batch == Some(listed::LIST) => {
                    paid.insert(e.voucher.to_string());
                }
                HardshipEvent::Reversed(e) => {
                    paid.remove(e.voucher.as_str());
                }
                HardshipEvent::LineStruck(_) => struck = true,
                _ => {}
            }
            prop_assert!(paid.len() + usize::from(struck) <= 1);
        }
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(select(samples()), 0..30),
        command in commands(),
    ) {
        let _ = given::<Hardship>(history).about(person(ONE)).when(command).result;
    }
}
