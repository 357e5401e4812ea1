//! Texts for a terminal and for a shell.

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

/// A word as a shell reads it: in quotes, if it has more than letters, digits and the like.
pub fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_./+,-=".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::{plain, shell_word};

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(plain("a\x1b[1m\n\u{9b}é"), "a\\u{1b}[1m\\n\\u{9b}é");
    }

    #[test]
    fn a_word_of_a_shell_has_quotes_where_it_needs_them() {
        assert_eq!(shell_word("-I/usr/include"), "-I/usr/include");
        assert_eq!(shell_word("-I/a b/it's"), r"'-I/a b/it'\''s'");
    }
}
