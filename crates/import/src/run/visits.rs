use app::Request;
use domain::{
    VisitId,
    visit::{Visit, VisitCommand},
};

use super::{
    Fate, Import,
    content::content_id,
    groups::{Group, Step, Task, group},
    register::Register,
};
use crate::{kind::visits, sheet::Column};

impl Import<'_> {
    /// Reads visits and finds whose they were; only equal rows speak of one visit.
    pub(super) async fn visits(&self) -> Result<(Vec<Option<Fate>>, Vec<Group>), app::Error> {
        let (mut fates, rows) = self.read(visits::read);
        let register = Register::read(self.app, &self.reading).await?;
        let mut steps = Vec::with_capacity(rows.len());
        for (index, row, draft) in rows {
            match register.find(&self.reading, &draft.named).await? {
                Ok(person) => {
                    let visit = draft.of(person);
                    let id = content_id(self.kind, &visit, Some(visit.visited.date()))?;
                    let task = Task::Visit(Box::new(visit));
                    steps.push((
                        id,
                        Step {
                            index,
                            row,
                            id,
                            task,
                        },
                    ));
                }
                Err((column, fault)) => fates[index] = Some(self.rejected(column, &fault)),
            }
        }
        Ok((fates, group(steps)))
    }

    pub(super) async fn send_visit(
        &self,
        visit: Visit,
        request: &Request,
    ) -> Result<Fate, app::Error> {
        let id = VisitId(request.new_id("visit"));
        let answer = self
            .app
            .visit(id, [VisitCommand::Record { visit }], request)
            .await;
        self.fate(answer, |code| match code {
            "in_the_future" => Column::Visited,
            "visitor_missing" => Column::Visitors,
            _ => Column::IdNumber,
        })
    }
}
