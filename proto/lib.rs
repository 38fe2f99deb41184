//! The code generated from the protos, where it is documented. Only the crate `grpc` sees it.
#![allow(missing_docs, clippy::all, clippy::pedantic)]

tonic::include_proto!("sangyu.v1");

/// All of the API's descriptors, for reflection and for whoever reads a call by its description.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
