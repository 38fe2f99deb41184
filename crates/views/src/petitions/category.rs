//! A category as the columns `category` and `track` hold it, and in one word.

use domain::petition::Category;
use rusqlite::Row;

use super::fold::word as written;
use crate::{ViewsError, read::word};

/// What the two columns hold.
pub(super) fn columns(category: Category) -> Result<(&'static str, Option<String>), ViewsError> {
    Ok(match category {
        Category::Suggestion => ("suggestion", None),
        Category::Report => ("report", None),
        Category::Demand(track) => ("demand", Some(written(&track)?)),
    })
}

/// What the two columns say.
pub(super) fn read(row: &Row<'_>) -> Result<Option<Category>, ViewsError> {
    let category: Option<String> = row.get("category")?;
    category
        .map(|stored| match stored.as_str() {
            "suggestion" => Ok(Category::Suggestion),
            "report" => Ok(Category::Report),
            "demand" => Ok(Category::Demand(word(row, "track")?)),
            _ => Err(ViewsError::Damaged { column: "category" }),
        })
        .transpose()
}

/// In one word: `demand_investigation`; `unclassified` before anyone said.
pub(super) fn word_of(category: Option<Category>) -> Result<String, ViewsError> {
    let Some(category) = category else {
        return Ok("unclassified".to_owned());
    };
    let (category, track) = columns(category)?;
    Ok(track.map_or_else(
        || category.to_owned(),
        |track| format!("{category}_{track}"),
    ))
}
