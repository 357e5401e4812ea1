//! The iterator of `iter(function, sentinel)`: the results of a function, until one is equal to the sentinel.

use super::made;
use crate::abi::*;
use crate::objects::slots::{self, Owner};
use crate::objects::{call, class_defaults};
use crate::protocol::compare;
use crate::runtime::{Cells, Field, Layout, Obj, Ref, Result, View, error};
use core::mem::offset_of;

/// The object, with CPython's fields. Both are NULL after the end.
#[repr(C)]
#[derive(Debug)]
pub struct CallableIteratorObject {
    ob_base: PyObject,
    function: Field,
    sentinel: Field,
}

static_type! {
    /// The type of the iterators of `iter(function, sentinel)`.
    pub PyCallIter_Type as CALLABLE_ITERATOR = PyTypeObject {
        tp_name: c"callable_iterator".as_ptr(),
        tp_basicsize: size_of::<CallableIteratorObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<CallableIteratorObject>(),
        tp_traverse: slots::traverse::<CallableIteratorObject>(),
        tp_iter: class_defaults::ITSELF,
        tp_iternext: slots::unary(next),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

// SAFETY: instances of the type have this layout, and no class is derived from it.
unsafe impl Layout for CallableIteratorObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(CALLABLE_ITERATOR)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for CallableIteratorObject {}

// SAFETY: the object owns its function and its sentinel.
unsafe impl Owner for CallableIteratorObject {
    const FIELDS: &'static [usize] =
        &[offset_of!(CallableIteratorObject, function), offset_of!(CallableIteratorObject, sentinel)];
}

/// A new iterator over the results of a function (CPython: `PyCallIter_New`).
pub fn new(function: Obj<'_>, sentinel: Obj<'_>) -> Result<Ref> {
    made(CALLABLE_ITERATOR, |fields: &CallableIteratorObject| {
        fields.function.set(Some(function.to_ref()));
        fields.sentinel.set(Some(sentinel.to_ref()));
    })
}

fn next(this: View<'_, CallableIteratorObject>) -> Result<Option<Ref>> {
    let fields = this.cells();
    let Some(function) = fields.function.get() else { return Ok(None) };
    let end = || {
        fields.function.set(None);
        fields.sentinel.set(None);
    };
    match call::vectorcall(function.borrow(), &[], None) {
        Ok(result) => {
            // The function may have ended the iterator.
            let Some(sentinel) = fields.sentinel.get() else { return Ok(None) };
            if !compare::equal(sentinel.borrow(), result.borrow())? {
                return Ok(Some(result));
            }
            end();
            Ok(None)
        }
        Err(_) if error::pending_is(Exc::StopIteration) => {
            error::clear();
            end();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}
