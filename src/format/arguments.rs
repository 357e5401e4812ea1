//! The bridge to a `va_list`: Rust holds one by its address, and C (`csrc/variadic.c`) copies it and reads from it.

use crate::abi::va_list;
use core::ffi::{c_int, c_void};
use core::mem::MaybeUninit;

mod c {
    use core::ffi::{c_int, c_void};
    unsafe extern "C" {
        pub fn pycapsule_va_copy(to: *mut c_void, from: *mut c_void);
        pub fn pycapsule_va_end(arguments: *mut c_void);
        pub fn pycapsule_va_int(arguments: *mut c_void) -> c_int;
        pub fn pycapsule_va_int64(arguments: *mut c_void) -> i64;
        pub fn pycapsule_va_pointer(arguments: *mut c_void) -> *mut c_void;
    }
}

/// The arguments of a variadic call, read one after the other: room for a `va_list`.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct Arguments(MaybeUninit<[u64; 4]>);

impl Arguments {
    /// Runs `work` on a copy of `list`; the list itself can be used again, as after CPython's functions.
    ///
    /// # Safety
    /// `list` is a `va_list` that C passed.
    pub unsafe fn copied<T>(list: va_list, work: impl FnOnce(&mut Arguments) -> T) -> T {
        let mut copy = Arguments(MaybeUninit::uninit());
        // SAFETY: the list is the caller's promise; the copy has the room that the C file checks for, does not move
        // between the two calls, and is ended once.
        unsafe {
            c::pycapsule_va_copy((&raw mut copy).cast(), list);
            let done = work(&mut copy);
            c::pycapsule_va_end((&raw mut copy).cast());
            done
        }
    }

    /// The next argument.
    ///
    /// # Safety
    /// The caller of the variadic function passed one more argument, and one of this type.
    pub unsafe fn next<A: Argument>(&mut self) -> A {
        // SAFETY: the caller's promise; `self` holds a list that was copied and is not ended.
        unsafe { A::read((&raw mut *self).cast()) }
    }
}

/// A type that can be passed through `...`. All that C has besides are promoted to one of them or as wide as one.
pub trait Argument: Copy {
    /// Reads the next argument of a list.
    ///
    /// # Safety
    /// `arguments` is the address of a `va_list` whose next argument has this type.
    unsafe fn read(arguments: *mut c_void) -> Self;
}

macro_rules! arguments {
    ($($argument:ty = $read:path),+) => { $(
        impl Argument for $argument {
            unsafe fn read(arguments: *mut c_void) -> Self {
                // SAFETY: the caller's promise.
                unsafe { $read(arguments) }
            }
        }
    )+ };
}
arguments! {
    c_int = c::pycapsule_va_int,
    i64 = c::pycapsule_va_int64,
    *mut c_void = c::pycapsule_va_pointer
}
