use domain::{
    Actor,
    petition::{Accused, AccusedNamed, PetitionCase},
    petition_access::{AccessAttempted, AttemptedBy, PetitionAccess},
};

use super::attempts;
use crate::{
    PageRequest,
    petitions::tests::received,
    testing::{Past, date, petition_id, reader, staff, unit},
};

fn tried(past: &mut Past, by: AttemptedBy) {
    let attempted = AccessAttempted {
        who: staff("zhao"),
        by,
        on: date("2026-01-09"),
    };
    past.then::<PetitionAccess>(petition_id(1), &[], attempted);
}

#[test]
fn the_attempts_are_told_the_latest_first_to_who_may_see_the_petition() {
    let mut past = Past::default();
    received(&mut past, 1, "反映作风", "2026-01-05");
    let accused = vec![Accused::Unit(unit("物业管理处"))];
    past.then::<PetitionCase>(petition_id(1), &[], AccusedNamed { accused });
    tried(&mut past, AttemptedBy::Id);
    tried(&mut past, AttemptedBy::Search);
    let rows = past.rows();
    let told = |reader: &Actor| {
        let mut request = PageRequest {
            page_size: 1,
            page_token: None,
        };
        let mut told = vec![];
        loop {
            let page = attempts(&rows, petition_id(1), reader, &request).unwrap();
            told.extend(page.items.iter().map(|attempt| attempt.by));
            request.page_token = page.next_page_token;
            if request.page_token.is_none() {
                return told;
            }
        }
    };
    assert_eq!(told(&reader()), [AttemptedBy::Search, AttemptedBy::Id]);
    let outsider = Actor {
        unit: unit("财务处"),
        ..reader()
    };
    assert_eq!(told(&outsider), []);
}
