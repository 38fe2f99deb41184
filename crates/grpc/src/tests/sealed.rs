//! To those who may not see a sealed report there is none, whichever way they ask.
//!
//! The rpcs are taken from the descriptors: one that is added must be put into the table, and is then
//! tried. The command line asks through this API alone (adr 0015), so it is tried with it.

use domain::{Actor, StaffId, Unit};
use prost::{
    Message as _,
    bytes::{Buf as _, BufMut as _},
};
use prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, ReflectMessage as _,
    Value,
};
use tonic::{
    Code, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::http::uri::PathAndQuery,
};

use super::world::{World, caller, text, world};
use crate::{Caller, pb};

/// What only the sealed petition holds.
const SUBJECT: &str = "反映采购回扣";
const NUMBER: &str = "信访〔2026〕密1号";

/// How an rpc is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Its field of this name is the id of the petition: the answer is that of an id never given.
    Names(&'static str),
    /// It shows petitions, or counts what was done: nothing of the sealed one is in the answer.
    Shows,
    /// It knows of no petition; nothing of the sealed one is in its answer either.
    KnowsNone,
    /// It asks or answers in parts. Documents have their own test in `documents`; an import registers
    /// under ids of its own; who sees what in a replay of the rules, in a bundle or in a mined log is tried
    /// in `app`; the others count.
    InParts,
}

fn how(service: &str, rpc: &str) -> Option<How> {
    Some(match (service, rpc) {
        ("PetitionService", "GetPetition" | "GetPetitionHistory" | "ListPetitionAttempts") => {
            How::Names("petition")
        }
        (
            "InspectionService",
            "GetDossier" | "CompareDossiers" | "GetDossierOrigins" | "ListDossierSteps",
        ) => How::Names("petition"),
        (
            "PetitionService",
            "ListPetitions" | "ListPetitionWork" | "GetPetitionBoard" | "GetPetitionFigures",
        ) => How::Shows,
        // Under an id of its own, whatever there is.
        ("PetitionService", "RegisterPetition") => How::KnowsNone,
        (
            "PetitionService",
            "AcceptPetition" | "ReplyToPetition" | "ClosePetition" | "ClassifyPetition"
            | "NameAccused" | "RouteOnward" | "NotifyPetitioner" | "ObjectToPetition"
            | "SenderAgrees" | "SenderDeclines" | "ReturnPetition" | "WithdrawPetition"
            | "AssignPetition" | "RecuseStaff" | "NoteFinding" | "OpenHearing" | "HoldHearing"
            | "RecordMediation" | "ExtendHandling" | "IssueOpinion" | "DeliverDocument"
            | "RateHandling" | "FollowUpExecution" | "RecordExecution" | "ReopenPetition"
            | "RequestReview" | "DecideReview" | "SupervisePetition" | "GiveFeedback"
            | "ReportUrgent" | "OfferAid" | "WithdrawDocument",
        ) => How::Names("id"),
        ("PetitionService", "LinkDuplicate") => How::Names("first"),
        ("PetitionService", "RefuseFinal") => How::Names("reviewed"),
        (
            "RegisterService",
            "GetHistory" | "GetCounts" | "FindPeople" | "GetPerson" | "ListBirthdays"
            | "ListContactCards" | "GetContactCard",
        ) => How::Shows,
        // Counts of what the clocks said.
        ("AdminService", "React") => How::KnowsNone,
        ("PetitionService", "AttachDocument" | "GetDocument")
        | ("ImportService", "Import")
        | ("RulesService", "ReplayRules")
        | ("InspectionService", "GetBundle" | "MineLog")
        | ("AdminService", "RebuildViews" | "CheckAttachments") => How::InParts,
        (
            "CadreService"
            | "CalendarService"
            | "DutyService"
            | "FundService"
            | "HardshipService"
            | "HealthService"
            | "LedgerService"
            | "MedalService"
            | "PaymentBatchService"
            | "PlanService"
            | "RoundService"
            | "RulesService"
            | "VisitService",
            _,
        ) => How::KnowsNone,
        _ => return None,
    })
}

