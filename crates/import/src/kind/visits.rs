use calendar::{Date, When};
use domain::{
    CadreId, Fen, Text,
    visit::{Mode, Purpose, Visit, Visitor},
};

use super::{Named, reader::RowReader};
use crate::{
    cell,
    fault::{Fault, Finding},
    sheet::{Column, Layout, Row, Sheet},
};

pub(crate) static LAYOUT: Layout = Layout {
    columns: &[
        (
            Column::Visited,
            &[
                "日期",
                "走访日期",
                "走访时间",
                "慰问日期",
                "慰问时间",
                "时间",
                "探望日期",
                "联系日期",
            ],
        ),
        (
            Column::Name,
            &[
                "走访对象",
                "慰问对象",
                "姓名",
                "对象",
                "被走访人",
                "走访对象姓名",
                "老干部姓名",
                "对象姓名",
                "慰问对象姓名",
                "被走访人姓名",
            ],
        ),
        (Column::IdNumber, super::ID_NUMBER),
        (
            Column::Visitors,
            &[
                "走访人",
                "走访人员",
                "慰问人",
                "慰问人员",
                "探望人",
                "参加人员",
                "走访领导",
                "走访干部",
            ],
        ),
        (
            Column::Mode,
            &[
                "方式",
                "走访方式",
                "慰问方式",
                "联系方式",
                "走访形式",
                "形式",
            ],
        ),
        (Column::Place, &["地点", "走访地点", "慰问地点"]),
        (
            Column::Purpose,
            &[
                "事由",
                "走访事由",
                "慰问事由",
                "走访原因",
                "原因",
                "走访类型",
                "慰问类型",
            ],
        ),
        (
            Column::Money,
            &["慰问金", "慰问金额", "金额", "慰问款", "发放慰问金"],
        ),
        (
            Column::Goods,
            &["慰问品", "慰问物品", "物品", "礼品", "慰问品名称"],
        ),
        (
            Column::Findings,
            &[
                "了解到的情况",
                "了解情况",
                "走访情况",
                "情况",
                "基本情况",
                "走访记录",
                "情况记录",
                "备注",
            ],
        ),
        (
            Column::Needs,
            &[
                "需要解决的问题",
                "需解决的问题",
                "存在困难",
                "困难和诉求",
                "诉求",
                "需求",
                "问题",
                "意见建议",
                "需要解决的困难",
            ],
        ),
    ],
    required: &[
        &[Column::Visited],
        &[Column::IdNumber, Column::Name],
        &[Column::Visitors],
        &[Column::Mode],
        &[Column::Purpose],
    ],
    identifying: &[Column::IdNumber],
    naming: Some(Column::Name),
    in_yuan: &[Column::Money],
};

/// A visit as a ledger has it: the person is still to be found in the register.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VisitRow {
    pub(crate) named: Named,
    visited: When,
    visitors: Vec<Visitor>,
    mode: Mode,
    place: Option<Text>,
    purpose: Purpose,
    money: Fen,
    goods: Option<Text>,
    findings: Option<Text>,
    needs: Option<Text>,
}

impl VisitRow {
    /// The visit, now that it is known whose it was.
    pub(crate) fn of(self, person: CadreId) -> Visit {
        Visit {
            person,
            visited: self.visited,
            visitors: self.visitors,
            mode: self.mode,
            place: self.place,
            purpose: self.purpose,
            money: self.money,
            goods: self.goods,
            findings: self.findings,
            needs: self.needs,
        }
    }
}

/// Reads a visit.
pub(crate) fn read(sheet: &Sheet, row: &Row, today: Date) -> Result<VisitRow, Vec<Finding>> {
    let mut r = RowReader::new(sheet, row, today);
    let visited = r.past_moment(Column::Visited);
    let named = Named::read(&mut r);
    let names = r.require(Column::Visitors, &Fault::VisitorMissing, cell::names);
    let mode = r.require(Column::Mode, &Fault::ModeMissing, cell::mode);
    let place = r.take(Column::Place, cell::short_text);
    let purpose = r.require(Column::Purpose, &Fault::PurposeMissing, cell::purpose);
    let money = r.take(Column::Money, cell::amount).unwrap_or(Fen::ZERO);
    let goods = r.take(Column::Goods, cell::short_text);
    let findings = r.take(Column::Findings, cell::short_text);
    let needs = r.take(Column::Needs, cell::short_text);
    let visitors = names.map(|names| {
        let visitor = |name| Visitor {
            name,
            post: None,
            unit: None,
            rank: None,
        };
        names.into_iter().map(visitor).collect()
    });
    let draft = (|| {
        Some(VisitRow {
            named: named?,
            visited: visited?,
            visitors: visitors?,
            mode: mode?,
            place,
            purpose: purpose?,
            money,
            goods,
            findings,
            needs,
        })
    })();
    r.finish(draft)
}
