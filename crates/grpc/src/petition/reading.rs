//! What is to be done on petitions, how a unit stands, and whether it was done in time.

use tonic::Status;
use views::petitions::{
    Board, Figures, FiguresBy, FiguresFilter, FiguresGroup, FiguresReport, HandlerCount,
    StageCount, WorkFilter, WorkRow,
};

use super::clock;
use crate::{
    api::Api,
    fields::{Fields, Word, shown, words},
    history::when,
    page, pb,
};

words! {
    pb::FiguresBy = FiguresBy { Month, Quarter, Year, Unit, Category }
}

pub(super) async fn list_petition_work(
    api: &Api,
    request: tonic::Request<pb::ListPetitionWorkRequest>,
) -> Result<pb::ListPetitionWorkResponse, Status> {
    let (reading, (filter, (page, position))) =
        api.asked(request, |f, asked: pb::ListPetitionWorkRequest| {
            let unit = f.optional_text("unit", &asked.unit);
            let handler = f.optional_text("handler", &asked.handler);
            let stage = f.optional_word("stage", asked.stage);
            let page = page::read(f, asked.page_size, asked.page_token, &asked.position);
            let filter = WorkFilter {
                unit: unit?,
                handler: handler?,
                unassigned: asked.unassigned,
                stage: stage?,
                overdue: asked.overdue,
                due_within: asked.due_within,
                warned: asked.warned,
                awaiting_delivery: asked.awaiting_delivery,
                awaiting_feedback: asked.awaiting_feedback,
            };
            Some((filter, page?))
        })?;
    let work = api
        .at(position, reading.petition_worklist(filter, page))
        .await?;
    Ok(pb::ListPetitionWorkResponse {
        items: work.items.into_iter().map(work_row).collect(),
        next_page_token: work.next_page_token.unwrap_or_default(),
    })
}

pub(super) async fn get_petition_board(
    api: &Api,
    request: tonic::Request<pb::GetPetitionBoardRequest>,
) -> Result<pb::GetPetitionBoardResponse, Status> {
    let (reading, (unit, position)) =
        api.asked(request, |f, asked: pb::GetPetitionBoardRequest| {
            let unit = f.optional_text("unit", &asked.unit);
            unit.zip(f.optional_position("position", &asked.position))
        })?;
    let board = api.at(position, reading.petition_board(unit)).await?;
    Ok(pb::GetPetitionBoardResponse {
        board: Some(shown_board(board)),
    })
}

pub(super) async fn get_petition_figures(
    api: &Api,
    request: tonic::Request<pb::GetPetitionFiguresRequest>,
) -> Result<pb::GetPetitionFiguresResponse, Status> {
    let (reading, (of, by, position)) =
        api.asked(request, |f, asked: pb::GetPetitionFiguresRequest| {
            let from = f.optional_date("from", &asked.from);
            let to = f.optional_date("to", &asked.to);
            let unit = f.optional_text("unit", &asked.unit);
            let category = f.optional_word("category", asked.category);
            let by = f.optional_word("by", asked.by);
            let position = f.optional_position("position", &asked.position);
            let of = FiguresFilter {
                from: from?,
                to: to?,
                unit: unit?,
                category: category?,
            };
            Some((of, by?, position?))
        })?;
    let report = api.at(position, reading.petition_figures(of, by)).await?;
    let group = |FiguresGroup { group, figures }| pb::PetitionFiguresGroup {
        group,
        figures: Some(shown_figures(figures)),
    };
    Ok(pb::GetPetitionFiguresResponse {
        today: report.today.to_string(),
        figures: Some(shown_figures(report.all)),
        groups: report.groups.into_iter().map(group).collect(),
    })
}

fn work_row(row: WorkRow) -> pb::PetitionWork {
    pb::PetitionWork {
        petition: row.petition.to_string(),
        number: shown(row.number),
        subject: row.subject.into(),
        petitioner: row.petitioner.into(),
        channel: row.channel.write(),
        stage: row.stage.write(),
        received: when(row.received),
        unit: row.unit.into(),
        handler: shown(row.handler),
        next: row.next.map(clock::write),
    }
}

pub(crate) fn read_work(f: &Fields<'_>, row: pb::PetitionWork) -> Option<WorkRow> {
    Some(WorkRow {
        petition: f.id("petition", &row.petition)?,
        number: f.optional_text("number", &row.number)?,
        subject: f.text("subject", &row.subject)?,
        petitioner: f.text("petitioner", &row.petitioner)?,
        channel: f.word("channel", row.channel)?,
        stage: f.word("stage", row.stage)?,
        received: f.when("received", &row.received)?,
        unit: f.text("unit", &row.unit)?,
        handler: f.optional_text("handler", &row.handler)?,
        next: f.optional_message("next", row.next, clock::read)?,
    })
}

