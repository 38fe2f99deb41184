use calendar::{Date, IdNumber};
use domain::cadre::{Living, Profile, Retirement};
use serde::Serialize;

use super::reader::RowReader;
use crate::{
    cell::{self, Membership, Status},
    fault::{Fault, Finding},
    sheet::{Column, Layout, Row, Sheet},
};

pub(crate) static LAYOUT: Layout = Layout {
    columns: &[
        (Column::Name, &["姓名", "名字", "人员姓名", "name"]),
        (Column::IdNumber, super::ID_NUMBER),
        (Column::FormerName, &["曾用名", "原名"]),
        (Column::Sex, &["性别", "sex"]),
        (Column::Ethnicity, &["民族"]),
        (Column::NativePlace, &["籍贯", "祖籍"]),
        (
            Column::BornOn,
            &[
                "出生年月日",
                "出生日期",
                "出生年月",
                "出生时间",
                "生日",
                "出生",
                "公历生日",
            ],
        ),
        (
            Column::WorkUnit,
            &[
                "原工作单位",
                "工作单位",
                "原单位",
                "单位",
                "所在单位",
                "离退休前单位",
                "退休前单位",
                "原工作单位名称",
            ],
        ),
        (
            Column::Post,
            &[
                "原职务",
                "职务",
                "离退休前职务",
                "退休前职务",
                "原任职务",
                "原工作职务",
            ],
        ),
        (
            Column::Rank,
            &["职级", "原职级", "级别", "行政级别", "享受待遇", "待遇级别"],
        ),
        (
            Column::Retirement,
            &[
                "离休/退休",
                "离退休类别",
                "类别",
                "离退休",
                "离/退休",
                "离休或退休",
                "离退休情况",
                "离退休性质",
                "人员类别",
                "离退休类型",
            ],
        ),
        (
            Column::JoinedRevolution,
            &[
                "参加革命时间",
                "参加革命日期",
                "参加革命年月",
                "参加革命工作时间",
            ],
        ),
        (
            Column::JoinedRevolutionOrWork,
            &[
                "参加革命(工作)时间",
                "参加革命/工作时间",
                "参加工作(革命)时间",
                "参加革命或工作时间",
            ],
        ),
        (
            Column::JoinedWork,
            &["参加工作时间", "参加工作日期", "参加工作年月", "工作时间"],
        ),
        (
            Column::RetiredOn,
            &[
                "离退休时间",
                "退休时间",
                "离休时间",
                "离休/退休时间",
                "退休日期",
                "离退休日期",
                "离退休年月",
            ],
        ),
        (
            Column::JoinedParty,
            &[
                "入党时间",
                "入党日期",
                "入党年月",
                "入党年月日",
                "加入中国共产党时间",
                "参加党组织时间",
            ],
        ),
        (
            Column::FullMember,
            &[
                "转正时间",
                "转正日期",
                "转正年月",
                "转为正式党员时间",
                "入党转正时间",
            ],
        ),
        (
            Column::Branch,
            &[
                "支部",
                "所在支部",
                "党支部",
                "所在党支部",
                "所属支部",
                "所属党支部",
                "所在党组织",
            ],
        ),
        (
            Column::Residence,
            &[
                "住址",
                "家庭住址",
                "居住地址",
                "现住址",
                "地址",
                "居住地",
                "详细住址",
            ],
        ),
        (
            Column::Community,
            &["社区", "所在社区", "所属社区", "居住社区"],
        ),
        (
            Column::Phone,
            &[
                "联系电话",
                "电话",
                "手机",
                "手机号",
                "手机号码",
                "电话号码",
                "联系方式",
                "本人电话",
            ],
        ),
        (
            Column::EmergencyContact,
            &[
                "紧急联系人",
                "紧急联系人及电话",
                "家属联系人",
                "家属及电话",
                "联系人及电话",
            ],
        ),
        (
            Column::Living,
            &["居住情况", "居住状况", "居住方式", "居住形式"],
        ),
        (
            Column::MedicalInsurance,
            &["医保待遇", "医疗待遇", "医保类型", "医疗保险"],
        ),
        (
            Column::SpecialConditions,
            &[
                "特殊情况",
                "特殊情况说明",
                "备注",
                "健康状况及特殊情况",
                "其他情况",
            ],
        ),
    ],
    required: &[&[Column::Name], &[Column::IdNumber]],
    identifying: &[Column::IdNumber],
    naming: Some(Column::Name),
    in_yuan: &[],
};

