mod answer;
mod clock;
mod document;
mod handling;
mod intake;
mod oversight;

pub use answer::{
    Delivered, Delivery, Document, ExecutionDone, ExecutionFollowedUp, Exemption, ExemptionGround,
    Level, Means, Opinion, OpinionIssued, Outcome, PetitionClosed, PetitionReopened,
    PetitionReplied, Rated, Rating, ReviewDecided, ReviewDecision, ReviewRequest, ReviewRequested,
    ReviewResult,
};
pub use clock::{
    ClockName, DeadlineMissed, DeadlineRecomputed, DeadlineWarned, Due, Escalated, Rung,
};
pub use document::{
    AttachedDocument, DocumentAttached, DocumentKind, DocumentStep, DocumentWithdrawn,
};
pub use handling::{
    Assigned, Assignment, Extended, Extension, HearingHeld, HearingOpened, Mediated, Noted,
    PetitionAccepted, Recused,
};
pub use intake::{
    Accused, AccusedNamed, Category, Channel, Classified, DuplicateLinked, Intake, Joint, Notice,
    NoticeContent, ObjectionRaised, Origin, Petition, PetitionRegistered, PetitionReturned,
    PetitionWithdrawn, Petitioner, PetitionerTold, RefusedAsFinal, ReturnAgreed, ReturnDeclined,
    RoutedOnward, Track,
};
pub use oversight::{AidOffered, FeedbackGiven, Supervised, SupervisionGround, UrgentlyReported};

use calendar::When;

