//! Placeholder: the working-day calendar.

/// Days off and make-up workdays.
#[derive(Debug, Clone)]
pub struct Calendar {}

/// Why a calendar file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("malformed")]
pub struct CalendarError;

impl Calendar {
    /// The calendar that comes with Sangyu.
    ///
    /// # Errors
    /// If it is malformed.
    pub fn bundled() -> Result<Self, CalendarError> {
        Ok(Calendar {})
    }
}
