//! Special methods: those that an object has in its class, whatever its own attributes are (CPython:
//! `_PyObject_LookupSpecial`).

use super::{call, class_lookup, str};
use crate::abi::Py_TPFLAGS_METHOD_DESCRIPTOR;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result};

/// The special method in the class of an object, not bound to the object yet; `None`, without an error, when it is
/// missing.
pub fn find(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    class_lookup::in_class(o.class(), str::intern(str::from_str(name)?)?.borrow())
}

/// Calls a special method that [`find`] has found.
pub fn call_found(method: Ref, o: Obj<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    // Such a method takes the object as its first argument, and needs no bound method.
    if method.borrow().has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) {
        let mut all: Array<Obj<'_>> = Array::new_in(Malloc);
        memory::reserve(&mut all, arguments.len() + 1)?;
        memory::fill(&mut all, core::iter::once(o).chain(arguments.iter().copied()));
        return call::vectorcall(method.borrow(), &all, None);
    }
    call::vectorcall(class_lookup::bind(method, o)?.borrow(), arguments, None)
}

/// Calls a special method of an object; `None`, without an error, when its class has none.
pub fn call(o: Obj<'_>, name: &str, arguments: &[Obj<'_>]) -> Result<Option<Ref>> {
    find(o, name)?.map(|method| call_found(method, o, arguments)).transpose()
}
