//! What an inspector takes home, and its check.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Write as _},
};

use ::bundle::{Coverage, Made, Maker, Scope, Verified};
use app::{Clock as _, SystemClock, bundled_law};
use calendar::{When, civil_date};
use event_log::{EventLog, Pages, Position, Recorded};
use grpc::client::BundleSummary;
use inspection::{AsOf, Selection, Subject};
use ledger::Checkpoint;
use printout::Font;
use serde::Serialize;

use super::subject;
use crate::{
    actor::actor,
    args,
    bureau::{self, Bureau, Standing},
    config::Config,
    desk::Desk,
    failure::Failure,
    log_url::LogUrl,
    output,
    whole::Whole,
};

pub(super) async fn make(args: &args::Bundle, as_of: AsOf, config: &Config) -> Result<(), Failure> {
    let file = Whole::begin(&args.out)?;
    let failed = |error: std::io::Error| Failure::io("write", &args.out, &error);
    let held = if args.subject.all {
        everything(&file, args, as_of, config).await?
    } else {
        let desk = Desk::open_signed(config).await?;
        let of = subject(&desk, &named(&args.subject)?).await?;
        let mut to = BufWriter::new(file.file());
        let made = desk
            .client
            .bundle(of, as_of, !args.no_pdf, |part| to.write_all(part));
        let held = made.await?.map_err(failed)?;
        to.flush().map_err(failed)?;
        held
    };
    file.finish()?;
    output::print(config.format, &held, |held| {
        let missing = match held.missing.is_empty() {
            true => String::new(),
            false => format!("\n字体缺字，打印件以 〓 代替：{}", held.missing),
        };
        format!(
            "已写出核查包：事件 {} 个，流 {} 个，检查点覆盖 {} 个\n存证 {}\n状态 SHA-256 {}{missing}",
            held.events, held.streams, held.size, held.origin, held.state
        )
    })
}

/// What is named by flags, as elsewhere by words.
fn named(flags: &args::BundleSubject) -> Result<args::Subject, Failure> {
    if let Some(person) = flags.person.clone() {
        return Ok(args::Subject::Person { person });
    }
    if let Some(petition) = flags.petition.clone() {
        return Ok(args::Subject::Petition { petition });
    }
    if let Some([person, ground]) = flags.case.as_deref() {
        return Ok(args::Subject::Case {
            person: person.clone(),
            ground: ground.clone(),
        });
    }
    if let Some([unit, year, source]) = flags.fund.as_deref() {
        let year = year.parse().map_err(|_| {
            Failure::usage(
                "year_malformed",
                format!("{year} is no year: write it as 2026"),
                format!("{year} 不是年度，应写作 2026"),
            )
        })?;
        return Ok(args::Subject::Fund {
            unit: unit.clone(),
            year,
            source: source.clone(),
        });
    }
    // The command line takes one of them.
    let unit = flags.unit.clone().unwrap_or_default();
    Ok(args::Subject::Unit { unit })
}

/// From the log itself, to the newest checkpoint.
async fn everything(
    file: &Whole<'_>,
    args: &args::Bundle,
    as_of: AsOf,
    config: &Config,
) -> Result<BundleSummary, Failure> {
    if let Standing::Free = bureau::standing(config)? {
        Bureau::open(config).await?.sign(config).await?;
    }
    let font = (!args.no_pdf).then(|| Font::choose(config.report.font.as_deref()));
    let font = font.transpose().map_err(::bundle::Error::from)?;
    let folder = bureau::ledger(config);
    let checkpoint = folder.note()?;
    let (Checkpoint { size, .. }, _) = folder.keys()?.open(&checkpoint)?;
    let now = SystemClock::default().now();
    let scope = Scope {
        subject: Subject::Bureau,
        as_of,
        day: as_of.day(civil_date(now)),
        asked_by: actor(config)?,
    };
    let law = bundled_law(&bureau::rules_of(config)?, &bureau::calendar_of(config)?)?;
    let mut replay = scope.replay().map_err(::bundle::Error::from)?;
    let mut maker = Maker::begin(file.file(), &scope, &law, checkpoint, &mut replay)?;
    let log = LogUrl::of_bureau(config, &config.data)?
        .open_to_read()
        .await?;
    each(log.as_ref(), size, as_of, |events| Ok(maker.take(events)?)).await?;
    let Made {
        manifest, missing, ..
    } = maker.finish(&folder, now, font.as_ref())?;
    Ok(BundleSummary {
        origin: manifest.origin,
        events: manifest.events,
        streams: manifest.streams,
        size: manifest.size,
        state: manifest.state.to_hex(),
        missing: missing.into_iter().collect(),
    })
}

