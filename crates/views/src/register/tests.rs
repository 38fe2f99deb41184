use calendar::IdNumber;
use domain::{
    CadreId, Unit,
    cadre::{
        Approval, CadreAmended, CadreRegistered, ContactAssigned, DeathRecorded, DeathWithdrawn,
        DuplicateDecided, DuplicateDecision, Field, PartyStandingRecorded, Retirement,
        RetirementRecorded, StandingBasis, TransferAccepted, TransferRequested,
    },
    hardship::{
        Ground, Hardship, HardshipClosed, HardshipEvent, HardshipId, HardshipOpened,
        HardshipReopened,
    },
};

use super::{Counts, Find, Status, counts, counts_by_unit, find, get};
use crate::{
    PageRequest,
    testing::{Past, Rows, date, person, staff, text, unit},
};

mod birthdays;

const ID_NUMBER: &str = "11010519491231002X";

fn q(q: &str) -> Find {
    Find {
        q: Some(q.to_owned()),
        ..Find::default()
    }
}

fn names(rows: &Rows, who: &Find) -> Vec<String> {
    let page = find(rows, who, &PageRequest::default()).unwrap();
    page.items.iter().map(|p| p.name.to_string()).collect()
}

fn some_people() -> Past {
    let mut past = Past::default();
    past.registered(1, "王佳", |e| {
        e.profile.id_number = Some(IdNumber::parse(ID_NUMBER).unwrap());
        e.profile.phone = Some(text("0592-1234567，手机１３８００００１１１１"));
        e.profile.work_unit = Some(text("市第二轻工业局"));
        e.profile.branch = Some(text("第一支部"));
    });
    past.registered(2, "吴佳", |e| {
        e.unit = unit("工业局");
        e.profile.former_name = Some(text("吴小佳"));
    });
    past.registered(3, "单雄", |e| e.retirement = Some(Retirement::Tuixiu));
    past.registered(4, "李 乐", |_| ());
    past
}

#[test]
fn a_person_is_found_by_a_part_of_the_name_or_the_former_name() {
    let rows = some_people().rows();
    assert_eq!(names(&rows, &q("佳")), ["王佳", "吴佳"]);
    assert_eq!(names(&rows, &q(" 小佳 ")), ["吴佳"]);
    assert_eq!(names(&rows, &q("李乐")), ["李 乐"]);
    assert!(names(&rows, &q("赵")).is_empty());
}

#[test]
fn a_person_is_found_by_pinyin_and_by_initials_in_every_reading() {
    let rows = some_people().rows();
    for (typed, found) in [
        ("wangjia", vec!["王佳"]),
        ("Wang Jia", vec!["王佳"]),
        ("wuj", vec!["吴佳"]),
        ("wj", vec!["王佳", "吴佳"]),
        ("wxj", vec!["吴佳"]),
        ("shanx", vec!["单雄"]),
        ("danx", vec!["单雄"]),
        ("ly", vec!["李 乐"]),
        ("ll", vec!["李 乐"]),
        ("jia", vec![]),
    ] {
        assert_eq!(names(&rows, &q(typed)), found, "{typed}");
    }
}

#[test]
fn a_person_is_found_by_id_number_its_end_or_a_telephone_number() {
    let rows = some_people().rows();
    for typed in [
        ID_NUMBER,
        "110105 19491231 002x",
        "002X",
        "002x",
        "1231002X",
        "1234567",
        "13800001111",
        "0592-1234",
    ] {
        assert_eq!(names(&rows, &q(typed)), ["王佳"], "{typed}");
    }
    assert!(names(&rows, &q("9999")).is_empty());
    assert!(names(&rows, &q("5002X")).is_empty());
    let refused = find(&rows, &q("123"), &PageRequest::default())
        .err()
        .unwrap();
    assert_eq!(refused.code(), "search_too_short");
}

#[test]
fn filters_narrow_and_blank_ones_do_not() {
    let rows = some_people().rows();
    let filter = |fill: fn(&mut Find)| {
        let mut find = Find::default();
        fill(&mut find);
        names(&rows, &find)
    };
    assert_eq!(filter(|f| f.q = Some("  ".to_owned())).len(), 4);
    assert_eq!(filter(|f| f.unit = Some("工业局".to_owned())), ["吴佳"]);
    assert_eq!(filter(|f| f.work_unit = Some("轻工".to_owned())), ["王佳"]);
    assert_eq!(filter(|f| f.branch = Some("第一支部".to_owned())), ["王佳"]);
    assert_eq!(filter(|f| f.status = Some(Status::Tuixiu)), ["单雄"]);
    assert_eq!(filter(|f| f.living = Some(false)).len(), 0);
    assert_eq!(filter(|f| f.member = Some(false)).len(), 4);
}

