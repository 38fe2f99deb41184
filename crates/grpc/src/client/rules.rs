//! Rule profiles that someone thinks of adopting.

use app::{Candidate, Tried};
use calendar::{Date, When};
use inspection::deviations::DeviationReport;

use super::{Client, Error, answered, read};
use crate::{
    deviation,
    fields::shown,
    history,
    pb::{self, replay_rules_response::Part, rules_service_client::RulesServiceClient},
    rules, status,
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

    /// Judges the whole log again, by the rules in force then or by a proposed file.
    ///
    /// # Errors
    /// What the server says.
    pub async fn replay_rules(
        &self,
        proposed: Option<Candidate>,
        known_by: Option<When>,
    ) -> Result<DeviationReport, Error> {
        let (file_name, text) = proposed.map(|c| (c.file_name, c.text)).unzip();
        let asked = pb::ReplayRulesRequest {
            file_name: file_name.unwrap_or_default(),
            text: text.unwrap_or_default(),
            known_by: known_by.map(history::when).unwrap_or_default(),
        };
        let mut service = RulesServiceClient::new(self.channel());
        let mut parts = answered(service.replay_rules(self.request(asked)).await)?;
        let mut report: Option<DeviationReport> = None;
        let mut deviations = Vec::new();
        while let Some(part) = parts
            .message()
            .await
            .map_err(|status| status::read(&status))?
        {
            match part.part {
                Some(Part::Summary(summary)) => {
                    report = Some(read(|f| deviation::read_summary(f, summary))?);
                }
                Some(Part::Batch(batch)) => {
                    deviations.extend(read(|f| deviation::read_batch(f, batch))?);
                }
                None => {}
            }
        }
        let report = read(|f| f.message("summary", report, |_, report| Some(report)))?;
        Ok(DeviationReport {
            deviations,
            ..report
        })
    }
}
