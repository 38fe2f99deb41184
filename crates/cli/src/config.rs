use std::{collections::BTreeSet, fmt, net::SocketAddr, path::PathBuf};

use domain::MediaType;
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::{
    args::{Format, Global},
    bureau::CONFIGURATION,
    failure::Failure,
};

/// The configuration: the file, then the environment (`SANGYU_…`), then the command line; what
/// comes later wins. Unknown keys are refused.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// The bureau's data directory.
    pub(crate) data: PathBuf,
    /// Work on this running server instead of the directory.
    pub(crate) server: Option<String>,
    /// The log, where it is not `events.db` in the data directory: `sqlite:PATH` or a KurrentDB
    /// cluster, `esdb://…`.
    pub(crate) event_log: Option<Secret>,
    /// How answers are printed.
    pub(crate) format: Format,
    /// The loopback address to listen on.
    #[schemars(with = "String")]
    pub(crate) listen: SocketAddr,
    /// What is logged, such as `info` or `app=debug`.
    pub(crate) log: String,
    /// Whose rules the bureau follows, such as `national`.
    pub(crate) jurisdiction: String,
    /// A file with a rule profile, or a folder of them, beside those that come with Sangyu; one
    /// with the id of one of those takes its place.
    pub(crate) rules: Option<PathBuf>,
    /// A calendar of days off instead of the one that comes with Sangyu.
    pub(crate) calendar: Option<PathBuf>,
    /// Where scans and photos are kept, and which are taken.
    pub(crate) attachments: AttachmentsConfig,
    /// How what is recorded is signed.
    pub(crate) ledger: LedgerConfig,
    /// How reports are printed.
    pub(crate) report: ReportConfig,
    /// Who acts when a command records something.
    pub(crate) actor: ActorConfig,
    /// What operators see of a server.
    pub(crate) telemetry: TelemetryConfig,
}

/// What operators see of a server.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TelemetryConfig {
    /// The address on which a server answers Prometheus, such as `127.0.0.1:7301`; none if not set.
    #[schemars(with = "Option<String>")]
    pub(crate) metrics: Option<SocketAddr>,
    /// The collector that spans are sent to by OTLP over gRPC, such as `http://127.0.0.1:4317`; none
    /// if not set.
    pub(crate) traces: Option<String>,
}

/// How what is recorded is signed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LedgerConfig {
    /// The name under which the ledger is begun, such as `bureau.example.gov.cn/ledger`: without a plus
    /// sign or white space; one that nobody else has, if not set.
    pub(crate) origin: Option<String>,
    /// The public keys of the witnesses whose cosignatures are taken, such as
    /// `witness.example.org/w1+…+…`.
    #[serde(default)]
    pub(crate) witnesses: Vec<String>,
}

/// How reports are printed.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportConfig {
    /// The file of a Chinese font (TrueType or OpenType); one that the system has, if not set.
    pub(crate) font: Option<PathBuf>,
}

/// A value that may hold a password: never shown.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str("…")
    }
}

impl Secret {
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Where scans and photos are kept, and which are taken: in a folder, or in an S3-compatible store.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttachmentsConfig {
    /// The folder, if not the one in the data directory.
    pub(crate) folder: Option<PathBuf>,
    /// The store that takes the place of the folder.
    pub(crate) s3: Option<S3Config>,
    /// The most bytes that a file may have.
    pub(crate) most_bytes: u64,
    /// What a file may be, such as `image/jpeg`.
    #[schemars(with = "BTreeSet<String>")]
    pub(crate) types: BTreeSet<MediaType>,
}

/// An S3-compatible store. The credentials come from the environment alone, as `AWS_ACCESS_KEY_ID`
/// and `AWS_SECRET_ACCESS_KEY`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct S3Config {
    /// Its address, such as `https://s3.example.org:9000`.
    pub(crate) endpoint: String,
    /// The bucket, which exists.
    pub(crate) bucket: String,
    /// The region that requests are signed for.
    #[serde(default = "any_region")]
    pub(crate) region: String,
    /// Whether the address may begin with `http://`: in a private network only.
    #[serde(default)]
    pub(crate) allow_http: bool,
}

/// What stores without regions take.
fn any_region() -> String {
    "us-east-1".into()
}

/// Who acts when a command records something.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActorConfig {
    /// The account.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// The role.
    pub(crate) role: String,
    /// The unit.
    pub(crate) unit: String,
}

