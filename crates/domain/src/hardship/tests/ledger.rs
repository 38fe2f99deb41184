//! Payments taken over from a ledger.

use super::*;

#[test]
fn a_payment_of_a_ledger_opens_a_case_where_none_is_open() {
    case([])
        .when(take_over(ILLNESS, "L-1", 500))
        .then([opened_by_ledger(ILLNESS, 1), taken_over("L-1", 500)]);
    let history = vec![opened_by_ledger(ILLNESS, 1), taken_over("L-1", 500)];
    case(history.clone())
        .when(take_over(ILLNESS, "L-2", 300))
        .then([taken_over("L-2", 300)]);
    let shut = and(history, [closed()]);
    case(shut.clone())
        .when(take_over(ILLNESS, "L-1", 500))
        .then([]);
    case(shut)
        .when(take_over(ILLNESS, "L-2", 300))
        .then([opened_by_ledger(ILLNESS, 2), taken_over("L-2", 300)]);
}

#[test]
fn a_payment_of_a_ledger_counts_as_approved_and_as_paid() {
    // Whoever assessed or approved may be the one who takes the ledger over.
    for by in ["li", "wang"] {
        case(approved_case())
            .by(by)
            .when(take_over(ILLNESS, "L-1", 500))
            .then([taken_over("L-1", 500)]);
    }
    let history = and(
        approved_case(),
        [taken_over("L-1", 500), paid("zhao", "P-1", 1_000)],
    );
    let state = fold(history.clone());
    assert_eq!(state.approved(), Fen::yuan(3_500));
    assert_eq!(state.disbursed(), Fen::yuan(1_500));
    // Reversed, it leaves nothing behind that could be paid without an approval.
    let history = and(history, [reversed("L-1", 500)]);
    assert_eq!(fold(history.clone()).approved(), Fen::yuan(3_000));
    assert_eq!(fold(history.clone()).left(), Fen::yuan(2_000));
    case(history).when(take_over(ILLNESS, "L-1", 500)).then([]);
}

#[test]
fn a_payment_of_a_ledger_is_to_a_person_in_the_register_in_their_lifetime() {
    let ledger = |about: Option<Person>| {
        let mut given = given::<Hardship>([]);
        if let Some(person) = about {
            given = given.about(person);
        }
        given.when(take_over(ILLNESS, "L-1", 500))
    };
    ledger(None).then_rejected(UnknownPerson);
    ledger(Some(superseded(ONE))).then_rejected(RecordSuperseded);
    ledger(Some(died(ONE, "2019-06-19"))).then_rejected(PersonDied);
    ledger(Some(died(ONE, "2019-06-20")))
        .then([opened_by_ledger(ILLNESS, 1), taken_over("L-1", 500)]);
}
