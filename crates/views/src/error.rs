use event_log::{LogError, Position};

/// Why the views cannot answer, or cannot go on. Never holds personal data.
#[derive(Debug, thiserror::Error)]
pub enum ViewsError {
    /// The page token was made for another question.
    #[error("the page token belongs to another query: repeat the query it came from, unchanged")]
    TokenOfAnotherQuery,
    /// The page token is none.
    #[error("this is no page token: leave it out to begin at the first page")]
    TokenMalformed,
    /// Too few characters to search by.
    #[error("too short to search by: give at least {least} characters")]
    SearchTooShort {
        /// How many are needed.
        least: usize,
    },
    /// There are no answers yet.
    #[error("the views are being built from the log: ask again in a moment")]
    Building,
    /// Another process is building the same file.
    #[error("another process is building views.db: wait until it is done")]
    BuiltElsewhere,
    /// The views follow the log no longer.
    #[error("the views stopped following the log: {reason}")]
    Stopped {
        /// The error that stopped them.
        reason: String,
    },
    /// The log cannot be read.
    #[error("the views cannot read the log: {0}")]
    Log(#[from] LogError),
    /// An event cannot be read.
    #[error("the event at position {position} cannot be read: {error}")]
    Decode {
        /// Where it is.
        position: Position,
        /// Why.
        error: domain::DecodeError,
    },
    /// An event speaks of something that the log has not begun yet.
    #[error("the event {name} at position {position} has no beginning in the log")]
    NoBeginning {
        /// The stored name.
        name: String,
        /// Where it is.
        position: Position,
    },
    /// The stream of an event is not named as its aggregate names streams.
    #[error("the stream of the event {name} at position {position} is misnamed")]
    Misnamed {
        /// The stored name.
        name: String,
        /// Where it is.
        position: Position,
    },
    /// The file cannot be used.
    #[error("views.db cannot be used: {0}; it can be deleted, it is built again from the log")]
    Sqlite(#[from] rusqlite::Error),
    /// The file cannot be made or put in its place.
    #[error("views.db cannot be put in its place: {0}; check the disk and the folder's rights")]
    File(#[from] std::io::Error),
    /// A row holds something that its view never wrote.
    #[error("a value of {column} cannot be read: delete views.db, it is built again from the log")]
    Damaged {
        /// The column.
        column: &'static str,
    },
    /// A task ended without an answer.
    #[error("the question was broken off: ask again")]
    BrokenOff,
}

impl ViewsError {
    /// Stable, snake_case; documented in `docs/errors.md`.
    pub fn code(&self) -> &'static str {
        match self {
            ViewsError::TokenOfAnotherQuery => "token_of_another_query",
            ViewsError::TokenMalformed => "token_malformed",
            ViewsError::SearchTooShort { .. } => "search_too_short",
            ViewsError::Building => "views_building",
            ViewsError::BuiltElsewhere => "views_built_elsewhere",
            ViewsError::Stopped { .. } => "views_stopped",
            ViewsError::Log(_) => "views_log",
            ViewsError::Decode { .. } => "views_decode",
            ViewsError::NoBeginning { .. } => "views_no_beginning",
            ViewsError::Misnamed { .. } => "views_misnamed_stream",
            ViewsError::Sqlite(_) => "views_unusable",
            ViewsError::File(_) => "views_file",
            ViewsError::Damaged { .. } => "views_damaged",
            ViewsError::BrokenOff => "views_broken_off",
        }
    }

    /// Every code with its English and Chinese text, for `docs/errors.md`.
    pub const CODES: &'static [(&'static str, &'static str, &'static str)] = &[
        (
            "search_too_short",
            "too short to search by: give at least {least} characters",
            "查询内容太短，请至少输入 {least} 个字符",
        ),
        (
            "token_malformed",
            "this is no page token: leave it out to begin at the first page",
            "翻页标记无效，请从第一页开始",
        ),
        (
            "token_of_another_query",
            "the page token belongs to another query: repeat the query it came from, unchanged",
            "翻页标记属于另一个查询，请保持原查询条件不变",
        ),
        (
            "views_broken_off",
            "the question was broken off: ask again",
            "查询被中断，请重试",
        ),
        (
            "views_building",
            "the views are being built from the log: ask again in a moment",
            "视图正在由日志重建，请稍后再查",
        ),
        (
            "views_built_elsewhere",
            "another process is building views.db: wait until it is done",
            "另一个进程正在重建 views.db，请等它完成",
        ),
        (
            "views_damaged",
            "a row of {table} cannot be read: delete views.db, it is built again from the log",
            "{table} 中有一行无法读取：请删除 views.db，将由日志重建",
        ),
        (
            "views_decode",
            "the event at position {position} cannot be read: {error}",
            "位置 {position} 的事件无法读取：{error}",
        ),
        (
            "views_file",
            "views.db cannot be put in its place: {reason}; check the disk and the folder's rights",
            "views.db 无法就位：{reason}；请检查磁盘和目录权限",
        ),
        (
            "views_log",
            "the views cannot read the log: {reason}",
            "视图无法读取日志：{reason}",
        ),
        (
            "views_misnamed_stream",
            "the stream of the event {name} at position {position} is misnamed",
            "位置 {position} 的事件 {name} 所在的流名称有误",
        ),
        (
            "views_no_beginning",
            "the event {name} at position {position} has no beginning in the log",
            "位置 {position} 的事件 {name} 在日志中没有起始事件",
        ),
        (
            "views_stopped",
            "the views stopped following the log: {reason}",
            "视图已停止跟随日志：{reason}",
        ),
        (
            "views_unusable",
            "views.db cannot be used: {reason}; it can be deleted, it is built again from the log",
            "views.db 无法使用：{reason}；可将其删除，将由日志重建",
        ),
    ];

    /// What is wrong and what to do, in Chinese. `Display` says the same in English.
    pub fn zh(&self) -> String {
        match self {
            ViewsError::TokenOfAnotherQuery => {
                "翻页标记属于另一个查询，请保持原查询条件不变".to_owned()
            }
            ViewsError::TokenMalformed => "翻页标记无效，请从第一页开始".to_owned(),
            ViewsError::SearchTooShort { least } => {
                format!("查询内容太短，请至少输入 {least} 个字符")
            }
            ViewsError::Building => "视图正在由日志重建，请稍后再查".to_owned(),
            ViewsError::BuiltElsewhere => "另一个进程正在重建 views.db，请等它完成".to_owned(),
            ViewsError::Stopped { reason } => format!("视图已停止跟随日志：{reason}"),
            ViewsError::Log(error) => format!("视图无法读取日志：{error}"),
            ViewsError::Decode { position, error } => {
                format!("位置 {position} 的事件无法读取：{error}")
            }
            ViewsError::NoBeginning { name, position } => {
                format!("位置 {position} 的事件 {name} 在日志中没有起始事件")
            }
            ViewsError::Misnamed { name, position } => {
                format!("位置 {position} 的事件 {name} 所在的流名称有误")
            }
            ViewsError::Sqlite(error) => {
                format!("views.db 无法使用：{error}；可将其删除，将由日志重建")
            }
            ViewsError::File(error) => {
                format!("views.db 无法就位：{error}；请检查磁盘和目录权限")
            }
            ViewsError::Damaged { column } => {
                format!("{column} 列中有无法读取的值：请删除 views.db，将由日志重建")
            }
            ViewsError::BrokenOff => "查询被中断，请重试".to_owned(),
        }
    }
}
