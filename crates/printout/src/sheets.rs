//! What stands where on which page.

use crate::{
    Block, Document,
    grid::Grid,
    layout::lines,
    style::{
        ABOVE_FOOTER, BELOW_LINE, BODY, BOTTOM, FINE, FOOTER, Face, HAIR, HEADING, LEFT,
        MOST_FOOTER_LINES, NUMBER_WIDTH, PAGE_HEIGHT, STRONG, SUBTITLE, TITLE, TOP, WIDTH,
    },
    table,
    text::shown,
};

/// The pages, with what is drawn on each, and where sections begin.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sheets {
    pub(crate) pages: Vec<Vec<Mark>>,
    pub(crate) sections: Vec<Section>,
}

/// Something on a page. Lengths in points from the upper left corner of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mark {
    Text {
        x: f32,
        baseline: f32,
        face: Face,
        text: String,
    },
    /// A line, or a field behind text.
    Field {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        grey: u8,
    },
}

/// Where a section begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Section {
    pub(crate) heading: String,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// Lays the document out. `advance` is how wide a character is at size 1; `note` stands before the
/// footer.
pub(crate) fn sheets(
    document: &Document,
    note: Option<&str>,
    advance: &dyn Fn(char) -> f32,
) -> Sheets {
    let footer: Vec<String> = note
        .map(str::to_owned)
        .into_iter()
        .chain([shown(&document.footer)])
        .filter(|part| !part.is_empty())
        .collect();
    let footer = footer.join("\u{3000}");
    let in_footer = |c| advance(c) * FOOTER.size;
    let mut footer_lines = match footer.as_str() {
        "" => Vec::new(),
        footer => lines(footer, WIDTH - NUMBER_WIDTH, in_footer),
    };
    let too_long = footer_lines.len() > MOST_FOOTER_LINES;
    footer_lines.truncate(MOST_FOOTER_LINES);

    let mut pen = Pen::new(footer_lines.len(), advance);
    pen.opening(document);
    for block in &document.blocks {
        pen.block(block);
    }
    if too_long {
        // What has no room at the foot of each page stands once at the end.
        pen.gap(BODY.leading);
        pen.paragraph(&shown(&document.footer), FOOTER);
    }
    let (top, mut sheets) = (pen.bottom + ABOVE_FOOTER, pen.sheets);
    let count = sheets.pages.len();
    for (index, page) in sheets.pages.iter_mut().enumerate() {
        let number = format!("第 {} 页 / 共 {count} 页", index + 1);
        let width: f32 = number.chars().map(in_footer).sum();
        let mut foot = vec![line(LEFT, top, WIDTH, FINE)];
        for (nth, text) in footer_lines.iter().enumerate() {
            // Less than MOST_FOOTER_LINES.
            let y = top + BELOW_LINE + nth as f32 * FOOTER.leading;
            let text = if too_long && nth + 1 == MOST_FOOTER_LINES {
                format!("{text}…")
            } else {
                (*text).to_owned()
            };
            foot.push(written(LEFT, y, FOOTER, text));
        }
        foot.push(written(
            LEFT + WIDTH - width,
            top + BELOW_LINE,
            FOOTER,
            number,
        ));
        // First, so that the note is what the glyph of missing characters means by itself.
        page.splice(0..0, foot);
    }
    sheets
}

/// Writes down the page, and turns over.
pub(crate) struct Pen<'a> {
    advance: &'a dyn Fn(char) -> f32,
    sheets: Sheets,
    /// Where the next thing goes.
    pub(crate) y: f32,
    /// Where the body ends.
    bottom: f32,
}

impl<'a> Pen<'a> {
    fn new(footer_lines: usize, advance: &'a dyn Fn(char) -> f32) -> Self {
        // At most MOST_FOOTER_LINES.
        let footer = footer_lines.max(1) as f32 * FOOTER.leading;
        Self {
            advance,
            sheets: Sheets {
                pages: vec![Vec::new()],
                sections: Vec::new(),
            },
            y: TOP,
            bottom: PAGE_HEIGHT - BOTTOM - footer - BELOW_LINE - ABOVE_FOOTER,
        }
    }

    /// What is left of the page.
    pub(crate) fn room(&self) -> f32 {
        self.bottom - self.y
    }

