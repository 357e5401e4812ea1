//! Weak references as lists: an object of a type that supports them has a field with the first reference to it, and
//! each links to the next. The list does not own them.

use super::known;
use super::reference::{Field, Obj, Ref, Type};
use crate::abi::{_Py_TPFLAGS_STATIC_BUILTIN, PyWeakReference};
use core::cell::Cell;
use core::ptr::{NonNull, null_mut};

/// The field of an object with the first weak reference to it; `None` when its type supports none.
fn list<'a>(o: Obj<'a>) -> Option<&'a Cell<*mut PyWeakReference>> {
    let offset = o.class().fields().tp_weaklistoffset;
    // SAFETY: at this offset, which is negative for a field before the object, the instances of the type have such a
    // field. A cell has the layout of its value, and allows that C writes to it too.
    (offset != 0).then(|| unsafe { &*o.as_ptr().byte_offset(offset).cast() })
}

/// A weak reference of any kind, with its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Weak<'a>(NonNull<PyWeakReference>, core::marker::PhantomData<&'a PyWeakReference>);

impl<'a> Weak<'a> {
    /// Takes an object for a weak reference.
    ///
    /// # Safety
    /// The object begins with the fields of a weak reference.
    pub const unsafe fn of(o: Obj<'a>) -> Self {
        // SAFETY: an object is not NULL.
        Weak(unsafe { NonNull::new_unchecked(o.cast()) }, core::marker::PhantomData)
    }

    /// The reference as an object.
    pub fn as_obj(self) -> Obj<'a> {
        // SAFETY: the reference is an object that lives for 'a.
        unsafe { Obj::from_ptr_unchecked(self.0.as_ptr().cast()) }
    }

    /// The object that it refers to, as a new reference; `None` when that is dead, or is being destroyed.
    #[inline]
    pub fn referent(self) -> Option<Ref> {
        self.object().filter(|o| o.refcnt() > 0).map(Obj::to_ref)
    }

    /// The object that it refers to, which may be about to be destroyed.
    fn object(self) -> Option<Obj<'a>> {
        // SAFETY: the field is None or an object that is not freed: the reference is cleared before that.
        let o = unsafe { Obj::from_ptr_unchecked((*self.0.as_ptr()).wr_object) };
        (!o.is(known::NONE)).then_some(o)
    }

    /// Whether it was cleared.
    pub fn is_dead(self) -> bool {
        self.referent().is_none()
    }

    /// The field with the callback.
    pub fn callback(self) -> &'a Field {
        // SAFETY: the field lives as long as the reference, and owns the callback.
        unsafe { Field::at(&raw mut (*self.0.as_ptr()).wr_callback) }
    }

    /// Clears it: it refers to no object from now on, and is in no list. Its callback stays.
    pub fn clear(self) {
        let Some(o) = self.object() else { return };
        let this = self.0.as_ptr();
        // SAFETY: the reference is in the list of its object, so its neighbours are weak references too.
        unsafe {
            let (next, previous) = ((*this).wr_next, (*this).wr_prev);
            if let Some(list) = list(o).filter(|list| list.get() == this) {
                list.set(next);
            }
            (*this).wr_object = known::NONE.as_ptr();
            if let Some(previous) = previous.as_mut() {
                previous.wr_next = next;
            }
            if let Some(next) = next.as_mut() {
                next.wr_prev = previous;
            }
            (*this).wr_next = null_mut();
            (*this).wr_prev = null_mut();
        }
    }

    /// The reference after it in the list.
    fn next(self) -> Option<Self> {
        // SAFETY: the field of a live reference is NULL or another reference in the list.
        NonNull::new(unsafe { (*self.0.as_ptr()).wr_next }).map(|next| Weak(next, core::marker::PhantomData))
    }

    /// Puts a new reference into the list of an object, after another one or first.
    ///
    /// # Safety
    /// The reference is in no list, the other one is in the list of the object, and the object's type supports weak
    /// references.
    pub unsafe fn insert(self, o: Obj<'_>, after: Option<Weak<'_>>) {
        let Some(list) = list(o) else { return };
        let this = self.0.as_ptr();
        // SAFETY: the neighbours are in the list, so they are weak references.
        unsafe {
            (*this).wr_object = o.as_ptr();
            let next = after.map_or(list.get(), |after| (*after.0.as_ptr()).wr_next);
            (*this).wr_next = next;
            (*this).wr_prev = after.map_or(null_mut(), |after| after.0.as_ptr());
            if let Some(next) = next.as_mut() {
                next.wr_prev = this;
            }
            match after {
                Some(after) => (*after.0.as_ptr()).wr_next = this,
                None => list.set(this),
            }
        }
    }
}

