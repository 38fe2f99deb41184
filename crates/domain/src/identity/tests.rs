use super::{
    IdentityClaimed,
    IdentityCommand::{Claim, Release},
    IdentityEvent, IdentityRejection, IdentityReleased,
};
use crate::{CadreId, testing::given};

const ONE: CadreId = CadreId(uuid::Uuid::from_u128(1));
const OTHER: CadreId = CadreId(uuid::Uuid::from_u128(2));

/// One event of each name.
pub(crate) fn samples() -> Vec<IdentityEvent> {
    vec![claimed(), released()]
}

fn claimed() -> IdentityEvent {
    IdentityClaimed { person: ONE }.into()
}

fn released() -> IdentityEvent {
    IdentityReleased { person: ONE }.into()
}

#[test]
fn a_free_number_is_taken_once() {
    given::<super::Identity>([])
        .when(Claim { person: ONE })
        .then([claimed()]);
    given::<super::Identity>([claimed()])
        .when(Claim { person: ONE })
        .then([]);
}

#[test]
fn a_number_belongs_to_one_person() {
    given::<super::Identity>([claimed()])
        .when(Claim { person: OTHER })
        .then_rejected(IdentityRejection::Taken);
    given::<super::Identity>([claimed()])
        .when(Release { person: OTHER })
        .then_rejected(IdentityRejection::NotHeld);
}

#[test]
fn a_number_given_up_can_be_taken_by_someone_else() {
    given::<super::Identity>([claimed()])
        .when(Release { person: ONE })
        .then([released()]);
    given::<super::Identity>([claimed(), released()])
        .when(Claim { person: OTHER })
        .then([IdentityClaimed { person: OTHER }.into()]);
}
