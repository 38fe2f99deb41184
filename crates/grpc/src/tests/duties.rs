//! Nobody forgotten, as callers meet it: what is recorded raises duties, what is done closes them,
//! and every list says so.

use domain::duty::TriggerKind;
use serde::Serialize;
use tonic::{Code, Request, Status};
use views::{
    PageRequest,
    duties::{Band, DigestFilter, DutyRow, WorkFilter},
};

use super::world::{World, caller, home_visit, info, text, world};
use crate::{
    Caller, Client,
    client::{CadreServiceClient, DutyServiceClient, HealthServiceClient},
    pb,
};

fn json(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

impl World {
    fn duties(&self) -> DutyServiceClient<tonic::transport::Channel> {
        DutyServiceClient::new(self.client.channel())
    }

    /// A visit to this person in hospital.
    async fn visits(&self, person: &str, on: &str) {
        let hospitalisation = pb::purpose::Purpose::Kind(pb::PurposeKind::Hospitalisation.into());
        let asked = pb::RecordVisitRequest {
            request_id: self.new_request(),
            visit: Some(pb::Visit {
                visited: on.into(),
                mode: pb::Mode::Hospital.into(),
                purpose: Some(pb::Purpose {
                    purpose: Some(hospitalisation),
                }),
                ..home_visit(person)
            }),
            ..Default::default()
        };
        self.visit(asked).await.unwrap();
    }

    /// Everything that happens by itself has happened and can be read.
    async fn reacts(&self) {
        self.app.react().await.unwrap();
        let head = self.app.log().head().await.unwrap().unwrap();
        self.app.reached(head).await.unwrap();
    }

    /// The work list, the same from the server as from a directory.
    async fn work(&self, filter: WorkFilter) -> Vec<DutyRow> {
        let page = PageRequest::default();
        let reading = self.app.read_as(&caller().actor);
        let same = reading
            .duty_worklist(filter.clone(), page.clone())
            .await
            .unwrap();
        let work = self.client.duty_worklist(filter, page).await.unwrap();
        assert_eq!(json(&work), json(&same));
        work.items
    }
}

/// Someone was taken into hospital and is in a dispute, both known on 2026-03-02: three working days
/// end on 2026-03-05, five on 2026-03-09.
async fn bureau() -> (World, String) {
    let world = world().await;
    let who = world.register("王佳").await.id;
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let contact = pb::AssignContactRequest {
        request_id: world.new_request(),
        id: who.clone(),
        staff: "wang.fang".into(),
        name: "王芳".into(),
        from: "2026-01-01".into(),
        ..Default::default()
    };
    let contact = world.client.request(contact);
    cadres.assign_contact(contact).await.unwrap();
    let dispute = pb::ReportDisputeRequest {
        request_id: world.new_request(),
        id: who.clone(),
        matter: "赡养纠纷".into(),
        known: "2026-03-02".into(),
        ..Default::default()
    };
    let dispute = world.client.request(dispute);
    cadres.report_dispute(dispute).await.unwrap();
    let mut health = HealthServiceClient::new(world.client.channel());
    let admission = pb::RecordAdmissionRequest {
        request_id: world.new_request(),
        person: who.clone(),
        bed: Some(pb::Bed {
            hospital: "市立医院".into(),
            ..Default::default()
        }),
        admitted: Some(pb::Learnt {
            happened: "2026-03-01".into(),
            known: "2026-03-02".into(),
        }),
        ..Default::default()
    };
    let discharge = pb::RecordDischargeRequest {
        request_id: world.new_request(),
        person: who.clone(),
        discharged: Some(pb::Learnt {
            happened: "2026-03-20".into(),
            known: "2026-03-20".into(),
        }),
        ..Default::default()
    };
    let admission = world.client.request(admission);
    let admitted = health.record_admission(admission).await.unwrap();
    let admitted = admitted.into_inner().answer.unwrap();
    assert_eq!(admitted.id, who);
    let discharge = world.client.request(discharge);
    health.record_discharge(discharge).await.unwrap();
    world.reacts().await;
    (world, who)
}

fn by(id: &str) -> Caller {
    let mut caller = caller();
    caller.actor.id = domain::StaffId(text(id));
    caller
}

/// A request as someone else makes it.
fn from<T>(who: &Caller, asked: T) -> Request<T> {
    let mut request = Request::new(asked);
    who.write(request.metadata_mut());
    request
}

#[tokio::test]
async fn what_is_recorded_stands_in_the_work_list_until_it_is_done() {
    let (world, who) = bureau().await;
    let work = world.work(WorkFilter::default()).await;
    let known: Vec<_> = work
        .iter()
        .map(|row| (row.name.as_str(), row.due_rolled.to_string()))
        .collect();
    let expected = [
        ("住院必访", "2026-03-05"),
        ("矛盾纠纷必访", "2026-03-09"),
        ("出院回访", "2026-03-27"),
    ];
    assert_eq!(known, expected.map(|(name, day)| (name, day.to_owned())));
    assert_eq!(work[0].handler, Some(text("wang.fang")));

    let of = |kind| WorkFilter {
        kind: Some(kind),
        band: Some(Band::Overdue),
        handler: Some(text("wang.fang")),
        unit: Some(text("老干部局")),
    };
    assert_eq!(world.work(of(TriggerKind::Dispute)).await.len(), 1);
    let asked = pb::CountDutiesRequest {
        kind: pb::TriggerKind::Admitted.into(),
        ..Default::default()
    };
    let asked = world.client.request(asked);
    let counted = world.duties().count_duties(asked).await.unwrap();
    let counted = counted.into_inner();
    assert_eq!(counted.today, world.app.today().to_string());
    assert_eq!(counted.counts.unwrap().overdue, 1);

    world.visits(&who, "2026-03-04").await;
    world.reacts().await;
    assert!(world.work(of(TriggerKind::Admitted)).await.is_empty());
    let person = who.parse().unwrap();
    let page = PageRequest::default;
    let all = world.client.duties_of_person(person, false, page()).await;
    let all = all.unwrap().items;
    assert_eq!(all.len(), 3);
    assert_eq!(all[2].done_on, Some("2026-03-04".parse().unwrap()));
    let open = world.client.duties_of_person(person, true, page()).await;
    assert_eq!(open.unwrap().items.len(), 2);

    let coverage = pb::ListDutyCoverageRequest {
        until: "2026-03-09".into(),
        ..Default::default()
    };
    let coverage = world.client.request(coverage);
    let coverage = world.duties().list_duty_coverage(coverage).await.unwrap();
    let figures: Vec<_> = coverage
        .get_ref()
        .items
        .iter()
        .map(|of| (of.rule.as_str(), of.due, of.in_time, of.overdue))
        .collect();
    assert_eq!(
        figures,
        [("dispute_visit", 1, 0, 1), ("hospital_visit", 1, 1, 0)]
    );
}

#[tokio::test]
async fn a_duty_explains_what_closes_it_and_by_when() {
    let (world, _) = bureau().await;
    let id = world.work(WorkFilter::default()).await[0].duty.to_string();
    let asked = pb::GetDutyRequest {
        duty: id.clone(),
        ..Default::default()
    };
    let known = world.duties().get_duty(world.client.request(asked)).await;
    let known = known.unwrap().into_inner();
    assert_eq!(known.row.unwrap().duty, id);
    assert_eq!(known.profile, "national-2022");
    let Some(pb::closed_by::ClosedBy::Visit(asks)) = known.closed_by.unwrap().closed_by else {
        panic!("a visit")
    };
    let hospitalisation = pb::PurposeKind::Hospitalisation.into();
    let wanted = pb::purpose::Purpose::Kind(hospitalisation);
    assert!(asks.purposes[0].purpose == Some(wanted));
    let modes: Vec<_> = asks.modes().collect();
    assert_eq!(
        modes,
        [pb::Mode::Hospital, pb::Mode::Home, pb::Mode::Elsewhere]
    );
    let due = known.due.unwrap();
    assert_eq!(
        (due.start.as_str(), due.due_rolled.as_str()),
        ("2026-03-02", "2026-03-05")
    );
    let length = pb::term::Length::WorkingDays(3);
    assert!(due.term.unwrap().length == Some(length));
    let ladder: Vec<_> = due
        .climbs
        .iter()
        .map(|climb| (climb.rung(), climb.from.as_str()))
        .collect();
    assert_eq!(
        ladder,
        [
            (pb::Rung::Handler, "2026-03-06"),
            (pb::Rung::Head, "2026-03-10"),
            (pb::Rung::Leader, "2026-03-12"),
        ]
    );

    let none = pb::GetDutyRequest {
        duty: id.replace("hospital_visit", "long_stay_visit"),
        ..Default::default()
    };
    let refused = world.duties().get_duty(world.client.request(none)).await;
    assert_eq!(refused.err().unwrap().code(), Code::NotFound);
}

#[tokio::test]
async fn a_waiver_is_decided_by_someone_else() {
    let (world, _) = bureau().await;
    let id = world.work(WorkFilter::default()).await[0].duty.to_string();
    let zhou = by("zhou.lan");
    let approve = || pb::ApproveDutyWaiverRequest {
        request_id: world.new_request(),
        id: id.clone(),
        ..Default::default()
    };
    let request = pb::RequestDutyWaiverRequest {
        request_id: world.new_request(),
        id: id.clone(),
        reason: "家属谢绝探视".into(),
        ..Default::default()
    };
    let mut duties = world.duties();
    let request = world.client.request(request);
    duties.request_duty_waiver(request).await.unwrap();
    let refused: Status = duties
        .approve_duty_waiver(world.client.request(approve()))
        .await
        .err()
        .unwrap();
    assert_eq!(info(&refused).reason, "waiver_approver_is_requester");
    world.reacts().await;

    let of_unit = || DigestFilter {
        unit: Some(text("老干部局")),
        handler: None,
    };
    let to_decide = async |caller: &Caller| {
        let client = Client::connect(&world.url, caller.clone()).await.unwrap();
        client.duty_digest(of_unit()).await.unwrap().to_decide.total
    };
    assert_eq!(to_decide(&caller()).await, 0, "who asked");
    assert_eq!(to_decide(&zhou).await, 1);
    let approved = duties.approve_duty_waiver(from(&zhou, approve())).await;
    approved.unwrap();
    world.reacts().await;
    assert_eq!(to_decide(&zhou).await, 0);
    assert_eq!(world.work(WorkFilter::default()).await.len(), 2);
}

#[tokio::test]
async fn the_digest_is_the_callers_own_and_the_same_all_day() {
    let (world, _) = bureau().await;
    let mine = world.client.duty_digest(DigestFilter::default());
    let mine = mine.await.unwrap();
    assert_eq!(mine.of.handler, Some(text("wang.fang")));
    assert_eq!((mine.arrived.total, mine.counts.overdue), (3, 3));
    assert_eq!(mine.newly_overdue.total, 0, "overdue for long");
    let again = world.client.duty_digest(DigestFilter::default());
    assert_eq!(json(&again.await.unwrap()), json(&mine));
    let reading = world.app.read_as(&caller().actor);
    let same = reading.duty_digest(DigestFilter::default()).await.unwrap();
    assert_eq!(json(&same), json(&mine));

    let reading = world.app.read_as(&by("zhou.lan").actor);
    let none = reading.duty_digest(DigestFilter::default()).await.unwrap();
    assert_eq!(none.arrived.total, 0);
}
