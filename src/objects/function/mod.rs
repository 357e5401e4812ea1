//! C functions as objects: `builtin_function_or_method`, and `builtin_method` for functions that get their class as an
//! argument. Their types are in [`type_object`]. The `METH_*` flags select the convention by which the C function is
//! called; `conventions` has one entry for each.

pub mod conventions;
mod make;
mod signature;
pub mod type_object;

pub use make::new;
pub use signature::{documentation, documentation_of, signature, signature_of, without_signature};

use crate::abi::*;
use crate::runtime::known::FUNCTION;
use crate::runtime::memory::Lossy;
use crate::runtime::{Layout, Obj, View};
use core::ffi::CStr;
use core::fmt::{Display, from_fn};

/// A borrowed reference to a C function.
pub type Function<'a> = View<'a, PyCFunctionObject>;

// SAFETY: instances of this type, and of types derived from it, begin with this layout.
unsafe impl Layout for PyCFunctionObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(FUNCTION) || o.is_a(FUNCTION)
    }
}

/// A C function's fields, borrowed with the function.
fn fields<'a>(function: Function<'a>) -> &'a PyCFunctionObject {
    // SAFETY: the fields are set once, before other code sees the object.
    unsafe { &*function.fields() }
}

/// The definition from which a function was made.
pub fn definition<'a>(function: Function<'a>) -> &'a PyMethodDef {
    // SAFETY: C keeps the definition for as long as functions made from it live.
    unsafe { &*fields(function).m_ml }
}

/// A function's name in its definition.
pub fn name(definition: &PyMethodDef) -> Lossy<'_> {
    // SAFETY: a definition has a NUL-terminated name.
    Lossy(unsafe { CStr::from_ptr(definition.ml_name) }.to_bytes())
}

/// The name of a callable that is a C function, for messages; of any other the name of its class.
pub fn name_or_class(callable: Obj<'_>) -> impl Display + '_ {
    from_fn(move |out| match callable.downcast() {
        Some(function) => name(definition(function)).fmt(out),
        None => callable.class().name().fmt(out),
    })
}

/// The first argument of every call, for C: the object that the function is bound to; NULL without one, or for a static
/// function.
pub fn first_argument(function: Function<'_>) -> *mut PyObject {
    match definition(function).ml_flags & METH_STATIC {
        0 => fields(function).m_self,
        _ => core::ptr::null_mut(),
    }
}

/// The object that a function is bound to.
fn bound_to<'a>(function: Function<'a>) -> Option<Obj<'a>> {
    // SAFETY: the field is NULL or a reference that the function owns.
    unsafe { Obj::from_ptr(fields(function).m_self) }
}
