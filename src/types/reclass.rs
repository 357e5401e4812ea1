//! Assignment to `__class__` of an object, and the agreement of layouts that it requires.

use super::heap;
use crate::abi::*;
use crate::objects::tuple;
use crate::protocol::compare;
use crate::runtime::known::MODULE;
use crate::runtime::{Obj, Ref, Result, Type, raise};

/// Gives an object another class (CPython: the setter of `__class__`). TypeError for classes that can't change, unless
/// both are modules', and for classes whose instances differ in their layouts.
pub fn set_class(o: Obj<'_>, class: Type<'_>) -> Result<()> {
    let before = o.class();
    let both = [before, class];
    if !both.iter().all(|class| class.is_subtype(MODULE))
        && both.iter().any(|class| class.has_flag(Py_TPFLAGS_IMMUTABLETYPE))
    {
        return Err(raise!(
            TypeError,
            "__class__ assignment only supported for mutable types or ModuleType subclasses"
        ));
    }
    require_compatible(before, class, "__class__")?;
    let new = class.has_flag(Py_TPFLAGS_HEAPTYPE).then(|| class.as_obj().to_ref());
    // SAFETY: instances of both classes have the same layout. The object gives up its reference to the class that it
    // had, and owns one to the new class, for classes that were made at run time.
    unsafe {
        (*o.as_ptr()).ob_type = new.map_or(class.as_ptr(), |class| class.into_ptr().cast());
        if before.has_flag(Py_TPFLAGS_HEAPTYPE) {
            drop(Ref::from_ptr_unchecked(before.as_obj().as_ptr()));
        }
    }
    Ok(())
}

/// TypeError unless instances of one class can become instances of another (CPython: `compatible_for_assignment`).
pub(super) fn require_compatible(old: Type<'_>, new: Type<'_>, attribute: &str) -> Result<()> {
    let free = |class: Type<'_>| class.fields().tp_free.map(|slot| slot as usize);
    if free(old) != free(new) {
        let (old, new) = (old.name(), new.name());
        return Err(raise!(TypeError, "{attribute} assignment: '{new}' deallocator differs from '{old}'"));
    }
    let (old_root, new_root) = (root(old), root(new));
    let is_same = old_root == new_root || old_root.base() == new_root.base() && add_same_fields(old_root, new_root)?;
    if !is_same || (old.flags() ^ new.flags()) & Py_TPFLAGS_PREHEADER != 0 {
        let (old, new) = (old.name(), new.name());
        return Err(raise!(TypeError, "{attribute} assignment: '{new}' object layout differs from '{old}'"));
    }
    Ok(())
}

/// The highest base whose instances have the layout of the class's.
fn root(mut class: Type<'_>) -> Type<'_> {
    while let Some(base) = class.base().filter(|base| has_layout_of(class, *base)) {
        class = base;
    }
    class
}

fn has_layout_of(class: Type<'_>, base: Type<'_>) -> bool {
    let layout = |class: Type<'_>| {
        let fields = class.fields();
        let sizes = (fields.tp_basicsize, fields.tp_itemsize, fields.tp_dictoffset, fields.tp_weaklistoffset);
        (sizes, class.has_flag(Py_TPFLAGS_HAVE_GC))
    };
    layout(class) == layout(base)
}

/// Whether two classes with the same base add the same fields to it, and no others (CPython: `same_slots_added`).
fn add_same_fields(a: Type<'_>, b: Type<'_>) -> Result<bool> {
    const POINTER: Py_ssize_t = size_of::<*mut PyObject>() as Py_ssize_t;
    let Some(base) = a.base() else { return Ok(false) };
    let mut size = base.fields().tp_basicsize;
    for offset in [|class: Type<'_>| class.fields().tp_dictoffset, |class: Type<'_>| class.fields().tp_weaklistoffset] {
        if offset(a) == size && offset(b) == size {
            size += POINTER;
        }
    }
    let [Some(a_slots), Some(b_slots)] = [a, b].map(|class| class.as_obj().downcast().map(heap::slots)) else {
        return Ok(false);
    };
    if let (Some(a_slots), Some(b_slots)) = (&a_slots, &b_slots) {
        if !compare::compare_as_bool(a_slots.borrow(), b_slots.borrow(), Py_EQ)? {
            return Ok(false);
        }
        size += POINTER * a_slots.borrow().downcast().map_or(0, tuple::len) as Py_ssize_t;
    }
    Ok(size == a.fields().tp_basicsize && size == b.fields().tp_basicsize)
}
