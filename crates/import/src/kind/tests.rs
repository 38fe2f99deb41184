//! The rows of the sample ledgers against their key, as far as that goes without a register.

use std::collections::{BTreeMap, HashMap, HashSet, hash_map::Entry};

use calendar::{Date, IdNumber};
use domain::{
    Fen,
    cadre::{Living, Retirement},
    visit::{Mode, Purpose},
};

use super::{Kind, hardship, petitions, roster, visits};
use crate::{
    fault::Finding,
    sheet::{self, Sheet},
    testing::{Key, comma_separated, ledger, petitions_2011_2020, today},
};

type Codes = BTreeMap<u32, Vec<&'static str>>;

fn open(kind: Kind, bytes: Vec<u8>) -> Sheet {
    sheet::ledger(sheet::open(bytes).unwrap(), kind.layout()).unwrap()
}

/// What was read by row, and the codes of the rows that could not be.
fn read<T>(
    sheet: &Sheet,
    read: impl Fn(&Sheet, &sheet::Row, Date) -> Result<T, Vec<Finding>>,
) -> (Vec<(u32, T)>, Codes) {
    let (mut good, mut bad) = (Vec::new(), Codes::new());
    for row in &sheet.rows {
        match read(sheet, row, today()) {
            Ok(draft) => good.push((row.number, draft)),
            Err(findings) => {
                bad.insert(row.number, findings.iter().map(|f| f.code).collect());
            }
        }
    }
    (good, bad)
}

fn roster_people() -> (HashMap<IdNumber, roster::Person>, Vec<u32>, Codes) {
    let sheet = open(Kind::Roster, ledger("roster.xlsx"));
    let (rows, bad) = read(&sheet, roster::read);
    let (mut people, mut duplicates) = (HashMap::new(), Vec::new());
    for (row, (number, person)) in rows {
        match people.entry(number) {
            Entry::Occupied(_) => duplicates.push(row),
            Entry::Vacant(place) => {
                place.insert(person);
            }
        }
    }
    (people, duplicates, bad)
}

#[test]
fn the_roster_is_read_as_its_key_says() {
    let key = Key::read();
    let (people, duplicates, bad) = roster_people();
    assert_eq!(bad, Key::codes(&key.roster_rejected));
    assert_eq!(
        duplicates,
        key.roster_duplicates
            .iter()
            .map(|d| d.row)
            .collect::<Vec<_>>()
    );
    assert_eq!(people.len(), key.people);
    let lixiu = people
        .values()
        .filter(|p| matches!(p.retirement, Some(Retirement::Lixiu { .. })));
    assert_eq!(lixiu.count(), key.lixiu);
    assert_eq!(
        people.values().filter(|p| p.party.is_some()).count(),
        key.party
    );
}

#[test]
fn a_person_of_the_roster_is_read_in_full() {
    let (people, ..) = roster_people();
    let person = &people[&IdNumber::parse("359906194607196382").unwrap()];
    assert_eq!(person.profile.name.as_str(), "高山");
    assert_eq!(person.profile.ethnicity.as_deref(), Some("蒙古族"));
    assert_eq!(person.profile.phone.as_deref(), Some("13900004126"));
    assert_eq!(person.profile.born_on, Some("1946-07-19".parse().unwrap()));
    assert_eq!(
        person.profile.joined_work_on,
        Some("1969-11-14".parse().unwrap())
    );
    assert_eq!(person.retirement, Some(Retirement::Tuixiu));
    let party = person.party.unwrap();
    assert_eq!(party.joined_on.to_string(), "1965-07-24");
    assert_eq!(party.full_member_on.unwrap().to_string(), "1966-07-24");
    assert_eq!(person.living, None);
    assert!(people.values().any(|p| p.living == Some(Living::WithCarer)));
    assert!(
        people
            .values()
            .all(|p| !p.profile.name.contains(char::is_whitespace))
    );
}

#[test]
fn the_visits_are_read_as_their_key_says() {
    let key = Key::read();
    let (people, ..) = roster_people();
    let sheet = open(Kind::Visits, ledger("visits.xlsx"));
    let (rows, mut bad) = read(&sheet, visits::read);
    let mut visits = 0;
    for (row, visit) in rows {
        let known = visit
            .named
            .id_number
            .is_some_and(|number| people.contains_key(&number));
        if known {
            visits += 1;
        } else {
            bad.insert(row, vec!["unknown_person"]);
        }
    }
    assert_eq!(bad, Key::codes(&key.visits_rejected));
    assert_eq!(visits, key.visits);
}

