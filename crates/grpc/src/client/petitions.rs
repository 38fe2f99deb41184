//! What is asked of petitions.

use domain::{PetitionId, Text};
use views::{
    Page, PageRequest,
    history::HistoryEntry,
    petitions::{
        Board, FiguresBy, FiguresFilter, FiguresReport, PetitionFilter, PetitionRow, WorkFilter,
        WorkRow,
    },
};

use super::{Client, Error, PetitionServiceClient, answered, page_of, read};
use crate::{
    fields::{Word, shown},
    history, pb, petition,
};

impl Client {
    /// Petitions.
    ///
    /// # Errors
    /// What the server says.
    pub async fn petitions(
        &self,
        filter: PetitionFilter,
        page: PageRequest,
    ) -> Result<Page<PetitionRow>, Error> {
        let asked = pb::ListPetitionsRequest {
            q: shown(filter.q),
            stage: filter.stage.map(Word::write).unwrap_or_default(),
            received_from: shown(filter.received_from),
            received_until: shown(filter.received_until),
            person: shown(filter.person),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut petitions = PetitionServiceClient::new(self.channel());
        let found = answered(petitions.list_petitions(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, petition::read_row)
    }

    /// What happened with a petition, newest first.
    ///
    /// # Errors
    /// What the server says.
    pub async fn petition_history(
        &self,
        petition: PetitionId,
        page: PageRequest,
    ) -> Result<Page<HistoryEntry>, Error> {
        let asked = pb::GetPetitionHistoryRequest {
            petition: petition.to_string(),
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut petitions = PetitionServiceClient::new(self.channel());
        let found = answered(petitions.get_petition_history(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, history::read_entry)
    }

    /// The petitions on which something is to be done, overdue first.
    ///
    /// # Errors
    /// What the server says.
    pub async fn petition_worklist(
        &self,
        filter: WorkFilter,
        page: PageRequest,
    ) -> Result<Page<WorkRow>, Error> {
        let asked = pb::ListPetitionWorkRequest {
            unit: shown(filter.unit),
            handler: shown(filter.handler),
            unassigned: filter.unassigned,
            stage: filter.stage.map(Word::write).unwrap_or_default(),
            overdue: filter.overdue,
            due_within: filter.due_within,
            warned: filter.warned,
            awaiting_delivery: filter.awaiting_delivery,
            awaiting_feedback: filter.awaiting_feedback,
            page_size: page.page_size,
            page_token: shown(page.page_token),
            position: String::new(),
        };
        let mut petitions = PetitionServiceClient::new(self.channel());
        let found = answered(petitions.list_petition_work(self.request(asked)).await)?;
        page_of(found.items, found.next_page_token, petition::read_work)
    }

    /// How a unit stands today, or all of them together.
    ///
    /// # Errors
    /// What the server says.
    pub async fn petition_board(&self, unit: Option<Text>) -> Result<Board, Error> {
        let asked = pb::GetPetitionBoardRequest {
            unit: shown(unit),
            position: String::new(),
        };
        let mut petitions = PetitionServiceClient::new(self.channel());
        let found = answered(petitions.get_petition_board(self.request(asked)).await)?;
        read(|f| f.message("board", found.board, petition::read_board))
    }

    /// The figures of these petitions as they are today, and the same set apart.
    ///
    /// # Errors
    /// What the server says.
    pub async fn petition_figures(
        &self,
        of: FiguresFilter,
        by: Option<FiguresBy>,
    ) -> Result<FiguresReport, Error> {
        let asked = pb::GetPetitionFiguresRequest {
            from: shown(of.from),
            to: shown(of.to),
            unit: shown(of.unit.as_ref()),
            category: of.category.map(Word::write).unwrap_or_default(),
            by: by.map(Word::write).unwrap_or_default(),
            position: String::new(),
        };
        let mut petitions = PetitionServiceClient::new(self.channel());
        let found = answered(petitions.get_petition_figures(self.request(asked)).await)?;
        read(|f| petition::read_report(f, (of, by), found))
    }
}
