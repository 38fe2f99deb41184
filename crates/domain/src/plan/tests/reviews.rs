use super::*;

#[test]
fn a_review_is_of_a_later_day_than_the_one_before_and_sets_the_next() {
    after([])
        .when(review("2026-04-25", "2026-07-01"))
        .then([reviewed(1, "2026-04-25", "2026-07-01")]);
    let one = || reviewed(1, "2026-04-25", "2026-07-01");
    after([one()])
        .when(review("2026-04-25", "2026-07-01"))
        .then([]);
    after([one()])
        .when(review("2026-04-25", "2026-08-01"))
        .then_rejected(PlanRejection::ReviewTooEarly {
            after: date("2026-04-25"),
        });
    after([one()])
        .when(review("2026-04-26", "2026-08-01"))
        .then([reviewed(2, "2026-04-26", "2026-08-01")]);
    let after_adoption = date("2026-04-01");
    after([])
        .when(review("2026-04-01", "2026-07-01"))
        .then_rejected(PlanRejection::ReviewTooEarly {
            after: after_adoption,
        });
    after([])
        .when(review("2026-04-25", "2026-04-25"))
        .then_rejected(PlanRejection::NextReviewTooEarly {
            after: date("2026-04-25"),
        });
    after([])
        .when(review("2026-05-02", "2026-07-01"))
        .then_rejected(PlanRejection::InTheFuture {
            date: When::Day(date("2026-05-02")),
        });
}

#[test]
fn only_the_latest_review_is_withdrawn_and_the_one_before_counts_again() {
    let both = || {
        [
            reviewed(1, "2026-04-10", "2026-05-10"),
            reviewed(2, "2026-04-25", "2026-07-01"),
        ]
    };
    after(both())
        .when(withdraw(1))
        .then_rejected(PlanRejection::LaterReview { number: 2 });
    after(both()).when(withdraw(2)).then([withdrawn(2)]);
    let back = || both().into_iter().chain([withdrawn(2)]);
    after(back()).when(withdraw(2)).then([]);
    after(back()).when(withdraw(1)).then([withdrawn(1)]);
    // The number is not given again.
    after(back())
        .when(review("2026-04-11", "2026-07-01"))
        .then([reviewed(3, "2026-04-11", "2026-07-01")]);
    for number in [0, 3] {
        after(both())
            .when(withdraw(number))
            .then_rejected(PlanRejection::NoSuchReview { number });
    }
}
