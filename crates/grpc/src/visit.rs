//! Visits.

use app::{Answer, App, Error, Request};
use domain::{
    VisitId,
    visit::{Mode, Purpose, Visit, VisitCommand, Visitor},
};
use uuid::Uuid;

use crate::{
    calls::{Call, calls},
    fields::{Fields, words},
    pb,
};

calls! {
    /// What may be called on a visit.
    VisitCall of visit_service_server::VisitService {
        Record: record_visit(RecordVisitRequest) -> RecordVisitResponse,
        Correct: correct_visit(CorrectVisitRequest) -> CorrectVisitResponse,
        Withdraw: withdraw_visit(WithdrawVisitRequest) -> WithdrawVisitResponse,
    }
    queries {}
}

words! {
    pb::Mode = Mode { Home, Hospital, Phone, Wechat, Sms, Elsewhere }
}

impl Call for VisitCall {
    type Id = VisitId;
    type Command = VisitCommand;
    const KIND: &'static str = "visit";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(VisitId, VisitCommand)> {
        match self {
            VisitCall::Record(asked) => {
                let visit = f.message("visit", asked.visit, visit);
                Some((VisitId(new_id?), VisitCommand::Record { visit: visit? }))
            }
            VisitCall::Correct(asked) => {
                let id = f.id("id", &asked.id);
                let visit = f.message("visit", asked.visit, visit);
                let reason = f.text("reason", &asked.reason);
                Some((
                    id?,
                    VisitCommand::Correct {
                        visit: visit?,
                        reason: reason?,
                    },
                ))
            }
            VisitCall::Withdraw(asked) => {
                let id = f.id("id", &asked.id);
                let reason = f.text("reason", &asked.reason);
                Some((id?, VisitCommand::Withdraw { reason: reason? }))
            }
        }
    }

    async fn execute(
        app: &App,
        id: VisitId,
        command: VisitCommand,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.visit(id, [command], request).await
    }
}

fn visit(f: &Fields<'_>, asked: pb::Visit) -> Option<Visit> {
    let person = f.id("person", &asked.person);
    let visited = f.when("visited", &asked.visited);
    let visitors = f.messages("visitors", asked.visitors, visitor);
    let mode = f.word("mode", asked.mode);
    let place = f.optional_text("place", &asked.place);
    let purpose = f.message("purpose", asked.purpose, purpose);
    let money = f.fen("money", asked.money);
    let goods = f.optional_text("goods", &asked.goods);
    let findings = f.optional_text("findings", &asked.findings);
    let needs = f.optional_text("needs", &asked.needs);
    Some(Visit {
        person: person?,
        visited: visited?,
        visitors: visitors?,
        mode: mode?,
        place: place?,
        purpose: purpose?,
        money: money?,
        goods: goods?,
        findings: findings?,
        needs: needs?,
    })
}

fn visitor(f: &Fields<'_>, asked: pb::Visitor) -> Option<Visitor> {
    let name = f.text("name", &asked.name);
    let post = f.optional_text("post", &asked.post);
    let unit = f.optional_text("unit", &asked.unit);
    let rank = f.optional_text("rank", &asked.rank);
    Some(Visitor {
        name: name?,
        post: post?,
        unit: unit?,
        rank: rank?,
    })
}

fn purpose(f: &Fields<'_>, asked: pb::Purpose) -> Option<Purpose> {
    let kind = match asked.purpose {
        None => return f.missing("kind"),
        Some(pb::purpose::Purpose::Other(words)) => {
            return f.text("other", &words).map(Purpose::Other);
        }
        Some(pb::purpose::Purpose::Kind(kind)) => kind,
    };
    match f.value("kind", kind)? {
        pb::PurposeKind::Unspecified => f.missing("kind"),
        pb::PurposeKind::Hospitalisation => Some(Purpose::Hospitalisation),
        pb::PurposeKind::Birthday => Some(Purpose::Birthday),
        pb::PurposeKind::SpringFestival => Some(Purpose::SpringFestival),
        pb::PurposeKind::Dispute => Some(Purpose::Dispute),
        pb::PurposeKind::Hardship => Some(Purpose::Hardship),
        pb::PurposeKind::Death => Some(Purpose::Death),
        pb::PurposeKind::Chongyang => Some(Purpose::Chongyang),
        pb::PurposeKind::JulyFirst => Some(Purpose::JulyFirst),
        pb::PurposeKind::NationalDay => Some(Purpose::NationalDay),
        pb::PurposeKind::Routine => Some(Purpose::Routine),
    }
}

/// What a visit was for, as it is shown.
pub(crate) fn shown_purpose(purpose: Purpose) -> pb::Purpose {
    use pb::{PurposeKind as Kind, purpose::Purpose as Wire};
    let kind = |kind: Kind| Wire::Kind(kind.into());
    pb::Purpose {
        purpose: Some(match purpose {
            Purpose::Hospitalisation => kind(Kind::Hospitalisation),
            Purpose::Birthday => kind(Kind::Birthday),
            Purpose::SpringFestival => kind(Kind::SpringFestival),
            Purpose::Dispute => kind(Kind::Dispute),
            Purpose::Hardship => kind(Kind::Hardship),
            Purpose::Death => kind(Kind::Death),
            Purpose::Chongyang => kind(Kind::Chongyang),
            Purpose::JulyFirst => kind(Kind::JulyFirst),
            Purpose::NationalDay => kind(Kind::NationalDay),
            Purpose::Routine => kind(Kind::Routine),
            Purpose::Other(words) => Wire::Other(words.into()),
        }),
    }
}
