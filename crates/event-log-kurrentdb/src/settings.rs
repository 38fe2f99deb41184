use std::{collections::HashSet, fmt, time::Duration};

use kurrentdb::{ClientSettings, Credentials};
use percent_encoding::percent_decode_str;
use rustls::pki_types::{CertificateDer, pem::PemObject as _};

/// Which cluster, as whom, under which namespace, and how long a call may take.
///
/// Shown without its credentials.
#[derive(Clone)]
pub struct Settings {
    pub(crate) connection: ClientSettings,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) deadline: Duration,
    namespace: String,
    shown: String,
}

/// Why settings are not taken. Says nothing of credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// It is no URL of a KurrentDB cluster.
    #[error("it must look like esdb://host:2113 or esdb://host1:2113,host2:2113,host3:2113")]
    NoUrl,
    /// A namespace that cannot stand before the names of streams.
    #[error(
        "namespace: 1 to 40 lower-case letters, digits or underscores, beginning with a letter"
    )]
    Namespace,
    /// The deadline is no number of milliseconds, or too short for one attempt.
    #[error("defaultDeadline: milliseconds, at least 100")]
    Deadline,
    /// A log is written on the leader and must be read where it is written.
    #[error("nodePreference: leave it out, only the leader is asked")]
    NodePreference,
    /// The client would never connect.
    #[error("maxDiscoverAttempts: at least 2")]
    MaxDiscoverAttempts,
    /// The login or the password is no UTF-8 once percent-decoded.
    #[error("the credentials are not percent-encoded UTF-8")]
    Credentials,
    /// The authority's certificates cannot be read.
    #[error("tlsCaFile: {0}")]
    TlsCaFile(String),
    /// The client does not understand the rest.
    #[error("{0}")]
    Client(String),
}

/// How long a call may take unless `defaultDeadline` says otherwise.
const DEADLINE: Duration = Duration::from_secs(20);
const SHORTEST_DEADLINE: Duration = Duration::from_millis(100);

/// How long the client waits between two attempts to find a node, also before the first one.
const DISCOVERY_INTERVAL: &str = "discoveryInterval=50";

const SCHEMES: [&str; 8] = [
    "esdb",
    "esdb+discover",
    "kurrentdb",
    "kurrentdb+discover",
    "kurrent",
    "kurrent+discover",
    "kdb",
    "kdb+discover",
];

impl Settings {
    /// Reads a connection string of KurrentDB, `esdb://[login:password@]host[:port],…[?key=value&…]`.
    ///
    /// Login and password are percent-decoded. Two keys are our own: `namespace`, which stands
    /// before the name of every stream (default `sangyu`), and `defaultDeadline`, the milliseconds
    /// that a call may take with all its repetitions (default 20,000). The others are the
    /// client's: `tls`, `tlsVerifyCert`, `tlsCaFile`, `userCertFile`, `userKeyFile` and so on.
    ///
    /// # Errors
    /// [`SettingsError`] names the key at fault.
    pub fn parse(url: &str) -> Result<Self, SettingsError> {
        let (scheme, rest) = url.split_once("://").ok_or(SettingsError::NoUrl)?;
        if !SCHEMES.contains(&scheme) {
            return Err(SettingsError::NoUrl);
        }
        let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = authority.trim_end_matches('/');
        let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
        if hosts.is_empty() || hosts.contains(['/', '#']) {
            return Err(SettingsError::NoUrl);
        }
        let keys = Keys::read(query)?;
        let credentials = (!user.is_empty()).then(|| decoded(user)).transpose()?;
        let connection = |user: &str| {
            format!("{scheme}://{user}{hosts}?{}", keys.of_the_client)
                .parse::<ClientSettings>()
                .map_err(|e| SettingsError::Client(e.message().to_owned()))
        };
        let mut settings = connection("")?;
        if plain(user) {
            // The client asks for the members of a cluster as whom the URL names, and does not
            // decode that; every other call carries the credentials by itself.
            settings = connection(&format!("{user}@")).map_err(|_| SettingsError::Credentials)?;
        }
        if let Some(file) = settings.tls_ca_file() {
            check_certificates(file)?;
        }
        Ok(Settings {
            connection: settings,
            credentials,
            deadline: keys.deadline,
            namespace: keys.namespace,
            shown: format!("{scheme}://{hosts}"),
        })
    }

    /// The same cluster under another namespace.
    ///
    /// # Errors
    /// [`SettingsError::Namespace`]
    pub fn in_namespace(mut self, namespace: &str) -> Result<Self, SettingsError> {
        self.namespace = checked_namespace(namespace)?;
        Ok(self)
    }

    /// The same cluster as somebody else.
    #[must_use]
    pub fn with_credentials(mut self, login: &str, password: &str) -> Self {
        self.credentials = Some(Credentials::new(login.to_owned(), password.to_owned()));
        self
    }

    /// What stands before the name of every stream on the server. Ends with a dot, which no
    /// namespace holds, so that none begins with another; has no hyphen, so that the server's own
    /// categories stay those of the streams.
    pub(crate) fn prefix(&self) -> String {
        format!("{}.", self.namespace)
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (namespace {})", self.shown, self.namespace)
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Settings({self})")
    }
}

/// The keys behind the question mark.
struct Keys {
    of_the_client: String,
    namespace: String,
    deadline: Duration,
}

