//! `Include/object.h`: the description from which C has a type made.

use core::ffi::{c_char, c_int, c_uint, c_void};

/// One part of a description (16 bytes); a table ends at slot 0.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyType_Slot {
    /// The number of the slot, as in `typeslots.h`.
    pub slot: c_int,
    /// The slot's value.
    pub pfunc: *mut c_void,
}

/// The description of a type (32 bytes).
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyType_Spec {
    /// The name, after the module's name and a dot.
    pub name: *const c_char,
    /// The size of an instance; 0 for the base's, and negative for a number of bytes after the base's.
    pub basicsize: c_int,
    /// The size of an item of an instance with a number of items.
    pub itemsize: c_int,
    /// A combination of the `Py_TPFLAGS_*` constants.
    pub flags: c_uint,
    /// The slots.
    pub slots: *mut PyType_Slot,
}

/// The slot of the base.
pub(crate) const Py_tp_base: c_int = 48;
/// The slot of the tuple of bases.
pub(crate) const Py_tp_bases: c_int = 49;
/// The slot of the documentation.
pub(crate) const Py_tp_doc: c_int = 56;
/// The slot of the table of members.
pub(crate) const Py_tp_members: c_int = 72;
/// The slot of the token, by which a class is found among the bases of another.
pub(crate) const Py_tp_token: c_int = 83;
/// The slot that makes an instance.
pub(crate) const Py_tp_new: c_int = 65;
/// The slot that sets an attribute.
pub(crate) const Py_tp_setattro: c_int = 69;
