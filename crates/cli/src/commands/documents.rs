//! Files among a petition's papers, in and out.

use std::{io::Write as _, path::Path};

use app::{DocumentAbout, Ids as _, SystemIds};
use domain::{ContentHash, Text};
use event_log::RequestId;
use grpc::client::Attached;

use super::petition::choice;
use crate::{
    args,
    config::Config,
    desk::Desk,
    failure::{Exit, Failure},
    named, output,
    whole::Whole,
};

/// Puts a file among a petition's papers.
pub(super) async fn attach(args: &args::Attach, config: &Config) -> Result<(), Failure> {
    let about = DocumentAbout {
        kind: choice(&args.kind)?,
        step: choice(&args.step)?,
        title: args.title.as_deref().and_then(|t| Text::parse(t).ok()),
        file_name: file_name(&args.file)?,
    };
    let file = std::fs::read(&args.file).map_err(|e| Failure::io("read", &args.file, &e))?;
    let desk = Desk::open_to_write(config).await?;
    let petition = named::petition(&desk, &args.petition).await?;
    let request = (RequestId(SystemIds.next()), args.dry_run);
    let attached = desk
        .client
        .attach_document(petition, about, file, request)
        .await?;
    output::print(config.format, &attached, text)
}

fn file_name(file: &Path) -> Result<Text, Failure> {
    let name = file.file_name().map(|name| name.to_string_lossy());
    name.filter(|_| file.is_file())
        .and_then(|name| Text::parse(&name).ok())
        .ok_or_else(|| Failure::no_file(file))
}

fn text(attached: &Attached) -> String {
    format!("已添加附件（{}）：{}", attached.media_type, attached.hash)
}

/// Writes a document to a file, whole or not at all.
pub(super) async fn get(args: &args::Document, config: &Config) -> Result<(), Failure> {
    let hash: ContentHash = args.hash.parse().map_err(|error| {
        let (en, zh) = (format!("{error}"), "应为 64 位小写十六进制的 SHA-256");
        Failure::new(Exit::Refused, "invalid_request", en, zh)
    })?;
    let desk = Desk::open(config).await?;
    let petition = named::petition(&desk, &args.petition).await?;
    let file = Whole::begin(&args.output)?;
    let taken = desk
        .client
        .get_document(petition, hash, |part| file.file().write_all(part));
    let failed = |e| Failure::io("write", &args.output, &e);
    taken.await?.map_err(failed)?;
    file.finish()
}
