//! What an operator sees of the program: the log on standard error, spans for a collector of traces,
//! figures for Prometheus. None of it holds personal data.

use std::net::SocketAddr;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use opentelemetry::{global, trace::TracerProvider as _};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    EnvFilter, Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::{
    config::Config,
    failure::{Exit, Failure},
};

/// What the program is called where traces are collected.
const SERVICE: &str = "sangyu";

/// Bounds in seconds of what is counted of durations.
const SECONDS: [f64; 15] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
    30.0,
];

/// Tells the operator what happens until it is dropped; what is on its way then is still sent.
pub(crate) struct Telemetry {
    spans: Option<SdkTracerProvider>,
}

impl Telemetry {
    /// Needs a runtime around it.
    pub(crate) fn start(config: &Config) -> Result<Self, Failure> {
        let filter = EnvFilter::try_new(&config.log).map_err(|e| {
            let (en, zh) = (format!("log: {e}"), format!("日志级别有误：{e}"));
            Failure::usage("config_invalid", en, zh)
        })?;
        let log = tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_filter(filter);
        let traces = config.telemetry.traces.as_deref();
        let spans = traces.map(provider).transpose()?;
        let sent = spans.as_ref().map(|spans| {
            let tracer = spans.tracer(SERVICE);
            let layer = tracing_opentelemetry::layer().with_tracer(tracer);
            layer.with_filter(LevelFilter::INFO)
        });
        tracing_subscriber::registry().with(log).with(sent).init();
        Ok(Telemetry { spans })
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.spans.take().map(|spans| spans.shutdown()) {
            tracing::warn!("the last spans were not sent: {error}");
        }
    }
}

/// Sends spans to this collector, and takes up traces that callers have begun.
fn provider(collector: &str) -> Result<SdkTracerProvider, Failure> {
    // A collector that others can reach is asked by one on this machine.
    if !collector.starts_with("http://") {
        return Err(Failure::usage(
            "telemetry_refused",
            "telemetry.traces is no collector that spans can be sent to: write it as http://127.0.0.1:4317",
            "telemetry.traces 不是可用的采集器地址，请写成 http://127.0.0.1:4317",
        ));
    }
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(collector)
        .build()
        .map_err(|e| refused("telemetry.traces", &e))?;
    global::set_text_map_propagator(TraceContextPropagator::new());
    let resource = Resource::builder().with_service_name(SERVICE).build();
    Ok(SdkTracerProvider::builder()
        .with_resource(resource)
        .with_batch_exporter(exporter)
        .build())
}

/// Answers Prometheus on this address from now on. Needs a runtime around it.
pub(crate) fn offer_metrics(listen: SocketAddr) -> Result<(), Failure> {
    PrometheusBuilder::new()
        .with_http_listener(listen)
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
        .and_then(PrometheusBuilder::install)
        .map_err(|e| refused("telemetry.metrics", &e))
}

fn refused(key: &'static str, error: &dyn std::error::Error) -> Failure {
    Failure::new(
        Exit::Usage,
        "telemetry_refused",
        format!("{key} cannot be used: {error}"),
        format!("{key} 无法使用：{error}"),
    )
}
