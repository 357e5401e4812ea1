//! Texts that files contain, made safe for a terminal.

/// The text with control characters as escapes, so that a name from a file can't move the cursor or change colours.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            plain.extend(character.escape_default());
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(plain("a\x1b[1m\n\u{9b}é"), "a\\u{1b}[1m\\n\\u{9b}é");
    }
}
