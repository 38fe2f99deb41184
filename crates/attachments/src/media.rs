//! What a file is, by its bytes.
//!
//! Own code and not a library: the one there is knows no OFD, takes whatever mentions `%PDF` for a
//! PDF, and does not know one scan of a hundred as TIFF.

use std::io::{Read, Seek, SeekFrom};

use domain::MediaType;

/// The brands of HEIC (ISO/IEC 23008-12): one image, or a sequence of them.
const HEIC: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];
/// Enough for every signature and the brands that a phone names.
const HEAD_BYTES: u64 = 64;

/// The type of a file; `None` if it is none of those we know.
pub(crate) fn type_of(mut file: impl Read + Seek) -> std::io::Result<Option<MediaType>> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let signatures: [(&[u8], MediaType); 5] = [
        (b"%PDF-", MediaType::Pdf),
        (b"\xff\xd8\xff", MediaType::Jpeg),
        (b"\x89PNG\r\n\x1a\n", MediaType::Png),
        (b"II*\0", MediaType::Tiff),
        (b"MM\0*", MediaType::Tiff),
    ];
    let known = signatures
        .iter()
        .find(|(signature, _)| head.starts_with(signature));
    Ok(match known {
        Some((_, found)) => Some(*found),
        None if is_heic(&head) => Some(MediaType::Heic),
        None if head.starts_with(b"PK\x03\x04") && is_ofd(file) => Some(MediaType::Ofd),
        None => None,
    })
}

/// A box `ftyp` with its length, one brand, a version, and the brands it is compatible with.
fn is_heic(head: &[u8]) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<4>() else {
        return false;
    };
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let brands = &rest[..rest.len().min(length.saturating_sub(4))];
    brands.starts_with(b"ftyp")
        && brands[4..]
            .chunks_exact(4)
            .enumerate()
            .any(|(place, brand)| place != 1 && HEIC.contains(&brand))
}

/// A zip archive whose root holds the file that every OFD begins with.
fn is_ofd(file: impl Read + Seek) -> bool {
    zip::ZipArchive::new(file).is_ok_and(|archive| archive.index_for_name("OFD.xml").is_some())
}
