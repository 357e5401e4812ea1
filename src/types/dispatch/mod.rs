//! Dispatchers: the functions by which a method in the dict of a class fills a slot, and the rule by which a slot is
//! filled (CPython: `update_one_slot` in `Objects/typeobject.c`).

mod buffer;
mod containers;
mod finalize;
mod method;
mod names;
mod object_slots;
mod operators;
mod table;

use super::descriptor::wrapper;
use super::slots::{self, Dispatcher, SLOTS, Slot, Wrapper, wrappers};
use super::{class, new_method, subclasses};
use crate::abi::*;
use crate::objects::class_defaults::NO_HASH;
use crate::objects::{dict, str};
use crate::protocol::iteration;
use crate::runtime::{Obj, Result, Type, known};
use core::ffi::c_void;

/// Fills the slots of a class from the attributes of the class and its bases.
/// Nothing happens to a static class.
pub fn fill(class: Type<'_>) -> Result<()> {
    state();
    SLOTS.iter().enumerate().filter(|(_, slot)| !slot.names.is_empty()).try_for_each(|row| update_slot(class, row))
}

/// Fills the slots to which a name belongs, after the attribute of that name was set or deleted in a class. The classes
/// made from it follow, except for those with an attribute of their own.
pub fn update(class: Type<'_>, name: Obj<'_>) -> Result<()> {
    let Some(str::Points::Ascii(text)) = name.downcast().map(str::points) else { return Ok(()) };
    if !text.starts_with(b"__") {
        return Ok(());
    }
    state();
    let mut named = SLOTS.iter().enumerate().filter(|(_, slot)| slot.names.iter().any(|name| name.as_bytes() == text));
    named.try_for_each(|row| follow(class, row, name))
}

/// States the dispatchers that the checks of `__new__` and `__setattr__` have to tell from functions of C.
fn state() {
    const ROWS: [usize; 2] = [slots::row_of(Py_tp_new), slots::row_of(Py_tp_setattro)];
    slots::set_dispatched(ROWS.map(table::of));
}

/// A slot, and its place in the table.
type Row = (usize, &'static Slot);

/// Fills a slot of a class and of the classes made from it.
fn follow(class: Type<'_>, row: Row, name: Obj<'_>) -> Result<()> {
    update_slot(class, row)?;
    let mut done = Ok(());
    subclasses::each(class, |subclass| {
        let own = class::attributes(subclass).and_then(|attributes| dict::contains(attributes, name));
        match (&done, own) {
            (Err(_), _) | (_, Ok(true)) => {}
            (Ok(()), Err(raised)) => done = Err(raised),
            (Ok(()), Ok(false)) => done = follow(subclass, row, name),
        }
    });
    done
}

/// The C function that a wrapper in a dict calls.
pub(super) struct Wrapped<'a> {
    /// The slot, and the place of the name in its row.
    slot: (&'static Slot, usize),
    /// The function in the slot of the class.
    function: *mut c_void,
    /// The class whose instances the function takes.
    class: Type<'a>,
}

/// The parts of a wrapper; `None` for any other object.
fn wrapped(o: Obj<'_>) -> Option<Wrapped<'_>> {
    let (class, base, function) = wrapper::wrapped(o)?;
    let row = wrappers::of_base(base)?;
    let place = row.slot.names.iter().position(|name| *name == row.name)?;
    Some(Wrapped { slot: (row.slot, place), function, class })
}

/// Fills one slot: with the C function itself if all names that are found are wrappers of it, otherwise with the
/// dispatcher. A slot for which no name is found is empty; `tp_iternext` then refuses.
fn update_slot(class: Type<'_>, (row, slot): Row) -> Result<()> {
    if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        return Ok(());
    }
    let dispatcher = table::of(row);
    let [mut generic, mut specific] = [core::ptr::null_mut::<c_void>(); 2];
    let mut use_generic = false;
    for (index, text) in slot.names.iter().enumerate() {
        let Some(found) = class::lookup(class, table::name(row, index)?)? else {
            if slot.dispatcher == Dispatcher::Next {
                specific = iteration::no_next as *mut c_void;
            }
            continue;
        };
        let found = found.borrow();
        if let Some(wrapped) = wrapped(found).filter(|wrapped| wrapped.name() == *text) {
            if !table::SHARED.contains(text) || only_filled(class, text).is_none_or(|other| core::ptr::eq(other, slot))
            {
                generic = dispatcher;
            }
            let is_unique = specific.is_null() || specific == wrapped.function;
            if is_unique && wrapped.suits(slot, index) && class.is_subtype(wrapped.class) {
                specific = wrapped.function;
            } else {
                use_generic = true;
            }
        } else if slot.dispatcher == Dispatcher::New && new_method::class_of(found).is_some() {
            specific = slot.value(class);
        } else if slot.dispatcher == Dispatcher::Hash && found.is(known::NONE) {
            specific = NO_HASH.map_or(core::ptr::null_mut(), |function| function as *mut c_void);
        } else {
            use_generic = true;
            generic = dispatcher;
            if slot.dispatcher == Dispatcher::Call {
                // The vectorcall function of a base would ignore the method.
                // SAFETY: only a thread that holds the GIL changes the fields of a class made at run time.
                unsafe { (*class.as_ptr()).tp_flags &= !Py_TPFLAGS_HAVE_VECTORCALL };
            }
        }
    }
    let value = if specific.is_null() || use_generic { generic } else { specific };
    // SAFETY: only a thread that holds the GIL uses a class made at run time. Each value is a function for this slot.
    unsafe { slot.set(class, value) };
    Ok(())
}

impl Wrapped<'_> {
    /// The name under which the wrapper was made.
    fn name(&self) -> &'static str {
        self.slot.0.names.get(self.slot.1).unwrap_or(&"")
    }

    /// Whether the wrapper of this place of a slot's row calls functions of the same kind.
    fn suits(&self, slot: &Slot, index: usize) -> bool {
        let by_place = |wrapper| !matches!(wrapper, Wrapper::Repeat);
        slot.wrapper == self.slot.0.wrapper && (index == self.slot.1 || !by_place(slot.wrapper))
    }
}

/// The one slot with this name that a class has filled; `None` if there are none or several.
fn only_filled(class: Type<'_>, name: &str) -> Option<&'static Slot> {
    let mut filled = SLOTS.iter().filter(|slot| slot.names.contains(&name) && !slot.value(class).is_null());
    let first = filled.next()?;
    if filled.next().is_some() { None } else { Some(first) }
}
