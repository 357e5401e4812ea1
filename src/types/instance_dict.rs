//! The dict of an instance's own attributes. Its place is stated by the class: a field at a positive offset, one at a
//! negative offset after the last item, or the managed one, before the object.

use super::class;
use crate::abi::*;
use crate::objects::dict;
use crate::runtime::{Field, Obj, Own, Ref, Result, View, error, raise};
use core::ffi::{c_int, c_void};

/// The place of a managed dict, in pointers before the object: the collector's head has two, and the weak references
/// are before it (CPython: `MANAGED_DICT_OFFSET`).
const MANAGED: isize = -3;

/// The field in which an instance keeps its dict, which is NULL until there is one; `None` when its class has no such
/// field (CPython: `_PyObject_GetDictPtr`).
#[inline]
pub fn place<'a>(o: Obj<'a>) -> Option<&'a Field> {
    let offset = o.class().fields().tp_dictoffset;
    if offset <= 0 {
        return unusual_place(o, offset);
    }
    // SAFETY: at a positive offset the instances of the class have a field with their dict.
    Some(unsafe { Field::at(o.as_ptr().byte_offset(offset).cast()) })
}

fn unusual_place<'a>(o: Obj<'a>, offset: isize) -> Option<&'a Field> {
    if let Some(field) = managed(o) {
        return Some(field);
    }
    // A class can have -1, which stands for a managed dict, from a base that is not its first, and lack the place.
    if offset == 0 || offset % size_of::<usize>() as isize != 0 {
        return None;
    }
    let fields = o.class().fields();
    // SAFETY: a negative offset counts from the end of an instance with items, which count them in their heads. There
    // is the field.
    unsafe {
        let items = (*o.cast::<PyVarObject>()).ob_size.unsigned_abs();
        let size = (fields.tp_basicsize as usize).wrapping_add((fields.tp_itemsize as usize).wrapping_mul(items));
        let end = size.checked_next_multiple_of(size_of::<usize>())?;
        Some(Field::at(o.as_ptr().byte_offset((end as isize).wrapping_add(offset)).cast()))
    }
}

/// The place of a managed dict, before the object, if its class has them.
fn managed<'a>(o: Obj<'a>) -> Option<&'a Field> {
    let has = o.has_flag(Py_TPFLAGS_MANAGED_DICT);
    // SAFETY: instances of a class with this flag have the place before the collector's head.
    has.then(|| unsafe { Field::at(o.cast::<*mut PyObject>().offset(MANAGED)) })
}

/// Makes the dict of an instance that has none yet. That of a class is not empty: it has the rows of the class's
/// tables.
#[cold]
fn fill(o: Obj<'_>, field: &Field) -> Result<()> {
    match o.as_type() {
        Some(class) => class::attributes(class).map(|_| ()),
        None => dict::new().map(|made| field.set(Some(made.into_ref()))),
    }
}

/// The dict, which is made if there is none. `None` when the class has no place for it.
pub fn get_or_make(o: Obj<'_>) -> Result<Option<Own<PyDictObject>>> {
    let Some(field) = place(o) else { return Ok(None) };
    if field.is_null() {
        fill(o, field)?;
    }
    Ok(field.get_as())
}

/// The `__dict__` of an instance (CPython: `PyObject_GenericGetDict`). AttributeError when its class has no place for
/// one.
pub fn get(o: Obj<'_>) -> Result<Ref> {
    let field = place(o).ok_or_else(|| raise!(AttributeError, "This object has no __dict__"))?;
    if field.is_null() {
        fill(o, field)?;
    }
    field.get().ok_or_else(|| raise!(AttributeError, "This object has no __dict__"))
}

/// Replaces the `__dict__` of an instance (CPython: `PyObject_GenericSetDict`). TypeError for a value that is not a
/// dict.
pub fn set(o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let Some(value) = value else { return Err(raise!(TypeError, "cannot delete __dict__")) };
    let Some(value) = value.downcast::<PyDictObject>().map(View::to_own) else {
        return Err(raise!(TypeError, "__dict__ must be set to a dictionary, not a '{}'", value.class().name()));
    };
    // Look-ups from all threads use the dict of a class.
    let field = place(o).filter(|_| o.as_type().is_none());
    field.ok_or_else(|| raise!(AttributeError, "This object has no __dict__"))?.set(Some(value.into_ref()));
    Ok(())
}

/// [`place`] for C. As in CPython, a managed dict is made if there is none. `None`, without an error, when there is no
/// memory for it.
pub fn place_for_c<'a>(o: Obj<'a>) -> Option<&'a Field> {
    let field = place(o)?;
    // A module may ask for the place before it has set it to NULL, so that only a managed one is read.
    let makes = o.has_flag(Py_TPFLAGS_MANAGED_DICT) && o.class().fields().tp_itemsize == 0;
    if makes && field.is_null() {
        match dict::new() {
            Ok(made) => field.set(Some(made.into_ref())),
            Err(_) => {
                error::clear();
                return None;
            }
        }
    }
    Some(field)
}

/// Calls a visitor with the managed dict of an instance, if it has one (CPython: `PyObject_VisitManagedDict`).
///
/// # Safety
/// The visitor takes an object and the argument.
pub unsafe fn visit_managed(o: Obj<'_>, visit: visitproc, argument: *mut c_void) -> c_int {
    match (managed(o).map(Field::as_ptr), visit) {
        // SAFETY: the dict is the instance's own, and the visitor takes it with the argument.
        (Some(dict), Some(visit)) if !dict.is_null() => unsafe { visit(dict, argument) },
        _ => 0,
    }
}

/// Drops the managed dict of an instance, if it has one (CPython: `PyObject_ClearManagedDict`).
pub fn clear_managed(o: Obj<'_>) {
    if let Some(field) = managed(o) {
        field.set(None);
    }
}
