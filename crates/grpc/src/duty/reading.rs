//! The questions.

use tonic::Status;
use views::duties::{CoverageFilter, DigestFilter, WorkFilter};

use super::{duty, shown};
use crate::{api::Api, fields::Fields, page, pb};

/// Whose duties, and what raised them.
fn whose(f: &Fields<'_>, unit: &str, handler: &str, kind: i32) -> Option<WorkFilter> {
    let unit = f.optional_text("unit", unit);
    let handler = f.optional_text("handler", handler);
    let kind = f.optional_word("kind", kind);
    Some(WorkFilter {
        unit: unit?,
        handler: handler?,
        kind: kind?,
        band: None,
    })
}

pub(super) async fn list_duties(
    api: &Api,
    request: tonic::Request<pb::ListDutiesRequest>,
) -> Result<pb::ListDutiesResponse, Status> {
    let (reading, (filter, (page, position))) =
        api.asked(request, |f, asked: pb::ListDutiesRequest| {
            let whose = whose(f, &asked.unit, &asked.handler, asked.kind);
            let band = f.optional_word("band", asked.band);
            let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
            let filter = WorkFilter {
                band: band?,
                ..whose?
            };
            Some((filter, page?))
        })?;
    let work = api
        .at(position, reading.duty_worklist(filter, page))
        .await?;
    Ok(pb::ListDutiesResponse {
        items: work.items.into_iter().map(shown::row).collect(),
        next_page_token: work.next_page_token.unwrap_or_default(),
    })
}

pub(super) async fn count_duties(
    api: &Api,
    request: tonic::Request<pb::CountDutiesRequest>,
) -> Result<pb::CountDutiesResponse, Status> {
    let (reading, (filter, position)) =
        api.asked(request, |f, asked: pb::CountDutiesRequest| {
            let whose = whose(f, &asked.unit, &asked.handler, asked.kind);
            whose.zip(f.optional_position("position", &asked.position))
        })?;
    let (today, counts) = api.at(position, reading.duty_counts(filter)).await?;
    Ok(pb::CountDutiesResponse {
        today: today.to_string(),
        counts: Some(shown::counts(counts)),
    })
}

pub(super) async fn get_duty(
    api: &Api,
    request: tonic::Request<pb::GetDutyRequest>,
) -> Result<pb::GetDutyResponse, Status> {
    let (reading, (duty, position)) = api.asked(request, |f, asked: pb::GetDutyRequest| {
        let duty = duty(f, "duty", &asked.duty);
        duty.zip(f.optional_position("position", &asked.position))
    })?;
    let found = api.at(position, reading.duty(duty)).await?;
    Ok(shown::details(found))
}

pub(super) async fn list_duties_of_person(
    api: &Api,
    request: tonic::Request<pb::ListDutiesOfPersonRequest>,
) -> Result<pb::ListDutiesOfPersonResponse, Status> {
    let (reading, (person, open, (page, position))) =
        api.asked(request, |f, asked: pb::ListDutiesOfPersonRequest| {
            let person = f.id("person", &asked.person);
            let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
            Some((person?, asked.open, page?))
        })?;
    let found = api
        .at(position, reading.duties_of_person(person, open, page))
        .await?;
    Ok(pb::ListDutiesOfPersonResponse {
        items: found.items.into_iter().map(shown::row).collect(),
        next_page_token: found.next_page_token.unwrap_or_default(),
    })
}

pub(super) async fn list_duty_coverage(
    api: &Api,
    request: tonic::Request<pb::ListDutyCoverageRequest>,
) -> Result<pb::ListDutyCoverageResponse, Status> {
    let (reading, (filter, position)) =
        api.asked(request, |f, asked: pb::ListDutyCoverageRequest| {
            let from = f.optional_date("from", &asked.from);
            let until = f.optional_date("until", &asked.until);
            let unit = f.optional_text("unit", &asked.unit);
            let position = f.optional_position("position", &asked.position);
            let filter = CoverageFilter {
                from: from?,
                until: until?,
                unit: unit?,
            };
            Some((filter, position?))
        })?;
    let found = api.at(position, reading.duty_coverage(filter)).await?;
    Ok(pb::ListDutyCoverageResponse {
        items: found.into_iter().map(shown::coverage).collect(),
    })
}

pub(super) async fn get_duty_digest(
    api: &Api,
    request: tonic::Request<pb::GetDutyDigestRequest>,
) -> Result<pb::GetDutyDigestResponse, Status> {
    let (reading, (of, position)) = api.asked(request, |f, asked: pb::GetDutyDigestRequest| {
        let unit = f.optional_text("unit", &asked.unit);
        let handler = f.optional_text("handler", &asked.handler);
        let position = f.optional_position("position", &asked.position);
        let of = DigestFilter {
            unit: unit?,
            handler: handler?,
        };
        Some((of, position?))
    })?;
    let found = api.at(position, reading.duty_digest(of)).await?;
    Ok(shown::digest(found))
}