/// Messages as their bytes.
#[derive(Clone, Copy)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Raw;
    type Decoder = Raw;

    fn encoder(&mut self) -> Raw {
        Raw
    }

    fn decoder(&mut self) -> Raw {
        Raw
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        let mut bytes = vec![0; from.remaining()];
        from.copy_to_slice(&mut bytes);
        Ok(Some(bytes))
    }
}

/// All that an answer says.
#[derive(Debug, PartialEq)]
enum Said {
    Answer(Vec<u8>),
    Refusal(Code, String, Vec<u8>),
}

impl Said {
    fn tells(&self, what: &str) -> bool {
        let (Said::Answer(bytes) | Said::Refusal(_, _, bytes)) = self;
        bytes
            .windows(what.len())
            .any(|part| part == what.as_bytes())
    }
}

/// Writes the id of a petition into the field that names it, here or in what the request is about.
fn name(asked: &mut DynamicMessage, field: &str, id: &str) {
    let value = Value::String(id.to_owned());
    if let Some(field) = asked.descriptor().get_field_by_name(field) {
        return asked.set_field(&field, value);
    }
    let mut subject = asked.get_field_by_name("subject").unwrap().into_owned();
    name(subject.as_message_mut().unwrap(), field, id);
    asked.set_field_by_name("subject", subject);
}

/// A request with every field that it needs.
fn filled(of: &MessageDescriptor, world: &World) -> DynamicMessage {
    let mut message = DynamicMessage::new(of.clone());
    let mut given = Vec::new();
    for field in of.fields() {
        let name = field.name().to_owned();
        // The caller may leave them out, and does.
        let left_out = [
            "position",
            "page_token",
            "page_size",
            "expected_revision",
            "source",
            "dry_run",
            "as_of",
            "before",
            "after",
            "field",
            "equals",
        ];
        // Of several ways to say a thing, the first.
        let said = field.containing_oneof().is_some_and(|oneof| {
            let again = given.contains(&oneof.name().to_owned());
            given.push(oneof.name().to_owned());
            again
        });
        if left_out.contains(&name.as_str()) || said {
            continue;
        }
        let value = value(&field, &name, world);
        let value = if field.is_list() {
            Value::List(vec![value])
        } else {
            value
        };
        message.set_field(&field, value);
    }
    message
}

/// Takes back what would narrow a list of petitions, or of the people who may have made them.
fn widen(asked: &mut DynamicMessage) {
    let narrowing: &[&str] = match asked.descriptor().name() {
        name if name.contains("Petition") => {
            &["person", "stage", "unit", "handler", "category", "clock"]
        }
        "ListContactCardsRequest" => &["contact", "unit"],
        _ => &[],
    };
    for narrows in narrowing {
        asked.clear_field_by_name(narrows);
    }
}

fn value(field: &FieldDescriptor, name: &str, world: &World) -> Value {
    match field.kind() {
        Kind::Message(message) => Value::Message(filled(&message, world)),
        Kind::Enum(_) => Value::EnumNumber(1),
        Kind::Bool => Value::Bool(false),
        Kind::Uint32 => Value::U32(1),
        Kind::Int32 => Value::I32(1),
        Kind::Int64 => Value::I64(1),
        Kind::Uint64 => Value::U64(1),
        _ => Value::String(match name {
            "id" | "petition" | "person" | "request_id" | "other" | "first" | "reviewed" => {
                world.new_request()
            }
            "q" => SUBJECT.to_owned(),
            "hash" => "0".repeat(64),
            "on" | "accepted" | "received" | "routed" | "raised" | "agreed" | "declined"
            | "returned" | "withdrawn" | "issued" | "delivered" | "decided" | "approved"
            | "told" => "2026-05-02".to_owned(),
            // A period in which it was received.
            "from" | "received_from" => "2026-05-01".to_owned(),
            "to" | "until" | "received_until" => "2026-05-31".to_owned(),
            _ => "甲".to_owned(),
        }),
    }
}

