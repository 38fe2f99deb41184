//! The medals of many people in one call.

use app::{Error, MedalAnswer};
use domain::{CadreId, medal::MedalCommand};
use tonic::Status;
use views::medal::CandidateFilter;

use crate::{
    api::{Api, answer, finish},
    calls::{HasHead, Head},
    fields::Fields,
    page::narrow,
    pb,
};

/// Whose medals a nomination is about.
enum Nominated {
    People(Vec<CadreId>),
    Candidates(CandidateFilter),
}

pub(super) async fn batch_nominate_medals(
    api: &Api,
    request: tonic::Request<pb::BatchNominateMedalsRequest>,
) -> Result<pb::BatchNominateMedalsResponse, Status> {
    let (head, (year, nominated)) = api.many(request, nomination)?;
    let answered = async {
        let people = match nominated {
            Nominated::People(people) => people,
            Nominated::Candidates(filter) => api.app.medal_candidates(filter).await?,
        };
        let step = |person| MedalCommand::Nominate { person, year };
        api.app.medals(people, step, &head).await
    };
    let items = items(answered.await)?;
    Ok(pb::BatchNominateMedalsResponse { items })
}

pub(super) async fn batch_attest_medals(
    api: &Api,
    request: tonic::Request<pb::BatchAttestMedalsRequest>,
) -> Result<pb::BatchAttestMedalsResponse, Status> {
    let (head, (people, attest)) = api.many(request, |f, asked| {
        let people = people(f, &asked.people);
        let branch = f.text("branch", &asked.branch);
        let statement = f.text("statement", &asked.statement);
        let (branch, statement) = (branch?, statement?);
        Some((people?, MedalCommand::Attest { branch, statement }))
    })?;
    let answered = api.app.medals(people, |_| attest.clone(), &head).await;
    let items = items(answered)?;
    Ok(pb::BatchAttestMedalsResponse { items })
}

pub(super) async fn batch_approve_medals(
    api: &Api,
    request: tonic::Request<pb::BatchApproveMedalsRequest>,
) -> Result<pb::BatchApproveMedalsResponse, Status> {
    let (head, (people, approve)) = api.many(request, |f, asked| {
        let people = people(f, &asked.people);
        let document = f.text("document", &asked.document)?;
        Some((people?, MedalCommand::Approve { document }))
    })?;
    let answered = api.app.medals(people, |_| approve.clone(), &head).await;
    let items = items(answered)?;
    Ok(pb::BatchApproveMedalsResponse { items })
}

macro_rules! batches {
    ($($Request:ident),+) => {$(
        impl HasHead for pb::$Request {
            fn head(&self) -> Head<'_> {
                Head {
                    request_id: &self.request_id,
                    expected_revision: None,
                    source: self.source.as_ref(),
                    dry_run: self.dry_run,
                }
            }
        }
    )+};
}
batches!(
    BatchNominateMedalsRequest,
    BatchAttestMedalsRequest,
    BatchApproveMedalsRequest
);

fn nomination(f: &Fields<'_>, asked: pb::BatchNominateMedalsRequest) -> Option<(i16, Nominated)> {
    let year = f.year("year", asked.year);
    let nominated = if asked.all_candidates && asked.people.is_empty() {
        let (unit, branch) = (narrow(asked.unit), narrow(asked.branch));
        let filter = year.map(|year| CandidateFilter { year, unit, branch });
        filter.map(Nominated::Candidates)
    } else if asked.all_candidates {
        let (en, zh) = (
            "name people, or ask for all candidates, not both",
            "指定人员与全部人选只能择一",
        );
        f.fault("people", en, zh);
        None
    } else {
        people(f, &asked.people).map(Nominated::People)
    };
    Some((year?, nominated?))
}

fn people(f: &Fields<'_>, asked: &[String]) -> Option<Vec<CadreId>> {
    if asked.is_empty() {
        return f.missing("people");
    }
    let people: Vec<_> = asked
        .iter()
        .enumerate()
        .map(|(at, person)| f.id(&format!("people[{at}]"), person))
        .collect();
    people.into_iter().collect()
}

fn items(answered: Result<Vec<MedalAnswer>, Error>) -> Result<Vec<pb::MedalAnswer>, Status> {
    Ok(finish(answered)?.into_iter().map(item).collect())
}

fn item(known: MedalAnswer) -> pb::MedalAnswer {
    let person = known.person.to_string();
    match known.result {
        Ok(done) => pb::MedalAnswer {
            person,
            answer: Some(answer(done)),
            ..Default::default()
        },
        Err(refused) => pb::MedalAnswer {
            person,
            answer: None,
            code: refused.code().to_owned(),
            en: refused.to_string(),
            zh: refused.zh(),
        },
    }
}
