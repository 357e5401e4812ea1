//! Whether memory was given back to malloc, where that is certain. glibc writes the same word into each small block that is
//! freed, a random one, to notice when a block is freed twice; it goes when the block is used again.

use super::readable;
use core::ffi::c_void;
use core::hint::black_box;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The word; 0 where this malloc has none.
static MARK: AtomicUsize = AtomicUsize::new(0);

/// Where in a block the word stands, in words.
const PLACE: usize = 1;

/// Finds out what the word is.
pub fn prepare() {
    // Blocks of different sizes, so that they do not lie in the same list.
    let [one, other] = [40, 200].map(freed_block);
    if one != 0 && one == other {
        MARK.store(one, Relaxed);
    }
}

/// The word that a block of this size has after it was freed; 0 if it is what it was before.
fn freed_block(size: usize) -> usize {
    let before = size.wrapping_mul(0x0101_0101);
    // SAFETY: the block has room for more than two words, and is freed once. The kernel reads it afterwards, which may
    // belong to another thread by then: the word is compared only.
    unsafe {
        let block = black_box(libc::malloc(size)).cast::<usize>();
        if block.is_null() {
            return 0;
        }
        block.add(PLACE).write_volatile(before);
        let address = block.add(PLACE).expose_provenance();
        libc::free(black_box(block.cast::<c_void>()));
        readable::read_word(address).filter(|after| *after != before).unwrap_or(0)
    }
}

/// Whether the struct at an address was freed: it can't be read, a sanitizer has closed it, or malloc has put its word there.
/// The struct may be the first part of its block, or come after one pointer or two.
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
        // SAFETY: a block of 80 bytes, whose address is only compared and read by the kernel after it was freed. It is not had
        // from `calloc`, which leaves full the list that it would go to.
        unsafe {
            let block = black_box(libc::malloc(80));
            block.cast::<u8>().write_bytes(0, 80);
            let address = block.expose_provenance();
            assert!(!is_freed(address) && !is_freed(address + 8));
            libc::free(block);
            if MARK.load(Relaxed) != 0 {
                assert!([0, 8, 16].into_iter().all(|offset| is_freed(address + offset)));
                assert!(!is_freed(address + 24), "a struct that far inside a block is not known");
            }
        }
        assert!(is_freed(8));
    }
}
