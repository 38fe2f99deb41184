use super::*;

#[test]
fn death_between_approval_and_presentation_asks_for_a_decision() {
    let after = |history: Vec<MedalEvent>| {
        given::<Medal>(history)
            .at("2026-07-10T02:00:00Z")
            .about(dead("2026-06-20"))
    };
    after(up_to(AWARDED))
        .when(present("2026-06-28"))
        .then_rejected(DecisionNeeded);
    after(up_to(APPROVED)).when(award()).then([awarded()]);
    for decision in [AfterDeath::ToFamily, AfterDeath::Withheld] {
        for stage in [APPROVED, AWARDED] {
            after(up_to(stage))
                .when(after_death(decision))
                .then([decided(decision)]);
            after(up_to_and(stage, decided(decision)))
                .when(after_death(decision))
                .then([]);
        }
    }
    after(up_to_and(AWARDED, decided(AfterDeath::ToFamily)))
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", true)]);
    after(up_to_and(AWARDED, decided(AfterDeath::Withheld)))
        .when(present("2026-06-28"))
        .then_rejected(Withheld);
    after(up_to_and(APPROVED, decided(AfterDeath::Withheld)))
        .when(award())
        .then_rejected(Withheld);
}

#[test]
fn a_decision_outlives_the_award_and_can_be_changed_until_the_presentation() {
    let withheld = up_to_and(APPROVED, decided(AfterDeath::Withheld));
    let family = withheld
        .into_iter()
        .chain([decided(AfterDeath::ToFamily), awarded()]);
    given::<Medal>(family)
        .at("2026-07-10T02:00:00Z")
        .about(dead("2026-06-20"))
        .when(present("2026-07-05"))
        .then([presented("2026-07-05", true)]);
}

#[test]
fn a_presentation_in_the_persons_lifetime_needs_no_decision() {
    given::<Medal>(up_to(AWARDED))
        .at("2026-07-10T02:00:00Z")
        .about(dead("2026-06-28"))
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", false)]);
}

#[test]
fn what_was_decided_for_a_death_is_void_once_the_death_is_withdrawn() {
    given::<Medal>(up_to_and(AWARDED, decided(AfterDeath::Withheld)))
        .at("2026-07-10T02:00:00Z")
        .about(member("1970-01-01"))
        .when(present("2026-06-28"))
        .then([presented("2026-06-28", false)]);
}
