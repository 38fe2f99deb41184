//! What may be asked, by aggregate. Each call takes one or more commands for one aggregate, which
//! are recorded together or not at all.

use calendar::IdNumber;
use domain::{
    CadreId, PetitionId, VisitId,
    cadre::{Cadre, CadreCommand, CadreEvent, Field, RegisterCadre},
    duty::{Duty, DutyCommand, DutyId},
    health::{Health, HealthCommand},
    identity::{Identity, IdentityCommand, IdentityRejection},
    medal::{Medal, MedalCommand},
    petition::{PetitionCase, PetitionCommand},
    visit::{VisitCommand, VisitRecord},
};
use event_log::{Direction, Position, Revision};

use crate::{Answer, App, Error, Request, codec, execute::stream, request::derived_id};

impl App {
    /// Commands on a person's record.
    ///
    /// The first of them may be [`CadreCommand::Register`]; then the answer's stream tells the id,
    /// which is another than asked for where an earlier attempt to enter the same person broke off.
    ///
    /// # Errors
    /// Any [`Error`]; `duplicate_person` if the ID number belongs to someone else.
    pub async fn cadre(
        &self,
        id: CadreId,
        commands: impl IntoIterator<Item = CadreCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        let mut id = id;
        let mut commands: Vec<CadreCommand> = commands.into_iter().collect();
        let numbers: Vec<Option<IdNumber>> = commands.iter().flat_map(asked_numbers).collect();
        if numbers.is_empty() {
            return self.execute::<Cadre>(&id, commands, request).await;
        }
        let claims: Vec<IdNumber> = numbers.into_iter().flatten().collect();
        for number in &claims {
            if let Some(holder) = self.holder(number).await?
                && holder != id
            {
                if self.person(holder).await?.is_some() {
                    return Err(Error::rejected(IdentityRejection::Taken));
                }
                // An earlier attempt claimed the number and broke off: finish it under its id.
                id = holder;
                name_as(&mut commands, id);
            }
        }
        // Decided before anything is claimed: a refused command leaves no trace.
        let rehearsal = Request {
            dry_run: true,
            ..request.clone()
        };
        let rehearsed = self
            .execute::<Cadre>(&id, commands.clone(), &rehearsal)
            .await?;
        if request.dry_run {
            return Ok(rehearsed);
        }
        for number in &claims {
            self.identity(number, IdentityCommand::Claim { person: id }, request)
                .await?;
        }
        let answer = self.execute::<Cadre>(&id, commands, request).await?;
        self.release_former_numbers(id, request).await?;
        Ok(answer)
    }

    /// Commands on a visit.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn visit(
        &self,
        id: VisitId,
        commands: impl IntoIterator<Item = VisitCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<VisitRecord>(&id, commands.into_iter().collect(), request)
            .await
    }

    /// Commands on a person's medal.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn medal(
        &self,
        person: CadreId,
        commands: impl IntoIterator<Item = MedalCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<Medal>(&person, commands.into_iter().collect(), request)
            .await
    }

    /// Commands on a person's stays in hospital and check-ups.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn health(
        &self,
        person: CadreId,
        commands: impl IntoIterator<Item = HealthCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<Health>(&person, commands.into_iter().collect(), request)
            .await
    }

    /// Commands on a duty.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn duty(
        &self,
        id: &DutyId,
        commands: impl IntoIterator<Item = DutyCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.execute::<Duty>(id, commands.into_iter().collect(), request)
            .await
    }

    /// Commands on a petition. One that is registered under the id of a petition that is hidden from
    /// the actor gets another id; the answer's stream tells it.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn petition(
        &self,
        id: PetitionId,
        commands: impl IntoIterator<Item = PetitionCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        let mut id = id;
        let mut commands: Vec<PetitionCommand> = commands.into_iter().collect();
        loop {
            let done = self
                .carry_out_unless_hidden::<PetitionCase>(&id, commands.clone(), request)
                .await?;
            if let Some((answer, _)) = done {
                return Ok(answer);
            }
            // Whoever registers what another unit keeps sealed under this id must not learn of it:
            // they get one of their own, each time the same.
            id = PetitionId(derived_id(id.0, &request.actor.unit.0));
            for command in &mut commands {
                if let PetitionCommand::Register { petition } = command {
                    petition.id = id;
                }
            }
        }
    }

    /// Returns when every view has reached the position: what was recorded there can be read.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the views stand still.
    pub async fn reached(&self, position: Position) -> Result<(), Error> {
        self.parts
            .views
            .reached(position)
            .await
            .map_err(Error::from)
    }

    async fn identity(
        &self,
        number: &IdNumber,
        command: IdentityCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        let request = Request {
            expected_revision: None,
            ..request.clone()
        };
        let id = self.parts.identity_key.stream_of(number)?;
        self.execute::<Identity>(&id, vec![command], &request).await
    }

    pub(crate) async fn holder(&self, number: &IdNumber) -> Result<Option<CadreId>, Error> {
        let id = self.parts.identity_key.stream_of(number)?;
        Ok(self
            .load::<Identity>(&stream::<Identity>(&id)?, None)
            .await?
            .state
            .holder())
    }

    /// Gives up each number the person once had: after a correction, and after one that broke off
    /// in between.
    async fn release_former_numbers(&self, id: CadreId, request: &Request) -> Result<(), Error> {
        let stream = stream::<Cadre>(&id)?;
        let mut numbers = Vec::new();
        let mut from = Revision::FIRST;
        loop {
            let page = self
                .parts
                .log
                .read_stream(&stream, Some(from), Direction::Forwards, 500)
                .await?;
            let Some(last) = page.last() else { break };
            from = last.revision.next();
            for stored in &page {
                numbers.extend(recorded_numbers(&codec::decode::<Cadre>(stored)?));
            }
        }
        let Some(current) = numbers.pop() else {
            return Ok(());
        };
        for former in numbers.into_iter().filter(|n| *n != current) {
            if let Some(number) = former
                && self.holder(&number).await? == Some(id)
            {
                self.identity(&number, IdentityCommand::Release { person: id }, request)
                    .await?;
            }
        }
        Ok(())
    }
}

