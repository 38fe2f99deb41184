//! A **double** of KurrentDB, not KurrentDB: it speaks as much of its protocol as the official
//! client needs for streams, over real gRPC, keeps everything in memory, and misbehaves when it is
//! told to. It is for tests, and for trying commands where there is no server.
//!
//! It judges appends as the server does, with the server's weaknesses: ids are compared only behind
//! the expected revision, at any revision only with the last few of the log, across streams never;
//! an append that is recognised is answered without a position. Three of them make a cluster with a
//! leader. Replication is not played: what one node has written, all have at once.

pub(crate) mod services;
pub(crate) mod store;
pub(crate) mod tls;

use std::{
    collections::VecDeque,
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{net::TcpListener, runtime::Runtime};
use tokio_rustls::TlsAcceptor;
use tonic::transport::{Server, server::TcpIncoming};

use services::{
    Services,
    client::{
        gossip::gossip_server::GossipServer,
        server_features::server_features_server::ServerFeaturesServer,
        streams::streams_server::StreamsServer,
    },
};
use store::Store;
use tls::Authority;

/// The client leaves Nagle's algorithm on: without anything from the server it would wait 40 ms for
/// each acknowledgement of the kernel, and the tests with it. A ping carries one.
const ACKNOWLEDGE: Duration = Duration::from_millis(2);

/// A free port of this machine.
const ANY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// What a node does once instead of what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is busy, or not started yet.
    Unavailable,
    /// It says that it is no leader.
    NotLeader,
    /// It takes its time before it does anything.
    Slow(Duration),
    /// It writes, and says that it waited too long for the others.
    AbortedAfterCommit,
    /// It writes, and never answers.
    SilentAfterCommit,
    /// It writes, and dies.
    DeadAfterCommit,
    /// It sends so many messages, and then the connection is reset.
    ResetAfter(usize),
    /// It sends so many messages, and ends its answer as if that were all.
    EndAfter(usize),
}

/// A server or a cluster, until it is dropped.
pub(crate) struct Double {
    pub(crate) nodes: Vec<Arc<Node>>,
    pub(crate) cluster: Arc<Cluster>,
}

/// What its nodes have in common.
pub(crate) struct Cluster {
    pub(crate) store: Store,
    /// Under which certificate it is spoken to; in clear without one.
    acceptor: Option<TlsAcceptor>,
    members: Mutex<Vec<Member>>,
    authorization: Mutex<Option<String>>,
}

/// A node as the others know it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(crate) address: SocketAddr,
    pub(crate) leads: bool,
    pub(crate) lives: bool,
}

/// One node.
pub(crate) struct Node {
    pub(crate) cluster: Arc<Cluster>,
    address: SocketAddr,
    /// All that the node does, on threads of its own: when it dies, its connections die with it.
    running: Mutex<Option<Runtime>>,
    of_appends: Mutex<VecDeque<Fault>>,
    of_reads: Mutex<VecDeque<Fault>>,
}

impl Double {
    /// Starts so many nodes on free ports of this machine; the first leads.
    pub(crate) fn start(nodes: usize) -> Self {
        Self::start_at(&vec![ANY; nodes])
    }

    /// The same under TLS, with a certificate that this authority has signed.
    pub(crate) fn start_secured(nodes: usize, authority: &Authority) -> Self {
        let acceptor = authority.acceptor(&ANY.ip().to_string());
        Self::begin(&vec![ANY; nodes], Some(acceptor))
    }

    /// Starts a node at each address; the first leads.
    pub(crate) fn start_at(addresses: &[SocketAddr]) -> Self {
        Self::begin(addresses, None)
    }

    fn begin(addresses: &[SocketAddr], acceptor: Option<TlsAcceptor>) -> Self {
        let cluster = Arc::new(Cluster {
            store: Store::new(),
            acceptor,
            members: Mutex::default(),
            authorization: Mutex::default(),
        });
        let nodes = addresses
            .iter()
            .map(|address| Node::start(&cluster, *address));
        Double {
            nodes: nodes.collect(),
            cluster,
        }
    }

    /// Where a client finds it.
    pub(crate) fn url(&self) -> String {
        let hosts: Vec<_> = self
            .nodes
            .iter()
            .map(|node| node.address.to_string())
            .collect();
        let tls = self.cluster.acceptor.is_some();
        format!("esdb://{}?tls={tls}", hosts.join(","))
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        self.nodes.iter().for_each(|node| node.kill());
    }
}