/// One person as a roster has them. Its JSON is what makes two rows the same row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Person {
    pub(crate) profile: Profile,
    pub(crate) retirement: Option<Retirement>,
    pub(crate) party: Option<Party>,
    pub(crate) living: Option<Living>,
}

/// Party dates as a roster has them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Party {
    pub(crate) joined_on: Date,
    pub(crate) full_member_on: Option<Date>,
}

/// Where the date of joining the revolution can stand, the surest first.
const REVOLUTION: [Column; 3] = [
    Column::JoinedRevolution,
    Column::JoinedRevolutionOrWork,
    Column::JoinedWork,
];

/// Where the ledger has the date of joining the revolution.
pub(crate) fn revolution_column(sheet: &Sheet) -> Column {
    let column = REVOLUTION.into_iter().find(|column| sheet.has(*column));
    column.unwrap_or(Column::JoinedRevolution)
}

/// Reads a person with their ID number.
pub(crate) fn read(
    sheet: &Sheet,
    row: &Row,
    today: Date,
) -> Result<(IdNumber, Person), Vec<Finding>> {
    let mut r = RowReader::new(sheet, row, today);
    let name = r.require(Column::Name, &Fault::NameMissing, cell::name);
    let id_number = r.require(Column::IdNumber, &Fault::IdMissing, cell::id_number);
    let joined_work = r.past_date(Column::JoinedWork);
    let either = r.past_date(Column::JoinedRevolutionOrWork);
    let revolution = r.past_date(Column::JoinedRevolution);
    let retirement = retirement(&mut r, revolution.or(either).or(joined_work));
    let party = party(&mut r);
    let living = r.take(Column::Living, cell::living);
    let particulars = Profile {
        former_name: r.take(Column::FormerName, cell::name),
        sex: r.take(Column::Sex, cell::sex),
        ethnicity: r.take(Column::Ethnicity, cell::ethnicity),
        native_place: r.take(Column::NativePlace, cell::short_text),
        id_number,
        born_on: r.past_date(Column::BornOn),
        birthday: None,
        work_unit: r.take(Column::WorkUnit, cell::short_text),
        post: r.take(Column::Post, cell::short_text),
        rank: r.take(Column::Rank, cell::short_text),
        joined_work_on: joined_work.or(either).or(revolution),
        retired_on: r.past_date(Column::RetiredOn),
        branch: r.take(Column::Branch, cell::short_text),
        residence: r.take(Column::Residence, cell::short_text),
        community: r.take(Column::Community, cell::short_text),
        phone: r.take(Column::Phone, cell::phone),
        emergency_contact: r.take(Column::EmergencyContact, cell::short_text),
        medical_insurance: r.take(Column::MedicalInsurance, cell::short_text),
        special_conditions: r.take(Column::SpecialConditions, cell::short_text),
        // Last: by now the faults of all the other columns are known.
        name: match name {
            Some(name) => name,
            None => return Err(r.findings()),
        },
    };
    let person = Person {
        profile: particulars,
        retirement,
        party,
        living,
    };
    r.finish(id_number.map(|id_number| (id_number, person)))
}

fn retirement(r: &mut RowReader<'_>, revolution: Option<Date>) -> Option<Retirement> {
    match r.take(Column::Retirement, cell::retirement)? {
        Status::Tuixiu => Some(Retirement::Tuixiu),
        Status::Lixiu => {
            if revolution.is_none() && !REVOLUTION.iter().any(|column| r.is_filled(*column)) {
                r.note(revolution_column(r.sheet()), &Fault::RevolutionDateMissing);
            }
            Some(Retirement::Lixiu {
                joined_revolution_on: revolution?,
                approval: None,
            })
        }
    }
}

fn party(r: &mut RowReader<'_>) -> Option<Party> {
    let today = r.today();
    let joined = r.take(Column::JoinedParty, |entry| {
        match cell::membership(entry)? {
            Some(Membership::Since(date)) => {
                Ok(Some(Membership::Since(cell::not_after(date, today)?)))
            }
            other @ (Some(Membership::None) | None) => Ok(other),
        }
    });
    let full_member_on = r.past_date(Column::FullMember);
    match joined {
        Some(Membership::Since(joined_on)) => Some(Party {
            joined_on,
            full_member_on,
        }),
        Some(Membership::None) | None => {
            // A faulty date of admission is said already.
            let said = joined.is_none() && r.is_filled(Column::JoinedParty);
            if full_member_on.is_some() && !said {
                r.note(Column::JoinedParty, &Fault::PartyDateMissing);
            }
            None
        }
    }
}
