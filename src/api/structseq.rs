//! `Include/structseq.h`: tuples whose items have names.

use crate::abi::{Py_ssize_t, PyObject, PyStructSequence_Desc, PyTupleObject, PyTypeObject};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, Given, IntoC, Obj, Own, TypeArg};
use crate::types::struct_sequence::{self, Description};
use core::ffi::c_int;

/// Makes a class of struct sequences: a new reference, or NULL with an error set.
///
/// # Safety
/// `desc` is a description whose fields end with one without a name, and whose texts live as long as the class.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_NewType(desc: *mut PyStructSequence_Desc) -> *mut PyTypeObject {
    // SAFETY: C promises the description.
    let desc = unsafe { Description::from_ptr(desc) }.ok_or_else(|| bad_argument("PyStructSequence_NewType"));
    desc.and_then(struct_sequence::new_type).into_c().cast()
}

/// Makes a static type, which is all zero, a class of struct sequences: 0, or -1 with an error set.
///
/// # Safety
/// `type_` is a type all of whose fields are zero, and `desc` is as for [`PyStructSequence_NewType`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_InitType2(type_: TypeArg, desc: *mut PyStructSequence_Desc) -> c_int {
    // SAFETY: C promises the type and the description.
    unsafe {
        let given = type_.zip(Description::from_ptr(desc)).ok_or_else(|| bad_argument("PyStructSequence_InitType2"));
        given.and_then(|(class, desc)| struct_sequence::init_type(class, desc)).into_c()
    }
}

/// [`PyStructSequence_InitType2`] without a result: an error stays set.
///
/// # Safety
/// See [`PyStructSequence_InitType2`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_InitType(type_: TypeArg, desc: *mut PyStructSequence_Desc) {
    // SAFETY: C promises the type and the description.
    unsafe { PyStructSequence_InitType2(type_, desc) };
}

/// An instance of a class of struct sequences, whose items are NULL until the caller sets them: a new reference, or
/// NULL with an error set, TypeError for another class.
#[unsafe(no_mangle)]
pub extern "C" fn PyStructSequence_New(type_: TypeArg) -> *mut PyObject {
    let class = type_.ok_or_else(|| bad_argument("PyStructSequence_New"));
    class.and_then(struct_sequence::new).map(Own::into_ref).into_c()
}

/// Puts an object into a field of a new struct sequence, which takes over the reference. Nothing is checked but that it
/// is a tuple with such a field.
#[unsafe(no_mangle)]
pub extern "C" fn PyStructSequence_SetItem(op: Arg, index: Py_ssize_t, value: Given) {
    let sequence = op.and_then(Obj::downcast::<PyTupleObject>);
    if let (Some(sequence), Ok(index), Some(value)) = (sequence, usize::try_from(index), value) {
        struct_sequence::set(sequence, index, value);
    }
}

/// The object in a field of a struct sequence: a borrowed reference, or NULL for an empty field and for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyStructSequence_GetItem(op: Arg, index: Py_ssize_t) -> *mut PyObject {
    let sequence = op.and_then(Obj::downcast::<PyTupleObject>);
    let place = sequence.zip(usize::try_from(index).ok());
    place.and_then(|(sequence, index)| struct_sequence::peek(sequence, index)).unwrap_or(core::ptr::null_mut())
}
