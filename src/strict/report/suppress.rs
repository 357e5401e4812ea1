//! Suppressions: lines `KIND:NAME` of a file name reports that are not written. `*` matches any characters and `?` a
//! single one. A capsule without a name has the name NULL. Empty lines, lines that begin with `#`, and blanks around
//! the two parts are ignored.

use super::kinds::{Kind, Names};
use crate::runtime::line::{Escaped, Line};
use crate::runtime::list_file::{self, lines};
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside::{Aside, Notes};

/// The file's text.
static PATTERNS: Lock<Notes<u8>> = Lock::new(Notes::new_in(Aside));

/// Reads the file.
pub fn read(path: &[u8]) -> Result<(), Problem> {
    let text = list_file::read(path)?;
    for (number, line) in lines(&text) {
        let kind = kind_of(line).0;
        if !Kind::ALL.iter().any(|known| matches(kind, known.name().as_bytes())) {
            return Err(Problem::NoKind(number, Line::of(format_args!("{}", Escaped(kind)))));
        }
    }
    *PATTERNS.hold() = text;
    Ok(())
}

/// A problem with the file. The text follows the file's name in a message.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It can't be read.
    #[error("{0}")]
    Unread(#[from] list_file::Unread),
    /// The line of this number names an unknown kind.
    #[error(", line {0}: there is no kind \"{1}\"; the kinds are {names}", names = Names)]
    NoKind(usize, Line<80>),
}

/// The two parts of a line. A line without a colon matches any name.
fn kind_of(line: &[u8]) -> (&[u8], &[u8]) {
    match line.iter().position(|byte| *byte == b':') {
        Some(colon) => {
            let (kind, name) = line.split_at(colon);
            (kind.trim_ascii_end(), name.get(1..).unwrap_or_default().trim_ascii_start())
        }
        None => (line, b"*"),
    }
}

/// Whether a line of the file suppresses reports of this kind about a capsule of this name.
pub fn suppresses(kind: Kind, name: Option<&[u8]>) -> bool {
    let patterns = PATTERNS.hold();
    lines(&patterns).map(|(_, line)| kind_of(line)).any(|(its_kind, its_name)| {
        matches(its_kind, kind.name().as_bytes()) && matches(its_name, name.unwrap_or(b"NULL"))
    })
}

/// Whether a text matches a pattern.
pub fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // The position at which matching continues after a mismatch: after the last star, one byte later in the text.
    let mut retry = None;
    while from < text.len() || at < pattern.len() {
        match (pattern.get(at), text.get(from)) {
            (Some(b'*'), _) => {
                retry = Some((at + 1, from + 1));
                at += 1;
            }
            (Some(b'?'), Some(_)) => (at, from) = (at + 1, from + 1),
            (Some(wanted), Some(byte)) if wanted == byte => (at, from) = (at + 1, from + 1),
            _ => match retry {
                Some((star, next)) if next <= text.len() => {
                    (at, from) = (star, next);
                    retry = Some((star, next + 1));
                }
                _ => return false,
            },
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn patterns() {
        for (pattern, text) in
            [("*", ""), ("a*c", "abbc"), ("a*c", "ac"), ("?b*", "ab"), ("*.x.*", "a.x.x.b"), ("", "")]
        {
            assert!(matches(pattern.as_bytes(), text.as_bytes()), "{pattern} {text}");
        }
        for (pattern, text) in [("?", ""), ("a*c", "ab"), ("", "a"), ("ab", "a"), ("*b", "ba"), ("a?", "a")] {
            assert!(!matches(pattern.as_bytes(), text.as_bytes()), "{pattern} {text}");
        }
    }

    #[test]
    fn lines_of_a_file() {
        let found: Vec<_> = lines(b"# x\n\n leak:a \nwrong-name").collect();
        assert_eq!(found, [(3, &b"leak:a"[..]), (4, b"wrong-name")]);
        assert!(lines(b"\xef\xbb\xbfleak\r\n").eq([(1, &b"leak"[..])]));
        assert_eq!(kind_of(b"leak:a:b"), (&b"leak"[..], &b"a:b"[..]));
        assert_eq!(kind_of(b"leak"), (&b"leak"[..], &b"*"[..]));
        assert_eq!(kind_of(b"leak \t:  a b"), (&b"leak"[..], &b"a b"[..]));
        assert_eq!(kind_of(b"*:"), (&b"*"[..], &b""[..]));
    }
}
