//! The file itself: a ZIP archive of files whose hashes the manifest lists.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read, Seek, SeekFrom, Write},
};

use ledger::Digest;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    BundleFault, Error, FileEntry,
    files::{MANIFEST, SIGNATURE},
};

/// No manifest and no signature is longer, in bytes.
const MOST_HEAD: u64 = 64 * 1024 * 1024;
/// No line is longer, in bytes: an event has fewer.
const MOST_LINE: u64 = 64 * 1024 * 1024;

/// An archive that grows.
pub(crate) struct Writer<W: Write + Seek> {
    zip: ZipWriter<W>,
    open: Option<Growing>,
    entries: Vec<FileEntry>,
}

struct Growing {
    name: String,
    bytes: u64,
    digest: Digest,
}

impl<W: Write + Seek> Writer<W> {
    pub(crate) fn new(to: W) -> Self {
        Writer {
            zip: ZipWriter::new(to),
            open: None,
            entries: Vec::new(),
        }
    }

    /// Begins a file, behind the one before.
    pub(crate) fn begin(&mut self, name: &str) -> Result<(), Error> {
        self.end();
        self.start(name)?;
        self.open = Some(Growing {
            name: name.to_owned(),
            bytes: 0,
            digest: Digest::default(),
        });
        Ok(())
    }

    /// Adds to the file that was begun.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.zip.write_all(bytes)?;
        if let Some(growing) = &mut self.open {
            growing.bytes += bytes.len() as u64;
            growing.digest.update(bytes);
        }
        Ok(())
    }

    /// A file as a whole.
    pub(crate) fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.begin(name)?;
        self.write(bytes)
    }

    /// The files so far, for the manifest.
    pub(crate) fn entries(&mut self) -> Vec<FileEntry> {
        self.end();
        self.entries.clone()
    }

    /// Adds the manifest and its signature, and ends the archive.
    pub(crate) fn finish(mut self, manifest: &[u8], signature: &str) -> Result<W, Error> {
        self.end();
        for (name, bytes) in [(MANIFEST, manifest), (SIGNATURE, signature.as_bytes())] {
            self.start(name)?;
            self.zip.write_all(bytes)?;
        }
        self.zip.finish().map_err(written)
    }

    fn start(&mut self, name: &str) -> Result<(), Error> {
        // No time and no rights: the same files make the same archive.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true);
        self.zip.start_file(name, options).map_err(written)
    }

    fn end(&mut self) {
        if let Some(growing) = self.open.take() {
            self.entries.push(FileEntry {
                name: growing.name,
                bytes: growing.bytes,
                sha256: growing.digest.finish(),
            });
        }
    }
}

/// An archive that is read; every byte of it is doubted.
pub(crate) struct Reader<R> {
    zip: ZipArchive<R>,
}

impl<R: Read + Seek> Reader<R> {
    pub(crate) fn open(mut from: R) -> Result<Self, Error> {
        let listed = listed(&mut from)?;
        let zip = ZipArchive::new(from).map_err(|_| not_ours("it is no ZIP archive"))?;
        // A name that is there twice is read once; who unpacks the archive would see the other file.
        if zip.len() != usize::from(listed) || zip.offset() != 0 {
            return Err(not_ours("its list of files is ambiguous"));
        }
        Ok(Reader { zip })
    }

    pub(crate) fn names(&self) -> Result<BTreeSet<String>, Error> {
        let names = self.zip.file_names().map(|name| match name {
            Ok(name) => Ok(name.into_owned()),
            Err(_) => Err(not_ours("the name of a file cannot be read")),
        });
        names.collect()
    }

    /// The manifest or its signature, which no manifest lists.
    pub(crate) fn head(&mut self, name: &str) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let read = self.stream(name)?.take(MOST_HEAD).read_to_end(&mut bytes);
        read.map_err(|_| Error::malformed(name, "its bytes are damaged"))?;
        Ok(bytes)
    }

    /// Checks that a file is as the manifest lists it.
    pub(crate) fn check(&mut self, entry: &FileEntry) -> Result<(), Error> {
        let mut stream = self.stream(&entry.name)?;
        let (mut digest, mut bytes, mut buffer) = (Digest::default(), 0, vec![0; 64 * 1024]);
        loop {
            let read = stream.read(&mut buffer).map_err(|_| changed(entry))?;
            if read == 0 || bytes > entry.bytes {
                return entry.is(bytes, digest);
            }
            digest.update(&buffer[..read]);
            bytes += read as u64;
        }
    }

    /// A file that the manifest lists, as it lists it.
    pub(crate) fn file(&mut self, entry: &FileEntry) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        // One byte more shows that there is more.
        let most = entry.bytes.saturating_add(1);
        let stream = self.stream(&entry.name)?;
        let read = stream.take(most).read_to_end(&mut bytes);
        let read = read.map_err(|_| changed(entry))?;
        let mut digest = Digest::default();
        digest.update(&bytes);
        entry.is(read as u64, digest)?;
        Ok(bytes)
    }

    pub(crate) fn text(&mut self, entry: &FileEntry) -> Result<String, Error> {
        let text = String::from_utf8(self.file(entry)?);
        text.map_err(|_| Error::malformed(&entry.name, "it is not UTF-8"))
    }

    /// Shows each line of a file that the manifest lists, without its end.
    pub(crate) fn lines(
        &mut self,
        entry: &FileEntry,
        mut see: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut stream = BufReader::with_capacity(1024 * 1024, self.stream(&entry.name)?);
        let (mut digest, mut bytes, mut line) = (Digest::default(), 0, Vec::new());
        loop {
            line.clear();
            let read = (&mut stream).take(MOST_LINE).read_until(b'\n', &mut line);
            let read = read.map_err(|_| changed(entry))?;
            if read == 0 {
                return entry.is(bytes, digest);
            }
            bytes += read as u64;
            digest.update(&line);
            let Some(line) = line.strip_suffix(b"\n") else {
                return Err(Error::malformed(&entry.name, "a line has no end"));
            };
            see(line)?;
        }
    }

    fn stream(&mut self, name: &str) -> Result<impl Read, Error> {
        let missing = || BundleFault::FileMissing {
            file: name.to_owned(),
        };
        Ok(self.zip.by_name(name).map_err(|_| missing())?)
    }
}

impl FileEntry {
    fn is(&self, bytes: u64, digest: Digest) -> Result<(), Error> {
        match bytes == self.bytes && digest.finish() == self.sha256 {
            true => Ok(()),
            false => Err(changed(self)),
        }
    }
}

/// How many files the archive says that it has, in the record that ends it.
fn listed(from: &mut (impl Read + Seek)) -> Result<u16, Error> {
    let mut end = [0; 22];
    let read = from
        .seek(SeekFrom::End(-22))
        .and_then(|_| from.read_exact(&mut end));
    match (read, end) {
        (Ok(()), [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, .., 0, 0]) => {
            Ok(u16::from_le_bytes([low, high]))
        }
        (Ok(()) | Err(_), _) => Err(not_ours("it does not end as a bundle does")),
    }
}

fn not_ours(why: &str) -> Error {
    let why = why.to_owned();
    BundleFault::NotABundle { why }.into()
}

fn changed(entry: &FileEntry) -> Error {
    let file = entry.name.clone();
    BundleFault::FileChanged { file }.into()
}

fn written(error: zip::result::ZipError) -> Error {
    Error::Io(error.into())
}
