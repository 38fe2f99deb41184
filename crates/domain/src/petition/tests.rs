mod answer;
mod clocks;
mod course;
mod deadlines;
mod documents;
mod handling;
mod intake;
mod oversight;
mod properties;
mod review;
mod samples;
mod sealed;
mod table;

pub(crate) use samples::samples;

use calendar::{Calendar, Date, When};

use super::{
    Assignment, AttachedDocument, Channel, ClockName, Delivery, DocumentKind, DocumentStep, Due,
    Intake, Joint, Level, Means, Notice, NoticeContent, Opinion, Origin, Outcome, Petition,
    PetitionAccepted, PetitionCase, PetitionClosed, PetitionCommand, PetitionEvent,
    PetitionRegistered, PetitionRejection, PetitionReplied, Petitioner, ReviewDecision,
    ReviewRequest, ReviewResult,
    clocks::{Clock, clocks},
};
use crate::{
    Actor, CadreId, ContentHash, MediaType, PetitionId, Rules, Unit,
    testing::{Then, given, staff, text},
};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));

const CLOSE: PetitionCommand = PetitionCommand::Close { exemption: None };

const CHANNELS: [Channel; 5] = [
    Channel::Letter,
    Channel::Visit,
    Channel::Phone,
    Channel::Web,
    Channel::Oral,
];

/// Commands carried out one after the other, and all that happened. Each must be accepted.
#[derive(Clone)]
struct Story {
    events: Vec<PetitionEvent>,
    now: String,
    actor: Actor,
    rules: Option<Rules>,
    calendar: Option<Calendar>,
    beside: Option<PetitionCase>,
}

fn story() -> Story {
    Story {
        events: vec![],
        now: "2026-05-06T02:00:00Z".into(),
        actor: staff("clerk"),
        rules: None,
        calendar: None,
        beside: None,
    }
}

impl Story {
    /// The day on which the next things are done, at 10:00 in Beijing.
    fn on(self, day: &str) -> Self {
        self.at(&format!("{day}T02:00:00Z"))
    }

    fn at(mut self, now: &str) -> Self {
        self.now = now.into();
        self
    }

    fn by(mut self, id: &str) -> Self {
        self.actor = staff(id);
        self
    }

