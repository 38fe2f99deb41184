//! What happened to people, and what they are like.

use calendar::{When, civil_date};
use domain::{
    CadreId,
    cadre::{CadreEvent, CadreRegistered, DuplicateDecision, Field, Living, Mobility, Retirement},
    duty::TriggerKind,
    hardship::{Ground, HardshipEvent},
    health::HealthEvent,
};
use rusqlite::{OptionalExtension, ToSql, Transaction, params};

use super::{
    run,
    settle::{Scope, settle},
};
use crate::{
    Envelope, ViewsError,
    read::{self, json},
};

pub(super) fn cadre(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &CadreEvent,
) -> Result<(), ViewsError> {
    let person = envelope.person()?;
    let set = |columns: &[(&str, &dyn ToSql)]| change(tx, envelope, person, columns);
    let become_ = |columns: &[(&str, &dyn ToSql)]| change_facts(tx, envelope, person, columns);
    match event {
        CadreEvent::Registered(e) => register(tx, envelope, e),
        CadreEvent::Amended(e) => e
            .changes
            .iter()
            .try_for_each(|field| amend(tx, envelope, person, field)),
        CadreEvent::RetirementRecorded(e) => become_(&[("lixiu", &is_lixiu(Some(&e.retirement)))]),
        CadreEvent::LivingRecorded(e) => become_(&[
            ("lives_alone", &(e.living == Living::Alone)),
            (
                "unable",
                &(e.mobility == Some(Mobility::UnableToCareForSelf)),
            ),
        ]),
        CadreEvent::TransferAccepted(e) => {
            set(&[("unit", &e.to.0.as_str())])?;
            settle(tx, &Scope::Person(person))
        }
        CadreEvent::ContactAssigned(e) => {
            set(&[("contact", &e.staff.0.as_str())])?;
            settle(tx, &Scope::Person(person))
        }
        CadreEvent::ContactHandedOver(e) => {
            set(&[("contact", &e.to.0.as_str())])?;
            settle(tx, &Scope::Person(person))
        }
        CadreEvent::DeathRecorded(e) => {
            set(&[("died_on", &e.died_on.to_string())])?;
            let known = When::At(envelope.recorded.metadata.recorded);
            let died = Occasion::new(person, TriggerKind::Died, When::Day(e.died_on), known);
            died.insert(tx, envelope)?;
            settle(tx, &Scope::Person(person))
        }
        CadreEvent::DeathWithdrawn(_) => {
            become_(&[("died_on", &None::<&str>)])?;
            let sql =
                "UPDATE duties_occasion SET withdrawn = 1 WHERE person = ?1 AND kind = 'died'";
            run(tx, sql, [person.to_string()])?;
            settle(tx, &Scope::Person(person))
        }
        CadreEvent::DisputeReported(e) => {
            Occasion::new(person, TriggerKind::Dispute, e.known, e.known).insert(tx, envelope)
        }
        CadreEvent::RecordVerified(e) => {
            set(&[("verified_on", &e.on.to_string())])?;
            settle(tx, &Scope::Person(person))
        }
        CadreEvent::DuplicateDecided(e) => {
            match e.decision {
                DuplicateDecision::SamePerson => set(&[("kept_as", &e.other.to_string())])?,
                DuplicateDecision::DifferentPeople => {
                    let sql = "SELECT nullif(kept_as, ?2) FROM duties_person WHERE person = ?1";
                    let ids = [person.to_string(), e.other.to_string()];
                    let kept_as: Option<Option<String>> = tx
                        .prepare_cached(sql)?
                        .query_row(ids, |row| row.get(0))
                        .optional()?;
                    become_(&[("kept_as", &kept_as.flatten())])?;
                }
            }
            settle(tx, &Scope::Person(person))
        }
        // No rule looks at these.
        CadreEvent::PartyStandingRecorded(_)
        | CadreEvent::TreatmentGranted(_)
        | CadreEvent::TreatmentEnded(_)
        | CadreEvent::TransferRequested(_)
        | CadreEvent::TransferRejected(_)
        | CadreEvent::SurvivorRecorded(_) => Ok(()),
    }
}

