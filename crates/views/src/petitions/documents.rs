//! The documents among a petition's papers (附件).

use calendar::Timestamp;
use domain::{
    ContentHash, MediaType, StaffId, Text,
    petition::{DocumentAttached, DocumentKind, DocumentStep, DocumentWithdrawn},
};
use rusqlite::{Connection, Row, Transaction, params};
use serde::Serialize;

use super::fold::{run, word};
use crate::{
    Envelope, ViewsError,
    read::{self, optional_text, parsed, text},
};

/// A document among a petition's papers. Its bytes are not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PetitionDocument {
    /// The SHA-256 of its bytes.
    pub hash: ContentHash,
    /// How many bytes.
    pub size: u64,
    /// What the bytes are.
    pub media_type: MediaType,
    /// What it is.
    pub kind: DocumentKind,
    /// Where in the procedure it belongs.
    pub step: DocumentStep,
    /// 题名.
    pub title: Option<Text>,
    /// The file's name as it was given.
    pub file_name: Text,
    /// Who attached it, and when that was recorded.
    pub attached: ByWhom,
    /// Why it does not belong there any more, who said so, and when.
    pub withdrawn: Option<(Text, ByWhom)>,
}

/// Who did something, and when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByWhom {
    /// The account.
    pub staff: StaffId,
    /// The name.
    pub name: Text,
    /// When.
    pub at: Timestamp,
}

pub(super) fn attach(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    e: &DocumentAttached,
) -> Result<(), ViewsError> {
    let (document, metadata) = (&e.document, &envelope.recorded.metadata);
    let sql = "INSERT OR REPLACE INTO petitions_document
            (petition, hash, size, media_type, kind, step, title, file_name,
             attached_by, attached_name, attached)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    run(
        tx,
        sql,
        params![
            envelope.stream_id(),
            document.hash.to_string(),
            document.size,
            document.media_type.as_str(),
            word(&document.kind)?,
            word(&document.step)?,
            document.title.as_deref(),
            document.file_name.as_str(),
            metadata.actor.id,
            metadata.actor.name,
            metadata.recorded.to_string(),
        ],
    )
}

pub(super) fn withdraw(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    e: &DocumentWithdrawn,
) -> Result<(), ViewsError> {
    let metadata = &envelope.recorded.metadata;
    let sql = "UPDATE petitions_document
        SET reason = ?3, withdrawn_by = ?4, withdrawn_name = ?5, withdrawn = ?6
        WHERE petition = ?1 AND hash = ?2";
    run(
        tx,
        sql,
        params![
            envelope.stream_id(),
            e.hash.to_string(),
            e.reason.as_str(),
            metadata.actor.id,
            metadata.actor.name,
            metadata.recorded.to_string(),
        ],
    )
}

/// Every file that is among the papers of any petition, with its size: what must be in the store.
///
/// # Errors
/// [`ViewsError::Sqlite`].
pub fn stored_files(conn: &Connection) -> Result<Vec<(ContentHash, u64)>, ViewsError> {
    let sql = "SELECT DISTINCT hash, size FROM petitions_document ORDER BY hash";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        files.push((parsed(row, "hash")?, row.get("size")?));
    }
    Ok(files)
}

pub(super) fn document(row: &Row<'_>) -> Result<PetitionDocument, ViewsError> {
    let by_whom = |staff, name, at| {
        Ok::<_, ViewsError>(ByWhom {
            staff: StaffId(text(row, staff)?),
            name: text(row, name)?,
            at: parsed(row, at)?,
        })
    };
    let reason = optional_text(row, "reason")?;
    let withdrawn = reason.map(|reason| {
        by_whom("withdrawn_by", "withdrawn_name", "withdrawn").map(|by| (reason, by))
    });
    Ok(PetitionDocument {
        hash: parsed(row, "hash")?,
        size: row.get("size")?,
        media_type: read::word(row, "media_type")?,
        kind: read::word(row, "kind")?,
        step: read::word(row, "step")?,
        title: optional_text(row, "title")?,
        file_name: text(row, "file_name")?,
        attached: by_whom("attached_by", "attached_name", "attached")?,
        withdrawn: withdrawn.transpose()?,
    })
}
