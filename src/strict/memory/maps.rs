//! The process's memory mappings that may contain addresses, as the system lists them.

use crate::runtime::memory::aside::{Aside, Notes, note};
use core::ffi::CStr;

/// The kind of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The memory of `brk`, where malloc begins.
    Heap,
    /// The first thread's stack.
    Stack,
    /// Memory without a file, even if other processes share it or it can no longer be written.
    Anonymous,
    /// A file's memory.
    File,
}

/// A mapping.
#[derive(Debug, Clone, Copy)]
pub struct Mapping {
    /// Its first address.
    pub start: usize,
    /// The address after its last one.
    pub end: usize,
    /// Its kind.
    pub kind: Kind,
}

impl Mapping {
    /// Whether an allocator may have divided it into blocks.
    pub fn may_have_blocks(&self) -> bool {
        matches!(self.kind, Kind::Heap | Kind::Anonymous)
    }
}

/// The mappings, in order; `None` if they can't be read.
pub fn all() -> Option<Notes<Mapping>> {
    let text = read(c"/proc/self/maps")?;
    let mut mappings = Notes::new_in(Aside);
    for mapping in text.split(|byte| *byte == b'\n').filter_map(parse) {
        note(&mut mappings, mapping)?;
    }
    Some(mappings)
}

/// Whether the process has other threads, whose registers can't be read; `true` if that is unknown.
pub fn has_other_threads() -> bool {
    let mut status = core::mem::MaybeUninit::<libc::stat>::uninit();
    // SAFETY: the path is a literal, and the call fills `status` when it returns 0.
    let links = unsafe {
        let done = libc::stat(c"/proc/self/task".as_ptr(), status.as_mut_ptr());
        (done == 0).then(|| status.assume_init().st_nlink)
    };
    // A directory has two links, and one more for each directory in it.
    links != Some(3)
}

/// Reads a whole file of `/proc`, whose length is not known before. If the buffer is too small, the file is read from
/// the beginning again, because the list changes.
fn read(path: &CStr) -> Option<Notes<u8>> {
    let mut room = 1 << 16;
    loop {
        let mut text: Notes<u8> = Notes::new_in(Aside);
        text.try_reserve_exact(room).ok()?;
        // SAFETY: each `read` writes at most `room - length` bytes after the `length` ones that were read before,
        // within the room that was reserved, and `length` counts the bytes that were written.
        let length = unsafe {
            let file = libc::open(path.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
            if file < 0 {
                return None;
            }
            let mut length = 0;
            while let Ok(part @ 1..) =
                usize::try_from(libc::read(file, text.as_mut_ptr().add(length).cast(), room - length))
            {
                length += part;
            }
            libc::close(file);
            text.set_len(length);
            length
        };
        if length < room {
            return Some(text);
        }
        room *= 2;
    }
}

/// `START-END PERMISSIONS OFFSET DEVICE INODE [PATH]`
fn parse(line: &[u8]) -> Option<Mapping> {
    let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let mut ends = words.next()?.split(|byte| *byte == b'-').map(|digits| {
        digits.iter().try_fold(0_usize, |number, digit| Some((number << 4) | char::from(*digit).to_digit(16)? as usize))
    });
    let (start, end) = (ends.next()??, ends.next()??);
    let permissions = words.next()?;
    let kind = match words.nth(3).unwrap_or_default() {
        b"" => Kind::Anonymous,
        b"[heap]" => Kind::Heap,
        b"[stack]" => Kind::Stack,
        path if NO_FILES.iter().any(|no_file| path.starts_with(no_file)) => Kind::Anonymous,
        _ => Kind::File,
    };
    // A file that can't be written contains no addresses, and a device must not be read. Valgrind's memory is
    // executable too.
    let is_kept = match kind {
        Kind::File => matches!(permissions, b"rw-p" | b"rwxp"),
        _ => permissions.first() == Some(&b'r'),
    };
    is_kept.then_some(Mapping { start, end, kind })
}

/// The beginnings of paths of memory without a file: named by the program, shared by processes, or in large pages.
const NO_FILES: [&[u8]; 6] = [b"[anon", b"/dev/zero", b"/dev/shm/", b"/memfd:", b"/SYSV", b"/anon_hugepage"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_may_have_addresses_is_listed_with_its_kind() {
        let own = 0_usize;
        let stack = (&raw const own).addr();
        let mappings = all();
        let mut mappings = mappings.iter().flatten();
        assert!(mappings.any(|mapping| (mapping.start..mapping.end).contains(&stack)));
        let kind = |line: &[u8]| parse(line).map(|mapping| (mapping.start, mapping.end, mapping.kind));
        assert_eq!(kind(b"7f00-7f10 rw-p 00000000 00:00 0 "), Some((0x7f00, 0x7f10, Kind::Anonymous)));
        assert_eq!(kind(b"10-20 rw-p 00000000 00:00 0      [heap]"), Some((0x10, 0x20, Kind::Heap)));
        assert_eq!(
            kind(b"10-20 rw-p 00000000 00:00 0      [anon: glibc: malloc]"),
            Some((0x10, 0x20, Kind::Anonymous))
        );
        assert_eq!(kind(b"10-20 rwxp 00000000 00:00 0"), Some((0x10, 0x20, Kind::Anonymous)));
        assert_eq!(kind(b"10-20 rw-p 00001000 08:01 77   /lib/a b.so"), Some((0x10, 0x20, Kind::File)));
        let memory = [
            &b"10-20 r--p 00000000 00:00 0"[..],
            b"10-20 rw-s 00000000 00:01 7 /dev/zero (deleted)",
            b"10-20 rw-s 00000000 00:01 7 /memfd:ring (deleted)",
            b"10-20 rw-p 00000000 00:0f 7 /anon_hugepage (deleted)",
        ];
        assert!(memory.iter().all(|line| kind(line) == Some((0x10, 0x20, Kind::Anonymous))));
        let others = [
            &b"10-20 ---p 00000000 00:00 0"[..],
            b"10-20 r--p 00000000 08:01 7 /lib/a",
            b"10-20 rw-s 00000000 00:05 7 /dev/dri/card0",
            b"10-20 r--p 00000000 00:00 0 [vvar]",
            b"",
            b"x-y rw-p",
            b"10 rw-p",
        ];
        assert!(others.iter().all(|line| kind(line).is_none()));
    }
}
