use serde::{Deserialize, Serialize};

use crate::ViewsError;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageRequest {
    /// How many at most; 0 means 50, and more than 200 means 200.
    pub page_size: u32,
    /// From the page before; nothing for the first page.
    pub page_token: Option<String>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// To ask for the next page with; nothing on the last one.
    pub next_page_token: Option<String>,
}

const USUAL: u32 = 50;
const MOST: u32 = 200;

impl PageRequest {
    pub(crate) fn limit(&self) -> usize {
        let limit = match self.page_size {
            0 => USUAL,
            size => size.min(MOST),
        };
        limit as usize
    }

    /// How many rows to ask for: one more than shown tells whether a page follows.
    pub(crate) fn rows(&self) -> u64 {
        self.limit() as u64 + 1
    }

    /// What the last item of the page before is known by, if the token is of this very query.
    pub(crate) fn after(&self, query: &impl Serialize) -> Result<Option<&str>, ViewsError> {
        let Some(token) = &self.page_token else {
            return Ok(None);
        };
        let (print, key) = token
            .split_at_checked(PRINT_LEN)
            .ok_or(ViewsError::TokenMalformed)?;
        if print != fingerprint(query)? {
            return Err(ViewsError::TokenOfAnotherQuery);
        }
        Ok(Some(key))
    }

    /// Cuts the row off that was asked for beyond the limit. `key` is what an item is known by: an
    /// id or a position, for a token may end up in an address line.
    pub(crate) fn page<T>(
        &self,
        query: &impl Serialize,
        mut rows: Vec<T>,
        key: impl Fn(&T) -> String,
    ) -> Result<Page<T>, ViewsError> {
        let more = rows.len() > self.limit();
        rows.truncate(self.limit());
        let next_page_token = match rows.last().filter(|_| more) {
            Some(last) => Some(format!("{}{}", fingerprint(query)?, key(last))),
            None => None,
        };
        Ok(Page {
            items: rows,
            next_page_token,
        })
    }
}

impl PageRequest {
    /// The part that is wanted of a list that is there as a whole. `key` is what an item is known by; it
    /// holds no personal data, for a token may end up in an address line.
    ///
    /// # Errors
    /// [`ViewsError::TokenOfAnotherQuery`], [`ViewsError::TokenMalformed`].
    pub fn of<T>(
        &self,
        query: &impl Serialize,
        list: Vec<T>,
        key: impl Fn(&T) -> String,
    ) -> Result<Page<T>, ViewsError> {
        let rest: Vec<T> = match self.after(query)? {
            None => list,
            Some(last) => {
                let behind = list.into_iter().skip_while(|item| key(item) != last);
                behind.skip(1).collect()
            }
        };
        self.page(query, rest, key)
    }
}

const PRINT_LEN: usize = 16;

/// Tells one query from another (FNV-1a, 64 bits): it guards against mistakes, not against forgery,
/// for a forged token shows nothing that its query would not show.
fn fingerprint(query: &impl Serialize) -> Result<String, ViewsError> {
    let query = serde_json::to_vec(query).map_err(|_| ViewsError::TokenMalformed)?;
    let print = query.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(format!("{print:016x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(page_size: u32, page_token: Option<&str>) -> PageRequest {
        PageRequest {
            page_size,
            page_token: page_token.map(str::to_owned),
        }
    }

    #[test]
    fn a_page_is_never_longer_than_two_hundred() {
        assert_eq!(request(0, None).limit(), 50);
        assert_eq!(request(7, None).limit(), 7);
        assert_eq!(request(100_000, None).limit(), 200);
    }

    #[test]
    fn the_token_leads_on_from_the_last_item_and_the_last_page_has_none() {
        let page = request(2, None)
            .page(&"q", vec![1, 2, 3], ToString::to_string)
            .unwrap();
        assert_eq!(page.items, [1, 2]);
        let token = page.next_page_token.unwrap();
        assert_eq!(request(2, Some(&token)).after(&"q").unwrap(), Some("2"));
        let last = request(2, None)
            .page(&"q", vec![3], ToString::to_string)
            .unwrap();
        assert_eq!(last.next_page_token, None);
    }

    #[test]
    fn a_list_that_is_there_is_cut_into_the_same_pages() {
        let first = request(2, None).of(&"q", vec![1, 2, 3], ToString::to_string);
        let token = first.unwrap().next_page_token.unwrap();
        let next = request(2, Some(&token)).of(&"q", vec![1, 2, 3], ToString::to_string);
        let next = next.unwrap();
        assert_eq!((next.items, next.next_page_token), (vec![3], None));
    }

    #[test]
    fn a_token_for_another_query_is_refused() {
        let page = request(1, None).page(&"wang", vec![1, 2], ToString::to_string);
        let token = page.unwrap().next_page_token.unwrap();
        let refused = request(1, Some(&token)).after(&"li").unwrap_err();
        assert_eq!(refused.code(), "token_of_another_query");
        let refused = request(1, Some("abc")).after(&"li").map(drop).unwrap_err();
        assert_eq!(refused.code(), "token_malformed");
    }
}
