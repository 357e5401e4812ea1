//! Whether the instances of two classes have one layout, so that an object can change its class (CPython:
//! `compatible_for_assignment`).

use crate::abi::*;
use crate::protocol::compare;
use crate::runtime::{Obj, Result, Type, raise};

/// TypeError unless the instances of both classes have one layout and are freed in one way. `attribute` is what is assigned.
pub fn require_same(old: Type<'_>, new: Type<'_>, attribute: &str) -> Result<()> {
    let free = |class: Type<'_>| class.fields().tp_free.map(|slot| slot as usize);
    let (shown, was) = (new.name(), old.name());
    if free(new) != free(old) {
        return Err(raise!(TypeError, "{attribute} assignment: '{shown}' deallocator differs from '{was}'"));
    }
    let (new, old) = (top(new), top(old));
    if new == old || new.base() == old.base() && add_the_same(new, old)? {
        return Ok(());
    }
    Err(raise!(TypeError, "{attribute} assignment: '{shown}' object layout differs from '{was}'"))
}

/// The last class up the bases whose instances have the layout of those of the class.
fn top(mut class: Type<'_>) -> Type<'_> {
    while let Some(base) = class.base().filter(|base| has_layout_of(class, *base)) {
        class = base;
    }
    class
}

/// Whether a class adds nothing to the instances of its base (CPython: `compatible_with_tp_base`).
fn has_layout_of(class: Type<'_>, base: Type<'_>) -> bool {
    let layout = |class: Type<'_>| {
        let fields = class.fields();
        let sizes = (fields.tp_basicsize, fields.tp_itemsize);
        (sizes, fields.tp_dictoffset, fields.tp_weaklistoffset, class.has_flag(Py_TPFLAGS_HAVE_GC))
    };
    let clear = |class: Type<'_>| class.fields().tp_clear.map(|slot| slot as usize);
    layout(class) == layout(base) && (class.has_flag(Py_TPFLAGS_HEAPTYPE) || clear(class) == clear(base))
}

/// Whether two classes add the same to the instances of their common base: a dict, weak references, and slots of the same names
/// (CPython: `same_slots_added`).
fn add_the_same(a: Type<'_>, b: Type<'_>) -> Result<bool> {
    let pointer = size_of::<*mut PyObject>() as Py_ssize_t;
    let mut size = a.base().map_or(0, |base| base.fields().tp_basicsize);
    for offset in [|class: Type<'_>| class.fields().tp_dictoffset, |class: Type<'_>| class.fields().tp_weaklistoffset] {
        if offset(a) == size && offset(b) == size {
            size += pointer;
        }
    }
    let (own, others) = (slots_of(a), slots_of(b));
    if let (Some(own), Some(others)) = (own, others) {
        if !compare::compare_as_bool(own, others, Py_EQ)? {
            return Ok(false);
        }
        size += pointer * own.downcast().map_or(0, super::tuple::len) as Py_ssize_t;
    }
    let preheader = |class: Type<'_>| class.flags() & Py_TPFLAGS_PREHEADER;
    Ok(preheader(a) == preheader(b) && size == a.fields().tp_basicsize && size == b.fields().tp_basicsize)
}

/// The names of the slots that a class made at run time has added (CPython: `ht_slots`).
fn slots_of<'a>(class: Type<'a>) -> Option<Obj<'a>> {
    // SAFETY: a class made at run time has the larger layout; the field is NULL or a tuple that the class owns.
    class
        .has_flag(Py_TPFLAGS_HEAPTYPE)
        .then(|| unsafe { Obj::from_ptr((*class.as_ptr().cast::<PyHeapTypeObject>()).ht_slots) })
        .flatten()
}
