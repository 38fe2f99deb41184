use domain::Rejection as _;
use inspection::deviations::JudgeError;
use views::ViewsError;

domain::rejections! {
    /// What is wrong with a bundle.
    pub enum BundleFault {
        /// It is no archive, or not one that we wrote.
        NotABundle { why: String } = "bundle_malformed",
            "this is no inspection bundle: {why}; get it again from whoever gave it",
            "不是有效的核查包，请重新获取";
        /// Of a version to come.
        Newer { format: String } = "bundle_newer",
            "the bundle has the form {format}, which this version does not know: verify it with a newer one",
            "核查包格式为 {format}，当前版本无法识别：请用更新的版本核验";
        /// A file is not there.
        FileMissing { file: String } = "bundle_file_missing",
            "{file} is missing from the bundle: something was taken out, so do not rely on it",
            "核查包缺少 {file}：内容已被取出，不可采信";
        /// A file that the manifest does not name.
        FileUnknown { file: String } = "bundle_file_unknown",
            "{file} is not listed in the manifest of the bundle: something was put in, so do not rely on it",
            "{file} 不在核查包清单中：内容系后加，不可采信";
        /// A file is not what the manifest says.
        FileChanged { file: String } = "bundle_file_changed",
            "{file} is not what the manifest of the bundle lists: one of them was changed, so do not rely on it",
            "{file} 与核查包清单不符：其中之一被改动，不可采信";
        /// A file does not hold what it should.
        FileMalformed { file: String, why: String } = "bundle_file_malformed",
            "{file} of the bundle cannot be read: {why}; do not rely on it",
            "核查包中的 {file} 无法读取，不可采信";
        /// The manifest is not the one that was signed.
        ManifestChanged {} = "bundle_manifest_changed",
            "the manifest is not the one that was signed: it was changed, so do not rely on the bundle",
            "核查包清单与签名不符：清单被改动，不可采信";
        /// An event is not where it should be, or does not count at the moment of the bundle.
        EventStray { line: usize } = "bundle_event_stray",
            "the event in line {line} of events.jsonl does not belong there: it is out of order, or does not count at the moment of the bundle",
            "events.jsonl 第 {line} 行的事件不应在此：顺序有误，或在所述时点不计入";
        /// Something does not follow from the events.
        NotDerived { file: String } = "bundle_not_derived",
            "{file} of the bundle is not what follows from its events: it was changed before it was signed",
            "核查包中的 {file} 与事件重放结果不符：签名前已被改动";
        /// Nothing counts.
        Empty {} = "bundle_empty",
            "nothing was recorded of it by that moment: name a later one",
            "截至该时点没有相关记录：请指定更晚的时点";
    }
}

/// Why a bundle cannot be made, or does not hold.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bundle itself is wrong.
    #[error(transparent)]
    Fault(#[from] BundleFault),
    /// The proofs or the signatures are wrong, or the ledger cannot give them.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The events cannot be folded.
    #[error(transparent)]
    Views(#[from] ViewsError),
    /// The events cannot be judged.
    #[error(transparent)]
    Judge(#[from] JudgeError),
    /// The report cannot be printed.
    #[error(transparent)]
    Print(#[from] printout::PrintError),
    /// The file cannot be read or written.
    #[error("the bundle cannot be read or written: {0}; check the disk and the rights to it")]
    Io(#[from] std::io::Error),
}

impl Error {
    /// The codes that are not a fault's of the bundle itself, with their texts.
    pub const CODES: &'static [(&'static str, &'static str, &'static str)] = &[
        (
            "bundle_not_judged",
            "the events cannot be judged: {reason}",
            "无法按规则核对事件：{reason}",
        ),
        (
            "bundle_io_failed",
            "the bundle cannot be read or written: {reason}; check the disk and the rights to it",
            "核查包无法读写：{reason}；请检查磁盘与权限",
        ),
    ];

    /// Stable, snake_case; documented in `docs/errors.md`.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Fault(fault) => fault.code(),
            Error::Ledger(error) => error.code(),
            Error::Views(error) => error.code(),
            Error::Judge(_) => "bundle_not_judged",
            Error::Print(error) => error.code(),
            Error::Io(_) => "bundle_io_failed",
        }
    }

    /// What is wrong and what to do, in Chinese. `Display` says the same in English.
    pub fn zh(&self) -> String {
        match self {
            Error::Fault(fault) => fault.zh(),
            Error::Ledger(error) => error.zh(),
            Error::Views(error) => error.zh(),
            Error::Judge(reason) => format!("无法按规则核对事件：{reason}"),
            Error::Print(error) => error.zh(),
            Error::Io(reason) => format!("核查包无法读写：{reason}；请检查磁盘与权限"),
        }
    }

    pub(crate) fn malformed(file: &str, why: impl ToString) -> Self {
        let (file, why) = (file.to_owned(), why.to_string());
        BundleFault::FileMalformed { file, why }.into()
    }
}
