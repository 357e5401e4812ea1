//! The references that objects of a type own, and the slots that visit, drop and free them.

use super::receiver;
use crate::abi::*;
use crate::runtime::{Field, Layout, View, gc, instance};
use core::ffi::{c_int, c_ulong, c_void};
use core::ptr::NonNull;

/// The references that objects of a layout own, in one list that `tp_dealloc`, `tp_traverse` and `tp_clear` use.
///
/// # Safety
/// Each of [`Owner::FIELDS`] is the offset in `Self` of a pointer that is NULL or an owned reference. The functions
/// visit and drop the other references that the object owns, and no more. Where [`Owner::owns_nothing`] is true, an object whose
/// type is built in and takes no part in collection owns no reference and no memory but its own block.
pub unsafe trait Owner: Layout + Sized {
    /// The offsets of the fields that own a reference.
    const FIELDS: &'static [usize] = &[];

    /// Whether the object owns nothing if its type is a built-in one, so that [`dealloc`] frees it without further steps.
    #[inline(always)]
    fn owns_nothing(_: View<'_, Self>) -> bool {
        false
    }

    /// Calls a visitor with each reference that is not in one of the fields, until it returns a number other than 0.
    fn visit(_: View<'_, Self>, _: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        0
    }

    /// Drops the references that are not in one of the fields, and frees other memory that the object owns. The object is whole
    /// and empty afterwards.
    ///
    /// # Safety
    /// `tp_clear` or `tp_dealloc` is being called with the object, and no code has borrowed anything that the object owns.
    unsafe fn empty(_: View<'_, Self>) {}
}

/// The fields that own a reference.
fn owned_fields<'a, L: Owner>(o: View<'a, L>) -> impl Iterator<Item = &'a Field> {
    // SAFETY: the implementation of `Owner` promises that its offsets are those of such fields.
    L::FIELDS.iter().map(move |&offset| unsafe { Field::at(o.as_ptr().byte_add(offset).cast()) })
}

/// `tp_clear`: drops every reference, so that cycles break.
pub const fn clear<L: Owner>() -> inquiry {
    unsafe extern "C" fn slot<L: Owner>(o: *mut PyObject) -> c_int {
        // SAFETY: the collector calls a slot with an object of the slot's type. The object is garbage, so no code that runs has
        // borrowed from it.
        let o = unsafe {
            let o = receiver::<L>(o);
            L::empty(o);
            o
        };
        owned_fields(o).for_each(|field| field.set(None));
        0
    }
    Some(slot::<L>)
}

/// `tp_traverse`: calls the collector's visitor with every reference.
pub const fn traverse<L: Owner>() -> traverseproc {
    unsafe extern "C" fn slot<L: Owner>(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
        let Some(visit) = visit else { return 0 };
        // SAFETY: the collector calls the slot with an object of the slot's type, and no other code changes it
        // meanwhile.
        let o = unsafe { receiver::<L>(o) };
        let mut show = |pointer: *mut PyObject| match pointer.is_null() {
            true => 0,
            // SAFETY: the reference is the object's, and the visitor gets the argument that came with it.
            false => unsafe { visit(pointer, argument) },
        };
        for field in owned_fields(o) {
            let answer = show(field.as_ptr());
            if answer != 0 {
                return answer;
            }
        }
        L::visit(o, &mut show)
    }
    Some(slot::<L>)
}

/// `tp_dealloc`: drops every reference, and frees the memory by the type's `tp_free`.
pub const fn dealloc<L: Owner>() -> destructor {
    unsafe extern "C" fn slot<L: Owner>(o: *mut PyObject) {
        const BUILT_IN: c_ulong = _Py_TPFLAGS_STATIC_BUILTIN;
        // SAFETY: CPython calls the slot with an object of the slot's type to which no reference is left, so no code has borrowed
        // from it, and no code uses it afterwards.
        unsafe {
            let this = receiver::<L>(o);
            // The fast path: one comparison for both flags.
            if L::owns_nothing(this) && this.class().flags() & (BUILT_IN | Py_TPFLAGS_HAVE_GC) == BUILT_IN {
                return instance::free_uncollected(NonNull::new_unchecked(o));
            }
            if this.has_flag(Py_TPFLAGS_HAVE_GC) {
                gc::untrack(*this);
            }
            L::empty(this);
            owned_fields(this).for_each(|field| field.set(None));
            instance::free_by_type(NonNull::new_unchecked(o));
        }
    }
    Some(slot::<L>)
}