/// The ID numbers a command would give the person, one after the other; `None` takes it out.
fn asked_numbers(command: &CadreCommand) -> Vec<Option<IdNumber>> {
    match command {
        CadreCommand::Register(register) => vec![register.profile.id_number],
        CadreCommand::Amend { changes, .. } => changes.iter().filter_map(amended_number).collect(),
        CadreCommand::RecordRetirement { .. }
        | CadreCommand::RecordPartyStanding(_)
        | CadreCommand::GrantTreatment { .. }
        | CadreCommand::EndTreatment { .. }
        | CadreCommand::RecordLiving { .. }
        | CadreCommand::RequestTransfer { .. }
        | CadreCommand::AcceptTransfer
        | CadreCommand::RejectTransfer { .. }
        | CadreCommand::AssignContact { .. }
        | CadreCommand::HandOverContact { .. }
        | CadreCommand::RecordDeath { .. }
        | CadreCommand::WithdrawDeath { .. }
        | CadreCommand::RecordSurvivor { .. }
        | CadreCommand::ReportDispute { .. }
        | CadreCommand::VerifyRecord { .. }
        | CadreCommand::DecideDuplicate { .. } => vec![],
    }
}

/// The ID numbers the record held, one after the other; `None` where it was taken out.
fn recorded_numbers(event: &CadreEvent) -> Vec<Option<IdNumber>> {
    match event {
        CadreEvent::Registered(e) => vec![e.profile.id_number],
        CadreEvent::Amended(e) => e.changes.iter().filter_map(amended_number).collect(),
        CadreEvent::RetirementRecorded(_)
        | CadreEvent::PartyStandingRecorded(_)
        | CadreEvent::TreatmentGranted(_)
        | CadreEvent::TreatmentEnded(_)
        | CadreEvent::LivingRecorded(_)
        | CadreEvent::TransferRequested(_)
        | CadreEvent::TransferAccepted(_)
        | CadreEvent::TransferRejected(_)
        | CadreEvent::ContactAssigned(_)
        | CadreEvent::ContactHandedOver(_)
        | CadreEvent::DeathRecorded(_)
        | CadreEvent::DeathWithdrawn(_)
        | CadreEvent::SurvivorRecorded(_)
        | CadreEvent::DisputeReported(_)
        | CadreEvent::RecordVerified(_)
        | CadreEvent::DuplicateDecided(_) => vec![],
    }
}

fn amended_number(change: &Field) -> Option<Option<IdNumber>> {
    if let Field::IdNumber(number) = change {
        Some(*number)
    } else {
        None
    }
}

fn name_as(commands: &mut [CadreCommand], id: CadreId) {
    for command in commands {
        if let CadreCommand::Register(RegisterCadre { id: named, .. }) = command {
            *named = id;
        }
    }
}
