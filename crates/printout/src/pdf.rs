//! The document as PDF/A.

use std::collections::BTreeSet;

use calendar::{Timestamp, civil_date, civil_time};
use krilla::{
    SerializeSettings,
    color::luma,
    configure::{Archival, ConfigurationBuilder, ValidationError},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    text::{GlyphId, KrillaGlyph},
};

use crate::{
    Document, Font, PrintError,
    font::{Drawn, Glyphs},
    sheets::{Mark, Section, Sheets, sheets},
    style::{Face, PAGE_HEIGHT, PAGE_WIDTH},
    text::in_short,
};

/// As many characters as there is room for in a list of sections or the head of a window.
const SHORT: usize = 200;
/// How much a bold line adds to the edge of each stroke, in parts of its size.
const BOLD: f32 = 0.028;

/// A document as PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the font has no glyph for. Drawn as 〓, and what 〓 means is said on each page; the text
    /// itself is in the file and can be copied.
    pub missing: BTreeSet<char>,
}

/// Writes the document as PDF/A-2u on A4, with its font inside. Pure: the same document and font give
/// the same bytes.
///
/// # Errors
/// [`PrintError::FontUnusable`] if the font may not or cannot be embedded;
/// [`PrintError::DocumentTooLarge`].
pub fn pdf(document: &Document, font: &Font) -> Result<Pdf, PrintError> {
    let glyphs = font.glyphs()?;
    let advance = |c| glyphs.advance(c);
    let mut pages = sheets(document, None, &advance);
    let missing = missing(&pages, &glyphs);
    if !missing.is_empty() {
        let note = format!("{}：字库所缺的字", font.substitute());
        pages = sheets(document, Some(&note), &advance);
    }
    let bytes = written(document, &pages, font, &glyphs)?;
    Ok(Pdf { bytes, missing })
}

fn missing(sheets: &Sheets, glyphs: &Glyphs<'_>) -> BTreeSet<char> {
    let texts = sheets.pages.iter().flatten().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text),
        Mark::Field { .. } => None,
    });
    texts
        .flat_map(|text| text.chars())
        .filter(|c| matches!(glyphs.drawn(*c), Drawn::Missing(_)))
        .collect()
}

fn written(
    document: &Document,
    sheets: &Sheets,
    font: &Font,
    glyphs: &Glyphs<'_>,
) -> Result<Vec<u8>, PrintError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_U)
        .finish()
        // Fails only for standards that contradict each other, and this is one.
        .unwrap_or_default();
    let mut file = krilla::Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    file.set_metadata(metadata(document));
    if !sheets.sections.is_empty() {
        file.set_outline(outline(&sheets.sections));
    }
    for marks in &sheets.pages {
        // Both are positive, which is all that is asked of them.
        let a4 = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).unwrap_or_default();
        let mut page = file.start_page_with(a4);
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark, font, glyphs);
        }
        surface.finish();
        page.finish();
    }
    file.finish().map_err(refused)
}

fn metadata(document: &Document) -> Metadata {
    Metadata::new()
        .title(in_short(&document.title, SHORT))
        .language("zh-CN".to_owned())
        .producer("Sangyu".to_owned())
        .creation_date(moment(document.created))
}

/// In Beijing time.
fn moment(created: Timestamp) -> DateTime {
    let (date, time) = (civil_date(created), civil_time(created));
    let part = |part: i8| part.unsigned_abs();
    DateTime::new(date.year().max(0).unsigned_abs())
        .month(part(date.month()))
        .day(part(date.day()))
        .hour(part(time.hour()))
        .minute(part(time.minute()))
        .second(part(time.second()))
        .utc_offset_hour(8)
}

fn outline(sections: &[Section]) -> Outline {
    let mut outline = Outline::new();
    for section in sections {
        let there = XyzDestination::new(section.page, Point::from_xy(0.0, section.y));
        outline.push_child(OutlineNode::new(in_short(&section.heading, SHORT), there));
    }
    outline
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, font: &Font, glyphs: &Glyphs<'_>) {
    match mark {
        Mark::Field {
            x,
            y,
            width,
            height,
            grey,
        } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(filled(*grey)));
                surface.set_stroke(None);
                surface.draw_path(&path);
            }
        }
        Mark::Text {
            x,
            baseline,
            face,
            text,
        } => {
            let line = glyphs_of(text, glyphs);
            if line.is_empty() {
                return;
            }
            surface.set_fill(Some(filled(face.grey)));
            surface.set_stroke(face.bold.then(|| bold(face)));
            let start = Point::from_xy(*x, *baseline);
            surface.draw_glyphs(start, &line, font.face.clone(), text, face.size, false);
        }
    }
}

/// The glyphs, each with the part of the text that it stands for. What cannot be seen stays in the
/// text of the glyph before it.
fn glyphs_of(text: &str, glyphs: &Glyphs<'_>) -> Vec<KrillaGlyph> {
    let mut line: Vec<KrillaGlyph> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match glyphs.drawn(c) {
            Drawn::Glyph(glyph) | Drawn::Missing(glyph) => {
                let start = if line.is_empty() { 0 } else { at };
                let id = GlyphId::new(glyph.to_u32());
                let advance = glyphs.advance_of(glyph);
                line.push(KrillaGlyph::new(
                    id,
                    advance,
                    0.0,
                    0.0,
                    0.0,
                    start..end,
                    None,
                ));
            }
            Drawn::Unseen => {
                if let Some(glyph) = line.last_mut() {
                    glyph.text_range.end = end;
                }
            }
        }
    }
    line
}

fn filled(grey: u8) -> Fill {
    Fill {
        paint: luma::Color::new(grey).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

/// There is one font, so that the edge of a bold stroke is drawn over.
fn bold(face: &Face) -> Stroke {
    Stroke {
        paint: luma::Color::new(face.grey).into(),
        width: face.size * BOLD,
        ..Stroke::default()
    }
}

fn refused(error: KrillaError) -> PrintError {
    match error {
        KrillaError::Font(_, reason) => PrintError::FontUnusable { reason },
        KrillaError::Validation(faults) => {
            let faults: Vec<ValidationError> = faults.into_iter().map(|(fault, _)| fault).collect();
            if faults.contains(&ValidationError::TooManyIndirectObjects) {
                return PrintError::DocumentTooLarge;
            }
            let forbidden =
                |fault: &ValidationError| matches!(fault, ValidationError::RestrictedLicense(_));
            // Not in the words of the fault: they may hold what is in the document.
            let reason = match faults.iter().any(forbidden) {
                true => "its licence forbids embedding",
                false => "an archive would not take the file",
            };
            PrintError::FontUnusable {
                reason: reason.to_owned(),
            }
        }
        KrillaError::Limit(_) => PrintError::DocumentTooLarge,
        other => PrintError::FontUnusable {
            reason: other.to_string(),
        },
    }
}
