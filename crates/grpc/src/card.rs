//! Contact cards as they are shown.

use domain::{CadreId, NamedAge, StaffId};
use event_log::Position;
use views::{
    PageRequest,
    cards::{CardBirthday, CardFilter, CardHardship, CardMedal, CardPlan, CardVisit, ContactCard},
};

use crate::{
    cadre::shown as show,
    fields::{Fields, Word, shown},
    history::when,
    page::{self, narrow},
    pb, person, visit,
};

pub(crate) fn filter(
    f: &Fields<'_>,
    asked: pb::ListContactCardsRequest,
) -> Option<(CardFilter, (PageRequest, Option<Position>))> {
    let contact = f.optional_text("contact", &asked.contact);
    let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
    let filter = CardFilter {
        contact: contact?.map(StaffId),
        unit: narrow(asked.unit),
    };
    Some((filter, page?))
}

pub(crate) fn whose(
    f: &Fields<'_>,
    asked: pb::GetContactCardRequest,
) -> Option<(CadreId, Option<Position>)> {
    let person = f.id("person", &asked.person);
    person.zip(f.optional_position("position", &asked.position))
}

pub(crate) fn card(known: ContactCard) -> pb::ContactCard {
    pb::ContactCard {
        person: known.person.to_string(),
        name: known.name.into(),
        status: known.status.write(),
        unit: known.unit.to_string(),
        contact: known.contact.map(person::contact),
        residence: shown(known.residence),
        community: shown(known.community),
        phone: shown(known.phone),
        emergency_contact: shown(known.emergency_contact),
        living: known.living.map(show::living),
        mobility: known.mobility.map_or(0, Word::write),
        birthday: known.birthday.map(birthday),
        last_visit: known.last_visit.map(last_visit),
        open_duties: known.open_duties,
        earliest_due: shown(known.earliest_due),
        hardship: known.hardship.into_iter().map(hardship).collect(),
        plan: known.plan.map(plan),
        medals: known.medals.into_iter().map(medal).collect(),
        died_on: shown(known.died_on),
        kept_as: shown(known.kept_as),
    }
}

fn birthday(known: CardBirthday) -> pb::CardBirthday {
    pb::CardBirthday {
        on: known.on.to_string(),
        full_age: known.full_age.map(i32::from),
        nominal_age: known.nominal_age.map(i32::from),
        named: known.named.map(named),
    }
}

fn named(NamedAge { age, basis }: NamedAge) -> pb::NamedAge {
    pb::NamedAge {
        age: age.into(),
        basis: basis.write(),
    }
}

fn last_visit(known: CardVisit) -> pb::CardVisit {
    pb::CardVisit {
        visited: when(known.visited),
        mode: known.mode.write(),
        purpose: Some(visit::shown_purpose(known.purpose)),
    }
}

fn hardship(known: CardHardship) -> pb::CardHardship {
    pb::CardHardship {
        ground: known.ground.write(),
        state: known.state.write(),
        opened: known.opened.to_string(),
    }
}

fn plan(known: CardPlan) -> pb::CardPlan {
    pb::CardPlan {
        plan: known.plan,
        next_review: known.next_review.to_string(),
        to_do: known.to_do,
        overdue: known.overdue,
    }
}

fn medal(known: CardMedal) -> pb::CardMedal {
    pb::CardMedal {
        year: known.year.into(),
        state: known.state.write(),
    }
}
