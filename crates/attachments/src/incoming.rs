use std::{io::SeekFrom, path::Path};

use domain::{ContentHash, MediaType};
use sha2::{Digest as _, Sha256};
use tokio::{
    fs::File,
    io::{AsyncSeekExt as _, AsyncWriteExt as _},
};

use crate::{Error, Limits, media};

/// A temporary file without a name: it ends with the process.
pub(crate) fn unnamed(folder: &Path) -> Result<File, Error> {
    Ok(File::from_std(tempfile::tempfile_in(folder)?))
}

/// A file that is being received, part by part.
pub struct Incoming {
    file: File,
    sha256: Sha256,
    size: u64,
    limits: Limits,
}

/// A file that was received whole. It is not stored yet.
pub struct Received {
    pub(crate) file: File,
    hash: ContentHash,
    size: u64,
    media_type: MediaType,
}

impl Incoming {
    pub(crate) fn new(folder: &Path, limits: Limits) -> Result<Self, Error> {
        Ok(Incoming {
            file: unnamed(folder)?,
            sha256: Sha256::new(),
            size: 0,
            limits,
        })
    }

    /// Takes the next part.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as soon as it is; [`Error::Unavailable`].
    pub async fn take(&mut self, part: &[u8]) -> Result<(), Error> {
        self.size = self.size.saturating_add(part.len() as u64);
        if self.size > self.limits.most_bytes {
            return Err(Error::TooLarge {
                limit: self.limits.most_bytes,
            });
        }
        self.sha256.update(part);
        Ok(self.file.write_all(part).await?)
    }

    /// Says that it was the last part.
    ///
    /// # Errors
    /// [`Error::TypeRefused`]; [`Error::Unavailable`].
    pub async fn finish(self) -> Result<Received, Error> {
        let Incoming {
            mut file,
            sha256,
            size,
            limits,
        } = self;
        file.flush().await?;
        file.seek(SeekFrom::Start(0)).await?;
        let mut again = file.try_clone().await?.into_std().await;
        let found = tokio::task::spawn_blocking(move || media::type_of(&mut again));
        let found = found.await.map_err(Error::unavailable)??;
        let media_type = found
            .filter(|found| limits.types.contains(found))
            .ok_or_else(|| Error::TypeRefused {
                found: found.map_or_else(|| "unknown".to_owned(), |found| found.to_string()),
                taken: taken(&limits),
            })?;
        Ok(Received {
            file,
            hash: ContentHash::new(sha256.finalize().into()),
            size,
            media_type,
        })
    }
}

impl Received {
    /// The hash of its bytes.
    pub fn hash(&self) -> ContentHash {
        self.hash
    }

    /// How many bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What they are.
    pub fn media_type(&self) -> MediaType {
        self.media_type
    }
}

fn taken(limits: &Limits) -> String {
    let taken: Vec<_> = limits.types.iter().map(|t| t.as_str()).collect();
    taken.join(", ")
}
