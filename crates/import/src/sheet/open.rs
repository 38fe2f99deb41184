use super::{RawSheet, text_table, workbook};
use crate::fault::FileFault;

const MOST_BYTES: usize = 64 << 20;

const ZIP: &[u8] = b"PK\x03\x04";
/// The container of .xls, of .doc, and of a workbook behind a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// What begins like this is no table of text: PDF, RTF, a picture, an archive.
const OTHERS: [&[u8]; 8] = [
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"GIF8",
    b"\x1f\x8b",
];

/// Opens a file by what it holds; its name is not asked.
pub(crate) fn open(bytes: Vec<u8>) -> Result<Vec<RawSheet>, FileFault> {
    if bytes.is_empty() {
        return Err(FileFault::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(FileFault::TooLarge { limit: "64 MB" });
    }
    if bytes.starts_with(ZIP) {
        workbook::xlsx(bytes)
    } else if bytes.starts_with(COMPOUND) {
        workbook::xls(bytes)
    } else if OTHERS.iter().any(|magic| bytes.starts_with(magic)) {
        Err(FileFault::NotASpreadsheet)
    } else {
        text_table::read(&bytes).map(|sheet| vec![sheet])
    }
}
