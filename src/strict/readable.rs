//! Reading memory that may be gone. The kernel says whether it is there, instead of sending a signal; little is read by
//! ourselves then, much by the kernel too. Under valgrind, which sees what we read, and what we ask, the kernel reads all: so
//! that what memory tools say is about the program.

use super::tools;
use crate::runtime::errno;
use crate::runtime::memory::aside::{Aside, Notes};
use crate::runtime::memory::fill;
use core::ffi::c_void;
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// Every page is at least this large, and readable as a whole or not at all.
const PAGE: usize = 4096;

/// Reads as many bytes into `buffer` as there are; gives how many that were.
pub fn read(address: usize, buffer: &mut [u8]) -> usize {
    let mut done = 0;
    while let Some(rest) = buffer.get_mut(done..).filter(|rest| !rest.is_empty()) {
        let Some(from) = address.checked_add(done) else { break };
        let in_page = (PAGE - from % PAGE).min(rest.len());
        let Some(part) = rest.get_mut(..in_page) else { break };
        if !read_in_page(from, part) {
            break;
        }
        done += in_page;
    }
    done
}

/// Reads a page or more, as [`read`] does, with as few questions as possible.
pub fn read_pages(address: usize, buffer: &mut [u8]) -> usize {
    if WAY.load(Relaxed) != PIPE
        && let Some(read) = read_by_kernel(address, buffer)
        && read > 0
    {
        return read;
    }
    read(address, buffer)
}

/// Reads a word.
pub fn read_word(address: usize) -> Option<usize> {
    let mut bytes = [0; size_of::<usize>()];
    (read(address, &mut bytes) == bytes.len()).then(|| usize::from_ne_bytes(bytes))
}

/// Whether there is something to read at this address, as far as can be told: memory that a sanitizer has closed counts
/// as gone.
pub fn is_gone(address: usize) -> bool {
    read(address, &mut [0]) == 0 || tools::is_poisoned(address)
}

/// Memory that is read one piece after the other: the piece that was read last is kept.
#[derive(Debug)]
pub struct Window {
    bytes: Notes<u8>,
    start: usize,
}

impl Window {
    const SIZE: usize = 1 << 16;

    /// One that has read nothing, and has no room to.
    pub const fn empty() -> Self {
        Window { bytes: Notes::new_in(Aside), start: 0 }
    }

    /// One that has read nothing yet; `None` without memory.
    pub fn new() -> Option<Self> {
        let mut window = Window::empty();
        window.bytes.try_reserve_exact(Self::SIZE).ok()?;
        Some(window)
    }

    /// The word at an address, if it can be read.
    pub fn word(&mut self, address: usize) -> Option<usize> {
        const WORD: usize = size_of::<usize>();
        let offset = address.wrapping_sub(self.start);
        let is_there = offset.checked_add(WORD).is_some_and(|end| end <= self.bytes.len());
        if !is_there {
            self.look(address - address % PAGE, Self::SIZE);
        }
        let offset = address.wrapping_sub(self.start);
        let word = self.bytes.get(offset..)?.first_chunk::<WORD>()?;
        Some(usize::from_ne_bytes(*word))
    }

    /// Reads what is there from an address on, no more than so many bytes nor than there is room for.
    pub fn look(&mut self, address: usize, length: usize) -> &[u8] {
        let length = length.min(Self::SIZE);
        self.start = address;
        self.bytes.clear();
        fill(&mut self.bytes, core::iter::repeat_n(0, length));
        let read =
            if length > 4 * PAGE { read_pages(address, &mut self.bytes) } else { read(address, &mut self.bytes) };
        self.bytes.truncate(read);
        &self.bytes
    }
}

/// Which way is gone. The first is for processors and systems that it is written for, without valgrind; the second works
/// unless a sandbox forbids it.
static WAY: AtomicU8 = AtomicU8::new(VM_READ);
const ASK: u8 = 0;
const VM_READ: u8 = 1;
const PIPE: u8 = 2;

fn read_in_page(address: usize, buffer: &mut [u8]) -> bool {
    if WAY.load(Relaxed) == ASK {
        let is_there = ask(address) == Some(true);
        if is_there {
            copy(address, buffer);
        }
        return is_there;
    }
    if WAY.load(Relaxed) == VM_READ {
        match read_by_kernel(address, buffer) {
            Some(read) => return read == buffer.len(),
            None => WAY.store(PIPE, Relaxed),
        }
    }
    read_through_pipe(address, buffer)
}

