//! Exceptions: the classes, one for each row of `abi::exceptions`, and their instances.

mod indicator;
mod instance;

pub use indicator::{class_of_pending, fetch, restore};
pub use instance::{is_class, is_instance, new};

use super::class;
use crate::abi::exceptions::for_each_exception;
use crate::abi::*;
use crate::runtime::Type;

/// The name of every exception class, as data for its type object.
const COUNT: usize = Exc::ALL.len();

macro_rules! base_of {
    (object) => {
        &raw mut super::object::PyBaseObject_Type
    };
    ($base:ident) => {
        type_pointer(Exc::$base)
    };
}

macro_rules! make_types {
    ($($name:ident: $base:ident,)*) => {
        /// The type objects, in the order of [`Exc`].
        static mut TYPES: [PyTypeObject; COUNT] = [$(exception_type(Exc::$name, base_of!($base))),*];
    };
}
for_each_exception!(make_types);

const fn exception_type(exception: Exc, base: *mut PyTypeObject) -> PyTypeObject {
    PyTypeObject {
        tp_name: exception.name().as_ptr(),
        tp_basicsize: size_of::<PyBaseExceptionObject>() as Py_ssize_t,
        tp_dealloc: Some(instance::dealloc_slot),
        tp_str: Some(instance::str_slot),
        tp_traverse: Some(instance::traverse_slot),
        tp_clear: Some(instance::clear_slot),
        tp_dictoffset: core::mem::offset_of!(PyBaseExceptionObject, dict) as Py_ssize_t,
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BASE_EXC_SUBCLASS,
        tp_base: base,
        ..class::DEFAULTS
    }
}

/// The address of an exception's type object.
pub const fn type_pointer(exception: Exc) -> *mut PyTypeObject {
    // SAFETY: the index is one of the enum's, of which there are COUNT.
    unsafe { (&raw mut TYPES).cast::<PyTypeObject>().add(exception as usize) }
}

impl Exc {
    /// The exception's type object.
    pub const fn class(self) -> Type<'static> {
        // SAFETY: the statics are complete type objects.
        unsafe { Type::from_ptr_unchecked(type_pointer(self)) }
    }
}
