use std::collections::HashMap;

use app::{App, Reading};
use calendar::IdNumber;
use domain::{CadreId, Text};
use views::{PageRequest, register::Find};

use crate::{fault::Fault, kind::Named, sheet::Column};

/// The register as it stood when the import began: whom a row means.
pub(super) struct Register {
    by_number: HashMap<IdNumber, CadreId>,
    by_name: HashMap<Text, Vec<CadreId>>,
    names: HashMap<CadreId, Text>,
}

impl Register {
    /// Reads all of it, up to the newest event.
    pub(super) async fn read(app: &App, reading: &Reading) -> Result<Self, app::Error> {
        app.catch_up().await?;
        let mut register = Register {
            by_number: HashMap::new(),
            by_name: HashMap::new(),
            names: HashMap::new(),
        };
        let mut request = PageRequest {
            page_size: u32::MAX,
            page_token: None,
        };
        loop {
            // A duplicate's number is still on paper: the rules say which record is kept.
            let find = Find {
                superseded: true,
                ..Find::default()
            };
            let page = reading.find_people(find, request.clone()).await?;
            for row in page.items {
                let number = row.id_number.and_then(|n| IdNumber::parse(&n).ok());
                if let Some(number) = number {
                    register.by_number.insert(number, row.person);
                }
                if row.kept_as.is_none() {
                    register
                        .by_name
                        .entry(row.name.clone())
                        .or_default()
                        .push(row.person);
                }
                register.names.insert(row.person, row.name);
            }
            match page.next_page_token {
                Some(token) => request.page_token = Some(token),
                None => return Ok(register),
            }
        }
    }

    /// Whom a row means: by ID number, else by a name that only one person has.
    pub(super) async fn find(
        &self,
        reading: &Reading,
        named: &Named,
    ) -> Result<Result<CadreId, (Column, Fault)>, app::Error> {
        let Some(number) = &named.id_number else {
            let people = named.name.as_ref().and_then(|name| self.by_name.get(name));
            return Ok(match people.map(Vec::as_slice) {
                Some([person]) => Ok(*person),
                Some([_, _, ..]) => Err((Column::Name, Fault::AmbiguousPerson)),
                Some([]) | None => Err((Column::Name, Fault::UnknownPerson)),
            });
        };
        let Some(person) = self.by_number.get(number) else {
            return Ok(Err((Column::IdNumber, Fault::UnknownPerson)));
        };
        let known = match &named.name {
            Some(name) => {
                self.names.get(person) == Some(name) || was_called(reading, *person, name).await?
            }
            None => true,
        };
        Ok(if known {
            Ok(*person)
        } else {
            Err((Column::Name, Fault::NameMismatch))
        })
    }
}

/// Whether it is the person's former name.
async fn was_called(reading: &Reading, person: CadreId, name: &Text) -> Result<bool, app::Error> {
    let card = reading.person_card(person).await?;
    Ok(card.profile.former_name.as_ref() == Some(name))
}
