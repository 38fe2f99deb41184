//! Assessment, approval, refusal.

use super::*;

#[test]
fn a_decision_needs_an_assessment_and_a_payment_an_approval() {
    for command in [approve(3_000), decline()] {
        case([opened(ILLNESS, 1)])
            .when(command)
            .then_rejected(NotAssessed);
    }
    for stage in [
        vec![opened(ILLNESS, 1)],
        vec![opened(ILLNESS, 1), assessed("li")],
        vec![opened(ILLNESS, 1), assessed("li"), declined("wang")],
    ] {
        case(stage).when(pay("P-1", 1)).then_rejected(NotApproved);
    }
}

#[test]
fn a_case_can_be_assessed_again_until_aid_is_approved() {
    let history = vec![opened(ILLNESS, 1), assessed("li")];
    case(history.clone()).by("li").when(assess()).then([]);
    for by in ["sun", "li"] {
        let finding = text("复核后情况属实");
        let recommended = Fen::yuan(2_000);
        case(history.clone())
            .by(by)
            .when(Assess {
                finding: finding.clone(),
                recommended,
            })
            .then([HardshipAssessed {
                assessor: id(by),
                finding,
                recommended,
            }
            .into()]);
    }
    case(approved_case())
        .by("sun")
        .when(assess())
        .then_rejected(AlreadyApproved);
}

#[test]
fn whoever_assessed_a_case_does_not_decide_on_it() {
    for command in [approve(3_000), decline()] {
        case([opened(ILLNESS, 1), assessed("li")])
            .by("li")
            .when(command.clone())
            .then_rejected(ApproverIsAssessor);
        // A second assessment does not clear whoever made the first.
        case([opened(ILLNESS, 1), assessed("li"), assessed("sun")])
            .by("li")
            .when(command.clone())
            .then_rejected(ApproverIsAssessor);
    }
    // The next case begins anew.
    let next = [
        opened(ILLNESS, 1),
        assessed("li"),
        closed(),
        opened(ILLNESS, 2),
        assessed("sun"),
    ];
    case(next)
        .by("li")
        .when(approve(3_000))
        .then([granted("li", 3_000)]);
}

#[test]
fn a_decision_stands() {
    for (by, command) in [
        ("wang", approve(4_000)),
        ("zhou", approve(3_000)),
        ("zhou", decline()),
    ] {
        case(approved_case())
            .by(by)
            .when(command)
            .then_rejected(AlreadyApproved);
    }
    let refused = vec![opened(ILLNESS, 1), assessed("li"), declined("wang")];
    case(refused.clone()).by("wang").when(decline()).then([]);
    for (by, command) in [("zhou", decline()), ("wang", approve(3_000))] {
        case(refused.clone())
            .by(by)
            .when(command)
            .then_rejected(AlreadyDeclined);
    }
}

#[test]
fn a_declined_case_can_be_assessed_again() {
    let refused = vec![opened(ILLNESS, 1), assessed("li"), declined("wang")];
    case(refused.clone())
        .by("li")
        .when(assess())
        .then([assessed("li")]);
    case(and(refused, [assessed("li")]))
        .by("wang")
        .when(approve(3_000))
        .then([granted("wang", 3_000)]);
}
