use std::io::{self, BufWriter, Write as _};

use event_log::{EventLog, Recorded};
use inspection::mining::{Mined, Miner, Notation};

use crate::{
    args::{self, Mine},
    config::Config,
    desk::Desk,
    failure::{Exit, Failure},
    log_url::LogUrl,
    output,
    whole::Whole,
};

/// How many events are read at a time.
const PAGE: usize = 5_000;

/// Writes the events for process mining, whole or not at all.
pub(crate) async fn run(args: &Mine, config: &Config) -> Result<(), Failure> {
    let notation = match args.notation {
        args::Notation::Ocel => Notation::Ocel,
        args::Notation::Xes => Notation::Xes {
            category: args.category.clone(),
        },
    };
    let file = Whole::begin(&args.file)?;
    let failed = |error: io::Error| Failure::io("write", &args.file, &error);
    let mined = {
        let mut to = BufWriter::new(file.file());
        let mined = match &args.from {
            Some(from) => {
                let log = LogUrl::parse(from)?.open_to_read().await?;
                let mut miner = Miner::new(notation, &mut to).map_err(failed)?;
                each(log.as_ref(), |event| miner.add(event).map_err(failed)).await?;
                miner.finish().map_err(failed)?.0
            }
            None => {
                let desk = Desk::open(config).await?;
                let taken = desk.client.mined_log(notation, |part| to.write_all(part));
                taken.await?.map_err(failed)?
            }
        };
        to.flush().map_err(failed)?;
        mined
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
        args::Notation::Ocel => (String::new(), String::new()),
        args::Notation::Xes => {
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
