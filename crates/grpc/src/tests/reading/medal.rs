use domain::medal::{AfterDeath, MedalApproval, MedalCommand};

use super::{PERSON, date, lacks, person, read, text};
use crate::{medal::MedalCall, pb};

#[test]
fn each_call_on_a_medal_asks_the_command_it_names() {
    let whose = || PERSON.to_owned();
    let asked = || {
        Some(pb::MedalApproval {
            by: "市委组织部".into(),
            document: "文1".into(),
        })
    };
    let approval = || MedalApproval {
        by: text("市委组织部"),
        document: text("文1"),
    };
    let cases: Vec<(MedalCall, MedalCommand, &[&str])> = vec![
        (
            MedalCall::Nominate(pb::NominateMedalRequest {
                person: whose(),
                year: 2026,
                ..Default::default()
            }),
            MedalCommand::Nominate {
                person: person(),
                year: 2026,
            },
            &["year"],
        ),
        (
            MedalCall::Attest(pb::AttestMedalRequest {
                person: whose(),
                branch: "一支部".into(),
                statement: "表现一贯良好".into(),
                ..Default::default()
            }),
            MedalCommand::Attest {
                branch: text("一支部"),
                statement: text("表现一贯良好"),
            },
            &["branch", "statement"],
        ),
        (
            MedalCall::Approve(pb::ApproveMedalRequest {
                person: whose(),
                document: "文2".into(),
                ..Default::default()
            }),
            MedalCommand::Approve {
                document: text("文2"),
            },
            &["document"],
        ),
        (
            MedalCall::Decline(pb::DeclineMedalRequest {
                person: whose(),
                reason: "处分期".into(),
                ..Default::default()
            }),
            MedalCommand::Decline {
                reason: text("处分期"),
            },
            &["reason"],
        ),
        (
            MedalCall::Award(pb::AwardMedalRequest {
                person: whose(),
                number: "0001".into(),
                ..Default::default()
            }),
            MedalCommand::Award {
                number: Some(text("0001")),
            },
            &[],
        ),
        (
            MedalCall::Present(pb::PresentMedalRequest {
                person: whose(),
                on: "2026-06-28".into(),
                by: "支部书记".into(),
                ..Default::default()
            }),
            MedalCommand::Present {
                on: date("2026-06-28"),
                by: text("支部书记"),
            },
            &["on", "by"],
        ),
        (
            MedalCall::DecideAfterDeath(pb::DecideMedalAfterDeathRequest {
                person: whose(),
                decision: pb::AfterDeath::Withheld.into(),
                approval: asked(),
                ..Default::default()
            }),
            MedalCommand::DecideAfterDeath {
                decision: AfterDeath::Withheld,
                approval: approval(),
            },
            &["decision", "approval"],
        ),
        (
            MedalCall::Replace(pb::ReplaceMedalRequest {
                person: whose(),
                reason: "遗失".into(),
                approval: asked(),
                ..Default::default()
            }),
            MedalCommand::Replace {
                reason: text("遗失"),
                approval: approval(),
            },
            &["reason", "approval"],
        ),
        (
            MedalCall::Revoke(pb::RevokeMedalRequest {
                person: whose(),
                reason: "开除党籍".into(),
                approval: asked(),
                ..Default::default()
            }),
            MedalCommand::Revoke {
                reason: text("开除党籍"),
                approval: approval(),
            },
            &["reason", "approval"],
        ),
    ];
    for (call, expected, required) in cases {
        let empty = match &call {
            MedalCall::Nominate(_) => MedalCall::Nominate(Default::default()),
            MedalCall::Attest(_) => MedalCall::Attest(Default::default()),
            MedalCall::Approve(_) => MedalCall::Approve(Default::default()),
            MedalCall::Decline(_) => MedalCall::Decline(Default::default()),
            MedalCall::Award(_) => MedalCall::Award(Default::default()),
            MedalCall::Present(_) => MedalCall::Present(Default::default()),
            MedalCall::DecideAfterDeath(_) => MedalCall::DecideAfterDeath(Default::default()),
            MedalCall::Replace(_) => MedalCall::Replace(Default::default()),
            MedalCall::Revoke(_) => MedalCall::Revoke(Default::default()),
        };
        assert_eq!(lacks(empty), [&["person"], required].concat());
        assert_eq!(read(call), (person(), expected));
    }
}
