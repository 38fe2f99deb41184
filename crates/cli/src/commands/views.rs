use serde::Serialize;

use super::demo::progress_bar;
use crate::{args, config::Config, desk::Desk, failure::Failure, output};

/// What a rebuild took over.
#[derive(Debug, Serialize)]
struct Rebuilt {
    events: u64,
}

/// Builds the views anew beside the ones in use, then swaps.
pub(crate) async fn run(args: &args::Views, config: &Config) -> Result<(), Failure> {
    let args::Views::Rebuild = args;
    let desk = Desk::open_to_write(config).await?;
    let bar = progress_bar();
    let mut rebuilt = Rebuilt { events: 0 };
    desk.client
        .rebuild_views(|progress| {
            rebuilt.events = progress.events;
            bar.set_position(progress.events);
        })
        .await?;
    bar.finish_and_clear();
    output::print(config.format, &rebuilt, |r| {
        format!("rebuilt from {} events", r.events)
    })
}