fn shown_board(board: Board) -> pb::PetitionBoard {
    let stage = |StageCount { stage, total }| pb::StageCount {
        stage: stage.write(),
        total,
    };
    let handler = |of: HandlerCount| pb::HandlerCount {
        handler: of.handler.into(),
        total: of.total,
        overdue: of.overdue,
    };
    pb::PetitionBoard {
        unit: shown(board.unit),
        today: board.today.to_string(),
        total: board.total,
        overdue: board.overdue,
        due_today: board.due_today,
        due_this_week: board.due_this_week,
        days_left_this_week: board.days_left_this_week,
        warned: board.warned,
        awaiting_delivery: board.awaiting_delivery,
        awaiting_feedback: board.awaiting_feedback,
        unassigned: board.unassigned,
        stages: board.stages.into_iter().map(stage).collect(),
        handlers: board.handlers.into_iter().map(handler).collect(),
    }
}

pub(crate) fn read_board(f: &Fields<'_>, board: pb::PetitionBoard) -> Option<Board> {
    let stage = |f: &Fields<'_>, of: pb::StageCount| {
        Some(StageCount {
            stage: f.word("stage", of.stage)?,
            total: of.total,
        })
    };
    let handler = |f: &Fields<'_>, of: pb::HandlerCount| {
        Some(HandlerCount {
            handler: f.text("handler", &of.handler)?,
            total: of.total,
            overdue: of.overdue,
        })
    };
    Some(Board {
        unit: f.optional_text("unit", &board.unit)?,
        today: f.date("today", &board.today)?,
        total: board.total,
        overdue: board.overdue,
        due_today: board.due_today,
        due_this_week: board.due_this_week,
        days_left_this_week: board.days_left_this_week,
        warned: board.warned,
        awaiting_delivery: board.awaiting_delivery,
        awaiting_feedback: board.awaiting_feedback,
        unassigned: board.unassigned,
        stages: f.all("stages", board.stages, stage)?,
        handlers: f.all("handlers", board.handlers, handler)?,
    })
}

fn shown_figures(figures: Figures) -> pb::PetitionFigures {
    pb::PetitionFigures {
        total: figures.total,
        told_in_time: figures.told_in_time,
        told_late: figures.told_late,
        answered: figures.answered,
        answered_in_time: figures.answered_in_time,
        answered_late: figures.answered_late,
        answered_without_limit: figures.answered_without_limit,
        open: figures.open,
        open_overdue: figures.open_overdue,
        ended_otherwise: figures.ended_otherwise,
        duplicates: figures.duplicates,
        median_days_to_answer: figures.median_days_to_answer,
        mean_days_to_answer: figures.mean_days_to_answer,
        mean_days_to_tell: figures.mean_days_to_tell,
        rated: figures.rated,
        satisfied: figures.satisfied,
        profile: figures.profile,
    }
}

fn read_figures(figures: pb::PetitionFigures) -> Figures {
    Figures {
        total: figures.total,
        told_in_time: figures.told_in_time,
        told_late: figures.told_late,
        answered: figures.answered,
        answered_in_time: figures.answered_in_time,
        answered_late: figures.answered_late,
        answered_without_limit: figures.answered_without_limit,
        open: figures.open,
        open_overdue: figures.open_overdue,
        ended_otherwise: figures.ended_otherwise,
        duplicates: figures.duplicates,
        median_days_to_answer: figures.median_days_to_answer,
        mean_days_to_answer: figures.mean_days_to_answer,
        mean_days_to_tell: figures.mean_days_to_tell,
        rated: figures.rated,
        satisfied: figures.satisfied,
        profile: figures.profile,
    }
}

/// The report as it was asked for.
pub(crate) fn read_report(
    f: &Fields<'_>,
    (of, by): (FiguresFilter, Option<FiguresBy>),
    answer: pb::GetPetitionFiguresResponse,
) -> Option<FiguresReport> {
    let figures = |f: &Fields<'_>, figures| {
        f.message("figures", figures, |_, figures| Some(read_figures(figures)))
    };
    let group = |f: &Fields<'_>, group: pb::PetitionFiguresGroup| {
        Some(FiguresGroup {
            figures: figures(f, group.figures)?,
            group: group.group,
        })
    };
    Some(FiguresReport {
        of,
        today: f.date("today", &answer.today)?,
        all: figures(f, answer.figures)?,
        by,
        groups: f.all("groups", answer.groups, group)?,
    })
}
