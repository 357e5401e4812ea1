//! `tp_bases` and `tp_mro` of static types: tuples that are complete at compile time, as the types are.

use crate::abi::*;
use crate::runtime::known;
use core::mem::offset_of;

/// A static tuple of at most `N` classes, with a collector's head before it.
pub type Classes<const N: usize> = Headed<ClassTuple<N>>;

/// `tuple`, with room for `N` classes.
#[repr(C)]
#[derive(Debug)]
pub struct ClassTuple<const N: usize> {
    head: PyVarObject,
    hash: Py_hash_t,
    classes: [*mut PyTypeObject; N],
}

const _: () = assert!(
    offset_of!(ClassTuple<1>, hash) == offset_of!(PyTupleObject, ob_hash)
        && offset_of!(ClassTuple<1>, classes) == offset_of!(PyTupleObject, ob_item)
);

/// A tuple of the classes of the array up to the first NULL.
pub const fn classes<const N: usize>(classes: [*mut PyTypeObject; N]) -> Classes<N> {
    let mut length = 0;
    while length < N && !classes[length].is_null() {
        length += 1;
    }
    let head = PyVarObject::immortal(known::TUPLE.as_ptr(), length as Py_ssize_t);
    Headed::new(ClassTuple { head, hash: -1, classes })
}

/// A static tuple, as the field of a type object holds it.
pub const fn pointer<const N: usize>(classes: *mut Classes<N>) -> *mut PyObject {
    classes.wrapping_byte_add(offset_of!(Classes<N>, object)).cast()
}

static mut OBJECT: Classes<1> = classes([known::OBJECT.as_ptr()]);

/// `tp_bases` of a class made from `object` alone.
pub const OBJECT_ALONE: *mut PyObject = pointer(&raw mut OBJECT);

/// The class, with this `tp_mro` if it has none.
pub const fn complete(mut class: PyTypeObject, order: *mut PyObject) -> PyTypeObject {
    if class.tp_mro.is_null() {
        class.tp_mro = order;
    }
    class
}
