//! 联系卡: what a contact needs to know of each person they are paired with (建档立卡), on one card.
//!
//! A card keeps nothing of its own: it is put together from what the other views hold. Nothing of a
//! petition is on it.

mod card;
mod query;
#[cfg(test)]
mod tests;

pub use card::{CardBirthday, CardHardship, CardMedal, CardPlan, CardVisit, ContactCard};
pub use query::{CardFilter, get, list};
