//! `Include/object.h` and `Include/pyhash.h`: descriptions from which C has a type made, and of the hash.

use super::{Py_hash_t, Py_ssize_t};
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

/// A field of a struct sequence, as C describes it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct PyStructSequence_Field {
    /// The name, `PyStructSequence_UnnamedField`, or NULL after the last field.
    pub name: *const c_char,
    /// Documentation, or NULL.
    pub doc: *const c_char,
}

/// The description of a struct sequence by C.
#[repr(C)]
#[derive(Debug)]
pub struct PyStructSequence_Desc {
    /// The name of the class, after the module's name and a dot.
    pub name: *const c_char,
    /// Documentation, or NULL.
    pub doc: *const c_char,
    /// The fields, which end with one whose name is NULL.
    pub fields: *mut PyStructSequence_Field,
    /// The number of fields that are items of the tuple.
    pub n_in_sequence: c_int,
}

/// The algorithm by which strings are hashed.
#[repr(C)]
#[derive(Debug)]
pub struct PyHash_FuncDef {
    /// The function that hashes bytes.
    pub hash: Option<unsafe extern "C" fn(bytes: *const c_void, length: Py_ssize_t) -> Py_hash_t>,
    /// Its name.
    pub name: *const c_char,
    /// The size of a hash in bits.
    pub hash_bits: c_int,
    /// The size of the key in bits.
    pub seed_bits: c_int,
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
/// The slot that destroys an instance.
pub(crate) const Py_tp_dealloc: c_int = 52;
/// The slot of the table of methods.
pub(crate) const Py_tp_methods: c_int = 64;
/// The slot of the repr.
pub(crate) const Py_tp_repr: c_int = 66;
/// The slot by which the collector visits references.
pub(crate) const Py_tp_traverse: c_int = 71;
