//! Memory tools that run the program, and what they tell of its memory: AddressSanitizer and valgrind's memcheck put an
//! allocator of their own in the place of malloc, and know of each byte whether it is open to the program.

use super::blocks::Range;
use crate::runtime::memory::aside::sanitizer;
use core::ffi::c_void;
use core::ptr::{null_mut, without_provenance};
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};

/// AddressSanitizer's answer about a range: the first byte of it that is closed.
static FIRST_CLOSED: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// Whether memcheck runs the program.
static IS_MEMCHECK: AtomicBool = AtomicBool::new(false);

/// Looks for AddressSanitizer and memcheck; no lock is held, since the loader is asked.
pub fn prepare() {
    let word = 0_usize;
    IS_MEMCHECK.store(is_open_to_memcheck((&raw const word).addr(), size_of::<usize>()), Relaxed);
    FIRST_CLOSED.store(sanitizer(c"__asan_region_is_poisoned"), Relaxed);
}

/// Asks valgrind: it takes these instructions, which change nothing, for a question. Without it the answer is 0.
#[cfg(target_arch = "x86_64")]
fn ask_valgrind(request: &[usize; 6]) -> usize {
    let answer: usize;
    // SAFETY: rotations that add up to nothing, and an exchange of a register with itself. What valgrind writes is what the
    // request says.
    unsafe {
        core::arch::asm!(
            "rol rdi, 3",
            "rol rdi, 13",
            "rol rdi, 61",
            "rol rdi, 51",
            "xchg rbx, rbx",
            in("rax") request,
            inout("rdx") 0_usize => answer,
            inout("rdi") 0_usize => _,
            options(nostack),
        );
    }
    answer
}

#[cfg(not(target_arch = "x86_64"))]
fn ask_valgrind(_: &[usize; 6]) -> usize {
    0
}

/// Whether valgrind runs the program.
pub fn is_under_valgrind() -> bool {
    const RUNNING_ON_VALGRIND: usize = 0x1001;
    ask_valgrind(&[RUNNING_ON_VALGRIND, 0, 0, 0, 0, 0]) != 0
}

/// The question for what memcheck knows of some bytes, and its answer when it has told.
const GET_VBITS: usize = (b'M' as usize) << 24 | (b'C' as usize) << 16 | 8;
const TOLD: usize = 1;

/// Whether memcheck says that a range is open. It is asked for what it knows of the bytes, which it tells of open ones only.
fn is_open_to_memcheck(start: usize, length: usize) -> bool {
    let mut bits = [0_u8; STEP];
    length <= STEP && ask_valgrind(&[GET_VBITS, start, bits.as_mut_ptr().expose_provenance(), length, 0, 0]) == TOLD
}

/// Whether a word was written since it came to be, as far as a tool knows. What a function has left on the stack was not,
/// when the stack comes down there again.
pub fn is_written(word: usize) -> bool {
    const LENGTH: usize = size_of::<usize>();
    if !IS_MEMCHECK.load(Relaxed) {
        return true;
    }
    let mut bits = [0_u8; LENGTH];
    let told = ask_valgrind(&[GET_VBITS, word, bits.as_mut_ptr().expose_provenance(), LENGTH, 0, 0]) == TOLD;
    !told || bits.iter().all(|bits| *bits == 0)
}

/// Whether AddressSanitizer says that this byte must not be used. The question is for a range: the sanitizer's function for
/// one address follows also one that has no notes, such as the kernel's, and crashes.
pub fn is_poisoned(address: usize) -> bool {
    !FIRST_CLOSED.load(Relaxed).is_null() && !is_open_to_asan(address, 1)
}

fn is_open_to_asan(start: usize, length: usize) -> bool {
    type Ask = unsafe extern "C" fn(*const c_void, usize) -> *const c_void;
    let ask = FIRST_CLOSED.load(Relaxed);
    // SAFETY: the sanitizer's function of this name has this type, and looks at its own notes only.
    unsafe { core::mem::transmute::<*mut c_void, Ask>(ask)(without_provenance(start), length).is_null() }
}

/// Whether a range of at most `STEP` bytes is open to the program.
fn is_open(start: usize, length: usize) -> bool {
    if FIRST_CLOSED.load(Relaxed).is_null() {
        is_open_to_memcheck(start, length)
    } else {
        is_open_to_asan(start, length)
    }
}

/// Whether there is a tool that knows which memory is open.
pub fn knows_blocks() -> bool {
    !FIRST_CLOSED.load(Relaxed).is_null() || IS_MEMCHECK.load(Relaxed)
}

/// How much is asked about at a time, and how finely in the end.
const STEP: usize = 4096;
const LEAST: usize = 8;

/// What is open around an address, within these ends, and no more than is worth a look.
pub fn open_around(address: usize, first: usize, last: usize) -> Option<Range> {
    const MOST: usize = 1 << 28;
    let (first, last) = (first.max(address.saturating_sub(MOST)), last.min(address.saturating_add(MOST)));
    let at = address - address % LEAST;
    if !is_open(at, 1) {
        return None;
    }
    let (mut start, mut end) = (at, at);
    let mut step = STEP;
    while step >= LEAST {
        while start >= first + step && is_open(start - step, step) {
            start -= step;
        }
        while end + step <= last && is_open(end, step) {
            end += step;
        }
        step /= 2;
    }
    // The last bytes of a block may be fewer.
    Some((start, end))
}
