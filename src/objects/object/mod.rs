//! `object`: its slots, which are the defaults of every type. The type itself is in [`type_object`].

mod methods;
pub mod type_object;

use super::dict::{self, Dict};
use super::tuple::{self, Tuple};
use super::{class_name, str};
use crate::abi::*;
use crate::objects::slots::Owner;
use crate::protocol::truth::truth;
use crate::protocol::{hash, text};
use crate::runtime::{Obj, Ref, Result, Type, View, error, known, raise};
use core::ffi::c_int;

// SAFETY: a plain instance of `object` owns nothing, and the built-in types that inherit its `tp_dealloc`, as `int` does, add
// numbers and bytes alone.
unsafe impl Owner for PyObject {
    #[inline(always)]
    fn owns_nothing(_: View<'_, Self>) -> bool {
        true
    }
}

/// `tp_repr` of `object`: `<NAME object at 0x…>`, with the class's module before its name unless that is `builtins`.
pub(super) fn plain_repr(o: View<'_, PyObject>) -> Result<Ref> {
    let mut text = str::Builder::new();
    text.push_str("<")?;
    text.push_object(class_name::shown(o.class())?.borrow())?;
    text.push_format(format_args!(" object at {:p}>", o.as_ptr()))?;
    text.finish()
}

/// `tp_str` of `object`: the answer of the type's `tp_repr`, which the caller of `tp_str` checks.
pub(super) fn plain_str(o: View<'_, PyObject>) -> Result<Ref> {
    let Some(tp_repr) = o.class().fields().tp_repr else { return text::repr(*o) };
    // SAFETY: the slot belongs to the type of `o`.
    unsafe { Ref::from_ptr(tp_repr(o.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__repr__"))
}

/// `tp_hash` of `object`: the address.
pub(super) fn plain_hash(o: View<'_, PyObject>) -> Result<isize> {
    Ok(hash::of_pointer(o.as_ptr().cast()))
}

/// `tp_richcompare` of `object`: an object is equal only to itself, and has no order. `!=` is the opposite of the
/// answer of the object's own type to `==`.
pub(super) fn plain_compare(o: View<'_, PyObject>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    let not_implemented = || Ok(known::NOT_IMPLEMENTED.to_ref());
    match op {
        Py_EQ if o.is(other) => Ok(known::TRUE.to_ref()),
        Py_NE => {
            let Some(compare) = o.class().fields().tp_richcompare else { return not_implemented() };
            // SAFETY: the slot belongs to the type of `o`, and takes any object as the other operand.
            let equal = unsafe { Ref::from_ptr(compare(o.as_ptr(), other.as_ptr(), Py_EQ)) };
            let equal = equal.ok_or_else(|| error::fetched_from_c("__eq__"))?;
            if equal.borrow().is(known::NOT_IMPLEMENTED) {
                return Ok(equal);
            }
            truth(equal.borrow()).map(|equal| known::bool(!equal).to_ref())
        }
        _ => not_implemented(),
    }
}

/// Whether a call has arguments.
pub(super) fn has_arguments(args: Tuple<'_>, keywords: Option<Dict<'_>>) -> bool {
    tuple::len(args) > 0 || keywords.is_some_and(|keywords| dict::len(keywords) > 0)
}

/// Whether a class is made as `object` makes it.
pub(super) fn has_plain_new(class: Type<'_>) -> bool {
    class.fields().tp_new.map(|slot| slot as usize) == known::OBJECT.fields().tp_new.map(|slot| slot as usize)
}

/// Whether a class initialises its instances as `object` does.
pub(super) fn has_plain_init(class: Type<'_>) -> bool {
    class.fields().tp_init.map(|slot| slot as usize) == known::OBJECT.fields().tp_init.map(|slot| slot as usize)
}

/// `tp_init` of `object`. Arguments are an error, unless the class has a `tp_new` of its own, to which they went.
pub(super) fn plain_init(o: View<'_, PyObject>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    let class = o.class();
    if !has_arguments(args, keywords) || has_plain_init(class) && !has_plain_new(class) {
        return Ok(());
    }
    let called = if has_plain_init(class) { class } else { known::OBJECT };
    Err(raise!(TypeError, "{}.__init__() takes exactly one argument (the instance to initialize)", called.name()))
}

/// `ascii(o)`: the repr, with escapes for all characters that are not ASCII.
pub fn ascii(o: Obj<'_>) -> Result<Ref> {
    let shown = text::repr(o)?;
    let points = str::points(str::require(shown.borrow())?);
    if matches!(points, str::Points::Ascii(_)) {
        return Ok(shown);
    }
    let mut text = str::Builder::new();
    points.iter().try_for_each(|point| match point {
        0..0x80 => text.push(point),
        _ => text.push_escape(point),
    })?;
    text.finish()
}
