use event_log::transfer;

use super::{super::demo::progress_bar, Moved};
use crate::{args::Copy, config::Config, failure::Failure, log_url::LogUrl, output};

/// Copies a log to another.
pub(crate) async fn run(args: &Copy, config: &Config) -> Result<(), Failure> {
    let from = LogUrl::given_or_of(args.from.as_deref(), config)?;
    let to = LogUrl::parse(&args.to)?;
    let from = from.open_to_read().await?;
    let to = to.open_to_write().await?;
    let bar = progress_bar();
    let copied = transfer::copy(from.as_ref(), to.log.as_ref(), |done| {
        bar.set_position(done)
    });
    let moved = Moved::from(copied.await?);
    bar.finish_and_clear();
    output::print(config.format, &moved, Moved::text)
}
