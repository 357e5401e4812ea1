//! What Python's operators do with a dict.

use super::*;
use crate::objects::tuple::Tuple;
use crate::objects::{call, constants, nested};

pub(super) static mut AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_contains: slots::binary(contains), ..PySequenceMethods::BLANK };

pub(super) static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    mp_ass_subscript: slots::assign(assign),
};

/// Writes the repr.
pub fn write_repr(text: &mut str::Builder, dict: Dict<'_>) -> Result<()> {
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

pub(super) fn repr(dict: Dict<'_>) -> Result<Ref> {
    nested::text_of(dict, write_repr)
}

/// Whether each key of one is in the other, with an equal value, and there are no more.
fn equal(a: Dict<'_>, b: Dict<'_>) -> Result<bool> {
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

pub(super) fn compare(a: Dict<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast().filter(|_| matches!(op, Py_EQ | Py_NE)) else {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    };
    Ok(constants::bool(equal(a, b)? == (op == Py_EQ)).to_ref())
}

fn length(dict: Dict<'_>) -> Result<isize> {
    Ok(len(dict) as isize)
}

/// `dict[key]`: a subclass may have `__missing__`, else KeyError.
fn subscript(dict: Dict<'_>, key: Obj<'_>) -> Result<Ref> {
    if let Some(value) = get(dict, key)? {
        return Ok(value);
    }
    if !dict.is_exactly(DICT)
        && let Some(method) = class::lookup(dict.class(), str::from_str("__missing__")?.borrow())?
    {
        return call::vectorcall(method.borrow(), &[*dict, key], None);
    }
    Err(missing(key))
}

fn assign(dict: Dict<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    match value {
        Some(value) => set(dict, key, value),
        None => delete(dict, key),
    }
}

/// Takes a key out; KeyError when it is not there.
pub fn delete(dict: Dict<'_>, key: Obj<'_>) -> Result<()> {
    remove(dict, key)?.map(drop).ok_or_else(|| missing(key))
}

pub(super) fn new(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Ok(instantiate(class)?.into_ref())
}

/// `dict()`, with a mapping or pairs, and with keyword arguments.
pub(super) fn init(dict: Dict<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    methods::update_from_call("dict", dict, args, keywords)
}
