//! Rows that are side by side and below each other, from page to page.

use crate::{
    grid::Grid,
    sheets::Pen,
    style::{CELL, FINE, Face, HAIR, HEADER, HEADER_FIELD, LABEL, LEFT, STRONG, VALUE, WIDTH},
    text::shown,
};

/// Between the text of a cell and its edge.
const ACROSS: f32 = 4.0;
const ABOVE: f32 = 3.0;
/// A column has room for a character, whatever its share is.
const NARROWEST: f32 = 2.0 * ACROSS + 10.0;
/// A row that is torn leaves as many lines as this on the page, or begins on the next.
const FEWEST_LINES: usize = 2;

/// From where to where a column goes, and how it looks.
struct Column {
    x: f32,
    width: f32,
    face: Face,
}

/// A row with the lines of each of its cells.
struct Row<'t> {
    columns: &'t [Column],
    cells: Vec<Vec<&'t str>>,
    leading: f32,
}

impl<'t> Row<'t> {
    fn new(pen: &Pen<'_>, columns: &'t [Column], cells: &'t [String]) -> Self {
        let leading = columns.iter().map(|column| column.face.leading);
        Row {
            columns,
            leading: leading.fold(0.0, f32::max),
            cells: columns
                .iter()
                .zip(cells)
                .map(|(column, cell)| pen.lines(cell, column.width - 2.0 * ACROSS, column.face))
                .collect(),
        }
    }

    fn lines(&self) -> usize {
        self.cells.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn height(&self) -> f32 {
        // As many lines as a text has; far less than a float is exact to.
        self.lines() as f32 * self.leading + 2.0 * ABOVE
    }

    /// How many lines have room in this height.
    fn lines_in(&self, height: f32) -> usize {
        let mut count = 0;
        while (count + 1) as f32 * self.leading + 2.0 * ABOVE <= height {
            count += 1;
        }
        count
    }

    /// Takes the first lines away.
    fn torn_off(&mut self, lines: usize) -> Self {
        let cells = self.cells.iter_mut();
        Row {
            columns: self.columns,
            cells: cells
                .map(|cell| cell.drain(..lines.min(cell.len())).collect())
                .collect(),
            leading: self.leading,
        }
    }

    fn place(&self, pen: &mut Pen<'_>) {
        for (column, cell) in self.columns.iter().zip(&self.cells) {
            let mut y = pen.y + ABOVE;
            for line in cell {
                pen.write(column.x + ACROSS, y, column.face, line);
                y += self.leading;
            }
        }
        pen.y += self.height();
    }
}

/// What is around the rows on each page.
struct Frame<'t> {
    /// The line above and below.
    edge: (f32, u8),
    header: Option<Row<'t>>,
}

impl Frame<'_> {
    fn header_height(&self) -> f32 {
        self.header.as_ref().map_or(0.0, Row::height)
    }

    fn open(&self, pen: &mut Pen<'_>) {
        if let Some(header) = &self.header {
            pen.field(header.height(), HEADER_FIELD);
        }
        pen.rule(self.edge);
        if let Some(header) = &self.header {
            header.place(pen);
            pen.rule(FINE);
        }
    }

    /// Puts the rows on this page and as many more as they need.
    fn fill<'t>(&self, pen: &mut Pen<'_>, rows: impl Iterator<Item = Row<'t>>) {
        let whole = pen.page() - self.header_height();
        let mut begun = false;
        for mut row in rows {
            let height = row.height();
            if !begun {
                let first = if height > whole {
                    row.leading * 2.0 * FEWEST_LINES as f32
                } else {
                    height
                };
                pen.keep_together(self.header_height() + first);
                self.open(pen);
            }
            let mut fresh = !begun;
            begun = true;
            while row.height() > pen.room() {
                if row.height() > whole {
                    let fitting = row.lines_in(pen.room());
                    if fitting >= FEWEST_LINES || fresh {
                        pen.between(fresh);
                        row.torn_off(fitting.max(1)).place(pen);
                    }
                }
                pen.rule(self.edge);
                pen.turn();
                self.open(pen);
                fresh = true;
            }
            pen.between(fresh);
            row.place(pen);
        }
        if !begun {
            pen.keep_together(self.header_height());
            self.open(pen);
        }
        pen.rule(self.edge);
    }
}

/// Labels on the left, values on the right.
pub(crate) fn facts(pen: &mut Pen<'_>, facts: &[(String, String)]) {
    if facts.is_empty() {
        return;
    }
    let facts: Vec<[String; 2]> = facts
        .iter()
        .map(|(label, value)| [shown(label), shown(value)])
        .collect();
    let widest = facts
        .iter()
        .flat_map(|[label, _]| label.split('\n'))
        .map(|label| pen.width(label, LABEL))
        .fold(0.0, f32::max);
    let labels = (widest + 2.0 * ACROSS + 8.0).clamp(0.14 * WIDTH, 0.36 * WIDTH);
    let columns = [
        Column {
            x: LEFT,
            width: labels,
            face: LABEL,
        },
        Column {
            x: LEFT + labels,
            width: WIDTH - labels,
            face: VALUE,
        },
    ];
    let rows: Vec<Row<'_>> = facts
        .iter()
        .map(|fact| Row::new(pen, &columns, fact))
        .collect();
    let frame = Frame {
        edge: HAIR,
        header: None,
    };
    frame.fill(pen, rows.into_iter());
}

/// The table with its header, which repeats on each page.
pub(crate) fn table(pen: &mut Pen<'_>, grid: &Grid) {
    if grid.header.is_empty() && grid.rows.is_empty() {
        return;
    }
    let (above, below) = (columns(&grid.shares, HEADER), columns(&grid.shares, CELL));
    let header = (!grid.header.is_empty()).then(|| Row::new(pen, &above, &grid.header));
    // A header that fills the page leaves no room for what it is above: then it is shown once.
    let (header, once) = match header {
        Some(header) if header.height() > pen.page() / 2.0 => (None, Some(header)),
        header => (header, None),
    };
    let rows = grid.rows.iter().map(|row| Row::new(pen, &below, row));
    let rows: Vec<Row<'_>> = once.into_iter().chain(rows).collect();
    let frame = Frame {
        edge: STRONG,
        header,
    };
    frame.fill(pen, rows.into_iter());
}

/// No column is narrower than the narrowest; what there is beyond is shared out.
fn columns(shares: &[f32], face: Face) -> Vec<Column> {
    let beyond: Vec<f32> = shares
        .iter()
        .map(|share| (share * WIDTH - NARROWEST).max(0.0))
        .collect();
    // A grid has no more columns than a page has room for.
    let room = WIDTH - NARROWEST * shares.len() as f32;
    let sum: f32 = beyond.iter().sum();
    let mut x = LEFT;
    beyond
        .iter()
        .map(|beyond| {
            let width = NARROWEST + room * beyond / sum;
            x += width;
            Column {
                x: x - width,
                width,
                face,
            }
        })
        .collect()
}
