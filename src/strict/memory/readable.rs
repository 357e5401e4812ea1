//! Reading memory that may be unmapped. The kernel is asked whether the memory is mapped, so that no signal is raised.
//! Then a few bytes are copied directly, and many by the kernel. Under valgrind the kernel copies all bytes, because
//! valgrind would report the library's reads and probes as if they were the program's.

use super::tools;
use crate::runtime::errno;
use crate::runtime::memory::aside::{Aside, Notes};
use crate::runtime::memory::fill;
use crate::runtime::process;
use core::ffi::c_void;
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// Every page is at least this large, and readable as a whole or not at all.
const PAGE: usize = 4096;

/// Reads bytes at an address into `buffer`, up to the first that can't be read. Returns their number.
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

/// Reads a page or more, as [`read`] does, with few system calls.
pub fn read_pages(address: usize, buffer: &mut [u8]) -> usize {
    if WAY.load(Relaxed) != PIPE
        && let Some(read) = read_by_kernel(address, buffer)
        && read > 0
    {
        return read;
    }
    read(address, buffer)
}

/// Reads a word; `None` if it can't be read.
pub fn read_word(address: usize) -> Option<usize> {
    let mut bytes = [0; size_of::<usize>()];
    (read(address, &mut bytes) == bytes.len()).then(|| usize::from_ne_bytes(bytes))
}

/// Whether the memory at an address is known to be gone: it can't be read, or a sanitizer has closed it.
pub fn is_gone(address: usize) -> bool {
    read(address, &mut [0]) == 0 || tools::is_poisoned(address)
}

/// Reads memory piece by piece, and keeps the last piece.
#[derive(Debug)]
pub struct Window {
    bytes: Notes<u8>,
    start: usize,
}

impl Window {
    const SIZE: usize = 1 << 16;

    /// A window without a buffer, which can't read.
    pub const fn empty() -> Self {
        Window { bytes: Notes::new_in(Aside), start: 0 }
    }

    /// A window that has read nothing yet; `None` without memory.
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

    /// Reads at most `length` bytes at an address, limited by the buffer. Returns those that can be read.
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

/// The method of reading. `PROBE` asks the kernel and copies directly, on the one system that it is written for,
/// without valgrind. `VM_READ` works unless a sandbox forbids it; then `PIPE` is used.
static WAY: AtomicU8 = AtomicU8::new(VM_READ);
const PROBE: u8 = 0;
const VM_READ: u8 = 1;
const PIPE: u8 = 2;

fn read_in_page(address: usize, buffer: &mut [u8]) -> bool {
    if WAY.load(Relaxed) == PROBE {
        let is_there = probe(address) == Some(true);
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

/// Has the kernel read bytes at an address. Returns their number, or `None` if a sandbox forbids it.
fn read_by_kernel(address: usize, buffer: &mut [u8]) -> Option<usize> {
    let local = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    let remote = libc::iovec { iov_base: core::ptr::without_provenance_mut(address), iov_len: buffer.len() };
    // SAFETY: the kernel writes at most `buffer.len()` bytes into the buffer. It checks the other address itself, and
    // fails if that can't be read.
    let read = unsafe { libc::process_vm_readv(process::id(), &local, 1, &remote, 1, 0) };
    match usize::try_from(read) {
        Ok(read) => Some(read),
        Err(_) => (errno::get() == libc::EFAULT).then_some(0),
    }
}

/// Whether the memory at an address is mapped; `None` if the kernel's answer does not tell. The system call is an
/// invalid change of the signal mask: the kernel first reads the eight bytes of the mask, and then changes nothing. It
/// is made directly, so that `errno` does not change.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn probe(address: usize) -> Option<bool> {
    const NO_SUCH_CHANGE: usize = usize::MAX;
    const MASK: usize = 8;
    // With NULL the kernel reads no mask.
    if address < MASK {
        return Some(false);
    }
    const NOT_THERE: isize = -(libc::EFAULT as isize);
    const NO_SENSE: isize = -(libc::EINVAL as isize);
    let answer: isize;
    // SAFETY: the kernel checks the address itself. The invalid change is refused, so the call changes only the
    // registers that are listed.
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
fn probe(_: usize) -> Option<bool> {
    None
}

/// Copies bytes of a page that can be read. They may be freed or uninitialised.
#[cfg(target_arch = "x86_64")]
fn copy(address: usize, buffer: &mut [u8]) {
    // SAFETY: the caller has just probed the page, and the bytes are in it. The buffer has the length that is written.
    // The compiler and its sanitizers make no assumptions about bytes that an instruction in assembly reads.
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

/// Reads bytes of a page through a pipe: the kernel refuses to write bytes into it that can't be read.
fn read_through_pipe(address: usize, buffer: &mut [u8]) -> bool {
    let mut ends = [0; 2];
    // SAFETY: `pipe2` fills the array of two descriptors, which are closed once. The kernel checks the address that it
    // writes from, and reads back at most `buffer.len()` bytes.
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

/// Selects the method of reading.
pub fn prepare() {
    let here = 0_usize;
    if !tools::is_under_valgrind() && probe((&raw const here).addr()) == Some(true) && probe(8) == Some(false) {
        WAY.store(PROBE, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_is_there_is_read_and_other_memory_is_not() {
        let text = *b"some text";
        let mut buffer = [0; 9];
        let ways = if probe(8).is_some() { &[PROBE, VM_READ, PIPE][..] } else { &[VM_READ, PIPE] };
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
        // SAFETY: the mapping is new, and nothing refers to its second page, which is unmapped.
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
