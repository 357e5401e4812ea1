//! `Include/weakrefobject.h`: weak references and proxies, and the end of the objects they refer to.

use super::required;
use crate::abi::PyObject;
use crate::objects::weakref;
use crate::runtime::known::{NONE, WEAK_REFERENCE};
use crate::runtime::refusal::bad_argument;
use crate::runtime::weak::{self, Weak};
use crate::runtime::{Arg, IntoC, Obj, OutObject, Result, raise};
use core::ffi::c_int;

/// A weak reference to `o`: a new reference, or NULL with TypeError when the type of `o` supports none, SystemError for
/// NULL. `callback` is called with it when `o` dies; NULL and None mean none. Without a callback there is only one for
/// each object.
#[unsafe(no_mangle)]
pub extern "C" fn PyWeakref_NewRef(o: Arg, callback: Arg) -> *mut PyObject {
    required(o, "PyWeakref_NewRef").and_then(|o| weakref::new(WEAK_REFERENCE, o, callback)).into_c()
}

/// A proxy of `o`, which is used like `o` itself: a new reference, or NULL as from `PyWeakref_NewRef`.
#[unsafe(no_mangle)]
pub extern "C" fn PyWeakref_NewProxy(o: Arg, callback: Arg) -> *mut PyObject {
    required(o, "PyWeakref_NewProxy").and_then(|o| weakref::new_proxy(o, callback)).into_c()
}

/// The object of a weak reference or proxy. Returns 1 with a new reference in `*object`, 0 with NULL there when the
/// object is dead, -1 with NULL there and TypeError for another object, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyWeakref_GetRef(reference: Arg, object: OutObject) -> c_int {
    let Some(reference) = reference else {
        object.hand_out(None);
        return Result::<()>::Err(bad_argument("PyWeakref_GetRef")).into_c();
    };
    let Some(reference) = weak::reference(reference) else {
        object.hand_out(None);
        return Result::<()>::Err(raise!(TypeError, "expected a weakref")).into_c();
    };
    let found = reference.referent();
    let is_alive = found.is_some();
    object.hand_out(found);
    is_alive.into()
}

/// The object of a weak reference or proxy: a borrowed reference, or None when the object is dead. NULL with
/// SystemError for another object or NULL. The object may die at any time: `PyWeakref_GetRef` is better.
#[unsafe(no_mangle)]
pub extern "C" fn PyWeakref_GetObject(reference: Arg) -> *mut PyObject {
    match reference.and_then(weak::reference) {
        Some(reference) => reference.referent().map_or(NONE.as_ptr(), |o| o.as_ptr()),
        None => Result::<Obj<'_>>::Err(bad_argument("PyWeakref_GetObject")).into_c(),
    }
}

/// Whether the object of a weak reference or proxy is dead: 1 or 0, or -1 with TypeError for another object,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyWeakref_IsDead(reference: Arg) -> c_int {
    let Some(o) = reference else { return Result::<bool>::Err(bad_argument("PyWeakref_IsDead")).into_c() };
    let reference = weak::reference(o).ok_or_else(|| raise!(TypeError, "expected a weakref, got {}", o.class().name()));
    reference.map(Weak::is_dead).into_c()
}

/// Clears the weak references to an object, and calls their callbacks: a step of the `tp_dealloc` of a type that
/// supports weak references. Errors of callbacks are reported and dropped, and the error indicator does not change.
/// SystemError, without an effect, for an object that is alive or whose type supports none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_ClearWeakRefs(o: Arg) {
    match o.filter(|o| weak::supports(*o) && o.refcnt() == 0) {
        Some(o) if weak::first(o).is_some() => weakref::end_of(o),
        Some(_) => {}
        None => drop(Result::<()>::Err(bad_argument("PyObject_ClearWeakRefs"))),
    }
}

/// Clears the weak references to an object without a call of their callbacks. NULL is fine, and so is an object whose
/// type supports none. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Object_ClearWeakRefsNoCallbacks(o: Arg) {
    if let Some(o) = o {
        weak::clear_each(o, |_| {});
    }
}
