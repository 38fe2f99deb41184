//! The server as its callers meet it: started on a free port, over a log in memory.

mod commands;
mod documents;
mod duties;
mod failures;
mod imports;
mod in_process;
mod medals;
mod mining;
mod offered;
mod petitions;
mod queries;
mod reading;
mod sealed;
mod world;
