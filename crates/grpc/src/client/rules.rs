//! Rule profiles that someone thinks of adopting.

use app::{Candidate, Tried};
use calendar::Date;

use super::{Client, Error, answered, read};
use crate::{
    fields::shown,
    pb::{self, rules_service_client::RulesServiceClient},
    rules,
};

impl Client {
    /// Tries a rule profile on the past; the year up to today, if not said otherwise.
    ///
    /// # Errors
    /// What the server says.
    pub async fn try_rules(
        &self,
        candidate: Candidate,
        from: Option<Date>,
        until: Option<Date>,
    ) -> Result<Tried, Error> {
        let asked = pb::TryRulesRequest {
            file_name: candidate.file_name,
            text: candidate.text,
            from: shown(from),
            until: shown(until),
            position: String::new(),
        };
        let mut service = RulesServiceClient::new(self.channel());
        let tried = answered(service.try_rules(self.request(asked)).await)?;
        read(|f| rules::read_tried(f, tried))
    }
}
