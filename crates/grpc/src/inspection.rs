//! Any moment of the record again.

use ::inspection::{AsOf, Change, FieldOrigin, Origin, Step, Subject};
use app::{Dossier, Search};
use domain::{StaffId, Unit};
use event_log::{EventId, Position, Revision};
use serde_json::Value;
use tonic::{Request, Response, Status};

use crate::{
    api::Api,
    bundle,
    calls::source,
    fields::{Fields, shown},
    fund, hardship,
    history::{actor, read_actor, source_shown, when},
    mining, page, pb,
    stream::Parts,
};

#[tonic::async_trait]
impl pb::inspection_service_server::InspectionService for Api {
    async fn get_dossier(
        &self,
        request: Request<pb::GetDossierRequest>,
    ) -> Result<Response<pb::GetDossierResponse>, Status> {
        let (reading, (subject, as_of, position)) = self
            .asked(request, |f, asked: pb::GetDossierRequest| {
                head(f, asked.subject, asked.as_of, &asked.position)
            })?;
        let found = self.at(position, reading.dossier(subject, as_of)).await?;
        Ok(Response::new(pb::GetDossierResponse {
            day: found.day.to_string(),
            events: found.events,
            document: found.document.to_string(),
        }))
    }

    async fn compare_dossiers(
        &self,
        request: Request<pb::CompareDossiersRequest>,
    ) -> Result<Response<pb::CompareDossiersResponse>, Status> {
        let (reading, ((subject, before, position), after)) =
            self.asked(request, |f, asked: pb::CompareDossiersRequest| {
                let head = head(f, asked.subject, asked.before, &asked.position);
                head.zip(as_of(f, "after", asked.after))
            })?;
        let compared = reading.dossier_changes(subject, before, after);
        let changes = self.at(position, compared).await?;
        Ok(Response::new(pb::CompareDossiersResponse {
            changes: changes.into_iter().map(change).collect(),
        }))
    }

    type GetBundleStream = Parts<pb::GetBundleResponse>;

    async fn get_bundle(
        &self,
        request: Request<pb::GetBundleRequest>,
    ) -> Result<Response<Self::GetBundleStream>, Status> {
        let (reading, (subject, as_of, position, printed)) =
            self.asked(request, |f, asked: pb::GetBundleRequest| {
                let (subject, as_of, position) =
                    head(f, asked.subject, asked.as_of, &asked.position)?;
                Some((subject, as_of, position, !asked.without_pdf))
            })?;
        let made = self.at(position, reading.bundle(subject, as_of, printed));
        Ok(Response::new(bundle::send(made.await?)))
    }

    type MineLogStream = Parts<pb::MineLogResponse>;

    async fn mine_log(
        &self,
        request: Request<pb::MineLogRequest>,
    ) -> Result<Response<Self::MineLogStream>, Status> {
        let (reading, (notation, position)) =
            self.asked(request, |f, asked: pb::MineLogRequest| {
                let notation = mining::notation(f, asked.notation);
                notation.zip(f.optional_position("position", &asked.position))
            })?;
        let mined = self.at(position, reading.mined_log(notation));
        Ok(Response::new(mining::send(mined.await?)))
    }

    async fn get_dossier_origins(
        &self,
        request: Request<pb::GetDossierOriginsRequest>,
    ) -> Result<Response<pb::GetDossierOriginsResponse>, Status> {
        let (reading, ((subject, as_of, position), field)) =
            self.asked(request, |f, asked: pb::GetDossierOriginsRequest| {
                let head = head(f, asked.subject, asked.as_of, &asked.position);
                head.zip(pointer(f, asked.field))
            })?;
        let found = reading.dossier_origins(subject, as_of, field);
        let fields = self.at(position, found).await?.into_iter();
        let fields = fields.map(|field| pb::FieldOrigin {
            path: field.path,
            value: field.value.to_string(),
            origin: Some(origin(field.origin)),
        });
        Ok(Response::new(pb::GetDossierOriginsResponse {
            fields: fields.collect(),
        }))
    }