#[test]
fn pages_lead_through_everyone_once_in_the_order_of_pinyin() {
    let mut past = Past::default();
    for n in 0..25 {
        past.registered(n, ["王佳", "李乐", "安宁"][n as usize % 3], |_| ());
    }
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 4,
        page_token: None,
    };
    let mut seen: Vec<(String, CadreId)> = vec![];
    loop {
        let page = find(&rows, &Find::default(), &request).unwrap();
        seen.extend(
            page.items
                .into_iter()
                .map(|p| (p.name.to_string(), p.person)),
        );
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    let order = |name: &str| ["安宁", "李乐", "王佳"].iter().position(|n| *n == name);
    assert_eq!(seen.len(), 25);
    assert!(seen.is_sorted_by_key(|(name, id)| (order(name), *id)));
}

#[test]
fn a_page_token_holds_no_name_and_serves_its_own_query_alone() {
    let rows = some_people().rows();
    let mut request = PageRequest {
        page_size: 1,
        page_token: None,
    };
    request.page_token = find(&rows, &q("wj"), &request).unwrap().next_page_token;
    assert!(request.page_token.as_ref().unwrap().is_ascii());
    assert!(
        find(&rows, &q("wj"), &request)
            .unwrap()
            .next_page_token
            .is_none()
    );
    let refused = find(&rows, &q("w"), &request).err().unwrap();
    assert_eq!(refused.code(), "token_of_another_query");
}

#[test]
fn an_amended_name_is_found_by_the_new_one_alone() {
    let mut past = some_people();
    past.cadre(
        person(1),
        CadreAmended {
            changes: vec![Field::Name(text("汪佳")), Field::Phone(None)],
            reason: text("更正"),
            document: None,
        },
    );
    let rows = past.rows();
    assert!(names(&rows, &q("王佳")).is_empty());
    assert_eq!(names(&rows, &q("wangjia")), ["汪佳"]);
    assert!(names(&rows, &q("1234567")).is_empty());
}

#[test]
fn lixiu_without_number_and_date_of_approval_is_marked() {
    let mut past = Past::default();
    let lixiu = |approval| RetirementRecorded {
        retirement: Retirement::Lixiu {
            joined_revolution_on: date("1948-01-01"),
            approval,
        },
        document: None,
    };
    for n in 1..=2 {
        past.registered(n, "王佳", |_| ());
        past.cadre(person(n), lixiu(None));
    }
    let approval = Approval {
        number: text("离发1号"),
        on: date("1984-01-01"),
    };
    past.cadre(person(2), lixiu(Some(approval)));
    let page = find(&past.rows(), &Find::default(), &PageRequest::default()).unwrap();
    let missing: Vec<bool> = page
        .items
        .iter()
        .map(|p| p.lixiu_approval_missing)
        .collect();
    assert_eq!(missing, [true, false]);
    assert!(page.items.iter().all(|p| p.status == Status::Lixiu));
}

#[test]
fn a_transfer_moves_the_person_only_when_accepted() {
    let mut past = some_people();
    let (from, to) = (unit("老干部局"), unit("工业局"));
    past.cadre(
        person(1),
        TransferRequested {
            from: from.clone(),
            to: to.clone(),
            reason: text("住所迁移"),
        },
    );
    let card = get(&past.rows(), person(1)).unwrap().unwrap();
    assert_eq!(
        (card.unit, card.transfer_to),
        (from.clone(), Some(to.clone()))
    );
    past.cadre(
        person(1),
        TransferAccepted {
            from,
            to: to.clone(),
        },
    );
    let card = get(&past.rows(), person(1)).unwrap().unwrap();
    assert_eq!((card.unit, card.transfer_to), (to, None));
}

