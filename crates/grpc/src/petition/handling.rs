//! From the acceptance to the answer.

use domain::{
    Unit,
    petition::{Assignment, PetitionCommand},
};

use super::commands::{Asked, staff, unit};
use crate::{fields::Fields, pb};

pub(super) fn accept(f: &Fields<'_>, asked: &pb::AcceptPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let accepted = f.when("accepted", &asked.accepted);
    let command = PetitionCommand::Accept {
        accepted: accepted?,
    };
    Some((id?, command))
}

pub(super) fn assign(f: &Fields<'_>, asked: pb::AssignPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let assignment = f.message("assignment", asked.assignment, assignment);
    let command = PetitionCommand::Assign {
        assignment: assignment?,
    };
    Some((id?, command))
}

fn assignment(f: &Fields<'_>, asked: pb::Assignment) -> Option<Assignment> {
    let lead = unit(f, "lead", &asked.lead);
    let supporting = f.texts("supporting", &asked.supporting);
    let handler = staff(f, "handler", &asked.handler);
    let head = staff(f, "head", &asked.head);
    Some(Assignment {
        lead: lead?,
        supporting: supporting?.into_iter().map(Unit).collect(),
        handler: handler?,
        head: head?,
    })
}

pub(super) fn recuse(f: &Fields<'_>, asked: &pb::RecuseStaffRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let staff = staff(f, "staff", &asked.staff);
    let interest = f.text("interest", &asked.interest);
    let command = PetitionCommand::Recuse {
        staff: staff?,
        interest: interest?,
    };
    Some((id?, command))
}

pub(super) fn note(f: &Fields<'_>, asked: &pb::NoteFindingRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let on = f.date("on", &asked.on);
    let text = f.text("text", &asked.text);
    let command = PetitionCommand::Note {
        on: on?,
        text: text?,
    };
    Some((id?, command))
}

pub(super) fn open_hearing(f: &Fields<'_>, asked: &pb::OpenHearingRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let on = f.date("on", &asked.on);
    Some((id?, PetitionCommand::OpenHearing { on: on? }))
}

pub(super) fn hold_hearing(f: &Fields<'_>, asked: &pb::HoldHearingRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let on = f.date("on", &asked.on);
    let record = f.text("record", &asked.record);
    let command = PetitionCommand::HoldHearing {
        on: on?,
        record: record?,
    };
    Some((id?, command))
}

pub(super) fn mediate(f: &Fields<'_>, asked: &pb::RecordMediationRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let on = f.date("on", &asked.on);
    let agreement = f.text("agreement", &asked.agreement);
    let command = PetitionCommand::RecordMediation {
        on: on?,
        agreement: agreement?,
    };
    Some((id?, command))
}

pub(super) fn extend(f: &Fields<'_>, asked: &pb::ExtendHandlingRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let reasons = f.text("reasons", &asked.reasons);
    let approved = f.date("approved", &asked.approved);
    let told = f.when("told", &asked.told);
    let command = PetitionCommand::Extend {
        days: asked.days,
        reasons: reasons?,
        approved: approved?,
        told: told?,
    };
    Some((id?, command))
}
