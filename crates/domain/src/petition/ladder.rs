//! 逐级提醒: when a missed deadline is brought before whom. Nobody is called at night.

use calendar::{Calendar, Date, DateError, Timestamp, civil_date, civil_time};

use super::event::Rung;
use crate::LadderRules;

impl Rung {
    /// The rungs from the lowest to the highest, in the order in which they are climbed.
    pub const ALL: [Rung; 3] = [Rung::Handler, Rung::Head, Rung::Leader];
}

impl LadderRules {
    /// Whether it is a working day and within office hours (工作时间): only then something climbs.
    pub fn climbs_at(&self, moment: Timestamp, calendar: &Calendar) -> bool {
        let office = self.office_opens..self.office_closes;
        calendar.is_working_day(civil_date(moment)) && office.contains(&civil_time(moment))
    }

    /// The day from which a duty whose last day in time was `due_rolled`, and which is still not
    /// done, is brought before this rung.
    ///
    /// # Errors
    /// [`DateError::TooFar`] if that lies after year 9999.
    pub fn reaches(
        &self,
        rung: Rung,
        due_rolled: Date,
        calendar: &Calendar,
    ) -> Result<Date, DateError> {
        let after = match rung {
            Rung::Handler => self.handler_after,
            Rung::Head => self.head_after,
            Rung::Leader => self.leader_after,
        };
        Ok(calendar.due(due_rolled, after, None)?.raw)
    }
}