#[test]
fn the_hardship_mark_stands_while_any_case_is_open() {
    let mut past = some_people();
    let mut case = |ground, event: HardshipEvent| {
        let id = HardshipId {
            person: person(1),
            ground,
        };
        past.then::<Hardship>(id, &[person(1)], event);
        let page = find(&past.rows(), &q("王佳"), &PageRequest::default()).unwrap();
        page.items[0].hardship
    };
    let opened = |ground| {
        HardshipEvent::from(HardshipOpened {
            person: person(1),
            ground,
            case: 1,
            situation: None,
            recipient: None,
            known: None,
        })
    };
    let reason = || text("已解决");
    let (illness, nest) = (Ground::SeriousIllness, Ground::EmptyNest);
    assert!(case(illness, opened(illness)));
    assert!(case(nest, opened(nest)));
    assert!(case(illness, HardshipClosed { reason: reason() }.into()));
    assert!(!case(nest, HardshipClosed { reason: reason() }.into()));
    assert!(case(nest, HardshipReopened { reason: reason() }.into()));
}

#[test]
fn a_duplicate_is_shown_only_when_asked_for_and_never_counted() {
    let mut past = some_people();
    past.registered(9, "王佳", |_| ());
    past.cadre(
        person(9),
        DuplicateDecided {
            other: person(1),
            decision: DuplicateDecision::SamePerson,
            reason: text("身份证号相同"),
        },
    );
    let rows = past.rows();
    assert_eq!(names(&rows, &q("王佳")).len(), 1);
    let all = Find {
        superseded: true,
        ..q("王佳")
    };
    let page = find(&rows, &all, &PageRequest::default()).unwrap();
    let kept: Vec<_> = page.items.iter().map(|p| p.kept_as).collect();
    assert_eq!(kept, [None, Some(person(1))]);
    assert_eq!(counts(&rows, None).unwrap().people, 4);
}

#[test]
fn a_list_can_hide_the_middle_of_the_id_number() {
    let page = find(&some_people().rows(), &q("王佳"), &PageRequest::default()).unwrap();
    let row = page.items.into_iter().next().unwrap();
    assert_eq!(row.id_number.as_deref(), Some(ID_NUMBER));
    assert_eq!(
        row.clone().masked().id_number.as_deref(),
        Some("110105********002X")
    );
    assert!(!format!("{row:?}").contains("1949"));
}

#[test]
fn reports_count_the_living_and_the_units_add_up_to_the_whole() {
    let mut past = some_people();
    let joined = || PartyStandingRecorded {
        joined_on: date("1975-06-01"),
        full_member_on: None,
        standing_starts_on: None,
        basis: StandingBasis::Missing,
        gap: None,
        evidence: text("名册"),
    };
    let died = || DeathRecorded {
        died_on: date("2026-01-01"),
        document: None,
    };
    for n in 1..=3 {
        past.cadre(person(n), joined());
    }
    past.cadre(person(1), died());
    past.cadre(person(2), died());
    past.cadre(
        person(2),
        DeathWithdrawn {
            reason: text("误登"),
            document: None,
        },
    );
    let rows = past.rows();
    let whole = counts(&rows, None).unwrap();
    assert_eq!(
        whole,
        Counts {
            people: 4,
            living: 3,
            members: 2,
            lixiu: 0,
            tuixiu: 1,
            hardship: 0,
        }
    );
    let units = counts_by_unit(&rows).unwrap();
    let people: u64 = units.iter().map(|u| u.counts.people).sum();
    assert_eq!(people, whole.people);
    for unit in units {
        let Unit(name) = Unit(text(&unit.unit));
        assert_eq!(counts(&rows, Some(&name)).unwrap(), unit.counts);
    }
}

#[test]
fn a_row_says_who_looks_after_the_person() {
    let mut past = some_people();
    past.cadre(
        person(1),
        ContactAssigned {
            staff: staff("a"),
            name: text("联系人甲"),
            from: date("2025-01-01"),
        },
    );
    let page = find(&past.rows(), &q("王佳"), &PageRequest::default()).unwrap();
    assert_eq!(page.items[0].contact, Some(staff("a")));
    assert_eq!(page.items[0].contact_name, Some(text("联系人甲")));
}

#[test]
fn an_unknown_person_has_no_card() {
    let rows = Past::default().rows();
    assert!(get(&rows, person(1)).unwrap().is_none());
    assert_eq!(counts(&rows, None).unwrap(), Counts::default());
}

#[test]
fn the_registration_is_the_first_card() {
    let mut past = Past::default();
    let mut registered: Option<CadreRegistered> = None;
    past.registered(1, "王佳", |e| registered = Some(e.clone()));
    let card = get(&past.rows(), person(1)).unwrap().unwrap();
    assert_eq!(card.profile, *registered.unwrap().profile);
}
