//! Calling a class: how an instance is made, and the fast path with an array of arguments (CPython: `tp_vectorcall` of
//! a type). The classes that have a `tp_vectorcall` in CPython have it here. A call with a dict of keywords is turned
//! into one with a tuple of names, which checks that they are strings.

use crate::abi::*;
use crate::objects::call;
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::{self, Tuple};
use crate::protocol::callable;
use crate::runtime::{IntoC, Obj, Own, Ref, Result, Type, error, raise};
use core::ffi::c_void;

/// Calls a class that is not `type` (CPython: the second half of `type.__call__`): `tp_new` makes the object, and
/// `tp_init` initialises it if it is an instance of the class.
pub fn instantiate(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let Some(tp_new) = class.fields().tp_new else {
        return Err(raise!(TypeError, "cannot create '{}' instances", class.name()));
    };
    let keywords = keywords.map_or(core::ptr::null_mut(), |keywords| keywords.as_ptr());
    // SAFETY: the slot belongs to the class. It gets a class, a tuple, and a dict or NULL.
    let made = unsafe { Ref::from_ptr(tp_new(class.as_ptr(), arguments.as_ptr(), keywords)) };
    let made = call::check_result(class.as_obj(), made)?;
    let kind = made.borrow().class();
    if kind.is_subtype(class)
        && let Some(tp_init) = kind.fields().tp_init
    {
        // SAFETY: the slot belongs to the new object's type. It gets the object, a tuple, and a dict or NULL.
        if unsafe { tp_init(made.as_ptr(), arguments.as_ptr(), keywords) } < 0 {
            return Err(error::fetched_from_c("__init__"));
        }
    }
    Ok(made)
}

/// A call of a class with an array of arguments.
pub trait Entry {
    /// Checks the positional arguments, and the number of keyword names. `None` means that there is no tuple of names.
    fn check(_positional: &[Obj<'_>], _names: Option<usize>) -> Result<()> {
        Ok(())
    }

    /// Makes the result of the call.
    fn call(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
        instantiate(class, arguments, keywords)
    }
}

/// A class whose constructor checks its arguments itself.
pub enum Plain {}

impl Entry for Plain {}

/// `tp_vectorcall` of a class.
///
/// # Safety
/// The vectorcall protocol: `class` is a class, the array has as many arguments as are counted and named, and `names`
/// is NULL or a tuple.
pub unsafe extern "C" fn enter_slot<E: Entry>(
    class: *mut PyObject,
    arguments: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    let positional = count & !PY_VECTORCALL_ARGUMENTS_OFFSET;
    // SAFETY: the protocol promises that many arguments. An `Obj` is a pointer, and the array may be NULL without
    // arguments.
    unsafe {
        let names = Obj::from_ptr(names).and_then(Obj::downcast);
        let all: &[Obj<'_>] = match positional + names.map_or(0, tuple::len) {
            0 => &[],
            length => core::slice::from_raw_parts(arguments.cast::<c_void>().cast(), length),
        };
        let (positional, named) = all.split_at(positional);
        E::check(positional, names.map(tuple::len))
            .and_then(|()| enter::<E>(Type::from_ptr_unchecked(class.cast()), positional, named, names))
            .into_c()
    }
}

/// Calls a class with a tuple and optionally a dict.
fn enter<E: Entry>(
    class: Type<'_>,
    positional: &[Obj<'_>],
    named: &[Obj<'_>],
    names: Option<Tuple<'_>>,
) -> Result<Ref> {
    let keywords = match names {
        Some(names) if !named.is_empty() => {
            let keywords = dict::new()?;
            for (name, value) in tuple::items(names).iter().zip(named) {
                dict::set(keywords.borrow(), *name, *value)?;
            }
            Some(keywords)
        }
        _ => None,
    };
    callable::go_deeper()?;
    E::call(class, tuple::from_slice(positional)?.borrow(), keywords.as_ref().map(Own::borrow))
}
