//! A bundle, in parts.

use std::io::Read as _;

use app::{Bundle, Error};

use crate::{
    api::finish,
    pb::{self, get_bundle_response::Part},
    stream::{self, CHUNK_BYTES, Parts},
};

pub(crate) fn send(made: Bundle) -> Parts<pb::GetBundleResponse> {
    let Bundle {
        mut file,
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
        loop {
            let mut chunk = Vec::new();
            let read = (&mut file).take(CHUNK_BYTES as u64).read_to_end(&mut chunk);
            let failed = |error| Error::from(::bundle::Error::Io(error));
            if finish(read.map_err(failed))? == 0 {
                return Ok(());
            }
            out.surely(part(Part::Chunk(chunk))).await;
        }
    })
}
