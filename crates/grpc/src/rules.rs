//! Rule profiles: which there are, and what a changed one would do.

use std::str::FromStr;

use app::{Candidate, Refusal, RuleProfile, Tried};
use domain::duty::trial::{Change, Example, Period, RuleTrial, Trial};
use tonic::{Request, Response, Status};

use crate::{
    api::{Api, finish},
    deviation,
    fields::{Fields, Word, shown, words},
    pb,
    stream::{self, Parts},
};

words! {
    pb::TrialChange = Change { NowLate, NotTaken, Dropped, Added, NowInTime, Earlier, Later }
}

#[tonic::async_trait]
impl pb::rules_service_server::RulesService for Api {
    async fn list_rules(
        &self,
        request: Request<pb::ListRulesRequest>,
    ) -> Result<Response<pb::ListRulesResponse>, Status> {
        let (reading, ()) = self.asked(request, |_, pb::ListRulesRequest {}| Some(()))?;
        let profiles = reading.rule_profiles().into_iter();
        Ok(Response::new(pb::ListRulesResponse {
            items: profiles.map(profile).collect(),
        }))
    }

    async fn try_rules(
        &self,
        request: Request<pb::TryRulesRequest>,
    ) -> Result<Response<pb::TryRulesResponse>, Status> {
        let (reading, (candidate, ((from, until), position))) =
            self.asked(request, |f, asked: pb::TryRulesRequest| {
                let from = f.optional_date("from", &asked.from);
                let until = f.optional_date("until", &asked.until);
                let position = f.optional_position("position", &asked.position);
                candidate(f, asked.file_name, asked.text).zip(from.zip(until).zip(position))
            })?;
        let tried = reading.try_rules(candidate, from, until);
        let Tried {
            candidate,
            obstacle,
            trial,
        } = self.at(position, tried).await?;
        Ok(Response::new(pb::TryRulesResponse {
            candidate: Some(profile(candidate)),
            obstacle: obstacle.map(shown_obstacle),
            from: trial.period.from.to_string(),
            until: trial.period.until.to_string(),
            rules: trial.rules.into_iter().map(rule).collect(),
            untried: trial.untried,
        }))
    }

    type ReplayRulesStream = Parts<pb::ReplayRulesResponse>;

    async fn replay_rules(
        &self,
        request: Request<pb::ReplayRulesRequest>,
    ) -> Result<Response<Self::ReplayRulesStream>, Status> {
        let (reading, (proposed, known_by)) =
            self.asked(request, |f, asked: pb::ReplayRulesRequest| {
                let known_by = f.optional_when("known_by", &asked.known_by);
                deviation::proposed(f, asked.file_name, asked.text).zip(known_by)
            })?;
        let judged = stream::of(|out| async move {
            let report = finish(reading.deviations(proposed, known_by).await)?;
            deviation::send(report, &out).await;
            Ok(())
        });
        Ok(Response::new(judged))
    }
}

/// A file is longer than a text of the record may be.
fn candidate(f: &Fields<'_>, file_name: String, text: String) -> Option<Candidate> {
    match file_name.trim().is_empty() {
        true => f.missing("file_name"),
        // An empty file holds no profile, which is said of it as of any other.
        false => Some(Candidate { file_name, text }),
    }
}

fn profile(profile: RuleProfile) -> pb::RuleProfile {
    pb::RuleProfile {
        id: profile.id,
        jurisdiction: profile.jurisdiction,
        valid_from: profile.valid_from.to_string(),
        valid_until: shown(profile.valid_until),
        in_force: profile.in_force,
        file: profile.file.unwrap_or_default(),
        source: profile.source,
    }
}

fn shown_obstacle(refusal: Refusal) -> pb::RuleObstacle {
    let Refusal {
        code,
        message,
        message_zh,
    } = refusal;
    pb::RuleObstacle {
        code,
        message,
        message_zh,
    }
}

fn rule(rule: RuleTrial) -> pb::RuleTrial {
    pb::RuleTrial {
        rule: rule.rule.to_string(),
        name: rule.name.into(),
        in_force: rule.in_force,
        candidate: rule.candidate,
        added: rule.added,
        dropped: rule.dropped,
        earlier: rule.earlier,
        later: rule.later,
        now_late: rule.now_late,
        now_in_time: rule.now_in_time,
        not_taken: rule.not_taken,
        examples: rule.examples.into_iter().map(example).collect(),
    }
}

fn example(example: Example) -> pb::TrialExample {
    pb::TrialExample {
        person: example.duty.person.to_string(),
        duty: example.duty.to_string(),
        change: example.change.write(),
        last_day_in_force: shown(example.last_day_in_force),
        last_day_candidate: shown(example.last_day_candidate),
        done_on: shown(example.done_on),
    }
}

pub(crate) fn read_tried(f: &Fields<'_>, tried: pb::TryRulesResponse) -> Option<Tried> {
    let candidate = f.message("candidate", tried.candidate, read_profile);
    let from = f.date("from", &tried.from);
    let until = f.date("until", &tried.until);
    let rules = f.all("rules", tried.rules, read_rule);
    Some(Tried {
        candidate: candidate?,
        obstacle: tried.obstacle.map(read_obstacle),
        trial: Trial {
            period: Period {
                from: from?,
                until: until?,
            },
            rules: rules?,
            untried: tried.untried,
        },
    })
}

fn read_profile(f: &Fields<'_>, profile: pb::RuleProfile) -> Option<RuleProfile> {
    let valid_from = f.date("valid_from", &profile.valid_from);
    let valid_until = f.optional_date("valid_until", &profile.valid_until);
    Some(RuleProfile {
        id: profile.id,
        jurisdiction: profile.jurisdiction,
        valid_from: valid_from?,
        valid_until: valid_until?,
        source: profile.source,
        file: Some(profile.file).filter(|file| !file.is_empty()),
        in_force: profile.in_force,
    })
}

fn read_obstacle(obstacle: pb::RuleObstacle) -> Refusal {
    let pb::RuleObstacle {
        code,
        message,
        message_zh,
    } = obstacle;
    Refusal {
        code,
        message,
        message_zh,
    }
}

fn read_rule(f: &Fields<'_>, rule: pb::RuleTrial) -> Option<RuleTrial> {
    let id = parsed(f, "rule", &rule.rule);
    let name = f.text("name", &rule.name);
    let examples = f.all("examples", rule.examples, read_example);
    Some(RuleTrial {
        rule: id?,
        name: name?,
        in_force: rule.in_force,
        candidate: rule.candidate,
        added: rule.added,
        dropped: rule.dropped,
        earlier: rule.earlier,
        later: rule.later,
        now_late: rule.now_late,
        now_in_time: rule.now_in_time,
        not_taken: rule.not_taken,
        examples: examples?,
    })
}

fn read_example(f: &Fields<'_>, example: pb::TrialExample) -> Option<Example> {
    let duty = parsed(f, "duty", &example.duty);
    let change = f.word("change", example.change);
    let in_force = f.optional_date("last_day_in_force", &example.last_day_in_force);
    let candidate = f.optional_date("last_day_candidate", &example.last_day_candidate);
    let done_on = f.optional_date("done_on", &example.done_on);
    Some(Example {
        duty: duty?,
        change: change?,
        last_day_in_force: in_force?,
        last_day_candidate: candidate?,
        done_on: done_on?,
    })
}

fn parsed<T: FromStr>(f: &Fields<'_>, name: &str, text: &str) -> Option<T> {
    let parsed = text.parse().ok();
    if parsed.is_none() {
        f.fault(name, "it names none", "编号格式有误");
    }
    parsed
}
