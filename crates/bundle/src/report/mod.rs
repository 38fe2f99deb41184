//! The report for people: in Chinese, from what follows from the events and nothing else.

mod fields;
mod sections;

use calendar::{Timestamp, When};
use inspection::{Subject, deviations::DeviationReport};
use ledger::{Checkpoint, Hash, PublicKey};
use printout::{Block, Document};
use serde_json::Value;

use crate::{
    Coverage, Scope,
    coverage::{Listed, StreamGap},
};

/// What the report tells of.
pub(crate) struct Told<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) made: Timestamp,
    pub(crate) checkpoint: &'a Checkpoint,
    pub(crate) signed: Timestamp,
    pub(crate) key: &'a PublicKey,
    pub(crate) coverage: &'a Coverage,
    pub(crate) listed: &'a [Listed],
    pub(crate) state: &'a Value,
    pub(crate) state_hash: Hash,
    pub(crate) deviations: &'a DeviationReport,
}

/// How many deviations are listed at most; the file has all of them.
const MOST_DEVIATIONS: usize = 500;

/// Puts the report together.
pub(crate) fn compose(told: &Told<'_>) -> Document {
    let mut blocks = vec![Block::Facts(about(told))];
    blocks.extend([heading("覆盖范围"), Block::Paragraph(covered(told))]);
    blocks.extend(sections::of(&told.scope.subject, told.state));
    blocks.extend(deviations(told.deviations));
    blocks.extend(timeline(told.state));
    blocks.extend(listing(told.listed));
    blocks.extend([
        heading("存证"),
        Block::Facts(proof(told)),
        heading("如何核验"),
        Block::Paragraph(how_to_verify(told)),
    ]);
    Document {
        title: format!("核查报告：{}", kind(&told.scope.subject)),
        subtitle: moment(told.scope),
        footer: format!("存证 {}　制作于 {}", told.checkpoint.origin, at(told.made)),
        created: told.made,
        blocks,
    }
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Person(_) => "人员档案",
        Subject::Petition(_) => "信访件",
        Subject::Hardship(_) => "困难帮扶",
        Subject::Fund(_) => "帮扶资金",
        Subject::Unit(_) => "单位",
        Subject::Bureau => "全局",
    }
}

fn moment(scope: &Scope) -> String {
    let limit = |limit: Option<When>| limit.map_or_else(|| "不限".to_owned(), |w| w.to_string());
    format!(
        "发生截至 {}，获知截至 {}，期限按 {} 计",
        limit(scope.as_of.occurred_by),
        limit(scope.as_of.known_by),
        scope.day
    )
}

/// In Beijing, to the second.
fn at(moment: Timestamp) -> String {
    When::At(moment).to_string()
}

fn about(told: &Told<'_>) -> Vec<(String, String)> {
    let by = &told.scope.asked_by;
    let mut facts = vec![
        ("对象", subject(&told.scope.subject)),
        (
            "制作",
            format!("{}，应 {}（{}）要求", at(told.made), by.name, by.unit),
        ),
        (
            "事件",
            format!(
                "{} 个，{} 个流",
                told.coverage.events, told.coverage.streams
            ),
        ),
    ];
    if let (Some(first), Some(last)) = (told.coverage.first, told.coverage.last) {
        facts.push(("记录时间", format!("{} 至 {}", at(first), at(last))));
    }
    facts.push((
        "偏差",
        match told.deviations.deviations.len() {
            0 => "未发现".to_owned(),
            found => format!("{found} 件"),
        },
    ));
    let named = |(label, text): (&str, String)| (label.to_owned(), text);
    facts.into_iter().map(named).collect()
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Person(id) => format!("人员 {id}"),
        Subject::Petition(id) => format!("信访件 {id}"),
        Subject::Hardship(id) => format!("人员 {} 的困难帮扶（{}）", id.person, id.ground),
        Subject::Fund(id) => format!("{} {} 年度 {}", id.unit, id.year, id.source),
        Subject::Unit(unit) => format!("{unit}：现服务人员、所保管信访件和资金"),
        Subject::Bureau => "全部记录".to_owned(),
    }
}

/// What the bundle shows, and what it does not.
fn covered(told: &Told<'_>) -> String {
    let Coverage {
        events,
        whole,
        gaps,
        ..
    } = told.coverage;
    let size = told.checkpoint.size;
    let mut lines = vec![match whole {
        true => format!("本包收入检查点所覆盖的全部 {size} 个事件，一个不缺。"),
        false => format!(
            "检查点覆盖 {size} 个事件，本包收入其中 {events} 个。是否另有涉及该对象的事件，\
             由制作单位选定，本包不能证明；如需证明，请要求全局核查包。"
        ),
    }];
    if !gaps.is_empty() {
        let gap = |gap: &StreamGap| format!("{} 修订 {}–{}", gap.stream, gap.from, gap.until);
        let gaps: Vec<String> = gaps.iter().map(gap).collect();
        lines.push(format!("在所述时点不计入的事件：{}。", gaps.join("；")));
    }
    lines.push(
        "可以证明：所收事件在签名之前即已记录，其后一字未改；以下内容均由这些事件重放得出。\
         不能证明：记录的内容属实；检查点签名之后的事件。附件只收其摘要。"
            .to_owned(),
    );
    lines.join("\n")
}

