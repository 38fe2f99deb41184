use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, Aggregate, PetitionId, StaffId, Unit,
    petition::{
        Accused, AccusedNamed, Assigned, Assignment, Category, Channel, Classified,
        DuplicateLinked, Intake, Petition, PetitionCase, PetitionEvent, PetitionRegistered,
        Petitioner, RefusedAsFinal,
    },
};
use proptest::{prelude::*, sample::select};

use super::may_see;
use crate::testing::{Past, date, petition_id, staff, text, unit, when};

const UNITS: [&str; 4] = ["老干部局", "物业管理处", "医保处", "财务处"];
const ACCOUNTS: [&str; 3] = ["zhao", "qian", "sun"];
const NAMES: [&str; 3] = ["赵某", "钱某", "孙某"];
const PETITIONS: std::ops::Range<u32> = 1..5;

fn registered(n: u32) -> PetitionEvent {
    let petition = Petition {
        id: petition_id(n),
        number: None,
        channel: Channel::Letter,
        petitioner: Petitioner {
            name: text("来信人"),
            person: None,
        },
        subject: text("反映作风"),
        text: text("内容"),
        received: when("2026-01-05"),
        intake: Intake::default(),
    };
    PetitionRegistered {
        petition,
        dues: vec![],
    }
    .into()
}

fn classified(category: Category) -> PetitionEvent {
    Classified {
        category,
        reason: None,
        dues: vec![],
        handling_stopped: None,
    }
    .into()
}

fn assigned(lead: Unit, supporting: Unit) -> PetitionEvent {
    let assignment = Assignment {
        lead,
        supporting: vec![supporting],
        handler: staff("li"),
        head: staff("zhou"),
    };
    Assigned { assignment }.into()
}

fn a_unit() -> impl Strategy<Value = Unit> {
    select(&UNITS[..]).prop_map(unit)
}

fn accused() -> impl Strategy<Value = Accused> {
    let person = (
        select(&NAMES[..]),
        prop::option::of(select(&ACCOUNTS[..]).prop_map(staff)),
    );
    prop_oneof![
        person.prop_map(|(name, staff)| Accused::Person {
            name: text(name),
            staff,
        }),
        a_unit().prop_map(Accused::Unit),
    ]
}

/// Something that happens to a petition, whether or not a rule would let it.
fn happens() -> impl Strategy<Value = PetitionEvent> {
    let first = PETITIONS.prop_map(petition_id);
    let on = date("2026-01-08");
    prop_oneof![
        (a_unit(), a_unit()).prop_map(|(lead, supporting)| assigned(lead, supporting)),
        select(vec![Category::Report, Category::Suggestion]).prop_map(classified),
        prop::collection::vec(accused(), 1..3).prop_map(|accused| AccusedNamed { accused }.into()),
        first
            .clone()
            .prop_map(move |first| DuplicateLinked { first, on }.into()),
        first.prop_map(|reviewed| RefusedAsFinal { reviewed }.into()),
    ]
}

/// All petitions of a story, each with the unit that keeps it.
type Cases = BTreeMap<PetitionId, (Unit, PetitionCase)>;

/// As the domain tells it: the petition itself, and every one that it was linked to.
fn may_see_by_the_domain(cases: &Cases, id: PetitionId, reader: &Actor) -> bool {
    let mut same = BTreeSet::new();
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        if same.insert(id) {
            next.extend(cases[&id].1.same_matter());
        }
    }
    same.iter().all(|id| {
        let (keeper, case) = &cases[id];
        case.may_see(reader, keeper)
    })
}

fn readers() -> impl Iterator<Item = Actor> {
    UNITS.into_iter().flat_map(|of| {
        ACCOUNTS
            .into_iter()
            .zip(NAMES)
            .map(move |(id, name)| Actor {
                id: StaffId(text(id)),
                name: text(name),
                role: text("clerk"),
                unit: unit(of),
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_rule_in_sql_is_the_rule_of_the_domain(
        keepers in prop::collection::vec(a_unit(), PETITIONS.len()),
        events in prop::collection::vec((PETITIONS, happens()), 0..12),
    ) {
        let (mut past, mut cases) = (Past::default(), Cases::new());
        for (n, keeper) in PETITIONS.zip(keepers) {
            past.then::<PetitionCase>(petition_id(n), &[], registered(n));
            std::sync::Arc::make_mut(&mut past.events.last_mut().unwrap().metadata.actor).unit = keeper.to_string();
            let mut case = PetitionCase::default();
            case.evolve(&registered(n));
            cases.insert(petition_id(n), (keeper, case));
        }
        for (n, event) in events {
            cases.get_mut(&petition_id(n)).unwrap().1.evolve(&event);
            past.then::<PetitionCase>(petition_id(n), &[], event);
        }
        let rows = past.rows();
        for reader in readers() {
            for id in PETITIONS.map(petition_id) {
                prop_assert_eq!(
                    may_see(&rows, &id.to_string(), &reader).unwrap(),
                    may_see_by_the_domain(&cases, id, &reader),
                );
            }
        }
    }
}

#[test]
fn what_is_not_sealed_everyone_sees() {
    let mut past = Past::default();
    past.then::<PetitionCase>(petition_id(1), &[], registered(1));
    let rows = past.rows();
    for reader in readers() {
        assert!(may_see(&rows, &petition_id(1).to_string(), &reader).unwrap());
    }
}

#[test]
fn a_report_whose_unit_is_no_more_is_seen_by_nobody() {
    let mut past = Past::default();
    past.then::<PetitionCase>(petition_id(1), &[], registered(1));
    past.then::<PetitionCase>(petition_id(1), &[], classified(Category::Report));
    std::sync::Arc::make_mut(&mut past.events[0].metadata.actor).unit = "撤销的单位".to_owned();
    let rows = past.rows();
    for reader in readers() {
        assert!(!may_see(&rows, &petition_id(1).to_string(), &reader).unwrap());
    }
}
