//! Proof that the record is what it was.

use app::EventPlace;
use event_log::{EventId, Revision, StreamName};
use ledger::{Checkpoint, Cosigned, Note, TileId};
use tonic::{Request, Response, Status};

use crate::{
    api::{Api, finish},
    fields::Fields,
    pb,
};

/// How many hashes a full tile has.
const WIDTH: u32 = 256;

#[tonic::async_trait]
impl pb::ledger_service_server::LedgerService for Api {
    async fn get_checkpoint(
        &self,
        request: Request<pb::GetCheckpointRequest>,
    ) -> Result<Response<pb::GetCheckpointResponse>, Status> {
        self.asked(request, |_, pb::GetCheckpointRequest {}| Some(()))?;
        let signed = finish(self.app.checkpoint())?;
        Ok(Response::new(pb::GetCheckpointResponse {
            note: signed.note.to_string(),
            origin: signed.checkpoint.origin,
            size: signed.checkpoint.size,
            root: signed.checkpoint.root.to_string(),
            signed: signed.signed.to_string(),
        }))
    }

    async fn prove(
        &self,
        request: Request<pb::ProveRequest>,
    ) -> Result<Response<pb::ProveResponse>, Status> {
        let (reading, event) = self.asked(request, event)?;
        let proof = self.at(None, reading.prove(event)).await?;
        let checkpoint = proof.checkpoint.text.parse::<Checkpoint>();
        let checkpoint = finish(checkpoint.map_err(app::Error::from))?;
        Ok(Response::new(pb::ProveResponse {
            proof: proof.to_string(),
            index: proof.index,
            size: checkpoint.size,
        }))
    }

    async fn get_consistency_proof(
        &self,
        request: Request<pb::GetConsistencyProofRequest>,
    ) -> Result<Response<pb::GetConsistencyProofResponse>, Status> {
        let (_, (old, size)) = self
            .asked(request, |_, asked: pb::GetConsistencyProofRequest| {
                Some((asked.old_size, asked.size))
            })?;
        let proof = finish(self.app.prove_consistency(old, size))?;
        Ok(Response::new(pb::GetConsistencyProofResponse {
            hashes: proof.iter().map(ToString::to_string).collect(),
        }))
    }

    async fn get_tile(
        &self,
        request: Request<pb::GetTileRequest>,
    ) -> Result<Response<pb::GetTileResponse>, Status> {
        let (_, id) = self.asked(request, tile)?;
        let none = app::Error::NotFound("tile");
        let tile = self.app.tile(id).and_then(|tile| tile.ok_or(none));
        Ok(Response::new(pb::GetTileResponse {
            tile: finish(tile)?,
        }))
    }

    async fn list_keys(
        &self,
        request: Request<pb::ListKeysRequest>,
    ) -> Result<Response<pb::ListKeysResponse>, Status> {
        self.asked(request, |_, pb::ListKeysRequest {}| Some(()))?;
        let (keys, rotations) = finish(self.app.ledger_keys())?;
        Ok(Response::new(pb::ListKeysResponse {
            keys: keys.all().map(ToString::to_string).collect(),
            rotations: rotations.iter().map(ToString::to_string).collect(),
        }))
    }

    async fn cosign(
        &self,
        request: Request<pb::CosignRequest>,
    ) -> Result<Response<pb::CosignResponse>, Status> {
        let (_, note) = self.asked(request, |_, asked: pb::CosignRequest| Some(asked.note))?;
        let note: Result<Note, _> = note.parse().map_err(app::Error::from);
        let added = finish(note.and_then(|note| self.app.add_cosignatures(&note)))?;
        Ok(Response::new(pb::CosignResponse {
            cosigned: Some(cosigned(added)),
        }))
    }

    async fn list_cosigned(
        &self,
        request: Request<pb::ListCosignedRequest>,
    ) -> Result<Response<pb::ListCosignedResponse>, Status> {
        self.asked(request, |_, pb::ListCosignedRequest {}| Some(()))?;
        let items = finish(self.app.cosigned())?;
        Ok(Response::new(pb::ListCosignedResponse {
            items: items.into_iter().map(cosigned).collect(),
        }))
    }
}

fn event(f: &Fields<'_>, asked: pb::ProveRequest) -> Option<EventPlace> {
    if asked.stream.is_empty() {
        return f
            .id("event", &asked.event)
            .map(|id| EventPlace::Id(EventId(id)));
    }
    let stream = StreamName::parse(asked.stream).ok();
    if stream.is_none() {
        f.fault(
            "stream",
            "it names no stream: write it as a history shows it",
            "不是流的名称，请按履历所示填写",
        );
    }
    Some(EventPlace::Stream(stream?, Revision(asked.revision)))
}

fn tile(f: &Fields<'_>, asked: pb::GetTileRequest) -> Option<TileId> {
    let width = match asked.width {
        0 => WIDTH,
        width => width,
    };
    if width > WIDTH {
        f.fault("width", "a tile has at most 256 hashes", "宽度最多 256");
        return None;
    }
    Some(TileId {
        level: asked.level,
        index: asked.index,
        width: width.into(),
    })
}

fn cosigned(cosigned: Cosigned) -> pb::CosignedCheckpoint {
    let by = cosigned.by.into_iter();
    pb::CosignedCheckpoint {
        size: cosigned.checkpoint.size,
        by: by
            .map(|cosignature| pb::LedgerCosignature {
                witness: cosignature.witness,
                time: cosignature.time.to_string(),
            })
            .collect(),
        note: cosigned.note.to_string(),
    }
}
