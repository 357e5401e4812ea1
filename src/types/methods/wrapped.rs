//! The objects of `classmethod` and `staticmethod`, whose types are above: a callable, and attributes.

use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, Type, gc, instance, known};
use core::marker::PhantomData;

/// A callable and the attributes of the object around it. The layout of both types.
#[repr(C)]
#[derive(Debug)]
pub struct Wrapped<K> {
    ob_base: PyObject,
    pub(super) callable: *mut PyObject,
    pub(super) attributes: *mut PyObject,
    kind: PhantomData<fn() -> K>,
}

/// A new object of one of the two types, or of one made from it.
pub(super) fn new(class: Type<'_>, callable: Obj<'_>) -> Result<Ref> {
    // SAFETY: the new object is whole, has this layout, and this is the only reference to it.
    let made = unsafe {
        let o = instance::allocate(class, 0)?;
        (*o.cast::<Wrapped<()>>().as_ptr()).callable = callable.to_ref().into_ptr();
        Ref::from_ptr_unchecked(o.as_ptr())
    };
    gc::track(made.borrow());
    Ok(made)
}

/// A new static method (CPython: `PyStaticMethod_New`).
pub fn new_static(callable: Obj<'_>) -> Result<Ref> {
    new(known::STATIC_METHOD, callable)
}
