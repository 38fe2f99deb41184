//! TLS of the double: an authority made for the test, and connections under a certificate of its own.

use std::sync::Arc;

use futures::stream::{self, Stream};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::{
    io::{self, DuplexStream, copy_bidirectional, duplex},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// What is on its way between a connection and the services.
const BUFFER: usize = 64 * 1024;

/// Whoever signs the certificates of nodes.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap());
        Authority(issuer.unwrap())
    }

    /// What those who trust it have of it.
    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// Takes connections to a node of this name.
    pub(crate) fn acceptor(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    }
}

/// What callers say within their connections, as far as they take the certificate.
pub(crate) fn incoming(
    listener: TcpListener,
    acceptor: TlsAcceptor,
) -> impl Stream<Item = io::Result<DuplexStream>> {
    let (opened, taken) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            tokio::spawn(carry(caller, acceptor.clone(), opened.clone()));
        }
    });
    stream::unfold(taken, async |mut taken| {
        Some((Ok(taken.recv().await?), taken))
    })
}

async fn carry(caller: TcpStream, acceptor: TlsAcceptor, opened: mpsc::Sender<DuplexStream>) {
    caller.set_nodelay(true).unwrap();
    let Ok(mut caller) = acceptor.accept(caller).await else {
        // It does not trust us.
        return;
    };
    let (mut ours, services) = duplex(BUFFER);
    if opened.send(services).await.is_ok() {
        let _ = copy_bidirectional(&mut caller, &mut ours).await;
    }
}
