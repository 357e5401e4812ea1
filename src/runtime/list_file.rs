//! Files that list something in lines, which the options name.

use super::file::{Refused, open_for_reading, path};
use super::memory::aside::{Aside, Notes};
use super::memory::fill;
use core::ffi::c_int;

/// The reason for which a file that lists something is not read. The text follows the file's name in a message.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// It can't be opened.
    #[error(" {0}")]
    Refused(#[from] Refused),
    /// The system can't read it.
    #[error(" can't be read")]
    ByTheSystem,
    /// It is larger than `LARGEST`.
    #[error(" is larger than {LARGEST} bytes")]
    TooLarge,
    /// There is no memory for it.
    #[error(" is larger than there is memory for")]
    NoMemory,
}

/// The size of the largest file that is read, because its lines are searched often.
const LARGEST: usize = 1 << 20;

/// The whole text of a file that lists something.
pub fn read(name: &[u8]) -> Result<Notes<u8>, Unread> {
    let mut name = path(&[name]).ok_or(Refused::TooLong)?;
    let file = open_for_reading(name.with_nul())?;
    let text = read_all(file);
    // SAFETY: this function has opened the descriptor, and nothing else knows it.
    unsafe { libc::close(file) };
    text
}

/// Reads to the end, whatever size the file claims to have.
fn read_all(file: c_int) -> Result<Notes<u8>, Unread> {
    let mut text = Notes::new_in(Aside);
    let mut buffer = [0u8; 4096];
    loop {
        // SAFETY: the call writes at most `buffer.len()` bytes into the array.
        let read = unsafe { libc::read(file, buffer.as_mut_ptr().cast(), buffer.len()) };
        let read = usize::try_from(read).map_err(|_| Unread::ByTheSystem)?;
        if read == 0 {
            return Ok(text);
        }
        if text.len() + read > LARGEST {
            return Err(Unread::TooLarge);
        }
        text.try_reserve(read).map_err(|_| Unread::NoMemory)?;
        fill(&mut text, buffer.get(..read).unwrap_or_default().iter().copied());
    }
}

/// The lines of a text that lists something, with their numbers. Empty lines and those that begin with `#` are left
/// out, and so are blanks around a line.
pub fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    // Some editors put three bytes at the beginning of a UTF-8 text.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).enumerate();
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with(b"#")).map(|(index, line)| (index + 1, line))
}
