//! Where lines end. Between any two Chinese characters, but for 避头尾: no closing punctuation at the
//! start of a line and no opening one at its end; words and numbers in one piece, unless they are
//! longer than a line.

/// How far a sum of widths may miss a line by the rounding of its parts, in points.
const ROUNDING: f32 = 0.01;

/// The lines of a text that is `width` wide, by the advance of each character. Nothing is lost: the
/// lines of a paragraph, one after the other, are the paragraph. Spaces at the end of a line may hang
/// over.
pub(crate) fn lines(text: &str, width: f32, advance: impl Fn(char) -> f32) -> Vec<&str> {
    let paragraphs = text.split('\n');
    paragraphs
        .flat_map(|paragraph| lines_of_paragraph(paragraph, width, &advance))
        .collect()
}

fn lines_of_paragraph<'t>(
    text: &'t str,
    width: f32,
    advance: &impl Fn(char) -> f32,
) -> Vec<&'t str> {
    let measure = |part: &str| part.chars().map(advance).sum::<f32>();
    let fits = |used: f32| used <= width + ROUNDING;
    let (mut lines, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (at, piece) in pieces(text) {
        let solid = measure(piece.trim_end_matches(hangs));
        if !fits(used + solid) && at > start {
            lines.push(&text[start..at]);
            (start, used) = (at, 0.0);
        }
        if fits(used + solid) {
            used += measure(piece);
            continue;
        }
        for (offset, part) in parts(piece, &measure, &fits) {
            let more = measure(part);
            let stays = more == 0.0 || part.chars().all(hangs);
            if !stays && !fits(used + more) && at + offset > start {
                lines.push(&text[start..at + offset]);
                (start, used) = (at + offset, 0.0);
            }
            used += more;
        }
    }
    lines.push(&text[start..]);
    lines
}

/// Where a piece longer than a line may be split: between characters, and inside what is joined only
/// where that too is longer than a line.
fn parts<'t>(
    piece: &'t str,
    measure: &impl Fn(&str) -> f32,
    fits: &impl Fn(f32) -> bool,
) -> Vec<(usize, &'t str)> {
    let mut parts = Vec::new();
    for (at, cluster) in clusters(piece) {
        if fits(measure(cluster)) {
            parts.push((at, cluster));
        } else {
            let chars = cluster.char_indices();
            parts.extend(chars.map(|(offset, c)| {
                let end = offset + c.len_utf8();
                (at + offset, &cluster[offset..end])
            }));
        }
    }
    parts
}

/// The parts of a paragraph that stay in one piece, each with the spaces after it and where it starts.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut breaks = vec![0];
    // The last character that is neither a space nor goes with the one before it.
    let mut before: Option<char> = None;
    let (mut spaced, mut joined) = (false, false);
    for (at, c) in text.char_indices() {
        match class(c) {
            Class::Attached => {
                joined = is_joiner(c) && !spaced;
                continue;
            }
            Class::Space => {
                spaced = true;
                continue;
            }
            _ => {}
        }
        let allowed = match before {
            Some(before) => !joined && may_break(before, spaced, c),
            None => spaced,
        };
        if allowed {
            breaks.push(at);
        }
        (before, spaced, joined) = (Some(c), false, false);
    }
    breaks.push(text.len());
    let ends: Vec<usize> = breaks[1..].to_vec();
    breaks
        .into_iter()
        .zip(ends)
        .map(move |(start, end)| (start, &text[start..end]))
}

fn may_break(before: char, spaced: bool, after: char) -> bool {
    match (class(before), class(after)) {
        (_, Class::Close | Class::Glue | Class::Space | Class::Attached) => false,
        (Class::Open | Class::Glue, _) => false,
        _ if spaced => true,
        // Brackets and points belong to the word: f(x), 3.5, 2026-07-01.
        _ if before.is_ascii() && after.is_ascii() => false,
        (Class::Word, Class::Word) => false,
        // —— and …… are one mark each.
        _ => !(before == after && matches!(before, '—' | '…')),
    }
}

/// Each character with what goes with it, and where it starts.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut starts: Vec<usize> = Vec::new();
    let (mut spaced, mut joined) = (false, false);
    for (at, c) in text.char_indices() {
        if starts.is_empty() || !(joined || is_attached(c)) {
            starts.push(at);
            spaced = is_space(c);
        }
        joined = is_joiner(c) && !spaced;
    }
    let mut ends = starts.clone();
    ends.push(text.len());
    starts
        .into_iter()
        .zip(ends.into_iter().skip(1))
        .map(move |(start, end)| (start, &text[start..end]))
}

/// How a character behaves at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A line may end after it, and it may hang over.
    Space,
    /// Goes with the one before it.
    Attached,
    /// No line ends on either side.
    Glue,
    /// Not at the end of a line.
    Open,
    /// Not at the start of a line.
    Close,
    /// A line may end on either side.
    Wide,
    /// Stays with its like.
    Word,
}

fn class(c: char) -> Class {
    match c {
        c if is_space(c) => Class::Space,
        c if is_attached(c) => Class::Attached,
        '\u{a0}' | '\u{202f}' => Class::Glue,
        '（' | '【' | '《' | '〈' | '「' | '『' | '〔' | '〖' | '［' | '｛' | '“' | '‘' | '('
        | '[' | '{' | '￥' | '＄' => Class::Open,
        '，' | '。' | '、' | '；' | '：' | '？' | '！' | '．' | '）' | '】' | '》' | '〉'
        | '」' | '』' | '〕' | '〗' | '］' | '｝' | '”' | '’' | ',' | '.' | ';' | ':' | '?'
        | '!' | ')' | ']' | '}' | '%' | '％' | '‰' | '℃' | '·' | '々' => Class::Close,
        '—'
        | '…'
        | '\u{1100}'..='\u{115f}'
        | '\u{2190}'..='\u{27bf}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ffef}'
        | '\u{1f000}'..='\u{1faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Wide,
        _ => Class::Word,
    }
}

/// What is after it belongs to what is before it, unless that is a space.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{2060}')
}

/// At the end of a line, it may be beyond the edge.
pub(crate) fn hangs(c: char) -> bool {
    is_space(c) || is_unseen(c)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}' | '\u{205f}' | '\u{3000}')
}

/// Takes no room of its own: marks above and below, joiners, what chooses between forms of a glyph.
fn is_attached(c: char) -> bool {
    is_unseen(c)
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}')
        || matches!(c, '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Cannot be seen by itself, and need not be: a font may have no glyph for it.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}