fn register(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    e: &CadreRegistered,
) -> Result<(), ViewsError> {
    let recorded = &envelope.recorded;
    let sql = "INSERT INTO duties_person
            (person, changed, since, name, unit, lixiu, born_on, id_born_on, birthday, entered_on)
        VALUES (?1, ?2, ?9, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    run(
        tx,
        sql,
        params![
            e.id.to_string(),
            recorded.position.to_stored(),
            e.profile.name.as_str(),
            e.unit.0.as_str(),
            is_lixiu(e.retirement.as_ref()),
            e.profile.born_on.map(|day| day.to_string()),
            e.profile.id_number.map(|number| number.born().to_string()),
            e.profile.birthday.as_ref().map(json).transpose()?,
            civil_date(recorded.metadata.recorded).to_string(),
        ],
    )?;
    Ok(())
}

fn amend(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    person: CadreId,
    field: &Field,
) -> Result<(), ViewsError> {
    let set =
        |column: &str, value: &dyn ToSql| change_facts(tx, envelope, person, &[(column, value)]);
    match field {
        Field::Name(name) => change(tx, envelope, person, &[("name", &name.as_str())]),
        Field::BornOn(day) => set("born_on", &day.map(|day| day.to_string())),
        Field::Birthday(birthday) => set("birthday", &birthday.as_ref().map(json).transpose()?),
        Field::IdNumber(number) => set(
            "id_born_on",
            &number.map(|number| number.born().to_string()),
        ),
        // No rule looks at the others.
        _ => Ok(()),
    }
}

fn is_lixiu(retirement: Option<&Retirement>) -> bool {
    matches!(retirement, Some(Retirement::Lixiu { .. }))
}

pub(super) fn change(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    person: CadreId,
    columns: &[(&str, &dyn ToSql)],
) -> Result<(), ViewsError> {
    for (column, value) in columns {
        let sql = format!("UPDATE duties_person SET {column} = ?3, changed = ?2 WHERE person = ?1");
        let position = envelope.recorded.position.to_stored();
        let rows = run(tx, &sql, params![person.to_string(), position, value])?;
        envelope.must_change(rows)?;
    }
    Ok(())
}

/// The same for what rules look at: from that day on watch is kept on what is so now, whenever the
/// days before are looked at.
fn change_facts(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    person: CadreId,
    columns: &[(&str, &dyn ToSql)],
) -> Result<(), ViewsError> {
    change(tx, envelope, person, columns)?;
    let today = civil_date(envelope.recorded.metadata.recorded).to_string();
    change(tx, envelope, person, &[("since", &today)])
}

pub(super) fn health(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &HealthEvent,
) -> Result<(), ViewsError> {
    let person = envelope.person()?;
    let lies = |event: Option<String>, on: Option<String>| {
        change_facts(
            tx,
            envelope,
            person,
            &[("stay_event", &event), ("stay_on", &on)],
        )
    };
    match event {
        HealthEvent::Admitted(e) => {
            let admitted = e.admitted.happened;
            let occasion = Occasion::new(person, TriggerKind::Admitted, admitted, e.admitted.known);
            occasion.of_stay(e.stay).insert(tx, envelope)?;
            lies(
                Some(envelope.recorded.id.to_string()),
                Some(admitted.date().to_string()),
            )
        }
        HealthEvent::Discharged(e) => {
            let (on, known) = (e.discharged.happened, e.discharged.known);
            let occasion = Occasion::new(person, TriggerKind::Discharged, on, known);
            occasion.of_stay(e.stay).insert(tx, envelope)?;
            lies(None, None)
        }
        HealthEvent::StayWithdrawn(e) => {
            let sql = "UPDATE duties_occasion SET withdrawn = 1 WHERE person = ?1 AND stay = ?2";
            let rows = run(tx, sql, params![person.to_string(), e.stay])?;
            envelope.must_change(rows)?;
            // Whether it is the stay that goes on, its admission tells.
            let sql = "SELECT p.person FROM duties_person p
                       JOIN duties_occasion o ON o.event = p.stay_event AND o.withdrawn = 1
                       WHERE p.person = ?1";
            let goes_on: Option<String> = tx
                .prepare_cached(sql)?
                .query_row([person.to_string()], |row| row.get(0))
                .optional()?;
            if goes_on.is_some() {
                lies(None, None)?;
            }
            settle(tx, &Scope::Person(person))
        }
        HealthEvent::CheckedUp(e) if e.feedback_needed => {
            let on = When::Day(e.on);
            Occasion::new(person, TriggerKind::CheckedUp, on, e.known).insert(tx, envelope)
        }
        HealthEvent::CheckedUp(_) | HealthEvent::MovedInHospital(_) => Ok(()),
    }
}

/// A case of a survivor bears the name of the dead cadre, whom nobody visits any more. One whose
/// situation nobody has told here comes from a ledger: the bureau had known of it and paid before,
/// on which day it learnt of it the ledger does not say.
pub(super) fn hardship(
    tx: &Transaction<'_>,
    envelope: &Envelope<'_>,
    event: &HardshipEvent,
) -> Result<(), ViewsError> {
    match event {
        HardshipEvent::Opened(e) if e.ground != Ground::Survivor && e.situation.is_some() => {
            let person = envelope.hardship()?.person;
            let recorded = When::At(envelope.recorded.metadata.recorded);
            let known = e.known.unwrap_or(recorded);
            Occasion::new(person, TriggerKind::Hardship, known, known).insert(tx, envelope)
        }
        HardshipEvent::Opened(_)
        | HardshipEvent::Assessed(_)
        | HardshipEvent::Approved(_)
        | HardshipEvent::ApprovalLapsed(_)
        | HardshipEvent::RestReleased(_)
        | HardshipEvent::Declined(_)
        | HardshipEvent::Disbursed(_)
        | HardshipEvent::LineStruck(_)
        | HardshipEvent::Reversed(_)
        | HardshipEvent::FollowedUp(_)
        | HardshipEvent::Closed(_)
        | HardshipEvent::Reopened(_)
        | HardshipEvent::PaymentTakenOver(_) => Ok(()),
    }
}

/// Something that may raise duties.
struct Occasion {
    person: CadreId,
    kind: TriggerKind,
    on: When,
    known: When,
    stay: Option<u32>,
}

impl Occasion {
    fn new(person: CadreId, kind: TriggerKind, on: When, known: When) -> Self {
        Occasion {
            person,
            kind,
            on,
            known,
            stay: None,
        }
    }

    fn of_stay(self, stay: u32) -> Self {
        Occasion {
            stay: Some(stay),
            ..self
        }
    }

    fn insert(&self, tx: &Transaction<'_>, envelope: &Envelope<'_>) -> Result<(), ViewsError> {
        let sql = "INSERT INTO duties_occasion (event, position, person, kind, on_day, known, stay)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        run(
            tx,
            sql,
            params![
                envelope.recorded.id.to_string(),
                envelope.recorded.position.to_stored(),
                self.person.to_string(),
                self.kind.as_str(),
                self.on.date().to_string(),
                read::stored(self.known),
                self.stay,
            ],
        )?;
        Ok(())
    }
}
