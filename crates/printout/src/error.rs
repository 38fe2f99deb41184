macro_rules! errors {
    ($($(#[$meta:meta])* $variant:ident $({ $($field:ident: $doc:literal),+ })? = $code:literal, $en:literal, $zh:literal;)+) => {
        /// Why a document cannot be printed. Never holds what is in the document.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum PrintError {
            $($(#[$meta])* #[error($en)] $variant $({ $(#[doc = $doc] $field: String),+ })?,)+
        }

        impl PrintError {
            /// Every code with the templates of its texts, for the list of errors.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, $en, $zh)),+];

            /// Stable, snake_case, unique in all of Sangyu.
            pub fn code(&self) -> &'static str {
                match self { $(PrintError::$variant { .. } => $code,)+ }
            }

            /// What is wrong and what to do, in Chinese. `Display` says the same in English.
            pub fn zh(&self) -> String {
                match self {
                    $(#[allow(unused_variables, reason = "not every text shows all of them")]
                    PrintError::$variant $({ $($field),+ })? => format!($zh),)+
                }
            }
        }
    };
}

errors! {
    /// Nowhere on this machine.
    FontMissing = "font_missing",
        "there is no Chinese font on this machine: install fonts-wqy-microhei (Debian, Kylin, UOS) or wqy-microhei-fonts (openEuler, Fedora), or name a font file",
        "本机没有中文字体：请安装 fonts-wqy-microhei（Debian、麒麟、统信）或 wqy-microhei-fonts（openEuler、Fedora），或指定字体文件";
    /// The file cannot be read.
    FontUnreadable { path: "Which.", reason: "What the system says." } = "font_unreadable",
        "the font {path} cannot be read: {reason}; check the path and the rights to the file",
        "字体文件 {path} 无法读取：{reason}；请检查路径与文件权限";
    /// No font, a damaged one, or one that may not be embedded.
    FontUnusable { reason: "What is wrong with it." } = "font_unusable",
        "the font cannot be put into a document: {reason}; name another font file",
        "字体无法嵌入文档（{reason}），请指定其他字体文件";
    /// It has no Chinese characters, or no letters and digits.
    FontNotChinese = "font_not_chinese",
        "the font lacks Chinese characters, or the letters and digits beside them: name another font file, such as wqy-microhei.ttc",
        "字体不含中文字符，或不含字母和数字，请指定其他字体文件，例如 wqy-microhei.ttc";
    /// More than a PDF can hold.
    DocumentTooLarge = "document_too_large",
        "the document is larger than a PDF may be: print it in parts",
        "文档超出 PDF 的容量上限，请分为几份打印";
}
