//! The names by which dispatchers look methods up. A dispatcher knows a name by its place in the table, which is found
//! at compile time, and the `str` of a name is made once.

use crate::objects::str;
use crate::runtime::{Obj, Ref, Result};
use core::sync::atomic::{AtomicPtr, Ordering};

const COUNT: usize = 81;

/// Every name that a dispatcher calls.
#[rustfmt::skip]
const TEXTS: [&str; COUNT] = [
    "__abs__", "__add__", "__aiter__", "__and__", "__anext__", "__await__", "__bool__", "__buffer__", "__call__",
    "__contains__", "__del__", "__delattr__", "__delete__", "__delitem__", "__divmod__", "__eq__", "__float__",
    "__floordiv__", "__ge__", "__get__", "__getattr__", "__getattribute__", "__getitem__", "__gt__", "__hash__",
    "__iadd__", "__iand__", "__ifloordiv__", "__ilshift__", "__imatmul__", "__imod__", "__imul__", "__index__",
    "__init__", "__int__", "__invert__", "__ior__", "__ipow__", "__irshift__", "__isub__", "__iter__", "__itruediv__",
    "__ixor__", "__le__", "__len__", "__lshift__", "__lt__", "__matmul__", "__mod__", "__mul__", "__ne__", "__neg__",
    "__new__", "__next__", "__or__", "__pos__", "__pow__", "__radd__", "__rand__", "__rdivmod__", "__release_buffer__",
    "__repr__", "__rfloordiv__", "__rlshift__", "__rmatmul__", "__rmod__", "__rmul__", "__ror__", "__rpow__",
    "__rrshift__", "__rshift__", "__rsub__", "__rtruediv__", "__rxor__", "__set__", "__setattr__", "__setitem__",
    "__str__", "__sub__", "__truediv__", "__xor__",
];

static OBJECTS: [AtomicPtr<crate::abi::PyObject>; COUNT] = [const { AtomicPtr::new(core::ptr::null_mut()) }; COUNT];

/// The place of a name in the table. A name that is not there does not compile.
pub(super) const fn at(name: &str) -> usize {
    let mut i = 0;
    while i < COUNT {
        if same(TEXTS[i], name) {
            return i;
        }
        i += 1;
    }
    panic!("a dispatcher's name is in the table")
}

/// Whether two texts are equal, for code that runs at compile time.
pub(super) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// The name as an interned `str`, which is immortal.
#[inline]
pub(super) fn object<const NAME: usize>() -> Result<Obj<'static>> {
    // SAFETY: the place holds NULL or an interned `str`, which is immortal.
    match unsafe { Obj::from_ptr(OBJECTS[NAME].load(Ordering::Acquire)) } {
        Some(name) => Ok(name),
        None => make(NAME),
    }
}

#[cold]
#[inline(never)]
fn make(index: usize) -> Result<Obj<'static>> {
    let name: Ref = str::intern(str::from_str(TEXTS[index])?)?;
    OBJECTS[index].store(name.as_ptr(), Ordering::Release);
    // SAFETY: an interned `str` is immortal.
    Ok(unsafe { Obj::from_ptr_unchecked(name.into_ptr()) })
}