events! {
    /// What may have happened to a petition.
    pub enum PetitionEvent {
        /// It was received and registered.
        Registered(PetitionRegistered) = "petition.registered" v 2 at |e| Some(e.petition.received),
        /// It was classified, or classified anew.
        Classified(Classified) = "petition.classified" v 1 at |_e| None,
        /// Those it accuses were named.
        AccusedNamed(AccusedNamed) = "petition.accused_named" v 1 at |_e| None,
        /// It was linked to an open one on the same matter.
        DuplicateLinked(DuplicateLinked) = "petition.duplicate_linked" v 1 at |_e| None,
        /// It was not taken up, the matter being finally decided.
        RefusedAsFinal(RefusedAsFinal) = "petition.refused_as_final" v 1 at |_e| None,
        /// It was routed to whom it concerns.
        RoutedOnward(RoutedOnward) = "petition.routed_onward" v 1 at |e| Some(e.routed),
        /// The petitioner was told.
        PetitionerTold(PetitionerTold) = "petition.petitioner_told" v 1 at |e| Some(e.notice.told),
        /// We told the sender that it is not ours.
        ObjectionRaised(ObjectionRaised) = "petition.objection_raised" v 1 at |e| Some(e.raised),
        /// The sender agreed to take it back.
        ReturnAgreed(ReturnAgreed) = "petition.return_agreed" v 1 at |e| Some(e.agreed),
        /// The sender did not agree.
        ReturnDeclined(ReturnDeclined) = "petition.return_declined" v 1 at |e| Some(e.declined),
        /// Its papers went back to the sender.
        Returned(PetitionReturned) = "petition.returned" v 1 at |e| Some(e.returned),
        /// It was accepted for handling.
        Accepted(PetitionAccepted) = "petition.accepted" v 2 at |e| Some(e.accepted),
        /// It was given to those who handle it.
        Assigned(Assigned) = "petition.assigned" v 1 at |_e| None,
        /// Someone with an interest of their own stood back.
        Recused(Recused) = "petition.recused" v 1 at |_e| None,
        /// Something was found out.
        Noted(Noted) = "petition.noted" v 1 at |e| Some(When::Day(e.on)),
        /// A hearing was opened.
        HearingOpened(HearingOpened) = "petition.hearing_opened" v 1 at |e| Some(When::Day(e.on)),
        /// The hearing was held and is over.
        HearingHeld(HearingHeld) = "petition.hearing_held" v 1 at |e| Some(When::Day(e.on)),
        /// The parties agreed.
        Mediated(Mediated) = "petition.mediated" v 1 at |e| Some(When::Day(e.on)),
        /// The handling was prolonged.
        Extended(Extended) = "petition.extended" v 1 at |e| Some(When::Day(e.extension.approved)),
        /// A written opinion was issued.
        OpinionIssued(OpinionIssued) = "petition.opinion_issued" v 1 at |e| Some(When::Day(e.issued)),
        /// A reply was delivered.
        Replied(PetitionReplied) = "petition.replied" v 2 at |e| Some(e.delivered),
        /// An opinion or a decision reached the petitioner.
        Delivered(Delivered) = "petition.delivered" v 1 at |e| Some(e.delivery.delivered),
        /// The petitioner rated the handling.
        Rated(Rated) = "petition.rated" v 1 at |_e| None,
        /// The execution of a supported claim was looked at.
        ExecutionFollowedUp(ExecutionFollowedUp) = "petition.execution_followed_up" v 1 at |e| Some(When::Day(e.on)),
        /// A supported claim was carried out.
        ExecutionDone(ExecutionDone) = "petition.execution_done" v 1 at |e| Some(When::Day(e.on)),
        /// The level above was asked to look again.
        ReviewRequested(ReviewRequested) = "petition.review_requested" v 1 at |e| Some(e.request.received),
        /// The level above decided.
        ReviewDecided(ReviewDecided) = "petition.review_decided" v 1 at |e| Some(When::Day(e.decision.decided)),
        /// It was put under supervision.
        Supervised(Supervised) = "petition.supervised" v 1 at |_e| None,
        /// The supervised gave feedback.
        FeedbackGiven(FeedbackGiven) = "petition.feedback_given" v 1 at |_e| None,
        /// It was reported upwards as urgent.
        UrgentlyReported(UrgentlyReported) = "petition.urgently_reported" v 1 at |_e| None,
        /// The petitioner was offered aid.
        AidOffered(AidOffered) = "petition.aid_offered" v 1 at |_e| None,
        /// A document was put among its papers.
        DocumentAttached(DocumentAttached) = "petition.document_attached" v 1 at |_e| None,
        /// A document was marked as not belonging to them.
        DocumentWithdrawn(DocumentWithdrawn) = "petition.document_withdrawn" v 1 at |_e| None,
        /// The petitioner withdrew it.
        Withdrawn(PetitionWithdrawn) = "petition.withdrawn" v 1 at |e| Some(e.withdrawn),
        /// It was closed.
        Closed(PetitionClosed) = "petition.closed" v 2 at |_e| None,
        /// It was opened again.
        Reopened(PetitionReopened) = "petition.reopened" v 1 at |e| Some(When::Day(e.on)),
        /// A last day was reckoned by a newer calendar.
        DeadlineRecomputed(DeadlineRecomputed) = "petition.deadline_recomputed" v 1 at |_e| None,
        /// A last day is near.
        DeadlineWarned(DeadlineWarned) = "petition.deadline_warned" v 1 at |_e| None,
        /// A last day passed.
        DeadlineMissed(DeadlineMissed) = "petition.deadline_missed" v 1 at |_e| None,
        /// A missed deadline was brought before someone.
        Escalated(Escalated) = "petition.escalated" v 1 at |_e| None,
    }
}

