//! Calling a class with an array of arguments (CPython: `tp_vectorcall` of a type). The classes that have it in CPython have
//! it here: a call with a dict of keywords becomes one with their names on the way, which checks that they are strings.

use crate::abi::*;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, dict};
use crate::runtime::{IntoC, Obj, Own, Ref, Result};
use core::ffi::c_void;

/// The check of a class before it is called.
pub trait Entry {
    /// An error about the arguments by position, or about names for others, of which there are so many. `None` is no tuple
    /// of names at all.
    fn check(_positional: &[Obj<'_>], _names: Option<usize>) -> Result<()> {
        Ok(())
    }
}

/// A class whose constructor checks its arguments itself.
pub enum Plain {}

impl Entry for Plain {}

/// `tp_vectorcall` of a class.
///
/// # Safety
/// The vectorcall protocol: a class, as many arguments as are counted and named, names that are NULL or a tuple.
pub unsafe extern "C" fn enter_slot<E: Entry>(
    class: *mut PyObject,
    arguments: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    let positional = count & !PY_VECTORCALL_ARGUMENTS_OFFSET;
    // SAFETY: the protocol; an `Obj` is a pointer, and the array may be missing when there is nothing in it.
    unsafe {
        let names = Obj::from_ptr(names).and_then(Obj::downcast);
        let all: &[Obj<'_>] = match positional + names.map_or(0, tuple::len) {
            0 => &[],
            length => core::slice::from_raw_parts(arguments.cast::<c_void>().cast(), length),
        };
        let (positional, named) = all.split_at(positional);
        E::check(positional, names.map(tuple::len))
            .and_then(|()| enter(Obj::from_ptr_unchecked(class), positional, named, names))
            .into_c()
    }
}

/// Calls a class with a tuple and perhaps a dict.
fn enter(class: Obj<'_>, positional: &[Obj<'_>], named: &[Obj<'_>], names: Option<Tuple<'_>>) -> Result<Ref> {
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
    call::go_deeper()?;
    super::call(class, tuple::from_slice(positional)?.borrow(), keywords.as_ref().map(Own::borrow))
}
