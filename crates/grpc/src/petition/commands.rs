//! Which command each call asks.

use app::{Answer, App, Error, Request};
use domain::{PetitionId, StaffId, Unit, petition::PetitionCommand};
use uuid::Uuid;

use super::{PetitionCall, answer, documents, handling, intake, oversight, review};
use crate::{calls::Call, fields::Fields};

/// One command, and the petition it is asked of.
pub(super) type Asked = Option<(PetitionId, PetitionCommand)>;

impl Call for PetitionCall {
    type Id = PetitionId;
    /// A registration may come with what is known at once; they are recorded together.
    type Command = Vec<PetitionCommand>;
    const KIND: &'static str = "petition";

    fn read(
        self,
        new_id: Option<Uuid>,
        f: &Fields<'_>,
    ) -> Option<(PetitionId, Vec<PetitionCommand>)> {
        use PetitionCall as C;
        let (id, command) = match self {
            C::Register(asked) => return intake::register(f, new_id.map(PetitionId), asked),
            C::ClassifyPetition(asked) => intake::classify(f, &asked),
            C::NameAccused(asked) => intake::name_accused(f, asked),
            C::LinkDuplicate(asked) => intake::link_duplicate(f, &asked),
            C::RefuseFinal(asked) => intake::refuse_final(f, &asked),
            C::RouteOnward(asked) => intake::route_onward(f, &asked),
            C::NotifyPetitioner(asked) => intake::notify(f, asked),
            C::ObjectToPetition(asked) => intake::object(f, &asked),
            C::SenderAgrees(asked) => intake::sender_agrees(f, &asked),
            C::SenderDeclines(asked) => intake::sender_declines(f, &asked),
            C::ReturnPetition(asked) => intake::send_back(f, &asked),
            C::WithdrawPetition(asked) => intake::withdraw(f, &asked),
            C::Accept(asked) => handling::accept(f, &asked),
            C::AssignPetition(asked) => handling::assign(f, asked),
            C::RecuseStaff(asked) => handling::recuse(f, &asked),
            C::NoteFinding(asked) => handling::note(f, &asked),
            C::OpenHearing(asked) => handling::open_hearing(f, &asked),
            C::HoldHearing(asked) => handling::hold_hearing(f, &asked),
            C::RecordMediation(asked) => handling::mediate(f, &asked),
            C::ExtendHandling(asked) => handling::extend(f, &asked),
            C::IssueOpinion(asked) => answer::issue_opinion(f, asked),
            C::Reply(asked) => answer::reply(f, &asked),
            C::DeliverDocument(asked) => answer::deliver(f, asked),
            C::RateHandling(asked) => answer::rate(f, &asked),
            C::FollowUpExecution(asked) => answer::follow_up(f, &asked),
            C::RecordExecution(asked) => answer::execute(f, &asked),
            C::Close(asked) => answer::close(f, &asked),
            C::ReopenPetition(asked) => answer::reopen(f, &asked),
            C::RequestReview(asked) => review::request(f, asked),
            C::DecideReview(asked) => review::decide(f, asked),
            C::SupervisePetition(asked) => oversight::supervise(f, &asked),
            C::GiveFeedback(asked) => oversight::give_feedback(f, &asked),
            C::ReportUrgent(asked) => oversight::report_urgent(f, &asked),
            C::OfferAid(asked) => oversight::offer_aid(f, &asked),
            C::WithdrawDocument(asked) => documents::withdraw(f, &asked),
        }?;
        Some((id, vec![command]))
    }

    async fn execute(
        app: &App,
        id: PetitionId,
        commands: Vec<PetitionCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        app.petition(id, commands, request).await
    }
}

/// The name of a unit.
pub(super) fn unit(f: &Fields<'_>, name: &str, unit: &str) -> Option<Unit> {
    f.text(name, unit).map(Unit)
}

/// An account.
pub(super) fn staff(f: &Fields<'_>, name: &str, staff: &str) -> Option<StaffId> {
    f.text(name, staff).map(StaffId)
}
