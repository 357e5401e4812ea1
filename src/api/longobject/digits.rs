//! The digits of ints: read, written, counted.

use super::{number, require_int};
use crate::abi::{Py_ssize_t, PyLongExport, PyLongLayout, PyLongWriter, PyObject};
use crate::objects::int::{self, fresh::Fresh};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, LongRef, Obj, Out, OutPointer, Raised, Ref, Result, raise};
use core::ffi::c_int;

static LAYOUT: PyLongLayout =
    PyLongLayout { bits_per_digit: 30, digit_size: 4, digits_order: -1, digit_endianness: -1 };

/// How ints store their digits: a static struct.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_GetNativeLayout() -> *const PyLongLayout {
    &raw const LAYOUT
}

/// The value of an `int` of 64 bits, or the digits of a larger one, which `PyLong_FreeExport` gives back: 0, or -1 with
/// TypeError for anything else, SystemError for NULL.
///
/// # Safety
/// `export` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_Export(o: Arg, export: *mut PyLongExport) -> c_int {
    const NOTHING: PyLongExport =
        PyLongExport { value: 0, negative: 0, ndigits: 0, digits: core::ptr::null(), _reserved: 0 };
    let exported = require_int(o, "PyLong_Export").map(|int| {
        let number = int::number(int);
        match number.to_i64() {
            Some(value) => PyLongExport { value, ..NOTHING },
            None => PyLongExport {
                negative: number.negative.into(),
                ndigits: number.digits.len() as Py_ssize_t,
                digits: number.digits.as_ptr().cast(),
                _reserved: int.to_ref().into_ptr().expose_provenance(),
                ..NOTHING
            },
        }
    });
    let is_done = exported.is_ok();
    // SAFETY: the caller's struct can be written.
    unsafe { Out::from_ptr(export).set(exported.unwrap_or(NOTHING)) };
    if is_done { 0 } else { -1 }
}

/// Gives back the digits that `PyLong_Export` has lent.
///
/// # Safety
/// `export` is what `PyLong_Export` has written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FreeExport(export: *mut PyLongExport) {
    // SAFETY: the caller's struct was written by `PyLong_Export`, so it owns a reference to the int with the digits, if
    // there is one.
    unsafe {
        let lent = core::mem::take(&mut (*export)._reserved);
        (*export).ndigits = 0;
        (*export).digits = core::ptr::null();
        drop(Ref::from_ptr(core::ptr::with_exposed_provenance_mut(lent)));
    }
}

/// Begins an `int` of `count` digits, whose address is stored in `*digits`: the caller writes them all. NULL with
/// MemoryError, ValueError unless `count` is positive. [`PyLongWriter_Finish`] or [`PyLongWriter_Discard`] ends it.
#[unsafe(no_mangle)]
pub extern "C" fn PyLongWriter_Create(negative: c_int, count: Py_ssize_t, digits: OutPointer) -> *mut PyLongWriter {
    digits.set(core::ptr::null_mut());
    let begin = || match usize::try_from(count) {
        Ok(count @ 1..) => Fresh::new(count),
        _ => Err(raise!(ValueError, "ndigits must be positive")),
    };
    let begun: Result<Fresh, Raised> = begin();
    begun.map_or(core::ptr::null_mut(), |fresh| {
        digits.set(fresh.place().cast());
        fresh.into_writer(negative != 0).cast()
    })
}

/// The `int` that was begun, whose digits are written: a new reference.
///
/// # Safety
/// `writer` came from `PyLongWriter_Create`, and has not been ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Finish(writer: *mut PyLongWriter) -> *mut PyObject {
    // SAFETY: the writer is an int that only the caller knows, whose reference the caller gives away.
    let finished = unsafe { Ref::from_ptr(writer.cast()).map(|o| int::fresh::finish_writer(o)) };
    finished.ok_or_else(|| null_argument("PyLongWriter_Finish")).into_c()
}

/// Ends an `int` that was begun and is not wanted any more. NULL is ignored.
///
/// # Safety
/// `writer` is NULL, or came from `PyLongWriter_Create` and has not been ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Discard(writer: *mut PyLongWriter) {
    // SAFETY: the writer is an int that only the caller knows, whose reference the caller gives away.
    drop(unsafe { Ref::from_ptr(writer.cast()) });
}

/// The number of bits of an `int`'s magnitude; 0 for any other object. Sets no error.
#[unsafe(no_mangle)]
pub extern "C" fn _PyLong_NumBits(o: Arg) -> i64 {
    o.and_then(Obj::downcast).map_or(0, |o| int::magnitude::bit_length(int::number(o).digits) as i64)
}

/// A copy of an `int` that is exactly an `int`: a new reference, or NULL with TypeError for anything else, SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _PyLong_Copy(o: LongRef) -> *mut PyObject {
    require_int(o, "_PyLong_Copy").and_then(int::copy).into_c()
}

/// The greatest common divisor of two `int`s: a new reference, or NULL with TypeError for anything else, SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _PyLong_GCD(a: Arg, b: Arg) -> *mut PyObject {
    number(a, "_PyLong_GCD").and_then(|a| int::power::gcd(int::require(a)?, require_int(b, "_PyLong_GCD")?)).into_c()
}
