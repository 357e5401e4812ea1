//! Classes made at run time: how `type(name, bases, namespace)` makes exception classes, and how a class is destroyed.
//!
//! A new class has no slots of its own. It inherits all of them from its bases.

use super::class::cache;
use super::mro::{layout_base, merge, with_first};
use super::slots::{self, SLOTS};
use super::subclasses;
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::Owner;
use crate::objects::tuple::Tuple;
use crate::objects::{constants, dict, exceptions, str, tuple, weakref};
use crate::runtime::known::TYPE;
use crate::runtime::memory;
use crate::runtime::{Field, Obj, Own, Ref, Result, Type, View, gc, instance, raise};
use core::ffi::c_int;

/// A new exception class (CPython: `type(name, bases, namespace)`). The namespace is copied.
pub fn new(name: Obj<'_>, bases: Tuple<'_>, namespace: Dict<'_>) -> Result<Ref> {
    let base = best_base(bases)?;
    let ancestors = merge(bases)?;
    let attributes = copy_namespace(namespace)?;
    let qualname = dict::remove(attributes.borrow(), str::intern(str::from_str("__qualname__")?)?.borrow())?;
    let qualname = qualname.unwrap_or_else(|| name.to_ref());
    if !str::check(qualname.borrow()) {
        let class = qualname.borrow().class();
        return Err(raise!(TypeError, "type __qualname__ must be a str, not {}", class.name()));
    }
    let tp_name = str::utf8(str::require(name)?)?.as_ptr();
    let o = instance::allocate(TYPE, 0)?;
    // SAFETY: the instance is new, and all its fields may be NULL. The name's UTF-8 form lives as long as the name,
    // which the class owns.
    let made = unsafe {
        let fields = o.cast::<PyHeapTypeObject>().as_ptr();
        let head = core::ptr::read(&raw const (*fields).ht_type.ob_base);
        (&raw mut (*fields).ht_type).write(PyTypeObject {
            ob_base: head,
            tp_name: tp_name.cast(),
            tp_base: base.as_obj().to_ref().into_ptr().cast(),
            tp_bases: bases.to_ref().into_ptr(),
            tp_dict: attributes.borrow().to_ref().into_ptr(),
            tp_basicsize: base.fields().tp_basicsize,
            tp_itemsize: base.fields().tp_itemsize,
            tp_new: base.fields().tp_new,
            tp_flags: Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_READY | base.fields().tp_flags & INHERITED_FLAGS,
            ..PyTypeObject::BLANK
        });
        slots::inherit(Type::from_ptr_unchecked(fields.cast()), ancestors.iter().copied(), false);
        (*fields).ht_name = name.to_ref().into_ptr();
        (*fields).ht_qualname = qualname.into_ptr();
        Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()))
    };
    gc::track(made.as_obj());
    copy_doc(made.borrow(), attributes.borrow())?;
    if let (Some(class), Some([_, linear, ..])) = (made.as_obj().as_type(), owned(made.borrow())) {
        linear.set(Some(with_first(class, &ancestors)?.into_ref()));
        subclasses::add(class, bases)?;
    }
    Ok(made.into_ref())
}

/// Copies the `__doc__` of a new class's dict, if it is a `str`, to `tp_doc`.
fn copy_doc(class: View<'_, PyTypeObject>, attributes: Dict<'_>) -> Result<()> {
    let doc = dict::get_str(attributes, "__doc__")?;
    let Some(doc) = doc.as_ref().and_then(|doc| doc.borrow().downcast()) else { return Ok(()) };
    let text = str::utf8(doc)?.as_bytes();
    let block = memory::allocate(text.len() + 1).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the text and a NUL. It belongs to the class from here on, and `tp_doc` was NULL.
    unsafe {
        let copy = block.cast::<u8>().as_ptr();
        copy.copy_from_nonoverlapping(text.as_ptr(), text.len());
        copy.add(text.len()).write(0);
        (*class.fields()).tp_doc = copy.cast();
    }
    Ok(())
}

/// The flags that a class takes over from its base.
const INHERITED_FLAGS: core::ffi::c_ulong = Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS;

/// A copy of the namespace for a new class, with `__doc__` None if there is none.
fn copy_namespace(namespace: Dict<'_>) -> Result<Own<PyDictObject>> {
    let attributes = dict::new()?;
    for (key, value) in dict::entries(namespace) {
        refuse_slot(key.borrow())?;
        dict::set(attributes.borrow(), key.borrow(), value.borrow())?;
    }
    if dict::get_str(attributes.borrow(), "__doc__")?.is_none() {
        dict::set_str(attributes.borrow(), "__doc__", constants::NONE)?;
    }
    Ok(attributes)
}

/// Names that change the behaviour of a class towards its subclasses and instances, and that belong to no slot.
const HOOKS: [&str; 4] = ["__slots__", "__set_name__", "__init_subclass__", "__class_getitem__"];

/// Whether a name in a class's dict changes the behaviour of instances. That would take slots that call back into the
/// dict.
fn is_special(name: Obj<'_>) -> bool {
    let Some(str::Points::Ascii(name)) = name.downcast().map(str::points) else { return false };
    if !name.starts_with(b"__") {
        return false;
    }
    let mut special = SLOTS.iter().flat_map(|slot| slot.names).chain(&HOOKS);
    special.any(|special| special.as_bytes() == name)
}

