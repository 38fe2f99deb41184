use std::{fmt, sync::Arc, time::Duration};

use object_store::{ObjectStore, RetryConfig, aws::AmazonS3Builder};

use crate::Error;

/// Where files are kept in an S3-compatible store, and with which credentials.
#[derive(Clone)]
pub struct Bucket {
    /// The address of the store, such as `https://s3.example.org:9000`.
    pub endpoint: String,
    /// The bucket's name; the bucket exists.
    pub name: String,
    /// The region that requests are signed for.
    pub region: String,
    /// Whether `http://` is allowed: in a private network only, for the files then travel in clear.
    pub allow_http: bool,
    /// The account.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
}

/// How long a request is tried again where the store does not answer. A caller waits that long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long for a connection.
const CONNECT: Duration = Duration::from_secs(5);

impl Bucket {
    pub(crate) fn open(&self) -> Result<Arc<dyn ObjectStore>, Error> {
        // The one provider of cryptography for TLS. Where it was chosen before, it stays chosen.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let options = object_store::ClientOptions::new().with_connect_timeout(CONNECT);
        let store = AmazonS3Builder::new()
            .with_endpoint(&self.endpoint)
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(&self.secret_access_key)
            .with_client_options(options)
            .with_allow_http(self.allow_http)
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: PATIENCE,
                ..RetryConfig::default()
            })
            .build()?;
        Ok(Arc::new(store))
    }
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bucket({} at {})", self.name, self.endpoint)
    }
}
