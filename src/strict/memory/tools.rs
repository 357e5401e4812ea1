//! Memory tools under which the program runs. AddressSanitizer and valgrind's memcheck replace malloc with an allocator
//! of their own, and know for each byte whether the program may access it (it is *open*).

use super::addresses::Range;
use crate::runtime::memory::aside::sanitizer;
use core::ffi::c_void;
use core::ptr::{null_mut, without_provenance};
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};

/// AddressSanitizer's function that returns the first closed byte of a range; NULL without the tool.
static FIRST_CLOSED: AtomicPtr<c_void> = AtomicPtr::new(null_mut());

/// Whether the program runs under memcheck.
static IS_MEMCHECK: AtomicBool = AtomicBool::new(false);

/// Looks for AddressSanitizer and memcheck. The caller holds no lock of the library, because this calls the loader.
pub fn prepare() {
    let word = 0_usize;
    IS_MEMCHECK.store(is_open_to_memcheck((&raw const word).addr(), size_of::<usize>()), Relaxed);
    FIRST_CLOSED.store(sanitizer(c"__asan_region_is_poisoned"), Relaxed);
}

/// Makes a client request of valgrind, which recognises these instructions. They have no effect on the processor, so
/// the answer is 0 without valgrind.
#[cfg(target_arch = "x86_64")]
fn valgrind_request(request: &[usize; 6]) -> usize {
    let answer: usize;
    // SAFETY: the rotations add up to 128 bits, and the exchange is of a register with itself, so only the outputs
    // change. Valgrind writes only to the memory that the request names: the callers pass the address of their own
    // buffer.
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
fn valgrind_request(_: &[usize; 6]) -> usize {
    0
}

/// Whether the program runs under valgrind.
pub fn is_under_valgrind() -> bool {
    const RUNNING_ON_VALGRIND: usize = 0x1001;
    valgrind_request(&[RUNNING_ON_VALGRIND, 0, 0, 0, 0, 0]) != 0
}

/// The request for memcheck's state of some bytes, and the answer when it has written that.
const GET_VBITS: usize = (b'M' as usize) << 24 | (b'C' as usize) << 16 | 8;
const TOLD: usize = 1;

/// Whether memcheck says that a range is open. It returns the state of open bytes only.
fn is_open_to_memcheck(start: usize, length: usize) -> bool {
    let mut bits = [0_u8; STEP];
    length <= STEP && valgrind_request(&[GET_VBITS, start, bits.as_mut_ptr().expose_provenance(), length, 0, 0]) == TOLD
}

/// Whether a word was written since it was allocated, as far as a tool knows. A word that a function has left on the
/// stack counts as not written when a later frame replaces it.
pub fn is_written(word: usize) -> bool {
    const LENGTH: usize = size_of::<usize>();
    if !IS_MEMCHECK.load(Relaxed) {
        return true;
    }
    let mut bits = [0_u8; LENGTH];
    let told = valgrind_request(&[GET_VBITS, word, bits.as_mut_ptr().expose_provenance(), LENGTH, 0, 0]) == TOLD;
    !told || bits.iter().all(|bits| *bits == 0)
}

/// Whether AddressSanitizer has closed a byte. It is asked for a range of one byte, because its function for a single
/// address crashes for an address without a shadow, such as the kernel's.
pub fn is_poisoned(address: usize) -> bool {
    !FIRST_CLOSED.load(Relaxed).is_null() && !is_open_to_asan(address, 1)
}

fn is_open_to_asan(start: usize, length: usize) -> bool {
    type FirstClosed = unsafe extern "C" fn(*const c_void, usize) -> *const c_void;
    let function = FIRST_CLOSED.load(Relaxed);
    // SAFETY: the sanitizer's function of this name has this type, and reads its own shadow memory only.
    unsafe { core::mem::transmute::<*mut c_void, FirstClosed>(function)(without_provenance(start), length).is_null() }
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

/// The largest and the smallest step in which the ends of open memory are searched.
const STEP: usize = 4096;
const LEAST: usize = 8;

/// The open range around an address, between `first` and `last`, up to a limit on each side.
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