async fn call(world: &World, who: &Actor, path: &str, message: &DynamicMessage) -> Said {
    let mut request = tonic::Request::new(message.encode_to_vec());
    let caller = Caller {
        actor: who.clone(),
        ..caller()
    };
    caller.write(request.metadata_mut());
    let mut grpc = Grpc::new(world.client.channel());
    grpc.ready().await.unwrap();
    let path: PathAndQuery = path.parse().unwrap();
    match grpc.unary(request, path, Raw).await {
        Ok(answer) => Said::Answer(answer.into_inner()),
        Err(status) => Said::Refusal(
            status.code(),
            status.message().to_owned(),
            status.details().to_vec(),
        ),
    }
}

fn actor(id: &str, name: &str, of: &str) -> Actor {
    Actor {
        id: StaffId(text(id)),
        name: text(name),
        role: text("clerk"),
        unit: Unit(text(of)),
    }
}

/// The accused, in the very unit that keeps it; the staff of the accused unit; another unit.
pub(super) fn shut_out() -> [Actor; 3] {
    [
        actor("zhao", "赵某", "老干部局"),
        actor("qian", "钱某", "物业管理处"),
        actor("sun", "孙某", "财务处"),
    ]
}

/// The unit that keeps it, and the one it was given to.
pub(super) fn let_in() -> [Actor; 2] {
    [caller().actor, actor("li", "李某", "医保处")]
}

/// A sealed petition, given to a unit; its id.
pub(super) async fn report(world: &World) -> String {
    let mut petitions =
        pb::petition_service_client::PetitionServiceClient::new(world.client.channel());
    let accused = [
        pb::accused::Accused::Person(pb::AccusedPerson {
            name: "赵某".into(),
            staff: "zhao".into(),
        }),
        pb::accused::Accused::Unit("物业管理处".into()),
    ];
    let registered = petitions
        .register_petition(
            world.client.request(pb::RegisterPetitionRequest {
                request_id: world.new_request(),
                petition: Some(pb::Petition {
                    number: NUMBER.into(),
                    channel: pb::Channel::Letter.into(),
                    petitioner: Some(pb::Petitioner {
                        name: "来信人".into(),
                        person: String::new(),
                    }),
                    subject: SUBJECT.into(),
                    text: "内容".into(),
                    received: "2026-05-01".into(),
                    intake: None,
                }),
                accused: accused
                    .map(|accused| pb::Accused {
                        accused: Some(accused),
                    })
                    .into(),
                ..pb::RegisterPetitionRequest::default()
            }),
        )
        .await
        .unwrap();
    let id = registered.into_inner().answer.unwrap().id;
    let assigned = petitions
        .accept_petition(world.client.request(pb::AcceptPetitionRequest {
            request_id: world.new_request(),
            id: id.clone(),
            accepted: "2026-05-01".into(),
            ..pb::AcceptPetitionRequest::default()
        }))
        .await
        .and(
            petitions
                .assign_petition(world.client.request(pb::AssignPetitionRequest {
                    request_id: world.new_request(),
                    id: id.clone(),
                    assignment: Some(pb::Assignment {
                        lead: "医保处".into(),
                        supporting: vec![],
                        handler: "li".into(),
                        head: "zhou".into(),
                    }),
                    ..pb::AssignPetitionRequest::default()
                }))
                .await,
        );
    let position = assigned.unwrap().into_inner().answer.unwrap().position;
    let position = event_log::Position::from_stored(position.parse().unwrap());
    world.app.reached(position).await.unwrap();
    id
}

/// Every rpc of our services: its path, what it takes, and how it is tried.
fn rpcs() -> Vec<(String, MessageDescriptor, How)> {
    let pool = DescriptorPool::decode(pb::DESCRIPTORS).unwrap();
    let rpcs = pool.services().flat_map(|service| {
        let methods: Vec<_> = service.methods().collect();
        methods.into_iter().map(move |rpc| {
            let how = how(service.name(), rpc.name());
            let how = how.unwrap_or_else(|| {
                panic!("{}.{} is not tried", service.name(), rpc.name());
            });
            let path = format!("/{}/{}", service.full_name(), rpc.name());
            let in_parts = rpc.is_client_streaming() || rpc.is_server_streaming();
            assert_eq!(in_parts, how == How::InParts, "{path}");
            (path, rpc.input(), how)
        })
    });
    rpcs.collect()
}

