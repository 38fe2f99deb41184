use event_log::transfer;

use super::{super::demo::progress_bar, Moved};
use crate::{args::LogImport, config::Config, failure::Failure, log_url::LogUrl, output};

/// Reads an export into a log.
pub(crate) async fn run(args: &LogImport, config: &Config) -> Result<(), Failure> {
    let manifest = args.folder.join(transfer::MANIFEST);
    if !manifest.is_file() {
        return Err(Failure::no_file(&manifest));
    }
    let to = LogUrl::parse(&args.to)?.open_to_write().await?;
    let bar = progress_bar();
    let imported = transfer::import(&args.folder, to.log.as_ref(), |done| bar.set_position(done));
    let moved = Moved::from(imported.await?);
    bar.finish_and_clear();
    output::print(config.format, &moved, Moved::text)
}
