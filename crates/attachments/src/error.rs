use domain::ContentHash;

macro_rules! errors {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$vmeta:meta])* $variant:ident { $($field:ident: $type:ty = $doc:literal),+ $(,)? } = $code:literal, $en:literal, $zh:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum $name {
            $($(#[$vmeta])* #[error($en)] $variant { $(#[doc = $doc] $field: $type),+ },)+
        }

        impl $name {
            /// Every code with the templates of its texts, for the list of errors.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, $en, $zh)),+];

            /// Stable, snake_case; documented in `docs/errors.md`.
            pub fn code(&self) -> &'static str {
                match self { $($name::$variant { .. } => $code,)+ }
            }

            /// What is wrong and what to do, in Chinese. `Display` says the same in English.
            pub fn zh(&self) -> String {
                match self { $(#[allow(unused_variables)] $name::$variant { $($field),+ } => format!($zh),)+ }
            }
        }
    };
}

errors! {
    /// Why a file is not taken, or not given.
    Error {
        /// It has more bytes than are taken.
        TooLarge { limit: u64 = "The most bytes that are taken." } = "attachment_too_large",
            "the file has over {limit} bytes: scan it with fewer dots, or in parts",
            "文件超过 {limit} 字节，请降低扫描分辨率或分成几份";
        /// Its bytes are of no type that is taken.
        TypeRefused { found: String = "What it is.", taken: String = "What is taken." } = "attachment_type_refused",
            "the file's content is {found}, and {taken} is taken: convert it",
            "文件内容为 {found}，仅接受 {taken}，请转换格式后再试";
        /// The bytes that are stored are not those that were stored.
        Damaged { hash: ContentHash = "Which." } = "attachment_damaged",
            "the stored file {hash} is damaged and is not given out: attach the same file again, or put it back from the backup",
            "所存文件 {hash} 已损坏，不予提供：请重新添加同一文件，或从备份恢复";
        /// It is not stored any more.
        Missing { hash: ContentHash = "Which." } = "attachment_missing",
            "the file {hash} is not in the store: attach the same file again, or put it back from the backup",
            "存储中没有文件 {hash}：请重新添加同一文件，或从备份恢复";
        /// The place where files are kept cannot be used.
        Unavailable { reason: String = "Why, for the operator." } = "attachments_unavailable",
            "the store of attachments cannot be used: {reason}; try again, or correct [attachments] in the configuration",
            "附件存储不可用：{reason}；请重试，或更正配置中的 [attachments]";
    }
}

impl Error {
    pub(crate) fn unavailable(reason: impl std::fmt::Display) -> Self {
        Error::Unavailable {
            reason: reason.to_string(),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::unavailable(error)
    }
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        Error::unavailable(error)
    }
}
