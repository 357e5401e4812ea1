//! Growing arrays. `None` means no memory: nothing here raises an error.

use super::block::Malloc;
use allocator_api2::alloc::Allocator;
use allocator_api2::vec::Vec;

/// A growing array whose memory comes from `malloc`.
pub type Array<T> = Vec<T, Malloc>;

/// An array without items; allocates nothing.
pub(super) const fn empty<T>() -> Array<T> {
    Array::new_in(Malloc)
}

/// Appends items for which there is room. The array's own functions grow the array themselves, and end the process when
/// there is no memory.
pub fn fill<T, A: Allocator>(array: &mut Vec<T, A>, items: impl IntoIterator<Item = T>) {
    let room = array.capacity() - array.len();
    let mut items = items.into_iter();
    for item in items.by_ref().take(room) {
        // SAFETY: there is room for one more, and it is written before the length counts it.
        unsafe {
            array.as_mut_ptr().add(array.len()).write(item);
            array.set_len(array.len() + 1);
        }
    }
    debug_assert!(items.next().is_none(), "more items than there is room for");
}

/// Appends bytes, all at once; the array's own functions append them one by one. `None` when there is no memory.
pub(super) fn append(array: &mut Array<u8>, bytes: &[u8]) -> Option<()> {
    array.try_reserve(bytes.len()).ok()?;
    // SAFETY: there is room for this many more, and they are written before the length counts them.
    unsafe {
        array.as_mut_ptr().add(array.len()).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        array.set_len(array.len() + bytes.len());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "more items than there is room for")]
    fn an_item_without_room_is_not_appended() {
        let mut array: Array<u8> = Array::new_in(Malloc);
        assert!(array.try_reserve_exact(4).is_ok());
        fill(&mut array, [1]);
        let too_many = array.capacity();
        fill(&mut array, core::iter::repeat_n(2, too_many));
    }
}
