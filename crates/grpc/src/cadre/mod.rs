//! People of the register.

pub(crate) mod particulars;
pub(crate) mod shown;

use app::{Answer, App, Error, Request};
use domain::{
    CadreId, StaffId, Unit,
    cadre::{CadreCommand, DuplicateDecision, RecordPartyStanding, RegisterCadre},
};
use uuid::Uuid;

use crate::{
    calls::{Call, calls},
    fields::{Fields, words},
    pb,
};
use particulars::{approval, field, living, profile, retirement, survivor};

calls! {
    /// What may be called on a person's record.
    CadreCall of cadre_service_server::CadreService {
        RegisterCadre: register_cadre(RegisterCadreRequest) -> RegisterCadreResponse,
        AmendCadre: amend_cadre(AmendCadreRequest) -> AmendCadreResponse,
        RecordRetirement: record_retirement(RecordRetirementRequest) -> RecordRetirementResponse,
        RecordPartyStanding: record_party_standing(RecordPartyStandingRequest)
            -> RecordPartyStandingResponse,
        GrantTreatment: grant_treatment(GrantTreatmentRequest) -> GrantTreatmentResponse,
        EndTreatment: end_treatment(EndTreatmentRequest) -> EndTreatmentResponse,
        RecordLiving: record_living(RecordLivingRequest) -> RecordLivingResponse,
        RequestTransfer: request_transfer(RequestTransferRequest) -> RequestTransferResponse,
        AcceptTransfer: accept_transfer(AcceptTransferRequest) -> AcceptTransferResponse,
        RejectTransfer: reject_transfer(RejectTransferRequest) -> RejectTransferResponse,
        AssignContact: assign_contact(AssignContactRequest) -> AssignContactResponse,
        HandOverContact: hand_over_contact(HandOverContactRequest) -> HandOverContactResponse,
        RecordDeath: record_death(RecordDeathRequest) -> RecordDeathResponse,
        WithdrawDeath: withdraw_death(WithdrawDeathRequest) -> WithdrawDeathResponse,
        RecordSurvivor: record_survivor(RecordSurvivorRequest) -> RecordSurvivorResponse,
        ReportDispute: report_dispute(ReportDisputeRequest) -> ReportDisputeResponse,
        VerifyRecord: verify_record(VerifyRecordRequest) -> VerifyRecordResponse,
        DecideDuplicate: decide_duplicate(DecideDuplicateRequest) -> DecideDuplicateResponse,
    }
    queries {}
}

words! {
    pb::DuplicateDecision = DuplicateDecision { SamePerson, DifferentPeople }
}