    fn by_actor(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    fn under(mut self, rules: Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    fn by_calendar(mut self, calendar: Calendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    fn beside(mut self, other: &Story) -> Self {
        self.beside = Some(other.case());
        self
    }

    fn case(&self) -> PetitionCase {
        given::<PetitionCase>(self.events.clone()).state
    }

    fn decide(&self, command: PetitionCommand) -> Then<PetitionCase> {
        let mut given = given::<PetitionCase>(self.events.clone())
            .by_actor(self.actor.clone())
            .at(&self.now);
        if let Some(rules) = &self.rules {
            given = given.under(rules.clone());
        }
        if let Some(calendar) = &self.calendar {
            given = given.by_calendar(calendar.clone());
        }
        if let Some(other) = &self.beside {
            given = given.beside(other.clone());
        }
        given.when(command)
    }

    #[track_caller]
    fn then(mut self, command: PetitionCommand) -> Self {
        let events = self.decide(command).result.unwrap();
        self.events.extend(events);
        self
    }

    /// What the command gives, with nothing carried out.
    #[track_caller]
    fn gives(&self, command: PetitionCommand) -> Vec<PetitionEvent> {
        self.decide(command).result.unwrap()
    }

    #[track_caller]
    fn refuses(&self, command: PetitionCommand) -> PetitionRejection {
        self.decide(command).result.unwrap_err()
    }

    /// Whether the command is refused with this, or accepted where there is none.
    #[track_caller]
    fn answers(&self, command: PetitionCommand, refusal: Option<PetitionRejection>) {
        assert_eq!(self.decide(command).result.err(), refusal);
    }

    fn clock(&self, name: ClockName, on: &str) -> Clock {
        self.clock_of(name, 1, on).unwrap()
    }

    fn clock_of(&self, name: ClockName, run: u32, on: &str) -> Option<Clock> {
        clocks(&self.case(), day(on))
            .into_iter()
            .find(|clock| (clock.due.clock, clock.due.run) == (name, run))
    }

    /// Registered on the day it was received.
    fn received(self, received: &str) -> Self {
        self.registered(Petition {
            received: when(received),
            ..petition()
        })
    }

    fn registered(self, petition: Petition) -> Self {
        self.then(PetitionCommand::Register { petition })
    }

    fn accepted(self, accepted: &str) -> Self {
        self.then(accept(accepted))
    }

    fn assigned(self) -> Self {
        self.then(assign())
    }

    fn replied(self, delivered: &str) -> Self {
        self.then(reply(delivered))
    }

    /// Reviewed, and the decision delivered on the day it was taken.
    fn reviewed(self, level: Level, received: &str, decided: &str) -> Self {
        self.then(request_review(level, received))
            .then(decide_review(level, decided))
            .then(deliver(decided))
    }

    fn events_of(&self, name: &str) -> usize {
        use crate::Event as _;
        self.events.iter().filter(|e| e.name() == name).count()
    }
}

/// A profile that comes with Sangyu.
fn profile(file: &str) -> Rules {
    let bundled = crate::BUNDLED_RULES.into_iter();
    let (_, text) = bundled.into_iter().find(|(name, _)| *name == file).unwrap();
    toml::from_str(text).unwrap()
}

/// Received on 2026-04-08 at 10:00 in Beijing, from nobody in the register.
fn petition() -> Petition {
    Petition {
        id: PetitionId(uuid::Uuid::from_u128(9)),
        number: None,
        channel: Channel::Letter,
        petitioner: Petitioner {
            name: text("来信人"),
            person: None,
        },
        subject: text("医药费报销"),
        text: text("请协助办理"),
        received: when("2026-04-08T02:00:00Z"),
        intake: Intake::default(),
    }
}

fn transferred(received: &str) -> Petition {
    Petition {
        received: when(received),
        intake: Intake {
            origin: Origin::TransferredIn {
                sender: unit("市信访局"),
                document: Some(text("转〔2026〕8号")),
            },
            ..Intake::default()
        },
        ..petition()
    }
}

fn unreachable() -> Petition {
    Petition {
        intake: Intake {
            unreachable: true,
            ..Intake::default()
        },
        ..petition()
    }
}

fn joint(channel: Channel, representatives: usize, co_signers: u32) -> Petition {
    Petition {
        channel,
        intake: Intake {
            joint: Some(Joint {
                representatives: vec![text("代表"); representatives],
                co_signers,
            }),
            ..Intake::default()
        },
        ..petition()
    }
}

fn when(text: &str) -> When {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn unit(name: &str) -> Unit {
    Unit(text(name))
}

fn registered(petition: Petition) -> PetitionEvent {
    PetitionRegistered {
        petition,
        dues: vec![],
    }
    .into()
}

fn accept(accepted: &str) -> PetitionCommand {
    PetitionCommand::Accept {
        accepted: when(accepted),
    }
}

fn accepted(accepted: &str) -> PetitionEvent {
    PetitionAccepted {
        accepted: when(accepted),
        dues: vec![],
    }
    .into()
}

fn reply(delivered: &str) -> PetitionCommand {
    PetitionCommand::Reply {
        text: text("已办理"),
        delivered: when(delivered),
    }
}

fn replied(delivered: &str) -> PetitionEvent {
    PetitionReplied {
        text: text("已办理"),
        delivered: when(delivered),
        dues: vec![],
    }
    .into()
}

fn closed() -> PetitionEvent {
    PetitionClosed { exemption: None }.into()
}

fn assignment() -> Assignment {
    Assignment {
        lead: unit("离退休干部处"),
        supporting: vec![unit("医保处")],
        handler: staff("li").id,
        head: staff("wang").id,
    }
}

fn assign() -> PetitionCommand {
    PetitionCommand::Assign {
        assignment: assignment(),
    }
}

fn opinion(outcome: Outcome) -> Opinion {
    Opinion {
        claim: text("报销医药费"),
        facts_and_reasons: text("费用属实"),
        decision: text("予以报销"),
        legal_basis: text("医疗费用管理办法第三条"),
        outcome,
    }
}

fn issue(outcome: Outcome, issued: &str) -> PetitionCommand {
    PetitionCommand::IssueOpinion {
        opinion: opinion(outcome),
        issued: day(issued),
    }
}

fn delivery(delivered: &str) -> Delivery {
    Delivery {
        means: Means::InWriting,
        delivered: when(delivered),
        received_by: text("来信人"),
    }
}

fn deliver(delivered: &str) -> PetitionCommand {
    PetitionCommand::Deliver {
        delivery: delivery(delivered),
    }
}

fn review_request(level: Level, received: &str) -> ReviewRequest {
    let reviewer = match level {
        Level::Review => "市委老干部局",
        Level::FinalReview => "省委老干部局",
    };
    ReviewRequest {
        level,
        reviewer: unit(reviewer),
        reasons: text("事实不清"),
        received: when(received),
    }
}

fn request_review(level: Level, received: &str) -> PetitionCommand {
    PetitionCommand::RequestReview {
        request: review_request(level, received),
    }
}

fn review_decision(level: Level, decided: &str) -> ReviewDecision {
    ReviewDecision {
        level,
        result: ReviewResult::Upheld,
        text: text("维持原处理意见"),
        decided: day(decided),
    }
}

fn decide_review(level: Level, decided: &str) -> PetitionCommand {
    PetitionCommand::DecideReview {
        decision: review_decision(level, decided),
    }
}

/// One of several files.
fn document(number: u8) -> AttachedDocument {
    AttachedDocument {
        hash: ContentHash::new([number; 32]),
        size: 1_234_567,
        media_type: MediaType::Pdf,
        kind: DocumentKind::LetterScan,
        step: DocumentStep::Intake,
        title: None,
        file_name: text("王建国来信.pdf"),
    }
}

fn attach(number: u8) -> PetitionCommand {
    PetitionCommand::AttachDocument {
        document: document(number),
    }
}

fn notice(told: &str) -> Notice {
    Notice {
        content: NoticeContent::Ours,
        means: Means::OnTheSpot,
        told: when(told),
    }
}

fn notify(told: &str) -> PetitionCommand {
    PetitionCommand::Notify {
        notice: notice(told),
    }
}

/// What has happened to a petition: the first so many of its four steps.
fn after(steps: usize) -> Vec<PetitionEvent> {
    [
        registered(petition()),
        accepted("2026-04-10"),
        replied("2026-04-20"),
        closed(),
    ]
    .into_iter()
    .take(steps)
    .collect()
}

/// Compares what happened without the clocks it started.
trait ThenBare {
    fn then_bare(self, events: impl IntoIterator<Item = PetitionEvent>);
}

impl ThenBare for Then<PetitionCase> {
    #[track_caller]
    fn then_bare(self, events: impl IntoIterator<Item = PetitionEvent>) {
        let bare: Vec<_> = self.result.unwrap().into_iter().map(bare).collect();
        assert_eq!(bare, events.into_iter().collect::<Vec<_>>());
    }
}

fn bare(mut event: PetitionEvent) -> PetitionEvent {
    if let Some(dues) = event.dues_mut() {
        dues.clear();
    }
    event
}

/// The last days of a clock, raw and rolled.
fn last_days(due: &Due) -> (String, String) {
    let deadline = &due.deadline;
    (deadline.raw.to_string(), deadline.rolled.to_string())
}
