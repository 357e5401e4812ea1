//! `__new__` of a type: its `tp_new` as a function that takes the class first (CPython: `tp_new_wrapper`).

use super::slots;
use crate::abi::*;
use crate::objects::slots::arguments;
use crate::objects::{dict, function, tuple};
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, Type, error, raise};
use core::ffi::c_void;

/// The definition of the function.
static mut DEFINITION: PyMethodDef = PyMethodDef {
    ml_name: c"__new__".as_ptr(),
    ml_meth: enter as *mut c_void,
    ml_flags: METH_VARARGS | METH_KEYWORDS,
    ml_doc: c"__new__($type, *args, **kwargs)\n--\n\nMakes a new object of a class: the first argument.".as_ptr(),
};

/// A new function for the `tp_new` of a type.
pub fn of(class: Type<'_>) -> Result<Ref> {
    // SAFETY: the definition is static, and the function has the signature that its flags name.
    unsafe { function::new(&raw mut DEFINITION, Some(class.as_obj()), None, None) }
}

/// The type whose `tp_new` an object calls, if it is a function of this file.
pub fn class_of(o: Obj<'_>) -> Option<Type<'_>> {
    let function = o.downcast()?;
    let is_ours = core::ptr::eq(function::definition(function), &raw const DEFINITION);
    // SAFETY: the function's first argument is an object that it owns.
    if is_ours { unsafe { Obj::from_ptr(function::first_argument(function)) }?.as_type() } else { None }
}

/// Calls `tp_new` of the type with a class.
///
/// # Safety
/// `this` is NULL or an object, `args` a tuple, `keywords` a dict or NULL.
unsafe extern "C" fn enter(this: *mut PyObject, args: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject {
    // SAFETY: the convention of the function promises a tuple, and a dict or NULL.
    unsafe {
        let make = |(args, keywords): (tuple::Tuple<'_>, Option<dict::Dict<'_>>)| {
            let owner = Obj::from_ptr(this).and_then(Obj::as_type);
            let owner = owner.ok_or_else(|| raise!(SystemError, "__new__() called with non-type 'self'"))?;
            let class = checked(owner, tuple::items(args).first().copied())?;
            let rest = tuple::from_slice(tuple::items(args).get(1..).unwrap_or_default())?;
            let Some(tp_new) = owner.fields().tp_new else { return Err(no_instances(owner)) };
            let keywords = keywords.map_or(core::ptr::null_mut(), |keywords| keywords.as_ptr());
            let made = Ref::from_ptr(tp_new(class.as_ptr(), rest.as_obj().as_ptr(), keywords));
            made.ok_or_else(|| error::fetched_from_c("__new__"))
        };
        arguments(args, keywords).and_then(make).into_c()
    }
}

fn no_instances(class: Type<'_>) -> Raised {
    raise!(TypeError, "cannot create '{}' instances", class.name())
}

/// The first argument as a class that the type's `tp_new` can make objects of.
fn checked<'a>(owner: Type<'_>, class: Option<Obj<'a>>) -> Result<Type<'a>> {
    let name = owner.name();
    let Some(given) = class else { return Err(raise!(TypeError, "{name}.__new__(): not enough arguments")) };
    let Some(class) = given.as_type() else {
        return Err(raise!(TypeError, "{name}.__new__(X): X is not a type object ({})", given.class().name()));
    };
    let kind = class.name();
    if !class.is_subtype(owner) {
        return Err(raise!(TypeError, "{name}.__new__({kind}): {kind} is not a subtype of {name}"));
    }
    let value = |class: Type<'_>| class.fields().tp_new.map_or(core::ptr::null_mut(), |slot| slot as *mut c_void);
    // The nearest base whose `tp_new` is one of C's has to be the one that is called.
    let mut bases = core::iter::successors(Some(class), |class| class.base());
    match bases.find(|base| !slots::is_dispatched(value(*base))) {
        Some(base) if value(base).is_null() => Err(no_instances(class)),
        Some(base) if value(base) != value(owner) => {
            Err(raise!(TypeError, "{name}.__new__({kind}) is not safe, use {}.__new__()", base.name()))
        }
        _ => Ok(class),
    }
}
