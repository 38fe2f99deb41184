use std::fmt;

/// What stands between a log and where it is stored. Each has a stable code, and says what to do in
/// English and Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageFault {
    /// There is no room left.
    DiskFull,
    /// The file, its folder or the file system cannot be written.
    ReadOnly,
    /// Another process holds the file.
    Locked,
    /// The file cannot be opened at all.
    CannotOpen,
    /// The disk could not read, write or flush; what it holds of the last write is not known. The
    /// log takes nothing more until it is opened again.
    DiskFailed,
    /// A newer program made it.
    NewerFormat,
    /// It is something else.
    NotALog,
    /// The server of the log does not know who we say we are, or does not let them.
    LoginRefused,
    /// The server of the log does not prove that it is the one we mean.
    CertificateRefused,
}

use StorageFault::{
    CannotOpen, CertificateRefused, DiskFailed, DiskFull, Locked, LoginRefused, NewerFormat,
    NotALog, ReadOnly,
};

type Texts = (&'static str, &'static str, &'static str);

impl StorageFault {
    /// Every code with its English and Chinese text, for the list of errors.
    pub const CODES: &'static [Texts] = &[
        DiskFull.texts(),
        ReadOnly.texts(),
        Locked.texts(),
        CannotOpen.texts(),
        DiskFailed.texts(),
        NewerFormat.texts(),
        NotALog.texts(),
        LoginRefused.texts(),
        CertificateRefused.texts(),
    ];

    const fn texts(self) -> Texts {
        match self {
            DiskFull => (
                "log_disk_full",
                "the disk under the event log is full: free some space and try again",
                "事件日志所在磁盘已满，请清理空间后重试",
            ),
            ReadOnly => (
                "log_read_only",
                "the event log is read-only: allow this user to write the file and its folder",
                "事件日志只读，请授予当前用户对该文件及其目录的写权限",
            ),
            Locked => (
                "log_locked",
                "another process holds the event log: end it and try again",
                "事件日志正被另一个进程占用，请结束该进程后重试",
            ),
            CannotOpen => (
                "log_cannot_be_opened",
                "the event log cannot be opened: check that its folder exists and this user may write there",
                "事件日志无法打开，请检查目录是否存在以及当前用户的写权限",
            ),
            DiskFailed => (
                "log_disk_failed",
                "the disk under the event log reports a failure: check the disk, then start the program again",
                "事件日志所在磁盘报告故障，请检查磁盘后重新启动程序",
            ),
            NewerFormat => (
                "log_format_newer",
                "the event log was written by a newer program: update this one",
                "事件日志由更新版本的程序写成，请升级本程序",
            ),
            NotALog => (
                "log_not_a_log",
                "the file is no event log: check the path",
                "该文件不是事件日志，请核对路径",
            ),
            LoginRefused => (
                "log_login_refused",
                "the server of the event log refuses the login: check its name, its password and its rights",
                "事件日志服务器拒绝登录，请核对账号、口令与访问权限",
            ),
            CertificateRefused => (
                "log_certificate_refused",
                "the certificate of the event log's server is not trusted: check tlsCaFile, the host in the URL and the days of the certificate",
                "事件日志服务器的证书不可信，请核对 tlsCaFile、地址中的主机名与证书有效期",
            ),
        }
    }

    /// Stable, snake_case; documented in `docs/errors.md`.
    pub fn code(self) -> &'static str {
        self.texts().0
    }

    /// What is wrong and what to do, in Chinese. `Display` says the same in English.
    pub fn zh(self) -> &'static str {
        self.texts().2
    }
}

impl fmt::Display for StorageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.texts().1)
    }
}
