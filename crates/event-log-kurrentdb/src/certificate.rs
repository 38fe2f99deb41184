//! Whether the nodes show certificates that are trusted. The official client says of a cluster only
//! that it found no node, so that a wrong authority looks like a server that is down.

use std::{
    io,
    net::{TcpStream, ToSocketAddrs as _},
    sync::Arc,
    time::Duration,
};

use kurrentdb::{ClientSettings, Endpoint};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

/// How long one node may take to connect and to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is wrong with the certificate of the first node whose certificate the client would not trust;
/// nothing if there is none, or if what stands in the way is something else. Blocks the thread for some
/// seconds at most for each node.
pub(crate) fn refused(settings: &ClientSettings) -> Option<String> {
    if !settings.is_secure_mode_enabled() || !settings.is_tls_certificate_verification_enabled() {
        return None;
    }
    let trusting = ClientConfig::builder()
        .with_root_certificates(roots(settings).ok()?)
        .with_no_client_auth();
    let trusting = Arc::new(trusting);
    let mut nodes = settings.hosts().iter();
    nodes.find_map(|node| match greet(node, &trusting) {
        Ok(()) => None,
        Err(error) => match error.get_ref()?.downcast_ref()? {
            rustls::Error::InvalidCertificate(why) => {
                Some(format!("{}:{}: {why}", node.host, node.port))
            }
            _ => None,
        },
    })
}

/// Whom the client trusts.
fn roots(settings: &ClientSettings) -> io::Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let certificates = match settings.tls_ca_file() {
        Some(file) => CertificateDer::pem_file_iter(file)
            .and_then(Iterator::collect)
            .map_err(io::Error::other)?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    roots.add_parsable_certificates(certificates);
    Ok(roots)
}

/// Speaks to a node until it has proven who it is, and no further.
fn greet(node: &Endpoint, trusting: &Arc<ClientConfig>) -> io::Result<()> {
    let port = u16::try_from(node.port).map_err(io::Error::other)?;
    let name = ServerName::try_from(node.host.clone()).map_err(io::Error::other)?;
    let mut greeting =
        ClientConnection::new(Arc::clone(trusting), name).map_err(io::Error::other)?;
    let address = (node.host.as_str(), port).to_socket_addrs()?.next();
    let address = address.ok_or(io::ErrorKind::NotFound)?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    while greeting.is_handshaking() {
        greeting.complete_io(&mut stream)?;
    }
    Ok(())
}
