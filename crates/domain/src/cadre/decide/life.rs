//! Death, survivors, and whether two records are of one person.

use calendar::Date;

use super::{Decided, plausible::check};
use crate::{
    CadreId, Context, Text,
    cadre::{
        CadreEvent, CadreRejection, DeathRecorded, DeathWithdrawn, DuplicateDecided,
        DuplicateDecision, Survivor, SurvivorRecorded,
        record::{Life, Record},
    },
};

/// A death is recorded once; another day or document is a correction, and that begins with taking
/// the first back, so that what closed by itself opens again.
pub(super) fn record_death(
    record: &Record,
    died_on: Date,
    document: Option<Text>,
    cx: &Context<'_>,
) -> Decided {
    match &record.life {
        Life::Died(death)
            if death.died_on == died_on && (document.is_none() || death.document == document) =>
        {
            Ok(vec![])
        }
        Life::Died(death) => Err(CadreRejection::DeathAlreadyRecorded {
            died_on: death.died_on,
        }),
        Life::Living => {
            let died = CadreEvent::from(DeathRecorded { died_on, document });
            check(&record.after(&died), cx.today)?;
            Ok(vec![died])
        }
    }
}

/// What was open before the death is open again: the record never closed it.
pub(super) fn withdraw_death(
    record: &Record,
    reason: Text,
    document: Option<Text>,
) -> Vec<CadreEvent> {
    match record.life {
        Life::Died(_) => vec![DeathWithdrawn { reason, document }.into()],
        Life::Living => vec![],
    }
}

/// The same name and relation again with another telephone corrects the telephone.
pub(super) fn record_survivor(record: &Record, survivor: Survivor) -> Decided {
    match record.life {
        Life::Living => Err(CadreRejection::PersonLiving),
        Life::Died(_) if record.survivors.contains(&survivor) => Ok(vec![]),
        Life::Died(_) => Ok(vec![SurvivorRecorded { survivor }.into()]),
    }
}

/// The record that is kept must be there, and must not itself be kept as this one: then neither
/// would be left.
pub(super) fn decide_duplicate(
    record: &Record,
    other: CadreId,
    decision: DuplicateDecision,
    reason: Text,
    cx: &Context<'_>,
) -> Decided {
    let same = decision == DuplicateDecision::SamePerson;
    if other == record.id() {
        return Err(CadreRejection::DuplicateOfItself);
    }
    let kept = cx.person.ok_or(CadreRejection::UnknownPerson)?;
    if same && kept.kept_as == Some(record.id()) {
        Err(CadreRejection::DuplicateCircular)
    } else if record.duplicates.get(&other) == Some(&decision) {
        Ok(vec![])
    } else {
        Ok(vec![
            DuplicateDecided {
                other,
                decision,
                reason,
            }
            .into(),
        ])
    }
}
