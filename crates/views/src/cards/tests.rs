use calendar::When;
use domain::{
    AgeBasis, BirthdayRules, CadreId, Fen, NamedAge,
    cadre::{
        Birthday, ContactAssigned, DeathRecorded, Living, LivingRecorded, Mobility, Retirement,
    },
    hardship::{Ground, Hardship, HardshipClosed, HardshipId, HardshipOpened},
    medal::{Medal, MedalDeclined, MedalNominated},
    plan::{Plan, PlanAdopted, PlanClosed},
    visit::{Mode, Purpose, VisitRecord, VisitRecorded},
};

use super::*;
use crate::{
    PageRequest,
    hardship::CaseState,
    medal::MedalState,
    register::{Find, Status, find},
    testing::{Past, Rows, date, person, staff, text, unit, visit, visit_id, when},
};

const TODAY: &str = "2026-05-01";

fn rules() -> BirthdayRules {
    BirthdayRules {
        named: vec![NamedAge {
            age: 90,
            basis: AgeBasis::Full,
        }],
    }
}

impl Past {
    fn paired(&mut self, n: u32, name: &str, of: &str, with: &str) -> CadreId {
        let who = self.registered(n, name, |e| e.unit = unit(of));
        let assigned = ContactAssigned {
            staff: staff(with),
            name: text(with),
            from: date("2026-01-05"),
        };
        self.cadre(who, assigned);
        who
    }

    fn was_visited(&mut self, n: u32, who: CadreId, on: &str, mode: Mode) {
        let visit = domain::visit::Visit {
            person: who,
            visited: when(on),
            mode,
            purpose: Purpose::Routine,
            money: Fen::ZERO,
            ..visit(n)
        };
        let days_late = None;
        self.then::<VisitRecord>(visit_id(n), &[who], VisitRecorded { visit, days_late });
    }
}

fn card(rows: &Rows, who: CadreId) -> ContactCard {
    get(rows, who, &rules(), date(TODAY)).unwrap().unwrap()
}

fn listed(rows: &Rows, contact: Option<&str>, of: Option<&str>) -> Vec<String> {
    let filter = CardFilter {
        contact: contact.map(staff),
        unit: of.map(str::to_owned),
    };
    let found = list(
        rows,
        &filter,
        &rules(),
        date(TODAY),
        &PageRequest::default(),
    )
    .unwrap();
    found
        .items
        .iter()
        .map(|card| card.name.to_string())
        .collect()
}

#[test]
fn a_contact_has_the_cards_of_the_living_they_are_paired_with() {
    let mut past = Past::default();
    past.paired(1, "王佳", "老干部局", "zhao");
    past.paired(2, "单丹", "教育局", "zhao");
    past.paired(3, "李乐", "老干部局", "liu");
    past.registered(4, "陈宝", |_| ());
    let died = past.paired(5, "刘祥", "老干部局", "zhao");
    let died_on = date("2026-04-01");
    past.cadre(
        died,
        DeathRecorded {
            died_on,
            document: None,
        },
    );
    let rows = past.rows();
    assert_eq!(listed(&rows, Some("zhao"), None), ["单丹", "王佳"]);
    assert_eq!(listed(&rows, Some("zhao"), Some("老干部局")), ["王佳"]);
    assert_eq!(
        listed(&rows, None, Some("老干部局")),
        ["陈宝", "李乐", "王佳"]
    );
    assert_eq!(listed(&rows, None, None), ["陈宝", "李乐", "单丹", "王佳"]);
    assert_eq!(card(&rows, died).died_on, Some(died_on));
    assert_eq!(card(&rows, died).birthday, None);
    assert_eq!(get(&rows, person(9), &rules(), date(TODAY)).unwrap(), None);

    let filter = CardFilter {
        contact: Some(staff("zhao")),
        unit: None,
    };
    let page = |token| {
        let request = PageRequest {
            page_size: 1,
            page_token: token,
        };
        list(&rows, &filter, &rules(), date(TODAY), &request).unwrap()
    };
    let first = page(None);
    let rest = page(first.next_page_token);
    assert_eq!(rest.items[0].name, text("王佳"));
    assert_eq!(rest.next_page_token, None);
}