    async fn list_dossier_steps(
        &self,
        request: Request<pb::ListDossierStepsRequest>,
    ) -> Result<Response<pb::ListDossierStepsResponse>, Status> {
        let (reading, ((subject, as_of, _), ((field, equals), (page, position)))) =
            self.asked(request, |f, asked: pb::ListDossierStepsRequest| {
                let head = head(f, asked.subject, asked.as_of, "");
                let field = pointer(f, asked.field);
                let equals = match asked.equals.is_empty() {
                    true => Some(None),
                    false => json(f, "equals", &asked.equals).map(Some),
                };
                let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
                head.zip(field.zip(equals).zip(page))
            })?;
        let found = reading.dossier_steps(subject, as_of, Search { field, equals }, page);
        let found = self.at(position, found).await?;
        let items = found.items.into_iter().map(|step| pb::DossierStep {
            origin: Some(origin(step.origin)),
            changes: step.changes.into_iter().map(change).collect(),
        });
        Ok(Response::new(pb::ListDossierStepsResponse {
            items: items.collect(),
            next_page_token: shown(found.next_page_token),
        }))
    }
}

fn head(
    f: &Fields<'_>,
    asked: Option<pb::Subject>,
    moment: Option<pb::AsOf>,
    position: &str,
) -> Option<(Subject, AsOf, Option<Position>)> {
    let subject = f.message("subject", asked, subject);
    let as_of = as_of(f, "as_of", moment);
    let position = f.optional_position("position", position);
    Some((subject?, as_of?, position?))
}

fn subject(f: &Fields<'_>, asked: pb::Subject) -> Option<Subject> {
    use pb::subject::Subject as Asked;
    match asked.subject {
        None => f.missing("subject"),
        Some(Asked::Person(id)) => f.id("person", &id).map(Subject::Person),
        Some(Asked::Petition(id)) => f.id("petition", &id).map(Subject::Petition),
        Some(Asked::Hardship(of)) => {
            let id = hardship::id(&f.inside("hardship"), &of.person, of.ground);
            id.map(Subject::Hardship)
        }
        Some(Asked::Fund(of)) => fund::id(&f.inside("fund"), of).map(Subject::Fund),
        Some(Asked::Bureau(pb::BureauSubject {})) => Some(Subject::Bureau),
        Some(Asked::Unit(unit)) => f.text("unit", &unit).map(|name| Subject::Unit(Unit(name))),
    }
}

fn as_of(f: &Fields<'_>, name: &str, asked: Option<pb::AsOf>) -> Option<AsOf> {
    let read = f.optional_message(name, asked, |f, asked| {
        let occurred_by = f.optional_when("occurred_by", &asked.occurred_by);
        let known_by = f.optional_when("known_by", &asked.known_by);
        Some(AsOf {
            occurred_by: occurred_by?,
            known_by: known_by?,
        })
    });
    read.map(Option::unwrap_or_default)
}

/// A field of a document, if one is named.
fn pointer(f: &Fields<'_>, field: String) -> Option<Option<String>> {
    if field.is_empty() || field.starts_with('/') {
        return Some(Some(field).filter(|field| !field.is_empty()));
    }
    f.fault(
        "field",
        "it is no JSON pointer such as /person/died_on",
        "字段应写作 /person/died_on 的形式",
    );
    None
}

fn json(f: &Fields<'_>, name: &str, text: &str) -> Option<Value> {
    let value = serde_json::from_str(text).ok();
    if value.is_none() {
        f.fault(name, "it is no JSON", "不是 JSON");
    }
    value
}

fn change(change: Change) -> pb::DossierChange {
    pb::DossierChange {
        path: change.path().to_owned(),
        before: shown(change.before()),
        after: shown(change.after()),
    }
}

