//! What soak notes: a line `<event id> <position>` for each append that was acknowledged.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use event_log::{EventId, Position};
use uuid::{Uuid, fmt::Hyphenated};

use crate::{
    bureau,
    failure::{Exit, Failure},
};

/// The last event of an append, and where it is.
pub(super) type Ack = (EventId, Position);

pub(super) fn line((event, position): Ack) -> String {
    format!("{event} {position}\n")
}

/// All that were noted. Each line is one write behind the last one, so who is killed leaves one torn line at
/// most, at the end: it was never finished, and says nothing.
pub(super) fn read(file: &Path) -> Result<Vec<Ack>, Failure> {
    let (acks, _) = parse(file, &bureau::text_of(file)?)?;
    Ok(acks)
}

/// Opens the file to write on. A torn line is cut off first, so that nothing is written behind it; a file that
/// soak did not write is left as it is.
pub(super) fn write_on(file: &Path) -> Result<File, Failure> {
    let torn = match file.is_file() {
        true => {
            let text = bureau::text_of(file)?;
            let (_, torn) = parse(file, &text)?;
            (!torn.is_empty()).then_some((text.len() - torn.len()) as u64)
        }
        false => None,
    };
    let opened = OpenOptions::new().create(true).append(true).open(file);
    let cut = opened.and_then(|opened| {
        torn.map_or(Ok(()), |whole| opened.set_len(whole))?;
        Ok(opened)
    });
    cut.map_err(|e| Failure::io("open", file, &e))
}

/// The lines, and the torn one.
fn parse<'a>(file: &Path, text: &'a str) -> Result<(Vec<Ack>, &'a str), Failure> {
    let (whole, torn) = match text.rfind('\n') {
        Some(end) => text.split_at(end + 1),
        None => ("", text),
    };
    let mut acks = Vec::new();
    for (number, line) in whole.lines().enumerate() {
        acks.push(ack(line).ok_or_else(|| malformed(file, number + 1))?);
    }
    match begins(torn) {
        true => Ok((acks, torn)),
        false => Err(malformed(file, acks.len() + 1)),
    }
}

fn ack(line: &str) -> Option<Ack> {
    let (event, position) = line.split_once(' ')?;
    let event = EventId(Uuid::try_parse(event).ok()?);
    Some((event, Position::from_stored(position.parse().ok()?)))
}

/// Whether a line can have begun like this.
fn begins(torn: &str) -> bool {
    torn.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        ..Hyphenated::LENGTH => byte.is_ascii_hexdigit(),
        Hyphenated::LENGTH => byte == b' ',
        _ => byte.is_ascii_digit(),
    })
}

fn malformed(file: &Path, line: usize) -> Failure {
    let file = file.display();
    Failure::new(
        Exit::Refused,
        "acks_malformed",
        format!(
            "line {line} of {file} is no `<event id> <position>`: name the file that soak wrote"
        ),
        format!("{file} 第 {line} 行不是“事件编号 位置”，请指定 soak 写出的文件"),
    )
}
