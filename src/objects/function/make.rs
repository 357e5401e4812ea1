//! Making a C function from its definition.

use super::{conventions, name};
use crate::abi::*;
use crate::runtime::known::{FUNCTION, METHOD};
use crate::runtime::{Obj, Ref, Result, Type, gc, instance, raise};

/// A new C function (CPython: `PyCMethod_New`). SystemError for flags that name no calling convention, for a class
/// without `METH_METHOD`, or for that flag without a class.
///
/// # Safety
/// `definition` is valid for as long as the function lives, and its `ml_meth` has the signature that its flags name.
pub unsafe fn new(
    definition: *mut PyMethodDef,
    this: Option<Obj<'_>>,
    module: Option<Obj<'_>>,
    class: Option<Type<'_>>,
) -> Result<Ref> {
    // SAFETY: the definition is valid for as long as the function lives, as the caller promises.
    let row = unsafe { &*definition };
    let Some(convention) = conventions::of::<PyCFunctionObject>(row.ml_flags) else {
        return Err(raise!(SystemError, "{}() method: bad call flags", name(row)));
    };
    let kind = match (row.ml_flags & METH_METHOD != 0, class) {
        (true, None) => {
            return Err(raise!(SystemError, "attempting to create PyCMethod with a METH_METHOD flag but no class"));
        }
        (false, Some(_)) => {
            return Err(raise!(SystemError, "attempting to create PyCFunction with class but no METH_METHOD flag"));
        }
        (true, Some(_)) => METHOD,
        (false, None) => FUNCTION,
    };
    let o = instance::allocate(kind, 0)?;
    let own = |o: Option<Obj<'_>>| o.map_or(core::ptr::null_mut(), |o| o.to_ref().into_ptr());
    // SAFETY: the new instance has one of the two layouts, and the class field is written only for a method.
    unsafe {
        let fields = o.cast::<PyCFunctionObject>().as_ptr();
        (*fields).m_ml = definition;
        (*fields).m_self = own(this);
        (*fields).m_module = own(module);
        (*fields).vectorcall = convention;
        if let Some(class) = class {
            (*o.cast::<PyCMethodObject>().as_ptr()).mm_class = class.as_obj().to_ref().into_ptr().cast();
        }
        let function = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(function.borrow());
        Ok(function)
    }
}
