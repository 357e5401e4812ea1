//! Wrappers: the functions that call a slot as a method, and the rows that describe them, one for each name of a slot
//! that can be called.

mod call;
mod methods;

use super::{Part, Place, SLOTS, Slot, Wrapper as W};
use crate::abi::*;
use call::{Plain, WithKeywords};
use core::ffi::{c_char, c_int};
use methods::{Function, function};

/// The parts in the order in which CPython gives their slots to a dict; `None` is the type object itself.
const ORDER: [Option<Part>; 6] =
    [None, Some(Part::Buffer), Some(Part::Async), Some(Part::Number), Some(Part::Mapping), Some(Part::Sequence)];

const fn is_in(slot: &Slot, part: Option<Part>) -> bool {
    match (slot.place, part) {
        (Place::Class(_), None) => true,
        (Place::Part(own, _), Some(part)) => own as usize == part as usize,
        _ => false,
    }
}

/// Counts the rows, and the bytes of their names, each with a NUL.
const fn measure() -> (usize, usize) {
    let (mut rows, mut bytes, mut i) = (0, 0, 0);
    while i < SLOTS.len() {
        let mut name = 0;
        while name < SLOTS[i].names.len() {
            if function(SLOTS[i].wrapper, name).is_some() {
                rows += 1;
                bytes += SLOTS[i].names[name].len() + 1;
            }
            name += 1;
        }
        i += 1;
    }
    (rows, bytes)
}

const COUNT: usize = measure().0;

/// Where the row of each wrapper comes from: the slot, the name, and the offset of the name in [`NAMES`].
const PLAN: [(u8, u8, u16); COUNT] = {
    let mut plan = [(0, 0, 0); COUNT];
    let (mut row, mut at, mut pass) = (0, 0, 0);
    while pass < ORDER.len() {
        let mut i = 0;
        while i < SLOTS.len() {
            let mut name = 0;
            while name < SLOTS[i].names.len() && is_in(&SLOTS[i], ORDER[pass]) {
                if function(SLOTS[i].wrapper, name).is_some() {
                    plan[row] = (i as u8, name as u8, at as u16);
                    row += 1;
                    at += SLOTS[i].names[name].len() + 1;
                }
                name += 1;
            }
            i += 1;
        }
        pass += 1;
    }
    assert!(row == COUNT && SLOTS.len() < 256);
    plan
};

/// The names of all rows, each with a NUL.
static NAMES: [u8; measure().1] = {
    let mut names = [0; measure().1];
    let mut row = 0;
    while row < COUNT {
        let (slot, name, at) = PLAN[row];
        let name = SLOTS[slot as usize].names[name as usize].as_bytes();
        let mut i = 0;
        while i < name.len() {
            names[at as usize + i] = name[i];
            i += 1;
        }
        row += 1;
    }
    names
};

/// The rows. C gets their addresses, and does not change them.
static mut ROWS: [wrapperbase; COUNT] = {
    let mut rows = [wrapperbase {
        name: core::ptr::null(),
        offset: 0,
        function: core::ptr::null_mut(),
        wrapper: None,
        doc: core::ptr::null(),
        flags: 0,
        name_strobj: core::ptr::null_mut(),
    }; COUNT];
    let mut row = 0;
    while row < COUNT {
        let (slot, name, at) = PLAN[row];
        rows[row].name = NAMES.as_ptr().wrapping_add(at as usize).cast::<c_char>();
        rows[row].offset = heap_offset(SLOTS[slot as usize].place) as c_int;
        match function(SLOTS[slot as usize].wrapper, name as usize) {
            Some(Function::Plain(plain)) => rows[row].wrapper = Some(plain),
            Some(Function::WithKeywords(with_keywords)) => {
                rows[row].flags = PyWrapperFlag_KEYWORDS;
                // SAFETY: both are addresses of functions. The flag tells the caller to pass the fourth argument.
                rows[row].wrapper = Some(unsafe { core::mem::transmute::<WithKeywords, Plain>(with_keywords) });
            }
            None => {}
        }
        row += 1;
    }
    rows
};

/// The offset of a slot in a type made at run time, which has all parts.
const fn heap_offset(place: Place) -> usize {
    use core::mem::offset_of;
    match place {
        Place::Class(offset) | Place::Heap(offset) => offset,
        Place::Part(Part::Async, offset) => offset_of!(PyHeapTypeObject, as_async) + offset,
        Place::Part(Part::Number, offset) => offset_of!(PyHeapTypeObject, as_number) + offset,
        Place::Part(Part::Mapping, offset) => offset_of!(PyHeapTypeObject, as_mapping) + offset,
        Place::Part(Part::Sequence, offset) => offset_of!(PyHeapTypeObject, as_sequence) + offset,
        Place::Part(Part::Buffer, offset) => offset_of!(PyHeapTypeObject, as_buffer) + offset,
    }
}

/// A wrapper of the library's own: the address of its row, the slot, and the name.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The row for C.
    pub base: *mut wrapperbase,
    /// The slot that the wrapper calls.
    pub slot: &'static Slot,
    /// The method's name.
    pub name: &'static str,
}

/// The row at an index below the number of rows.
fn row(index: usize) -> Option<Row> {
    let (slot, name, _) = PLAN.get(index)?;
    let slot = SLOTS.get(usize::from(*slot))?;
    // The index is inside the table.
    let base = (&raw mut ROWS).cast::<wrapperbase>().wrapping_add(index);
    Some(Row { base, slot, name: slot.names.get(usize::from(*name))? })
}

/// All wrappers, in the order in which CPython gives them to a dict.
pub fn rows() -> impl Iterator<Item = Row> {
    (0..COUNT).filter_map(row)
}

/// The wrapper with this row; `None` for a row of C's.
pub fn of_base(base: *const wrapperbase) -> Option<Row> {
    let offset = base.addr().checked_sub((&raw const ROWS).addr())?;
    row(offset / size_of::<wrapperbase>())
}

impl Row {
    /// The parameters as `__text_signature__` shows them.
    pub fn parameters(&self) -> &'static str {
        match (self.slot.wrapper, self.name) {
            (W::Call | W::Init, _) => "($self, /, *args, **kwargs)",
            (_, "__getattribute__" | "__delattr__") => "($self, name, /)",
            (_, "__setattr__") => "($self, name, value, /)",
            (_, "__getitem__" | "__delitem__" | "__contains__") => "($self, key, /)",
            (_, "__setitem__") => "($self, key, value, /)",
            (_, "__get__") => "($self, instance, owner=None, /)",
            (_, "__set__") => "($self, instance, value, /)",
            (_, "__delete__") => "($self, instance, /)",
            (W::Power, _) => "($self, value, mod=None, /)",
            (W::Buffer, _) => "($self, flags, /)",
            (W::ReleaseBuffer, _) => "($self, buffer, /)",
            (W::Binary | W::Operator | W::Ternary | W::Repeat | W::Compare, _) => "($self, value, /)",
            _ => "($self, /)",
        }
    }
}
