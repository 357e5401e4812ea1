//! The arguments of a variadic call. Rust holds a `va_list` by its address. C (`csrc/variadic.c`) copies and reads it.

use crate::abi::va_list;
use crate::runtime::Obj;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::slice;

mod c {
    use core::ffi::{c_int, c_void};
    unsafe extern "C" {
        pub fn pycapsule_va_copy(to: *mut c_void, from: *mut c_void);
        pub fn pycapsule_va_end(arguments: *mut c_void);
        pub fn pycapsule_va_int(arguments: *mut c_void) -> c_int;
        pub fn pycapsule_va_int64(arguments: *mut c_void) -> i64;
        pub fn pycapsule_va_pointer(arguments: *mut c_void) -> *mut c_void;
        pub fn pycapsule_va_double(arguments: *mut c_void) -> f64;
    }
}

/// The arguments of a format, read one after the other: room for a `va_list`.
///
/// The caller of [`Arguments::copied`] promises the arguments that a format asks for. Only the languages of this
/// room read them, and each conversion reads an argument of the type that its letter names. Reading is therefore safe.
#[derive(Debug)]
#[repr(C, align(16))]
pub(super) struct Arguments(MaybeUninit<[u64; 4]>);

impl Arguments {
    /// Runs `read` on a copy of `list`, so that the caller can use the list again, as after CPython's functions.
    ///
    /// # Safety
    /// `list` is a `va_list` that C passed, with the arguments of the format that `read` steps through. Each `PyObject
    /// *` among them is NULL or live. Each string is NULL, or ends with a NUL, or is as long as its precision.
    pub unsafe fn copied<T>(list: va_list, read: impl FnOnce(&mut Arguments) -> T) -> T {
        let mut copy = Arguments(MaybeUninit::uninit());
        // SAFETY: the list is one of C's, as promised. The copy has enough room, which the C file checks. It does not
        // move between the two calls, and is ended once.
        unsafe {
            c::pycapsule_va_copy((&raw mut copy).cast(), list);
            let done = read(&mut copy);
            c::pycapsule_va_end((&raw mut copy).cast());
            done
        }
    }

    /// The next argument, an `int` or a narrower type.
    pub fn int(&mut self) -> c_int {
        // SAFETY: this list was copied and is not ended, and the conversion asks for an int, which was promised.
        unsafe { c::pycapsule_va_int((&raw mut *self).cast()) }
    }

    /// The next argument, an integer of 64 bits.
    pub fn int64(&mut self) -> i64 {
        // SAFETY: this list was copied and is not ended, and the conversion asks for 64 bits, which were promised.
        unsafe { c::pycapsule_va_int64((&raw mut *self).cast()) }
    }

    /// The next argument, a pointer.
    pub fn pointer(&mut self) -> *mut c_void {
        // SAFETY: this list was copied and is not ended, and the conversion asks for a pointer, which was promised.
        unsafe { c::pycapsule_va_pointer((&raw mut *self).cast()) }
    }

    /// Steps over arguments that are pointers.
    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.pointer();
        }
    }

    /// The next argument, a `double`.
    pub fn double(&mut self) -> f64 {
        // SAFETY: this list was copied and is not ended, and the conversion asks for a double, which was promised.
        unsafe { c::pycapsule_va_double((&raw mut *self).cast()) }
    }

    /// The next argument, an object.
    pub fn object<'a>(&mut self) -> Option<Obj<'a>> {
        // SAFETY: the caller of `copied` promised that a `PyObject *` is NULL or live for as long as the call of C
        // lasts.
        unsafe { Obj::from_ptr(self.pointer().cast()) }
    }

    /// The next argument, a C string, up to its end or the precision; `None` for NULL.
    pub fn bytes<'a>(&mut self, precision: usize) -> Option<&'a [u8]> {
        let text = self.pointer();
        // SAFETY: the caller of `copied` promised a string that ends with a NUL or is as long as the precision, and no
        // more is read.
        (!text.is_null()).then(|| unsafe { slice::from_raw_parts(text.cast(), libc::strnlen(text.cast(), precision)) })
    }

    /// The next argument, a C string of `wchar_t`, up to its end or the precision; `None` for NULL.
    pub fn wide<'a>(&mut self, precision: usize) -> Option<&'a [u32]> {
        let text: *const u32 = self.pointer().cast();
        // SAFETY: the caller of `copied` promised a string that ends with a zero or is as long as the precision. A unit
        // is read only if the one before it was not the end.
        (!text.is_null()).then(|| unsafe {
            let length = (0..precision).find(|&i| *text.add(i) == 0).unwrap_or(precision);
            slice::from_raw_parts(text, length)
        })
    }
}
