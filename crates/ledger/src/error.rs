use std::path::Path;

use event_log::{EventId, LogError};

macro_rules! errors {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$vmeta:meta])* $variant:ident { $($field:ident: $type:ty = $doc:literal),* $(,)? } = $code:literal, $en:literal, $zh:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, thiserror::Error)]
        pub enum $name {
            $($(#[$vmeta])* #[error($en)] $variant { $(#[doc = $doc] $field: $type),* },)+
            /// The log itself cannot be read.
            #[error("the event log cannot be read: {0}")]
            Log(#[from] LogError),
        }

        impl $name {
            /// Every code with the templates of its texts, for the list of errors.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] = &[
                $(($code, $en, $zh),)+
                ("ledger_log_unreadable", "the event log cannot be read: {reason}", "无法读取事件日志：{reason}"),
            ];

            /// Stable, snake_case; documented in `docs/errors.md`.
            pub fn code(&self) -> &'static str {
                match self {
                    $($name::$variant { .. } => $code,)+
                    $name::Log(_) => "ledger_log_unreadable",
                }
            }

            /// What is wrong and what to do, in Chinese. `Display` says the same in English.
            pub fn zh(&self) -> String {
                match self {
                    $(#[allow(unused_variables, reason = "not every text shows all of them")]
                    $name::$variant { $($field),* } => format!($zh),)+
                    $name::Log(reason) => format!("无法读取事件日志：{reason}"),
                }
            }
        }
    };
}

errors! {
    /// What the ledger refuses, or finds wrong.
    Error {
        /// It is not what it should be.
        Malformed { what: &'static str = "What it should be.", zh: &'static str = "The same in Chinese.", why: &'static str = "What is wrong with it." } = "ledger_malformed",
            "this is no {what}: {why}; get it again from whoever gave it",
            "不是有效的{zh}，请重新获取";
        /// A file of the folder holds something else.
        FileDamaged { path: String = "Which.", why: String = "What is wrong with it." } = "ledger_file_damaged",
            "{path} is damaged: {why}; put it back from the backup",
            "存证文件 {path} 已损坏，请从备份恢复";
        /// No key that is trusted has signed it.
        SignatureMissing {} = "ledger_signature_missing",
            "no key that is trusted has signed it: check that the key is this ledger's, and is used for trees of this size",
            "没有受信任密钥的签名：请核对公钥是否属于本存证、是否适用于该规模";
        /// A key that is trusted did not sign these bytes.
        SignatureWrong { name: String = "The name of the key." } = "ledger_signature_wrong",
            "the signature of {name} is not of this text: one of them was changed, so trust neither",
            "{name} 的签名与内容不符：其中之一被改动，均不可信";
        /// A proof does not lead to the root.
        ProofWrong {} = "ledger_proof_wrong",
            "the proof does not lead to the checkpoint: what it is for is not in the ledger, or the proof was changed",
            "证明与检查点不符：内容不在存证之中，或证明被改动";
        /// The tree is smaller.
        BeyondSize { asked: u64 = "What was asked for.", size: u64 = "How many leaves there are." } = "ledger_beyond_size",
            "number {asked} is asked for, and the tree has {size} leaves: ask for less, or for a later checkpoint",
            "请求的序号 {asked} 超出存证规模 {size}：请减小，或使用更新的检查点";
        /// A tile is missing, or its bytes are not those that were signed.
        TilesDamaged { tile: String = "Which." } = "ledger_tiles_damaged",
            "{tile} of the ledger is missing or damaged: end the server and run `sangyu ledger sign`, which writes the tiles anew from the log",
            "存证文件 {tile} 缺失或损坏：请停止服务后运行 sangyu ledger sign，从日志重新写出";
        /// The log does not hold the events that a checkpoint covers: that is what a ledger is to show.
        NotExtended { size: u64 = "How many events the checkpoint covers." } = "ledger_not_extended",
            "the log no longer holds the {size} events that were signed: they were changed, removed, or an older copy was put in place; nothing more is signed; run `sangyu ledger verify` to see where it differs, and keep both",
            "日志与已签名的 {size} 条事件不符：事件被改动、删除，或换成了旧副本；已停止签名，请运行 sangyu ledger verify 查明并保全现场";
        /// Nothing was signed yet.
        Empty {} = "ledger_empty",
            "nothing has been signed yet: start `sangyu serve`, or run `sangyu ledger sign`",
            "尚无签名的检查点：请启动 sangyu serve 或运行 sangyu ledger sign";
        /// It was recorded after the last checkpoint.
        EventUnsigned { event: EventId = "Which." } = "ledger_event_unsigned",
            "event {event} is not in a checkpoint yet: ask again in a second, or run `sangyu ledger sign`",
            "事件 {event} 尚未纳入检查点：请稍后再试，或运行 sangyu ledger sign";
        /// The private key is not there, and there is a checkpoint.
        KeyMissing { path: String = "Where it should be." } = "ledger_key_missing",
            "{path} is missing, and the ledger was signed with it: put it back from the backup",
            "缺少签名私钥 {path}，而存证已由其签名：请从备份恢复";
        /// The private key is not the one that signs now.
        KeyOther { path: String = "Where it is." } = "ledger_key_other",
            "{path} is not the key that the ledger is signed with now: put the right one back from the backup",
            "{path} 不是当前签名密钥：请从备份恢复正确的密钥";
        /// None of the signatures is of a witness that is known.
        WitnessUnknown {} = "ledger_witness_unknown",
            "none of the cosignatures is of a witness that is known: add its key to `ledger.witnesses` in the configuration",
            "没有已知见证人的联署：请将其公钥加入配置 ledger.witnesses";
        /// A file of the ledger cannot be read or written.
        Io { path: String = "Which.", reason: String = "What the system says." } = "ledger_io_failed",
            "{path} of the ledger cannot be read or written: {reason}; check the disk and the rights to the folder",
            "存证文件 {path} 无法读写：{reason}；请检查磁盘与目录权限";
    }
}

impl Error {
    pub(crate) fn malformed(what: What, why: &'static str) -> Self {
        let (what, zh) = what.words();
        Error::Malformed { what, zh, why }
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Error::Io {
            path: path.display().to_string(),
            reason: error.to_string(),
        }
    }
}

/// What is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What {
    /// A public key.
    PublicKey,
    /// A leaf.
    Leaf,
    /// A private key.
    PrivateKey,
    /// How a key was handed over.
    Rotation,
    /// A signed note.
    Note,
    /// A signature of a note.
    Signature,
    /// The proof of an event.
    Proof,
    /// The name of a key.
    KeyName,
    /// Numbers of leaves.
    Leaves,
    /// A key that cosigns.
    WitnessKey,
    /// A key that signs checkpoints.
    LedgerKey,
    /// A hash.
    Hash,
    /// A checkpoint.
    Checkpoint,
}

impl What {
    /// In English, and in Chinese.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            What::PublicKey => ("public key", "公钥"),
            What::Leaf => ("leaf", "存证叶"),
            What::PrivateKey => ("private key", "私钥"),
            What::Rotation => ("hand-over of a key", "密钥交接单"),
            What::Note => ("signed note", "签名文书"),
            What::Signature => ("signature line", "签名行"),
            What::Proof => ("proof", "证明"),
            What::KeyName => ("name of a key", "密钥名称"),
            What::Leaves => ("list of leaves", "存证叶序列"),
            What::WitnessKey => ("key of a witness", "见证人公钥"),
            What::LedgerKey => ("key of a ledger", "存证公钥"),
            What::Hash => ("hash", "哈希值"),
            What::Checkpoint => ("checkpoint", "检查点"),
        }
    }
}
