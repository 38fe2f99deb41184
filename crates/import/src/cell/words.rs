use calendar::Date;
use domain::{
    Text,
    cadre::{Living, Sex},
    hardship::Ground,
    visit::{Mode, Purpose},
};

use super::{Cell, date, squeezed, text::taken};
use crate::fault::Fault;

/// 离休 or 退休.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// 离休.
    Lixiu,
    /// 退休.
    Tuixiu,
}

/// What stands under 入党时间.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Membership {
    /// Says in words that the person is no Party member.
    None,
    /// Admitted on this day.
    Since(Date),
}

/// The entry as words are compared: without spaces and the signs around it.
fn word(cell: &Cell) -> Result<Option<String>, Fault> {
    Ok(cell
        .entry()?
        .map(|entry| squeezed(&entry).replace(['·', '.', '"', '“', '”', '\'', '‘', '’'], "")))
}

fn chosen<T>(
    cell: &Cell,
    accepted: &'static str,
    known: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Fault> {
    word(cell)?
        .map(|word| known(&word).ok_or(Fault::UnknownChoice { accepted }))
        .transpose()
}

/// 性别.
pub(crate) fn sex(cell: &Cell) -> Result<Option<Sex>, Fault> {
    chosen(cell, "男、女", |word| match word {
        "男" | "男性" | "m" | "male" => Some(Sex::Male),
        "女" | "女性" | "f" | "female" => Some(Sex::Female),
        _ => None,
    })
}

/// 离休 or 退休.
pub(crate) fn retirement(cell: &Cell) -> Result<Option<Status>, Fault> {
    chosen(cell, "离休、退休", |word| match word {
        "离休" | "离休干部" | "离休人员" | "离职休养" => Some(Status::Lixiu),
        "退休" | "退休干部" | "退休人员" | "提前退休" | "内退" | "病退" => {
            Some(Status::Tuixiu)
        }
        _ => None,
    })
}

/// 入党时间, or words that say there is none.
pub(crate) fn membership(cell: &Cell) -> Result<Option<Membership>, Fault> {
    match word(cell)?.as_deref() {
        Some(
            "群众" | "非党员" | "非中共党员" | "非党" | "未入党" | "无党派" | "无党派人士"
            | "民主党派" | "否" | "不是",
        ) => Ok(Some(Membership::None)),
        Some(_) => Ok(date(cell)?.map(Membership::Since)),
        None => Ok(None),
    }
}

/// 居住情况; what is none of the known words is kept as it was written.
pub(crate) fn living(cell: &Cell) -> Result<Option<Living>, Fault> {
    let Some(word) = word(cell)? else {
        return Ok(None);
    };
    let known = match word.as_str() {
        "独居" | "独自居住" | "单独居住" | "一人居住" | "一个人住" => {
            Living::Alone
        }
        "空巢" | "空巢老人" | "空巢家庭" => Living::EmptyNest,
        "与配偶同住"
        | "与配偶居住"
        | "与配偶一起居住"
        | "配偶"
        | "和配偶同住"
        | "与老伴同住"
        | "和老伴同住"
        | "夫妻同住"
        | "夫妻二人同住"
        | "夫妇同住" => Living::WithSpouse,
        "与子女同住"
        | "与子女居住"
        | "与子女一起居住"
        | "子女"
        | "和子女同住"
        | "随子女居住"
        | "与儿子同住"
        | "与女儿同住"
        | "与儿女同住" => Living::WithChildren,
        "与保姆同住" | "与保姆居住" | "保姆" | "和保姆同住" | "保姆照料" | "与护工同住" => {
            Living::WithCarer
        }
        "养老院" | "养老机构" | "敬老院" | "护理院" | "福利院" | "老年公寓" | "住养老院"
        | "入住养老院" | "入住养老机构" | "在养老院" | "机构养老" => {
            Living::InCareHome
        }
        _ => {
            return Ok(cell
                .entry()?
                .map(|e| taken(&e))
                .transpose()?
                .flatten()
                .map(Living::Other));
        }
    };
    Ok(Some(known))
}

/// 走访方式.
pub(crate) fn mode(cell: &Cell) -> Result<Option<Mode>, Fault> {
    chosen(
        cell,
        "上门、住院探望、电话、微信、短信、其他",
        |word| match word {
            "上门" | "入户" | "家访" | "登门" | "上门走访" | "入户走访" | "登门走访"
            | "上门慰问" | "入户慰问" | "登门慰问" | "上门看望" | "登门看望" | "走访" | "面访"
            | "到家" | "家中" => Some(Mode::Home),
            "住院探望" | "医院" | "医院探望" | "到医院" | "到医院探望" | "医院看望"
            | "病房探望" | "住院看望" | "住院慰问" | "探病" => Some(Mode::Hospital),
            "电话" | "电话慰问" | "电话联系" | "电话走访" | "电话问候" | "电话访问" | "电访"
            | "手机" | "打电话" => Some(Mode::Phone),
            "微信" | "微信联系" | "微信慰问" | "微信问候" | "微信视频" | "微信语音" => {
                Some(Mode::Wechat)
            }
            "短信" | "手机短信" | "短信问候" | "短信慰问" => Some(Mode::Sms),
            "其他" | "其它" | "其他地点" | "单位" | "社区" | "办公室" | "座谈" | "座谈会"
            | "集中慰问" | "活动中心" => Some(Mode::Elsewhere),
            _ => None,
        },
    )
}

/// 走访事由; what is none of the known words is kept as it was written.
pub(crate) fn purpose(cell: &Cell) -> Result<Option<Purpose>, Fault> {
    let Some(word) = word(cell)? else {
        return Ok(None);
    };
    let known =
        match word.as_str() {
            "住院" | "生病住院" | "住院看望" | "住院探望" | "住院慰问" | "因病住院" | "生病"
            | "患病" => Purpose::Hospitalisation,
            "生日" | "生日慰问" | "生日祝寿" | "祝寿" | "寿诞" | "过生日" | "重要生日" => {
                Purpose::Birthday
            }
            "春节" | "春节慰问" | "春节走访" | "春节走访慰问" | "新春慰问" | "春节前慰问"
            | "过年" => Purpose::SpringFestival,
            "矛盾纠纷" | "纠纷" | "家庭纠纷" | "家庭矛盾" | "矛盾" | "邻里纠纷"
            | "发生矛盾纠纷" => Purpose::Dispute,
            "生活困难" | "困难" | "困难慰问" | "困难帮扶" | "家庭困难" | "遇到困难"
            | "特困慰问" => Purpose::Hardship,
            "去世" | "逝世" | "病故" | "吊唁" | "去世吊唁" | "去世慰问" | "丧事" | "治丧"
            | "丧葬" => Purpose::Death,
            "重阳" | "重阳节" | "重阳节慰问" | "重阳慰问" | "老年节" | "敬老节" | "敬老月" => {
                Purpose::Chongyang
            }
            "七一" | "七一慰问" | "71慰问" | "建党节" | "建党节慰问" | "七一走访慰问" => {
                Purpose::JulyFirst
            }
            "国庆" | "国庆节" | "国庆慰问" | "国庆节慰问" | "十一" | "十一慰问" => {
                Purpose::NationalDay
            }
            "日常" | "日常走访" | "日常联系" | "例行走访" | "平时走访" | "走访" | "日常慰问"
            | "常规走访" => Purpose::Routine,
            _ => {
                return Ok(cell
                    .entry()?
                    .map(|e| taken(&e))
                    .transpose()?
                    .flatten()
                    .map(Purpose::Other));
            }
        };
    Ok(Some(known))
}

/// 困难原因.
pub(crate) fn ground(cell: &Cell) -> Result<Option<Ground>, Fault> {
    const ACCEPTED: &str =
        "长期住院、失能、重大疾病、生活困难、残疾无收入子女、空巢、遗属、突发灾害";
    chosen(cell, ACCEPTED, |word| match word {
        "长期住院" | "常年住院" | "长年住院" => Some(Ground::LongHospitalisation),
        "失能" | "半失能" | "失能半失能" | "生活不能自理" | "不能自理" | "失智失能"
        | "失能失智" => Some(Ground::NoSelfCare),
        "重大疾病" | "重病" | "大病" | "患重病" | "患大病" | "患重大疾病" | "因病致困"
        | "因病困难" => Some(Ground::SeriousIllness),
        "生活困难" | "家庭困难" | "经济困难" | "家庭生活困难" | "生活特困" | "特困" | "困难" => {
            Some(Ground::LivingDifficulty)
        }
        "残疾无收入子女" | "子女残疾" | "残疾子女" | "子女残疾无收入" | "有残疾无收入子女" => {
            Some(Ground::DisabledDependant)
        }
        "空巢" | "空巢老人" | "空巢困难" => Some(Ground::EmptyNest),
        "遗属" | "遗属困难" | "困难遗属" | "遗孀" => Some(Ground::Survivor),
        "突发灾害" | "灾害" | "自然灾害" | "受灾" | "遭受灾害" | "突发事件" | "意外灾害"
        | "突发意外" => Some(Ground::SuddenDisaster),
        _ => None,
    })
}

/// The 56 peoples of China, without 族.
const PEOPLES: [&str; 56] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

/// What a register may hold besides the 56.
const OTHERS: [&str; 5] = [
    "穿青人",
    "其他",
    "未识别民族",
    "外国血统",
    "外国血统中国籍人士",
];

/// 民族, in full: `汉` is `汉族`.
pub(crate) fn ethnicity(cell: &Cell) -> Result<Option<Text>, Fault> {
    let full = chosen(
        cell,
        "汉族等56个民族的名称，或“其他”",
        |word| {
            let bare = word.strip_suffix('族').unwrap_or(word);
            if PEOPLES.contains(&bare) {
                Some(format!("{bare}族"))
            } else {
                OTHERS.contains(&word).then(|| word.to_owned())
            }
        },
    )?;
    full.map_or(Ok(None), |name| taken(&name))
}
