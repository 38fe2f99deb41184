use event_log::{LogError, Position};

/// Declares the errors: each with its stable code and its text in both languages.
macro_rules! errors {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$vmeta:meta])*
                $variant:ident $({ $($(#[$fmeta:meta])* $field:ident : $type:ty),* $(,)? })? = $code:literal,
                    $en:literal,
                    $zh:literal;
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, thiserror::Error)]
        pub enum $name {
            $(
                $(#[$vmeta])*
                #[error($en)]
                $variant $({ $($(#[$fmeta])* $field: $type),* })?,
            )+
        }

        impl $name {
            /// Every code with the template of its English and Chinese text, for the list of errors.
            pub const CODES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($code, $en, $zh)),+];

            /// Stable, snake_case; documented in `docs/errors.md`.
            pub fn code(&self) -> &'static str {
                match self { $( $name::$variant { .. } => $code, )+ }
            }

            /// What is wrong and what to do, in Chinese. `Display` says the same in English.
            pub fn zh(&self) -> String {
                match self { $( $name::$variant $({ $($field),* })? => format!($zh), )+ }
            }
        }
    };
}

errors! {
    /// Why the views cannot answer, or cannot go on. Never holds personal data.
    pub enum ViewsError {
        /// The page token was made for another question.
        TokenOfAnotherQuery = "token_of_another_query",
            "the page token belongs to another query: repeat the query it came from, unchanged",
            "翻页标记属于另一个查询，请保持原查询条件不变";
        /// The page token is none.
        TokenMalformed = "token_malformed",
            "this is no page token: leave it out to begin at the first page",
            "翻页标记无效，请从第一页开始";
        /// Too few characters to search by.
        SearchTooShort {
            /// How many are needed.
            least: usize,
        } = "search_too_short",
            "too short to search by: give at least {least} characters",
            "查询内容太短，请至少输入 {least} 个字符";
        /// There are no answers yet.
        Building = "views_building",
            "the views are being built from the log: ask again in a moment",
            "视图正在由日志重建，请稍后再查";
        /// Another process is building the same file.
        BuiltElsewhere = "views_built_elsewhere",
            "another process is building views.db: wait until it is done",
            "另一个进程正在重建 views.db，请等它完成";
        /// The views follow the log no longer.
        Stopped {
            /// The error that stopped them.
            reason: String,
        } = "views_stopped",
            "the views stopped following the log: {reason}",
            "视图已停止跟随日志：{reason}";
        /// The log cannot be read.
        Log {
            /// Why.
            #[from]
            error: LogError,
        } = "views_log",
            "the views cannot read the log: {error}",
            "视图无法读取日志：{error}";
        /// An event cannot be read.
        Decode {
            /// Where it is.
            position: Position,
            /// Why.
            error: domain::DecodeError,
        } = "views_decode",
            "the event at position {position} cannot be read: {error}",
            "位置 {position} 的事件无法读取：{error}";
        /// An event speaks of something that the log has not begun yet.
        NoBeginning {
            /// The stored name.
            name: String,
            /// Where it is.
            position: Position,
        } = "views_no_beginning",
            "the event {name} at position {position} has no beginning in the log: check the log",
            "位置 {position} 的事件 {name} 在日志中没有起始事件，请检查日志";
        /// The stream of an event is not named as its aggregate names streams.
        Misnamed {
            /// The stored name.
            name: String,
            /// Where it is.
            position: Position,
        } = "views_misnamed_stream",
            "the stream of the event {name} at position {position} is misnamed: check the log",
            "位置 {position} 的事件 {name} 所在的流名称有误，请检查日志";
        /// The file cannot be used.
        Sqlite {
            /// Why.
            #[from]
            error: rusqlite::Error,
        } = "views_unusable",
            "views.db cannot be used: {error}; it can be deleted, it is built again from the log",
            "views.db 无法使用：{error}；可将其删除，将由日志重建";
        /// The file cannot be made or put in its place.
        File {
            /// Why.
            #[from]
            error: std::io::Error,
        } = "views_file",
            "views.db cannot be put in its place: {error}; check the disk and the folder's rights",
            "views.db 无法就位：{error}；请检查磁盘和目录权限";
        /// A row holds something that its view never wrote.
        Damaged {
            /// In which column.
            column: &'static str,
        } = "views_damaged",
            "a value of {column} cannot be read: delete views.db, it is built again from the log",
            "{column} 列中有无法读取的值：请删除 views.db，将由日志重建";
        /// A task ended without an answer.
        BrokenOff = "views_broken_off",
            "the question was broken off: ask again",
            "查询被中断，请重试";
    }
}
