use event_log::transfer::{self, Manifest};

use super::{super::demo::progress_bar, holdings};
use crate::{args::Export, config::Config, failure::Failure, log_url::LogUrl, output};

/// Writes a log as JSON Lines.
pub(crate) async fn run(args: &Export, config: &Config) -> Result<(), Failure> {
    let from = LogUrl::given_or_of(args.from.as_deref(), config)?;
    let from = from.open_to_read().await?;
    let bar = progress_bar();
    let exported = transfer::export(from.as_ref(), &args.folder, |done| bar.set_position(done));
    let manifest = exported.await?;
    bar.finish_and_clear();
    output::print(config.format, &manifest, text)
}

fn text(manifest: &Manifest) -> String {
    let Manifest { summary, files, .. } = manifest;
    format!("已导出 {} 个文件：{}", files.len(), holdings(summary))
}