impl Keys {
    fn read(query: &str) -> Result<Self, SettingsError> {
        let mut of_the_client = vec!["nodePreference=leader"];
        let (mut namespace, mut deadline) = ("sangyu", DEADLINE);
        let mut named = HashSet::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let key = key.to_lowercase();
            match key.as_str() {
                "namespace" => namespace = value,
                "defaultdeadline" => {
                    let millis = value.parse().map_err(|_| SettingsError::Deadline)?;
                    deadline = Duration::from_millis(millis);
                }
                "nodepreference" => {
                    if !value.eq_ignore_ascii_case("leader") {
                        return Err(SettingsError::NodePreference);
                    }
                }
                "maxdiscoverattempts" => {
                    if !value.parse().is_ok_and(|attempts: u32| attempts >= 2) {
                        return Err(SettingsError::MaxDiscoverAttempts);
                    }
                    of_the_client.push(pair);
                }
                _ => of_the_client.push(pair),
            }
            named.insert(key);
        }
        if !named.contains("discoveryinterval") {
            of_the_client.push(DISCOVERY_INTERVAL);
        }
        if deadline < SHORTEST_DEADLINE {
            return Err(SettingsError::Deadline);
        }
        Ok(Keys {
            of_the_client: of_the_client.join("&"),
            namespace: checked_namespace(namespace)?,
            deadline,
        })
    }
}

fn checked_namespace(namespace: &str) -> Result<String, SettingsError> {
    let begins = namespace.starts_with(|c: char| c.is_ascii_lowercase());
    let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if begins && namespace.len() <= 40 && namespace.chars().all(known) {
        Ok(namespace.to_owned())
    } else {
        Err(SettingsError::Namespace)
    }
}

fn decoded(user: &str) -> Result<Credentials, SettingsError> {
    let (login, password) = user.split_once(':').unwrap_or((user, ""));
    let decode = |text: &str| match percent_decode_str(text).decode_utf8() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(SettingsError::Credentials),
    };
    Ok(Credentials::new(decode(login)?, decode(password)?))
}

/// Whether the client reads this user information as it is meant.
fn plain(user: &str) -> bool {
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
    !user.is_empty() && user.chars().all(unreserved)
}

/// The client panics at a file that it cannot read as certificates.
fn check_certificates(file: &str) -> Result<(), SettingsError> {
    let refused = |why: String| SettingsError::TlsCaFile(format!("{file}: {why}"));
    let read = CertificateDer::pem_file_iter(file).map_err(|e| refused(e.to_string()))?;
    let certificates = read
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| refused(e.to_string()))?;
    if certificates.is_empty() {
        return Err(refused("it holds no certificate".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> SettingsError {
        Settings::parse(url).unwrap_err()
    }

    #[test]
    fn a_cluster_is_named_by_its_nodes_and_only_its_leader_is_asked() {
        let settings = Settings::parse("esdb://a:1,b:2,c?tls=false").unwrap();
        let hosts = settings.connection.hosts();
        assert_eq!(hosts.len(), 3);
        assert_eq!((hosts[1].host.as_str(), hosts[1].port), ("b", 2));
        assert_eq!(hosts[2].port, 2113);
        assert!(!settings.connection.is_secure_mode_enabled());
        assert_eq!(
            settings.connection.node_preference(),
            kurrentdb::NodePreference::Leader
        );
        assert_eq!(settings.prefix(), "sangyu.");
        assert_eq!(
            refused("esdb://a?nodePreference=follower"),
            SettingsError::NodePreference
        );
    }

    #[test]
    fn a_connection_is_encrypted_unless_the_url_says_otherwise() {
        let settings = Settings::parse("kurrentdb://a").unwrap();
        assert!(settings.connection.is_secure_mode_enabled());
        assert!(
            settings
                .connection
                .is_tls_certificate_verification_enabled()
        );
    }

    #[test]
    fn credentials_are_decoded_and_never_shown() {
        let settings = Settings::parse("esdb://j%40n:p%C3%A4ss%2F%23@a:1?namespace=x").unwrap();
        assert_eq!(
            settings.credentials,
            Some(Credentials::new("j@n", "päss/#"))
        );
        assert_eq!(
            format!("{settings:?}"),
            "Settings(esdb://a:1 (namespace x))"
        );
        assert_eq!(refused("esdb://a%ff@b"), SettingsError::Credentials);
        for wrong in ["esdb://j:secret@a:b:c", "esdb://j:secret@a?tls=maybe"] {
            assert!(!refused(wrong).to_string().contains("secret"), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_work_is_refused() {
        for url in [
            "",
            "esdb",
            "https://a",
            "esdb://",
            "esdb://?tls=false",
            "esdb://a/b",
        ] {
            assert_eq!(refused(url), SettingsError::NoUrl, "{url}");
        }
        for name in ["", "A", "a-b", "a.b", "$a", "1a", &"a".repeat(41)] {
            let url = format!("esdb://a?namespace={name}");
            assert_eq!(refused(&url), SettingsError::Namespace, "{name}");
        }
        for deadline in ["", "soon", "99", "-1"] {
            let url = format!("esdb://a?defaultDeadline={deadline}");
            assert_eq!(refused(&url), SettingsError::Deadline, "{deadline}");
        }
        assert_eq!(
            refused("esdb://a?maxDiscoverAttempts=1"),
            SettingsError::MaxDiscoverAttempts
        );
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        for file in [file, "/nowhere.pem"] {
            let error = refused(&format!("esdb://a?tlsCaFile={file}"));
            assert!(matches!(error, SettingsError::TlsCaFile(_)), "{error}");
        }
    }
}
