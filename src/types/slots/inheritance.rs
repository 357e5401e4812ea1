//! The slots, sizes and flags that a class inherits from its bases (CPython: `inherit_special`, `inherit_slots`).

use super::{Group, Inherit, Part, Place, SLOTS, Slot};
use crate::abi::*;
use crate::objects::class_defaults::{COLLECTED, DEFAULTS};
use crate::runtime::{Type, known};
use crate::types::mro;
use crate::types::unready::Unready;
use core::ffi::{c_ulong, c_void};

const PARTS: [Part; 5] = [Part::Async, Part::Number, Part::Mapping, Part::Sequence, Part::Buffer];

/// The flags that mark the instances of a built-in class. The first row whose class is the base, or one of its
/// ancestors, counts.
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

/// Fills each empty slot, size and flag of a class by its rule: first those that depend on the layout, from `tp_base`,
/// then from each ancestor in the order of the MRO. `overrides_hash` says whether the dict of the class has `__eq__` or
/// `__hash__`: then it inherits neither comparison nor hash.
///
/// The base of the class, if it has one, and the other ancestors are ready, and follow the class in its MRO.
pub(in crate::types) fn inherit(class: &mut Unready<'_>, overrides_hash: bool) {
    let (this, base) = (**class, class.base());
    if let Some(base) = base {
        inherit_special(class, base);
    }
    for ancestor in mro::of(this).skip(1) {
        inherit_slots(class, ancestor, overrides_hash);
    }
    if let Some(base) = base {
        PARTS.into_iter().for_each(|part| share_part(class, base, part));
    }
}

/// Inherits the fields that depend on the layout: the support of garbage collection, sizes, offsets, and the flags that
/// tell the instances.
fn inherit_special(class: &mut Unready<'_>, base: Type<'_>) {
    let empty = |class: Type<'_>, slot: &Slot| slot.value(class).is_null();
    let with_gc = || SLOTS.iter().filter(|slot| slot.inherit == Inherit::WithGc);
    if !class.has_flag(Py_TPFLAGS_HAVE_GC)
        && base.has_flag(Py_TPFLAGS_HAVE_GC)
        && with_gc().all(|slot| empty(**class, slot))
    {
        class.add_flags(Py_TPFLAGS_HAVE_GC);
        with_gc().for_each(|slot| slot.copy(class, base));
    }
    let told = SUBCLASS_FLAGS.iter().find(|(known, _)| base.is_subtype(*known)).map_or(0, |(_, flag)| *flag);
    let kept = Py_TPFLAGS_PREHEADER | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_ITEMS_AT_END;
    class.add_flags(told | base.flags() & kept);
    let fields = class.fields_mut();
    if fields.tp_basicsize == 0 {
        fields.tp_basicsize = base.fields().tp_basicsize;
    }
    if fields.tp_itemsize == 0 {
        fields.tp_itemsize = base.fields().tp_itemsize;
    }
    for slot in SLOTS.iter().filter(|slot| slot.inherit == Inherit::FromBase) {
        if empty(**class, slot) {
            slot.copy(class, base);
        }
    }
}

/// The slots that are still empty, from one ancestor, and the flags that go with them.
fn inherit_slots(class: &mut Unready<'_>, ancestor: Type<'_>, overrides_hash: bool) {
    // A group is inherited only if all its slots are empty, so this is computed before any slot is filled.
    let this = **class;
    let open = |group| members(group).all(|slot| slot.value(this).is_null());
    let groups = [open(Group::Getattr), open(Group::Setattr), open(Group::Compare) && !overrides_hash];
    let is_fixed = class.has_flag(Py_TPFLAGS_IMMUTABLETYPE);
    let calls = class.fields().tp_call.is_none();
    let agree = (class.flags() ^ ancestor.flags()) & Py_TPFLAGS_HAVE_GC == 0;
    for slot in SLOTS {
        let wanted = match slot.inherit {
            Inherit::Alone => slot.value(**class).is_null() && slot.is_defined_by(ancestor),
            Inherit::Free => slot.value(**class).is_null() && agree && slot.is_defined_by(ancestor),
            Inherit::Group(group) => groups[group as usize],
            Inherit::FromBase => slot.value(**class).is_null() && slot.is_layout() && slot.is_defined_by(ancestor),
            Inherit::Never | Inherit::WithGc | Inherit::New => false,
        };
        if wanted {
            slot.copy(class, ancestor);
        }
    }
    let same = |a: descrgetfunc, b: descrgetfunc| a.zip(b).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
    let describes = is_fixed && same(class.fields().tp_descr_get, ancestor.fields().tp_descr_get);
    let taken =
        if calls { Py_TPFLAGS_HAVE_VECTORCALL } else { 0 } | if describes { Py_TPFLAGS_METHOD_DESCRIPTOR } else { 0 };
    let patterns = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;
    let patterns = if class.has_flag(patterns) { 0 } else { ancestor.flags() & patterns };
    class.add_flags(ancestor.flags() & taken | patterns);
    if !agree && class.has_flag(Py_TPFLAGS_HAVE_GC) {
        collect_plain(class, ancestor);
    }
}

/// Gives a class that takes part in collection, made from one that does not, the `tp_free` of the first kind, if the
/// ancestor has the common one of the second kind.
fn collect_plain(class: &mut Unready<'_>, ancestor: Type<'_>) {
    let plain = ancestor.fields().tp_free.zip(DEFAULTS.tp_free).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
    if plain && class.fields().tp_free.is_none() {
        class.fields_mut().tp_free = COLLECTED.tp_free;
    }
}

/// The slots of a group.
fn members(group: Group) -> impl Iterator<Item = &'static Slot> {
    SLOTS.iter().filter(move |slot| slot.inherit == Inherit::Group(group))
}

/// Gives a class without this part the part of its base.
fn share_part(class: &mut Unready<'_>, base: Type<'_>, part: Part) {
    // SAFETY: the offset is that of a pointer in both type objects, and no other code uses the class.
    unsafe {
        let [own, others] = [**class, base].map(|class| class.as_ptr().byte_add(part.offset()).cast::<*mut c_void>());
        if (*own).is_null() {
            own.write(others.read());
        }
    }
}

impl Slot {
    /// Copies the slot's value from another class, if both have the part that it is in.
    fn copy(&self, class: &mut Unready<'_>, from: Type<'_>) {
        // SAFETY: no other code uses the class, and the value is one of the same slot.
        unsafe { self.set(**class, self.value(from)) };
    }

    /// Whether a class inherits the slot from every ancestor, and not from its base alone.
    fn is_layout(&self) -> bool {
        matches!(self.place, Place::Class(offset) if offset == core::mem::offset_of!(PyTypeObject, tp_dictoffset))
    }

    /// Whether a class has a value that differs from its base's (CPython: `SLOTDEFINED`).
    fn is_defined_by(&self, class: Type<'_>) -> bool {
        let value = self.value(class);
        !value.is_null() && class.base().is_none_or(|base| self.value(base) != value)
    }
}
