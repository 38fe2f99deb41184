//! A disk in memory under SQLite that fails as disks do. For tests only.
//!
//! ```text
//! Disk      what SQLite works on: files, locks, shared memory; records each call that changes anything
//! Step      one such call, or a mark that the test left between them
//! Platter   follows the steps and knows what is on the disk for certain and what may be
//! Image     the files a machine finds after a crash: one of the many the platter allows
//! ```
//!
//! What has been flushed is there. Of what has not, each sector of 512 bytes holds what it held at the
//! last flush or after any later write to it, whatever the other sectors hold: so writes are dropped,
//! torn, reordered and kept in part. A file that grew has any length between, and where nothing was
//! written, rubbish. After a flush that failed nothing is known of what it should have flushed, and a
//! later flush that succeeds says nothing of it.

mod disk;
mod image;
mod locks;
mod vfs;

pub use disk::{Call, Disk, Step};
pub use image::{Image, Platter};
