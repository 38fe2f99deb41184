//! Finding a font, and asking it about characters.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
    string::StringId,
};

use crate::{PrintError, layout::is_unseen};

/// Stands for a character that the font does not have; the first that the font has.
const SUBSTITUTES: [char; 4] = ['〓', '□', '?', '*'];

/// What tells that a font has Chinese characters, and the letters and digits beside them: Droid Sans
/// Fallback leaves those to another font.
const NEEDED: [char; 4] = ['桑', '，', '0', 'a'];

/// Names of files with Chinese characters in the forms of the mainland, the best first: small, then
/// complete.
const NAMES: &[&str] = &[
    "wqy-microhei.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "SourceHanSans-Regular.ttc",
    "wqy-zenhei.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Light.ttc",
    "Songti.ttc",
];

/// Where systems keep fonts: Debian, Kylin, UOS, openEuler, Fedora; then macOS.
const FOLDERS: &[&str] = &[
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
];

/// Folders in folders: Debian has opentype/noto, macOS has Supplemental.
const DEPTH: usize = 3;

/// A font with Chinese characters, in the memory. Cheap to clone.
#[derive(Clone)]
pub struct Font {
    pub(crate) face: krilla::text::Font,
    bytes: Arc<Vec<u8>>,
    index: u32,
    substitute: (char, GlyphId),
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Font").field("index", &self.index).finish()
    }
}

impl Font {
    /// The font in these bytes: TrueType or OpenType, or number `index` of a collection, from 0.
    ///
    /// # Errors
    /// [`PrintError::FontUnusable`]; [`PrintError::FontNotChinese`] if it lacks 桑, or digits.
    pub fn parse(bytes: impl Into<Vec<u8>>, index: u32) -> Result<Self, PrintError> {
        Self::of_collection(&Arc::new(bytes.into()), index)
    }

    fn of_collection(bytes: &Arc<Vec<u8>>, index: u32) -> Result<Self, PrintError> {
        let unusable = |reason: &str| PrintError::FontUnusable {
            reason: reason.to_owned(),
        };
        let font = FontRef::from_index(bytes, index).map_err(|e| unusable(&e.to_string()))?;
        let charmap = font.charmap();
        let lacks = |c: &char| charmap.map(*c).is_none_or(|glyph| glyph == GlyphId::NOTDEF);
        if NEEDED.iter().any(lacks) {
            return Err(PrintError::FontNotChinese);
        }
        let substitute = SUBSTITUTES.iter().find_map(|c| {
            let glyph = charmap.map(*c).filter(|glyph| *glyph != GlyphId::NOTDEF)?;
            Some((*c, glyph))
        });
        Ok(Self {
            substitute: substitute
                .ok_or_else(|| unusable("it has no glyph for 〓 and none for ?"))?,
            face: krilla::text::Font::new(Arc::clone(bytes).into(), index)
                .ok_or_else(|| unusable("a table that every font has is missing or damaged"))?,
            bytes: Arc::clone(bytes),
            index,
        })
    }

