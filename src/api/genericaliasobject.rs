//! `Include/genericaliasobject.h`: classes with arguments in brackets.

use super::required;
use crate::abi::PyObject;
use crate::runtime::{Arg, IntoC};
use crate::types::generic_alias;

/// A new `types.GenericAlias` of a class and its arguments, which are a tuple or one object: a new reference, or NULL with SystemError
/// for a NULL argument. The alias takes references of its own.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GenericAlias(origin: Arg, args: Arg) -> *mut PyObject {
    const NAME: &str = "Py_GenericAlias";
    required(origin, NAME).and_then(|origin| generic_alias::new(origin, required(args, NAME)?)).into_c()
}