impl PetitionEvent {
    /// The clocks that it starts or moves, with their last days.
    pub fn dues(&self) -> &[Due] {
        match self {
            PetitionEvent::Registered(e) => &e.dues,
            PetitionEvent::Classified(e) => &e.dues,
            PetitionEvent::Accepted(e) => &e.dues,
            PetitionEvent::HearingHeld(e) => &e.dues,
            PetitionEvent::Extended(e) => &e.dues,
            PetitionEvent::Replied(e) => &e.dues,
            PetitionEvent::Delivered(e) => &e.dues,
            PetitionEvent::ReviewRequested(e) => &e.dues,
            PetitionEvent::Reopened(e) => &e.dues,
            PetitionEvent::DeadlineRecomputed(e) => std::slice::from_ref(&e.due),
            PetitionEvent::AccusedNamed(_)
            | PetitionEvent::DuplicateLinked(_)
            | PetitionEvent::RefusedAsFinal(_)
            | PetitionEvent::RoutedOnward(_)
            | PetitionEvent::PetitionerTold(_)
            | PetitionEvent::ObjectionRaised(_)
            | PetitionEvent::ReturnAgreed(_)
            | PetitionEvent::ReturnDeclined(_)
            | PetitionEvent::Returned(_)
            | PetitionEvent::Assigned(_)
            | PetitionEvent::Recused(_)
            | PetitionEvent::Noted(_)
            | PetitionEvent::HearingOpened(_)
            | PetitionEvent::Mediated(_)
            | PetitionEvent::OpinionIssued(_)
            | PetitionEvent::Rated(_)
            | PetitionEvent::ExecutionFollowedUp(_)
            | PetitionEvent::ExecutionDone(_)
            | PetitionEvent::ReviewDecided(_)
            | PetitionEvent::Supervised(_)
            | PetitionEvent::FeedbackGiven(_)
            | PetitionEvent::UrgentlyReported(_)
            | PetitionEvent::AidOffered(_)
            | PetitionEvent::DocumentAttached(_)
            | PetitionEvent::DocumentWithdrawn(_)
            | PetitionEvent::Withdrawn(_)
            | PetitionEvent::Closed(_)
            | PetitionEvent::DeadlineWarned(_)
            | PetitionEvent::DeadlineMissed(_)
            | PetitionEvent::Escalated(_) => &[],
        }
    }

    /// Where the clocks go that it starts or moves; `None` if it moves none.
    pub(super) fn dues_mut(&mut self) -> Option<&mut Vec<Due>> {
        match self {
            PetitionEvent::Registered(e) => Some(&mut e.dues),
            PetitionEvent::Classified(e) => Some(&mut e.dues),
            PetitionEvent::Accepted(e) => Some(&mut e.dues),
            PetitionEvent::HearingHeld(e) => Some(&mut e.dues),
            PetitionEvent::Extended(e) => Some(&mut e.dues),
            PetitionEvent::Replied(e) => Some(&mut e.dues),
            PetitionEvent::Delivered(e) => Some(&mut e.dues),
            PetitionEvent::ReviewRequested(e) => Some(&mut e.dues),
            PetitionEvent::Reopened(e) => Some(&mut e.dues),
            PetitionEvent::DeadlineRecomputed(_)
            | PetitionEvent::AccusedNamed(_)
            | PetitionEvent::DuplicateLinked(_)
            | PetitionEvent::RefusedAsFinal(_)
            | PetitionEvent::RoutedOnward(_)
            | PetitionEvent::PetitionerTold(_)
            | PetitionEvent::ObjectionRaised(_)
            | PetitionEvent::ReturnAgreed(_)
            | PetitionEvent::ReturnDeclined(_)
            | PetitionEvent::Returned(_)
            | PetitionEvent::Assigned(_)
            | PetitionEvent::Recused(_)
            | PetitionEvent::Noted(_)
            | PetitionEvent::HearingOpened(_)
            | PetitionEvent::Mediated(_)
            | PetitionEvent::OpinionIssued(_)
            | PetitionEvent::Rated(_)
            | PetitionEvent::ExecutionFollowedUp(_)
            | PetitionEvent::ExecutionDone(_)
            | PetitionEvent::ReviewDecided(_)
            | PetitionEvent::Supervised(_)
            | PetitionEvent::FeedbackGiven(_)
            | PetitionEvent::UrgentlyReported(_)
            | PetitionEvent::AidOffered(_)
            | PetitionEvent::DocumentAttached(_)
            | PetitionEvent::DocumentWithdrawn(_)
            | PetitionEvent::Withdrawn(_)
            | PetitionEvent::Closed(_)
            | PetitionEvent::DeadlineWarned(_)
            | PetitionEvent::DeadlineMissed(_)
            | PetitionEvent::Escalated(_) => None,
        }
    }
}
