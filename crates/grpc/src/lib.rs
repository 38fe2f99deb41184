//! The API for other departments: conversion, status mapping.
//!
//! The protos in `proto/` are the contract, and the crate there is what is generated from them; `docs/api.md` says how to call it. A call is read in the
//! file of its aggregate (every fault of it at once), carried out by [`app::App`], and its failure
//! mapped in `status`, the one place that knows both worlds.

mod admin;
mod api;
mod bundle;
mod cadre;
mod calendar_service;
mod caller;
mod calls;
mod card;
mod deviation;
mod duty;
mod fields;
mod fund;
mod hardship;
mod health;
mod history;
mod import_service;
mod inspection;
mod ledger_service;
mod medal;
mod mining;
mod page;
mod payment_batch;
mod person;
mod petition;
mod plan;
mod readiness;
mod register;
mod round;
mod rules;
mod server;
mod status;
mod stream;
mod traces;
mod visit;

#[cfg(test)]
mod tests;

pub mod client;
pub mod contract;

use proto as pb;

pub use caller::Caller;
pub use client::Client;
pub use server::{ServeError, Server};
