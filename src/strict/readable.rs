//! Reading memory that may be gone: through the kernel, which says so instead of sending a signal. Memory tools do not see
//! it either, so that what they say is about the program.

use crate::runtime::errno;
use crate::runtime::memory::aside::sanitizer;
use core::ffi::c_void;
use core::sync::atomic::{AtomicPtr, AtomicU8, Ordering::Relaxed};

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

/// Reads a word.
pub fn read_word(address: usize) -> Option<usize> {
    let mut bytes = [0; size_of::<usize>()];
    (read(address, &mut bytes) == bytes.len()).then(|| usize::from_ne_bytes(bytes))
}

/// Whether there is something to read at this address, as far as can be told: memory that a sanitizer has closed counts
/// as gone.
pub fn is_gone(address: usize) -> bool {
    read(address, &mut [0]) == 0 || is_poisoned(address)
}

/// Which way works.
static WAY: AtomicU8 = AtomicU8::new(VM_READ);
const VM_READ: u8 = 0;
const PIPE: u8 = 1;

fn read_in_page(address: usize, buffer: &mut [u8]) -> bool {
    if WAY.load(Relaxed) == VM_READ {
        let local = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
        let remote = libc::iovec { iov_base: core::ptr::without_provenance_mut(address), iov_len: buffer.len() };
        // SAFETY: the kernel writes into the buffer, which is that long, and fails where the other side can't be read.
        let read = unsafe { libc::process_vm_readv(libc::getpid(), &local, 1, &remote, 1, 0) };
        if usize::try_from(read) == Ok(buffer.len()) {
            return true;
        }
        if errno::get() == libc::EFAULT {
            return false;
        }
        // A sandbox forbids it.
        WAY.store(PIPE, Relaxed);
    }
    read_through_pipe(address, buffer)
}

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

/// AddressSanitizer's own answer, when it is in the program.
static IS_POISONED: AtomicPtr<c_void> = AtomicPtr::new(core::ptr::null_mut());

/// Looks for AddressSanitizer; no lock is held, since the loader is asked.
pub fn prepare() {
    IS_POISONED.store(sanitizer(c"__asan_address_is_poisoned"), Relaxed);
}

/// Whether AddressSanitizer says that this byte must not be used.
fn is_poisoned(address: usize) -> bool {
    type Ask = unsafe extern "C" fn(*const c_void) -> libc::c_int;
    let ask = IS_POISONED.load(Relaxed);
    if ask.is_null() {
        return false;
    }
    // SAFETY: the sanitizer's function of this name has this type, and looks at its own notes only.
    unsafe { core::mem::transmute::<*mut c_void, Ask>(ask)(core::ptr::without_provenance(address)) != 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_is_there_is_read_and_what_is_not_is_not() {
        let text = *b"some text";
        let mut buffer = [0; 9];
        for way in [VM_READ, PIPE] {
            WAY.store(way, Relaxed);
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
    }
}
