use serde::{Deserialize, Serialize};

use crate::{ContentHash, MediaType, Text};

/// What an attached document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 来信扫描件.
    LetterScan,
    /// 照片.
    Photo,
    /// 证据材料: whatever else shows a fact.
    Evidence,
    /// 告知书: what the petitioner was told, as it was sent.
    Notice,
    /// 听证笔录.
    HearingRecord,
    /// 信访处理意见书.
    Opinion,
    /// 送达回证: the proof of a delivery.
    DeliveryProof,
    /// 复查、复核意见书.
    ReviewDecision,
    /// 其他.
    Other,
}

/// The part of the procedure a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStep {
    /// 登记、告知.
    Intake,
    /// 办理.
    Handling,
    /// 答复、送达.
    Answer,
    /// 复查.
    Review,
    /// 复核.
    FinalReview,
    /// 督办.
    Supervision,
}

/// 附件: a scan or photo among a petition's papers. Its bytes lie in the store of attachments, under
/// the hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedDocument {
    /// The SHA-256 of its bytes; it names the document within the petition.
    pub hash: ContentHash,
    /// How many bytes.
    pub size: u64,
    /// What the bytes are, as found in them.
    pub media_type: MediaType,
    /// What it is.
    pub kind: DocumentKind,
    /// Where in the procedure it belongs.
    pub step: DocumentStep,
    /// 题名, where the kind does not say enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The file's name as it was given. Often it names a person.
    pub file_name: Text,
}

/// A document was put among the papers. Its bytes were stored before this was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentAttached {
    /// Which.
    pub document: AttachedDocument,
}

/// A document was marked as not belonging to the papers. Its bytes stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentWithdrawn {
    /// Which.
    pub hash: ContentHash,
    /// Why.
    pub reason: Text,
}
