//! What a person is found by. It follows from the card, and is written only when it changes.

use domain::{CadreId, Text};
use rusqlite::{Transaction, params};

use super::{PersonCard, Status, birthdays, find, reading};
use crate::ViewsError;

/// What a person is filtered, sorted and counted by, as far as it follows from the card.
#[derive(PartialEq)]
pub(super) struct Entry<'a> {
    name: &'a Text,
    id_number: Option<&'a str>,
    unit: &'a str,
    work_unit: Option<&'a str>,
    branch: Option<&'a str>,
    status: Status,
    member: bool,
    living: bool,
    superseded: bool,
    birthday: Option<String>,
    contact: Option<&'a str>,
}

impl<'a> Entry<'a> {
    pub(super) fn of(card: &'a PersonCard) -> Self {
        let profile = &card.profile;
        Entry {
            name: &profile.name,
            id_number: profile.id_number.as_ref().map(|n| n.as_str()),
            unit: card.unit.0.as_str(),
            work_unit: profile.work_unit.as_deref(),
            branch: profile.branch.as_deref(),
            status: card.status(),
            member: card.party.is_some(),
            living: card.died_on.is_none(),
            superseded: card.kept_as.is_some(),
            birthday: profile.kept_birthday().map(birthdays::key),
            contact: card.contact.as_ref().map(|c| c.staff.0.as_str()),
        }
    }

    pub(super) fn write(&self, tx: &Transaction<'_>, person: CadreId) -> Result<(), ViewsError> {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO register
             (person, sort, name, id_number, unit, work_unit, branch, status, member,
              living, superseded, birthday, contact, hardship)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                     EXISTS (SELECT 1 FROM register_hardship WHERE person = ?1))",
        )?
        .execute(params![
            person.to_string(),
            reading::sort(self.name),
            self.name.as_str(),
            self.id_number,
            self.unit,
            self.work_unit,
            self.branch,
            self.status.as_str(),
            self.member,
            self.living,
            self.superseded,
            self.birthday,
            self.contact,
        ])?;
        Ok(())
    }
}

/// The names and the number that the keys follow from.
#[derive(PartialEq)]
pub(super) struct Named<'a> {
    name: &'a Text,
    former_name: Option<&'a Text>,
    phone: Option<&'a str>,
}

impl<'a> Named<'a> {
    pub(super) fn of(card: &'a PersonCard) -> Self {
        Named {
            name: &card.profile.name,
            former_name: card.profile.former_name.as_ref(),
            phone: card.profile.phone.as_deref(),
        }
    }

    /// Writes the keys anew.
    pub(super) fn write(&self, tx: &Transaction<'_>, person: CadreId) -> Result<(), ViewsError> {
        let person = person.to_string();
        tx.prepare_cached("DELETE FROM register_key WHERE person = ?1")?
            .execute([&person])?;
        let mut insert =
            tx.prepare_cached("INSERT OR IGNORE INTO register_key (key, person) VALUES (?1, ?2)")?;
        for key in self.keys() {
            insert.execute([&key, &person])?;
        }
        Ok(())
    }

    fn keys(&self) -> Vec<String> {
        let names = [Some(self.name), self.former_name];
        let names = names.into_iter().flatten();
        let in_letters = names.clone().flat_map(|name| reading::readings(name));
        let in_characters =
            names.flat_map(|name| reading::endings(&reading::without_spaces(name), 1));
        let phone = self.phone.map(reading::digits);
        let phone = phone
            .iter()
            .flat_map(|digits| reading::endings(digits, find::LEAST_DIGITS));
        in_letters.chain(in_characters).chain(phone).collect()
    }
}
