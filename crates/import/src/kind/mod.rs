//! The kinds of ledger: which columns they have, and what a row says.

pub(crate) mod hardship;
pub(crate) mod petitions;
mod reader;
pub(crate) mod roster;
pub(crate) mod visits;

#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use calendar::IdNumber;
use domain::Text;
use serde::Serialize;

use self::reader::RowReader;
use crate::{
    cell,
    fault::Fault,
    sheet::{Column, Layout},
};

/// Headers of a column of ID numbers.
const ID_NUMBER: &[&str] = &[
    "身份证号码",
    "身份证号",
    "身份证",
    "公民身份号码",
    "公民身份证号码",
    "身份号码",
    "身份证件号码",
    "证件号码",
    "居民身份证号码",
    "idnumber",
];

/// Whom a row of a ledger names: by ID number, by name, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) id_number: Option<IdNumber>,
    pub(crate) name: Option<Text>,
}

impl Named {
    fn read(r: &mut RowReader<'_>) -> Option<Named> {
        let name = r.take(Column::Name, cell::name);
        let id_number = r.take(Column::IdNumber, cell::id_number);
        if name.is_none() && id_number.is_none() && !r.is_filled(Column::IdNumber) {
            if r.sheet().has(Column::IdNumber) {
                r.note(Column::IdNumber, &Fault::IdMissing);
            } else {
                r.note(Column::Name, &Fault::NameMissing);
            }
        }
        (name.is_some() || id_number.is_some()).then_some(Named { id_number, name })
    }
}

/// What kind of ledger a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 花名册: people.
    Roster,
    /// 走访台账: visits.
    Visits,
    /// 困难帮扶: payments of hardship aid.
    Hardship,
    /// 信访留言: petitions with their replies.
    Petitions,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 4] = [Kind::Roster, Kind::Visits, Kind::Hardship, Kind::Petitions];

    /// Its word: `roster`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Roster => "roster",
            Kind::Visits => "visits",
            Kind::Hardship => "hardship",
            Kind::Petitions => "petitions",
        }
    }

    pub(crate) fn layout(self) -> &'static Layout {
        match self {
            Kind::Roster => &roster::LAYOUT,
            Kind::Visits => &visits::LAYOUT,
            Kind::Hardship => &hardship::LAYOUT,
            Kind::Petitions => &petitions::LAYOUT,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// No kind of ledger has this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ledger is one of roster, visits, hardship, petitions")]
pub struct NoSuchKind;

impl FromStr for Kind {
    type Err = NoSuchKind;

    fn from_str(word: &str) -> Result<Self, NoSuchKind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or(NoSuchKind)
    }
}
