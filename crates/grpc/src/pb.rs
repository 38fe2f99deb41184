//! The generated code. Documented in the protos.
#![allow(missing_docs, clippy::all, clippy::pedantic)]

tonic::include_proto!("sangyu.v1");

/// All of the API's descriptors, for the reflection service.
pub(crate) const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
