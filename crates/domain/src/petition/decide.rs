mod answer;
mod deadlines;
mod document;
mod handling;
mod intake;
mod oversight;
mod review;

use calendar::{Date, When};

use super::{
    Docket, PetitionCase, PetitionCommand, PetitionEvent, PetitionRejection, Stage, docket::Round,
};
use crate::{Aggregate, Context};

type Decision = Result<Vec<PetitionEvent>, PetitionRejection>;

pub(super) fn decide(case: &PetitionCase, command: PetitionCommand, cx: &Context<'_>) -> Decision {
    let events = match (case, command) {
        (PetitionCase::Unregistered, PetitionCommand::Register { petition }) => {
            intake::register(petition, cx)
        }
        // Whatever it is, it begins with a registration.
        (PetitionCase::Unregistered, _) => Err(PetitionRejection::NotRegistered),
        // The clocks run for everyone, whoever reads them.
        (PetitionCase::Registered(_), PetitionCommand::CheckDeadlines) => {
            return deadlines::check(case, cx);
        }
        (PetitionCase::Registered(docket), command) => {
            may_act(docket, &command, cx).and_then(|may| {
                if may {
                    on_file(docket, command, cx)
                } else {
                    Ok(vec![])
                }
            })
        }
    }?;
    set_clocks(case, events, cx)
}

/// Whether there is anything to decide for this actor. To those it accuses there is no such
/// petition, in the very words of one that was never registered (R30).
fn may_act(
    docket: &Docket,
    command: &PetitionCommand,
    cx: &Context<'_>,
) -> Result<bool, PetitionRejection> {
    if docket.accuses(cx.actor) {
        return Err(PetitionRejection::NotRegistered);
    }
    if !docket.recused.contains(&cx.actor.id) {
        return Ok(true);
    }
    match command {
        PetitionCommand::Recuse { staff, .. } if *staff == cx.actor.id => Ok(false),
        _ => Err(PetitionRejection::ActorRecused),
    }
}

fn on_file(docket: &Docket, command: PetitionCommand, cx: &Context<'_>) -> Decision {
    use PetitionCommand as C;
    match command {
        C::Register { petition } => intake::registered_again(docket, &petition),
        C::Classify { category, reason } => intake::classify(docket, category, reason, cx),
        C::NameAccused { accused } => intake::name_accused(docket, accused),
        C::LinkDuplicate { first } => intake::link_duplicate(docket, first, cx),
        C::RefuseFinal { reviewed } => intake::refuse_final(docket, reviewed, cx),
        C::RouteOnward {
            to,
            document,
            routed,
        } => intake::route_onward(docket, to, document, routed, cx),
        C::Notify { notice } => intake::notify(docket, notice, cx),
        C::Object { reasons, raised } => intake::object(docket, reasons, raised, cx),
        C::SenderAgrees { agreed } => intake::sender_agrees(docket, agreed, cx),
        C::SenderDeclines { declined, reason } => {
            intake::sender_declines(docket, declined, reason, cx)
        }
        C::Return { returned } => intake::send_back(docket, returned, cx),
        C::Withdraw { withdrawn, reason } => intake::withdraw(docket, withdrawn, reason, cx),
        C::Accept { accepted } => handling::accept(docket, accepted, cx),
        C::Assign { assignment } => handling::assign(docket, assignment),
        C::Recuse { staff, interest } => handling::recuse(docket, staff, interest),
        C::Note { on, text } => handling::note(docket, on, text, cx),
        C::OpenHearing { on } => handling::open_hearing(docket, on, cx),
        C::HoldHearing { on, record } => handling::hold_hearing(docket, on, record, cx),
        C::RecordMediation { on, agreement } => handling::mediate(docket, on, agreement, cx),
        C::Extend {
            days,
            reasons,
            approved,
            told,
        } => handling::extend(docket, (days, reasons, approved, told), cx),
        C::IssueOpinion { opinion, issued } => answer::issue_opinion(docket, opinion, issued, cx),
        C::Reply { text, delivered } => answer::reply(docket, text, delivered, cx),
        C::Deliver { delivery } => answer::deliver(docket, delivery, cx),
        C::Rate { rating } => answer::rate(docket, rating),
        C::FollowUpExecution { on, findings } => answer::follow_up(docket, on, findings, cx),
        C::RecordExecution { on, evidence } => answer::execute(docket, on, evidence, cx),
        C::Close { exemption } => answer::close(docket, exemption, cx),
        C::Reopen { reason } => answer::reopen(docket, reason, cx),
        C::RequestReview { request } => review::request(docket, request, cx),
        C::DecideReview { decision } => review::decide(docket, decision, cx),
        C::Supervise {
            ground,
            recommendation,
        } => oversight::supervise(docket, ground, recommendation),
        C::GiveFeedback { number, feedback } => oversight::give_feedback(docket, number, feedback),
        C::ReportUrgent { to, matter } => oversight::report_urgent(docket, to, matter),
        C::OfferAid { hardship } => oversight::offer_aid(docket, hardship),
        C::AttachDocument { document } => document::attach(docket, document),
        C::WithdrawDocument { hash, reason } => document::withdraw(docket, hash, reason),
        C::CheckDeadlines => Ok(vec![]),
    }
}

