//! What the report shows of the state, part by part. What a part holds besides is in `state.json`.

use inspection::Subject;
use printout::Block;
use serde_json::Value;

use super::{
    fields::{self, Field},
    heading, table,
};

/// Things of one kind, a row each.
struct Section {
    heading: &'static str,
    /// Where they are in the state.
    path: &'static str,
    /// Their fields, and how wide each is.
    columns: &'static [(Field, u16)],
}

/// The parts of a state, with what has rows or facts to show.
pub(super) fn of(subject: &Subject, state: &Value) -> Vec<Block> {
    let (facts, tables): (&[Field], &[Section]) = match subject {
        Subject::Person(_) => (
            PERSON,
            &[DUTIES, VISITS, CASES, PAYMENTS, MEDALS, PETITIONS],
        ),
        Subject::Petition(_) => (PETITION, &[CLOCKS, COURSES]),
        Subject::Hardship(_) => (&[], &[CASES, PAYMENTS]),
        Subject::Fund(_) => (FUND, &[]),
        Subject::Unit(_) | Subject::Bureau => (BUREAU, &[COVERAGE, FUNDS, ROUNDS]),
    };
    let mut blocks = Vec::new();
    let said = facts
        .iter()
        .map(|field| (field.label.to_owned(), field.of(state)));
    let said: Vec<_> = said.filter(|(_, text)| !text.is_empty()).collect();
    if !said.is_empty() {
        blocks.extend([heading("基本情况"), Block::Facts(said)]);
    }
    for section in tables {
        let rows = section.rows(state);
        if !rows.is_empty() {
            let header = section
                .columns
                .iter()
                .map(|(field, width)| (field.label, *width));
            let header: Vec<_> = header.collect();
            blocks.extend([heading(section.heading), table(&header, rows)]);
        }
    }
    blocks
}

impl Section {
    fn rows(&self, state: &Value) -> Vec<Vec<String>> {
        let things = state.pointer(self.path).and_then(Value::as_object);
        let mut things: Vec<_> = things.into_iter().flatten().collect();
        // What is numbered stands in the order of its numbers, the rest in that of its names.
        things.sort_by_key(|(key, _)| (key.parse::<u64>().ok(), (*key).clone()));
        let row = |(_, thing): (_, &Value)| {
            let columns = self.columns.iter();
            columns.map(|(field, _)| field.of(thing)).collect()
        };
        things.into_iter().map(row).collect()
    }
}

const PERSON: &[Field] = &[
    Field::plain("/person/profile/name", "姓名"),
    Field::word("/person/profile/sex", "性别", fields::sex),
    Field::plain("/person/profile/id_number", "公民身份号码"),
    Field::plain("/person/profile/born_on", "出生日期"),
    Field::plain("/person/profile/ethnicity", "民族"),
    Field::plain("/person/profile/native_place", "籍贯"),
    Field::word("/person/retirement/status", "离退休", fields::status),
    Field::plain("/person/retirement/joined_revolution_on", "参加革命工作"),
    Field::plain("/person/profile/joined_work_on", "参加工作"),
    Field::plain("/person/profile/retired_on", "离退休日期"),
    Field::plain("/person/profile/work_unit", "原工作单位"),
    Field::plain("/person/profile/post", "原职务"),
    Field::plain("/person/unit", "服务单位"),
    Field::plain("/person/profile/branch", "所在党支部"),
    Field::plain("/person/party/joined_on", "入党"),
    Field::plain("/person/party/standing_starts_on", "党龄起算"),
    Field::word("/person/party/basis", "起算依据", fields::standing),
    Field::plain("/person/profile/phone", "联系电话"),
    Field::plain("/person/profile/residence", "住址"),
    Field::plain("/person/profile/community", "社区"),
    Field::word("/person/living/living", "居住情况", fields::living),
    Field::word("/person/living/mobility", "行动能力", fields::mobility),
    Field::plain("/person/contact/name", "联系人"),
    Field::plain("/person/contact/from", "联系自"),
    Field::plain("/person/died_on", "去世日期"),
    Field::plain("/person/kept_as", "并入档案"),
];

