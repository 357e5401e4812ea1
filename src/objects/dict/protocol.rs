//! What Python's operators do with a dict.

use super::*;
use crate::objects::{call, constants, nested};
use crate::runtime::IntoC;

pub(super) static mut AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_contains: Some(contains_slot), ..PySequenceMethods::BLANK };

pub(super) static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: Some(length_slot),
    mp_subscript: Some(subscript_slot),
    mp_ass_subscript: Some(assign_slot),
};

/// Writes the repr. `dict` is a dict.
pub fn write_repr(text: &mut str::Builder, dict: Obj<'_>) -> Result<()> {
    nested::write_once(text, dict, "{...}", |text, dict| {
        text.push_str("{")?;
        for (index, (key, value)) in entries(dict).enumerate() {
            if index > 0 {
                text.push_str(", ")?;
            }
            nested::push_repr(text, key.borrow())?;
            text.push_str(": ")?;
            nested::push_repr(text, value.borrow())?;
        }
        text.push_str("}")
    })
}

fn repr(dict: Obj<'_>) -> Result<Ref> {
    nested::text_of(dict, write_repr)
}
slot!(pub(in crate::objects) repr_slot(dict) -> *mut PyObject = repr);

/// Whether each key of one is in the other, with an equal value, and there are no more.
fn equal(a: Obj<'_>, b: Obj<'_>) -> Result<bool> {
    if len(a) != len(b) {
        return Ok(false);
    }
    for entry in entries_hashed(a) {
        match get_hashed(b, entry.key.borrow(), entry.hash)? {
            Some(other) if object::equal(entry.value.borrow(), other.borrow())? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !check(a) || !check(b) || !matches!(op, Py_EQ | Py_NE) {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    }
    Ok(constants::bool(equal(a, b)? == (op == Py_EQ)).to_ref())
}
slot!(pub(super) richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

slot!(contains_slot(dict, key) -> c_int = contains);

fn length(dict: Obj<'_>) -> Result<isize> {
    Ok(len(dict) as isize)
}
slot!(length_slot(dict) -> Py_ssize_t = length);

/// `dict[key]`: a subclass may have `__missing__`, else KeyError.
fn subscript(dict: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    if let Some(value) = get(dict, key)? {
        return Ok(value);
    }
    if !dict.is_exactly(DICT)
        && let Some(method) = class::lookup(dict.class(), str::from_str("__missing__")?.borrow())?
    {
        return call::vectorcall(method.borrow(), &[dict, key], None);
    }
    Err(missing(key))
}
slot!(subscript_slot(dict, key) -> *mut PyObject = subscript);

unsafe extern "C" fn assign_slot(dict: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract; a NULL value deletes.
    unsafe {
        let (dict, key) = (Obj::from_ptr_unchecked(dict), Obj::from_ptr_unchecked(key));
        match Obj::from_ptr(value) {
            Some(value) => set(dict, key, value),
            None => delete(dict, key),
        }
        .into_c()
    }
}

/// Takes a key out; KeyError when it is not there.
pub fn delete(dict: Obj<'_>, key: Obj<'_>) -> Result<()> {
    remove(dict, key)?.map(drop).ok_or_else(|| missing(key))
}

fn new(class: Type<'_>, _: Obj<'_>, _: Option<Obj<'_>>) -> Result<Ref> {
    instantiate(class)
}
new_slot!(new_slot = new);

/// `dict()`, with a mapping or pairs, and with keyword arguments.
fn init(dict: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    methods::update_from_call("dict", dict, args, keywords)
}
init_slot!(init_slot = init);
