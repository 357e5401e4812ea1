//! Characters written into new strings, and copied out of strings: four bytes each, as `Py_UCS4` or `wchar_t`.

use super::{str_argument, units};
use crate::abi::{Py_UCS4, Py_ssize_t, PyObject};
use crate::api::required;
use crate::objects::str::{self, places};
use crate::runtime::memory;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, OutSize, Place, Raised, Result, raise};
use core::ffi::{c_int, c_void};
use core::ptr::{NonNull, null_mut};
use libc::wchar_t;

/// Copies up to `how_many` characters of one string, from an index on, to an index of another, which only the caller has: returns
/// their number, or -1 with an error set.
///
/// IndexError for an index outside; SystemError for an object that is not a string, a negative number, more characters than there
/// is room for, characters that are wider than those of the string, and a string that other code has.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_CopyCharacters(
    to: Arg,
    to_start: Py_ssize_t,
    from: Arg,
    from_start: Py_ssize_t,
    how_many: Py_ssize_t,
) -> Py_ssize_t {
    let both = to.zip(from).ok_or_else(|| bad_argument("PyUnicode_CopyCharacters"));
    both.and_then(|(to, from)| places::copy_characters(to, to_start, from, from_start, how_many)).into_c()
}

/// Writes a character up to `length` times from an index on into a string that only the caller has: returns how often, or -1 with
/// an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Fill(o: Arg, start: Py_ssize_t, length: Py_ssize_t, fill_char: Py_UCS4) -> Py_ssize_t {
    let o = o.ok_or_else(|| bad_argument("PyUnicode_Fill"));
    o.and_then(|o| places::fill(o, start, length, fill_char)).into_c()
}

/// Writes a character into a string that only the caller has: 0, or -1 with IndexError, with ValueError for a character that is
/// wider than those of the string, or with SystemError for a string that other code has.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_WriteChar(o: Arg, index: Py_ssize_t, character: Py_UCS4) -> c_int {
    required(o, "PyUnicode_WriteChar").and_then(|o| places::write_char(o, index, character)).into_c()
}

/// Replaces the string at `place` by one with another length, which may be the same object if no other code has it: 0, or -1 with
/// an error set and the string as it was. New characters are zero.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_Resize(place: Place, length: Py_ssize_t) -> c_int {
    let refuse = || bad_argument("PyUnicode_Resize");
    let resize = || {
        let place = place.ok_or_else(refuse)?;
        let length = usize::try_from(length).map_err(|_| refuse())?;
        let old = place.replace(None).ok_or_else(refuse)?;
        match places::resize(old, length) {
            Ok(s) => {
                place.set(Some(s));
                Ok(())
            }
            Err((old, raised)) => {
                place.set(Some(old));
                Err(raised)
            }
        }
    };
    resize().into_c()
}

/// Copies the characters to a place with room for `buflen`, and a zero after them if `copy_null` is not 0: returns the place, or
/// NULL with SystemError when there is not enough room.
///
/// # Safety
/// `buffer` is NULL or has room for `buflen` characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUCS4(
    o: Arg,
    buffer: *mut Py_UCS4,
    buflen: Py_ssize_t,
    copy_null: c_int,
) -> *mut Py_UCS4 {
    let copy = || {
        let refuse = || bad_argument("PyUnicode_AsUCS4");
        let to = NonNull::new(buffer).ok_or_else(refuse)?;
        let room = usize::try_from(buflen).map_err(|_| refuse())?;
        // SAFETY: C promises that there is room.
        unsafe { places::copy_ucs4(str_argument(o, "PyUnicode_AsUCS4")?, to, room, copy_null != 0) }
    };
    match copy() {
        Ok(()) => buffer,
        Err(Raised { .. }) => null_mut(),
    }
}

