use super::event::{PaymentLine, PaymentList};
use crate::{Text, cadre::Person, hardship::Hardship};

/// What may be asked of a list of recipients. Its lines are paid and struck by commands on their
/// cases: [`super::PaymentBatch::to_pay`] and [`super::PaymentBatch::to_strike`] say which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentBatchCommand {
    /// Draft it (拟定名单).
    Draft {
        /// The list.
        list: PaymentList,
    },
    /// Replace the draft (修改名单); not after it was approved.
    Revise {
        /// The whole list as it is to be.
        list: PaymentList,
    },
    /// Approve it and freeze it (审批); by someone who has not drafted it.
    Approve {
        /// The document of approval.
        document: Text,
        /// What the cases of its lines say now, in the order of the list.
        cases: Vec<LineCase>,
    },
    /// Give the draft up (作废).
    Discard {
        /// Why.
        reason: Text,
    },
}

/// The case of a line, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineCase {
    /// The line.
    pub line: PaymentLine,
    /// The cases of its person on its ground.
    pub case: Hardship,
    /// The person; nothing if they are not in the register.
    pub person: Option<Person>,
}
