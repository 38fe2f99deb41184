//! Chinese words for what tables show.

use ::views::{
    duties::{DutyRow, DutyState},
    funds::DifferenceKind,
    hardship::CaseState,
    history::HistoryEntry,
    medal::MedalState,
    petitions::PetitionStage,
    register::Status,
};
use domain::{
    Text,
    cadre::Sex,
    petition::{Channel, ClockName, Rung},
};
use event_log::Source;

pub(crate) fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
    }
}

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Lixiu => "离休",
        Status::Tuixiu => "退休",
        Status::None => "",
    }
}

pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "来信",
        Channel::Visit => "来访",
        Channel::Phone => "电话",
        Channel::Web => "网络",
        Channel::Oral => "口头",
    }
}

/// On which document an entry rests, and from which row it was copied.
pub(crate) fn basis(entry: &HistoryEntry) -> String {
    rests_on(entry.document.as_ref(), entry.source.as_ref())
}

/// The same of the document that an event names, and of what it was copied from.
pub(crate) fn rests_on(document: Option<&Text>, source: Option<&Source>) -> String {
    let copied = source.map(|source| {
        let sheet = source
            .sheet
            .as_ref()
            .map_or_else(String::new, |sheet| format!("·{sheet}"));
        let row = source
            .row
            .map_or_else(String::new, |row| format!(" 第{row}行"));
        format!("{}{sheet}{row}", source.document)
    });
    let named = document.map(ToString::to_string);
    [named, copied]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("；")
}

pub(crate) fn petition_stage(stage: PetitionStage) -> &'static str {
    match stage {
        PetitionStage::Received => "已登记",
        PetitionStage::Objected => "已提异议",
        PetitionStage::ReturnAgreed => "同意退回",
        PetitionStage::Accepted => "已受理",
        PetitionStage::Opined => "待送达处理意见",
        PetitionStage::Replied => "已答复",
        PetitionStage::UnderReview => "复查中",
        PetitionStage::ReviewDecided => "待送达复查意见",
        PetitionStage::Reviewed => "已复查",
        PetitionStage::UnderFinalReview => "复核中",
        PetitionStage::FinalReviewDecided => "待送达复核意见",
        PetitionStage::FinallyReviewed => "已复核",
        PetitionStage::Linked => "重复信访",
        PetitionStage::RoutedOnward => "已转送",
        PetitionStage::Returned => "已退回",
        PetitionStage::Withdrawn => "已撤回",
        PetitionStage::RefusedAsFinal => "不再受理",
        PetitionStage::Closed => "已办结",
    }
}

pub(crate) fn clock(clock: ClockName) -> &'static str {
    match clock {
        ClockName::Tell => "告知",
        ClockName::Object => "异议",
        ClockName::Handle => "办理",
        ClockName::ReviewRequest => "请求复查",
        ClockName::ReviewDecide => "复查",
        ClockName::FinalReviewRequest => "请求复核",
        ClockName::FinalReviewDecide => "复核",
    }
}

pub(crate) fn days_left(days: i32) -> String {
    match days {
        ..0 => format!("逾期 {} 天", days.unsigned_abs()),
        0 => "今天届满".to_owned(),
        1.. => format!("{days} 天"),
    }
}

/// How a duty stands: before whom it was brought while it is open, and when it was done.
pub(crate) fn duty_state(row: &DutyRow) -> String {
    let state = match row.state {
        DutyState::Open => "待办",
        DutyState::AwaitingApproval => "待批准免除",
        DutyState::Fulfilled => "已完成",
        DutyState::Waived => "已免除",
        DutyState::Cancelled => "已取消",
    };
    let more = match row.done_on {
        Some(day) => Some(format!("（{day}）")),
        None if row.state.is_open() => row.rung.map(|rung| format!("，已提醒{}", self::rung(rung))),
        None => None,
    };
    format!("{state}{}", more.unwrap_or_default())
}

fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Handler => "承办人",
        Rung::Head => "单位负责人",
        Rung::Leader => "分管领导",
    }
}

pub(crate) fn case_state(state: CaseState) -> &'static str {
    match state {
        CaseState::Opened => "已立案",
        CaseState::Assessed => "已评估",
        CaseState::Approved => "已批准",
        CaseState::Declined => "未批准",
        CaseState::Closed => "已结案",
    }
}

pub(crate) fn medal_state(state: MedalState) -> &'static str {
    match state {
        MedalState::Nominated => "已推荐",
        MedalState::Attested => "支部已审核",
        MedalState::Approved => "已批准",
        MedalState::Declined => "未同意",
        MedalState::Awarded => "已颁发",
        MedalState::Presented => "已送达",
        MedalState::ToFamily => "由家属代领",
        MedalState::Withheld => "不再颁发",
        MedalState::Revoked => "已收回",
    }
}

pub(crate) fn fund_difference(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Undecided => "已占用，案件未决定",
        DifferenceKind::NotReleased => "案件不再占用，资金未释放",
        DifferenceKind::NotSpent => "案件已发放，资金未记支出",
        DifferenceKind::NotReversed => "案件已冲销，资金未记冲销",
        DifferenceKind::NotArrived => "已结转出，下年度未转入",
        DifferenceKind::NotReserved => "案件已批准，资金未占用",
        DifferenceKind::NotPaid => "资金已记支出，案件未发放",
    }
}
