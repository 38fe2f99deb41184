//! One step for the medals of many people at once (批量推荐、审核、批准). Each person's medal is decided
//! on its own, under a request of its own that follows from the one asked: so the same request again
//! finishes what was cut off, and says nothing twice.

use std::collections::BTreeSet;

use domain::{CadreId, medal::MedalCommand};
use views::{
    PageRequest,
    medal::{self, CandidateFilter},
};

use crate::{Answer, App, Error, Kind, Request};

/// What became of one person's medal.
#[derive(Debug)]
pub struct MedalAnswer {
    /// Whose.
    pub person: CadreId,
    /// What was done, or why not: only ever a refusal by a rule.
    pub result: Result<Answer, Error>,
}

impl App {
    /// Carries out the same step for each of these people, by id and once each. What a rule refuses
    /// for one keeps nothing from the others. The revision a caller expects is of one record and
    /// does not matter here.
    ///
    /// # Errors
    /// Any [`Error`] that is no refusal; what was recorded by then stays, and the same request again
    /// goes on behind it.
    pub async fn medals(
        &self,
        people: impl IntoIterator<Item = CadreId>,
        step: impl Fn(CadreId) -> MedalCommand,
        request: &Request,
    ) -> Result<Vec<MedalAnswer>, Error> {
        let people: BTreeSet<CadreId> = people.into_iter().collect();
        let mut answers = Vec::with_capacity(people.len());
        for person in people {
            let own = request.part(&person.to_string());
            let result = match self.medal(person, [step(person)], &own).await {
                Err(error) if error.kind() != Kind::Rejected => return Err(error),
                result => result,
            };
            answers.push(MedalAnswer { person, result });
        }
        Ok(answers)
    }

    /// All who can be given the medal of a year by what is recorded now, without those in doubt. Who
    /// is put forward already is among them, so that a list cut off halfway is the same the next
    /// time.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn medal_candidates(&self, filter: CandidateFilter) -> Result<Vec<CadreId>, Error> {
        self.catch_up().await?;
        let rules = self.parts.rules.on(self.today()).map_err(Error::rejected)?;
        let rules = rules.medal.clone();
        let found = self.parts.views.query(move |conn| {
            let mut people = Vec::new();
            let mut page = PageRequest {
                page_size: u32::MAX,
                page_token: None,
            };
            loop {
                let found = medal::candidates(conn, &filter, &rules, &page)?;
                let settled = found.items.into_iter().filter(|row| row.why.is_none());
                people.extend(settled.map(|row| row.person));
                page.page_token = found.next_page_token;
                if page.page_token.is_none() {
                    return Ok(people);
                }
            }
        });
        Ok(found.await?)
    }
}