/// Writes into each event the clocks that it starts or moves.
fn set_clocks(case: &PetitionCase, mut events: Vec<PetitionEvent>, cx: &Context<'_>) -> Decision {
    let mut before = case.clone();
    for event in &mut events {
        let mut after = before.clone();
        after.evolve(event);
        if let (Some(dues), PetitionCase::Registered(docket)) = (event.dues_mut(), &after) {
            *dues = docket
                .unset(&cx.rules.petition, cx.calendar)
                .map_err(|_| PetitionRejection::TermTooLong)?;
        }
        before.evolve(event);
    }
    Ok(events)
}

impl Docket {
    /// Refuses what needs a petition that is still with us.
    fn still_open(&self) -> Result<(), PetitionRejection> {
        match &self.stage {
            Stage::Received
            | Stage::Objected
            | Stage::ReturnAgreed
            | Stage::Accepted
            | Stage::Opined
            | Stage::Replied
            | Stage::UnderReview(_)
            | Stage::ReviewDecided(_)
            | Stage::Reviewed(_) => Ok(()),
            Stage::Linked { .. } => Err(PetitionRejection::Linked),
            Stage::RoutedOnward { .. } => Err(PetitionRejection::Routed),
            Stage::Returned => Err(PetitionRejection::SentBack),
            Stage::Withdrawn => Err(PetitionRejection::WithdrawnByPetitioner),
            Stage::RefusedAsFinal { .. } => Err(PetitionRejection::NotTakenUp),
            Stage::Closed => Err(PetitionRejection::CaseClosed),
        }
    }

    /// Refuses what cannot be done once an answer was given, or while the sender is asked.
    fn not_answered(&self) -> Result<(), PetitionRejection> {
        self.still_open()?;
        match &self.stage {
            Stage::Objected => Err(PetitionRejection::ObjectionPending),
            Stage::ReturnAgreed => Err(PetitionRejection::ReturnPending),
            Stage::Opined => Err(PetitionRejection::OpinionPending),
            Stage::Replied
            | Stage::UnderReview(_)
            | Stage::ReviewDecided(_)
            | Stage::Reviewed(_) => Err(self.already_replied()),
            Stage::Received
            | Stage::Accepted
            | Stage::Linked { .. }
            | Stage::RoutedOnward { .. }
            | Stage::Returned
            | Stage::Withdrawn
            | Stage::RefusedAsFinal { .. }
            | Stage::Closed => Ok(()),
        }
    }

    /// The handling that goes on.
    fn handling(&self) -> Result<&Round, PetitionRejection> {
        self.not_answered()?;
        match (&self.stage, self.round()) {
            (Stage::Accepted, Some(round)) => Ok(round),
            _ => Err(PetitionRejection::NotAccepted),
        }
    }

    fn already_replied(&self) -> PetitionRejection {
        match self.rounds.iter().rev().find_map(|r| r.answer.as_ref()) {
            Some(answer) => PetitionRejection::AlreadyReplied {
                delivered: answer.delivered(),
            },
            None => PetitionRejection::ReplyMissing,
        }
    }

    /// Refuses a date that is still to come, or lies before the receipt.
    fn dated(&self, date: When, cx: &Context<'_>) -> Result<(), PetitionRejection> {
        not_in_the_future(date, cx)?;
        let received = self.petition.received;
        if surely_before(date, received) {
            return Err(PetitionRejection::BeforeReceived { date, received });
        }
        Ok(())
    }

    fn dated_day(&self, day: Date, cx: &Context<'_>) -> Result<(), PetitionRejection> {
        self.dated(When::Day(day), cx)
    }
}

fn not_in_the_future(date: When, cx: &Context<'_>) -> Result<(), PetitionRejection> {
    if date.is_after(cx.now) {
        Err(PetitionRejection::InTheFuture { date })
    } else {
        Ok(())
    }
}

/// Whether `one` lies before `other` whatever their unknown hours were: two moments are compared
/// as such, anything else by its day.
fn surely_before(one: When, other: When) -> bool {
    match (one, other) {
        (When::At(one), When::At(other)) => one < other,
        (When::Day(_), _) | (_, When::Day(_)) => one.date() < other.date(),
    }
}
