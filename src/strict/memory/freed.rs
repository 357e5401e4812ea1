//! Whether memory was certainly freed. glibc writes the same random word into each small block that is freed, to detect
//! when a block is freed twice. The word is erased when the block is used again.

use super::readable;
use core::ffi::c_void;
use core::hint::black_box;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The word, or 0 if this malloc writes none.
static MARK: AtomicUsize = AtomicUsize::new(0);

/// The index of the word in a block.
const PLACE: usize = 1;

/// Determines the word.
pub fn prepare() {
    // Blocks of different sizes, so that they are not in the same list.
    let [one, other] = [40, 200].map(freed_block);
    if one != 0 && one == other {
        MARK.store(one, Relaxed);
    }
}

/// The word that a freed block of this size has; 0 if freeing did not change it.
fn freed_block(size: usize) -> usize {
    let before = size.wrapping_mul(0x0101_0101);
    // Another thread may get the block before the kernel reads it; the word is only compared.
    with_block(size, |block| {
        // SAFETY: `prepare` passes sizes of 40 bytes and more, so the second word is in the block.
        let word = unsafe { block.cast::<usize>().add(PLACE) };
        // SAFETY: the block is not freed yet, and the word is aligned as malloc's blocks are.
        unsafe { word.write_volatile(before) };
        word.expose_provenance()
    })
    .and_then(readable::read_word)
    .filter(|after| *after != before)
    .unwrap_or(0)
}

/// Calls `use_it` with a block of memory that is freed afterwards, and returns its result. `None` without memory.
fn with_block<T>(size: usize, use_it: impl FnOnce(*mut c_void) -> T) -> Option<T> {
    // SAFETY: each block is freed once, after its last use; `free` accepts NULL too.
    unsafe {
        let block = black_box(libc::malloc(size));
        // The list for the freed block may be full. Allocating a second block makes room there.
        let other = black_box(libc::malloc(size));
        let gave = (!block.is_null()).then(|| use_it(block));
        libc::free(black_box(block));
        libc::free(black_box(other));
        gave
    }
}

/// Whether the struct at an address was freed: it can't be read, a sanitizer has closed it, or it has malloc's word.
/// The struct may be the first part of its block, or come after one or two pointers.
pub fn is_freed(address: usize) -> bool {
    const WORD: usize = size_of::<usize>();
    let mark = MARK.load(Relaxed);
    let has_mark =
        |before: usize| readable::read_word(address.wrapping_add(WORD * PLACE).wrapping_sub(before)) == Some(mark);
    readable::is_gone(address) || mark != 0 && [0, WORD, 2 * WORD].into_iter().any(has_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_freed_when_malloc_has_it_back() {
        prepare();
        let address = with_block(80, |block| {
            // SAFETY: the block has 80 bytes.
            unsafe { block.cast::<u8>().write_bytes(0, 80) };
            let address = block.expose_provenance();
            assert!(!is_freed(address) && !is_freed(address + 8));
            address
        });
        let Some(address) = address.filter(|_| MARK.load(Relaxed) != 0) else { return };
        assert!([0, 8, 16].into_iter().all(|offset| is_freed(address + offset)));
        assert!(!is_freed(address + 24), "a struct that far inside a block is not known");
        assert!(is_freed(8));
    }
}
