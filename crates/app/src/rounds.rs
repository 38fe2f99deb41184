//! Rounds of visits. Whom a round is for, and who came late, is read off the register here and
//! handed to the round, which freezes it.

use domain::{
    CadreId, RoundId,
    round::{Round, RoundCommand},
};

use crate::{Answer, App, Error, Request, execute::stream};

impl App {
    /// Commands on a round; it is started and closed by calls of their own.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn round(
        &self,
        id: RoundId,
        commands: impl IntoIterator<Item = RoundCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<Round>(&id, commands.into_iter().collect(), request)
            .await
    }

    /// Starts a round for everyone who meets its rule by all that is recorded now.
    ///
    /// # Errors
    /// Any [`Error`]; `round_audience_empty` if nobody does.
    pub async fn start_round(&self, id: RoundId, request: &Request) -> Result<Answer, Error> {
        let audience = self.eligible(id).await?;
        self.round(id, [RoundCommand::Start { audience }], request)
            .await
    }

    /// Closes a round after its last day, and lists who meets its rule now without having been on
    /// its frozen list.
    ///
    /// # Errors
    /// Any [`Error`]; `round_still_running` before that day is over.
    pub async fn close_round(&self, id: RoundId, request: &Request) -> Result<Answer, Error> {
        let eligible = self.eligible(id).await?;
        self.round(id, [RoundCommand::Close { eligible }], request)
            .await
    }

    /// Nobody where nothing is planned: the round itself then says so.
    async fn eligible(&self, id: RoundId) -> Result<Vec<CadreId>, Error> {
        let round = self.load::<Round>(&stream::<Round>(&id)?, None).await?;
        let Some(plan) = round.state.plan().cloned() else {
            return Ok(vec![]);
        };
        self.catch_up().await?;
        let cards = self
            .parts
            .views
            .query(move |conn| views::rounds::eligible(conn, &plan))
            .await?;
        Ok(cards.into_iter().map(|card| card.person).collect())
    }
}