/// NotImplementedError for a name that would have to fill a slot. Without the error, instances would silently ignore
/// it.
pub(super) fn refuse_slot(name: Obj<'_>) -> Result<()> {
    if str::check(name) && is_special(name) {
        let name = str::as_text(name);
        return Err(raise!(NotImplementedError, "'{name}' in the dict of a class is not supported by pycapsule"));
    }
    Ok(())
}

/// The base whose layout a class made from all of them has.
///
/// TypeError for a base that is not a type or may not be subclassed, and for two bases whose layouts exclude each
/// other.
fn best_base(bases: Tuple<'_>) -> Result<Type<'_>> {
    const CONFLICT: &str = "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                            metaclasses of all its bases";
    // CPython looks for the metaclass first: the class of a base that is not a type, unless that is `object`.
    let is_metaclass = |class: Type<'_>| TYPE.is_subtype(class) || class.is_subtype(TYPE);
    if tuple::items(bases).iter().any(|base| !is_metaclass(base.class())) {
        return Err(raise!(TypeError, "{CONFLICT}"));
    }
    if tuple::items(bases).iter().any(|base| base.as_type().is_none()) {
        return Err(raise!(TypeError, "bases must be types"));
    }
    let mut best: Option<(Type<'_>, Type<'_>)> = None;
    for base in tuple::items(bases).iter().filter_map(|base| base.as_type()) {
        if !base.has_flag(Py_TPFLAGS_BASETYPE) {
            return Err(raise!(TypeError, "type '{}' is not an acceptable base type", base.name()));
        }
        let layout = layout_base(base);
        best = match best {
            Some((chosen, known)) if known.is_subtype(layout) => Some((chosen, known)),
            Some((_, known)) if !layout.is_subtype(known) => {
                return Err(raise!(TypeError, "multiple bases have instance lay-out conflict"));
            }
            _ => Some((base, layout)),
        };
    }
    match best {
        Some((base, _)) if exceptions::is_class(base.as_obj()) && base.as_obj().is_exactly(TYPE) => Ok(base),
        Some((base, _)) => {
            Err(raise!(NotImplementedError, "a class made from '{}' is not supported by pycapsule", base.name()))
        }
        None => Err(raise!(NotImplementedError, "a class without bases is not supported by pycapsule")),
    }
}

/// The fields of a class made at run time that own references; none for a static class.
fn owned<'a>(class: View<'a, PyTypeObject>) -> Option<[&'a Field; 8]> {
    if !is_made_at_run_time(class) {
        return None;
    }
    let fields = class.cast::<PyHeapTypeObject>();
    // SAFETY: a class made at run time has this layout, and owns the objects in these fields.
    Some(unsafe {
        [
            Field::at(&raw mut (*fields).ht_type.tp_dict),
            Field::at(&raw mut (*fields).ht_type.tp_mro),
            Field::at(&raw mut (*fields).ht_type.tp_bases),
            Field::at((&raw mut (*fields).ht_type.tp_base).cast()),
            Field::at(&raw mut (*fields).ht_module),
            Field::at(&raw mut (*fields).ht_slots),
            Field::at(&raw mut (*fields).ht_qualname),
            Field::at(&raw mut (*fields).ht_name),
        ]
    })
}

fn is_made_at_run_time(class: View<'_, PyTypeObject>) -> bool {
    class.as_type().is_some_and(|class| class.has_flag(Py_TPFLAGS_HEAPTYPE))
}

// SAFETY: a class made at run time owns the references in these fields and its documentation; a static class owns nothing that
// could be dropped.
unsafe impl Owner for PyTypeObject {
    fn visit(class: View<'_, Self>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        let pointers = owned(class).into_iter().flatten().map(Field::as_ptr).filter(|pointer| !pointer.is_null());
        pointers.map(visit).find(|answer| *answer != 0).unwrap_or(0)
    }

    unsafe fn empty(class: View<'_, Self>) {
        let (Some(this), Some(fields)) = (class.as_type(), owned(class)) else { return };
        weakref::end_of(*class);
        let [_, _, bases, ..] = fields;
        bases.get_as().iter().for_each(|bases| subclasses::remove(this, bases.borrow()));
        subclasses::drop_list(this);
        // The name goes last: `tp_name` points into it.
        fields.iter().for_each(|field| field.set(None));
        // SAFETY: a class made at run time owns the text, which is NULL from here on.
        unsafe {
            let doc = core::mem::replace(&mut (*class.fields()).tp_doc, core::ptr::null());
            memory::free(doc.cast_mut().cast());
        }
    }
}

/// `tp_is_gc` of `type`. A static class has no collector's head before it, so the collector must not visit it.
pub(super) fn is_gc(class: View<'_, PyTypeObject>) -> Result<bool> {
    Ok(is_made_at_run_time(class))
}

/// `tp_clear` of `type`. Cycles go through the dict and the MRO. The other fields stay, since an instance may be destroyed
/// after its class was cleared.
pub(super) fn clear(class: View<'_, PyTypeObject>) -> Result<()> {
    if let (Some(this), Some([attributes, linear, ..])) = (class.as_type(), owned(class)) {
        cache::modified(this);
        attributes.get_as().iter().for_each(|attributes| dict::clear(attributes.borrow()));
        linear.set(None);
    }
    Ok(())
}