#[test]
fn what_looks_like_a_formula_is_text_and_several_visitors_are_several() {
    let sheet = open(Kind::Visits, ledger("visits.xlsx"));
    let person = domain::CadreId(uuid::Uuid::from_u128(1));
    let (rows, _) = read(&sheet, visits::read);
    let visits: Vec<_> = rows.into_iter().map(|(_, row)| row.of(person)).collect();
    let first = &visits[0];
    let names: Vec<&str> = first.visitors.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["张科长", "李干事"]);
    assert_eq!(
        (first.mode, &first.purpose),
        (Mode::Phone, &Purpose::Hospitalisation)
    );
    assert_eq!(first.money, Fen::yuan(200));
    let formulas = visits
        .iter()
        .filter(|v| v.findings.as_deref() == Some("=cmd|' /C calc'!A0"))
        .count();
    assert!(formulas > 100);
    assert!(visits.iter().any(|v| v.money == Fen(30_050)));
}

#[test]
fn the_hardship_payments_are_read_as_their_key_says() {
    let key = Key::read();
    let (people, ..) = roster_people();
    let sheet = open(Kind::Hardship, ledger("hardship.xlsx"));
    let (rows, bad) = read(&sheet, hardship::read);
    assert_eq!(bad, Key::codes(&key.hardship_rejected));
    assert_eq!(rows.len(), key.hardship_payments);
    let total: Fen = rows.iter().map(|(_, row)| row.payment.amount).sum();
    assert_eq!(total, Fen(key.hardship_fen));
    let cases: HashSet<_> = rows
        .iter()
        .map(|(_, r)| (r.named.id_number, r.ground))
        .collect();
    assert_eq!(cases.len(), key.hardship_cases);
    assert!(
        cases
            .iter()
            .all(|(number, _)| people.contains_key(&number.unwrap()))
    );
    assert!(rows.iter().all(|(_, row)| row.payment.year == 2025));
}

#[test]
fn a_ledger_reads_the_same_from_csv_in_utf8_and_in_gb18030() {
    let sheet = open(Kind::Visits, ledger("visits.xlsx"));
    let (rows, bad) = read(&sheet, visits::read);
    let text = comma_separated(ledger("visits.xlsx"));
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let (chinese, _, faulty) = encoding_rs::GB18030.encode(&text);
    assert!(!faulty);
    for bytes in [text.clone().into_bytes(), marked, chinese.into_owned()] {
        let again = open(Kind::Visits, bytes);
        let (rows_again, bad_again) = read(&again, visits::read);
        assert_eq!(rows_again, rows);
        assert_eq!(bad_again, bad);
    }
}

/// The independent reading: the raw cells, and the times pulled apart by hand.
#[test]
fn petitions_keep_their_text_to_the_byte_and_their_times_to_the_second() {
    let Some(bytes) = petitions_2011_2020() else {
        return;
    };
    let raw = crate::testing::raw_cells(bytes.clone());
    let sheet = open(Kind::Petitions, bytes);
    let (rows, bad) = read(&sheet, petitions::read);
    assert_eq!((rows.len(), bad.len()), (1402, 0));
    for (number, row) in rows {
        let cells = &raw[number as usize - 1];
        assert_eq!(row.number.as_deref(), Some(cells[0].as_str()));
        assert_eq!(row.petitioner.as_str(), cells[1].trim());
        assert_eq!(row.subject.as_str(), cells[2].trim());
        assert_eq!(row.text.as_str(), cells[4].trim());
        let reply = row.reply.unwrap();
        assert_eq!(reply.text.as_str(), cells[5].trim());
        for (when, typed) in [(row.received, &cells[3]), (reply.delivered, &cells[6])] {
            let n: Vec<u32> = typed
                .split(['/', ' ', ':'])
                .map(|n| n.parse().unwrap())
                .collect();
            let expected = match n[..] {
                [y, m, d, h, min, s] => format!("{y}-{m:02}-{d:02} {h:02}:{min:02}:{s:02}"),
                [y, m, d] => format!("{y}-{m:02}-{d:02}"),
                _ => panic!("row {number}"),
            };
            assert_eq!(when.to_string(), expected);
        }
    }
}
