//! Files that are there whole or not at all.

use std::{fs::File, path::Path};

use crate::failure::Failure;

/// A file that is put in its place once it is whole; only its owner can read it.
pub(crate) struct Whole<'a> {
    file: tempfile::NamedTempFile,
    path: &'a Path,
}

impl<'a> Whole<'a> {
    /// Begins it beside its place.
    pub(crate) fn begin(path: &'a Path) -> Result<Self, Failure> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Failure::no_file(folder));
        }
        let file = tempfile::NamedTempFile::new_in(folder);
        Ok(Whole {
            file: file.map_err(|e| Failure::io("write", path, &e))?,
            path,
        })
    }

    /// What it will hold.
    pub(crate) fn file(&self) -> &File {
        self.file.as_file()
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let done = self.file.persist(self.path);
        done.map_err(|e| Failure::io("write", self.path, &e.error))?;
        Ok(())
    }
}
