//! The Chinese terms of stored words.

use domain::{
    cadre::{Birthday, DuplicateDecision, Field, Living, Mobility, Sex, StandingBasis},
    medal::AfterDeath,
    petition::{
        Category, Channel, ClockName, Document, DocumentKind, ExemptionGround, Level, Means,
        NoticeContent, Outcome, Rating, ReviewResult, Rung, SupervisionGround, Track,
    },
    round::ExcuseGround,
    visit::{Mode, Purpose},
};

use crate::{
    duties::{DutyRow, DutyState},
    funds::DifferenceKind,
    hardship::CaseState,
    medal::MedalState,
    petitions::{ClockState, PetitionStage},
    register::Status,
};

/// How a visit was made.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Home => "上门",
        Mode::Hospital => "医院探望",
        Mode::Phone => "电话",
        Mode::Wechat => "微信",
        Mode::Sms => "短信",
        Mode::Elsewhere => "其他地点",
    }
}

/// What a visit was for.
pub fn purpose(purpose: &Purpose) -> &str {
    match purpose {
        Purpose::Hospitalisation => "住院",
        Purpose::Birthday => "生日",
        Purpose::SpringFestival => "春节慰问",
        Purpose::Dispute => "矛盾纠纷",
        Purpose::Hardship => "生活困难",
        Purpose::Death => "去世吊唁",
        Purpose::Chongyang => "重阳节慰问",
        Purpose::JulyFirst => "七一慰问",
        Purpose::NationalDay => "国庆慰问",
        Purpose::Routine => "日常走访",
        Purpose::Other(words) => words,
    }
}

pub(crate) fn excuse(ground: ExcuseGround) -> &'static str {
    match ground {
        ExcuseGround::Died => "已去世",
        ExcuseGround::Moved => "外出、迁居",
        ExcuseGround::Declined => "本人谢绝",
    }
}

/// With whom someone lives.
pub fn living(living: &Living) -> &str {
    match living {
        Living::Alone => "独居",
        Living::EmptyNest => "空巢",
        Living::WithSpouse => "与配偶同住",
        Living::WithChildren => "与子女同住",
        Living::WithCarer => "与保姆同住",
        Living::InCareHome => "住养老机构",
        Living::Other(words) => words,
    }
}

/// How well someone moves about.
pub fn mobility(mobility: Mobility) -> &'static str {
    match mobility {
        Mobility::Independent => "自理",
        Mobility::NeedsHelp => "半自理",
        Mobility::UnableToCareForSelf => "不能自理",
    }
}

/// From which step Party standing counts.
pub fn basis(basis: StandingBasis) -> &'static str {
    match basis {
        StandingBasis::Document => "依组织文件",
        StandingBasis::FullMembership => "自转正之日",
        StandingBasis::NoProbation => "无预备期，自批准入党之日",
        StandingBasis::Contradiction => "待核实：无预备期年份入党而另有转正日期",
        StandingBasis::Missing => "待核实：缺转正日期",
        StandingBasis::Gap => "待核实：党籍曾有中断",
    }
}

/// How a petition came in.
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Letter => "来信",
        Channel::Visit => "来访",
        Channel::Phone => "电话",
        Channel::Web => "网络",
        Channel::Oral => "口头",
    }
}

/// What kind of petition it is.
pub fn category(category: Category) -> &'static str {
    match category {
        Category::Suggestion => "建议意见",
        Category::Report => "检举控告",
        Category::Demand(Track::Litigation) => "申诉求决（诉讼、复议、公安）",
        Category::Demand(Track::Arbitration) => "申诉求决（仲裁）",
        Category::Demand(Track::PartyAppeal) => "申诉求决（党员申诉）",
        Category::Demand(Track::AdministrativeProcedure) => "申诉求决（行政程序）",
        Category::Demand(Track::StatutoryDuty) => "申诉求决（履行法定职责）",
        Category::Demand(Track::Investigation) => "申诉求决（调查处理）",
    }
}

pub(crate) fn means(means: Means) -> &'static str {
    match means {
        Means::OnTheSpot => "当场",
        Means::InWriting => "书面",
        Means::Post => "邮寄",
        Means::Phone => "电话",
        Means::Message => "短信、网络",
    }
}