const DUTIES: Section = Section {
    heading: "责任事项",
    path: "/duties",
    columns: &[
        (Field::plain("/name", "事项"), 6),
        (Field::plain("/on", "起因日期"), 4),
        (Field::plain("/known", "获知"), 4),
        (Field::plain("/due_rolled", "期限"), 4),
        (Field::word("/state", "状态", fields::duty_state), 3),
        (Field::plain("/done_on", "完成"), 4),
        (Field::yes("/missed", "曾逾期"), 2),
        (Field::word("/rung", "已提醒", fields::rung), 3),
        (Field::plain("/waiver_reason", "免除理由"), 4),
    ],
};

const VISITS: Section = Section {
    heading: "走访",
    path: "/visits",
    columns: &[
        (Field::plain("/visited", "日期"), 4),
        (Field::word("/mode", "方式", fields::mode), 3),
        (Field::word("/purpose", "事由", fields::purpose), 4),
        (Field::plain("/visitors", "走访人"), 6),
        (Field::plain("/findings", "了解到"), 7),
        (Field::plain("/needs", "诉求"), 5),
        (Field::money("/money", "慰问金（元）"), 3),
    ],
};

const CASES: Section = Section {
    heading: "困难帮扶",
    path: "/hardship",
    columns: &[
        (Field::word("/ground", "原因", fields::ground), 4),
        (Field::plain("/case", "次"), 1),
        (Field::word("/state", "状态", fields::case_state), 3),
        (Field::plain("/situation", "情况"), 7),
        (Field::plain("/opened", "立案"), 4),
        (Field::money("/recommended", "建议（元）"), 3),
        (Field::money("/approved", "批准（元）"), 3),
        (Field::money("/disbursed", "已发放（元）"), 3),
        (Field::plain("/closed", "结案"), 4),
    ],
};

const PAYMENTS: Section = Section {
    heading: "发放",
    path: "/payments",
    columns: &[
        (Field::word("/ground", "原因", fields::ground), 4),
        (Field::plain("/voucher", "凭证号"), 5),
        (Field::money("/amount", "金额（元）"), 4),
        (Field::plain("/paid_on", "发放日期"), 4),
        (Field::plain("/payer", "经办账号"), 5),
        (Field::plain("/reversed_on", "冲销日期"), 4),
    ],
};

const MEDALS: Section = Section {
    heading: "纪念章",
    path: "/medals",
    columns: &[
        (Field::plain("/year", "年度"), 2),
        (Field::word("/state", "状态", fields::medal_state), 4),
        (Field::plain("/standing_starts_on", "党龄起算"), 4),
        (Field::plain("/branch", "党支部"), 6),
        (Field::plain("/document", "文号"), 6),
        (Field::plain("/presented_on", "送达"), 4),
    ],
};

const PETITIONS: Section = Section {
    heading: "信访",
    path: "/petitions",
    columns: &[
        (Field::plain("/number", "编号"), 5),
        (Field::plain("/subject", "事由"), 9),
        (Field::word("/channel", "来源", fields::channel), 2),
        (Field::plain("/received", "收到"), 4),
        (Field::plain("/accepted", "受理"), 4),
        (Field::plain("/replied", "答复"), 4),
        (Field::word("/stage", "阶段", fields::stage), 4),
    ],
};

const PETITION: &[Field] = &[
    Field::plain("/number", "编号"),
    Field::plain("/subject", "事由"),
    Field::plain("/petitioner", "信访人"),
    Field::word("/channel", "来源", fields::channel),
    Field::word("/details/category", "分类", fields::category),
    Field::word("/stage", "阶段", fields::stage),
    Field::plain("/details/unit", "保管单位"),
    Field::plain("/details/lead", "主办单位"),
    Field::plain("/details/handler", "承办人"),
    Field::plain("/details/profile", "适用规则"),
    Field::plain("/received", "收到"),
    Field::plain("/details/told_on", "告知"),
    Field::plain("/accepted", "受理"),
    Field::plain("/replied", "答复"),
    Field::plain("/closed", "办结"),
    Field::plain("/text", "内容"),
    Field::plain("/reply", "答复内容"),
];

