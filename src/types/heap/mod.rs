//! Classes made at run time: the memory of the class object, the references and texts that it owns, and its end.

pub mod bases;
pub mod instance;

use crate::abi::*;
use crate::objects::slots::Owner;
use crate::objects::{dict, weakref};
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, Type, View, error, gc, memory};
use crate::types::class::cache;
use crate::types::subclasses;
use core::ffi::{c_char, c_int, c_ulong, c_void};

/// A class made at run time.
pub type Heap<'a> = View<'a, PyHeapTypeObject>;

// SAFETY: a type with this flag was made at run time, by `allocate` or by the `tp_alloc` of a metaclass, and has the
// larger layout.
unsafe impl Layout for PyHeapTypeObject {
    fn check(o: Obj<'_>) -> bool {
        o.as_type().is_some_and(|class| class.has_flag(Py_TPFLAGS_HEAPTYPE))
    }
}

/// A new class object with these flags and with room for a table of members, whose other fields are zero. The collector
/// tracks it.
pub(super) fn allocate(meta: Type<'_>, members: usize, flags: c_ulong) -> Result<Own<PyHeapTypeObject>> {
    let count = Py_ssize_t::try_from(members).map_err(|_| memory::out_of_memory())?;
    let tp_alloc = meta.fields().tp_alloc.ok_or_else(|| error::fetched_from_c("tp_alloc"))?;
    // SAFETY: the slot belongs to the metaclass. It returns NULL or a new instance of a class derived from `type`,
    // which has the layout of a class made at run time. No other code has the class yet.
    let class = unsafe {
        let made = Ref::from_ptr(tp_alloc(meta.as_ptr(), count)).ok_or_else(|| error::fetched_from_c("tp_alloc"))?;
        let class = Own::<PyHeapTypeObject>::new_unchecked(made);
        let fields = class.borrow().fields();
        (*fields).ht_type.tp_flags = flags | Py_TPFLAGS_HEAPTYPE;
        (*fields).ht_type.tp_as_async = &raw mut (*fields).as_async;
        (*fields).ht_type.tp_as_number = &raw mut (*fields).as_number;
        (*fields).ht_type.tp_as_sequence = &raw mut (*fields).as_sequence;
        (*fields).ht_type.tp_as_mapping = &raw mut (*fields).as_mapping;
        (*fields).ht_type.tp_as_buffer = &raw mut (*fields).as_buffer;
        class
    };
    // `tp_is_gc` of `type` asks for the flag that the class has from here on.
    gc::track(class.as_obj());
    Ok(class)
}

/// The class as a type.
pub fn as_type(class: Heap<'_>) -> Type<'_> {
    // SAFETY: a class made at run time begins with the fields of a type, and lives as long as the view.
    unsafe { Type::from_ptr_unchecked(class.fields().cast()) }
}

/// The table of members in a class object itself, after the fields of its metaclass's instances (CPython:
/// `_PyHeapType_GET_MEMBERS`), and the number of its rows.
pub fn members(class: Heap<'_>) -> (*mut PyMemberDef, usize) {
    let start = class.as_ptr().wrapping_byte_offset(class.class().fields().tp_basicsize);
    // SAFETY: an instance of `type` counts its items in its head.
    let count = unsafe { (*class.fields()).ht_type.ob_base.ob_size };
    (start.cast(), usize::try_from(count).unwrap_or(0))
}

/// A copy of a text, with a NUL at its end, that a class will own.
pub fn copy_text(text: &[u8]) -> Result<*mut c_char> {
    let block = memory::allocate(text.len() + 1).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the text and a NUL.
    unsafe {
        let copy = block.cast::<u8>().as_ptr();
        copy.copy_from_nonoverlapping(text.as_ptr(), text.len());
        copy.add(text.len()).write(0);
        Ok(copy.cast())
    }
}

/// Gives a new class a copy of its documentation.
pub fn set_doc(class: Heap<'_>, doc: &[u8]) -> Result<()> {
    let copy = copy_text(doc)?;
    // SAFETY: the class is new, and owns the text from here on; it had none.
    unsafe { (*class.fields()).ht_type.tp_doc = copy };
    Ok(())
}

/// The fields of a class made at run time that own references; none for a static class.
fn owned<'a>(class: View<'a, PyTypeObject>) -> Option<[&'a Field; 8]> {
    let fields = class.downcast::<PyHeapTypeObject>()?.fields();
    // SAFETY: a class made at run time has this layout, and owns the objects in these fields.
    Some(unsafe {
        [
            Field::at(&raw mut (*fields).ht_type.tp_dict),
            Field::at(&raw mut (*fields).ht_type.tp_mro),
            Field::at(&raw mut (*fields).ht_module),
            Field::at(&raw mut (*fields).ht_type.tp_bases),
            Field::at((&raw mut (*fields).ht_type.tp_base).cast()),
            Field::at(&raw mut (*fields).ht_slots),
            Field::at(&raw mut (*fields).ht_qualname),
            Field::at(&raw mut (*fields).ht_name),
        ]
    })
}

