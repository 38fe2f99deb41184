//! The medal “光荣在党50年”.

mod batch;

use app::{Answer, App, Error, Request};
use domain::{
    CadreId, Unit,
    medal::{AfterDeath, MedalApproval, MedalCommand, MedalDoubt},
};
use event_log::Position;
use tonic::Status;
use uuid::Uuid;
use views::{
    PageRequest,
    medal::{CandidateFilter, MedalCandidate, MedalFilter, MedalRow, MedalState},
};

use batch::{batch_approve_medals, batch_attest_medals, batch_nominate_medals};

use crate::{
    api::Api,
    calls::{Call, calls},
    fields::{Fields, Word, shown, words},
    page::{self, narrow},
    pb, person,
};

calls! {
    /// What may be called on a person's medal.
    MedalCall of medal_service_server::MedalService {
        Nominate: nominate_medal(NominateMedalRequest) -> NominateMedalResponse,
        Attest: attest_medal(AttestMedalRequest) -> AttestMedalResponse,
        Approve: approve_medal(ApproveMedalRequest) -> ApproveMedalResponse,
        Decline: decline_medal(DeclineMedalRequest) -> DeclineMedalResponse,
        Award: award_medal(AwardMedalRequest) -> AwardMedalResponse,
        Present: present_medal(PresentMedalRequest) -> PresentMedalResponse,
        DecideAfterDeath: decide_medal_after_death(DecideMedalAfterDeathRequest)
            -> DecideMedalAfterDeathResponse,
        Replace: replace_medal(ReplaceMedalRequest) -> ReplaceMedalResponse,
        Revoke: revoke_medal(RevokeMedalRequest) -> RevokeMedalResponse,
    }
    queries {
        list_medals(ListMedalsRequest) -> ListMedalsResponse,
        batch_nominate_medals(BatchNominateMedalsRequest) -> BatchNominateMedalsResponse,
        batch_attest_medals(BatchAttestMedalsRequest) -> BatchAttestMedalsResponse,
        batch_approve_medals(BatchApproveMedalsRequest) -> BatchApproveMedalsResponse,
        list_medal_candidates(ListMedalCandidatesRequest) -> ListMedalCandidatesResponse,
    }
}

words! {
    pb::AfterDeath = AfterDeath { ToFamily, Withheld }
    pb::MedalDoubt = MedalDoubt {
        StandingMissing, ProbationContradiction, MembershipGap, JoinedUnderAge,
    }
    pb::MedalState = MedalState {
        Nominated, Attested, Approved, Declined, Awarded, Presented, ToFamily, Withheld, Revoked,
    }
}

impl Call for MedalCall {
    type Id = CadreId;
    type Command = MedalCommand;
    const KIND: &'static str = "medal";

    fn read(self, _: Option<Uuid>, f: &Fields<'_>) -> Option<(CadreId, MedalCommand)> {
        match self {
            MedalCall::Nominate(asked) => {
                let person = f.id("person", &asked.person);
                let year = f.year("year", asked.year);
                let (person, year) = (person?, year?);
                Some((person, MedalCommand::Nominate { person, year }))
            }
            MedalCall::Attest(asked) => {
                let person = f.id("person", &asked.person);
                let branch = f.text("branch", &asked.branch);
                let statement = f.text("statement", &asked.statement);
                let (branch, statement) = (branch?, statement?);
                Some((person?, MedalCommand::Attest { branch, statement }))
            }
            MedalCall::Approve(asked) => {
                let person = f.id("person", &asked.person);
                let document = f.text("document", &asked.document);
                Some((
                    person?,
                    MedalCommand::Approve {
                        document: document?,
                    },
                ))
            }
            MedalCall::Decline(asked) => {
                let person = f.id("person", &asked.person);
                let reason = f.text("reason", &asked.reason);
                Some((person?, MedalCommand::Decline { reason: reason? }))
            }
            MedalCall::Award(asked) => {
                let person = f.id("person", &asked.person);
                let number = f.optional_text("number", &asked.number);
                Some((person?, MedalCommand::Award { number: number? }))
            }
            MedalCall::Present(asked) => {
                let person = f.id("person", &asked.person);
                let on = f.date("on", &asked.on);
                let by = f.text("by", &asked.by);
                Some((person?, MedalCommand::Present { on: on?, by: by? }))
            }
            MedalCall::DecideAfterDeath(asked) => {
                let person = f.id("person", &asked.person);
                let decision = f.word("decision", asked.decision);
                let approval = f.message("approval", asked.approval, approval);
                let (decision, approval) = (decision?, approval?);
                Some((
                    person?,
                    MedalCommand::DecideAfterDeath { decision, approval },
                ))
            }
            MedalCall::Replace(asked) => {
                let person = f.id("person", &asked.person);
                let reason = f.text("reason", &asked.reason);
                let approval = f.message("approval", asked.approval, approval);
                let (reason, approval) = (reason?, approval?);
                Some((person?, MedalCommand::Replace { reason, approval }))
            }
            MedalCall::Revoke(asked) => {
                let person = f.id("person", &asked.person);
                let reason = f.text("reason", &asked.reason);
                let approval = f.message("approval", asked.approval, approval);
                let (reason, approval) = (reason?, approval?);
                Some((person?, MedalCommand::Revoke { reason, approval }))
            }
        }
    }

