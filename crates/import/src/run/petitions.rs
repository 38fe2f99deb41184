use app::Request;
use domain::{
    PetitionId,
    petition::{Channel, Intake, Petition, PetitionCommand, Petitioner},
};

use super::{
    Fate, Import,
    content::content_id,
    groups::{Group, Step, Task, group},
};
use crate::{
    kind::petitions::{self, PetitionRow},
    sheet::Column,
};

/// A petition to be registered, under the id that follows from its number.
pub(super) struct Letter {
    id: PetitionId,
    row: PetitionRow,
}

impl Import<'_> {
    /// Reads petitions; rows with one number speak of one petition.
    pub(super) fn petitions(&self) -> Result<(Vec<Option<Fate>>, Vec<Group>), app::Error> {
        let (fates, rows) = self.read(petitions::read);
        let mut steps = Vec::with_capacity(rows.len());
        for (index, row, letter) in rows {
            let date = Some(letter.received.date());
            let id = content_id(self.kind, &letter, date)?;
            // The reply comes later, and must find the petition it answers. Numbers are given by
            // many systems: alone they do not tell petitions apart.
            let petition = match &letter.number {
                Some(number) => (Some(number), &letter.petitioner, letter.received, None),
                None => {
                    let said = Some((&letter.subject, &letter.text));
                    (None, &letter.petitioner, letter.received, said)
                }
            };
            let petition = PetitionId(content_id(self.kind, &petition, date)?);
            let key = letter.number.clone().ok_or(petition);
            let task = Task::Petition(Box::new(Letter {
                id: petition,
                row: letter,
            }));
            steps.push((
                key,
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

    /// Registers and accepts a petition at the time it came in, and records its reply: what of it
    /// is new, all or nothing.
    pub(super) async fn send_petition(
        &self,
        letter: Letter,
        request: &Request,
    ) -> Result<Fate, app::Error> {
        let Letter { id, row } = letter;
        let received = row.received;
        let petition = Petition {
            id,
            number: row.number,
            channel: Channel::Web,
            petitioner: Petitioner {
                name: row.petitioner,
                person: None,
            },
            subject: row.subject,
            text: row.text,
            received,
            intake: Intake::default(),
        };
        let mut commands = vec![
            PetitionCommand::Register { petition },
            PetitionCommand::Accept { accepted: received },
        ];
        if let Some(reply) = row.reply {
            commands.push(PetitionCommand::Reply {
                text: reply.text,
                delivered: reply.delivered,
            });
        }
        let answer = self.app.petition(id, commands, request).await;
        if answer
            .as_ref()
            .is_err_and(|e| e.code() == "petition_already_registered")
        {
            return Ok(Fate::Duplicate(None));
        }
        self.fate(answer, |code| match code {
            "in_the_future" | "already_accepted" => Column::Received,
            "delivered_before_accepted" => Column::Replied,
            "already_replied" => Column::Reply,
            _ => Column::Text,
        })
    }
}