#[tokio::test]
async fn to_those_who_may_not_see_a_report_every_call_answers_as_if_there_were_none() {
    let world = world().await;
    let id = report(&world).await;
    let mut tried = 0;
    for (path, input, how) in rpcs() {
        for who in shut_out() {
            let said = match how {
                How::Names(field) => {
                    let mut asked = filled(&input, &world);
                    name(&mut asked, field, &id);
                    let said = call(&world, &who, &path, &asked).await;
                    name(&mut asked, field, &world.new_request());
                    assert_eq!(said, call(&world, &who, &path, &asked).await, "{path}");
                    let Said::Refusal(code, ..) = &said else {
                        panic!("{path} answered")
                    };
                    let fits = [Code::NotFound, Code::FailedPrecondition].contains(code);
                    assert!(fits, "{path}: the request itself is wrong: {said:?}");
                    said
                }
                How::Shows => {
                    let mut asked = filled(&input, &world);
                    widen(&mut asked);
                    let said = call(&world, &who, &path, &asked).await;
                    let wrong = matches!(said, Said::Refusal(Code::InvalidArgument, ..));
                    assert!(!wrong || path.contains("Register"), "{path}: {said:?}");
                    said
                }
                How::KnowsNone => call(&world, &who, &path, &filled(&input, &world)).await,
                How::InParts => continue,
            };
            for what in [&id, SUBJECT, NUMBER] {
                assert!(!said.tells(what), "{path} tells {what}");
            }
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[tokio::test]
async fn those_who_may_see_a_report_find_it_and_who_tried_to() {
    let world = world().await;
    let id = report(&world).await;
    let rpcs = rpcs();
    let of = |rpc: &str| {
        let ends = |(path, ..): &&(String, MessageDescriptor, How)| path.ends_with(rpc);
        rpcs.iter().find(ends).unwrap()
    };
    let asked = |rpc: &str| {
        let (path, input, how) = of(rpc);
        let mut asked = filled(input, &world);
        if let How::Names(field) = how {
            name(&mut asked, field, &id);
        }
        widen(&mut asked);
        (path, asked)
    };
    for who in shut_out() {
        for rpc in [
            "/GetPetition",
            "/GetPetitionHistory",
            "/ListPetitions",
            "/AcceptPetition",
        ] {
            for _ in 0..2 {
                let (path, asked) = asked(rpc);
                call(&world, &who, path, &asked).await;
            }
        }
    }
    world.app.settled().await;
    let head = world.app.log().head().await.unwrap().unwrap();
    world.app.reached(head).await.unwrap();
    for who in let_in() {
        for rpc in [
            "/GetPetition",
            "/GetPetitionHistory",
            "/ListPetitions",
            "/GetDossierOrigins",
        ] {
            let (path, asked) = asked(rpc);
            let said = call(&world, &who, path, &asked).await;
            assert!(said.tells(SUBJECT), "{path}: {said:?}");
        }
        let (path, asked) = asked("/ListPetitionAttempts");
        let Said::Answer(said) = call(&world, &who, path, &asked).await else {
            panic!("refused")
        };
        let said = pb::ListPetitionAttemptsResponse::decode(&*said).unwrap();
        let tried = |by: pb::AttemptedBy| said.items.iter().filter(|a| a.by() == by).count();
        use pb::AttemptedBy::{Command, History, Id, Search};
        assert_eq!([Id, History, Command, Search].map(tried), [3, 3, 3, 3]);
        let who: std::collections::BTreeSet<_> = said
            .items
            .iter()
            .map(|attempt| attempt.actor.as_ref().unwrap().id.as_str())
            .collect();
        assert_eq!(who, ["qian", "sun", "zhao"].into());
    }
}
