//! One file per question a person asks: its table, its fold, its query, its tests.
//!
//! `views.db` is a SQLite file of its own that can be deleted at any time: everything in it follows
//! from the log. A [`View`] reads only the envelope, so the same log gives the same rows, byte for
//! byte. [`Views`] keeps the file up to date and answers questions from it.
//!
//! | question | module |
//! |---|---|
//! | Who is in the register? How many? | [`register`] |
//! | What happened to this person, or with this petition? | [`history`] |
//! | What does a contact need to know of each of their people? | [`cards`] |
//! | What must be done for whom, and what was done in time? | [`duties`] |
//! | Who is in hardship, and what was paid? | [`hardship`] |
//! | What money is there for aid, and does it add up? | [`funds`] |
//! | Which petitions came, and what was replied? | [`petitions`] |
//! | Who tried to see a sealed petition and may not? | [`petition_access`] |
//! | Which lists of recipients are there, and what of each is paid? | [`payment_batches`] |
//! | What does this person need, and what is done about it? | [`plans`] |
//! | Which rounds of visits are there, and who was not reached? | [`rounds`] |
//! | Who may see a sealed petition? | [`sealing`] |
//! | Who gets the medal “光荣在党50年”? | [`medal`] |

mod dump;
mod error;
mod file;
mod mark;
mod page;
mod read;
mod readers;
mod replay;
mod store;
mod view;
mod views;

pub mod cards;
pub mod duties;
pub mod funds;
pub mod hardship;
pub mod history;
pub mod medal;
pub mod payment_batches;
pub mod petition_access;
pub mod petitions;
pub mod plans;
pub mod register;
pub mod rounds;
pub mod sealing;
pub mod words;

#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;

pub use dump::dump;
pub use error::ViewsError;
pub use page::{Page, PageRequest};
pub use replay::{Replay, Replayed};
pub use rusqlite::Connection;
pub use view::{Envelope, View};
pub use views::{Progress, State, Status, Views};