/// Whether an object can have weak references.
pub fn supports(o: Obj<'_>) -> bool {
    list(o).is_some()
}

/// The first weak reference to an object.
pub fn first<'a>(o: Obj<'a>) -> Option<Weak<'a>> {
    NonNull::new(list(o)?.get()).map(|first| Weak(first, core::marker::PhantomData))
}

/// The weak references to an object.
pub fn all<'a>(o: Obj<'a>) -> impl Iterator<Item = Weak<'a>> {
    core::iter::successors(first(o), |weak| weak.next())
}

/// The weak reference that an object is, if it is one.
pub fn reference(o: Obj<'_>) -> Option<Weak<'_>> {
    // SAFETY: an object of these types begins with the fields of a weak reference.
    is_reference(o).then(|| unsafe { Weak::of(o) })
}

fn is_reference(o: Obj<'_>) -> bool {
    const BUILT_IN: [Type<'static>; 3] = [known::WEAK_REFERENCE, known::PROXY, known::CALLABLE_PROXY];
    BUILT_IN.into_iter().any(|class| o.is_exactly(class))
        || (!o.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) && o.is_a(known::WEAK_REFERENCE))
}

/// Clears all weak references to an object, and calls `look` with each that was cleared.
pub fn clear_each(o: Obj<'_>, mut look: impl FnMut(Weak<'_>)) {
    while let Some(weak) = first(o) {
        weak.clear();
        look(weak);
    }
}

/// Clears the weak references to an object that is being destroyed. Returns those that have a callback and are alive
/// themselves.
pub fn clear_dying(o: Obj<'_>) -> Cleared {
    let mut cleared = Cleared { first: null_mut(), last: null_mut() };
    clear_each(o, |weak| cleared.push(weak));
    cleared
}

/// Weak references that were cleared, with their callbacks. No memory is needed, because two fields of a cleared
/// reference are unused: here `wr_next` owns the next reference, and `wr_prev` the callback.
#[derive(Debug)]
pub struct Cleared {
    first: *mut PyWeakReference,
    last: *mut PyWeakReference,
}

impl Cleared {
    fn push(&mut self, weak: Weak<'_>) {
        if weak.as_obj().refcnt() == 0 {
            return;
        }
        let Some(callback) = weak.callback().replace(None) else { return };
        let added = weak.as_obj().to_ref().into_ptr().cast::<PyWeakReference>();
        // SAFETY: both references are alive, because the chain owns them, and these fields of them are unused.
        unsafe {
            (*added).wr_prev = callback.into_ptr().cast();
            match self.last.as_mut() {
                Some(last) => last.wr_next = added,
                None => self.first = added,
            }
        }
        self.last = added;
    }
}

impl Iterator for Cleared {
    /// A reference, and its callback, which it no longer has.
    type Item = (Ref, Ref);

    fn next(&mut self) -> Option<(Ref, Ref)> {
        let first = NonNull::new(self.first)?.as_ptr();
        // SAFETY: the chain owns its first reference, and that the next one and the callback. They are taken over here.
        unsafe {
            self.first = core::mem::replace(&mut (*first).wr_next, null_mut());
            let callback = core::mem::replace(&mut (*first).wr_prev, null_mut());
            Some((Ref::from_ptr_unchecked(first.cast()), Ref::from_ptr_unchecked(callback.cast())))
        }
    }
}

impl Drop for Cleared {
    fn drop(&mut self) {
        self.for_each(drop);
    }
}
