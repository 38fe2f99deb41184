//! How the PDF looks: black and greys, one font. Lengths in points (1/72 inch).

/// A4.
pub(crate) const PAGE_WIDTH: f32 = 595.276;
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// 24 mm on the left, where it is bound, and 20 mm elsewhere: a dense report, where GB/T 9704 has 28 and
/// 26 mm for letters.
pub(crate) const LEFT: f32 = 68.0;
pub(crate) const RIGHT: f32 = 56.7;
pub(crate) const TOP: f32 = 62.0;
/// From the lower edge to the last line of the footer.
pub(crate) const BOTTOM: f32 = 40.0;
pub(crate) const WIDTH: f32 = PAGE_WIDTH - LEFT - RIGHT;
/// Between the body and the line above the footer.
pub(crate) const ABOVE_FOOTER: f32 = 14.0;
/// Between that line and the footer.
pub(crate) const BELOW_LINE: f32 = 4.0;
/// For 第 n 页 / 共 m 页, with room for numbers of five digits.
pub(crate) const NUMBER_WIDTH: f32 = 120.0;
pub(crate) const MOST_FOOTER_LINES: usize = 3;

/// How a line of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Face {
    pub(crate) size: f32,
    /// From one line to the next.
    pub(crate) leading: f32,
    pub(crate) bold: bool,
    /// 0 is black, 255 white.
    pub(crate) grey: u8,
}

const fn face(size: f32, leading: f32, bold: bool, grey: u8) -> Face {
    Face {
        size,
        leading,
        bold,
        grey,
    }
}

pub(crate) const TITLE: Face = face(20.0, 29.0, true, 0);
pub(crate) const SUBTITLE: Face = face(10.5, 16.0, false, 70);
pub(crate) const HEADING: Face = face(12.5, 19.0, true, 0);
pub(crate) const BODY: Face = face(10.0, 16.5, false, 20);
pub(crate) const LABEL: Face = face(9.0, 14.0, false, 90);
pub(crate) const VALUE: Face = face(9.0, 14.0, false, 10);
pub(crate) const HEADER: Face = face(8.5, 13.0, true, 10);
pub(crate) const CELL: Face = face(8.5, 13.0, false, 10);
pub(crate) const FOOTER: Face = face(7.5, 11.0, false, 90);

/// Lines and fields: thickness, grey.
pub(crate) const STRONG: (f32, u8) = (1.0, 0);
pub(crate) const FINE: (f32, u8) = (0.5, 90);
pub(crate) const HAIR: (f32, u8) = (0.35, 190);
pub(crate) const HEADER_FIELD: u8 = 238;