/// How many bytes the kernel has read from there, whole pages of them and then parts; `None` where it must not.
fn read_by_kernel(address: usize, buffer: &mut [u8]) -> Option<usize> {
    let local = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let remote = libc::iovec { iov_base: core::ptr::without_provenance_mut(address), iov_len: buffer.len() };
    // SAFETY: the kernel writes into the buffer, which is that long, and fails where the other side can't be read.
    let read = unsafe { libc::process_vm_readv(libc::getpid(), &local, 1, &remote, 1, 0) };
    match usize::try_from(read) {
        Ok(read) => Some(read),
        Err(_) => (errno::get() == libc::EFAULT).then_some(0),
    }
}

/// Asks for a change of the signal mask that makes no sense: the kernel reads the mask first, eight bytes, and changes
/// nothing. `None` where that does not tell. It is a call of the kernel's own, past `errno`.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn ask(address: usize) -> Option<bool> {
    const NO_SUCH_CHANGE: usize = usize::MAX;
    const MASK: usize = 8;
    // Where NULL is, no mask is given.
    if address < MASK {
        return Some(false);
    }
    const NOT_THERE: isize = -(libc::EFAULT as isize);
    const NO_SENSE: isize = -(libc::EINVAL as isize);
    let answer: isize;
    // SAFETY: the call reads eight bytes of one page, where they are there, and changes nothing but these registers.
    unsafe {
        core::arch::asm!(
            "syscall",
            inlateout("rax") libc::SYS_rt_sigprocmask as isize => answer,
            in("rdi") NO_SUCH_CHANGE,
            in("rsi") address & !(MASK - 1),
            in("rdx") 0,
            in("r10") MASK,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack),
        );
    }
    match answer {
        NO_SENSE => Some(true),
        NOT_THERE => Some(false),
        _ => None,
    }
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn ask(_: usize) -> Option<bool> {
    None
}

/// Copies bytes of a page that can be read, which may be anything: freed, or never written.
#[cfg(target_arch = "x86_64")]
fn copy(address: usize, buffer: &mut [u8]) {
    // SAFETY: the page can be read, as was just asked; the buffer can be written, and is that long. The instruction keeps
    // the compiler, and a sanitizer that it brings, from having a view of what is read.
    unsafe {
        core::arch::asm!(
            "rep movsb",
            inout("rsi") address => _,
            inout("rdi") buffer.as_mut_ptr() => _,
            inout("rcx") buffer.len() => _,
            options(nostack, preserves_flags),
        );
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn copy(_: usize, _: &mut [u8]) {}

/// What can't be read can't be written into a pipe either.
fn read_through_pipe(address: usize, buffer: &mut [u8]) -> bool {
    let mut ends = [0; 2];
    // SAFETY: an array of two descriptors; a pipe holds a page; the buffer is that long.
    unsafe {
        if libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC | libc::O_NONBLOCK) != 0 {
            return false;
        }
        let [out, into] = ends;
        let written = libc::write(into, core::ptr::without_provenance::<c_void>(address), buffer.len());
        let whole = usize::try_from(written) == Ok(buffer.len())
            && libc::read(out, buffer.as_mut_ptr().cast(), buffer.len()) == written;
        libc::close(out);
        libc::close(into);
        whole
    }
}

/// Chooses the way; no lock is held, since the kernel and valgrind are asked.
pub fn prepare() {
    let here = 0_usize;
    if !tools::is_under_valgrind() && ask((&raw const here).addr()) == Some(true) && ask(8) == Some(false) {
        WAY.store(ASK, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_is_there_is_read_and_what_is_not_is_not() {
        let text = *b"some text";
        let mut buffer = [0; 9];
        let ways = if ask(8).is_some() { &[ASK, VM_READ, PIPE][..] } else { &[VM_READ, PIPE] };
        for way in ways {
            WAY.store(*way, Relaxed);
            assert_eq!(read(text.as_ptr().addr(), &mut buffer), 9);
            assert_eq!(buffer, text);
            assert_eq!(read(8, &mut buffer), 0);
            assert!(is_gone(8) && !is_gone(text.as_ptr().addr()));
        }
    }

    #[test]
    fn reading_ends_where_memory_does() {
        // SAFETY: a mapping of two pages, of which the second is closed again.
        let first = unsafe {
            let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
            let first = libc::mmap(core::ptr::null_mut(), 2 * PAGE, libc::PROT_READ, flags, -1, 0);
            assert_eq!(libc::munmap(first.byte_add(PAGE), PAGE), 0);
            first.addr()
        };
        assert_eq!(read(first + PAGE - 3, &mut [0; 8]), 3);
        assert_eq!(read_word(first + PAGE - 8), Some(0));
        assert_eq!(read_word(first + PAGE - 3), None);
        let mut pages = [1; 3 * PAGE];
        assert_eq!(read_pages(first, &mut pages), PAGE);
        assert!(pages.iter().take(PAGE).all(|byte| *byte == 0));
        assert_eq!(read_pages(first + PAGE, &mut pages), 0);
    }
}