// SAFETY: a class made at run time owns the references in these fields, its documentation and the copy of its name; a
// static class owns nothing that could be dropped.
unsafe impl Owner for PyTypeObject {
    fn visit(class: View<'_, Self>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        let pointers = owned(class).into_iter().flatten().map(Field::as_ptr).filter(|pointer| !pointer.is_null());
        pointers.map(visit).find(|answer| *answer != 0).unwrap_or(0)
    }

    unsafe fn empty(class: View<'_, Self>) {
        let (Some(this), Some(fields)) = (class.as_type(), owned(class)) else { return };
        weakref::end_of(*class);
        let [_, _, _, bases, ..] = fields;
        bases.get_as().iter().for_each(|bases| subclasses::remove(this, bases.borrow()));
        subclasses::drop_list(this);
        // The name goes last: `tp_name` may point into it.
        fields.iter().for_each(|field| field.set(None));
        // SAFETY: a class made at run time owns the texts, which are NULL from here on.
        unsafe {
            let fields = class.cast::<PyHeapTypeObject>();
            let doc = core::mem::replace(&mut (*fields).ht_type.tp_doc, core::ptr::null());
            memory::free(doc.cast_mut().cast::<c_void>());
            memory::free(core::mem::replace(&mut (*fields)._ht_tpname, core::ptr::null_mut()).cast());
        }
    }
}

/// `tp_is_gc` of `type`. A static class has no collector's head before it, so the collector must not visit it.
pub(super) fn is_gc(class: View<'_, PyTypeObject>) -> Result<bool> {
    Ok(PyHeapTypeObject::check(*class))
}

/// `tp_clear` of `type`. Cycles go through the dict, the MRO and the module. The other fields stay, since an instance
/// may be destroyed after its class was cleared.
pub(super) fn clear(class: View<'_, PyTypeObject>) -> Result<()> {
    if let (Some(this), Some([attributes, linear, module, ..])) = (class.as_type(), owned(class)) {
        cache::modified(this);
        attributes.get_as().iter().for_each(|attributes| dict::clear(attributes.borrow()));
        linear.set(None);
        module.set(None);
    }
    Ok(())
}

/// The module for which a class was made.
pub fn module(class: Heap<'_>) -> Option<Ref> {
    // SAFETY: the class owns the object in the field, if there is one.
    unsafe { Field::at(&raw mut (*class.fields()).ht_module) }.get()
}

/// The token with which a class was made; NULL for none.
pub fn token(class: Heap<'_>) -> *mut c_void {
    // SAFETY: a class made at run time has the field.
    unsafe { (*class.fields()).ht_token }
}

/// A size, rounded up to the alignment that C asks for at most.
pub const fn aligned(size: Py_ssize_t) -> Py_ssize_t {
    const MOST: Py_ssize_t = align_of::<libc::max_align_t>() as Py_ssize_t;
    size.saturating_add(MOST - 1) & !(MOST - 1)
}

/// The names of the fields that a class gives its instances by `__slots__`.
pub fn slots(class: Heap<'_>) -> Option<Ref> {
    // SAFETY: the class owns the object in the field, if there is one.
    unsafe { Field::at(&raw mut (*class.fields()).ht_slots) }.get()
}
