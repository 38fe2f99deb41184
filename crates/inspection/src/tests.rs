//! What was so then, and what was known then.

mod histories;
mod rules;
