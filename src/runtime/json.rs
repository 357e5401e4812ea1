//! Text in JSON.

use core::fmt::{self, Write};

/// A text as a JSON string.
#[derive(Debug)]
pub struct Text<T>(pub T);

impl<T: fmt::Display> fmt::Display for Text<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Filter<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl Write for Filter<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                text.chars().try_for_each(|c| match c {
                    '"' | '\\' => write!(self.0, "\\{c}"),
                    '\n' => self.0.write_str("\\n"),
                    c if c.is_control() => write!(self.0, "\\u{:04x}", c as u32),
                    c => self.0.write_char(c),
                })
            }
        }
        f.write_char('"')?;
        write!(Filter(f), "{}", self.0)?;
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::lossy::Lossy;
    use std::string::ToString;

    #[test]
    fn a_string_is_escaped() {
        assert_eq!(Text("a\"b\\c\n\u{1}é\u{9b}").to_string(), "\"a\\\"b\\\\c\\n\\u0001é\\u009b\"");
        assert_eq!(Text(Lossy(b"\xff")).to_string(), "\"\u{fffd}\"");
    }
}
