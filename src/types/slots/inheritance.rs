//! The slots, sizes and flags that a class inherits from its bases (CPython: `inherit_special`, `inherit_slots`).

use super::{Group, Inherit, Part, Place, SLOTS, Slot};
use crate::abi::*;
use crate::objects::class_defaults::{COLLECTED, DEFAULTS};
use crate::runtime::{Type, known};
use core::ffi::{c_ulong, c_void};

const PARTS: [Part; 5] = [Part::Async, Part::Number, Part::Mapping, Part::Sequence, Part::Buffer];

/// The flags by which the instances of a built-in class are told. The first class from which the base is made decides.
const SUBCLASS_FLAGS: [(Type<'static>, c_ulong); 8] = [
    (Exc::BaseException.class(), Py_TPFLAGS_BASE_EXC_SUBCLASS),
    (known::TYPE, Py_TPFLAGS_TYPE_SUBCLASS),
    (known::INT, Py_TPFLAGS_LONG_SUBCLASS),
    (known::BYTES, Py_TPFLAGS_BYTES_SUBCLASS),
    (known::STR, Py_TPFLAGS_UNICODE_SUBCLASS),
    (known::TUPLE, Py_TPFLAGS_TUPLE_SUBCLASS),
    (known::LIST, Py_TPFLAGS_LIST_SUBCLASS),
    (known::DICT, Py_TPFLAGS_DICT_SUBCLASS),
];

/// Fills each empty slot, size and flag of a class by its rule: first those that depend on the layout, from `tp_base`, then from each
/// ancestor in the order of the MRO. `overrides_hash` says whether the dict of the class has `__eq__` or `__hash__`: then it
/// inherits neither comparison nor hash.
///
/// # Safety
/// `class` is a type object, whole but for its empty fields, which no other code uses yet. Its base, if it has one, is ready, and
/// so are the ancestors, which follow it in its MRO.
pub unsafe fn inherit<'a>(class: Type<'_>, ancestors: impl Iterator<Item = Type<'a>>, overrides_hash: bool) {
    // SAFETY: the class is the caller's alone, and the others are ready, as promised.
    unsafe {
        if let Some(base) = class.base() {
            inherit_special(class, base);
        }
        for ancestor in ancestors {
            inherit_slots(class, ancestor, overrides_hash);
        }
        if let Some(base) = class.base() {
            PARTS.into_iter().for_each(|part| share_part(class, base, part));
        }
    }
}

/// Adds flags to a class.
///
/// # Safety
/// No other code uses the class yet.
pub(in crate::types) unsafe fn add_flags(class: Type<'_>, flags: c_ulong) {
    // SAFETY: the class is the caller's alone, as promised.
    unsafe { (*class.as_ptr()).tp_flags |= flags };
}

/// Inherits the fields that depend on the layout: the support of garbage collection, sizes, offsets, and the flags that tell the
/// instances.
///
/// # Safety
/// The class is the caller's alone, and its base is ready.
unsafe fn inherit_special(class: Type<'_>, base: Type<'_>) {
    let empty = |slot: &Slot| slot.value(class).is_null();
    // SAFETY: the class is the caller's alone, as promised. Each slot is written with the value of the same slot of the base.
    unsafe {
        let with_gc = || SLOTS.iter().filter(|slot| slot.inherit == Inherit::WithGc);
        if !class.has_flag(Py_TPFLAGS_HAVE_GC) && base.has_flag(Py_TPFLAGS_HAVE_GC) && with_gc().all(empty) {
            add_flags(class, Py_TPFLAGS_HAVE_GC);
            with_gc().for_each(|slot| slot.copy(class, base));
        }
        let told = SUBCLASS_FLAGS.iter().find(|(known, _)| base.is_subtype(*known)).map_or(0, |(_, flag)| *flag);
        let kept = Py_TPFLAGS_PREHEADER | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_ITEMS_AT_END;
        add_flags(class, told | base.flags() & kept);
        let fields = class.as_ptr();
        if (*fields).tp_basicsize == 0 {
            (*fields).tp_basicsize = base.fields().tp_basicsize;
        }
        if (*fields).tp_itemsize == 0 {
            (*fields).tp_itemsize = base.fields().tp_itemsize;
        }
        let layout = SLOTS.iter().filter(|slot| slot.inherit == Inherit::FromBase && empty(slot));
        layout.for_each(|slot| slot.copy(class, base));
    }
}

