//! Lists, page by page.

use event_log::Position;
use views::PageRequest;

use crate::fields::Fields;

/// How long a query waits for the views to reach what the caller wants to see.
pub(crate) const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// From where a list goes on, and what it must show.
pub(crate) fn read(
    f: &Fields<'_>,
    page_size: u32,
    page_token: String,
    position: &str,
) -> Option<(PageRequest, Option<Position>)> {
    let position = f.optional_position("position", position)?;
    let page_token = Some(page_token).filter(|token| !token.is_empty());
    Some((
        PageRequest {
            page_size,
            page_token,
        },
        position,
    ))
}

/// A text by which a list is narrowed; nothing where it is blank.
pub(crate) fn narrow(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}