/// The characters and a zero after them in a new block of `PyMem_Malloc`.
fn copied(s: str::Str<'_>) -> Result<NonNull<u32>> {
    let length = str::length(s);
    let size = (length + 1).checked_mul(size_of::<u32>()).ok_or_else(memory::out_of_memory)?;
    let block = memory::allocate(size).ok_or_else(memory::out_of_memory)?.cast::<u32>();
    // SAFETY: the block has room for the characters and a zero.
    unsafe { places::copy_ucs4(s, block, length + 1, true) }?;
    Ok(block)
}

/// The characters and a zero after them, in a new block, which the caller frees by `PyMem_Free`; NULL with TypeError or
/// MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsUCS4Copy(o: Arg) -> *mut Py_UCS4 {
    str_argument(o, "PyUnicode_AsUCS4Copy").and_then(copied).map_or(null_mut(), NonNull::as_ptr)
}

/// A `str` from `size` of C's wide characters, or from those up to a zero if the size is -1: a new reference, or NULL with
/// ValueError for a number that is no character, SystemError for NULL with a size.
///
/// # Safety
/// `w` is NULL, or `size` wide characters, or ends with a zero if the size is -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromWideChar(w: *const wchar_t, size: Py_ssize_t) -> *mut PyObject {
    const NAME: &str = "PyUnicode_FromWideChar";
    let count = match usize::try_from(size) {
        Ok(size) => size,
        Err(_) if w.is_null() => return Result::<crate::runtime::Ref>::Err(bad_argument(NAME)).into_c(),
        // SAFETY: C promises a zero at the end.
        Err(_) => unsafe { libc::wcslen(w) },
    };
    if w.is_null() && count > 0 {
        return Result::<crate::runtime::Ref>::Err(bad_argument(NAME)).into_c();
    }
    // SAFETY: C promises as many characters, each as wide as a number of 32 bits.
    unsafe { units(w.cast::<u32>(), count, NAME) }.and_then(str::from_wide).into_c()
}

/// Copies up to `size` characters as wide characters, with a zero after them if there is room: returns their number, or -1 with an
/// error set. With NULL for `w` it returns the number that is needed, with the zero.
///
/// # Safety
/// `w` is NULL or has room for `size` wide characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsWideChar(o: Arg, w: *mut wchar_t, size: Py_ssize_t) -> Py_ssize_t {
    const NAME: &str = "PyUnicode_AsWideChar";
    let copy = || {
        let s = str_argument(Some(o.ok_or_else(|| bad_argument(NAME))?), NAME)?;
        let Some(to) = NonNull::new(w.cast::<u32>()) else { return Ok(str::length(s) as Py_ssize_t + 1) };
        let room = usize::try_from(size).map_err(|_| bad_argument(NAME))?;
        // SAFETY: C promises that there is room.
        Ok(unsafe { places::copy_wide(s, to, room) } as Py_ssize_t)
    };
    copy().into_c()
}

/// The characters as wide characters and a zero after them, in a new block, which the caller frees by `PyMem_Free`; NULL with an
/// error set. Their number is stored in `*size`; ValueError if `size` is NULL and one of the characters is zero.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_AsWideCharString(o: Arg, size: OutSize) -> *mut wchar_t {
    const NAME: &str = "PyUnicode_AsWideCharString";
    let copy = || {
        let s = str_argument(Some(o.ok_or_else(|| bad_argument(NAME))?), NAME)?;
        if size.is_null() && places::has_zero(str::points(s)) {
            return Err(raise!(ValueError, "embedded null character"));
        }
        let block = copied(s)?;
        size.set(str::length(s) as Py_ssize_t);
        Ok(block)
    };
    copy().map_or(null_mut(), |block| block.as_ptr().cast())
}

/// The address of a string's characters: the function behind the macro of the same name, for code that is not C. NULL with SystemError
/// for another object and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnicode_DATA(o: Arg) -> *mut c_void {
    str_argument(o, "PyUnicode_DATA").map(|s| places::data(s).as_ptr().cast::<c_void>()).into_c()
}
