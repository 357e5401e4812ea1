//! The arguments of a variadic call. Rust holds a `va_list` by its address. Except on x86-64, C (`csrc/variadic.c`) copies it
//! and reads it.

use crate::abi::va_list;
use crate::runtime::Obj;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;
use core::slice;

#[cfg(not(target_arch = "x86_64"))]
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

/// The `va_list` of x86-64, whose form the System V ABI fixes. It is copied and read here, since a call of C for each argument takes
/// as long as the conversion of the argument.
#[cfg(target_arch = "x86_64")]
#[repr(C)]
struct SystemV {
    /// The offsets of the next general and of the next floating-point register that was saved, or their ends.
    general: u32,
    floating: u32,
    stack: *const u64,
    saved: *const u8,
}

#[cfg(target_arch = "x86_64")]
impl SystemV {
    /// The end of six general registers of 8 bytes, and of eight floating-point ones of 16 bytes after them.
    const GENERAL_END: u32 = 48;
    const FLOATING_END: u32 = 176;

    /// The address of the next argument that is passed in these registers, or else on the stack.
    ///
    /// # Safety
    /// The caller of the variadic function passed such an argument.
    #[inline(always)]
    unsafe fn next(&mut self, is_general: bool) -> *const u64 {
        let (offset, end, step) = match is_general {
            true => (&mut self.general, Self::GENERAL_END, 8),
            false => (&mut self.floating, Self::FLOATING_END, 16),
        };
        if *offset < end {
            // SAFETY: the registers are saved up to this end.
            let place = unsafe { self.saved.add(*offset as usize) };
            *offset += step;
            return place.cast();
        }
        let place = self.stack;
        // SAFETY: the arguments on the stack have 8 bytes each, and this one was passed.
        self.stack = unsafe { place.add(1) };
        place
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
    #[inline]
    pub unsafe fn copied<T>(list: va_list, read: impl FnOnce(&mut Arguments) -> T) -> T {
        let mut copy = Arguments(MaybeUninit::uninit());
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the list is one of C's, as promised, and so has this form, for which the copy has room.
        unsafe {
            (&raw mut copy).cast::<SystemV>().write(list.cast::<SystemV>().read());
            read(&mut copy)
        }
        // SAFETY: the list is one of C's, as promised. The copy has enough room, which the C file checks. It does not
        // move between the two calls, and is ended once.
        #[cfg(not(target_arch = "x86_64"))]
        unsafe {
            c::pycapsule_va_copy((&raw mut copy).cast(), list);
            let done = read(&mut copy);
            c::pycapsule_va_end((&raw mut copy).cast());
            done
        }
    }

    /// The next argument, which is passed as a number of 64 bits or less.
    #[inline(always)]
    #[cfg(target_arch = "x86_64")]
    fn word(&mut self) -> u64 {
        // SAFETY: this list was copied, and has this form. The conversion asks for a number, which was promised.
        unsafe { (*(&raw mut *self).cast::<SystemV>()).next(true).read() }
    }

    /// The next argument, an `int` or a narrower type.
    #[inline]
    pub fn int(&mut self) -> c_int {
        #[cfg(target_arch = "x86_64")]
        return self.word() as c_int;
        // SAFETY: this list was copied and is not ended, and the conversion asks for an int, which was promised.
        #[cfg(not(target_arch = "x86_64"))]
        unsafe {
            c::pycapsule_va_int((&raw mut *self).cast())
        }
    }

    /// The next argument, an integer of 64 bits.
    #[inline]
    pub fn int64(&mut self) -> i64 {
        #[cfg(target_arch = "x86_64")]
        return self.word() as i64;
        // SAFETY: this list was copied and is not ended, and the conversion asks for 64 bits, which were promised.
        #[cfg(not(target_arch = "x86_64"))]
        unsafe {
            c::pycapsule_va_int64((&raw mut *self).cast())
        }
    }

    /// The next argument, a pointer.
    #[inline]
    pub fn pointer(&mut self) -> *mut c_void {
        #[cfg(target_arch = "x86_64")]
        return core::ptr::with_exposed_provenance_mut(self.word() as usize);
        // SAFETY: this list was copied and is not ended, and the conversion asks for a pointer, which was promised.
        #[cfg(not(target_arch = "x86_64"))]
        unsafe {
            c::pycapsule_va_pointer((&raw mut *self).cast())
        }
    }

    /// Steps over arguments that are pointers.
    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.pointer();
        }
    }

    /// The next argument, a `double`.
    #[inline]
    pub fn double(&mut self) -> f64 {
        // SAFETY: this list was copied and is not ended, and the conversion asks for a double, which was promised.
        #[cfg(target_arch = "x86_64")]
        unsafe {
            (*(&raw mut *self).cast::<SystemV>()).next(false).cast::<f64>().read()
        }
        #[cfg(not(target_arch = "x86_64"))]
        unsafe {
            c::pycapsule_va_double((&raw mut *self).cast())
        }
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
