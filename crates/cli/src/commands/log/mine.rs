use std::io::{self, BufWriter};

use event_log::{EventLog, Recorded};
use inspection::mining::{Mined, Ocel, Xes};

use crate::{
    args::{Mine, Notation},
    config::Config,
    failure::{Exit, Failure},
    log_url::LogUrl,
    output,
    whole::Whole,
};

/// How many events are read at a time.
const PAGE: usize = 5_000;

/// Writes the events for process mining, whole or not at all.
pub(crate) async fn run(args: &Mine, config: &Config) -> Result<(), Failure> {
    let from = LogUrl::given_or_of(args.from.as_deref(), config)?;
    let from = from.open_to_read().await?;
    let failed = |error: io::Error| Failure::io("write", &args.file, &error);
    let file = Whole::begin(&args.file)?;
    let to = || BufWriter::new(file.file());
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
    if mined.objects == 0 {
        return Err(nothing(args));
    }
    file.finish()?;
    output::print(config.format, &mined, |Mined { events, objects }| {
        format!("已写出事件 {events}，对象或案例 {objects}")
    })
}

fn nothing(args: &Mine) -> Failure {
    let (en, zh) = match args.notation {
        Notation::Ocel => (String::new(), String::new()),
        Notation::Xes => {
            let category = &args.category;
            let en = format!(" of the category {category}: name another, such as duty or hardship");
            (en, format!("类别为 {category} 的"))
        }
    };
    let (en, zh) = (
        format!("the log holds no event{en}"),
        format!("日志中没有{zh}事件"),
    );
    Failure::new(Exit::NotFound, "nothing_to_mine", en, zh)
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
