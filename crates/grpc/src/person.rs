//! People as they are shown.

use domain::{
    AgeBasis, NamedAge, StaffId, Unit,
    cadre::{LivingRecorded, PartyStandingRecorded, StandingBasis},
};
use views::register::{
    BirthdayRow, Contact, Counts, PersonCard, PersonRow, Status, Treatment, UnitCounts,
};

use crate::{
    cadre::{particulars, shown as show},
    fields::{Fields, Word, shown, words},
    pb,
};

words! {
    pb::AgeBasis = AgeBasis { Full, Nominal }
    pb::RetirementStatus = Status { Lixiu, Tuixiu, None }
    pb::StandingBasis = StandingBasis {
        Document, FullMembership, NoProbation, Contradiction, Missing, Gap,
    }
}

pub(crate) fn row(known: PersonRow) -> pb::PersonRow {
    pb::PersonRow {
        person: known.person.to_string(),
        name: known.name.into(),
        sex: known.sex.map(Word::write).unwrap_or_default(),
        id_number: shown(known.id_number),
        born_on: shown(known.born_on),
        unit: known.unit.to_string(),
        work_unit: shown(known.work_unit),
        post: shown(known.post),
        branch: shown(known.branch),
        status: known.status.write(),
        lixiu_approval_missing: known.lixiu_approval_missing,
        joined_on: shown(known.joined_on),
        full_member_on: shown(known.full_member_on),
        standing_starts_on: shown(known.standing_starts_on),
        standing_basis: known.standing_basis.map(Word::write).unwrap_or_default(),
        phone: shown(known.phone),
        living: known.living.map(show::living),
        mobility: known.mobility.map(Word::write).unwrap_or_default(),
        contact: shown(known.contact.map(|staff| staff.0)),
        contact_name: shown(known.contact_name),
        died_on: shown(known.died_on),
        kept_as: shown(known.kept_as),
        hardship: known.hardship,
    }
}

pub(crate) fn read_row(f: &Fields<'_>, row: pb::PersonRow) -> Option<PersonRow> {
    Some(PersonRow {
        person: f.id("person", &row.person)?,
        name: f.text("name", &row.name)?,
        sex: f.optional_word("sex", row.sex)?,
        id_number: f.optional_text("id_number", &row.id_number)?,
        born_on: f.optional_date("born_on", &row.born_on)?,
        unit: Unit(f.text("unit", &row.unit)?),
        work_unit: f.optional_text("work_unit", &row.work_unit)?,
        post: f.optional_text("post", &row.post)?,
        branch: f.optional_text("branch", &row.branch)?,
        status: f.word("status", row.status)?,
        lixiu_approval_missing: row.lixiu_approval_missing,
        joined_on: f.optional_date("joined_on", &row.joined_on)?,
        full_member_on: f.optional_date("full_member_on", &row.full_member_on)?,
        standing_starts_on: f.optional_date("standing_starts_on", &row.standing_starts_on)?,
        standing_basis: f.optional_word("standing_basis", row.standing_basis)?,
        phone: f.optional_text("phone", &row.phone)?,
        living: f.optional_message("living", row.living, particulars::living)?,
        mobility: f.optional_word("mobility", row.mobility)?,
        contact: f.optional_text("contact", &row.contact)?.map(StaffId),
        contact_name: f.optional_text("contact_name", &row.contact_name)?,
        died_on: f.optional_date("died_on", &row.died_on)?,
        kept_as: f.optional_id("kept_as", &row.kept_as)?,
        hardship: row.hardship,
    })
}

