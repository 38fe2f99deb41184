//! The log for process mining.

use ::inspection::mining::{Mined, Notation};
use app::{Error, MinedLog};

use crate::{
    api::finish,
    fields::Fields,
    pb::{self, mine_log_request::Notation as Asked, mine_log_response::Part},
    stream::{self, Parts},
};

pub(crate) fn notation(f: &Fields<'_>, asked: Option<Asked>) -> Option<Notation> {
    match asked {
        None => f.missing("notation"),
        Some(Asked::Ocel(pb::OcelNotation {})) => Some(Notation::Ocel),
        Some(Asked::Xes(xes)) => {
            let category = f.inside("xes").text("category", &xes.category)?;
            Some(Notation::Xes {
                category: category.into(),
            })
        }
    }
}

/// How a client asks for it.
pub(crate) fn wire(notation: Notation) -> Asked {
    match notation {
        Notation::Ocel => Asked::Ocel(pb::OcelNotation {}),
        Notation::Xes { category } => Asked::Xes(pb::XesNotation { category }),
    }
}

pub(crate) fn send(MinedLog { file, holds }: MinedLog) -> Parts<pb::MineLogResponse> {
    stream::of(|out| async move {
        let part = |part| pb::MineLogResponse { part: Some(part) };
        let Mined { events, objects } = holds;
        let summary = pb::MinedSummary { events, objects };
        out.surely(part(Part::Summary(summary))).await;
        let sent = out.file(file, |chunk| part(Part::Chunk(chunk))).await;
        finish(sent.map_err(|error| {
            Error::Unavailable(format!(
                "the file for process mining cannot be read: {error}"
            ))
        }))
    })
}
