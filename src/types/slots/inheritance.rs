//! The slots that a class inherits from its bases (CPython: `inherit_slots` and `inherit_special`).

use super::{Group, Inherit, Part, Place, SLOTS, Slot};
use crate::abi::*;
use crate::runtime::Type;
use core::ffi::c_void;

const PARTS: [Part; 5] = [Part::Async, Part::Number, Part::Mapping, Part::Sequence, Part::Buffer];

/// Fills each empty slot of a new class by its rule. `ancestors` are the classes after it in its MRO, in order.
///
/// # Safety
/// `class` is a type object, whole but for its empty slots, which no other code uses yet; its base is `base`.
pub unsafe fn inherit(class: *mut PyTypeObject, base: Type<'_>, ancestors: &[Type<'_>]) {
    // SAFETY: the class is whole, as promised.
    let this = unsafe { Type::from_ptr_unchecked(class) };
    // A group is inherited only if all its slots were empty, so this is computed before any slot is filled.
    let open = |rule| members(rule).iter().all(|slot| slot.value(this).is_null());
    let groups = [Group::Getattr, Group::Setattr, Group::Compare].map(|group| open(Inherit::Group(group)));
    let collects = this.has_flag(Py_TPFLAGS_HAVE_GC) && open(Inherit::WithGc);
    // SAFETY: no other code uses the class yet, as promised, and the offset is that of a pointer to a part.
    let shared = PARTS.map(|part| unsafe { share_part(class, base, part) });
    for slot in SLOTS {
        // A shared part holds the base's values already. A slot that is filled, or whose part the class lacks, inherits nothing.
        if matches!(slot.place, Place::Part(part, _) if shared[part as usize]) {
            continue;
        }
        let Some(address) = slot.address(this).filter(|_| slot.value(this).is_null()) else { continue };
        let value = match slot.inherit {
            Inherit::Never => continue,
            Inherit::Alone => first(ancestors, slot, |class| slot.is_defined_by(class)),
            Inherit::Group(group) if groups[group as usize] => {
                first(ancestors, slot, |class| members(slot.inherit).iter().any(|slot| slot.is_defined_by(class)))
            }
            Inherit::WithGc if collects => slot.value(base),
            Inherit::WithDealloc | Inherit::FromBase => slot.value(base),
            Inherit::Group(_) | Inherit::WithGc => continue,
        };
        // SAFETY: the slot is a field of the class, which no other code uses yet, as promised. The value is that of the
        // same slot in an ancestor.
        unsafe { address.write(value) };
    }
}

/// The slots that are inherited in pairs: those of each group, in the order of [`Group`], and those with GC.
static TOGETHER: [[Slot; 2]; 4] = [
    pair(Inherit::Group(Group::Getattr)),
    pair(Inherit::Group(Group::Setattr)),
    pair(Inherit::Group(Group::Compare)),
    pair(Inherit::WithGc),
];

/// The pair of slots of a rule; empty for a rule by which slots are inherited singly.
fn members(rule: Inherit) -> &'static [Slot] {
    match rule {
        Inherit::Group(group) => &TOGETHER[group as usize],
        Inherit::WithGc => &TOGETHER[3],
        Inherit::Never | Inherit::Alone | Inherit::WithDealloc | Inherit::FromBase => &[],
    }
}

/// The two slots of a rule. A rule with another number of slots does not compile.
const fn pair(rule: Inherit) -> [Slot; 2] {
    let (mut found, mut count, mut i) = ([SLOTS[0]; 2], 0, 0);
    while i < SLOTS.len() {
        let is_one = match (SLOTS[i].inherit, rule) {
            (Inherit::Group(own), Inherit::Group(group)) => own as usize == group as usize,
            (Inherit::WithGc, Inherit::WithGc) => true,
            _ => false,
        };
        if is_one {
            found[count] = SLOTS[i];
            count += 1;
        }
        i += 1;
    }
    assert!(count == 2);
    found
}

/// A slot's value in the first class that satisfies the condition; NULL when none does.
fn first(classes: &[Type<'_>], slot: &Slot, condition: impl Fn(Type<'_>) -> bool) -> *mut c_void {
    classes.iter().find(|class| condition(**class)).map_or(core::ptr::null_mut(), |class| slot.value(*class))
}

/// Gives a class without this part the part of its base. The result says whether the class was without it.
///
/// # Safety
/// `class` is a type object that no other code uses yet.
unsafe fn share_part(class: *mut PyTypeObject, base: Type<'_>, part: Part) -> bool {
    // SAFETY: the offset is that of a pointer in both type objects; the class is the caller's alone.
    unsafe {
        let [own, others] = [class, base.as_ptr()].map(|class| class.byte_add(part.offset()).cast::<*mut c_void>());
        let lacks = (*own).is_null();
        if lacks {
            own.write(others.read());
        }
        lacks
    }
}
