//! What an operator sees of a running server, and what can be configured.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
    trace_service_server::{TraceService, TraceServiceServer},
};
use tonic::{Request, Response, Status, transport::server::TcpIncoming};

use crate::program::{Bureau, command, ledger, root, sangyu};

/// In the roster.
const PERSON: &str = "35990519430701072X";

/// A span's name and its trace.
type Sent = (String, Vec<u8>);

/// A collector of traces, and what it was sent.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Sent>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let resources = request.into_inner().resource_spans.into_iter();
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        let spans = scopes.flat_map(|scope| scope.spans);
        let mut seen = self.0.lock().unwrap();
        seen.extend(spans.map(|span| (span.name, span.trace_id)));
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    async fn listen(&self) -> SocketAddr {
        let incoming = TcpIncoming::bind(([127, 0, 0, 1], 0).into()).unwrap();
        let address = incoming.local_addr().unwrap();
        let service = TraceServiceServer::new(self.clone());
        let server = tonic::transport::Server::builder().add_service(service);
        tokio::spawn(server.serve_with_incoming(incoming));
        address
    }
}

/// An address that nobody listens on.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap()
}

/// What Prometheus reads.
fn figures(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/operations.md")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_the_figures_and_the_spans_of_a_server() {
    let bureau = Bureau::new();
    std::fs::create_dir(bureau.data()).unwrap();
    let collector = Collector::default();
    let (prometheus, traces) = (free(), collector.listen().await);
    std::fs::write(
        bureau.path().join("data/sangyu.toml"),
        format!("[telemetry]\nmetrics = \"{prometheus}\"\ntraces = \"http://{traces}\"\n"),
    )
    .unwrap();
    let mut server = bureau.serve();
    let call = |args: &[&str]| sangyu(&[args, &["--server", &server.url]].concat()).code;
    assert_eq!(call(&["import", "roster", &ledger("roster.xlsx")]), 0);
    let nobodys = "00000000-0000-7000-8000-000000000000";
    assert_eq!(call(&["petition", "history", nobodys]), 3);

    let figures = figures(prometheus);
    let value = |name: &str| {
        let line = figures.lines().find(|line| line.starts_with(name));
        let line = line.unwrap_or_else(|| panic!("{name} is not among\n{figures}"));
        line.rsplit_once(' ').unwrap().1.parse::<f64>().unwrap()
    };
    assert!(value("sangyu_log_append_seconds_count") >= 1.0);
    assert!(value("sangyu_log_commits_total") >= 1.0);
    assert!(value("sangyu_log_appends_total") >= value("sangyu_log_commits_total"));
    assert!(value("sangyu_log_queue") >= 0.0);
    assert!(value("sangyu_rejections_total{code=") >= 1.0);
    assert!(value("sangyu_views_lag_seconds") < 30.0);
    let written = page();
    let offered: BTreeSet<&str> = figures
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .filter_map(|line| line.split(' ').next())
        .collect();
    for name in offered {
        let cell = format!("| `{name}` |");
        assert!(written.contains(&cell), "{name} is not on the page");
    }
    assert!(!figures.contains(PERSON));

    // What is under way is sent before it ends.
    assert_eq!(server.terminate(), 0);
    let spans = collector.0.lock().unwrap().clone();
    let named = |name: &str| spans.iter().find(|(span, _)| span == name);
    let (_, import) = named("/sangyu.v1.ImportService/Import")
        .unwrap_or_else(|| panic!("no call among {spans:?}"));
    assert!(
        spans
            .iter()
            .any(|(name, trace)| name == "execute" && trace == import),
        "a command stands within its call: {spans:?}"
    );
}

const BEGIN: &str = "<!-- configuration -->\n";
const END: &str = "<!-- end of configuration -->";

#[test]
fn every_key_of_the_configuration_is_on_the_page() {
    let dir = tempfile::tempdir().unwrap();
    let output = command(&["config", "--format", "json"])
        .current_dir(dir.path())
        .env("USER", "operator")
        .output()
        .unwrap();
    let keys: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut table = "| key | variable | if not set | meaning |\n|---|---|---|---|\n".to_owned();
    for key in keys.as_array().unwrap() {
        let text = |name: &str| key[name].as_str().unwrap_or_default().replace('|', "\\|");
        let value = text("value");
        let value = if value.is_empty() {
            value
        } else {
            format!("`{value}`")
        };
        let (key, variable, meaning) = (text("key"), text("variable"), text("meaning"));
        writeln!(table, "| `{key}` | `{variable}` | {value} | {meaning} |").unwrap();
    }
    assert!(table.contains("`attachments.s3.endpoint`"), "{table}");

    let written = page();
    let (before, rest) = written.split_once(BEGIN).unwrap();
    let (old, after) = rest.split_once(END).unwrap();
    if std::env::var_os("SANGYU_WRITE_DOCS").is_some() {
        let path = root().join("docs/operations.md");
        std::fs::write(path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert!(
        old == table,
        "write it anew: SANGYU_WRITE_DOCS=1 cargo test -p tests configuration"
    );
}
