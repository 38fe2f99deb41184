//! Rounds of visits.

use app::{Answer, App, Error, Request};
use domain::{
    RoundId, StaffId, Unit,
    round::{AudienceClass, AudienceRule, ExcuseGround, RoundCommand, RoundKind, RoundPlan},
};
use event_log::Position;
use tonic::Status;
use uuid::Uuid;
use views::{
    PageRequest,
    rounds::{
        CoverageFilter, RoundFigures, RoundFilter, RoundList, RoundPerson, RoundRow, RoundState,
    },
};

use crate::{
    api::Api,
    cadre::{particulars, shown as show},
    calls::{Call, calls},
    fields::{Fields, Word, shown, words},
    page::{self, narrow},
    pb,
};

calls! {
    /// What may be called on a round.
    RoundCall of round_service_server::RoundService {
        Plan: plan_round(PlanRoundRequest) -> PlanRoundResponse,
        Start: start_round(StartRoundRequest) -> StartRoundResponse,
        Assign: assign_round(AssignRoundRequest) -> AssignRoundResponse,
        Excuse: excuse_from_round(ExcuseFromRoundRequest) -> ExcuseFromRoundResponse,
        WithdrawExcuse: withdraw_round_excuse(WithdrawRoundExcuseRequest)
            -> WithdrawRoundExcuseResponse,
        Close: close_round(CloseRoundRequest) -> CloseRoundResponse,
        Cancel: cancel_round(CancelRoundRequest) -> CancelRoundResponse,
    }
    queries {
        list_rounds(ListRoundsRequest) -> ListRoundsResponse,
        get_round_coverage(GetRoundCoverageRequest) -> GetRoundCoverageResponse,
    }
}

words! {
    pb::RoundKind = RoundKind {
        SpringFestival, JulyFirst, Chongyang, NationalDay, HouseToHouse, Research,
    }
    pb::AudienceClass = AudienceClass { Lixiu, Tuixiu }
    pb::ExcuseGround = ExcuseGround { Died, Moved, Declined }
    pb::RoundState = RoundState { Planned, Running, Closed, Cancelled }
    pb::RoundList = RoundList { NotReached, Reached, Late }
}

/// What is asked of a round: whom it is for is not the caller's to say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// All of these.
    Commands(Vec<RoundCommand>),
    /// To start it for those who meet its rule now.
    Start,
    /// To close it.
    Close,
}

impl Call for RoundCall {
    type Id = RoundId;
    type Command = Asked;
    const KIND: &'static str = "round";

    fn read(self, new_id: Option<Uuid>, f: &Fields<'_>) -> Option<(RoundId, Asked)> {
        let one = |command| Asked::Commands(vec![command]);
        match self {
            RoundCall::Plan(asked) => {
                let plan = f.message("plan", asked.plan, plan)?;
                Some((RoundId(new_id?), one(RoundCommand::Plan { plan })))
            }
            RoundCall::Start(asked) => Some((f.id("id", &asked.id)?, Asked::Start)),
            RoundCall::Assign(asked) => {
                let id = f.id("id", &asked.id);
                let commands = f.messages("assignments", asked.assignments, assignment);
                Some((id?, Asked::Commands(commands?)))
            }
            RoundCall::Excuse(asked) => {
                let id = f.id("id", &asked.id);
                let person = f.id("person", &asked.person);
                let ground = f.word("ground", asked.ground);
                let (person, ground) = (person?, ground?);
                Some((id?, one(RoundCommand::Excuse { person, ground })))
            }
            RoundCall::WithdrawExcuse(asked) => {
                let id = f.id("id", &asked.id);
                let person = f.id("person", &asked.person)?;
                Some((id?, one(RoundCommand::WithdrawExcuse { person })))
            }
            RoundCall::Close(asked) => Some((f.id("id", &asked.id)?, Asked::Close)),
            RoundCall::Cancel(asked) => {
                let id = f.id("id", &asked.id);
                let reason = f.text("reason", &asked.reason)?;
                Some((id?, one(RoundCommand::Cancel { reason })))
            }
        }
    }

    async fn execute(
        app: &App,
        id: RoundId,
        asked: Asked,
        request: &Request,
    ) -> Result<Answer, Error> {
        match asked {
            Asked::Commands(commands) => app.round(id, commands, request).await,
            Asked::Start => app.start_round(id, request).await,
            Asked::Close => app.close_round(id, request).await,
        }
    }
}

fn plan(f: &Fields<'_>, asked: pb::RoundPlan) -> Option<RoundPlan> {
    let kind = f.word("kind", asked.kind);
    let title = f.text("title", &asked.title);
    let unit = f.optional_text("unit", &asked.unit);
    let from = f.date("from", &asked.from);
    let until = f.date("until", &asked.until);
    let audience = f.optional_message("audience", asked.audience, rule);
    Some(RoundPlan {
        kind: kind?,
        title: title?,
        unit: unit?.map(Unit),
        from: from?,
        until: until?,
        audience: audience?.unwrap_or_default(),
    })
}