pub(crate) fn notice(content: &NoticeContent) -> String {
    match content {
        NoticeContent::Ours => "受理情况和办理程序".to_owned(),
        NoticeContent::RoutedOnward { to } => format!("已转送{to}"),
        NoticeContent::NotOurs { go_to } => format!("不属本单位职责，请向{go_to}提出"),
        NoticeContent::Linked => "与先前信访事项一并办理".to_owned(),
        NoticeContent::NotTakenUp => "不再受理".to_owned(),
    }
}

/// What a petition was answered.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Supported => "支持",
        Outcome::Explained => "解释说明",
        Outcome::NotSupported => "不予支持",
    }
}

pub(crate) fn document_kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::LetterScan => "来信扫描件",
        DocumentKind::Photo => "照片",
        DocumentKind::Evidence => "证据材料",
        DocumentKind::Notice => "告知书",
        DocumentKind::HearingRecord => "听证笔录",
        DocumentKind::Opinion => "信访处理意见书",
        DocumentKind::DeliveryProof => "送达回证",
        DocumentKind::ReviewDecision => "复查、复核意见书",
        DocumentKind::Other => "其他材料",
    }
}

pub(crate) fn petition_document(document: Document) -> &'static str {
    match document {
        Document::Opinion => "处理意见书",
        Document::Review(Level::Review) => "复查意见",
        Document::Review(Level::FinalReview) => "复核意见",
    }
}

/// How the petitioner rated the answer.
pub fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Satisfied => "满意",
        Rating::BasicallySatisfied => "基本满意",
        Rating::Dissatisfied => "不满意",
    }
}

pub(crate) fn level(level: Level) -> &'static str {
    match level {
        Level::Review => "复查",
        Level::FinalReview => "复核",
    }
}

/// What a review decided.
pub fn review_result(result: ReviewResult) -> &'static str {
    match result {
        ReviewResult::Upheld => "维持",
        ReviewResult::Changed => "变更",
        ReviewResult::Revoked => "撤销",
    }
}

pub(crate) fn supervision(ground: SupervisionGround) -> &'static str {
    match ground {
        SupervisionGround::AcceptanceRulesBroken => "未按规定受理",
        SupervisionGround::HandlingRulesBroken => "未按规定办理",
        SupervisionGround::Shirking => "推诿敷衍拖延",
        SupervisionGround::Falsifying => "弄虚作假",
        SupervisionGround::OpinionNotExecuted => "拒不执行处理意见",
    }
}

/// A clock of a petition.
pub fn clock(clock: ClockName) -> &'static str {
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

/// A rung of the ladder.
pub fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Handler => "承办人",
        Rung::Head => "单位负责人",
        Rung::Leader => "分管领导",
    }
}

pub(crate) fn exemption(ground: ExemptionGround) -> &'static str {
    match ground {
        ExemptionGround::Unreachable => "姓名或住址不清，无从答复",
        ExemptionGround::SuggestionNotAdopted => "建议未予采纳",
        ExemptionGround::ReportHandled => "检举控告按规定处理",
        ExemptionGround::Linked => "与先前信访事项一并答复",
        ExemptionGround::RoutedOnward => "已转送并告知",
        ExemptionGround::Returned => "已退回转送单位",
        ExemptionGround::Withdrawn => "信访人撤回",
        ExemptionGround::RefusedAsFinal => "复核终结，不再受理",
    }
}

pub(crate) fn after_death(decision: AfterDeath) -> &'static str {
    match decision {
        AfterDeath::ToFamily => "交付家属",
        AfterDeath::Withheld => "不再颁发",
    }
}

pub(crate) fn duplicate(decision: DuplicateDecision) -> &'static str {
    match decision {
        DuplicateDecision::SamePerson => "与另一档案为同一人，本档案停用",
        DuplicateDecision::DifferentPeople => "与另一档案并非同一人",
    }
}

/// 男 or 女.
pub fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "男",
        Sex::Female => "女",
    }
}

fn birthday(birthday: Birthday) -> String {
    match birthday {
        Birthday::Solar { month, day } => format!("公历 {month} 月 {day} 日"),
        Birthday::Lunar { month, day } => format!("农历 {month} 月 {day} 日"),
    }
}

