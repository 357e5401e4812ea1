//! `Include/genericaliasobject.h`: classes with arguments in brackets; and unions of classes.

use super::required;
use crate::abi::PyObject;
use crate::runtime::{Arg, IntoC};
use crate::types::{generic_alias, union};

/// A new `types.GenericAlias` of a class and its arguments, which are a tuple or one object: a new reference, or NULL with SystemError
/// for a NULL argument. The alias takes references of its own.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GenericAlias(origin: Arg, args: Arg) -> *mut PyObject {
    const NAME: &str = "Py_GenericAlias";
    required(origin, NAME).and_then(|origin| generic_alias::new(origin, required(args, NAME)?)).into_c()
}

/// `a | b` of two classes, aliases, unions or None: a new reference; NotImplemented for other objects; NULL with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_union_type_or(a: Arg, b: Arg) -> *mut PyObject {
    const NAME: &str = "_Py_union_type_or";
    required(a, NAME).and_then(|a| union::or(a, required(b, NAME)?)).into_c()
}