fn rule(f: &Fields<'_>, asked: pb::AudienceRule) -> Option<AudienceRule> {
    let class = f.optional_word("class", asked.class);
    let age_from = match asked.age_from {
        Some(age) => f.number("age_from", age, (1, 150)).map(Some),
        None => Some(None),
    };
    let living = f.all("living", asked.living, particulars::living);
    let mobility: Vec<_> = asked
        .mobility
        .into_iter()
        .enumerate()
        .map(|(at, word)| f.word(&format!("mobility[{at}]"), word))
        .collect();
    let branch = f.optional_text("branch", &asked.branch);
    Some(AudienceRule {
        class: class?,
        age_from: age_from?,
        living: living?,
        mobility: mobility.into_iter().collect::<Option<_>>()?,
        hardship: asked.hardship,
        member: asked.member,
        branch: branch?,
    })
}

fn assignment(f: &Fields<'_>, asked: pb::RoundAssignment) -> Option<RoundCommand> {
    let staff = f.text("staff", &asked.staff);
    let name = f.text("name", &asked.name);
    if asked.people.is_empty() {
        return f.missing("people");
    }
    let people: Vec<_> = asked
        .people
        .iter()
        .enumerate()
        .map(|(at, person)| f.id(&format!("people[{at}]"), person))
        .collect();
    Some(RoundCommand::Assign {
        staff: StaffId(staff?),
        name: name?,
        people: people.into_iter().collect::<Option<_>>()?,
    })
}

async fn list_rounds(
    api: &Api,
    request: tonic::Request<pb::ListRoundsRequest>,
) -> Result<pb::ListRoundsResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, filter)?;
    let found = api.at(position, reading.rounds(filter, page)).await?;
    Ok(pb::ListRoundsResponse {
        items: found.items.into_iter().map(row).collect(),
        next_page_token: found.next_page_token.unwrap_or_default(),
    })
}

fn filter(
    f: &Fields<'_>,
    asked: pb::ListRoundsRequest,
) -> Option<(RoundFilter, (PageRequest, Option<Position>))> {
    let kind = f.optional_word("kind", asked.kind);
    let state = f.optional_word("state", asked.state);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = RoundFilter {
        kind: kind?,
        state: state?,
        unit: narrow(asked.unit),
    };
    Some((filter, page?))
}

async fn get_round_coverage(
    api: &Api,
    request: tonic::Request<pb::GetRoundCoverageRequest>,
) -> Result<pb::GetRoundCoverageResponse, Status> {
    let (reading, (filter, (page, position))) = api.asked(request, coverage_filter)?;
    let found = api
        .at(position, reading.round_coverage(filter, page))
        .await?;
    Ok(pb::GetRoundCoverageResponse {
        round: Some(row(found.round)),
        late: found.late,
        items: found.people.items.into_iter().map(person).collect(),
        next_page_token: found.people.next_page_token.unwrap_or_default(),
    })
}

fn coverage_filter(
    f: &Fields<'_>,
    asked: pb::GetRoundCoverageRequest,
) -> Option<(CoverageFilter, (PageRequest, Option<Position>))> {
    let round = f.id("id", &asked.id);
    let list = f.optional_word::<RoundList>("list", asked.list);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = CoverageFilter {
        round: round?,
        list: list?.unwrap_or_default(),
        staff: narrow(asked.staff),
    };
    Some((filter, page?))
}

fn row(known: RoundRow) -> pb::RoundRow {
    pb::RoundRow {
        round: known.round.to_string(),
        plan: Some(wire(known.plan)),
        state: known.state.write(),
        started: shown(known.started),
        figures: Some(figures(known.figures)),
    }
}

fn wire(plan: RoundPlan) -> pb::RoundPlan {
    let rule = plan.audience;
    pb::RoundPlan {
        kind: plan.kind.write(),
        title: plan.title.into(),
        unit: shown(plan.unit),
        from: plan.from.to_string(),
        until: plan.until.to_string(),
        audience: Some(pb::AudienceRule {
            class: rule.class.map_or(0, Word::write),
            age_from: rule.age_from.map(i32::from),
            living: rule.living.into_iter().map(show::living).collect(),
            mobility: rule.mobility.into_iter().map(Word::write).collect(),
            hardship: rule.hardship,
            member: rule.member,
            branch: shown(rule.branch),
        }),
    }
}

fn figures(known: RoundFigures) -> pb::RoundFigures {
    let RoundFigures {
        eligible,
        assigned,
        reached,
        excused,
    } = known;
    pb::RoundFigures {
        eligible,
        assigned,
        reached,
        excused,
    }
}

fn person(known: RoundPerson) -> pb::RoundPerson {
    pb::RoundPerson {
        person: known.person.to_string(),
        name: shown(known.name),
        unit: shown(known.unit),
        staff: shown(known.staff.map(|staff| staff.0)),
        staff_name: shown(known.staff_name),
        excused: known.excused.map_or(0, Word::write),
        reached_on: shown(known.reached_on),
    }
}
