//! Appending to a string. A string that no other code has grows in place, so that the time for many small pieces is
//! proportional to the length of the text.

use super::build::terminate;
use super::layout::{Points, Str, as_exact, is_interned, length, points, state};
use super::operators::concat;
use super::width::write;
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, memory};
use core::ptr::NonNull;

/// The characters of both, one after the other; TypeError unless both are strings (CPython: `PyUnicode_Append`). The
/// reference to the left one is used up.
pub fn append(left: Ref, right: Obj<'_>) -> Result<Ref> {
    if let Some(s) = as_exact(left.borrow())
        && let Some(more) = right.downcast().map(points)
        && !more.is_empty()
        && can_grow(s, right, more)
    {
        // SAFETY: `can_grow` is true for these two.
        return unsafe { grow(left, more) };
    }
    concat(left.borrow(), right)
}

/// Whether the string can grow in place: no other code has it, its hash has not been computed, and the characters fit
/// into its width.
fn can_grow(s: Str<'_>, right: Obj<'_>, more: Points<'_>) -> bool {
    // SAFETY: a view's fields can be read.
    let (compact, hash) = unsafe { ((*s.fields()).state & state::COMPACT != 0, (*s.fields()).hash) };
    let is_alone = s.refcnt() == 1 && !s.is(right) && !is_interned(s) && hash == -1;
    is_alone && compact && length(s) > 0 && more.width() <= points(s).width()
}

/// Makes a string longer in place. Without memory the string is dropped.
///
/// # Safety
/// [`can_grow`] is true for the string and these characters.
unsafe fn grow(s: Ref, more: Points<'_>) -> Result<Ref> {
    let Some(old) = as_exact(s.borrow()).map(points) else { return Ok(s) };
    let (old, width) = (old.len(), old.width());
    let length = old.checked_add(more.len()).ok_or_else(memory::out_of_memory)?;
    let size = length.checked_add(1).and_then(|length| length.checked_mul(width.size()));
    let size = size.and_then(|size| size.checked_add(width.header())).ok_or_else(memory::out_of_memory)?;
    // SAFETY: `s` is the one reference, so the block may move. The new block has room for the header, all characters
    // and one more. The characters fit into the width, and are those of another string. Only a string that is not ASCII
    // has a UTF-8 form; it is that of the shorter string, and no code has borrowed it.
    unsafe {
        let block = memory::reallocate(s.as_ptr().cast(), size).ok_or_else(memory::out_of_memory)?;
        let _ = s.into_ptr();
        let fields: NonNull<PyASCIIObject> = block.cast();
        (*fields.as_ptr()).length = length as Py_ssize_t;
        if (*fields.as_ptr()).state & state::ASCII == 0 {
            let form = &raw mut (*fields.cast::<PyCompactUnicodeObject>().as_ptr()).utf8;
            memory::free(form.replace(core::ptr::null_mut()).cast());
        }
        let end = block.cast::<u8>().add(width.header() + old * width.size());
        write(more, end, width);
        terminate(end.add(more.len() * width.size()), width);
        Ok(Ref::from_ptr_unchecked(block.as_ptr().cast()))
    }
}
