//! Who the made-up people are.

use std::collections::HashMap;

use calendar::{Date, IdNumber};
use domain::{
    Text,
    cadre::{Birthday, Living, Profile, Retirement, Sex},
};
use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

const FAMILY: &str = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛";
const GIVEN: &str = "国建文明德志永春秀英兰芳玉桂珍华荣福祥庆生东海山林峰成义忠信仁光辉平安康宁军民强伟杰才学思远清雪梅月红霞云凤娟丽淑贤惠敏静慧美";
const OFFICES: [&str; 24] = [
    "教育局",
    "卫生健康局",
    "财政局",
    "民政和人力资源局",
    "市场监督管理局",
    "水利局",
    "农业农村局",
    "文化广电旅游局",
    "住房城乡建设局",
    "自然资源局",
    "交通运输局",
    "税务局",
    "人民法院",
    "人民检察院",
    "公安局",
    "司法局",
    "统计局",
    "审计局",
    "科学技术局",
    "总工会",
    "妇女联合会",
    "图书馆",
    "第一人民医院",
    "第一中学",
];
const POSTS: [&str; 10] = [
    "局长",
    "副局长",
    "处长",
    "科长",
    "主任科员",
    "工程师",
    "教师",
    "主任医师",
    "会计师",
    "调研员",
];
const NATIVE: [&str; 8] = [
    "广东顺德",
    "广东南海",
    "广东梅县",
    "湖南长沙",
    "福建莆田",
    "江西赣州",
    "广西梧州",
    "山东菏泽",
];

/// A made-up person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) profile: Profile,
    pub(crate) retirement: Option<Retirement>,
    pub(crate) joined_party: Option<(Date, Date)>,
    pub(crate) living: Living,
    pub(crate) born: Date,
}

/// Makes people one after the other; no ID number twice.
pub(crate) struct Maker {
    rng: ChaCha8Rng,
    born_that_day: HashMap<Date, u32>,
    branches: u32,
}

impl Maker {
    pub(crate) fn new(rng: ChaCha8Rng, branches: u32) -> Self {
        Maker {
            rng,
            born_that_day: HashMap::new(),
            branches,
        }
    }

    /// The next person. Two in a hundred are 离休, three in four are members.
    pub(crate) fn person(&mut self) -> Person {
        let lixiu = self.rng.random_ratio(2, 100);
        let born = if lixiu {
            self.date(1924, 1931)
        } else {
            self.date(1935, 1964)
        };
        let sex = if self.rng.random_ratio(3, 5) {
            Sex::Male
        } else {
            Sex::Female
        };
        let joined_work = if lixiu {
            self.date(1944, 1948)
        } else {
            let year = born.year() + self.rng.random_range(17..24);
            self.date(year, year)
        };
        let member = self.rng.random_ratio(3, 4);
        let joined_party = member.then(|| {
            // Nobody is admitted under eighteen.
            let first = (joined_work.year() + 1).max(born.year() + 19);
            let joined = self.date(first, (first + 18).min(2008));
            // Without probation from 1969-04-01 to 1977-08-11, else a year.
            let window = Date::constant(1969, 4, 1)..=Date::constant(1977, 8, 11);
            if window.contains(&joined) {
                (joined, joined)
            } else {
                (joined, a_year_after(joined))
            }
        });
        let mut profile = Profile::named(self.name());
        profile.sex = Some(sex);
        profile.ethnicity = text("汉族");
        profile.native_place = self.one_of(&NATIVE);
        profile.id_number = self.id_number(born, sex);
        profile.born_on = Some(born);
        profile.birthday = Some(if self.rng.random_ratio(1, 3) {
            Birthday::Lunar {
                month: self.rng.random_range(1..=12),
                day: self.rng.random_range(1..=29),
            }
        } else {
            Birthday::Solar {
                month: born.month(),
                day: born.day(),
            }
        });
        let office = OFFICES.choose(&mut self.rng).copied().unwrap_or_default();
        profile.work_unit = text(&format!("区{office}"));
        profile.post = self.one_of(&POSTS);
        profile.joined_work_on = Some(joined_work);
        let retired = born.year() + if sex == Sex::Male { 60 } else { 55 };
        profile.retired_on = Some(self.date(retired.min(2023), retired.min(2023)));
        let branch = self.rng.random_range(1..=self.branches);
        profile.branch = joined_party.and(text(&format!("离退休第{branch}党支部")));
        let community = self.rng.random_range(1..=40);
        profile.community = text(&format!("第{community}社区"));
        let room = self.rng.random_range(101..=2804);
        profile.residence = text(&format!(
            "示范路{}号{room}室",
            self.rng.random_range(1..=300)
        ));
        profile.phone = text(&format!("1390000{:04}", self.rng.random_range(0..10_000)));
        let retirement = Some(if lixiu {
            Retirement::Lixiu {
                joined_revolution_on: joined_work,
                approval: None,
            }
        } else {
            Retirement::Tuixiu
        });
        let living = [
            Living::Alone,
            Living::EmptyNest,
            Living::EmptyNest,
            Living::WithSpouse,
            Living::WithSpouse,
            Living::WithSpouse,
            Living::WithChildren,
            Living::WithCarer,
            Living::InCareHome,
        ];
        let living = living
            .choose(&mut self.rng)
            .cloned()
            .unwrap_or(Living::WithSpouse);
        Person {
            profile,
            retirement,
            joined_party,
            living,
            born,
        }
    }

    /// A date between the first day of one year and the twenty-eighth of the last month of another.
    fn date(&mut self, from_year: i16, to_year: i16) -> Date {
        let year = self.rng.random_range(from_year..=to_year.max(from_year));
        Date::new(
            year,
            self.rng.random_range(1..=12),
            self.rng.random_range(1..=28),
        )
        .unwrap_or(Date::ZERO)
    }

    fn name(&mut self) -> Text {
        let letter = |rng: &mut ChaCha8Rng, letters: &str| {
            let all: Vec<char> = letters.chars().collect();
            all.choose(rng).copied().unwrap_or('桑')
        };
        let mut name = String::from(letter(&mut self.rng, FAMILY));
        for _ in 0..self.rng.random_range(1..=2) {
            name.push(letter(&mut self.rng, GIVEN));
        }
        text(&name).unwrap_or_else(nobody)
    }

    /// Division 3599xx was never given; the order number counts those born on one day.
    fn id_number(&mut self, born: Date, sex: Sex) -> Option<IdNumber> {
        let count = self.born_that_day.entry(born).or_default();
        *count += 1;
        let order = *count * 2 + u32::from(sex == Sex::Male);
        let division = 10 + order / 1000;
        let body = format!(
            "3599{division:02}{:04}{:02}{:02}{:03}",
            born.year(),
            born.month(),
            born.day(),
            order % 1000
        );
        "0123456789X"
            .chars()
            .find_map(|check| IdNumber::parse(&format!("{body}{check}")).ok())
    }

    fn one_of(&mut self, words: &[&str]) -> Option<Text> {
        words.choose(&mut self.rng).and_then(|word| text(word))
    }
}

pub(crate) fn text(words: &str) -> Option<Text> {
    Text::parse(words).ok()
}

/// For words that are never empty.
pub(crate) fn words(text: &str) -> Text {
    Text::parse(text).unwrap_or_else(|_| nobody())
}

#[allow(clippy::expect_used, reason = "a literal that is not empty")]
fn nobody() -> Text {
    Text::parse("某某").expect("two characters")
}

fn a_year_after(date: Date) -> Date {
    Date::new(date.year() + 1, date.month(), date.day()).unwrap_or(date)
}