/// The name of a particular and its new value, such as `联系电话改为 …`.
pub(crate) fn field(field: &Field) -> String {
    fn to(name: &str, value: Option<impl ToString>) -> String {
        match value {
            Some(value) => format!("{name}改为{}", value.to_string()),
            None => format!("{name}改为不详"),
        }
    }
    match field {
        Field::Name(v) => to("姓名", Some(v)),
        Field::FormerName(v) => to("曾用名", v.as_ref()),
        Field::Sex(v) => to("性别", v.map(sex)),
        Field::Ethnicity(v) => to("民族", v.as_ref()),
        Field::NativePlace(v) => to("籍贯", v.as_ref()),
        // In full only in the event's data, which fewer people see.
        Field::IdNumber(v) => to("身份证号", v.map(|n| n.masked())),
        Field::BornOn(v) => to("出生日期", v.as_ref()),
        Field::Birthday(v) => to("生日", v.map(birthday)),
        Field::WorkUnit(v) => to("原工作单位", v.as_ref()),
        Field::Post(v) => to("原职务", v.as_ref()),
        Field::Rank(v) => to("职级", v.as_ref()),
        Field::JoinedWorkOn(v) => to("参加工作时间", v.as_ref()),
        Field::RetiredOn(v) => to("离退休时间", v.as_ref()),
        Field::Branch(v) => to("所在党支部", v.as_ref()),
        Field::Residence(v) => to("居住地址", v.as_ref()),
        Field::Community(v) => to("所在社区", v.as_ref()),
        Field::Phone(v) => to("联系电话", v.as_ref()),
        Field::EmergencyContact(v) => to("紧急联系人", v.as_ref()),
        Field::MedicalInsurance(v) => to("医保待遇", v.as_ref()),
        Field::SpecialConditions(v) => to("特殊情况", v.as_ref()),
    }
}

/// Whether someone is 离休 or 退休.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Lixiu => "离休",
        Status::Tuixiu => "退休",
        Status::None => "",
    }
}

/// How far a petition has come.
pub fn petition_stage(stage: PetitionStage) -> &'static str {
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

/// How long there is still time.
pub fn days_left(days: i32) -> String {
    match days {
        ..0 => format!("逾期 {} 天", days.unsigned_abs()),
        0 => "今天届满".to_owned(),
        1.. => format!("{days} 天"),
    }
}

/// How a duty stands.
pub fn duty(state: DutyState) -> &'static str {
    match state {
        DutyState::Open => "待办",
        DutyState::AwaitingApproval => "待批准免除",
        DutyState::Fulfilled => "已完成",
        DutyState::Waived => "已免除",
        DutyState::Cancelled => "已取消",
    }
}

/// How a duty stands: before whom it was brought while it is open, and when it was done.
pub fn duty_state(row: &DutyRow) -> String {
    let more = match row.done_on {
        Some(day) => Some(format!("（{day}）")),
        None if row.state.is_open() => row.rung.map(|rung| format!("，已提醒{}", self::rung(rung))),
        None => None,
    };
    format!("{}{}", duty(row.state), more.unwrap_or_default())
}

/// How a clock of a petition stands.
pub fn clock_state(state: ClockState) -> &'static str {
    match state {
        ClockState::Running => "进行中",
        ClockState::Warned => "将届满",
        ClockState::StandsStill => "听证期间不计",
        ClockState::Breached => "逾期未办",
        ClockState::Lapsed => "期满未行使",
        ClockState::MetInTime => "按期办结",
        ClockState::MetLate => "逾期办结",
        ClockState::Stopped => "已停止",
    }
}

/// How a hardship case stands.
pub fn case_state(state: CaseState) -> &'static str {
    match state {
        CaseState::Opened => "已立案",
        CaseState::Assessed => "已评估",
        CaseState::Approved => "已批准",
        CaseState::Declined => "未批准",
        CaseState::Closed => "已结案",
    }
}

/// How a medal stands.
pub fn medal_state(state: MedalState) -> &'static str {
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

/// What does not add up between a fund and its cases.
pub fn fund_difference(kind: DifferenceKind) -> &'static str {
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
