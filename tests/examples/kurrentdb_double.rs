//! The double of KurrentDB (tests/kurrentdb_double/), served until Ctrl-C, to try commands where there
//! is no server. It is no KurrentDB: it keeps everything in memory and forgets it at the end.
//!
//! `cargo run -p tests --example kurrentdb_double -- 127.0.0.1:2113`; several addresses are a cluster.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::missing_panics_doc,
    reason = "a tool for tests stops at the first surprise and prints"
)]

#[allow(dead_code, reason = "only tests make it misbehave")]
#[path = "../kurrentdb_double/mod.rs"]
mod kurrentdb_double;

use std::net::SocketAddr;

fn main() {
    let given = std::env::args().skip(1).map(|address| address.parse());
    let mut addresses: Vec<SocketAddr> = given.collect::<Result<_, _>>().unwrap();
    if addresses.is_empty() {
        addresses.push(SocketAddr::from(([127, 0, 0, 1], 2113)));
    }
    let double = kurrentdb_double::Double::start_at(&addresses);
    println!(
        "A double of KurrentDB, not KurrentDB, answers at {}; Ctrl-C ends it, and what it holds.",
        double.url()
    );
    loop {
        std::thread::park();
    }
}
