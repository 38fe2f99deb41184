use domain::medal::{
    AfterDeath, Medal, MedalApproval, MedalApproved, MedalAttested, MedalAwarded,
    MedalDecidedAfterDeath, MedalDeclined, MedalEvent, MedalNominated, MedalPresented,
    MedalReplaced, MedalRevoked,
};

use super::{MedalFilter, MedalRow, MedalState, list};
use crate::{
    PageRequest,
    testing::{Past, date, person, staff, text},
};

mod candidates;

fn then(past: &mut Past, n: u32, event: impl Into<MedalEvent>) -> Vec<MedalRow> {
    past.then::<Medal>(person(n), &[person(n)], event.into());
    all(past, &MedalFilter::default())
}

fn all(past: &Past, filter: &MedalFilter) -> Vec<MedalRow> {
    list(&past.rows(), filter, &PageRequest::default())
        .unwrap()
        .items
}

fn nominated(past: &mut Past, n: u32, year: i16) -> Vec<MedalRow> {
    let event = MedalNominated {
        person: person(n),
        year,
        standing_starts_on: date("1976-07-01"),
    };
    then(past, n, event)
}

fn approval() -> MedalApproval {
    MedalApproval {
        by: text("市委组织部"),
        document: text("组发1号"),
    }
}

#[test]
fn a_medal_goes_from_nominated_to_presented() {
    let mut past = Past::default();
    past.registered(1, "王佳", |_| ());
    let state = |rows: Vec<MedalRow>| rows[0].state;
    assert_eq!(state(nominated(&mut past, 1, 2026)), MedalState::Nominated);
    let attested = MedalAttested {
        branch: text("第一支部"),
        attester: staff("branch"),
        statement: text("一贯表现良好"),
    };
    assert_eq!(state(then(&mut past, 1, attested)), MedalState::Attested);
    let approved = MedalApproved {
        approver: staff("approver"),
        document: text("组发2号"),
    };
    assert_eq!(state(then(&mut past, 1, approved)), MedalState::Approved);
    let awarded = MedalAwarded {
        year: 2026,
        number: Some(text("0001")),
    };
    assert_eq!(state(then(&mut past, 1, awarded)), MedalState::Awarded);
    let presented = MedalPresented {
        on: date("2026-07-01"),
        by: text("局长"),
        to_family: false,
    };
    let row = then(&mut past, 1, presented).remove(0);
    assert_eq!(row.state, MedalState::Presented);
    assert_eq!(row.name, Some(text("王佳")));
    assert_eq!(row.branch, Some(text("第一支部")));
    assert_eq!(row.document, Some(text("组发2号")));
    assert_eq!(row.number, Some(text("0001")));
    assert_eq!(row.presented_on, Some(date("2026-07-01")));
    assert_eq!(row.to_family, Some(false));

    let reason = text("遗失");
    let replaced = MedalReplaced {
        reason: reason.clone(),
        approval: approval(),
    };
    let row = then(&mut past, 1, replaced).remove(0);
    assert!(row.replaced && row.state == MedalState::Presented);
    let revoked = MedalRevoked {
        reason,
        approval: approval(),
    };
    assert_eq!(state(then(&mut past, 1, revoked)), MedalState::Revoked);
}

#[test]
fn what_follows_is_about_the_latest_nomination() {
    let mut past = Past::default();
    nominated(&mut past, 1, 2025);
    let reason = text("待核实");
    then(&mut past, 1, MedalDeclined { reason });
    nominated(&mut past, 1, 2026);
    let attested = MedalAttested {
        branch: text("第一支部"),
        attester: staff("branch"),
        statement: text("一贯表现良好"),
    };
    let rows = then(&mut past, 1, attested);
    let states: Vec<_> = rows.iter().map(|r| (r.year, r.state)).collect();
    assert_eq!(
        states,
        [(2025, MedalState::Declined), (2026, MedalState::Attested)]
    );
}

#[test]
fn after_a_death_the_decision_shows() {
    for (decision, state) in [
        (AfterDeath::ToFamily, MedalState::ToFamily),
        (AfterDeath::Withheld, MedalState::Withheld),
    ] {
        let mut past = Past::default();
        nominated(&mut past, 1, 2026);
        let decided = MedalDecidedAfterDeath {
            decision,
            approval: approval(),
        };
        assert_eq!(then(&mut past, 1, decided)[0].state, state);
    }
}

#[test]
fn the_list_is_narrowed_by_year_state_and_person() {
    let mut past = Past::default();
    nominated(&mut past, 1, 2025);
    nominated(&mut past, 2, 2026);
    for filter in [
        MedalFilter {
            year: Some(2026),
            ..MedalFilter::default()
        },
        MedalFilter {
            person: Some(person(2)),
            state: Some(MedalState::Nominated),
            ..MedalFilter::default()
        },
    ] {
        let found: Vec<_> = all(&past, &filter).iter().map(|r| r.person).collect();
        assert_eq!(found, [person(2)]);
    }
}

#[test]
fn pages_lead_through_every_medal_once() {
    let mut past = Past::default();
    for n in 1..=5 {
        past.then::<Medal>(
            person(n),
            &[person(n)],
            MedalNominated {
                person: person(n),
                year: 2026,
                standing_starts_on: date("1976-07-01"),
            },
        );
    }
    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = list(&rows, &MedalFilter::default(), &request).unwrap();
        seen.extend(page.items.iter().map(|m| m.person));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=5).map(person).collect::<Vec<_>>());
}
