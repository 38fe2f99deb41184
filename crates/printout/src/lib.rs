//! Documents that people read and print: one description, two ways to write it. Knows nothing of what
//! the documents are about. Pure but for finding a font: no clock, and the same document always gives
//! the same bytes.
//!
//! | | [`html()`] | [`pdf()`] |
//! |---|---|---|
//! | form | one page of HTML that asks nobody for anything and runs nothing | PDF/A-2u (ISO 19005-2), the form for archives: the font is in the file, every character can be searched and copied |
//! | paper | A4; headers of tables repeat, rows are not torn | A4; headers of tables repeat, a row is torn only if it is higher than a page; 第 n 页 / 共 m 页 |
//! | font | the reader's | one that the caller gives: [`Font::of_system`] finds one |
//!
//! Any text can be printed. What cannot be seen, or changes what is seen beside it, is shown by its
//! number, as `[U+202E]`; a character that the font does not have is drawn as 〓, told of on each
//! page, and given back in [`Pdf::missing`]; its text stays in the file.

mod error;
mod font;
mod grid;
mod html;
mod layout;
mod pdf;
mod sheets;
mod style;
mod table;
mod text;

#[cfg(test)]
mod tests;

pub use error::PrintError;
pub use font::Font;
pub use html::html;
pub use pdf::{Pdf, pdf};

/// A document that people read and print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, above everything else.
    pub title: String,
    /// Below the title, smaller; may be empty.
    pub subtitle: String,
    /// On every page, beside its number; may be empty.
    pub footer: String,
    /// When it was made, for the properties of the file; shown nowhere else.
    pub created: calendar::Timestamp,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Begins a section; in the outline of the PDF.
    Heading(String),
    /// Running text; `\n` begins a new line.
    Paragraph(String),
    /// Labels with their values, side by side.
    Facts(Vec<(String, String)>),
    /// Rows under a header, which repeats on each page.
    Table {
        /// What the columns are called. Without a header, the longest row tells how many there are.
        header: Vec<String>,
        /// How wide the columns are beside each other; one that is not given is as wide as the others
        /// are on average.
        widths: Vec<u16>,
        /// A row with fewer cells is filled up; what a row has beyond the last column is put below
        /// the text in that column.
        rows: Vec<Vec<String>>,
    },
}
