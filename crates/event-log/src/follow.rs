//! Placeholder.
/// Placeholder.
pub struct Follower;
