//! What spans two streams: a fund and its cases, a fund and the next year's.
//!
//! Each operation is a first step that decides, and a second that follows from it. Whoever stops in
//! between leaves less money free than there is, never more; [`App::finish_pending`] does the second
//! step later. See `docs/adr/0018-funds.md` for the order of the steps.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use domain::{
    Actor, Fen, StaffId, Text, Unit,
    fund::{Fund, FundCarriedOut, FundCommand, FundEvent, FundId, FundReserved},
    hardship::{
        FundReservation, Hardship, HardshipCaseId, HardshipCommand, HardshipId, HardshipRejection,
    },
};
use event_log::{Direction, Metadata, Position, RequestId, Revision};

use crate::{
    Answer, App, Error, Kind, Outcome, Request, codec,
    execute::{ATTEMPTS, stream},
};

/// How many events of a fund are read at once.
const PAGE: usize = 500;

/// What a pass over what was broken off has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Finished {
    /// Second steps that were done.
    pub finished: usize,
    /// Those that cannot be done now; the next pass tries again.
    pub left: usize,
}

impl App {
    /// Commands on the hardship cases of one person on one ground. An approval reserves its money in
    /// the fund first; payments, reversals and the rest of a closed case are entered there after.
    ///
    /// # Errors
    /// Any [`Error`]; `over_budget` if the fund lacks the money for an approval.
    pub async fn hardship(
        &self,
        id: HardshipId,
        commands: impl IntoIterator<Item = HardshipCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        let commands: Vec<_> = commands.into_iter().collect();
        let answer = match commands.iter().find_map(asked_money) {
            Some(approval) => self.approve(id, approval, commands, request).await?,
            None if commands.iter().any(moves_money) => {
                self.execute::<Hardship>(&id, commands, request).await?
            }
            None => return self.execute::<Hardship>(&id, commands, request).await,
        };
        if request.dry_run {
            return Ok(answer);
        }
        Ok(followed(self.settle_cases(id, request).await, answer))
    }