    /// The body of a whole page.
    pub(crate) fn page(&self) -> f32 {
        self.bottom - TOP
    }

    pub(crate) fn turn(&mut self) {
        self.sheets.pages.push(Vec::new());
        self.y = TOP;
    }

    pub(crate) fn lines<'t>(&self, text: &'t str, width: f32, face: Face) -> Vec<&'t str> {
        lines(text, width, |c| (self.advance)(c) * face.size)
    }

    pub(crate) fn width(&self, text: &str, face: Face) -> f32 {
        text.chars().map(|c| (self.advance)(c) * face.size).sum()
    }

    /// A line of text whose upper edge is at `y`.
    pub(crate) fn write(&mut self, x: f32, y: f32, face: Face, text: &str) {
        if !text.is_empty() {
            self.mark(written(x, y, face, text.to_owned()));
        }
    }

    /// Turns over if there is less room than this, unless that gives no more.
    pub(crate) fn keep_together(&mut self, height: f32) {
        if self.room() < height && self.y > TOP {
            self.turn();
        }
    }

    /// The fine line above each row but the first of a page.
    pub(crate) fn between(&mut self, first: bool) {
        if !first {
            self.rule(HAIR);
        }
    }

    /// A line here, from edge to edge.
    pub(crate) fn rule(&mut self, kind: (f32, u8)) {
        self.mark(line(LEFT, self.y, WIDTH, kind));
    }

    /// A grey field from here, from edge to edge.
    pub(crate) fn field(&mut self, height: f32, grey: u8) {
        let y = self.y;
        self.mark(Mark::Field {
            x: LEFT,
            y,
            width: WIDTH,
            height,
            grey,
        });
    }

    /// Space between two things; none at the top of a page.
    fn gap(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.sheets.pages.last_mut() {
            page.push(mark);
        }
    }

    fn opening(&mut self, document: &Document) {
        if !document.title.is_empty() {
            self.centred(&shown(&document.title), TITLE);
        }
        if !document.subtitle.is_empty() {
            self.gap(4.0);
            self.centred(&shown(&document.subtitle), SUBTITLE);
        }
        self.gap(8.0);
        self.rule(STRONG);
        self.y += 12.0;
    }

    fn centred(&mut self, text: &str, face: Face) {
        for line in self.lines(text, WIDTH, face) {
            let line = line.trim_end();
            let x = LEFT + (WIDTH - self.width(line, face)).max(0.0) / 2.0;
            self.line_of_text(x, face, line);
        }
    }

    fn paragraph(&mut self, text: &str, face: Face) {
        for line in self.lines(text, WIDTH, face) {
            self.line_of_text(LEFT, face, line);
        }
    }

    fn line_of_text(&mut self, x: f32, face: Face, line: &str) {
        if self.room() < face.leading {
            self.turn();
        }
        let y = self.y;
        self.write(x, y, face, line);
        self.y += face.leading;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(text) => {
                self.paragraph(&shown(text), BODY);
                self.gap(6.0);
            }
            Block::Facts(facts) => {
                table::facts(self, facts);
                self.gap(10.0);
            }
            Block::Table {
                header,
                widths,
                rows,
            } => {
                table::table(self, &Grid::new(header, widths, rows));
                self.gap(10.0);
            }
        }
    }

    /// A heading stays with the first lines of what it is above.
    fn heading(&mut self, heading: &str) {
        self.gap(8.0);
        self.keep_together(HEADING.leading + 4.0 * BODY.leading);
        let section = Section {
            heading: heading.to_owned(),
            page: self.sheets.pages.len() - 1,
            y: self.y,
        };
        self.sheets.sections.push(section);
        self.paragraph(&shown(heading), HEADING);
        self.gap(4.0);
    }
}

fn written(x: f32, y: f32, face: Face, text: String) -> Mark {
    // A Chinese character fills 0.88 of its size above the baseline and 0.12 below.
    let baseline = y + (face.leading - face.size) / 2.0 + face.size * 0.88;
    Mark::Text {
        x,
        baseline,
        face,
        text,
    }
}

fn line(x: f32, y: f32, width: f32, (thickness, grey): (f32, u8)) -> Mark {
    Mark::Field {
        x,
        y: y - thickness / 2.0,
        width,
        height: thickness,
        grey,
    }
}