#[test]
fn a_card_tells_where_someone_lives_and_whom_to_call() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |e| {
        e.retirement = Some(Retirement::Tuixiu);
        e.profile.residence = Some(text("湖滨南路1号"));
        e.profile.community = Some(text("湖滨社区"));
        e.profile.phone = Some(text("0592-1234567"));
        e.profile.emergency_contact = Some(text("长子 0592-7654321"));
        e.profile.born_on = Some(date("1936-05-03"));
        e.profile.birthday = Some(Birthday::Solar { month: 5, day: 3 });
    });
    past.cadre(
        who,
        LivingRecorded {
            living: Living::Alone,
            mobility: Some(Mobility::NeedsHelp),
            since: date("2026-01-01"),
        },
    );
    let card = card(&past.rows(), who);
    assert_eq!((card.status, card.contact), (Status::Tuixiu, None));
    assert_eq!(card.residence, Some(text("湖滨南路1号")));
    assert_eq!(card.community, Some(text("湖滨社区")));
    assert_eq!(card.phone, Some(text("0592-1234567")));
    assert_eq!(card.emergency_contact, Some(text("长子 0592-7654321")));
    assert_eq!(card.living, Some(Living::Alone));
    assert_eq!(card.mobility, Some(Mobility::NeedsHelp));
    let birthday = card.birthday.unwrap();
    assert_eq!(
        (birthday.on, birthday.full_age),
        (date("2026-05-03"), Some(90))
    );
    assert_eq!(birthday.named.unwrap().age, 90);
}

#[test]
fn a_card_tells_the_last_visit_by_its_day() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    assert_eq!(card(&past.rows(), who).last_visit, None);
    past.was_visited(1, who, "2026-04-10", Mode::Home);
    past.was_visited(2, who, "2026-03-10", Mode::Phone);
    let last = card(&past.rows(), who).last_visit.unwrap();
    assert_eq!(last.visited, When::Day(date("2026-04-10")));
    assert_eq!((last.mode, last.purpose), (Mode::Home, Purpose::Routine));
}

#[test]
fn a_card_tells_open_cases_the_plan_in_force_and_live_medals() {
    let mut past = Past::default();
    let who = past.registered(1, "王佳", |_| ());
    let mut case = |ground: Ground, closed: bool| {
        let id = HardshipId {
            person: who,
            ground,
        };
        let opened = HardshipOpened {
            person: who,
            ground,
            case: 1,
            situation: Some(text("不得出现在卡上")),
            recipient: None,
            known: None,
        };
        past.then::<Hardship>(id, &[who], opened);
        if closed {
            let reason = text("已解决");
            past.then::<Hardship>(id, &[who], HardshipClosed { reason });
        }
    };
    case(Ground::SeriousIllness, false);
    case(Ground::EmptyNest, true);
    let mut adopt = |plan| {
        let adopted = PlanAdopted {
            person: who,
            plan,
            adopted_on: date("2026-01-05"),
            needs: vec![],
            measures: vec![],
            next_review: date("2026-06-30"),
        };
        past.then::<Plan>(who, &[who], adopted);
    };
    adopt(1);
    for year in [2025, 2026] {
        past.then::<Medal>(
            who,
            &[who],
            MedalNominated {
                person: who,
                year,
                standing_starts_on: date("1975-06-01"),
            },
        );
        if year == 2025 {
            let reason = text("待核实");
            past.then::<Medal>(who, &[who], MedalDeclined { reason });
        }
    }
    let shown = card(&past.rows(), who);
    let cases: Vec<_> = shown.hardship.iter().map(|c| (c.ground, c.state)).collect();
    assert_eq!(cases, [(Ground::SeriousIllness, CaseState::Opened)]);
    let plan = shown.plan.unwrap();
    assert_eq!((plan.plan, plan.next_review), (1, date("2026-06-30")));
    let medals: Vec<_> = shown.medals.iter().map(|m| (m.year, m.state)).collect();
    assert_eq!(medals, [(2026, MedalState::Nominated)]);
    let reason = text("已解决");
    past.then::<Plan>(who, &[who], PlanClosed { reason });
    assert_eq!(card(&past.rows(), who).plan, None);
}

#[test]
fn who_has_no_contact_is_found() {
    let mut past = Past::default();
    past.paired(1, "王佳", "老干部局", "zhao");
    past.registered(2, "单丹", |_| ());
    let rows = past.rows();
    let found = |contact| {
        let wanted = Find {
            contact,
            ..Find::default()
        };
        let found = find(&rows, &wanted, &PageRequest::default()).unwrap();
        let names: Vec<String> = found.items.iter().map(|p| p.name.to_string()).collect();
        names
    };
    assert_eq!(found(Some(false)), ["单丹"]);
    assert_eq!(found(Some(true)), ["王佳"]);
    assert_eq!(found(None).len(), 2);
}
