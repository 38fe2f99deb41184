//! What a printed document promises.
