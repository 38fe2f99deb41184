use calendar::{Date, When};
use domain::Text;
use serde::Serialize;

use super::reader::RowReader;
use crate::{
    cell,
    fault::{Fault, Finding},
    sheet::{Column, Layout, Row, Sheet},
};

pub(crate) static LAYOUT: Layout = Layout {
    columns: &[
        (
            Column::Number,
            &[
                "留言编号",
                "编号",
                "信访编号",
                "来信编号",
                "受理编号",
                "件号",
                "登记号",
            ],
        ),
        (
            Column::Petitioner,
            &[
                "留言用户",
                "信访人",
                "来信人",
                "留言人",
                "用户",
                "姓名",
                "信访人姓名",
                "反映人",
                "网友",
            ],
        ),
        (
            Column::Subject,
            &[
                "留言主题",
                "主题",
                "标题",
                "留言标题",
                "信访主题",
                "来信主题",
                "信访事项",
            ],
        ),
        (
            Column::Received,
            &[
                "留言时间",
                "来信时间",
                "留言日期",
                "来信日期",
                "收到时间",
                "收到日期",
                "信访时间",
                "信访日期",
                "登记时间",
            ],
        ),
        (
            Column::Text,
            &[
                "留言详情",
                "内容",
                "留言内容",
                "详情",
                "来信内容",
                "信访内容",
                "反映问题",
                "反映内容",
            ],
        ),
        (
            Column::Reply,
            &[
                "答复意见",
                "答复",
                "答复内容",
                "回复",
                "回复内容",
                "回复意见",
                "处理意见",
            ],
        ),
        (
            Column::Replied,
            &["答复时间", "回复时间", "答复日期", "回复日期"],
        ),
    ],
    required: &[
        &[Column::Petitioner],
        &[Column::Subject],
        &[Column::Received],
        &[Column::Text],
    ],
    identifying: &[Column::Text],
    naming: None,
    in_yuan: &[],
};

/// A petition as a list of messages has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct PetitionRow {
    pub(crate) number: Option<Text>,
    pub(crate) petitioner: Text,
    pub(crate) subject: Text,
    pub(crate) text: Text,
    pub(crate) received: When,
    pub(crate) reply: Option<Reply>,
}

/// The reply with the time it was given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Reply {
    pub(crate) text: Text,
    pub(crate) delivered: When,
}

/// Reads a petition.
pub(crate) fn read(sheet: &Sheet, row: &Row, today: Date) -> Result<PetitionRow, Vec<Finding>> {
    let mut r = RowReader::new(sheet, row, today);
    let number = r.take(Column::Number, cell::short_text);
    let petitioner = r.require(Column::Petitioner, &Fault::NameMissing, cell::short_text);
    let subject = r.require(Column::Subject, &Fault::TextMissing, cell::free_text);
    let received = r.past_moment(Column::Received);
    let text = r.require(Column::Text, &Fault::TextMissing, cell::free_text);
    let reply = reply(&mut r);
    let draft = (|| {
        Some(PetitionRow {
            number,
            petitioner: petitioner?,
            subject: subject?,
            text: text?,
            received: received?,
            reply,
        })
    })();
    r.finish(draft)
}

fn reply(r: &mut RowReader<'_>) -> Option<Reply> {
    // A bare dash under 答复意见 means that there is no reply yet.
    let text = if r.is_filled(Column::Reply) {
        r.take(Column::Reply, cell::free_text)
    } else {
        None
    };
    let delivered = r.past_moment_if_any(Column::Replied);
    match (text, delivered) {
        (Some(text), Some(delivered)) => Some(Reply { text, delivered }),
        (Some(_), None) => {
            if !r.is_filled(Column::Replied) {
                r.note(Column::Replied, &Fault::ReplyTimeMissing);
            }
            None
        }
        (None, Some(_)) => {
            if !r.is_filled(Column::Reply) {
                r.note(Column::Reply, &Fault::ReplyTextMissing);
            }
            None
        }
        (None, None) => None,
    }
}