    async fn execute(
        app: &App,
        id: CadreId,
        command: MedalCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.medal(id, [command], request).await
    }
}

fn approval(f: &Fields<'_>, asked: pb::MedalApproval) -> Option<MedalApproval> {
    let by = f.text("by", &asked.by);
    let document = f.text("document", &asked.document);
    Some(MedalApproval {
        by: by?,
        document: document?,
    })
}

async fn list_medals(
    api: &Api,
    request: tonic::Request<pb::ListMedalsRequest>,
) -> Result<pb::ListMedalsResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, filter)?;
    let medals = api.at(position, reading.medals(filter, page)).await?;
    let row = |known: MedalRow| pb::MedalRow {
        person: known.person.to_string(),
        name: shown(known.name),
        unit: shown(known.unit),
        year: known.year.into(),
        state: known.state.write(),
        standing_starts_on: known.standing_starts_on.to_string(),
        branch: shown(known.branch),
        document: shown(known.document),
        number: shown(known.number),
        presented_on: shown(known.presented_on),
        to_family: known.to_family,
        replaced: known.replaced,
    };
    Ok(pb::ListMedalsResponse {
        items: medals.items.into_iter().map(row).collect(),
        next_page_token: medals.next_page_token.unwrap_or_default(),
    })
}

fn filter(
    f: &Fields<'_>,
    asked: pb::ListMedalsRequest,
) -> Option<(MedalFilter, (PageRequest, Option<Position>))> {
    let year = asked.year.map(|year| f.year("year", year));
    let state = f.optional_word("state", asked.state);
    let person = f.optional_id("person", &asked.person);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let year = match year {
        Some(year) => Some(year?),
        None => None,
    };
    let filter = MedalFilter {
        year,
        state: state?,
        unit: narrow(asked.unit),
        person: person?,
    };
    Some((filter, page?))
}

async fn list_medal_candidates(
    api: &Api,
    request: tonic::Request<pb::ListMedalCandidatesRequest>,
) -> Result<pb::ListMedalCandidatesResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, candidate_filter)?;
    let found = api
        .at(position, reading.medal_candidates(filter, page))
        .await?;
    let (doubtful, candidates): (Vec<_>, Vec<_>) =
        found.items.into_iter().partition(|row| row.why.is_some());
    let shown = |rows: Vec<MedalCandidate>| rows.into_iter().map(candidate).collect();
    Ok(pb::ListMedalCandidatesResponse {
        candidates: shown(candidates),
        doubtful: shown(doubtful),
        next_page_token: found.next_page_token.unwrap_or_default(),
    })
}

fn candidate_filter(
    f: &Fields<'_>,
    asked: pb::ListMedalCandidatesRequest,
) -> Option<(CandidateFilter, (PageRequest, Option<Position>))> {
    let year = f.year("year", asked.year);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = CandidateFilter {
        year: year?,
        unit: narrow(asked.unit),
        branch: narrow(asked.branch),
    };
    Some((filter, page?))
}

fn candidate(known: MedalCandidate) -> pb::MedalCandidate {
    pb::MedalCandidate {
        id_number: shown(known.id_number),
        person: known.person.to_string(),
        name: known.name.into(),
        unit: known.unit.to_string(),
        branch: shown(known.branch),
        why: known.why.map(Word::write).unwrap_or_default(),
        why_en: shown(known.why.map(MedalDoubt::en)),
        why_zh: shown(known.why.map(MedalDoubt::zh)),
        died_on: shown(known.died_on),
        state: known.state.map(Word::write).unwrap_or_default(),
        standing: Some(person::party(known.standing)),
    }
}

pub(crate) fn read_candidate(f: &Fields<'_>, row: pb::MedalCandidate) -> Option<MedalCandidate> {
    Some(MedalCandidate {
        id_number: f.optional_text("id_number", &row.id_number)?,
        person: f.id("person", &row.person)?,
        name: f.text("name", &row.name)?,
        unit: Unit(f.text("unit", &row.unit)?),
        branch: f.optional_text("branch", &row.branch)?,
        why: f.optional_word("why", row.why)?,
        died_on: f.optional_date("died_on", &row.died_on)?,
        state: f.optional_word("state", row.state)?,
        standing: f.message("standing", row.standing, person::read_party)?,
    })
}
