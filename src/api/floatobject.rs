//! `Include/floatobject.h`: floats.

use super::required;
use crate::abi::PyObject;
use crate::interpreter::infos;
use crate::objects::{convert, float};
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Arg, IntoC, Result};
use core::ffi::{c_char, c_double, c_int};

/// A new `float` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_FromDouble(value: c_double) -> *mut PyObject {
    float::from_f64(value).into_c()
}

/// The value of a `float`, or of an object that `__float__` or `__index__` converts. -1.0 with TypeError for any other
/// object and for NULL, OverflowError for an `int` that is too large. -1.0 may also be the value: check
/// `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_AsDouble(o: Arg) -> c_double {
    o.ok_or_else(bad_argument_type).and_then(convert::as_f64).into_c()
}

/// The `float` in a text, or of a number, by the rules of `float(o)`: a new reference, or NULL with TypeError,
/// ValueError for text that is not a number, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_FromString(o: Arg) -> *mut PyObject {
    required(o, "PyFloat_FromString").and_then(convert::float_from_text).into_c()
}

/// The largest finite `double`.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_GetMax() -> c_double {
    c_double::MAX
}

/// The smallest positive `double` that is normal.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_GetMin() -> c_double {
    c_double::MIN_POSITIVE
}

/// Writes bytes in the order that C asks for.
///
/// # Safety
/// `place` can be written for `N` bytes.
unsafe fn pack<const N: usize>(bytes: Result<[u8; N]>, place: *mut c_char, is_little: c_int) -> c_int {
    let stored = bytes.map(|mut bytes| {
        if is_little == 0 {
            bytes.reverse();
        }
        // SAFETY: the place can be written for so many bytes, as promised.
        unsafe { place.cast::<[u8; N]>().write_unaligned(bytes) };
    });
    stored.into_c()
}

/// Reads bytes in the order that C says they have, as little endian.
///
/// # Safety
/// `place` can be read for `N` bytes.
unsafe fn unpack<const N: usize>(place: *const c_char, is_little: c_int) -> [u8; N] {
    // SAFETY: the place can be read for so many bytes, as promised.
    let mut bytes = unsafe { place.cast::<[u8; N]>().read_unaligned() };
    if is_little == 0 {
        bytes.reverse();
    }
    bytes
}

/// Writes the nearest number of IEEE 754's binary16 at `place`, the low byte first if `is_little` is not 0: 0, or -1
/// with OverflowError when it is too large.
///
/// # Safety
/// `place` can be written for 2 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Pack2(value: c_double, place: *mut c_char, is_little: c_int) -> c_int {
    // SAFETY: the caller's place has room for 2 bytes.
    unsafe { pack(float::pack::to_half(value).map(u16::to_le_bytes), place, is_little) }
}

/// Writes the nearest number of IEEE 754's binary32 at `place`. See [`PyFloat_Pack2`].
///
/// # Safety
/// `place` can be written for 4 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Pack4(value: c_double, place: *mut c_char, is_little: c_int) -> c_int {
    // SAFETY: the caller's place has room for 4 bytes.
    unsafe { pack(float::pack::to_single(value).map(u32::to_le_bytes), place, is_little) }
}

/// Writes the number in IEEE 754's binary64 at `place`: 0. See [`PyFloat_Pack2`].
///
/// # Safety
/// `place` can be written for 8 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Pack8(value: c_double, place: *mut c_char, is_little: c_int) -> c_int {
    // SAFETY: the caller's place has room for 8 bytes.
    unsafe { pack(Ok(value.to_le_bytes()), place, is_little) }
}

/// The number of IEEE 754's binary16 at `place`, whose low byte is the first if `is_little` is not 0.
///
/// # Safety
/// `place` can be read for 2 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Unpack2(place: *const c_char, is_little: c_int) -> c_double {
    // SAFETY: the caller's place has 2 bytes.
    float::pack::from_half(u16::from_le_bytes(unsafe { unpack(place, is_little) }))
}

/// The number of IEEE 754's binary32 at `place`. See [`PyFloat_Unpack2`].
///
/// # Safety
/// `place` can be read for 4 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Unpack4(place: *const c_char, is_little: c_int) -> c_double {
    // SAFETY: the caller's place has 4 bytes.
    float::pack::from_single(u32::from_le_bytes(unsafe { unpack(place, is_little) }))
}

/// The number of IEEE 754's binary64 at `place`. See [`PyFloat_Unpack2`].
///
/// # Safety
/// `place` can be read for 8 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Unpack8(place: *const c_char, is_little: c_int) -> c_double {
    // SAFETY: the caller's place has 8 bytes.
    c_double::from_le_bytes(unsafe { unpack(place, is_little) })
}

/// The limits of `float`, as `sys.float_info` has them: a new reference to a struct sequence, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_GetInfo() -> *mut PyObject {
    infos::of_float().into_c()
}
