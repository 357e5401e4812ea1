//! The `tp_vectorcall` of the classes whose instances have only the common head (CPython: `BaseException_vectorcall`).
//! It always makes a new tuple of the arguments, even if the caller has one.

use super::instance;
use crate::abi::*;
use crate::objects::tuple;
use crate::objects::tuple::Tuple;
use crate::runtime::{IntoC, Obj, Ref, Result, Type, raise};

fn make(class: Type<'static>, args: &[Obj<'_>], names: Option<Tuple<'_>>) -> Result<Ref> {
    if names.is_some_and(|names| tuple::len(names) > 0) {
        return Err(raise!(TypeError, "{}() takes no keyword arguments", class.name()));
    }
    instance::new_plain(class, tuple::from_slice(args)?.into_ref())
}

/// # Safety
/// The vectorcall protocol; `class` is a built-in class for which [`super::Exc::has_fast_entry`] is true.
pub(super) unsafe extern "C" fn vectorcall_slot(
    class: *mut PyObject,
    args: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    let count = count & !PY_VECTORCALL_ARGUMENTS_OFFSET;
    // SAFETY: the vectorcall protocol promises an array of `count` live objects, and names that are NULL or a tuple.
    // Classes made at run time do not inherit this slot, so the class is static.
    unsafe {
        let args = if count == 0 { &[] } else { core::slice::from_raw_parts(args.cast(), count) };
        make(Type::from_ptr_unchecked(class.cast()), args, Obj::from_ptr(names).and_then(Obj::downcast)).into_c()
    }
}
