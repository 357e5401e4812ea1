//! `weakref.ReferenceType` and proxies: references to an object that do not keep it alive. The lists of an object's
//! references are in `runtime::weak`.

pub mod proxy;
mod report;
pub mod type_object;

pub use report::{When, call_back};

use crate::abi::*;
use crate::protocol::{callable, hash};
use crate::runtime::known::{CALLABLE_PROXY, PROXY, WEAK_REFERENCE};
use crate::runtime::refusal;
use crate::runtime::weak::{self, Weak};
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, error, gc, instance, raise};

/// A borrowed weak reference or proxy.
pub type WeakRef<'a> = View<'a, PyWeakReference>;

// SAFETY: objects of the types of references and proxies begin with this layout.
unsafe impl Layout for PyWeakReference {
    fn check(o: Obj<'_>) -> bool {
        weak::reference(o).is_some()
    }
}

/// The fields of a weak reference.
fn weak_of<'a>(reference: WeakRef<'a>) -> Weak<'a> {
    // SAFETY: the view is of an object with this layout.
    unsafe { Weak::of(reference.as_obj()) }
}

/// Whether objects of a class are proxies.
fn is_proxy_class(class: Type<'_>) -> bool {
    class == PROXY || class == CALLABLE_PROXY
}

/// The references of an object that are made only once: the first of its list, without callbacks and of exactly the
/// built-in types.
#[derive(Debug, Clone, Copy)]
struct Basic<'a> {
    reference: Option<Weak<'a>>,
    proxy: Option<Weak<'a>>,
}

impl<'a> Basic<'a> {
    fn of(o: Obj<'a>) -> Self {
        let mut plain = weak::all(o).take_while(|weak| weak.callback().is_null()).peekable();
        let reference = plain.next_if(|weak| weak.as_obj().is_exactly(WEAK_REFERENCE));
        let proxy = plain.next().filter(|weak| is_proxy_class(weak.as_obj().class()));
        Basic { reference, proxy }
    }

    /// The one that a new reference of a class without a callback would be equal to.
    fn reusable(self, class: Type<'_>) -> Option<Weak<'a>> {
        let known = if class == WEAK_REFERENCE {
            self.reference
        } else if is_proxy_class(class) {
            self.proxy
        } else {
            None
        };
        known.filter(|weak| weak.as_obj().refcnt() > 0)
    }
}

/// A weak reference of a class (CPython: `PyWeakref_NewRef`). A reference of a built-in type without a callback is made
/// only once for each object. TypeError when the object's type supports none.
pub fn new(class: Type<'_>, o: Obj<'_>, callback: Option<Obj<'_>>) -> Result<Ref> {
    if class != WEAK_REFERENCE && !is_proxy_class(class) && !class.is_subtype(WEAK_REFERENCE) {
        return Err(refusal::bad_argument("weakref"));
    }
    if !weak::supports(o) {
        return Err(raise!(TypeError, "cannot create weak reference to '{}' object", o.class().name()));
    }
    let callback = callback.filter(|callback| !callback.is(crate::runtime::known::NONE));
    if callback.is_none()
        && let Some(known) = Basic::of(o).reusable(class)
    {
        return Ok(known.as_obj().to_ref());
    }
    let made = make(class, callback)?;
    // Making it may have run code of the program, which may have made others.
    let basic = Basic::of(o);
    let is_reference = class == WEAK_REFERENCE;
    let after = match callback {
        None if is_reference => None,
        None if is_proxy_class(class) => basic.reference,
        _ => basic.proxy.or(basic.reference),
    };
    // SAFETY: the reference is new, and the other one is in the list of the object.
    unsafe { weak_of(made.borrow()).insert(o, after) };
    Ok(made.into_ref())
}

/// A new reference, that refers to no object yet.
fn make(class: Type<'_>, callback: Option<Obj<'_>>) -> Result<Own<PyWeakReference>> {
    let made = instance::allocate(class, 0)?.cast::<PyWeakReference>();
    // SAFETY: a new instance of a class with this layout, whose fields after the head are zero.
    unsafe {
        let fields = made.as_ptr();
        (*fields).wr_object = crate::runtime::known::NONE.as_ptr();
        (*fields).hash = -1;
        (*fields).vectorcall = Some(type_object::vectorcall);
        let made = Own::new_unchecked(Ref::from_ptr_unchecked(made.as_ptr().cast()));
        weak_of(made.borrow()).callback().set(callback.map(Obj::to_ref));
        gc::track(made.as_obj());
        Ok(made)
    }
}

/// A proxy of an object (CPython: `PyWeakref_NewProxy`).
pub fn new_proxy(o: Obj<'_>, callback: Option<Obj<'_>>) -> Result<Ref> {
    new(if callable::is_callable(o) { CALLABLE_PROXY } else { PROXY }, o, callback)
}

/// Clears the weak references to an object that is being destroyed, and calls their callbacks (CPython:
/// `PyObject_ClearWeakRefs`). The pending error stays.
#[cold]
pub fn end_of(o: Obj<'_>) {
    let mut cleared = weak::clear_dying(o).peekable();
    if cleared.peek().is_none() {
        return;
    }
    let pending = error::take();
    for (reference, callback) in cleared {
        call_back(reference.borrow(), callback.borrow(), When::Destruction);
    }
    error::put_back(pending);
}

/// The object of a weak reference (CPython: `PyWeakref_GetRef`).
pub fn referent(reference: WeakRef<'_>) -> Option<Ref> {
    weak_of(reference).referent()
}

/// The hash of a reference: that of its object, also when that is dead, if it was asked for before.
fn hash_of(reference: WeakRef<'_>) -> Result<isize> {
    // SAFETY: the view is of a live object with this layout.
    let known = unsafe { (*reference.fields()).hash };
    if known != -1 {
        return Ok(known);
    }
    let o = referent(reference).ok_or_else(|| raise!(TypeError, "weak object has gone away"))?;
    let hash = hash::hash(o.borrow())?;
    // SAFETY: the caller's reference keeps the object alive, also while the hash was computed.
    unsafe { (*reference.fields()).hash = hash };
    Ok(hash)
}
