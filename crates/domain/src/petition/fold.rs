use super::{
    Docket, PetitionCase, PetitionEvent, Stage,
    docket::{Answer, Hearing, Objection, Paper, Review, Round, Supervision},
    event::{Category, Document, Level},
};

/// Copies what happened. An event that nothing was registered for leaves nothing: the log is not
/// judged when it is read.
pub(super) fn evolve(case: &mut PetitionCase, event: &PetitionEvent) {
    match (&mut *case, event) {
        (PetitionCase::Unregistered, PetitionEvent::Registered(e)) => {
            *case = PetitionCase::Registered(Box::new(Docket::new(e.petition.clone())));
        }
        (PetitionCase::Registered(docket), event) => docket.evolve(event),
        (PetitionCase::Unregistered, _) => {}
    }
    if let PetitionCase::Registered(docket) = case {
        docket.set_clocks(event);
    }
}

impl Docket {
    fn evolve(&mut self, event: &PetitionEvent) {
        match event {
            PetitionEvent::Registered(_) | PetitionEvent::DeadlineRecomputed(_) => {}
            PetitionEvent::Classified(e) => {
                self.category = Some(e.category);
                self.sealed |= e.category == Category::Report;
                self.in_round(|round| {
                    if round.answer.is_none() {
                        round.stopped = e.handling_stopped;
                    }
                });
            }
            PetitionEvent::AccusedNamed(e) => {
                self.sealed = true;
                self.accused.extend(e.accused.iter().cloned());
            }
            PetitionEvent::DuplicateLinked(e) => {
                self.same_matter.insert(e.first);
                self.stage = Stage::Linked { first: e.first };
                self.stop_handling(Some(e.on));
            }
            PetitionEvent::RefusedAsFinal(e) => {
                self.same_matter.insert(e.reviewed);
                self.stage = Stage::RefusedAsFinal {
                    reviewed: e.reviewed,
                };
            }
            PetitionEvent::RoutedOnward(e) => {
                self.stage = Stage::RoutedOnward { to: e.to.clone() };
                self.stop_handling(Some(e.routed.date()));
            }
            PetitionEvent::PetitionerTold(e) => self.notices.push(e.notice.clone()),
            PetitionEvent::ObjectionRaised(e) => {
                self.objection = Some(Objection {
                    reasons: e.reasons.clone(),
                    raised: e.raised,
                    declined: None,
                });
                self.stage = Stage::Objected;
            }
            PetitionEvent::ReturnAgreed(_) => self.stage = Stage::ReturnAgreed,
            PetitionEvent::ReturnDeclined(e) => {
                if let Some(objection) = &mut self.objection {
                    objection.declined = Some((e.declined, e.reason.clone()));
                }
                self.stage = Stage::Received;
            }
            PetitionEvent::Returned(e) => {
                self.left_us_on = Some(e.returned.date());
                self.stage = Stage::Returned;
            }
            PetitionEvent::Withdrawn(e) => {
                self.left_us_on = Some(e.withdrawn.date());
                self.stop_handling(Some(e.withdrawn.date()));
                self.stage = Stage::Withdrawn;
            }
            PetitionEvent::Accepted(e) => {
                self.rounds.push(Round::new(e.accepted));
                self.stage = Stage::Accepted;
            }
            PetitionEvent::Assigned(e) => self.assignment = Some(e.assignment.clone()),
            PetitionEvent::Recused(e) => {
                self.recused.insert(e.staff.clone());
            }
            PetitionEvent::Noted(e) => self.notes.push(e.clone()),
            PetitionEvent::HearingOpened(e) => {
                let run = self.run();
                self.hearings.push(Hearing {
                    opened: e.on,
                    held: None,
                    of: self.level_at_work().map(|level| (level, run)),
                });
            }
            PetitionEvent::HearingHeld(e) => {
                if let Some(hearing) = self.hearings.last_mut() {
                    hearing.held = Some((e.on, e.record.clone()));
                }
            }
            PetitionEvent::Mediated(e) => self.mediations.push(e.clone()),
            PetitionEvent::Extended(e) => {
                self.in_round(|round| round.extensions.push(e.extension.clone()));
            }
            PetitionEvent::OpinionIssued(e) => {
                self.in_round(|round| round.opinion = Some(e.clone()));
                self.stage = Stage::Opined;
            }
            PetitionEvent::Replied(e) => {
                self.in_round(|round| round.answer = Some(e.into()));
                self.stage = Stage::Replied;
            }
            PetitionEvent::Delivered(e) => match e.document {
                Document::Opinion => {
                    let answer = Answer::Opinion(e.delivery.clone());
                    self.in_round(|round| round.answer = Some(answer));
                    self.stage = Stage::Replied;
                }
                Document::Review(level) => {
                    self.in_review(level, |review| review.delivery = Some(e.delivery.clone()));
                    self.stage = Stage::Reviewed(level);
                }
            },
            PetitionEvent::Rated(e) => self.in_round(|round| round.rating = Some(e.rating)),
            PetitionEvent::ExecutionFollowedUp(e) => {
                self.in_round(|round| round.follow_ups.push(e.clone()));
            }
            PetitionEvent::ExecutionDone(e) => {
                self.in_round(|round| round.executed = Some(e.clone()));
            }
            PetitionEvent::ReviewRequested(e) => {
                let review = Review {
                    request: e.request.clone(),
                    decision: None,
                    delivery: None,
                };
                self.in_round(|round| {
                    round.reviews.insert(e.request.level, review);
                });
                self.stage = Stage::UnderReview(e.request.level);
            }
            PetitionEvent::ReviewDecided(e) => {
                let level = e.decision.level;
                self.in_review(level, |review| review.decision = Some(e.decision.clone()));
                self.stage = Stage::ReviewDecided(level);
            }
            PetitionEvent::Supervised(e) => self.supervisions.push(Supervision {
                ground: e.ground,
                recommendation: e.recommendation.clone(),
                feedback: None,
            }),
            PetitionEvent::FeedbackGiven(e) => {
                let index = usize::try_from(e.number)
                    .ok()
                    .and_then(|n| n.checked_sub(1));
                if let Some(known) = index.and_then(|index| self.supervisions.get_mut(index)) {
                    known.feedback = Some(e.feedback.clone());
                }
            }
            PetitionEvent::UrgentlyReported(e) => self.urgent.push(e.clone()),
            PetitionEvent::AidOffered(e) => self.aid.push(e.clone()),
            PetitionEvent::DocumentAttached(e) => {
                let paper = Paper {
                    document: e.document.clone(),
                    withdrawn: None,
                };
                self.documents.insert(e.document.hash, paper);
            }
            PetitionEvent::DocumentWithdrawn(e) => {
                if let Some(paper) = self.documents.get_mut(&e.hash) {
                    paper.withdrawn = Some(e.reason.clone());
                }
            }
            PetitionEvent::Closed(e) => {
                self.stop_handling(e.exemption.as_ref().map(|exemption| exemption.on));
                self.stage = Stage::Closed;
            }
            PetitionEvent::Reopened(e) => {
                self.stage = if self.rounds.is_empty() {
                    Stage::Received
                } else {
                    self.rounds.push(Round::new(calendar::When::Day(e.on)));
                    Stage::Accepted
                };
            }
            PetitionEvent::DeadlineWarned(e) => {
                self.warned.insert((e.clock, e.run));
            }
            PetitionEvent::DeadlineMissed(e) => self.missed.push(e.clone()),
            PetitionEvent::Escalated(e) => {
                self.climbed.insert(((e.clock, e.run), e.rung));
            }
        }
    }

    fn set_clocks(&mut self, event: &PetitionEvent) {
        for due in event.dues() {
            self.dues.insert((due.clock, due.run), due.clone());
        }
    }

    fn in_round(&mut self, change: impl FnOnce(&mut Round)) {
        if let Some(round) = self.rounds.last_mut() {
            change(round);
        }
    }

    fn in_review(&mut self, level: Level, change: impl FnOnce(&mut Review)) {
        self.in_round(|round| {
            if let Some(review) = round.reviews.get_mut(&level) {
                change(review);
            }
        });
    }

    /// Stops the clock of handling on this day, unless it was answered or stopped before.
    fn stop_handling(&mut self, on: Option<calendar::Date>) {
        self.in_round(|round| {
            if round.answer.is_none() {
                round.stopped = round.stopped.or(on);
            }
        });
    }

    fn level_at_work(&self) -> Option<Level> {
        if let Stage::UnderReview(level) = self.stage {
            Some(level)
        } else {
            None
        }
    }
}