pub(crate) fn birthday(known: BirthdayRow) -> pb::BirthdayRow {
    pb::BirthdayRow {
        on: known.on.to_string(),
        person: known.person.to_string(),
        name: known.name.into(),
        unit: known.unit.to_string(),
        contact: shown(known.contact.map(|staff| staff.0)),
        contact_name: shown(known.contact_name),
        birthday: Some(show::birthday(known.birthday)),
        born_on: shown(known.born_on),
        full_age: known.full_age.map(i32::from),
        nominal_age: known.nominal_age.map(i32::from),
        named: known.named.map(|NamedAge { age, basis }| pb::NamedAge {
            age: age.into(),
            basis: basis.write(),
        }),
    }
}

pub(crate) fn card(known: PersonCard) -> pb::PersonCard {
    pb::PersonCard {
        person: known.person.to_string(),
        unit: known.unit.to_string(),
        transfer_to: shown(known.transfer_to),
        profile: Some(show::profile(known.profile)),
        retirement: known.retirement.map(show::retirement),
        party: known.party.map(party),
        living: known.living.map(living),
        contact: known.contact.map(contact),
        treatments: known.treatments.into_iter().map(treatment).collect(),
        died_on: shown(known.died_on),
        survivors: known.survivors.into_iter().map(show::survivor).collect(),
        kept_as: shown(known.kept_as),
    }
}

pub(crate) fn party(known: PartyStandingRecorded) -> pb::PartyStandingRecorded {
    pb::PartyStandingRecorded {
        joined_on: known.joined_on.to_string(),
        full_member_on: shown(known.full_member_on),
        standing_starts_on: shown(known.standing_starts_on),
        basis: known.basis.write(),
        evidence: known.evidence.into(),
        gap: shown(known.gap),
    }
}

pub(crate) fn read_party(
    f: &Fields<'_>,
    row: pb::PartyStandingRecorded,
) -> Option<PartyStandingRecorded> {
    Some(PartyStandingRecorded {
        joined_on: f.date("joined_on", &row.joined_on)?,
        full_member_on: f.optional_date("full_member_on", &row.full_member_on)?,
        standing_starts_on: f.optional_date("standing_starts_on", &row.standing_starts_on)?,
        basis: f.word("basis", row.basis)?,
        gap: f.optional_text("gap", &row.gap)?,
        evidence: f.text("evidence", &row.evidence)?,
    })
}

fn living(known: LivingRecorded) -> pb::LivingRecorded {
    pb::LivingRecorded {
        living: Some(show::living(known.living)),
        mobility: known.mobility.map(Word::write).unwrap_or_default(),
        since: known.since.to_string(),
    }
}

pub(crate) fn contact(known: Contact) -> pb::Contact {
    pb::Contact {
        staff: known.staff.0.into(),
        name: known.name.into(),
        from: known.from.to_string(),
    }
}

fn treatment(known: Treatment) -> pb::Treatment {
    pb::Treatment {
        treatment: known.treatment.into(),
        from: known.from.to_string(),
        until: shown(known.until),
        approval: Some(show::approval(known.approval)),
    }
}

pub(crate) fn counts(known: Counts) -> pb::Counts {
    let Counts {
        people,
        living,
        members,
        lixiu,
        tuixiu,
        hardship,
    } = known;
    pb::Counts {
        people,
        living,
        members,
        lixiu,
        tuixiu,
        hardship,
    }
}

pub(crate) fn read_counts(_: &Fields<'_>, counts: pb::Counts) -> Option<Counts> {
    let pb::Counts {
        people,
        living,
        members,
        lixiu,
        tuixiu,
        hardship,
    } = counts;
    Some(Counts {
        people,
        living,
        members,
        lixiu,
        tuixiu,
        hardship,
    })
}

pub(crate) fn unit_counts(known: UnitCounts) -> pb::UnitCounts {
    pb::UnitCounts {
        unit: known.unit,
        counts: Some(counts(known.counts)),
    }
}

pub(crate) fn read_unit_counts(f: &Fields<'_>, read: pb::UnitCounts) -> Option<UnitCounts> {
    let counts = f.message("counts", read.counts, read_counts)?;
    Some(UnitCounts {
        unit: read.unit,
        counts,
    })
}