/// The slots that are still empty, from one ancestor, and the flags that go with them.
///
/// # Safety
/// The class is the caller's alone, and the ancestor is ready.
unsafe fn inherit_slots(class: Type<'_>, ancestor: Type<'_>, overrides_hash: bool) {
    // A group is inherited only if all its slots are empty, so this is computed before any slot is filled.
    let open = |group| members(group).all(|slot| slot.value(class).is_null());
    let groups = [open(Group::Getattr), open(Group::Setattr), open(Group::Compare) && !overrides_hash];
    let is_fixed = class.has_flag(Py_TPFLAGS_IMMUTABLETYPE);
    let calls = class.fields().tp_call.is_none();
    let agree = (class.flags() ^ ancestor.flags()) & Py_TPFLAGS_HAVE_GC == 0;
    for slot in SLOTS {
        let wanted = match slot.inherit {
            Inherit::Alone => slot.value(class).is_null() && slot.is_defined_by(ancestor),
            Inherit::Free => slot.value(class).is_null() && agree && slot.is_defined_by(ancestor),
            Inherit::Group(group) => groups[group as usize],
            Inherit::FromBase => slot.value(class).is_null() && slot.is_layout() && slot.is_defined_by(ancestor),
            Inherit::Never | Inherit::WithGc | Inherit::New => false,
        };
        if wanted {
            // SAFETY: the class is the caller's alone, and the value is that of the same slot in an ancestor.
            unsafe { slot.copy(class, ancestor) };
        }
    }
    let same = |a: descrgetfunc, b: descrgetfunc| a.zip(b).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
    let describes = is_fixed && same(class.fields().tp_descr_get, ancestor.fields().tp_descr_get);
    let taken =
        if calls { Py_TPFLAGS_HAVE_VECTORCALL } else { 0 } | if describes { Py_TPFLAGS_METHOD_DESCRIPTOR } else { 0 };
    let patterns = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;
    let patterns = if class.has_flag(patterns) { 0 } else { ancestor.flags() & patterns };
    // SAFETY: the class is the caller's alone, as promised.
    unsafe {
        add_flags(class, ancestor.flags() & taken | patterns);
        if !agree && class.has_flag(Py_TPFLAGS_HAVE_GC) {
            collect_plain(class, ancestor);
        }
    }
}

/// Gives a class that takes part in collection, made from one that does not, the `tp_free` of the first kind, if the ancestor has
/// the common one of the second kind.
///
/// # Safety
/// The class is the caller's alone.
unsafe fn collect_plain(class: Type<'_>, ancestor: Type<'_>) {
    let plain = ancestor.fields().tp_free.zip(DEFAULTS.tp_free).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
    if plain && class.fields().tp_free.is_none() {
        // SAFETY: the class is the caller's alone, as promised.
        unsafe { (*class.as_ptr()).tp_free = COLLECTED.tp_free };
    }
}

/// The slots of a group.
fn members(group: Group) -> impl Iterator<Item = &'static Slot> {
    SLOTS.iter().filter(move |slot| slot.inherit == Inherit::Group(group))
}

/// Gives a class without this part the part of its base.
///
/// # Safety
/// `class` is a type object that no other code uses yet.
unsafe fn share_part(class: Type<'_>, base: Type<'_>, part: Part) {
    // SAFETY: the offset is that of a pointer in both type objects; the class is the caller's alone.
    unsafe {
        let [own, others] = [class, base].map(|class| class.as_ptr().byte_add(part.offset()).cast::<*mut c_void>());
        if (*own).is_null() {
            own.write(others.read());
        }
    }
}

impl Slot {
    /// Copies the slot's value from another class, if both have the part that it is in.
    ///
    /// # Safety
    /// The class is the caller's alone.
    unsafe fn copy(&self, class: Type<'_>, from: Type<'_>) {
        if let Some(address) = self.address(class) {
            // SAFETY: the address is that of the slot in a class that is the caller's alone.
            unsafe { address.write(self.value(from)) };
        }
    }

    /// Whether a class inherits it from each ancestor, beside that from its base.
    fn is_layout(&self) -> bool {
        matches!(self.place, Place::Class(offset) if offset == core::mem::offset_of!(PyTypeObject, tp_dictoffset))
    }

    /// Whether a class has a value that differs from its base's (CPython: `SLOTDEFINED`).
    fn is_defined_by(&self, class: Type<'_>) -> bool {
        let value = self.value(class);
        !value.is_null() && class.base().is_none_or(|base| self.value(base) != value)
    }
}
