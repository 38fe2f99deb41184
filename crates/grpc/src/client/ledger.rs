//! The ledger.

use app::EventPlace;
use ledger::{EventProof, Note};

use super::{Client, Error, answered};
use crate::pb::{self, ledger_service_client::LedgerServiceClient};

impl Client {
    /// The newest checkpoint.
    ///
    /// # Errors
    /// What the server says.
    pub async fn checkpoint(&self) -> Result<Note, Error> {
        let mut service = LedgerServiceClient::new(self.channel());
        let asked = self.request(pb::GetCheckpointRequest {});
        let answer = answered(service.get_checkpoint(asked).await)?;
        parsed(&answer.note)
    }

    /// The proof that an event is in the newest checkpoint.
    ///
    /// # Errors
    /// What the server says.
    pub async fn prove(&self, event: EventPlace) -> Result<EventProof, Error> {
        let mut service = LedgerServiceClient::new(self.channel());
        let asked = self.request(match event {
            EventPlace::Id(id) => pb::ProveRequest {
                event: id.to_string(),
                ..pb::ProveRequest::default()
            },
            EventPlace::Stream(stream, revision) => pb::ProveRequest {
                event: String::new(),
                stream: stream.to_string(),
                revision: revision.0,
            },
        });
        let answer = answered(service.prove(asked).await)?;
        parsed(&answer.proof)
    }

    /// The public key that signs now.
    ///
    /// # Errors
    /// What the server says.
    pub async fn ledger_key(&self) -> Result<String, Error> {
        let mut service = LedgerServiceClient::new(self.channel());
        let asked = self.request(pb::ListKeysRequest {});
        let mut answer = answered(service.list_keys(asked).await)?;
        let none = || app::Error::from(ledger::Error::Empty {});
        Ok(answer.keys.pop().ok_or_else(none)?)
    }

    /// Gives the server a checkpoint with the signatures of witnesses; it says whose it has now.
    ///
    /// # Errors
    /// What the server says.
    pub async fn cosign(&self, note: &Note) -> Result<Vec<String>, Error> {
        let mut service = LedgerServiceClient::new(self.channel());
        let note = note.to_string();
        let asked = self.request(pb::CosignRequest { note });
        let answer = answered(service.cosign(asked).await)?;
        let by = answer.cosigned.into_iter().flat_map(|cosigned| cosigned.by);
        Ok(by.map(|cosignature| cosignature.witness).collect())
    }
}

fn parsed<T: std::str::FromStr<Err = ledger::Error>>(text: &str) -> Result<T, Error> {
    Ok(text.parse().map_err(app::Error::from)?)
}