fn origin(known: Origin) -> pb::EventOrigin {
    pb::EventOrigin {
        id: known.id.to_string(),
        stream: known.stream,
        revision: known.revision.0,
        event: known.event,
        what: known.what,
        occurred: when(known.occurred),
        recorded: known.recorded.to_string(),
        actor: Some(actor(known.actor)),
        on_behalf_of: known.on_behalf_of.unwrap_or_default(),
        approver: shown(known.approver.map(|staff| staff.0)),
        document: shown(known.document),
        source: known.source.map(source_shown),
    }
}

/// What a client asks about.
pub(crate) fn wire(subject: Subject) -> pb::Subject {
    use pb::subject::Subject as Asked;
    let subject = match subject {
        Subject::Person(id) => Asked::Person(id.to_string()),
        Subject::Petition(id) => Asked::Petition(id.to_string()),
        Subject::Hardship(id) => Asked::Hardship(pb::HardshipSubject {
            person: id.person.to_string(),
            ground: crate::fields::Word::write(id.ground),
        }),
        Subject::Fund(id) => Asked::Fund(fund::wire(id)),
        Subject::Unit(unit) => Asked::Unit(unit.0.into()),
        Subject::Bureau => Asked::Bureau(pb::BureauSubject {}),
    };
    pb::Subject {
        subject: Some(subject),
    }
}

/// As of when a client asks.
pub(crate) fn wire_as_of(as_of: AsOf) -> pb::AsOf {
    pb::AsOf {
        occurred_by: as_of.occurred_by.map(when).unwrap_or_default(),
        known_by: as_of.known_by.map(when).unwrap_or_default(),
    }
}

pub(crate) fn read_dossier(f: &Fields<'_>, found: &pb::GetDossierResponse) -> Option<Dossier> {
    let day = f.date("day", &found.day);
    let document = json(f, "document", &found.document);
    Some(Dossier {
        day: day?,
        events: found.events,
        document: document?,
    })
}

pub(crate) fn read_change(f: &Fields<'_>, change: pb::DossierChange) -> Option<Change> {
    let value = |name, text: &str| match text.is_empty() {
        true => Some(None),
        false => json(f, name, text).map(Some),
    };
    let (before, after) = (
        value("before", &change.before),
        value("after", &change.after),
    );
    let path = change.path;
    match (before?, after?) {
        (None, Some(after)) => Some(Change::Added { path, after }),
        (Some(before), None) => Some(Change::Removed { path, before }),
        (Some(before), Some(after)) => Some(Change::Changed {
            path,
            before,
            after,
        }),
        (None, None) => f.missing("after"),
    }
}

pub(crate) fn read_field(f: &Fields<'_>, field: pb::FieldOrigin) -> Option<FieldOrigin> {
    let value = json(f, "value", &field.value);
    let origin = f.message("origin", field.origin, read_origin);
    Some(FieldOrigin {
        path: field.path,
        value: value?,
        origin: origin?,
    })
}

pub(crate) fn read_step(f: &Fields<'_>, step: pb::DossierStep) -> Option<Step> {
    let origin = f.message("origin", step.origin, read_origin);
    let changes = f.all("changes", step.changes, read_change);
    Some(Step {
        origin: origin?,
        changes: changes?,
    })
}

fn read_origin(f: &Fields<'_>, origin: pb::EventOrigin) -> Option<Origin> {
    Some(Origin {
        id: EventId(f.id("id", &origin.id)?),
        stream: origin.stream,
        revision: Revision(origin.revision),
        event: origin.event,
        what: origin.what,
        occurred: f.when("occurred", &origin.occurred)?,
        recorded: f.moment("recorded", &origin.recorded)?,
        actor: f.message("actor", origin.actor, read_actor)?,
        on_behalf_of: Some(origin.on_behalf_of).filter(|other| !other.is_empty()),
        approver: f.optional_text("approver", &origin.approver)?.map(StaffId),
        document: f.optional_text("document", &origin.document)?,
        source: f.optional_message("source", origin.source.as_ref(), source)?,
    })
}
