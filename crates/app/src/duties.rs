//! What people ask of duties. Each question is answered as it is today, by the clock of the
//! application.

use calendar::{Calendar, Date};
use domain::{CadreId, duty::DutyId};
use views::{
    Page, PageRequest,
    duties::{
        self, Coverage, CoverageFilter, DigestFilter, DutyCounts, DutyDetails, DutyDigest,
        DutyFilter, DutyRow, WorkFilter,
    },
};

use crate::{Error, Reading};

impl Reading {
    /// The open duties, those due first at the front.
    ///
    /// # Errors
    /// As [`duties::worklist`].
    pub async fn duty_worklist(
        &self,
        filter: WorkFilter,
        page: PageRequest,
    ) -> Result<Page<DutyRow>, Error> {
        let today = self.app.today();
        self.ask(move |conn| duties::worklist(conn, &filter, today, &page))
            .await
    }

    /// The day, and how many open duties there are on it; whatever band the filter names.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn duty_counts(&self, filter: WorkFilter) -> Result<(Date, DutyCounts), Error> {
        let today = self.app.today();
        self.ask(move |conn| Ok((today, duties::counts(conn, &filter, today)?)))
            .await
    }

    /// One duty with its clock.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn duty(&self, duty: DutyId) -> Result<DutyDetails, Error> {
        let today = self.app.today();
        self.ask(move |conn| duties::get(conn, &duty, today))
            .await?
            .ok_or(Error::NotFound("duty"))
    }

    /// The duties of a person, those due last at the front; all of them or the open ones.
    ///
    /// # Errors
    /// As [`duties::of_person`].
    pub async fn duties_of_person(
        &self,
        person: CadreId,
        open: bool,
        page: PageRequest,
    ) -> Result<Page<DutyRow>, Error> {
        let today = self.app.today();
        let filter = DutyFilter { person, open };
        self.ask(move |conn| duties::of_person(conn, &filter, today, &page))
            .await
    }

    /// What became of the duties of a period, by unit and rule.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn duty_coverage(&self, filter: CoverageFilter) -> Result<Vec<Coverage>, Error> {
        let today = self.app.today();
        self.ask(move |conn| duties::coverage(conn, &filter, today))
            .await
    }

    /// What someone finds on their desk this morning: the reader's own duties, if the filter names
    /// neither a unit nor a handler.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn duty_digest(&self, mut of: DigestFilter) -> Result<DutyDigest, Error> {
        let reader = self.reader().id.clone();
        if of == DigestFilter::default() {
            of.handler = Some(reader.0.clone());
        }
        let decides = of.handler.clone().map_or(reader, domain::StaffId);
        let today = self.app.today();
        let since = working_day_before(today, self.app.calendar());
        self.ask(move |conn| duties::digest(conn, of, since, today, &decides))
            .await
    }
}

/// The morning before this one.
fn working_day_before(today: Date, calendar: &Calendar) -> Date {
    let before = |day: &Date| day.yesterday().ok();
    std::iter::successors(before(&today), before)
        .find(|day| calendar.is_working_day(*day))
        .unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_morning_before_is_that_of_a_working_day() {
        let calendar = Calendar::bundled().unwrap();
        for (today, before) in [
            ("2026-03-10", "2026-03-09"),
            ("2026-03-09", "2026-03-06"),
            ("2026-03-08", "2026-03-06"),
            // After National Day; the Sunday before it was worked.
            ("2025-10-09", "2025-09-30"),
            ("2025-09-29", "2025-09-28"),
        ] {
            let found = working_day_before(today.parse().unwrap(), &calendar);
            assert_eq!(found.to_string(), before, "{today}");
        }
    }
}
