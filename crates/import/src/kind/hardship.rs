use calendar::Date;
use domain::{Fen, Text, hardship::Ground};
use serde::Serialize;

use super::{Named, reader::RowReader};
use crate::{
    cell,
    fault::{Fault, Finding},
    sheet::{Column, Layout, Row, Sheet},
};

pub(crate) static LAYOUT: Layout = Layout {
    columns: &[
        (Column::Year, &["年度", "年份", "帮扶年度", "所属年度"]),
        (
            Column::Name,
            &[
                "姓名",
                "名字",
                "帮扶对象",
                "对象",
                "困难对象",
                "受助人",
                "帮扶对象姓名",
                "困难人员姓名",
            ],
        ),
        (Column::IdNumber, super::ID_NUMBER),
        (
            Column::Ground,
            &[
                "困难原因",
                "困难类型",
                "困难类别",
                "致困原因",
                "帮扶原因",
                "困难情形",
                "困难情况",
            ],
        ),
        (
            Column::Amount,
            &[
                "帮扶金额",
                "金额",
                "发放金额",
                "补助金额",
                "救助金额",
                "帮扶资金",
                "慰问金",
                "慰问金额",
            ],
        ),
        (
            Column::PaidOn,
            &[
                "发放日期",
                "发放时间",
                "帮扶日期",
                "帮扶时间",
                "日期",
                "支付日期",
                "领取日期",
            ],
        ),
        (
            Column::Voucher,
            &["凭证号", "凭证号码", "凭证编号", "付款凭证号", "发放凭证号"],
        ),
        (Column::Remark, &["备注", "说明"]),
    ],
    required: &[
        &[Column::IdNumber, Column::Name],
        &[Column::Ground],
        &[Column::Amount],
        &[Column::PaidOn],
    ],
    identifying: &[Column::IdNumber],
    naming: Some(Column::Name),
    in_yuan: &[Column::Amount],
};

/// A payment of hardship aid as a ledger has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PaymentRow {
    pub(crate) named: Named,
    pub(crate) ground: Ground,
    pub(crate) payment: Payment,
}

/// The payment itself. Its JSON, with whose it is, is what makes two rows the same row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Payment {
    pub(crate) voucher: Option<Text>,
    pub(crate) year: i16,
    pub(crate) amount: Fen,
    pub(crate) paid_on: Date,
    pub(crate) remark: Option<Text>,
}

/// Reads a payment.
pub(crate) fn read(sheet: &Sheet, row: &Row, today: Date) -> Result<PaymentRow, Vec<Finding>> {
    let mut r = RowReader::new(sheet, row, today);
    let year = r.take(Column::Year, cell::year);
    let named = Named::read(&mut r);
    let ground = r.require(Column::Ground, &Fault::GroundMissing, cell::ground);
    let amount = r.require(Column::Amount, &Fault::AmountMissing, cell::amount);
    let paid_on = r.require(Column::PaidOn, &Fault::DateMissing, |entry| {
        cell::date(entry)?
            .map(|date| cell::not_after(date, today))
            .transpose()
    });
    let voucher = r.take(Column::Voucher, cell::short_text);
    let remark = r.take(Column::Remark, cell::short_text);
    let draft = (|| {
        let paid_on = paid_on?;
        // A ledger without the column has no other year than that of the payment.
        let year = year.unwrap_or(paid_on.year());
        let payment = Payment {
            voucher,
            year,
            amount: amount?,
            paid_on,
            remark,
        };
        Some(PaymentRow {
            named: named?,
            ground: ground?,
            payment,
        })
    })();
    r.finish(draft)
}
