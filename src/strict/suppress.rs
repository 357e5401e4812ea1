//! What is not to be reported: lines `KIND:NAME` of a file, where `*` stands for any characters and `?` for one. NULL is
//! the name of a capsule that has none. Lines that are empty or begin with `#` say nothing.

use super::kinds::Kind;
use super::line::Line;
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside::{Aside, Notes};
use crate::runtime::memory::{Lossy, fill};

/// The file's text.
static PATTERNS: Lock<Notes<u8>> = Lock::new(Notes::new_in(Aside));

/// Reads the file, and says what is wrong with it, if anything is.
pub fn read(path: &[u8]) -> Option<Line<512>> {
    let shown = Lossy(path);
    let Some(text) = contents(path) else {
        return Some(Line::of(format_args!("\"{shown}\" can't be read")));
    };
    for (number, line) in lines(&text) {
        let kind = kind_of(line).0;
        if !Kind::ALL.iter().any(|known| matches(kind, known.name().as_bytes())) {
            let kind = Lossy(kind);
            return Some(Line::of(format_args!("\"{shown}\", line {number}: there is no kind \"{kind}\"")));
        }
    }
    *PATTERNS.hold() = text;
    None
}

fn contents(path: &[u8]) -> Option<Notes<u8>> {
    let mut text = Notes::new_in(Aside);
    let mut terminated = Line::<4096>::new();
    terminated.push(path);
    // SAFETY: the path ends with NUL; the array has room for what is read.
    unsafe {
        let file = libc::open(terminated.with_nul().as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        if file < 0 {
            return None;
        }
        let mut buffer = [0u8; 4096];
        loop {
            let read = libc::read(file, buffer.as_mut_ptr().cast(), buffer.len());
            match usize::try_from(read) {
                Ok(0) => break,
                Ok(read) if text.try_reserve(read).is_ok() => {
                    fill(&mut text, buffer.get(..read).unwrap_or_default().iter().copied());
                }
                _ => {
                    libc::close(file);
                    return None;
                }
            }
        }
        libc::close(file);
    }
    Some(text)
}

/// The lines that say something, with their numbers.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).enumerate();
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with(b"#")).map(|(index, line)| (index + 1, line))
}

/// The two parts of a line; without a colon it goes for any name.
fn kind_of(line: &[u8]) -> (&[u8], &[u8]) {
    match line.iter().position(|byte| *byte == b':') {
        Some(colon) => {
            let (kind, name) = line.split_at(colon);
            (kind, name.get(1..).unwrap_or_default())
        }
        None => (line, b"*"),
    }
}

/// Whether a report of this kind about a capsule of this name is not wanted.
pub fn suppresses(kind: Kind, name: Option<&[u8]>) -> bool {
    let patterns = PATTERNS.hold();
    lines(&patterns).map(|(_, line)| kind_of(line)).any(|(its_kind, its_name)| {
        matches(its_kind, kind.name().as_bytes()) && matches(its_name, name.unwrap_or(b"NULL"))
    })
}

/// Whether a text is as a pattern says.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where to go on when it does not fit: after the last star, one byte further on in the text.
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
        assert_eq!(kind_of(b"leak:a:b"), (&b"leak"[..], &b"a:b"[..]));
        assert_eq!(kind_of(b"leak"), (&b"leak"[..], &b"*"[..]));
    }
}
