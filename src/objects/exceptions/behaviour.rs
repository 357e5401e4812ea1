//! The slots and tables by which classes of exceptions differ.

use super::instance::PLAIN;
use super::layout::Instance;
use crate::abi::*;
use crate::objects::slots;

/// The slots and tables of a class. Derived classes without an entry in [`own_behaviour`] inherit the slots.
#[derive(Clone, Copy)]
pub(super) struct Behaviour {
    pub size: usize,
    pub dealloc: destructor,
    pub traverse: traverseproc,
    pub clear: inquiry,
    pub new: newfunc,
    pub init: initproc,
    pub str: reprfunc,
    pub repr: reprfunc,
    pub methods: *mut PyMethodDef,
    pub members: *mut PyMemberDef,
    pub getset: *mut PyGetSetDef,
}

impl Behaviour {
    /// The behaviour of `BaseException` for instances of another layout.
    pub const fn of_layout<L: Instance>() -> Self {
        Behaviour {
            size: size_of::<L>(),
            dealloc: slots::dealloc::<L>(),
            traverse: slots::traverse::<L>(),
            clear: slots::clear::<L>(),
            ..PLAIN
        }
    }

    /// The behaviour that a derived class inherits: the slots, without the tables of attributes.
    pub const fn without_tables(self) -> Self {
        let (methods, members, getset) = (core::ptr::null_mut(), core::ptr::null_mut(), core::ptr::null_mut());
        Behaviour { methods, members, getset, ..self }
    }
}