    /// The font in this file. Of a collection, the first face with the forms of the mainland: one
    /// whose name says SC, or else the first that has 桑.
    ///
    /// # Errors
    /// [`PrintError::FontUnreadable`], and those of [`Font::parse`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, PrintError> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|error| PrintError::FontUnreadable {
            path: path.display().to_string(),
            reason: error.to_string(),
        })?;
        let bytes = Arc::new(bytes);
        let (mut first, mut refused) = (None, None);
        for (index, face) in (0..).zip(FontRef::fonts(&bytes)) {
            let simplified = face.is_ok_and(|face| is_simplified(&face));
            match Self::of_collection(&bytes, index) {
                Ok(font) if simplified => return Ok(font),
                Ok(font) => first = first.or(Some(font)),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        let found = match (first, refused) {
            (Some(font), _) => Ok(font),
            (None, Some(error)) => Err(error),
            // No face at all: parsing says why.
            (None, None) => Self::of_collection(&bytes, 0),
        };
        found.map_err(|error| match error {
            PrintError::FontUnusable { reason } => PrintError::FontUnusable {
                reason: format!("{}: {reason}", path.display()),
            },
            other => other,
        })
    }

    /// The font in this file if one is named, else one of this machine.
    ///
    /// # Errors
    /// Those of [`Font::open`] and [`Font::of_system`].
    pub fn choose(path: Option<&Path>) -> Result<Self, PrintError> {
        path.map_or_else(Self::of_system, Self::open)
    }

    /// A Chinese font of this machine, looked for where Debian, Kylin, UOS, openEuler, Fedora and
    /// macOS keep theirs. The same machine always gives the same font.
    ///
    /// # Errors
    /// [`PrintError::FontMissing`].
    pub fn of_system() -> Result<Self, PrintError> {
        Self::in_folders(FOLDERS.iter().map(PathBuf::from))
    }

    pub(crate) fn in_folders(
        folders: impl IntoIterator<Item = PathBuf>,
    ) -> Result<Self, PrintError> {
        let mut found = Vec::new();
        for folder in folders {
            look_in(&folder, DEPTH, &mut found);
        }
        // In the order of the names, then as found.
        found.sort_by_key(|(rank, _)| *rank);
        let mut fonts = found.iter().filter_map(|(_, path)| Self::open(path).ok());
        fonts.next().ok_or(PrintError::FontMissing)
    }

    #[cfg(test)]
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is drawn for a character that the font does not have.
    pub(crate) fn substitute(&self) -> char {
        self.substitute.0
    }

    /// The font, ready for questions.
    pub(crate) fn glyphs(&self) -> Result<Glyphs<'_>, PrintError> {
        let font = FontRef::from_index(&self.bytes, self.index).map_err(|error| {
            PrintError::FontUnusable {
                reason: error.to_string(),
            }
        })?;
        Ok(Glyphs {
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            em: self.face.units_per_em(),
            substitute: self.substitute.1,
        })
    }
}

fn is_simplified(face: &FontRef<'_>) -> bool {
    let names = face.localized_strings(StringId::FULL_NAME);
    let names: Vec<String> = names.map(|name| name.chars().collect()).collect();
    names
        .iter()
        .any(|name| name.split(' ').any(|word| word == "SC"))
}

/// Adds the fonts with a known name, each with its rank. What cannot be read is passed over.
fn look_in(folder: &Path, depth: usize, found: &mut Vec<(usize, PathBuf)>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some(rank) = NAMES.iter().position(|known| name == Some(*known)) {
            found.push((rank, path));
        } else if depth > 0 && path.is_dir() {
            look_in(&path, depth - 1, found);
        }
    }
}

/// What a font draws for a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Drawn {
    Glyph(GlyphId),
    /// Nothing, and nothing is amiss.
    Unseen,
    /// The substitute: the font does not have the character.
    Missing(GlyphId),
}

/// A font, ready for questions.
pub(crate) struct Glyphs<'f> {
    charmap: Charmap<'f>,
    metrics: GlyphMetrics<'f>,
    em: f32,
    substitute: GlyphId,
}

impl Glyphs<'_> {
    pub(crate) fn drawn(&self, c: char) -> Drawn {
        if is_unseen(c) {
            return Drawn::Unseen;
        }
        let glyph = |c| {
            self.charmap
                .map(c)
                .filter(|glyph| *glyph != GlyphId::NOTDEF)
        };
        let spare = || if c.is_whitespace() { glyph(' ') } else { None };
        match glyph(c).or_else(spare) {
            Some(glyph) => Drawn::Glyph(glyph),
            None => Drawn::Missing(self.substitute),
        }
    }

    /// How wide a character is at size 1.
    pub(crate) fn advance(&self, c: char) -> f32 {
        match self.drawn(c) {
            Drawn::Glyph(glyph) | Drawn::Missing(glyph) => self.advance_of(glyph),
            Drawn::Unseen => 0.0,
        }
    }

    pub(crate) fn advance_of(&self, glyph: GlyphId) -> f32 {
        self.metrics.advance_width(glyph).unwrap_or(0.0) / self.em
    }
}