impl Call for CadreCall {
    type Id = CadreId;
    type Command = CadreCommand;
    const KIND: &'static str = "cadre";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(CadreId, CadreCommand)> {
        match self {
            CadreCall::RegisterCadre(asked) => {
                let unit = f.text("unit", &asked.unit);
                let retirement = f.optional_message("retirement", asked.retirement, retirement);
                let profile = f.message("profile", asked.profile, |f, asked| profile(f, *asked));
                let id = CadreId(new_id?);
                let register = RegisterCadre {
                    id,
                    unit: Unit(unit?),
                    retirement: retirement?,
                    profile: Box::new(profile?),
                };
                Some((id, CadreCommand::Register(register)))
            }
            CadreCall::AmendCadre(asked) => {
                let id = f.id("id", &asked.id);
                let changes = f.messages("changes", asked.changes, field);
                let reason = f.text("reason", &asked.reason);
                let document = f.optional_text("document", &asked.document);
                let (changes, reason, document) = (changes?, reason?, document?);
                Some((
                    id?,
                    CadreCommand::Amend {
                        changes,
                        reason,
                        document,
                    },
                ))
            }
            CadreCall::RecordRetirement(asked) => {
                let id = f.id("id", &asked.id);
                let retirement = f.message("retirement", asked.retirement, retirement);
                let document = f.optional_text("document", &asked.document);
                let (retirement, document) = (retirement?, document?);
                Some((
                    id?,
                    CadreCommand::RecordRetirement {
                        retirement,
                        document,
                    },
                ))
            }
            CadreCall::RecordPartyStanding(asked) => {
                let id = f.id("id", &asked.id);
                let standing = party_standing(f, &asked);
                Some((id?, CadreCommand::RecordPartyStanding(standing?)))
            }
            CadreCall::GrantTreatment(asked) => {
                let id = f.id("id", &asked.id);
                let treatment = f.text("treatment", &asked.treatment);
                let from = f.date("from", &asked.from);
                let until = f.optional_date("until", &asked.until);
                let approval = f.message("approval", asked.approval, approval);
                let command = CadreCommand::GrantTreatment {
                    treatment: treatment?,
                    from: from?,
                    until: until?,
                    approval: approval?,
                };
                Some((id?, command))
            }
            CadreCall::EndTreatment(asked) => {
                let id = f.id("id", &asked.id);
                let treatment = f.text("treatment", &asked.treatment);
                let until = f.date("until", &asked.until);
                let reason = f.text("reason", &asked.reason);
                let (treatment, until, reason) = (treatment?, until?, reason?);
                Some((
                    id?,
                    CadreCommand::EndTreatment {
                        treatment,
                        until,
                        reason,
                    },
                ))
            }
            CadreCall::RecordLiving(asked) => {
                let id = f.id("id", &asked.id);
                let living = f.message("living", asked.living, living);
                let mobility = f.optional_word("mobility", asked.mobility);
                let since = f.date("since", &asked.since);
                let (living, mobility, since) = (living?, mobility?, since?);
                Some((
                    id?,
                    CadreCommand::RecordLiving {
                        living,
                        mobility,
                        since,
                    },
                ))
            }
            CadreCall::RequestTransfer(asked) => {
                let id = f.id("id", &asked.id);
                let to = f.text("to", &asked.to);
                let reason = f.text("reason", &asked.reason);
                Some((
                    id?,
                    CadreCommand::RequestTransfer {
                        to: Unit(to?),
                        reason: reason?,
                    },
                ))
            }
            CadreCall::AcceptTransfer(asked) => {
                let id = f.id("id", &asked.id);
                Some((id?, CadreCommand::AcceptTransfer))
            }
            CadreCall::RejectTransfer(asked) => {
                let id = f.id("id", &asked.id);
                let reason = f.text("reason", &asked.reason);
                Some((id?, CadreCommand::RejectTransfer { reason: reason? }))
            }
            CadreCall::AssignContact(asked) => {
                let id = f.id("id", &asked.id);
                let staff = f.text("staff", &asked.staff);
                let name = f.text("name", &asked.name);
                let from = f.date("from", &asked.from);
                let (staff, name, from) = (StaffId(staff?), name?, from?);
                Some((id?, CadreCommand::AssignContact { staff, name, from }))
            }
            CadreCall::HandOverContact(asked) => {
                let id = f.id("id", &asked.id);
                let to = f.text("to", &asked.to);
                let name = f.text("name", &asked.name);
                let from = f.date("from", &asked.from);
                let reason = f.text("reason", &asked.reason);
                let (to, name, from, reason) = (StaffId(to?), name?, from?, reason?);
                Some((
                    id?,
                    CadreCommand::HandOverContact {
                        to,
                        name,
                        from,
                        reason,
                    },
                ))
            }
            CadreCall::RecordDeath(asked) => {
                let id = f.id("id", &asked.id);
                let died_on = f.date("died_on", &asked.died_on);
                let document = f.optional_text("document", &asked.document);
                let (died_on, document) = (died_on?, document?);
                Some((id?, CadreCommand::RecordDeath { died_on, document }))
            }
            CadreCall::WithdrawDeath(asked) => {
                let id = f.id("id", &asked.id);
                let reason = f.text("reason", &asked.reason);
                let document = f.optional_text("document", &asked.document);
                let (reason, document) = (reason?, document?);
                Some((id?, CadreCommand::WithdrawDeath { reason, document }))
            }
            CadreCall::RecordSurvivor(asked) => {
                let id = f.id("id", &asked.id);
                let survivor = f.message("survivor", asked.survivor, survivor);
                Some((
                    id?,
                    CadreCommand::RecordSurvivor {
                        survivor: survivor?,
                    },
                ))
            }
            CadreCall::ReportDispute(asked) => {
                let id = f.id("id", &asked.id);
                let matter = f.text("matter", &asked.matter);
                let known = f.when("known", &asked.known);
                let (matter, known) = (matter?, known?);
                Some((id?, CadreCommand::ReportDispute { matter, known }))
            }
            CadreCall::VerifyRecord(asked) => {
                let id = f.id("id", &asked.id);
                let on = f.date("on", &asked.on);
                let evidence = f.text("evidence", &asked.evidence);
                let (on, evidence) = (on?, evidence?);
                Some((id?, CadreCommand::VerifyRecord { on, evidence }))
            }
            CadreCall::DecideDuplicate(asked) => {
                let id = f.id("id", &asked.id);
                let other = f.id("other", &asked.other);
                let decision = f.word("decision", asked.decision);
                let reason = f.text("reason", &asked.reason);
                let (other, decision, reason) = (other?, decision?, reason?);
                Some((
                    id?,
                    CadreCommand::DecideDuplicate {
                        other,
                        decision,
                        reason,
                    },
                ))
            }
        }
    }

    async fn execute(
        app: &App,
        id: CadreId,
        command: CadreCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.cadre(id, [command], request).await
    }
}

fn party_standing(
    f: &Fields<'_>,
    asked: &pb::RecordPartyStandingRequest,
) -> Option<RecordPartyStanding> {
    let joined_on = f.date("joined_on", &asked.joined_on);
    let full_member_on = f.optional_date("full_member_on", &asked.full_member_on);
    let standing_starts_on = f.optional_date("standing_starts_on", &asked.standing_starts_on);
    let gap = f.optional_text("gap", &asked.gap);
    let evidence = f.text("evidence", &asked.evidence);
    Some(RecordPartyStanding {
        joined_on: joined_on?,
        full_member_on: full_member_on?,
        standing_starts_on: standing_starts_on?,
        gap: gap?,
        evidence: evidence?,
    })
}
