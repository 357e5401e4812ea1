//! The C face: every exported function, one file for each of CPython's headers. A function here turns C's arguments
//! into Rust's, calls one function below, and turns its result into CPython's return convention. It contains no rules.

/// Exports a function that takes `...`: the symbol is a jump to the function of the same name in `csrc/variadic.c`, which
/// the linker would not export. Several symbols may be one function. A macro, because it declares one function and defines
/// others:
///
/// ```text
/// variadic! {
///     /// Formats a message.
///     PyErr_Format = pycapsule_PyErr_Format
/// }
/// ```
///
/// expands to
///
/// ```text
/// unsafe extern "C" {
///     fn pycapsule_PyErr_Format();
/// }
/// /// Formats a message.
/// #[unsafe(naked)]
/// #[unsafe(no_mangle)]
/// pub unsafe extern "C" fn PyErr_Format() {
///     core::arch::naked_asm!("jmp {}", sym pycapsule_PyErr_Format);    // on x86-64
/// }
/// ```
macro_rules! variadic {
    ($($(#[$doc:meta])* $symbol:ident),+ = $target:ident) => {
        unsafe extern "C" {
            fn $target();
        }
        $(
            $(#[$doc])*
            #[unsafe(naked)]
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $symbol() {
                #[cfg(target_arch = "x86_64")]
                core::arch::naked_asm!("jmp {}", sym $target);
                #[cfg(target_arch = "aarch64")]
                core::arch::naked_asm!("b {}", sym $target);
            }
        )+
    };
}

mod abstract_;
mod boolobject;
mod bytearrayobject;
mod bytesobject;
mod ceval;
mod classobject;
mod code;
mod codecs;
mod complexobject;
mod context;
mod descrobject;
mod dictobject;
mod fileobject;
mod floatobject;
mod frameobject;
mod funcobject;
mod genericaliasobject;
mod genobject;
mod import;
mod intrcheck;
mod iterobject;
mod listobject;
mod lock;
mod longobject;
mod memoryobject;
mod methodobject;
mod modsupport;
mod moduleobject;
mod monitoring;
mod mysnprintf;
mod object;
mod objimpl;
mod pybuffer;
mod pycapsule;
mod pyctype;
mod pyerrors;
mod pyhash;
mod pylifecycle;
mod pymacro;
mod pymem;
mod pystate;
mod pystrcmp;
mod pystrtod;
mod pythonrun;
mod pythread;
mod pytime;
mod reexports;
mod refcount;
mod setobject;
mod sliceobject;
mod stand_ins;
mod strict;
mod structseq;
mod sysmodule;
mod traceback;
mod tracemalloc;
mod tupleobject;
mod typeslots;
mod unicodeobject;
mod warnings;
mod weakrefobject;

pub use self::abstract_::*;
pub use self::boolobject::*;
pub use self::bytearrayobject::*;
pub use self::bytesobject::*;
pub use self::ceval::*;
pub use self::classobject::*;
pub use self::code::*;
pub use self::codecs::*;
pub use self::complexobject::*;
pub use self::context::*;
pub use self::descrobject::*;
pub use self::dictobject::*;
pub use self::fileobject::*;
pub use self::floatobject::*;
pub use self::frameobject::*;
pub use self::funcobject::*;
pub use self::genericaliasobject::*;
pub use self::genobject::*;
pub use self::import::*;
pub use self::intrcheck::*;
pub use self::iterobject::*;
pub use self::listobject::*;
pub use self::lock::*;
pub use self::longobject::*;
pub use self::memoryobject::*;
pub use self::methodobject::*;
pub use self::modsupport::*;
pub use self::moduleobject::*;
pub use self::monitoring::*;
pub use self::mysnprintf::*;
pub use self::object::*;
pub use self::objimpl::*;
pub use self::pybuffer::*;
pub use self::pycapsule::*;
pub use self::pyctype::*;
pub use self::pyerrors::*;
pub use self::pyhash::*;
pub use self::pylifecycle::*;
pub use self::pymacro::*;
pub use self::pymem::*;
pub use self::pystate::*;
pub use self::pystrcmp::*;
pub use self::pystrtod::*;
pub use self::pythonrun::*;
pub use self::pythread::*;
pub use self::pytime::*;
pub use self::reexports::*;
pub use self::refcount::*;
pub use self::setobject::*;
pub use self::sliceobject::*;
pub use self::stand_ins::*;
pub use self::strict::*;
pub use self::structseq::*;
pub use self::sysmodule::*;
pub use self::traceback::*;
pub use self::tracemalloc::*;
pub use self::tupleobject::*;
pub use self::typeslots::*;
pub use self::unicodeobject::*;
pub use self::warnings::*;
pub use self::weakrefobject::*;

use crate::runtime::refusal::{bad_argument, null_argument};
use crate::runtime::{Arg, Layout, Obj, OutObject, Ref, Result, Text, View};
use core::ffi::{CStr, c_int};

/// An argument that has to be an object. NULL, with which CPython would crash, is a SystemError that names the
/// function.
#[inline]
fn required<'a>(o: Arg<'a>, function: &'static str) -> Result<Obj<'a>> {
    o.ok_or_else(|| null_argument(function))
}

/// An argument that has to be an object. NULL is the SystemError of a wrong argument.
#[inline]
fn present<'a>(o: Arg<'a>, function: &'static str) -> Result<Obj<'a>> {
    o.ok_or_else(|| bad_argument(function))
}

/// An argument that has to be an object of one type. NULL and an object of another type are the SystemError of a wrong argument.
#[inline]
fn typed<'a, L: Layout>(o: Arg<'a>, function: &'static str) -> Result<View<'a, L>> {
    o.and_then(Obj::downcast).ok_or_else(|| bad_argument(function))
}

/// Two arguments that have to be objects. NULL, with which CPython would crash, is a SystemError that names the function, unless CPython
/// refuses the other argument before it reads this one.
#[inline]
fn both<'a>(
    first: Arg<'a>,
    second: Arg<'a>,
    function: &'static str,
    refused_before: fn(Arg<'a>, Arg<'a>) -> Result<()>,
) -> Result<(Obj<'a>, Obj<'a>)> {
    match (first, second) {
        (Some(first), Some(second)) => Ok((first, second)),
        _ => Err(refused_before(first, second).err().unwrap_or_else(|| null_argument(function))),
    }
}

/// An argument that has to be a string. NULL, with which CPython would crash, is a SystemError that names the function.
#[inline]
fn required_text<'a>(text: Text<'a>, function: &'static str) -> Result<&'a CStr> {
    text.get().ok_or_else(|| null_argument(function))
}

/// Stores a new reference, or NULL, in `*result`. Returns 1 with a reference, 0 without, -1 with an error set.
#[inline(always)]
fn hand_out(found: Result<Option<Ref>>, result: OutObject) -> c_int {
    let answer = found.as_ref().map_or(-1, |found| c_int::from(found.is_some()));
    result.hand_out(found.unwrap_or(None));
    answer
}
