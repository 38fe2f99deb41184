//! Who or what a text of the command line names: an id, or the number that people know it by.

use ::views::{
    PageRequest,
    petitions::{PetitionFilter, PetitionRow},
    register::Find,
};
use calendar::IdNumber;
use domain::{CadreId, PetitionId};

use crate::{
    desk::Desk,
    failure::{Exit, Failure},
};

/// A person by id or by ID number.
pub(crate) async fn person(desk: &Desk, text: &str) -> Result<CadreId, Failure> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let Ok(number) = IdNumber::parse(text) else {
        return Err(Failure::new(
            Exit::Refused,
            "no_such_id",
            "that is neither a person's id nor an ID number: look it up with `sangyu person find`",
            "既不是人员编号也不是有效的身份证号，请先用 sangyu person find 查询",
        ));
    };
    let find = Find {
        q: Some(number.as_str().to_owned()),
        superseded: true,
        ..Find::default()
    };
    let found = desk
        .client
        .find_people(find, PageRequest::default())
        .await?;
    found.items.first().map(|row| row.person).ok_or_else(|| {
        Failure::new(
            Exit::NotFound,
            "not_found",
            "nobody in the register has this ID number",
            "花名册中没有此身份证号",
        )
    })
}

/// A petition by id or by number.
pub(crate) async fn petition(desk: &Desk, text: &str) -> Result<PetitionId, Failure> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let filter = PetitionFilter {
        q: Some(text.to_owned()),
        ..PetitionFilter::default()
    };
    let found = desk
        .client
        .petitions(filter, PageRequest::default())
        .await?;
    let named = |row: &&PetitionRow| row.number.as_ref().is_some_and(|n| n.as_str() == text);
    found
        .items
        .iter()
        .find(named)
        .map(|row| row.petition)
        .ok_or_else(|| {
            Failure::new(
                Exit::NotFound,
                "not_found",
                "no petition has this number: look it up with `sangyu petition list`",
                "没有此编号的信访件，请先用 sangyu petition list 查询",
            )
        })
}
