//! What was reported, and by whom, never reaches the accused person or unit (R30, R46).

use super::{CLOSE, ONE, Story, accept, petition, story, unit};
use crate::{
    Actor, Aggregate, PetitionId,
    petition::{
        Accused, Category, Petition, PetitionCase, PetitionCommand as C, PetitionRejection as R,
        Petitioner,
    },
    testing::{given, person, staff, text},
};

fn of(unit_name: &str, id: &str) -> Actor {
    Actor {
        unit: unit(unit_name),
        ..staff(id)
    }
}

fn accuse() -> C {
    C::NameAccused {
        accused: vec![
            Accused::Person {
                name: text("赵某"),
                staff: Some(staff("zhao").id),
            },
            Accused::Person {
                name: text("孙某"),
                staff: None,
            },
            Accused::Unit(unit("物业管理处")),
        ],
    }
}

fn report() -> Story {
    story().registered(petition()).then(accuse())
}

#[test]
fn to_those_it_accuses_there_is_no_such_petition() {
    let namesake = Actor {
        name: text("孙某"),
        ..staff("sun")
    };
    for accused in [of("老干部局", "zhao"), of("物业管理处", "qian"), namesake] {
        let story = report().by_actor(accused.clone());
        for command in [
            accept("2026-04-10"),
            accuse(),
            CLOSE,
            C::Register {
                petition: petition(),
            },
        ] {
            assert_eq!(story.refuses(command), R::NotRegistered);
        }
        for keeper in ["老干部局", "物业管理处"] {
            assert!(!story.case().may_see(&accused, &unit(keeper)));
            assert!(story.case().is_hidden_from(&accused, &unit(keeper)));
        }
    }
}

#[test]
fn a_sealed_petition_is_seen_by_who_keeps_it_and_whom_it_was_given_to() {
    let keeper = unit("老干部局");
    let others = [
        ("老干部局", true, true),
        ("离退休干部处", false, true),
        ("医保处", false, true),
        ("财务处", false, false),
    ];
    let (before, given) = (report(), report().assigned());
    let plain = story().registered(petition());
    for (name, kept, handled) in others {
        let reader = of(name, "qian");
        assert_eq!(before.case().may_see(&reader, &keeper), kept, "{name}");
        assert_eq!(given.case().may_see(&reader, &keeper), handled, "{name}");
        assert!(plain.case().may_see(&reader, &keeper), "{name}");
    }
}

#[test]
fn a_sealed_petition_is_in_nobodys_history() {
    let petition = Petition {
        petitioner: Petitioner {
            name: text("王建国"),
            person: Some(ONE),
        },
        ..petition()
    };
    let registered = given::<PetitionCase>([])
        .about(person(ONE))
        .when(C::Register { petition })
        .result
        .unwrap();
    let mut story = story();
    story.events = registered;
    assert_eq!(story.case().subjects(), [ONE]);
    let as_report = C::Classify {
        category: Category::Report,
        reason: None,
    };
    for seals in [accuse(), as_report] {
        let sealed = story.clone().then(seals);
        assert_eq!(sealed.case().subjects(), []);
        assert!(sealed.case().docket().unwrap().is_sealed());
        // Not even where it turns out to be none.
        let otherwise = sealed.then(C::Classify {
            category: Category::Suggestion,
            reason: Some(text("未涉及违纪")),
        });
        assert_eq!(otherwise.case().subjects(), []);
    }
}

#[test]
fn the_accused_cannot_find_out_by_linking_to_it() {
    let later = story()
        .registered(Petition {
            id: PetitionId(uuid::Uuid::from_u128(10)),
            ..petition()
        })
        .beside(&report());
    let link = || C::LinkDuplicate {
        first: petition().id,
    };
    let accused = later.clone().by_actor(of("老干部局", "zhao"));
    assert_eq!(accused.refuses(link()), R::FirstNotOpen);
    later.then(link());
}

#[test]
fn the_accused_are_named_once_and_more_may_be_named() {
    let story = report();
    assert_eq!(story.gives(accuse()), []);
    assert_eq!(
        story.refuses(C::NameAccused { accused: vec![] }),
        R::NobodyAccused
    );
    let more = C::NameAccused {
        accused: vec![
            Accused::Unit(unit("物业管理处")),
            Accused::Unit(unit("基建处")),
        ],
    };
    let story = story.then(more);
    let reader = of("基建处", "qian");
    assert!(!story.case().may_see(&reader, &unit("老干部局")));
}

#[test]
fn the_names_of_the_accused_are_not_in_debug_output() {
    let shown = format!("{:?}", report().case());
    assert!(!shown.contains("赵某") && !shown.contains("物业管理处"));
}
