//! What is shown of a text: everything, and nothing that hides or moves what stands beside it.

use std::fmt::Write;

/// The text as it is shown. Ends of lines become `\n` and tabs become spaces; a character that cannot
/// be seen, or that turns the direction of others, is shown by its number.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                shown.push('\n');
            }
            '\t' => shown.push_str("    "),
            c if is_hidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(shown, "[U+{:04X}]", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

/// The text on one line of at most `most` characters, for what has no room for more.
pub(crate) fn in_short(text: &str, most: usize) -> String {
    let line = shown(text).replace('\n', " ");
    if line.chars().count() <= most {
        return line;
    }
    let kept = line.chars().take(most.saturating_sub(1));
    kept.chain(['…']).collect()
}

/// Controls, what turns the direction of text, a stray byte order mark, tags, and numbers that are no
/// characters.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
}
