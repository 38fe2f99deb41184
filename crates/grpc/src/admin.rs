//! What those who run Sangyu need.

use app::{AttachmentsCheck, Reaction};
use domain::ContentHash;
use tonic::{Request, Response, Status};
use views::Progress;

use crate::{
    api::{Api, finish},
    fields::{Fields, shown},
    pb::{self, check_attachments_response::Part as Checking},
    stream::{self, Parts},
};

#[tonic::async_trait]
impl pb::admin_service_server::AdminService for Api {
    type RebuildViewsStream = Parts<pb::RebuildViewsResponse>;

    async fn rebuild_views(
        &self,
        request: Request<pb::RebuildViewsRequest>,
    ) -> Result<Response<Self::RebuildViewsStream>, Status> {
        self.asked(request, |_, pb::RebuildViewsRequest {}| Some(()))?;
        let app = self.app.clone();
        let rebuilding = stream::of(|out| async move {
            let mut newest = None;
            let rebuilt = app.rebuild_views(|progress| {
                newest = Some(progress);
                out.perhaps(part(progress));
            });
            finish(rebuilt.await)?;
            // The last part says how much there was, even to a slow caller.
            if let Some(progress) = newest {
                out.surely(part(progress)).await;
            }
            Ok(())
        });
        Ok(Response::new(rebuilding))
    }

    type CheckAttachmentsStream = Parts<pb::CheckAttachmentsResponse>;

    async fn check_attachments(
        &self,
        request: Request<pb::CheckAttachmentsRequest>,
    ) -> Result<Response<Self::CheckAttachmentsStream>, Status> {
        self.asked(request, |_, pb::CheckAttachmentsRequest {}| Some(()))?;
        let app = self.app.clone();
        let checking = stream::of(|out| async move {
            let answered = |part| pb::CheckAttachmentsResponse { part: Some(part) };
            let checked = app.check_attachments(|done, total| {
                let progress = pb::CheckAttachmentsProgress { done, total };
                out.perhaps(answered(Checking::Progress(progress)));
            });
            let report = shown_check(finish(checked.await)?);
            out.surely(answered(Checking::Report(report))).await;
            Ok(())
        });
        Ok(Response::new(checking))
    }

    async fn react(
        &self,
        request: Request<pb::ReactRequest>,
    ) -> Result<Response<pb::ReactResponse>, Status> {
        self.asked(request, |_, pb::ReactRequest {}| Some(()))?;
        let reactions = finish(self.app.react().await)?;
        let reactions = reactions.into_iter().map(reaction).collect();
        Ok(Response::new(pb::ReactResponse { reactions }))
    }
}

fn reaction(reaction: Reaction) -> pb::Reaction {
    let Reaction {
        reactor,
        asked,
        spoke,
        events,
        refused,
    } = reaction;
    pb::Reaction {
        reactor,
        asked,
        spoke,
        events: events.into_iter().collect(),
        refused: refused.into_iter().collect(),
    }
}

pub(crate) fn read_reaction(reaction: pb::Reaction) -> Reaction {
    let pb::Reaction {
        reactor,
        asked,
        spoke,
        events,
        refused,
    } = reaction;
    Reaction {
        reactor,
        asked,
        spoke,
        events: events.into_iter().collect(),
        refused: refused.into_iter().collect(),
    }
}

fn shown_check(check: AttachmentsCheck) -> pb::AttachmentsReport {
    let hashes = |hashes: Vec<ContentHash>| hashes.iter().map(ToString::to_string).collect();
    pb::AttachmentsReport {
        named: check.named,
        damaged: hashes(check.damaged),
        missing: hashes(check.missing),
        orphans: check.orphans,
    }
}

pub(crate) fn read_check(
    f: &Fields<'_>,
    report: pb::AttachmentsReport,
) -> Option<AttachmentsCheck> {
    let hashes = |name: &str, hashes: Vec<String>| -> Option<Vec<ContentHash>> {
        hashes.iter().map(|hash| f.hash(name, hash)).collect()
    };
    Some(AttachmentsCheck {
        named: report.named,
        damaged: hashes("damaged", report.damaged)?,
        missing: hashes("missing", report.missing)?,
        orphans: report.orphans,
    })
}

fn part(progress: Progress) -> pb::RebuildViewsResponse {
    pb::RebuildViewsResponse {
        events: progress.events,
        position: progress.position.to_string(),
        head: shown(progress.head),
    }
}

pub(crate) fn read_part(f: &Fields<'_>, part: &pb::RebuildViewsResponse) -> Option<Progress> {
    let position = f.position("position", &part.position);
    let head = f.optional_position("head", &part.head);
    Some(Progress {
        events: part.events,
        position: position?,
        head: head?,
    })
}
