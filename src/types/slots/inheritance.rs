//! The slots that a class inherits from its bases (CPython: `inherit_slots` and `inherit_special`).

use super::{Group, Inherit, Part, SLOTS, Slot};
use crate::abi::*;
use crate::runtime::Type;
use core::ffi::c_void;

const PARTS: [Part; 5] = [Part::Async, Part::Number, Part::Mapping, Part::Sequence, Part::Buffer];

/// Fills each empty slot of a new class by its rule. `ancestors` are the classes after it in its MRO, in order.
///
/// # Safety
/// `class` is a type object, whole but for its empty slots, which no other code uses yet; its base is `base`.
pub unsafe fn inherit<'a>(class: *mut PyTypeObject, base: Type<'a>, ancestors: impl Iterator<Item = Type<'a>> + Clone) {
    // SAFETY: the class is whole, as promised.
    let this = unsafe { Type::from_ptr_unchecked(class) };
    // A group is inherited only if all its slots were empty, so this is computed before any slot is filled.
    let open = |group| members(group).all(|slot| slot.value(this).is_null());
    let open = [Group::Getattr, Group::Setattr, Group::Compare].map(|group| open(Inherit::Group(group)));
    let collects = this.has_flag(Py_TPFLAGS_HAVE_GC) && members(Inherit::WithGc).all(|slot| slot.value(this).is_null());
    for part in PARTS {
        // SAFETY: no other code uses the class yet, as promised, and the offset is that of a pointer to a part.
        unsafe { inherit_part(class, base, part) };
    }
    for slot in SLOTS {
        // A slot that is filled, or whose part the class lacks, inherits nothing.
        let Some(address) = slot.address(this).filter(|_| slot.value(this).is_null()) else { continue };
        let value = match slot.inherit {
            Inherit::Never => continue,
            Inherit::Alone => first(ancestors.clone(), slot, |class| slot.is_defined_by(class)),
            Inherit::Group(group) if open[group as usize] => {
                first(ancestors.clone(), slot, |class| members(slot.inherit).any(|slot| slot.is_defined_by(class)))
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

/// The slots that have this rule.
fn members(rule: Inherit) -> impl Iterator<Item = &'static Slot> {
    SLOTS.iter().filter(move |slot| slot.inherit == rule)
}

/// A slot's value in the first class that satisfies the condition; NULL when none does.
fn first<'a>(
    mut classes: impl Iterator<Item = Type<'a>>,
    slot: &Slot,
    condition: impl Fn(Type<'a>) -> bool,
) -> *mut c_void {
    classes.find(|class| condition(*class)).map_or(core::ptr::null_mut(), |class| slot.value(class))
}

/// Gives a class without this part the part of its base.
///
/// # Safety
/// `class` is a type object that no other code uses yet.
unsafe fn inherit_part(class: *mut PyTypeObject, base: Type<'_>, part: Part) {
    // SAFETY: the offset is that of a pointer in both type objects, and no other code uses the class yet, as promised.
    unsafe {
        let [own, others] = [class, base.as_ptr()].map(|class| class.byte_add(part.offset()).cast::<*mut c_void>());
        if (*own).is_null() {
            own.write(others.read());
        }
    }
}
