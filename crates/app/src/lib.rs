//! The one application service: execute, query, authorization, clock and ids.
