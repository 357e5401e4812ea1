//! The fast entry of the classes whose instances have nothing but the common head (CPython: `BaseException_vectorcall`):
//! it makes a new tuple of the arguments, also when the caller has one.

use super::instance;
use crate::abi::*;
use crate::objects::tuple;
use crate::runtime::{IntoC, Obj, Ref, Result, Type, raise};

fn make(class: Type<'static>, args: &[Obj<'_>], names: Option<Obj<'_>>) -> Result<Ref> {
    if names.is_some_and(|names| tuple::len(names) > 0) {
        return Err(raise!(TypeError, "{}() takes no keyword arguments", class.name()));
    }
    instance::new_plain(class, tuple::from_slice(args)?)
}

/// # Safety
/// The vectorcall protocol; `class` is a built-in one with [`super::Exc::has_fast_entry`].
pub(super) unsafe extern "C" fn vectorcall_slot(
    class: *mut PyObject,
    args: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    let count = count & !PY_VECTORCALL_ARGUMENTS_OFFSET;
    // SAFETY: the protocol: as many arguments as are counted, names that are NULL or a tuple. Classes made at run time do
    // not inherit the entry, so that this one is built in, and lives for good.
    unsafe {
        let args = if count == 0 { &[] } else { core::slice::from_raw_parts(args.cast(), count) };
        make(Type::from_ptr_unchecked(class.cast()), args, Obj::from_ptr(names)).into_c()
    }
}
