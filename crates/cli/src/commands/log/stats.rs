use event_log::{Stats, TypeStats, stats};
use serde::Serialize;

use super::super::demo::progress_bar;
use crate::{args, config::Config, failure::Failure, log_url::LogUrl, output};

/// A log in figures.
#[derive(Serialize)]
struct Figures {
    /// How many bytes its files have; of a server nobody can tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    disk_bytes: Option<u64>,
    #[serde(flatten)]
    stats: Stats,
}

/// Counts what a log holds.
pub(crate) async fn run(args: &args::Stats, config: &Config) -> Result<(), Failure> {
    let url = LogUrl::given_or_of(args.url.as_deref(), config)?;
    // Before it is opened: SQLite keeps files beside an open database.
    let disk_bytes = url.bytes_on_disk();
    let log = url.open_to_read().await?;
    let bar = progress_bar();
    let stats = stats(log.as_ref(), |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    let figures = Figures { disk_bytes, stats };
    output::print(config.format, &figures, text)
}

fn text(figures: &Figures) -> String {
    let Figures { disk_bytes, stats } = figures;
    let rows = stats.types.iter().map(|(name, of_type)| {
        let TypeStats {
            events,
            data_bytes,
            metadata_bytes,
        } = of_type;
        [
            name.clone(),
            events.to_string(),
            data_bytes.to_string(),
            metadata_bytes.to_string(),
        ]
    });
    let table = output::table(["类型", "事件", "数据字节", "元数据字节"], rows);
    let recorded = |moment: Option<_>| moment.map_or_else(|| "—".to_owned(), |m| format!("{m}"));
    let mut lines = vec![
        table,
        format!("事件 {}，流 {}", stats.events, stats.streams),
        format!(
            "首次记录 {}，末次记录 {}",
            recorded(stats.first_recorded),
            recorded(stats.last_recorded)
        ),
        format!("JSON {} 字节", stats.json_bytes),
    ];
    if let Some(disk) = disk_bytes.filter(|_| stats.events > 0) {
        lines.push(format!(
            "磁盘 {disk} 字节，每个事件 {} 字节，为 JSON 的 {:.2} 倍",
            disk / stats.events,
            disk as f64 / stats.json_bytes as f64
        ));
    }
    lines.join("\n")
}
