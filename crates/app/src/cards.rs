//! Contact cards, by the rules of today.

use domain::{BirthdayRules, CadreId};
use views::{
    Page, PageRequest,
    cards::{self, CardFilter, ContactCard},
};

use crate::{Error, Reading};

impl Reading {
    /// The contact cards of the living, as it is today.
    ///
    /// # Errors
    /// As [`cards::list`].
    pub async fn contact_cards(
        &self,
        filter: CardFilter,
        page: PageRequest,
    ) -> Result<Page<ContactCard>, Error> {
        let (rules, today) = (self.birthday_rules()?, self.app.today());
        self.ask(move |conn| cards::list(conn, &filter, &rules, today, &page))
            .await
    }

    /// One person's contact card, as it is today.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn contact_card(&self, person: CadreId) -> Result<ContactCard, Error> {
        let (rules, today) = (self.birthday_rules()?, self.app.today());
        self.ask(move |conn| cards::get(conn, person, &rules, today))
            .await?
            .ok_or(Error::NotFound("person"))
    }

    fn birthday_rules(&self) -> Result<BirthdayRules, Error> {
        let rules = self.app.parts.rules.on(self.app.today());
        Ok(rules.map_err(Error::rejected)?.birthday.clone())
    }
}
