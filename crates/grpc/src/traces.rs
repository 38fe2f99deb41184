//! The span of a call, within the trace that the caller has begun.

use opentelemetry::{global, propagation::Extractor};
use tonic::codegen::http::{HeaderMap, Uri};
use tracing::{Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::caller;

/// Names the method and the trace, and nothing else of what is asked.
pub(crate) fn call(uri: &Uri, headers: &HeaderMap) -> Span {
    let parent = headers.get("traceparent");
    let parent = parent.and_then(|value| value.to_str().ok());
    let trace = parent.and_then(caller::trace_id);
    let span = info_span!(
        "call",
        method = uri.path(),
        trace,
        otel.kind = "server",
        otel.name = uri.path()
    );
    if trace.is_some() {
        let begun = global::get_text_map_propagator(|w3c| w3c.extract(&Headers(headers)));
        // Where no spans are sent there is nothing to join.
        let _ = span.set_parent(begun);
    }
    span
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}
