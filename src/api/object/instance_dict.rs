//! `Include/object.h`: the dict in which an object has its attributes.

use super::attribute_of;
use crate::abi::{PyObject, visitproc};
use crate::api::required;
use crate::objects::dict::Dict;
use crate::protocol::attribute::absent;
use crate::runtime::refusal;
use crate::runtime::{Arg, IntoC, Result};
use crate::types::{attribute, instance_dict};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

/// The address of the field in which `o` has its dict, which is NULL until there is one; a managed dict is made now.
/// NULL, without an error, when its type has no such field, when there is no memory for a managed dict, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_GetDictPtr(o: Arg) -> *mut *mut PyObject {
    o.and_then(instance_dict::place_for_c).map_or(null_mut(), |field| (&raw const *field).cast_mut().cast())
}

/// The `__dict__` of `o`, for a row of `tp_getset`: a new reference, or NULL with AttributeError when its type has no
/// place for one. The context is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GenericGetDict(o: Arg, _: *mut c_void) -> *mut PyObject {
    required(o, "PyObject_GenericGetDict").and_then(instance_dict::get).into_c()
}

/// Replaces the `__dict__` of `o`, for a row of `tp_getset`: 0, or -1 with TypeError for NULL and for a value that is
/// not a dict, AttributeError when the type has no place for one. The context is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GenericSetDict(o: Arg, value: Arg, _: *mut c_void) -> c_int {
    required(o, "PyObject_GenericSetDict").and_then(|o| instance_dict::set(o, value)).into_c()
}

/// `PyObject_GenericGetAttr`, with `dict` in place of the dict of `o` unless it is NULL. With `suppress`, a missing
/// attribute is NULL without an error.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_GenericGetAttrWithDict(o: Arg, name: Arg, dict: Arg, suppress: c_int) -> *mut PyObject {
    const NAME: &str = "_PyObject_GenericGetAttrWithDict";
    let found = attribute_of(o, name, NAME).and_then(|(o, name)| {
        let found = attribute::find_with(o, name, dict_or_none(dict, NAME)?);
        match found? {
            None if suppress == 0 => Err(attribute::missing(o, name)),
            found => Ok(found),
        }
    });
    found.or_else(|raised| if suppress == 0 { Err(raised) } else { absent(raised) }).into_c()
}

/// `PyObject_GenericSetAttr`, with `dict` in place of the dict of `o` unless it is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_GenericSetAttrWithDict(o: Arg, name: Arg, value: Arg, dict: Arg) -> c_int {
    const NAME: &str = "_PyObject_GenericSetAttrWithDict";
    attribute_of(o, name, NAME)
        .and_then(|(o, name)| attribute::generic_set_with(o, name, value, dict_or_none(dict, NAME)?))
        .into_c()
}

/// A dict that may be missing; SystemError for an object that is not one.
fn dict_or_none<'a>(dict: Arg<'a>, function: &'static str) -> Result<Option<Dict<'a>>> {
    dict.map(|dict| dict.downcast().ok_or_else(|| refusal::bad_argument(function))).transpose()
}

/// Calls the visitor of a `tp_traverse` with the managed dict of `o`, if its type has them and there is one. Returns
/// the result of the visitor, or 0.
///
/// # Safety
/// `visit` and `arg` are those that `tp_traverse` got.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VisitManagedDict(o: Arg, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the visitor takes the argument that came with it.
    o.map_or(0, |o| unsafe { instance_dict::visit_managed(o, visit, arg) })
}

/// Drops the managed dict of `o`, if its type has them and there is one: a step of `tp_clear` and of `tp_dealloc`. NULL
/// is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_ClearManagedDict(o: Arg) {
    if let Some(o) = o {
        instance_dict::clear_managed(o);
    }
}
