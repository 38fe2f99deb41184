use domain::{
    CadreId, MedalRules,
    cadre::{
        DeathRecorded, DuplicateDecided, DuplicateDecision, PartyStandingRecorded, StandingBasis,
    },
    medal::{Medal, MedalDeclined, MedalNominated, MedalRevoked},
};

use super::*;
use crate::medal::{CandidateFilter, MedalCandidate, candidates};

fn rules() -> MedalRules {
    MedalRules {
        years: 50,
        first_year: 2021,
        no_probation_from: date("1969-04-01"),
        no_probation_until: date("1977-08-11"),
        admitted_from_age: 18,
    }
}

fn of(year: i16) -> CandidateFilter {
    CandidateFilter {
        year,
        unit: None,
        branch: None,
    }
}

/// Their names, and whether they are in doubt.
fn verdicts(past: &Past, filter: &CandidateFilter) -> Vec<(String, Option<&'static str>)> {
    let page = candidates(&past.rows(), filter, &rules(), &PageRequest::default()).unwrap();
    let verdict = |row: MedalCandidate| (row.name.to_string(), row.why.map(|why| why.code()));
    page.items.into_iter().map(verdict).collect()
}

fn names(past: &Past, year: i16) -> Vec<String> {
    verdicts(past, &of(year))
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

/// A member with this first day of standing, or with it open.
fn member(past: &mut Past, n: u32, name: &str, starts_on: Option<&str>) -> CadreId {
    let id = past.registered(n, name, |_| ());
    past.cadre(
        id,
        PartyStandingRecorded {
            joined_on: date("1966-05-05"),
            full_member_on: starts_on.map(date),
            standing_starts_on: starts_on.map(date),
            basis: match starts_on {
                Some(_) => StandingBasis::FullMembership,
                None => StandingBasis::Missing,
            },
            gap: None,
            evidence: text("《花名册.xlsx》第 4 行"),
        },
    );
    id
}

fn nominated(past: &mut Past, id: CadreId, year: i16) {
    let event = MedalNominated {
        person: id,
        year,
        standing_starts_on: date("1967-05-05"),
    };
    past.then::<Medal>(id, &[id], event);
}

#[test]
fn candidates_and_those_in_doubt_are_told_apart_by_the_rule() {
    let mut past = Past::default();
    member(&mut past, 1, "王佳", Some("1976-07-01"));
    member(&mut past, 2, "吴佳", Some("1976-07-02"));
    member(&mut past, 3, "单雄", None);
    past.registered(4, "李乐", |_| ());
    let doubtful = ("单雄".to_owned(), Some("standing_missing"));
    let expected = [("王佳".to_owned(), None), doubtful];
    assert_eq!(verdicts(&past, &of(2026)), expected);
    assert_eq!(names(&past, 2027), ["王佳", "吴佳", "单雄"]);
}

#[test]
fn a_candidate_comes_with_what_it_rests_on() {
    let mut past = Past::default();
    let id = member(&mut past, 1, "王佳", Some("1967-05-05"));
    nominated(&mut past, id, 2026);
    let page = candidates(&past.rows(), &of(2026), &rules(), &PageRequest::default()).unwrap();
    let [row] = &page.items[..] else {
        panic!("{}", page.items.len())
    };
    assert_eq!(row.standing.evidence, text("《花名册.xlsx》第 4 行"));
    assert_eq!(row.standing.standing_starts_on, Some(date("1967-05-05")));
    assert_eq!(row.state, Some(MedalState::Nominated));
}

#[test]
fn whoever_died_before_2_july_is_no_candidate() {
    for (died_on, listed) in [("2026-07-01", false), ("2026-07-02", true)] {
        let mut past = Past::default();
        let id = member(&mut past, 1, "王佳", Some("1967-05-05"));
        past.cadre(
            id,
            DeathRecorded {
                died_on: date(died_on),
                document: None,
            },
        );
        assert_eq!(!names(&past, 2026).is_empty(), listed, "{died_on}");
    }
}

#[test]
fn there_is_one_medal_for_each_person() {
    let mut past = Past::default();
    let [this_year, before, declined, revoked, kept] =
        [1, 2, 3, 4, 5].map(|n| member(&mut past, n, &format!("王{n}"), Some("1967-05-05")));
    nominated(&mut past, this_year, 2026);
    nominated(&mut past, before, 2021);
    for id in [declined, revoked] {
        nominated(&mut past, id, 2021);
    }
    let reason = text("理由");
    past.then::<Medal>(
        declined,
        &[declined],
        MedalDeclined {
            reason: reason.clone(),
        },
    );
    let approval = domain::medal::MedalApproval {
        by: text("市委组织部"),
        document: text("组字1号"),
    };
    past.then::<Medal>(
        revoked,
        &[revoked],
        MedalRevoked {
            reason: reason.clone(),
            approval,
        },
    );
    past.cadre(
        kept,
        DuplicateDecided {
            other: this_year,
            decision: DuplicateDecision::SamePerson,
            reason,
        },
    );
    assert_eq!(names(&past, 2026), ["王1", "王3"]);
}

#[test]
fn the_list_is_narrowed_by_unit_and_branch_and_led_through_page_by_page() {
    let mut past = Past::default();
    for n in 1..=7 {
        member(
            &mut past,
            n,
            "王佳",
            if n % 2 == 0 { None } else { Some("1967-05-05") },
        );
    }
    let id = past.registered(8, "吴佳", |e| e.profile.branch = Some(text("第一支部")));
    past.cadre(
        id,
        PartyStandingRecorded {
            joined_on: date("1970-05-05"),
            full_member_on: None,
            standing_starts_on: Some(date("1970-05-05")),
            basis: StandingBasis::NoProbation,
            gap: None,
            evidence: text("入党志愿书"),
        },
    );
    let branch = CandidateFilter {
        branch: Some("第一支部".to_owned()),
        ..of(2026)
    };
    assert_eq!(verdicts(&past, &branch), [("吴佳".to_owned(), None)]);
    let elsewhere = CandidateFilter {
        unit: Some("工业局".to_owned()),
        ..of(2026)
    };
    assert!(verdicts(&past, &elsewhere).is_empty());

    let rows = past.rows();
    let mut request = PageRequest {
        page_size: 3,
        page_token: None,
    };
    let mut seen = vec![];
    loop {
        let page = candidates(&rows, &of(2026), &rules(), &request).unwrap();
        seen.extend(page.items.into_iter().map(|row| row.person));
        request.page_token = page.next_page_token;
        if request.page_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=8).map(person).collect::<Vec<_>>());
}
