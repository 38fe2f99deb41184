//! Placeholder.
/// Placeholder.
pub struct MemoryLog;