impl Cluster {
    /// Lets in only who shows this `Authorization`.
    pub(crate) fn require(&self, authorization: &str) {
        *self.authorization.lock().unwrap() = Some(authorization.to_owned());
    }

    fn authorization(&self) -> Option<String> {
        self.authorization.lock().unwrap().clone()
    }

    fn members(&self) -> Vec<Member> {
        self.members.lock().unwrap().clone()
    }

    /// The leader, as far as the nodes know.
    fn leader(&self) -> Option<SocketAddr> {
        let members = self.members();
        let leader = members.iter().find(|member| member.leads && member.lives);
        leader.map(|member| member.address)
    }

    /// Makes this node the leader.
    pub(crate) fn elect(&self, node: &Node) {
        for member in self.members.lock().unwrap().iter_mut() {
            member.leads = member.address == node.address;
        }
    }

    fn set_alive(&self, address: SocketAddr, lives: bool) {
        for member in self.members.lock().unwrap().iter_mut() {
            if member.address == address {
                member.lives = lives;
            }
        }
    }
}

impl Node {
    fn start(cluster: &Arc<Cluster>, address: SocketAddr) -> Arc<Node> {
        let (runtime, listener) = listen(address);
        let address = listener.local_addr().unwrap();
        let mut members = cluster.members.lock().unwrap();
        let leads = members.is_empty();
        members.push(Member {
            address,
            leads,
            lives: true,
        });
        drop(members);
        let node = Arc::new(Node {
            cluster: Arc::clone(cluster),
            address,
            running: Mutex::default(),
            of_appends: Mutex::default(),
            of_reads: Mutex::default(),
        });
        node.serve(runtime, listener);
        node
    }

    fn serve(self: &Arc<Self>, runtime: Runtime, listener: TcpListener) {
        let services = Services(Arc::clone(self));
        let server = Server::builder()
            .http2_keepalive_interval(Some(ACKNOWLEDGE))
            .add_service(StreamsServer::new(services.clone()))
            .add_service(GossipServer::new(services.clone()))
            .add_service(ServerFeaturesServer::new(services));
        match self.cluster.acceptor.clone() {
            Some(acceptor) => {
                let _here = runtime.enter();
                let incoming = tls::incoming(listener, acceptor);
                runtime.spawn(server.serve_with_incoming(incoming));
            }
            None => {
                let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
                runtime.spawn(server.serve_with_incoming(incoming));
            }
        }
        *self.running.lock().unwrap() = Some(runtime);
    }

    pub(crate) fn is_leader(&self) -> bool {
        self.cluster.leader() == Some(self.address)
    }

    /// What becomes of the next append that reaches this node, and of those after it.
    pub(crate) fn next_appends(&self, faults: impl IntoIterator<Item = Fault>) {
        self.of_appends.lock().unwrap().extend(faults);
    }

    /// What becomes of the next read that reaches this node, and of those after it.
    pub(crate) fn next_reads(&self, faults: impl IntoIterator<Item = Fault>) {
        self.of_reads.lock().unwrap().extend(faults);
    }

    fn fault_of_append(&self) -> Option<Fault> {
        self.of_appends.lock().unwrap().pop_front()
    }

    fn fault_of_read(&self) -> Option<Fault> {
        self.of_reads.lock().unwrap().pop_front()
    }

    /// Ends it as a power cut would; if it led, nobody does until one is elected.
    pub(crate) fn kill(&self) {
        self.cluster.set_alive(self.address, false);
        if let Some(runtime) = self.running.lock().unwrap().take() {
            runtime.shutdown_background();
        }
    }

    pub(crate) fn lives(&self) -> bool {
        self.running.lock().unwrap().is_some()
    }

    /// Starts it again at the same address.
    pub(crate) fn start_again(self: &Arc<Self>) {
        let (runtime, listener) = listen(self.address);
        self.cluster.set_alive(self.address, true);
        self.serve(runtime, listener);
    }
}

fn listen(address: SocketAddr) -> (Runtime, TcpListener) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    // A node that was killed gives its port back a little later.
    let listener = loop {
        match std::net::TcpListener::bind(address) {
            Err(e) if e.kind() == ErrorKind::AddrInUse && address.port() != 0 => {
                std::thread::sleep(Duration::from_millis(10));
            }
            bound => break bound.unwrap(),
        }
    };
    listener.set_nonblocking(true).unwrap();
    let entered = runtime.enter();
    let listener = TcpListener::from_std(listener).unwrap();
    drop(entered);
    (runtime, listener)
}
