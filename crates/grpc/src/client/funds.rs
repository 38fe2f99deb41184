//! Hardship funds, as a client reads them.

use views::funds::{FundFilter, FundReport};

use super::{Client, Error, answered, read};
use crate::{
    fields::shown,
    fund,
    pb::{self, fund_service_client::FundServiceClient},
};

impl Client {
    /// What the funds have, and where they and the cases do not say the same.
    ///
    /// # Errors
    /// What the server says.
    pub async fn fund_report(&self, filter: FundFilter) -> Result<FundReport, Error> {
        let asked = pb::GetFundReportRequest {
            unit: shown(filter.unit),
            year: filter.year.map(i32::from),
            position: String::new(),
        };
        let mut funds = FundServiceClient::new(self.channel());
        let found = answered(funds.get_fund_report(self.request(asked)).await)?;
        read(|f| fund::read_report(f, found))
    }
}
