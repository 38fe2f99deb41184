//! Generates the API's code from the protos without an installed protoc.

use std::{error::Error, path::Path};

use protox::prost::Message;

const PROTO: &str = ".";

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<_> = std::fs::read_dir(Path::new(PROTO).join("sangyu/v1"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "proto"));
    files.sort();
    println!("cargo:rerun-if-changed=sangyu");

    let descriptors = protox::compile(&files, [PROTO])?;
    // For the reflection service.
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(
        Path::new(&out).join("descriptors.bin"),
        descriptors.encode_to_vec(),
    )?;
    let messages: Vec<String> = descriptors
        .file
        .iter()
        .flat_map(|file| &file.message_type)
        .map(|message| format!(".sangyu.v1.{}", message.name()))
        .collect();
    tonic_prost_build::configure()
        // What callers send is personal; nothing can print it by accident.
        .skip_debug(messages)
        // In the order of the profiles' names, so that the same figures are the same bytes.
        .btree_map(".sangyu.v1.PetitionFigures.profile")
        // By far the largest of the requests.
        .boxed(".sangyu.v1.RegisterCadreRequest.profile")
        .compile_fds(descriptors)?;
    Ok(())
}
