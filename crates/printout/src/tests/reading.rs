//! Reads a PDF as a viewer does: the text that can be searched and copied. Knows what is written here,
//! not every PDF.

use std::{collections::BTreeMap, io::Read};

use flate2::read::ZlibDecoder;

/// The text of the pages, each line of them on its own, by what the file says its glyphs mean.
pub(super) fn text_of(pdf: &[u8]) -> String {
    let streams = streams(pdf);
    let of_kind = |mark: &str| -> Vec<&Vec<u8>> {
        let found = streams.iter().filter(|stream| contains(stream, mark));
        found.collect()
    };
    let meanings = meanings(&of_kind("begincmap"));
    let mut text = String::new();
    for page in of_kind("BT ") {
        read_page(page, &meanings, &mut text);
    }
    text
}

/// Whether the file says this, outside of what is compressed.
pub(super) fn contains(bytes: &[u8], part: &str) -> bool {
    count(bytes, part) > 0
}

pub(super) fn count(bytes: &[u8], part: &str) -> usize {
    let windows = bytes.windows(part.len());
    windows.filter(|window| *window == part.as_bytes()).count()
}

/// A text as the file writes it in its outline and its properties.
pub(super) fn as_written(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    format!("<FEFF{}>", units.collect::<String>())
}

fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut streams = Vec::new();
    let mut rest = pdf;
    while let Some(start) = find(rest, b"stream\n") {
        rest = &rest[start + 7..];
        let mut stream = Vec::new();
        if ZlibDecoder::new(rest).read_to_end(&mut stream).is_ok() {
            streams.push(stream);
        }
    }
    streams
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// What each glyph stands for: `<0001> <684E>`.
fn meanings(maps: &[&Vec<u8>]) -> BTreeMap<u16, String> {
    let mut meanings = BTreeMap::new();
    for map in maps {
        let map = String::from_utf8_lossy(map);
        for line in map.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            if let [glyph, text] = words[..]
                && let (Some([glyph]), Some(text)) = (hex(glyph).as_deref(), hex(text))
            {
                meanings.insert(*glyph, String::from_utf16_lossy(&text));
            }
        }
    }
    meanings
}

fn hex(word: &str) -> Option<Vec<u16>> {
    let digits = word.strip_prefix('<')?.strip_suffix('>')?;
    let units = digits.as_bytes().chunks(4);
    units
        .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok())
        .collect()
}

/// Strings are `(…)` with escapes or `<…>`; an `/ActualText` stands for the glyphs up to `EMC`.
fn read_page(page: &[u8], meanings: &BTreeMap<u16, String>, text: &mut String) {
    let mut at = 0;
    let mut spoken_for = false;
    while at < page.len() {
        let here = &page[at..];
        if here.starts_with(b"/ActualText") {
            at += 11;
            let (string, length) = string(&page[at..]);
            let units: Vec<u16> = string
                .chunks(2)
                .map(|u| u16::from_be_bytes([u[0], u[1]]))
                .collect();
            text.push_str(&String::from_utf16_lossy(&units[1..]));
            spoken_for = true;
            at += length;
        } else if here.starts_with(b"EMC") {
            spoken_for = false;
            at += 3;
        } else if here.starts_with(b" Tm") {
            // Runs of one line begin where others end; a line of its own is near enough here.
            text.push_str(if spoken_for { "" } else { "\u{0}" });
            at += 3;
        } else if here.starts_with(b"(") || (here.starts_with(b"<") && !here.starts_with(b"<<")) {
            let (string, length) = string(here);
            for glyph in string.chunks(2).filter(|_| !spoken_for) {
                text.push_str(&meanings[&u16::from_be_bytes([glyph[0], glyph[1]])]);
            }
            at += length;
        } else if here.starts_with(b"<<") {
            at += 2;
        } else {
            at += 1;
        }
    }
}

/// A string at the start of the bytes, and how long it is written.
fn string(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut string = Vec::new();
    let mut at = 1;
    if bytes[0] == b'<' {
        let end = find(bytes, b">").unwrap();
        for pair in bytes[1..end].chunks(2) {
            string.push(u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap());
        }
        return (string, end + 1);
    }
    let mut depth = 1;
    loop {
        match bytes[at] {
            b'\\' => {
                at += 1;
                match bytes[at] {
                    b'n' => string.push(b'\n'),
                    b'r' => string.push(b'\r'),
                    b't' => string.push(b'\t'),
                    b'b' => string.push(8),
                    b'f' => string.push(12),
                    digit if digit.is_ascii_digit() => {
                        let octal = std::str::from_utf8(&bytes[at..at + 3]).unwrap();
                        string.push(u8::from_str_radix(octal, 8).unwrap());
                        at += 2;
                    }
                    other => string.push(other),
                }
            }
            b'(' => {
                depth += 1;
                string.push(b'(');
            }
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return (string, at + 1);
                }
                string.push(b')');
            }
            byte => string.push(byte),
        }
        at += 1;
    }
}
