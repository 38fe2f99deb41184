use std::{
    io::SeekFrom,
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::ContentHash;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use object_store::{
    ObjectStore, ObjectStoreExt as _, buffered::BufWriter, local::LocalFileSystem,
    path::Path as Key,
};
use sha2::{Digest as _, Sha256};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _},
};

use crate::{Bucket, Error, Incoming, Limits, Received, incoming::unnamed};

/// What travels in one part to the store, at most; the least that S3 takes of a larger file.
const PART_BYTES: usize = 5 * 1024 * 1024;
/// Where all keys begin.
const ROOT: &str = "sha256";

/// The place where attachments are kept. Cheap to clone.
#[derive(Clone)]
pub struct Attachments {
    store: Arc<dyn ObjectStore>,
    /// Where temporary files without a name may grow.
    temporary: PathBuf,
    limits: Limits,
}

impl Attachments {
    /// In a folder, which is made if it is new.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if it cannot be made.
    pub fn in_folder(folder: &Path, limits: Limits) -> Result<Self, Error> {
        make(folder)?;
        // Written, then synced with its folders, then renamed: whole and lasting, or not there.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Attachments {
            store: Arc::new(store),
            temporary: folder.to_owned(),
            limits,
        })
    }

    /// In an S3-compatible store, which acknowledges what lasts. `temporary` is a folder of this
    /// machine.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the address is none. The store is not asked yet.
    pub fn in_bucket(bucket: &Bucket, temporary: &Path, limits: Limits) -> Result<Self, Error> {
        Ok(Attachments {
            store: bucket.open()?,
            temporary: temporary.to_owned(),
            limits,
        })
    }

    /// Begins to receive a file.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub fn receive(&self) -> Result<Incoming, Error> {
        Incoming::new(&self.temporary, self.limits.clone())
    }

    /// Stores a file; when this returns, it lasts. Storing the same again writes it again, which
    /// mends a damaged one.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn store(&self, received: Received) -> Result<(), Error> {
        let key = key(received.hash());
        let writer = BufWriter::with_capacity(self.store.clone(), key, PART_BYTES);
        let mut writer = writer.with_max_concurrency(1);
        let mut file = received.file;
        let written = async {
            tokio::io::copy(&mut file, &mut writer).await?;
            writer.shutdown().await
        };
        if let Err(error) = written.await {
            // What was begun is given up; where even that fails, the first failure says why.
            let _ = writer.abort().await;
            return Err(error.into());
        }
        Ok(())
    }

    /// A stored file, checked against its hash before anything of it is given.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Damaged`], [`Error::Unavailable`].
    pub async fn open(&self, hash: ContentHash, size: u64) -> Result<Content, Error> {
        let mut file = unnamed(&self.temporary)?;
        self.verified(hash, size, Some(&mut file)).await?;
        file.flush().await?;
        file.seek(SeekFrom::Start(0)).await?;
        Ok(Content { file })
    }

    /// Checks a stored file against its hash.
    ///
    /// # Errors
    /// As [`Attachments::open`].
    pub async fn check(&self, hash: ContentHash, size: u64) -> Result<(), Error> {
        self.verified(hash, size, None).await
    }

    /// The keys of all that is stored, in no order; with the hash, where the key is one of ours.
    pub fn keys(&self) -> impl Stream<Item = Result<(String, Option<ContentHash>), Error>> + Send {
        let listed = self.store.list(None).map_err(Error::from);
        listed.map_ok(|found| {
            let name = found.location.filename().and_then(|name| name.parse().ok());
            let hash = name.filter(|hash| key(*hash) == found.location);
            (found.location.into(), hash)
        })
    }

    async fn verified(
        &self,
        hash: ContentHash,
        size: u64,
        mut copy: Option<&mut File>,
    ) -> Result<(), Error> {
        let damaged = || Error::Damaged { hash };
        let found = self
            .store
            .get(&key(hash))
            .await
            .map_err(|error| match error {
                object_store::Error::NotFound { .. } => Error::Missing { hash },
                error => error.into(),
            })?;
        if found.meta.size != size {
            return Err(damaged());
        }
        let mut sha256 = Sha256::new();
        let mut parts = found.into_stream();
        while let Some(part) = parts.next().await.transpose()? {
            sha256.update(&part);
            if let Some(copy) = &mut copy {
                copy.write_all(&part).await?;
            }
        }
        if ContentHash::new(sha256.finalize().into()) == hash {
            Ok(())
        } else {
            Err(damaged())
        }
    }
}

/// The bytes of a stored file, which are the ones its hash tells.
pub struct Content {
    file: File,
}

impl Content {
    /// The next part of at most so many bytes; empty at the end.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn next(&mut self, most_bytes: usize) -> Result<Vec<u8>, Error> {
        let mut part = Vec::with_capacity(most_bytes);
        let limit = u64::try_from(most_bytes).unwrap_or(u64::MAX);
        (&mut self.file).take(limit).read_to_end(&mut part).await?;
        Ok(part)
    }
}

/// Makes a folder that outlasts a power cut, as what is stored in it does.
fn make(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder
        .parent()
        .filter(|above| !above.as_os_str().is_empty());
    let above = above.unwrap_or(Path::new("."));
    make(above)?;
    std::fs::create_dir(folder)?;
    std::fs::File::open(above)?.sync_all()
}

/// Spread over 256 folders: no folder of a bureau grows past what its file system likes.
fn key(hash: ContentHash) -> Key {
    let name = hash.to_string();
    Key::from_iter([ROOT, &name[..2], &name])
}