impl Config {
    /// Reads all sources.
    pub(crate) fn load(global: &Global) -> Result<Self, Failure> {
        let account = std::env::var("USER").ok().filter(|u| !u.is_empty());
        let account = account.unwrap_or_else(|| "operator".into());
        let limits = attachments::Limits::default();
        let defaults = Config {
            data: "data".into(),
            server: None,
            event_log: None,
            format: Format::Table,
            listen: SocketAddr::from(([127, 0, 0, 1], 7300)),
            log: "warn".into(),
            jurisdiction: "national".into(),
            rules: None,
            calendar: None,
            attachments: AttachmentsConfig {
                folder: None,
                s3: None,
                most_bytes: limits.most_bytes,
                types: limits.types,
            },
            ledger: LedgerConfig::default(),
            report: ReportConfig::default(),
            actor: ActorConfig {
                id: account.clone(),
                name: account,
                role: "operator".into(),
                unit: "老干部局".into(),
            },
            telemetry: TelemetryConfig::default(),
        };
        let merged = |file: Option<Figment>| {
            let sources = Figment::from(Serialized::defaults(defaults.clone()));
            let sources = file.map_or(sources.clone(), |file| sources.merge(file));
            let sources = sources.merge(Env::prefixed("SANGYU_").split("__"));
            Self::with_flags(sources, global)
        };
        let file = match &global.config {
            Some(path) if !path.is_file() => return Err(Failure::no_file(path)),
            Some(path) => path.clone(),
            // Where the data are is said by environment and flags; the file lies there.
            None => merged(None)
                .extract_inner::<PathBuf>("data")
                .map_err(refused)?
                .join(CONFIGURATION),
        };
        let file = file
            .is_file()
            .then(|| Figment::from(Toml::file_exact(file)));
        merged(file).extract().map_err(refused)
    }

    fn with_flags(sources: Figment, global: &Global) -> Figment {
        let mut sources = sources;
        if let Some(data) = &global.data {
            sources = sources.merge(Serialized::default("data", data));
        }
        if let Some(server) = &global.server {
            sources = sources.merge(Serialized::default("server", server));
        }
        if let Some(log) = &global.log {
            sources = sources.merge(Serialized::default("event_log", log));
        }
        if let Some(format) = &global.format {
            sources = sources.merge(Serialized::default("format", format));
        }
        sources
    }
}

fn refused(error: figment::Error) -> Failure {
    Failure::usage(
        "config_invalid",
        format!("the configuration is not understood: {error}"),
        format!("配置无法识别：{error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;

    fn global(config: Option<PathBuf>) -> Global {
        Global {
            data: None,
            server: None,
            log: None,
            format: Some(Format::Json),
            config,
        }
    }

    #[test]
    fn flags_win_over_the_file_and_unknown_keys_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sangyu.toml");
        std::fs::write(&file, "format = \"table\"\nlisten = \"127.0.0.1:9\"\n").unwrap();
        let config = Config::load(&global(Some(file.clone()))).unwrap();
        assert_eq!(config.format, Format::Json);
        assert_eq!(config.listen.port(), 9);

        std::fs::write(&file, "datta = \"x\"\n").unwrap();
        let failure = Config::load(&global(Some(file))).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
        assert!(failure.en.contains("datta"), "{}", failure.en);
    }

    #[test]
    fn a_store_is_named_whole_and_only_files_that_are_known_are_taken() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sangyu.toml");
        let attachments = |toml: &str| {
            std::fs::write(&file, format!("[attachments]\n{toml}")).unwrap();
            Config::load(&global(Some(file.clone()))).map(|config| config.attachments)
        };
        let read = attachments("types = [\"image/png\"]\n[attachments.s3]\nendpoint = \"https://s3\"\nbucket = \"papers\"\n").unwrap();
        let s3 = read.s3.unwrap();
        assert_eq!((s3.bucket.as_str(), s3.allow_http), ("papers", false));
        assert_eq!(read.types, [MediaType::Png].into());
        assert_eq!(read.most_bytes, 20 * 1024 * 1024);
        for refused in [
            "types = [\"text/html\"]",
            "bucket = \"papers\"",
            "[attachments.s3]\nbucket = \"papers\"",
            "[attachments.s3]\nendpoint = \"https://s3\"\nbucket = \"papers\"\nsecret = \"x\"",
        ] {
            let failure = attachments(refused).unwrap_err();
            assert_eq!(failure.exit, Exit::Usage, "{refused}");
        }
    }

    #[test]
    fn a_named_file_that_is_missing_is_an_error() {
        assert_eq!(
            Config::load(&global(Some("/nowhere.toml".into())))
                .unwrap_err()
                .exit,
            Exit::NotFound
        );
    }
}
