//! One step for the medals of many people: each decided on its own, and finished where it was cut off.

use domain::{cadre::RecordPartyStanding, medal::MedalCommand};
use views::medal::CandidateFilter;

use super::{
    funds::{Bureau, bureau},
    *,
};
use crate::MedalAnswer;

/// Three members of more than fifty years, and someone who is none.
async fn people() -> Bureau {
    let bureau = bureau();
    for n in 1..=4 {
        let standing = CadreCommand::RecordPartyStanding(RecordPartyStanding {
            joined_on: "1965-05-05".parse().unwrap(),
            full_member_on: Some("1966-05-05".parse().unwrap()),
            standing_starts_on: None,
            gap: None,
            evidence: text("入党志愿书"),
        });
        let commands = [register(n, None)]
            .into_iter()
            .chain((n < 4).then_some(standing));
        let registered = bureau.app.cadre(cadre(n), commands, &request(n)).await;
        registered.unwrap();
    }
    bureau
}

fn nominate(person: CadreId) -> MedalCommand {
    MedalCommand::Nominate { person, year: 2026 }
}

/// What became of each: how it was answered, or why it was refused.
fn told(answers: &[MedalAnswer]) -> Vec<(CadreId, Result<Outcome, &'static str>)> {
    let told = |one: &MedalAnswer| match &one.result {
        Ok(answer) => (one.person, Ok(answer.outcome)),
        Err(refused) => (one.person, Err(refused.code())),
    };
    answers.iter().map(told).collect()
}

#[tokio::test]
async fn each_is_told_what_happened_or_why_not() {
    let bureau = people().await;
    let asked = [3, 4, 1, 1].map(cadre);
    let app = &bureau.app;
    let answers = app.medals(asked, nominate, &request(10)).await.unwrap();
    let refused = Err("not_a_member");
    assert_eq!(
        told(&answers),
        [
            (cadre(1), Ok(Outcome::Recorded)),
            (cadre(3), Ok(Outcome::Recorded)),
            (cadre(4), refused),
        ]
    );
    let other = app.medals(asked, nominate, &request(11)).await.unwrap();
    assert_eq!(
        told(&other),
        [
            (cadre(1), Ok(Outcome::AlreadySo)),
            (cadre(3), Ok(Outcome::AlreadySo)),
            (cadre(4), refused),
        ]
    );
}

#[tokio::test]
async fn what_a_crash_cut_off_is_finished_by_the_same_request_and_nothing_is_said_twice() {
    let bureau = people().await;
    let app = &bureau.app;
    let asked = [1, 2, 3].map(cadre);
    let before = app.log().read_all(None, 100).await.unwrap().len();
    bureau.log.dies_after(2);
    let cut_off = app.medals(asked, nominate, &request(10)).await;
    assert_eq!(cut_off.unwrap_err().kind(), Kind::Unavailable);

    bureau.log.lives();
    let again = app.medals(asked, nominate, &request(10)).await.unwrap();
    assert_eq!(
        told(&again),
        [
            (cadre(1), Ok(Outcome::Repeated)),
            (cadre(2), Ok(Outcome::Repeated)),
            (cadre(3), Ok(Outcome::Recorded)),
        ]
    );
    let after = app.log().read_all(None, 100).await.unwrap().len();
    assert_eq!(after, before + 3);
}

#[tokio::test]
async fn all_candidates_of_a_year_are_the_same_list_before_and_after_they_are_put_forward() {
    let bureau = people().await;
    let app = &bureau.app;
    let of = || CandidateFilter {
        year: 2026,
        unit: None,
        branch: None,
    };
    let candidates = app.medal_candidates(of()).await.unwrap();
    assert_eq!(candidates, [1, 2, 3].map(cadre));
    app.medals(candidates.clone(), nominate, &request(10))
        .await
        .unwrap();
    assert_eq!(app.medal_candidates(of()).await.unwrap(), candidates);
}
