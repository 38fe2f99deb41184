//! What an event rests on: what must have been so for it to mean anything.

use domain::{
    AnyEvent, cadre::CadreEvent, duty::DutyEvent, fund::FundEvent, hardship::HardshipEvent,
    health::HealthEvent, medal::MedalEvent, plan::PlanEvent, visit::VisitEvent,
};

/// Whether the first event of a stream of this event's kind is the beginning of the thing itself, so
/// that whatever else is said of it rests on it. Health is a book of facts, each for itself.
pub(crate) fn has_a_beginning(event: &AnyEvent) -> bool {
    !matches!(event, AnyEvent::Health(_) | AnyEvent::PetitionAccess(_))
}

/// Whether `later` cannot have happened unless `earlier`, of the same stream, had: the steps of a
/// procedure whose day is not told but by those that came after them.
pub(crate) fn rests_on(later: &AnyEvent, earlier: &AnyEvent) -> bool {
    use AnyEvent as E;
    match (later, earlier) {
        (E::Hardship(HardshipEvent::Disbursed(_)), E::Hardship(step)) => matches!(
            step,
            HardshipEvent::Opened(_)
                | HardshipEvent::Assessed(_)
                | HardshipEvent::Approved(_)
                | HardshipEvent::ApprovalLapsed(_)
                | HardshipEvent::Declined(_)
                | HardshipEvent::Closed(_)
                | HardshipEvent::Reopened(_)
        ),
        (E::Fund(FundEvent::Spent(spent)), E::Fund(FundEvent::Reserved(reserved))) => {
            spent.reservation == reserved.reservation
        }
        (E::Medal(MedalEvent::Presented(_)), E::Medal(_)) => true,
        (
            E::Plan(
                PlanEvent::Adopted(_) | PlanEvent::MeasureCompleted(_) | PlanEvent::Reviewed(_),
            ),
            E::Plan(step),
        ) => matches!(
            step,
            PlanEvent::Adopted(_)
                | PlanEvent::NeedAdded(_)
                | PlanEvent::NeedRevised(_)
                | PlanEvent::MeasureAdded(_)
                | PlanEvent::MeasureRevised(_)
                | PlanEvent::MeasureDropped(_)
                | PlanEvent::Closed(_)
        ),
        _ => false,
    }
}

/// Whether it puts right or takes back what its stream said before: it was never so, and whoever
/// knows that knows it of any time.
pub(crate) fn is_correction(event: &AnyEvent) -> bool {
    use AnyEvent as E;
    matches!(
        event,
        E::Visit(VisitEvent::Corrected(_) | VisitEvent::Withdrawn(_))
            | E::Cadre(CadreEvent::DeathWithdrawn(_))
            | E::Health(HealthEvent::StayWithdrawn(_))
            | E::Duty(DutyEvent::FulfilmentWithdrawn(_) | DutyEvent::Reinstated(_))
            | E::Plan(PlanEvent::ReviewWithdrawn(_))
    )
}

/// Whether `earlier`, of the same stream, is what the correction `later` speaks of.
pub(crate) fn corrects(later: &AnyEvent, earlier: &AnyEvent) -> bool {
    use AnyEvent as E;
    match (later, earlier) {
        (E::Visit(VisitEvent::Corrected(_) | VisitEvent::Withdrawn(_)), E::Visit(_))
        | (E::Cadre(CadreEvent::DeathWithdrawn(_)), E::Cadre(CadreEvent::DeathRecorded(_)))
        | (E::Duty(DutyEvent::FulfilmentWithdrawn(_)), E::Duty(DutyEvent::Fulfilled(_)))
        | (E::Duty(DutyEvent::Reinstated(_)), E::Duty(DutyEvent::Cancelled(_))) => true,
        (E::Health(HealthEvent::StayWithdrawn(it)), E::Health(HealthEvent::Admitted(stay))) => {
            it.stay == stay.stay
        }
        (E::Plan(PlanEvent::ReviewWithdrawn(it)), E::Plan(PlanEvent::Reviewed(review))) => {
            it.number == review.number
        }
        _ => false,
    }
}
