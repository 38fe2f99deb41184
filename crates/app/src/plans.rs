//! The plans for people: what may be asked of them, and what people ask about them.

use domain::{
    CadreId,
    plan::{Plan, PlanCommand},
};
use views::{
    Page, PageRequest,
    plans::{self, MeasureFilter, MeasureRow, PlanFilter, PlanPage, PlanRow},
};

use crate::{Answer, App, Error, Reading, Request};

impl App {
    /// Commands on the plans for a person.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn plan(
        &self,
        person: CadreId,
        commands: impl IntoIterator<Item = PlanCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<Plan>(&person, commands.into_iter().collect(), request)
            .await
    }
}

impl Reading {
    /// The plans as they stand today.
    ///
    /// # Errors
    /// As [`plans::list`].
    pub async fn plans(
        &self,
        filter: PlanFilter,
        page: PageRequest,
    ) -> Result<Page<PlanRow>, Error> {
        let today = self.app.today();
        self.ask(move |conn| plans::list(conn, &filter, today, &page))
            .await
    }

    /// One plan of a person as it stands today: the one of this number, or the latest.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn plan(&self, person: CadreId, plan: Option<u32>) -> Result<PlanPage, Error> {
        let today = self.app.today();
        self.ask(move |conn| plans::get(conn, person, plan, today))
            .await?
            .ok_or(Error::NotFound("plan"))
    }

    /// The measures still to be done, as it is today.
    ///
    /// # Errors
    /// As [`plans::measures`].
    pub async fn plan_measures(
        &self,
        filter: MeasureFilter,
        page: PageRequest,
    ) -> Result<Page<MeasureRow>, Error> {
        let today = self.app.today();
        self.ask(move |conn| plans::measures(conn, &filter, today, &page))
            .await
    }
}
