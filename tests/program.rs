//! Runs the program on a bureau of its own.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

/// A bureau's data directory that goes with the test.
pub(crate) struct Bureau {
    dir: TempDir,
    /// The URL of its log, where that is not in the directory.
    log: Option<String>,
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// One of the ledgers that a bureau would hand over.
pub(crate) fn ledger(name: &str) -> String {
    root()
        .join("tests/data/ledgers")
        .join(name)
        .display()
        .to_string()
}

/// The program, built once.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args([
                "build",
                "--quiet",
                "--bin",
                "sangyu",
                "--message-format=json",
            ])
            .current_dir(root())
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(built.status.success(), "the program does not build");
        let messages = String::from_utf8(built.stdout).unwrap();
        let executable = messages.lines().find_map(|line| {
            serde_json::from_str::<Value>(line).ok()?["executable"]
                .as_str()
                .map(PathBuf::from)
        });
        executable.unwrap()
    })
}

/// What a call printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Its JSON, if it ended well.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }
}

/// Calls the program without a bureau.
pub(crate) fn sangyu(args: &[&str]) -> Said {
    said(command(args).output().unwrap())
}

pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(program());
    let inherited = std::env::vars().filter(|(key, _)| key.starts_with("SANGYU_"));
    inherited.for_each(|(key, _)| {
        command.env_remove(key);
    });
    command
        .args(args)
        .current_dir(root())
        .env("USER", "zhang.min");
    command
}

fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Bureau {
    pub(crate) fn new() -> Self {
        Bureau {
            dir: tempfile::tempdir().unwrap(),
            log: None,
        }
    }

    /// A bureau whose log is elsewhere.
    pub(crate) fn on(log: &str) -> Self {
        Bureau {
            log: Some(log.to_owned()),
            ..Self::new()
        }
    }

    /// A bureau with the three ledgers.
    pub(crate) fn with_ledgers() -> Self {
        let bureau = Self::new();
        for kind in ["roster", "visits", "hardship"] {
            let said = bureau.call(&["import", kind, &ledger(&format!("{kind}.xlsx"))]);
            assert_eq!(said.code, 0, "{said:?}");
        }
        bureau
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn data(&self) -> String {
        self.dir.path().join("data").display().to_string()
    }

    /// Calls the program on this bureau.
    pub(crate) fn call(&self, args: &[&str]) -> Said {
        said(self.command(args).output().unwrap())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = command(args);
        command.args(["--data", &self.data()]);
        if let Some(log) = &self.log {
            command.args(["--log", log]);
        }
        command
    }

    /// Calls it and reads its JSON.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        self.call(&[args, &["--format", "json"]].concat()).json()
    }

    /// Serves it until the answer is dropped.
    pub(crate) fn serve(&self) -> Server {
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"));
        Server {
            url: url
                .unwrap_or_else(|| panic!("it did not start: {line}"))
                .to_owned(),
            child,
        }
    }
}

/// A server that is running.
pub(crate) struct Server {
    pub(crate) url: String,
    child: Child,
}

impl Server {
    /// Ends it as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as a service manager would.
    pub(crate) fn terminate(&mut self) -> i32 {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
