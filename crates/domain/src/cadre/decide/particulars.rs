//! Who the person is: registration, amendments, retirement, Party standing.

use super::{Decided, plausible::check, unless_so};
use crate::{
    Context, Text,
    cadre::{
        CadreAmended, CadreEvent, CadreRegistered, CadreRejection, Field, PartyStandingRecorded,
        RecordPartyStanding, RegisterCadre, Retirement, RetirementRecorded, Standing,
        record::Record,
    },
};

pub(super) fn register(person: RegisterCadre, cx: &Context<'_>) -> Decided {
    if let Some(retirement) = &person.retirement {
        joined_revolution_in_time(retirement, cx)?;
    }
    let registered = CadreRegistered::from(person);
    check(&Record::new(registered.clone()), cx.today)?;
    Ok(vec![registered.into()])
}

/// The same registration again says nothing new, whatever has become of the record since.
pub(super) fn register_again(record: &Record, person: &RegisterCadre) -> Decided {
    if record.registered == CadreRegistered::from(person.clone()) {
        Ok(vec![])
    } else {
        Err(CadreRejection::AlreadyRegistered)
    }
}

/// Keeps the changes that change something. Where one particular is given twice, the last counts.
pub(super) fn amend(
    record: &Record,
    changes: Vec<Field>,
    reason: Text,
    document: Option<Text>,
    cx: &Context<'_>,
) -> Decided {
    let mut kept: Vec<Field> = vec![];
    for change in changes {
        kept.retain(|earlier| earlier.name() != change.name());
        kept.push(change);
    }
    kept.retain(|change| !record.profile.has(change));
    if kept.is_empty() {
        return Ok(vec![]);
    }
    let amended = CadreAmended {
        changes: kept,
        reason,
        document,
    };
    plausible(record, amended.into(), cx)
}

pub(super) fn record_retirement(
    record: &Record,
    retirement: Retirement,
    document: Option<Text>,
    cx: &Context<'_>,
) -> Decided {
    if let Some(present) = &record.retirement
        && present.retirement == retirement
        && (document.is_none() || present.document == document)
    {
        return Ok(vec![]);
    }
    joined_revolution_in_time(&retirement, cx)?;
    let recorded = RetirementRecorded {
        retirement,
        document,
    };
    plausible(record, recorded.into(), cx)
}

pub(super) fn record_party_standing(
    record: &Record,
    party: RecordPartyStanding,
    cx: &Context<'_>,
) -> Decided {
    let standing = Standing::settle(
        &cx.rules.medal,
        party.joined_on,
        party.full_member_on,
        party.standing_starts_on,
        party.gap.is_some(),
    );
    let recorded = PartyStandingRecorded {
        joined_on: party.joined_on,
        full_member_on: party.full_member_on,
        standing_starts_on: standing.starts_on,
        basis: standing.basis,
        gap: party.gap,
        evidence: party.evidence,
    };
    check(&record.after(&recorded.clone().into()), cx.today)?;
    Ok(unless_so(record.party.as_ref(), recorded))
}

/// It may happen if the record that comes of it is plausible.
fn plausible(record: &Record, event: CadreEvent, cx: &Context<'_>) -> Decided {
    check(&record.after(&event), cx.today)?;
    Ok(vec![event])
}

/// 离休 is for those who joined the revolution before the founding of the republic (国发〔1982〕62号).
fn joined_revolution_in_time(
    retirement: &Retirement,
    cx: &Context<'_>,
) -> Result<(), CadreRejection> {
    let until = cx.rules.lixiu.revolution_until;
    match retirement {
        Retirement::Lixiu {
            joined_revolution_on,
            ..
        } if *joined_revolution_on > until => Err(CadreRejection::JoinedRevolutionTooLate {
            joined_on: *joined_revolution_on,
            until,
        }),
        Retirement::Lixiu { .. } | Retirement::Tuixiu => Ok(()),
    }
}

impl From<RegisterCadre> for CadreRegistered {
    fn from(person: RegisterCadre) -> Self {
        CadreRegistered {
            id: person.id,
            unit: person.unit,
            retirement: person.retirement,
            profile: person.profile,
        }
    }
}
