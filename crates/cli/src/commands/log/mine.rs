use std::{
    io::{self, BufWriter},
    path::Path,
};

use event_log::{EventLog, Recorded};
use inspection::mining::{Mined, Ocel, Xes};

use crate::{
    args::{Mine, Notation},
    config::Config,
    failure::Failure,
    log_url::LogUrl,
    output,
};

/// How many events are read at a time.
const PAGE: usize = 5_000;

/// Writes the events for process mining, whole or not at all.
pub(crate) async fn run(args: &Mine, config: &Config) -> Result<(), Failure> {
    let from = LogUrl::given_or_of(args.from.as_deref(), config)?;
    let from = from.open_to_read().await?;
    let failed = |error: io::Error| Failure::io("write", &args.file, &error);
    let folder = args
        .file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let beside =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
    let to = || BufWriter::new(beside.as_file());
    let mined = match args.notation {
        Notation::Ocel => {
            let mut ocel = Ocel::new(to()).map_err(failed)?;
            each(from.as_ref(), |event| ocel.add(event).map_err(failed)).await?;
            ocel.finish().map_err(failed)?.0
        }
        Notation::Xes => {
            let mut xes = Xes::of(&args.category);
            each(from.as_ref(), |event| {
                xes.add(event);
                Ok(())
            })
            .await?;
            xes.write(&mut to()).map_err(failed)?
        }
    };
    beside
        .persist(&args.file)
        .map_err(|error| failed(error.error))?;
    output::print(config.format, &mined, |Mined { events, objects }| {
        format!("已写出事件 {events}，对象或案例 {objects}")
    })
}

async fn each(
    log: &dyn EventLog,
    mut take: impl FnMut(&Recorded) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let page = log.read_all(after, PAGE).await.map_err(app::Error::from)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.position);
        page.iter().try_for_each(&mut take)?;
    }
}