    /// Commands on a fund: set its budget, carry money over, close its year.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn fund(
        &self,
        id: FundId,
        commands: impl IntoIterator<Item = FundCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        let commands: Vec<_> = commands.into_iter().collect();
        let carries = commands
            .iter()
            .any(|command| matches!(command, FundCommand::CarryOut { .. }));
        let answer = self.execute_fund(&id, commands, request).await?;
        if request.dry_run || !carries {
            return Ok(answer);
        }
        Ok(followed(self.bring_over(&id, request).await, answer))
    }

    /// Finishes what was broken off between two streams, as the views tell it: an approval that has
    /// its money is decided, or its money given back; a fund enters what its cases say; money carried
    /// out arrives. Each is found out anew from the streams, so it does no harm where someone is just
    /// about to do the same. `request` says who looks; an approval is finished in the name of whoever
    /// asked for it.
    ///
    /// # Errors
    /// If the views do not answer.
    pub async fn finish_pending(&self, request: &Request) -> Result<Finished, Error> {
        let pending = self.parts.views.query(views::funds::pending).await?;
        let mut done = Finished::default();
        let mut count = |what: &str, result: Result<bool, Error>| match result {
            Ok(acted) => done.finished += usize::from(acted),
            Err(error) => {
                tracing::warn!(code = error.code(), "{what} cannot be finished now");
                done.left += 1;
            }
        };
        for reserved in pending.reservations {
            let result = self.finish_reservation(&reserved, request).await;
            count("an approval and its fund", result);
        }
        for from in pending.carry_overs {
            let result = self.bring_over(&from, request).await;
            count("a carry-over", result.map(|at| at.is_some()));
        }
        Ok(done)
    }

    async fn approve(
        &self,
        id: HardshipId,
        approval: Approval,
        commands: Vec<HardshipCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        // Decided before any money is reserved: a refused approval leaves no trace.
        let rehearsal = Request {
            dry_run: true,
            ..request.clone()
        };
        let rehearsed = self
            .execute::<Hardship>(&id, commands.clone(), &rehearsal)
            .await?;
        match rehearsed.outcome {
            Outcome::AlreadySo | Outcome::Repeated => return Ok(rehearsed),
            Outcome::Recorded => {}
        }
        let case = self
            .case(id)
            .await?
            .open_case()
            // Closed a moment ago.
            .ok_or_else(|| Error::rejected(HardshipRejection::Closed))?;
        let reserve = FundCommand::Reserve {
            reservation: approval.reserved.reservation,
            case,
            amount: approval.amount,
            document: approval.document,
        };
        let in_the_fund = Request {
            expected_revision: None,
            ..request.clone()
        };
        self.execute_fund(&approval.reserved.fund, vec![reserve], &in_the_fund)
            .await?;
        if request.dry_run {
            return Ok(rehearsed);
        }
        self.decide_reserved(case, &approval.reserved, commands, request)
            .await
    }

    /// Has an approval decided whose money is reserved. If the case refuses it, that is put on record
    /// there first, so that it cannot be approved any more, and then the money goes back.
    async fn decide_reserved(
        &self,
        case: HardshipCaseId,
        reserved: &FundReservation,
        commands: Vec<HardshipCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        let id = case.of();
        for _ in 0..ATTEMPTS {
            let loaded = self
                .load::<Hardship>(&stream::<Hardship>(&id)?, None)
                .await?;
            // The money is for this case, not for one that was opened since.
            let refused = if loaded.state.open_case() == Some(case)
                || loaded.state.grant(reserved.reservation).is_some()
            {
                let as_read = Request {
                    expected_revision: loaded.revision,
                    ..request.clone()
                };
                let decided = self.execute::<Hardship>(&id, commands.clone(), &as_read);
                match decided.await {
                    Err(error) if error.kind() == Kind::Rejected => error,
                    Err(error) if error.kind() == Kind::Conflict => continue,
                    decided => return decided,
                }
            } else {
                Error::rejected(HardshipRejection::ApprovalLapsed)
            };
            let lapse = HardshipCommand::LapseApproval {
                reserved: reserved.clone(),
            };
            let follow_up = self.follow_up(request);
            let lapsed = self.execute::<Hardship>(&id, vec![lapse], &follow_up);
            match lapsed.await {
                Ok(_) => {
                    self.settle(reserved, request).await?;
                    return Err(refused);
                }
                // Someone has finished it in the meantime.
                Err(error) if error.kind() == Kind::Rejected => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Unavailable(
            "others keep changing the case: the approval is finished in a moment".into(),
        ))
    }

    /// Lets the funds follow what the cases of one person on one ground say.
    async fn settle_cases(
        &self,
        id: HardshipId,
        request: &Request,
    ) -> Result<Option<Position>, Error> {
        let mut last = None;
        for grant in self.case(id).await?.grants() {
            last = last.max(self.settle(&grant.reserved, request).await?);
        }
        Ok(last)
    }

    /// Lets a fund follow what the case says of one approval.
    async fn settle(
        &self,
        reserved: &FundReservation,
        request: &Request,
    ) -> Result<Option<Position>, Error> {
        let fund = self.fund_now(&reserved.fund).await?;
        let Some(reservation) = fund.reservation(reserved.reservation) else {
            return Ok(None);
        };
        let case = self.case(reservation.case().of()).await?;
        let commands = fund.to_follow(&case, reserved.reservation);
        if commands.is_empty() {
            return Ok(None);
        }
        let follow_up = self.follow_up(request);
        let answer = self
            .execute_fund(&reserved.fund, commands, &follow_up)
            .await?;
        Ok(answer.position)
    }

    /// Brings what a fund has given out into the next year's.
    async fn bring_over(
        &self,
        from: &FundId,
        request: &Request,
    ) -> Result<Option<Position>, Error> {
        let to = from.next_year();
        let next = self.fund_now(&to).await?;
        let arriving: Vec<_> = self
            .fund_events(from)
            .await?
            .into_iter()
            .filter_map(|(event, _)| carried_out(event))
            .filter(|out| !next.has_carried(out.carry_over))
            .map(|out| FundCommand::CarryIn {
                carry_over: out.carry_over,
                of: out.to,
                amount: out.amount,
            })
            .collect();
        if arriving.is_empty() {
            return Ok(None);
        }
        let follow_up = self.follow_up(request);
        Ok(self.execute_fund(&to, arriving, &follow_up).await?.position)
    }

    /// Whether there was anything to do.
    async fn finish_reservation(
        &self,
        reserved: &FundReservation,
        request: &Request,
    ) -> Result<bool, Error> {
        let fund = self.fund_now(&reserved.fund).await?;
        let Some(reservation) = fund.reservation(reserved.reservation) else {
            return Ok(false);
        };
        let case = self.case(reservation.case().of()).await?;
        let decided =
            case.grant(reserved.reservation).is_some() || case.has_lapsed(reserved.reservation);
        if decided {
            let position = self.settle(reserved, request).await?;
            return Ok(position.is_some());
        }
        let events = self.fund_events(&reserved.fund).await?;
        let asked = events.into_iter().find_map(|(event, metadata)| {
            let made = reserved_by(event)?;
            (made.reservation == reserved.reservation).then_some((made, metadata))
        });
        let Some((made, metadata)) = asked else {
            return Ok(false);
        };
        let approve = HardshipCommand::Approve {
            reserved: reserved.clone(),
            amount: made.amount,
            document: made.document,
        };
        let first = asked_first(metadata)?;
        let decided = self.decide_reserved(made.case, reserved, vec![approve], &first);
        match decided.await {
            Ok(_) => {}
            // Refused, and its money given back: that, too, is the end of it.
            Err(error) if error.kind() == Kind::Rejected => {}
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    pub(crate) async fn case(&self, id: HardshipId) -> Result<Hardship, Error> {
        let stream = stream::<Hardship>(&id)?;
        Ok(self.load::<Hardship>(&stream, None).await?.state)
    }

    async fn fund_now(&self, id: &FundId) -> Result<Fund, Error> {
        Ok(self.load::<Fund>(&stream::<Fund>(id)?, None).await?.state)
    }

    /// Many approve from one fund at once: they wait in line here, where they would else refuse each
    /// other's revision. What holds the budget is the revision, also across processes.
    async fn execute_fund(
        &self,
        id: &FundId,
        commands: Vec<FundCommand>,
        request: &Request,
    ) -> Result<Answer, Error> {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let line = usize::try_from(hasher.finish()).unwrap_or_default() % self.funds.len();
        let _turn = self.funds[line].lock().await;
        self.execute::<Fund>(id, commands, request).await
    }

    async fn fund_events(&self, id: &FundId) -> Result<Vec<(FundEvent, Metadata)>, Error> {
        let stream = stream::<Fund>(id)?;
        let (mut events, mut from) = (Vec::new(), Revision::FIRST);
        loop {
            let page = self
                .parts
                .log
                .read_stream(&stream, Some(from), Direction::Forwards, PAGE)
                .await?;
            let Some(last) = page.last() else {
                return Ok(events);
            };
            from = last.revision.next();
            for stored in page {
                events.push((codec::decode::<Fund>(&stored)?, stored.metadata));
            }
        }
    }

    /// A step that follows from a request, recorded as caused by it. It says what is missing when it is
    /// made, so it is another request each time.
    fn follow_up(&self, request: &Request) -> Request {
        Request {
            id: RequestId(self.parts.ids.next()),
            expected_revision: None,
            correlation: Some(request.correlation.unwrap_or(request.id.0)),
            causation: Some(request.id.0),
            dry_run: false,
            ..request.clone()
        }
    }
}

/// What an approval asks of a fund.
struct Approval {
    reserved: FundReservation,
    amount: Fen,
    document: Text,
}

fn carried_out(event: FundEvent) -> Option<FundCarriedOut> {
    if let FundEvent::CarriedOut(out) = event {
        Some(out)
    } else {
        None
    }
}

fn reserved_by(event: FundEvent) -> Option<FundReserved> {
    if let FundEvent::Reserved(made) = event {
        Some(made)
    } else {
        None
    }
}

fn asked_money(command: &HardshipCommand) -> Option<Approval> {
    if let HardshipCommand::Approve {
        reserved,
        amount,
        document,
    } = command
    {
        Some(Approval {
            reserved: reserved.clone(),
            amount: *amount,
            document: document.clone(),
        })
    } else {
        None
    }
}

/// Whether the fund has to follow.
fn moves_money(command: &HardshipCommand) -> bool {
    match command {
        HardshipCommand::Approve { .. }
        | HardshipCommand::LapseApproval { .. }
        | HardshipCommand::Disburse { .. }
        | HardshipCommand::DisburseLine { .. }
        | HardshipCommand::Reverse { .. }
        | HardshipCommand::Close { .. } => true,
        HardshipCommand::Open { .. }
        | HardshipCommand::Assess { .. }
        | HardshipCommand::Decline { .. }
        | HardshipCommand::FollowUp { .. }
        | HardshipCommand::StrikeLine { .. }
        | HardshipCommand::Reopen { .. }
        | HardshipCommand::TakeOverPayment { .. } => false,
    }
}

/// The first step stands and is answered; the second, where it failed, is done by the next pass.
fn followed(second: Result<Option<Position>, Error>, first: Answer) -> Answer {
    match second {
        Ok(position) => Answer {
            position: first.position.max(position),
            ..first
        },
        Err(error) => {
            tracing::warn!(code = error.code(), "a fund follows its case later");
            first
        }
    }
}

/// The request that an event answered, to be carried on under its own id and by whoever made it.
fn asked_first(metadata: Metadata) -> Result<Request, Error> {
    let text = |text: &str| Text::parse(text).map_err(|e| Error::Internal(e.to_string()));
    let actor = Actor {
        id: StaffId(text(&metadata.actor.id)?),
        name: text(&metadata.actor.name)?,
        role: text(&metadata.actor.role)?,
        unit: Unit(text(&metadata.actor.unit)?),
    };
    Ok(Request {
        on_behalf_of: metadata.on_behalf_of.as_deref().map(text).transpose()?,
        source: metadata.source,
        correlation: Some(metadata.correlation),
        causation: Some(metadata.causation),
        trace: metadata.trace,
        ..Request::new(metadata.request, actor)
    })
}
