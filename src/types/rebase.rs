//! Assignment to `__bases__` of a class, which requires that the layouts of instances agree.

use super::class::cache;
use super::heap::bases;
use super::reclass::require_compatible;
use super::slots::SLOTS;
use super::{dispatch, ready, subclasses};
use crate::abi::*;
use crate::objects::str;
use crate::objects::tuple::{self, Tuple};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Field, Obj, Raised, Ref, Result, Type, raise};

/// Gives a class other bases (CPython: the setter of `__bases__`). The orders of the class and of all classes made from
/// it are computed anew; after an error all of them are as before.
pub(super) fn set_bases(class: Type<'_>, value: Obj<'_>) -> Result<()> {
    let name = class.name();
    let Some(new) = value.downcast() else {
        return Err(raise!(TypeError, "can only assign tuple to {name}.__bases__, not {}", value.class().name()));
    };
    if tuple::len(new) == 0 {
        return Err(raise!(TypeError, "can only assign non-empty tuple to {name}.__bases__, not ()"));
    }
    for base in tuple::items(new) {
        let Some(base) = base.as_type() else {
            let kind = base.class();
            return Err(raise!(TypeError, "{name}.__bases__ must be tuple of classes, not '{}'", kind.name()));
        };
        let mut chain = core::iter::successors(Some(base), |class| class.base());
        if base.is_subtype(class) || chain.any(|base| base == class) {
            return Err(raise!(TypeError, "a __bases__ item causes an inheritance cycle"));
        }
    }
    let best = bases::best(new)?;
    require_compatible(class.base().unwrap_or(best), best, "__bases__")?;
    replace(class, new, best)
}

/// The fields of a class with its bases and its base.
fn places<'a>(class: Type<'a>) -> [&'a Field; 2] {
    // SAFETY: a class made at run time owns the objects in these fields; only such classes get other bases.
    unsafe { [Field::at(&raw mut (*class.as_ptr()).tp_bases), Field::at((&raw mut (*class.as_ptr()).tp_base).cast())] }
}

fn replace(class: Type<'_>, new: Tuple<'_>, best: Type<'_>) -> Result<()> {
    cache::modified(class);
    let [bases_place, base_place] = places(class);
    let (old_bases, old_base) =
        (bases_place.replace(Some(new.to_ref())), base_place.replace(Some(best.as_obj().to_ref())));
    let mut before: Array<(Ref, Option<Ref>)> = Array::new_in(Malloc);
    if let Err(raised) = reorder(class, &mut before) {
        while let Some((class, order)) = before.pop() {
            class.borrow().as_type().map(order_place).into_iter().for_each(|place| drop(place.replace(order.clone())));
        }
        // A `mro` of C's may have assigned the bases again.
        if bases_place.as_ptr() == new.as_ptr() {
            bases_place.set(old_bases);
            base_place.set(old_base);
        }
        return Err(raised);
    }
    if bases_place.as_ptr() == new.as_ptr() {
        old_bases
            .as_ref()
            .and_then(|old| old.borrow().downcast())
            .into_iter()
            .for_each(|old| subclasses::remove(class, old));
        subclasses::add(class, new)?;
        refill(class)?;
    }
    Ok(())
}

/// The field of a class with its order.
fn order_place<'a>(class: Type<'a>) -> &'a Field {
    // SAFETY: a class made at run time owns the tuple in the field. A class made from one was made at run time too.
    unsafe { Field::at(&raw mut (*class.as_ptr()).tp_mro) }
}

/// Computes the order of a class and of the classes made from it, and keeps the former ones.
fn reorder(class: Type<'_>, before: &mut Array<(Ref, Option<Ref>)>) -> Result<()> {
    let [bases, _] = places(class);
    let bases = bases.get_as::<PyTupleObject>().ok_or_else(missing_bases)?;
    let order = ready::order(class, bases.borrow())?;
    memory::reserve(before, 1)?;
    cache::modified(class);
    let former = order_place(class).replace(Some(order.into_ref()));
    memory::fill(before, [(class.as_obj().to_ref(), former)]);
    each_subclass(class, |class| reorder(class, before))
}

#[cold]
fn missing_bases() -> Raised {
    raise!(SystemError, "a class without bases")
}

/// Fills the slots of a class and of the classes made from it, name by name.
fn refill(class: Type<'_>) -> Result<()> {
    for name in SLOTS.iter().flat_map(|slot| slot.names) {
        dispatch::update(class, str::intern(str::from_str(name)?)?.borrow())?;
    }
    Ok(())
}

fn each_subclass(class: Type<'_>, mut work: impl FnMut(Type<'_>) -> Result<()>) -> Result<()> {
    let mut done = Ok(());
    subclasses::each(class, |class| {
        if done.is_ok() {
            done = work(class);
        }
    });
    done
}
