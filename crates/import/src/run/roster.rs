use app::{Outcome, Request};
use calendar::{Date, IdNumber};
use domain::{
    CadreId, Text,
    cadre::{CadreCommand, RecordPartyStanding, RegisterCadre},
};

use super::{
    Fate, Import,
    content::content_id,
    groups::{Group, Step, Task, group},
};
use crate::{
    cell::ledger_date,
    kind::roster::{self, Person},
    sheet::{Column, Sheet},
};

/// A person to be entered.
pub(super) struct Entry {
    number: IdNumber,
    person: Person,
}

impl Import<'_> {
    /// Reads a roster; rows with one ID number speak of one person.
    pub(super) fn roster(&self) -> Result<(Vec<Option<Fate>>, Vec<Group>), app::Error> {
        let (fates, rows) = self.read(roster::read);
        let mut steps = Vec::with_capacity(rows.len());
        for (index, row, (number, person)) in rows {
            // A roster has no date of its own.
            let id = content_id(self.kind, &person, None)?;
            let task = Task::Person(Box::new(Entry { number, person }));
            steps.push((
                number,
                Step {
                    index,
                    row,
                    id,
                    task,
                },
            ));
        }
        Ok((fates, group(steps)))
    }

    /// Enters a person with their Party dates and how they live, all or nothing. Someone who is in
    /// the register already stays as they are there.
    pub(super) async fn send_person(
        &self,
        entry: Entry,
        request: &Request,
        row: u32,
    ) -> Result<(Fate, Option<CadreId>), app::Error> {
        let Entry { number, person } = entry;
        if let Some(known) = self.reading.person_by_id_number(&number).await? {
            let rehearsal = Request {
                dry_run: true,
                ..request.clone()
            };
            let commands = self.commands(known, person, row);
            let answer = self.app.cadre(known, commands, &rehearsal).await;
            let fate = match answer.map(|answer| answer.outcome) {
                Ok(Outcome::AlreadySo | Outcome::Repeated) => Fate::Unchanged,
                Ok(Outcome::Recorded) => Fate::Duplicate(Some(known)),
                Err(error) if error.kind() == app::Kind::Rejected => Fate::Duplicate(Some(known)),
                Err(error) => return Err(error),
            };
            return Ok((fate, Some(known)));
        }
        let id = CadreId(request.new_id("cadre"));
        let answer = self
            .app
            .cadre(id, self.commands(id, person, row), request)
            .await;
        match answer {
            Err(error) if error.code() == "duplicate_person" => {
                // Entered by someone else just now.
                let known = self.reading.person_by_id_number(&number).await?;
                Ok((Fate::Duplicate(known), known))
            }
            answer => {
                // Another id than asked for, where an earlier attempt broke off.
                let id = answer
                    .as_ref()
                    .ok()
                    .and_then(|a| a.stream.id().parse().ok())
                    .unwrap_or(id);
                Ok((
                    self.fate(answer, |code| column(self.sheet, code))?,
                    Some(id),
                ))
            }
        }
    }

    fn commands(&self, id: CadreId, person: Person, row: u32) -> Vec<CadreCommand> {
        let Person {
            profile,
            retirement,
            party,
            living,
        } = person;
        let unit = self.options.request.actor.unit.clone();
        let mut commands = vec![CadreCommand::Register(RegisterCadre {
            id,
            unit,
            retirement,
            profile: Box::new(profile),
        })];
        if let Some(party) = party
            && let Ok(evidence) = Text::parse(&format!("《{}》第 {row} 行", self.file))
        {
            commands.push(CadreCommand::RecordPartyStanding(RecordPartyStanding {
                joined_on: party.joined_on,
                full_member_on: party.full_member_on,
                standing_starts_on: None,
                gap: None,
                evidence,
            }));
        }
        if let Some(living) = living {
            let since = self.as_of();
            commands.push(CadreCommand::RecordLiving {
                living,
                mobility: None,
                since,
            });
        }
        commands
    }

    /// The day as of which the ledger says what it says: that of its title, else today.
    fn as_of(&self) -> Date {
        let dated = self
            .sheet
            .titles
            .iter()
            .find_map(|title| ledger_date(title));
        dated.map_or(self.today, |date| date.min(self.today))
    }
}

/// The column that a refusal is about.
fn column(sheet: &Sheet, code: &str) -> Column {
    match code {
        "joined_revolution_too_late" => roster::revolution_column(sheet),
        "retired_before_work" => Column::RetiredOn,
        "before_birth" => Column::BornOn,
        "full_member_before_joined" => Column::FullMember,
        _ => Column::IdNumber,
    }
}
