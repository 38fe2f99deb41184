//! Generates what the double of KurrentDB speaks, without an installed protoc.

use std::error::Error;

const PROTO: &str = "kurrentdb_double/proto";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={PROTO}");
    let files = ["streams.proto", "gossip.proto", "server_features.proto"];
    let descriptors = protox::compile(files, [PROTO])?;
    tonic_prost_build::configure()
        .build_client(false)
        .compile_fds(descriptors)?;
    Ok(())
}