/// Shows the events that count at the moment, of the first `size` of the log, each with its number.
async fn each(
    log: &dyn EventLog,
    size: u64,
    as_of: AsOf,
    mut take: impl FnMut(Vec<(u64, Recorded)>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut places: Vec<Position> = Vec::new();
    let mut selection = Selection::new(as_of);
    let number = |places: &[Position], events: Vec<Recorded>| {
        let numbered = events.into_iter().map(|event| {
            let index = places.partition_point(|place| *place < event.position);
            (index as u64, event)
        });
        numbered.collect()
    };
    let mut pages = Pages::new(log);
    while (places.len() as u64) < size && !selection.ended() {
        let mut page = pages.page().await?;
        let left = usize::try_from(size).unwrap_or(usize::MAX) - places.len();
        page.truncate(left);
        if page.is_empty() {
            break;
        }
        places.extend(page.iter().map(|event| event.position));
        take(number(&places, selection.take(page)))?;
    }
    let late = selection.finish().map_err(::bundle::Error::from)?;
    take(number(&places, late))
}

/// What was found, for programs.
#[derive(Serialize)]
struct Shown<'a> {
    origin: &'a str,
    size: u64,
    root: String,
    /// When the ledger says that it signed the checkpoint.
    signed: String,
    #[serde(flatten)]
    scope: &'a Scope,
    made: String,
    /// By which version of Sangyu.
    program: &'a str,
    state: String,
    deviations: u64,
    /// Whether the report was made again and compared.
    report: bool,
    coverage: &'a Coverage,
}

pub(super) fn verify(args: &args::VerifyBundle, config: &Config) -> Result<(), Failure> {
    let file = match args.file.is_file() {
        true => File::open(&args.file).map_err(|e| Failure::io("read", &args.file, &e))?,
        false => return Err(Failure::no_file(&args.file)),
    };
    let verified = ::bundle::verify(BufReader::new(file), &args.key.parse()?)
        .map_err(|error| Failure::from(error).in_file(&args.file))?;
    let Verified {
        manifest,
        checkpoint,
        signed,
        coverage,
        deviations,
        report,
    } = &verified;
    let shown = Shown {
        origin: &checkpoint.origin,
        size: checkpoint.size,
        root: checkpoint.root.to_string(),
        signed: signed.to_string(),
        scope: &manifest.scope,
        made: manifest.made.to_string(),
        program: &manifest.program,
        state: manifest.state.to_hex(),
        deviations: *deviations,
        report: *report,
        coverage,
    };
    output::print(config.format, &shown, text)
}

fn text(shown: &Shown<'_>) -> String {
    let Shown {
        scope, coverage, ..
    } = shown;
    let covers = match coverage.whole {
        true => format!("检查点所覆盖的全部 {} 个事件，一个不缺", shown.size),
        false => format!(
            "检查点所覆盖 {} 个事件中的 {} 个（{} 个流）",
            shown.size, coverage.events, coverage.streams
        ),
    };
    let mut lines = vec![
        "核验通过：签名、文件、全部证明成立，状态与偏差由事件重放得出".to_owned(),
        format!("时点：{}", super::moment(scope.as_of)),
        format!("覆盖：{covers}"),
        format!("偏差：{} 件", shown.deviations),
        format!(
            "检查点：{}，根 {}，签名于 {}",
            shown.origin, shown.root, shown.signed
        ),
        format!("状态 SHA-256：{}", shown.state),
        match shown.report {
            true => "report.html 已重新生成并逐字比对；report.pdf 由签名保证".to_owned(),
            false => format!(
                "报告由 {} 版生成，本版未重新生成：report.html、report.pdf 由签名保证",
                shown.program
            ),
        },
    ];
    for gap in &coverage.gaps {
        lines.push(format!(
            "所述时点不计入：{} 修订 {}–{}",
            gap.stream, gap.from, gap.until
        ));
    }
    if let (Some(first), Some(last)) = (coverage.first, coverage.last) {
        lines.push(format!(
            "记录时间：{} 至 {}",
            When::At(first),
            When::At(last)
        ));
    }
    let more = match coverage.whole {
        true => "",
        false => "是否另有涉及该对象的事件（由制作单位选定）；",
    };
    lines.push(format!(
        "不能证明：{more}检查点之后的事件；记录的内容属实；附件本身（只收摘要）"
    ));
    lines.join("\n")
}

impl From<::bundle::Error> for Failure {
    fn from(error: ::bundle::Error) -> Self {
        app::Error::from(error).into()
    }
}
