//! Callable objects, as far as no arguments have to be packed: the check for one, and its vectorcall function.

use crate::abi::{Py_TPFLAGS_HAVE_VECTORCALL, vectorcallfunc};
use crate::runtime::{Obj, Result, stack};

/// Whether the object can be called (CPython: `PyCallable_Check`).
pub fn is_callable(o: Obj<'_>) -> bool {
    o.class().fields().tp_call.is_some()
}

/// The vectorcall function of a callable, if it has one (CPython: `PyVectorcall_Function`).
pub fn vectorcall_function(callable: Obj<'_>) -> vectorcallfunc {
    let class = callable.class();
    if !class.has_flag(Py_TPFLAGS_HAVE_VECTORCALL) {
        return None;
    }
    // SAFETY: instances of a type with this flag keep the function, or NULL, at the offset that the type states.
    unsafe { callable.as_ptr().byte_offset(class.fields().tp_vectorcall_offset).cast::<vectorcallfunc>().read() }
}

/// Bounds the depth of calls: of those through `tp_call`, as CPython does, and of all C functions. CPython lets
/// `METH_FASTCALL` functions overflow the stack.
pub fn go_deeper() -> Result<()> {
    stack::enter(" while calling a Python object")
}
