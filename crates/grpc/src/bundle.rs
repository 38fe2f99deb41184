//! A bundle, in parts.

use app::{Bundle, Error};

use crate::{
    api::finish,
    pb::{self, get_bundle_response::Part},
    stream::{self, Parts},
};

pub(crate) fn send(made: Bundle) -> Parts<pb::GetBundleResponse> {
    let Bundle {
        file,
        manifest,
        missing,
    } = made;
    stream::of(|out| async move {
        let part = |part| pb::GetBundleResponse { part: Some(part) };
        let summary = pb::BundleSummary {
            origin: manifest.origin,
            events: manifest.events,
            streams: manifest.streams,
            size: manifest.size,
            state: manifest.state.to_hex(),
            missing,
        };
        out.surely(part(Part::Summary(summary))).await;
        let sent = out.file(file, |chunk| part(Part::Chunk(chunk))).await;
        finish(sent.map_err(|error| Error::from(::bundle::Error::Io(error))))
    })
}