fn deviations(report: &DeviationReport) -> Vec<Block> {
    if report.deviations.is_empty() {
        return vec![
            heading("偏差"),
            Block::Paragraph("按当时有效的规则逐件核对，未发现偏差。".to_owned()),
        ];
    }
    let shown = report.deviations.iter().take(MOST_DEVIATIONS);
    let rows = shown.map(|deviation| {
        let over = match (deviation.days, deviation.amount) {
            (Some(days), _) => format!("{days} 天"),
            (None, Some(amount)) => format!("{amount} 元"),
            (None, None) => String::new(),
        };
        let events = deviation.events.iter();
        let events = events.map(|event| format!("{}@{}", event.stream, event.revision));
        vec![
            deviation.kind.zh().to_owned(),
            deviation.on.to_string(),
            over,
            deviation.rule.clone(),
            events.collect::<Vec<_>>().join("\n"),
        ]
    });
    let table = table(
        &[
            ("偏差", 5),
            ("日期", 4),
            ("超出", 3),
            ("依据", 9),
            ("事件", 12),
        ],
        rows.collect(),
    );
    let mut blocks = vec![heading("偏差"), table];
    let rest = report.deviations.len().saturating_sub(MOST_DEVIATIONS);
    if rest > 0 {
        let more = format!("另有 {rest} 件，见 deviations.json。");
        blocks.push(Block::Paragraph(more));
    }
    blocks
}

/// The latest last: as it went.
fn timeline(state: &Value) -> Vec<Block> {
    let Some(history) = state["history"].as_object() else {
        return vec![];
    };
    let mut told: Vec<&Value> = history.values().collect();
    let moment = |entry: &Value, field: &str| {
        let when: Option<When> = entry[field].as_str().and_then(|text| text.parse().ok());
        when
    };
    told.sort_by_key(|entry| {
        let order = |field| moment(entry, field).map(When::earliest);
        (order("occurred"), order("recorded"))
    });
    let shown = |entry: &Value, field: &str| {
        moment(entry, field).map_or_else(|| fields::plain(&entry[field]), |w| w.to_string())
    };
    let rows = told.into_iter().map(|entry| {
        let taken_back = match entry["superseded"].as_bool() {
            Some(true) => "（已更正或撤销）",
            Some(false) | None => "",
        };
        let actor = &entry["actor"];
        vec![
            shown(entry, "occurred"),
            format!("{}{taken_back}", fields::plain(&entry["what"])),
            shown(entry, "recorded"),
            format!(
                "{}（{}）",
                fields::plain(&actor["name"]),
                fields::plain(&actor["unit"])
            ),
        ]
    });
    let header = [("发生时间", 4), ("事项", 12), ("记录时间", 4), ("经办", 5)];
    vec![heading("经过"), table(&header, rows.collect())]
}

fn listing(listed: &[Listed]) -> Vec<Block> {
    if listed.is_empty() {
        return vec![];
    }
    let rows = listed.iter().map(|event| {
        vec![
            event.index.to_string(),
            event.name.clone(),
            format!("{}@{}\n{}", event.stream, event.revision, event.id),
            event.occurred.to_string(),
            at(event.recorded),
            event.actor.clone(),
            event.leaf.to_hex(),
        ]
    });
    let header = [
        ("序号", 3),
        ("类型", 6),
        ("流@修订、编号", 9),
        ("发生", 5),
        ("记录", 5),
        ("经办", 5),
        ("存证叶哈希", 9),
    ];
    vec![heading("事件清单"), table(&header, rows.collect())]
}

fn proof(told: &Told<'_>) -> Vec<(String, String)> {
    let Checkpoint { origin, size, root } = told.checkpoint;
    [
        ("存证", origin.clone()),
        (
            "检查点",
            format!("{size} 个事件，签名于 {}", at(told.signed)),
        ),
        ("根", root.to_string()),
        ("签名公钥", told.key.to_string()),
        ("状态 SHA-256", told.state_hash.to_hex()),
    ]
    .into_iter()
    .map(|(label, text)| (label.to_owned(), text))
    .collect()
}

fn how_to_verify(told: &Told<'_>) -> String {
    let singles = match told.scope.is_wide() {
        true => "",
        false => {
            "\n不用桑榆也可核验：proofs/ 中每个事件各有一份 C2SP tlog-proof，\
             其附带数据即存证叶，叶中有 events.jsonl 该行内容的 SHA-256。"
        }
    };
    format!(
        "在任何一台计算机上运行 sangyu inspect verify 文件 --key 公钥，无须联网。\
         公钥请用先前从该单位抄存的一份，不要用本包所印的。\
         核验内容：清单签名、每个文件的 SHA-256、全部事件在检查点中的证明，\
         并由事件重放出状态、偏差和本报告，逐字比对。{singles}"
    )
}

pub(crate) fn table(columns: &[(&str, u16)], rows: Vec<Vec<String>>) -> Block {
    Block::Table {
        header: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
        widths: columns.iter().map(|(_, width)| *width).collect(),
        rows,
    }
}