const CLOCKS: Section = Section {
    heading: "期限",
    path: "/details/clocks",
    columns: &[
        (Field::word("/clock", "期限", fields::clock), 3),
        (Field::plain("/course", "次"), 1),
        (Field::plain("/start", "起算"), 4),
        (Field::plain("/due_raw", "届满日"), 4),
        (Field::plain("/due_rolled", "顺延后"), 4),
        (Field::plain("/ended_on", "办结"), 4),
        (Field::word("/state", "状态", fields::clock_state), 4),
        (Field::plain("/rule", "依据"), 9),
    ],
};

const COURSES: Section = Section {
    heading: "办理",
    path: "/details/courses",
    columns: &[
        (Field::plain("/course", "次"), 1),
        (Field::plain("/accepted_on", "受理"), 4),
        (Field::plain("/extended_days", "延期（天）"), 3),
        (Field::plain("/answered_on", "答复"), 4),
        (Field::word("/outcome", "处理意见", fields::outcome), 4),
        (Field::word("/rating", "评价", fields::rating), 3),
        (Field::plain("/review_decided_on", "复查决定"), 4),
        (
            Field::word("/review_result", "复查结果", fields::review_result),
            4,
        ),
        (Field::plain("/final_decided_on", "复核决定"), 4),
        (
            Field::word("/final_result", "复核结果", fields::review_result),
            4,
        ),
    ],
};

const FUND: &[Field] = &[
    Field::plain("/fund/unit", "单位"),
    Field::plain("/fund/year", "年度"),
    Field::plain("/fund/source", "资金来源"),
    Field::money("/budget", "预算（元）"),
    Field::money("/reserved", "已批准（元）"),
    Field::money("/spent", "已支出（元）"),
    Field::money("/free", "可用（元）"),
    Field::money("/carried_in", "上年结转（元）"),
    Field::money("/carried_out", "结转下年（元）"),
    Field::money("/released", "已释放（元）"),
    Field::money("/reversed", "已冲销（元）"),
    Field::plain("/closed", "关账"),
];

const BUREAU: &[Field] = &[
    Field::plain("/counts/people", "人员"),
    Field::plain("/counts/living", "健在"),
    Field::plain("/counts/lixiu", "离休"),
    Field::plain("/counts/tuixiu", "退休"),
    Field::plain("/counts/members", "党员"),
    Field::plain("/counts/hardship", "在帮扶"),
    Field::plain("/petitions/total", "信访收到"),
    Field::plain("/petitions/told_in_time", "告知及时"),
    Field::plain("/petitions/told_late", "告知逾期"),
    Field::plain("/petitions/answered", "已答复"),
    Field::plain("/petitions/answered_in_time", "按期答复"),
    Field::plain("/petitions/answered_late", "逾期答复"),
    Field::plain("/petitions/open", "在办"),
    Field::plain("/petitions/open_overdue", "逾期未答复"),
];

const COVERAGE: Section = Section {
    heading: "责任事项",
    path: "/duties",
    columns: &[
        (Field::plain("/unit", "单位"), 7),
        (Field::plain("/name", "事项"), 8),
        (Field::plain("/due", "应办"), 2),
        (Field::plain("/in_time", "按期"), 2),
        (Field::plain("/late", "逾期完成"), 3),
        (Field::plain("/waived", "免除"), 2),
        (Field::plain("/cancelled", "取消"), 2),
        (Field::plain("/open", "未到期"), 2),
        (Field::plain("/overdue", "逾期未办"), 3),
    ],
};

const FUNDS: Section = Section {
    heading: "帮扶资金",
    path: "/funds",
    columns: &[
        (Field::plain("/fund/unit", "单位"), 7),
        (Field::plain("/fund/year", "年度"), 2),
        (Field::plain("/fund/source", "来源"), 4),
        (Field::money("/budget", "预算（元）"), 4),
        (Field::money("/reserved", "已批准（元）"), 4),
        (Field::money("/spent", "已支出（元）"), 4),
        (Field::money("/free", "可用（元）"), 4),
    ],
};

const ROUNDS: Section = Section {
    heading: "普遍走访",
    path: "/rounds",
    columns: &[
        (Field::plain("/plan/name", "名称"), 10),
        (Field::plain("/started", "开始"), 5),
        (Field::plain("/figures/eligible", "应走访"), 3),
        (Field::plain("/figures/reached", "已走访"), 3),
        (Field::plain("/figures/excused", "未能走访"), 3),
    ],
};
