//! Who is let in by a KurrentDB, and which server is taken for it: credentials and TLS, from the URL and
//! from the configuration, against the double.

use std::{
    fs,
    time::{Duration, Instant},
};

use event_log::{EventLog as _, Expected, LogError, StorageFault, contract};
use event_log_kurrentdb::{KurrentLog, Settings};
use tempfile::TempDir;

use crate::{
    kurrentdb_double::{Double, tls::Authority},
    program::{Bureau, sangyu},
};

/// The login `clerk` with the password `p@ss:wörd/1`, as a client shows it and as it stands in a URL.
const SHOWN: &str = "Basic Y2xlcms6cEBzczp3w7ZyZC8x";
const IN_URL: &str = "clerk:p%40ss%3Aw%C3%B6rd%2F1";
const PASSWORD: &str = "p@ss:wörd/1";

/// What is wrong is told long before a call gives up.
const AT_ONCE: Duration = Duration::from_secs(6);

/// A double under TLS that lets in only `clerk`, and what its callers have of its authority.
struct Secured {
    double: Double,
    ca: String,
    dir: TempDir,
}

impl Secured {
    fn start(nodes: usize) -> Self {
        let authority = Authority::new();
        let double = Double::start_secured(nodes, &authority);
        double.cluster.require(SHOWN);
        let dir = tempfile::tempdir().unwrap();
        let ca = kept(&dir, "ca.pem", &authority);
        Secured { double, ca, dir }
    }

    /// Where it is, for this user, and for who trusts this authority.
    fn url(&self, user: &str, ca: &str) -> String {
        let url = self.double.url().replace("//", &format!("//{user}@"));
        format!("{url}&tlsCaFile={ca}")
    }
}

fn kept(dir: &TempDir, name: &str, authority: &Authority) -> String {
    let path = dir.path().join(name);
    fs::write(&path, authority.pem()).unwrap();
    path.display().to_string()
}

async fn append(url: &str, number: u128) -> Result<(), LogError> {
    let log = KurrentLog::connect(Settings::parse(url).unwrap());
    let events = vec![contract::event(number)];
    let stream = contract::stream("a").unwrap();
    log.append(&stream, Expected::Any, events).await.map(drop)
}

/// What stands in the way, told at once and without a secret.
async fn told(url: &str) -> StorageFault {
    let asked = Instant::now();
    let refused = append(url, 7).await;
    assert!(asked.elapsed() < AT_ONCE, "{:?}", asked.elapsed());
    match refused {
        Err(LogError::Storage {
            fault,
            detail,
            unknown: false,
        }) => {
            assert!(detail.contains("127.0.0.1"), "{detail}");
            for secret in ["guessed", "p%40ss", PASSWORD] {
                assert!(!detail.contains(secret), "{detail}");
            }
            fault
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn under_tls_who_trusts_the_authority_and_knows_the_password_is_let_in() {
    for nodes in [1, 3] {
        let secured = Secured::start(nodes);
        let url = secured.url(IN_URL, &secured.ca);
        append(&url, 1).await.unwrap();
        // The next leader has a certificate of the same authority.
        let last = secured.double.nodes.last().unwrap();
        secured.double.cluster.elect(last);
        append(&url, 2).await.unwrap();
        let log = KurrentLog::connect(Settings::parse(&url).unwrap());
        assert_eq!(log.read_all(None, 10).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_server_that_does_not_prove_itself_is_told_nothing_and_named_at_once() {
    for nodes in [1, 3] {
        let secured = Secured::start(nodes);
        let other = kept(&secured.dir, "other.pem", &Authority::new());
        let url = secured.url(IN_URL, &other);
        assert_eq!(told(&url).await, StorageFault::CertificateRefused);
        // Nor do the authorities of the system know it.
        let url = secured.double.url().replace("//", "//clerk:guessed@");
        assert_eq!(told(&url).await, StorageFault::CertificateRefused);
        assert_eq!(
            secured.double.cluster.store.len(),
            Double::start(1).cluster.store.len()
        );
    }
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let secured = Secured::start(1);
    let url = secured.url(IN_URL, &secured.ca);
    let url = url.replace("127.0.0.1:", "localhost:");
    match append(&url, 1).await {
        Err(LogError::Storage { fault, detail, .. }) => {
            assert_eq!(fault, StorageFault::CertificateRefused);
            assert!(detail.contains("localhost"), "{detail}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_does_not_know_the_password_is_told_so_at_once() {
    for nodes in [1, 3] {
        let secured = Secured::start(nodes);
        for user in ["clerk:guessed", "nobody:p%40ss%3Aw%C3%B6rd%2F1", "clerk"] {
            let url = secured.url(user, &secured.ca);
            assert_eq!(told(&url).await, StorageFault::LoginRefused);
        }
    }
}

#[tokio::test]
async fn in_clear_the_password_counts_as_well() {
    let double = Double::start(1);
    double.cluster.require(SHOWN);
    let url = double.url().replace("//", &format!("//{IN_URL}@"));
    append(&url, 1).await.unwrap();
    let guessed = double.url().replace("//", "//clerk:guessed@");
    assert_eq!(told(&guessed).await, StorageFault::LoginRefused);
    // Given apart from the URL they need no encoding, and take the place of those in it.
    let settings = Settings::parse(&guessed).unwrap();
    let known = KurrentLog::connect(settings.with_credentials("clerk", PASSWORD));
    assert_eq!(known.read_all(None, 10).await.unwrap().len(), 1);
}

#[test]
fn a_bureau_has_its_cluster_and_authority_from_the_configuration_and_says_what_is_wrong() {
    let secured = Secured::start(1);
    let bureau = Bureau::new();
    fs::create_dir_all(bureau.data()).unwrap();
    let configured = |url: &str| {
        let file = format!("{}/sangyu.toml", bureau.data());
        fs::write(file, format!("event_log = '{url}'\n")).unwrap();
    };
    configured(&secured.url(IN_URL, &secured.ca));
    bureau.json(&["react"]);
    bureau.json(&["report", "counts"]);
    let shown = bureau.call(&["config"]);
    assert!(!shown.out.contains("p%40ss"), "{shown:?}");

    configured(&secured.url("clerk:guessed", &secured.ca));
    let refused = bureau.call(&["react"]);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(
        refused.err.starts_with("[log_login_refused]"),
        "{refused:?}"
    );
    assert!(refused.err.contains("请核对账号"), "{refused:?}");
    assert!(!refused.err.contains("guessed"), "{refused:?}");

    let other = kept(&secured.dir, "other.pem", &Authority::new());
    let url = secured.url("clerk:guessed", &other);
    let refused = sangyu(&["log", "stats", "--url", &url]);
    assert_eq!(refused.code, 5, "{refused:?}");
    let code = "[log_certificate_refused]";
    assert!(refused.err.contains(code), "{refused:?}");
    assert!(refused.err.contains("tlsCaFile"), "{refused:?}");
    assert!(!refused.err.contains("guessed"), "{refused:?}");
}
