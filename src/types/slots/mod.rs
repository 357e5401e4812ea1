//! The slots of a class: one table, and the functions that read, write and inherit a slot.
//!
//! A row of [`SLOTS`] holds all facts about a slot. The functions of this folder read the table and know no slot by
//! name. A row names only the kind of a wrapper or dispatcher; the function comes with the code that needs it.

mod inheritance;
mod table;
pub mod wrappers;

pub(super) use inheritance::inherit;
pub use table::SLOTS;

use crate::abi::*;
use crate::runtime::{Result, Type, refusal};
use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A slot.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The number by which a spec sets the slot (CPython: `Py_tp_hash` and the others in `typeslots.h`); 0 for a field
    /// that a spec can't set.
    pub id: u8,
    /// CPython's name of the field.
    pub name: &'static str,
    /// The place of the slot.
    pub place: Place,
    /// The names of Python methods that correspond to the slot.
    pub names: &'static [&'static str],
    /// The rule by which a class inherits it.
    pub inherit: Inherit,
    /// The kind of function that calls the slot as a method, for each of the names.
    pub wrapper: Wrapper,
    /// The kind of function that fills the slot of a class with a method of one of the names.
    pub dispatcher: Dispatcher,
}

/// The place of a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// An offset in the type object.
    Class(usize),
    /// An offset in a part that the type object points to.
    Part(Part, usize),
    /// An offset in the larger layout of a class that is made at run time.
    Heap(usize),
}

/// The slots of one protocol, to which a type object points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// `tp_as_async`
    Async,
    /// `tp_as_number`
    Number,
    /// `tp_as_mapping`
    Mapping,
    /// `tp_as_sequence`
    Sequence,
    /// `tp_as_buffer`
    Buffer,
}

/// The rule by which a class that leaves a slot empty inherits it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Inherit {
    /// It does not.
    Never,
    /// The slot alone, from the first class of the MRO that has it.
    Alone,
    /// All slots of the group together, if all are empty, from the next class of the MRO that has one of them.
    Group(Group),
    /// From `tp_base`, together with the flag, if the class has neither the flag nor one of these slots.
    WithGc,
    /// Alone, from a class that takes part in garbage collection as this one does.
    Free,
    /// From `tp_base`, whose layout the instances extend.
    FromBase,
    /// From `tp_base`, unless the class can't be called to make instances.
    New,
}

/// Slots that are inherited together, because each depends on the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Both slots that read an attribute: by a C string, and by an object.
    Getattr,
    /// Both slots that set an attribute: by a C string, and by an object.
    Setattr,
    /// Comparison and hash.
    Compare,
}

/// The kind of method that calls a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrapper {
    /// No method calls the slot.
    Nothing,
    /// A method without arguments that returns an object.
    Unary,
    /// A method with one argument that returns an object.
    Binary,
    /// An operator with one argument, which is the left operand for the second name.
    Operator,
    /// A method with one argument or two.
    Ternary,
    /// A power with one argument or two. For the second name the first argument is the left operand.
    Power,
    /// A method without arguments that returns a truth value.
    Predicate,
    /// A method without arguments that returns a length.
    Length,
    /// A method whose argument is a number of repetitions.
    Repeat,
    /// A method whose argument is an index.
    Item,
    /// A method with an index and a value; that of the second name deletes.
    AssignItem,
    /// A method with one argument that returns a truth value.
    Contains,
    /// A method with a key and a value; that of the second name deletes.
    AssignKey,
    /// A method with an instance and a value; that of the second name deletes.
    DescrSet,
    /// A method with a name and a value; that of the second name deletes. It refuses an object whose class sets
    /// attributes in a way of its own.
    Setattr,
    /// A method without arguments that returns a hash.
    Hash,
    /// A method whose argument is the other operand; each name is one comparison.
    Compare,
    /// A method without arguments. It raises StopIteration when the slot has no result.
    Next,
    /// A method with an instance and its class.
    DescrGet,
    /// A method with any arguments that returns an object.
    Call,
    /// A method with any arguments that returns None.
    Init,
    /// A static method with a class and any arguments.
    New,
    /// A method without arguments that returns None.
    Del,
    /// A method whose argument is flags, and that returns a memory view.
    Buffer,
    /// A method whose argument is a memory view.
    ReleaseBuffer,
}

/// The kind of function that fills the slot of a class whose method is written in Python, and calls that method.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dispatcher {
    /// No method fills the slot.
    Nothing,
    /// It calls the method of the first name without an argument.
    Unary,
    /// It calls the method of the first name with one argument.
    Binary,
    /// It calls the method of one of the two names, for the left or the right operand.
    Operator,
    /// It calls the method of a power with two or three operands.
    Power,
    /// It requires a length that is an int and not negative.
    Length,
    /// It passes the index as an int.
    Item,
    /// It passes the index as an int; without a value it calls the method that deletes.
    AssignItem,
    /// It passes a key; without a value it calls the method that deletes.
    AssignKey,
    /// Without the method it compares all items.
    Contains,
    /// It calls `__bool__`, or else `__len__`.
    Truth,
    /// It requires a hash that is an int.
    Hash,
    /// It calls the method of the comparison.
    Compare,
    /// Without the method it iterates by index.
    Iter,
    /// It turns StopIteration into the end of the iteration.
    Next,
    /// It calls `__getattribute__`, and after AttributeError `__getattr__`.
    Getattr,
    /// It passes a name; without a value it calls the method that deletes.
    Setattr,
    /// Without the method it returns the attribute itself.
    DescrGet,
    /// It passes an instance; without a value it calls the method that deletes.
    DescrSet,
    /// It calls the method with all arguments.
    Call,
    /// It requires None as the result.
    Init,
    /// It calls the static method with the class first.
    New,
    /// It reports an error of the method and returns.
    Finalize,
    /// It requires a memory view as the result.
    Buffer,
    /// It gives the memory view back.
    ReleaseBuffer,
}

impl Part {
    /// The offset of the pointer to the part in a type object.
    pub const fn offset(self) -> usize {
        match self {
            Part::Async => offset_of!(PyTypeObject, tp_as_async),
            Part::Number => offset_of!(PyTypeObject, tp_as_number),
            Part::Mapping => offset_of!(PyTypeObject, tp_as_mapping),
            Part::Sequence => offset_of!(PyTypeObject, tp_as_sequence),
            Part::Buffer => offset_of!(PyTypeObject, tp_as_buffer),
        }
    }
}

impl Slot {
    /// The address of a slot of a class; `None` when the class lacks the part that the slot is in.
    fn address(&self, this: Type<'_>) -> Option<*mut *mut c_void> {
        let class = this.as_ptr();
        let (start, offset) = match self.place {
            Place::Class(offset) => (class.cast(), offset),
            // SAFETY: the offset is that of a pointer in the type object.
            Place::Part(part, offset) => (unsafe { *class.byte_add(part.offset()).cast::<*mut c_void>() }, offset),
            Place::Heap(offset) => (this.has_flag(Py_TPFLAGS_HEAPTYPE).then_some(class)?.cast(), offset),
        };
        if start.is_null() { None } else { Some(start.wrapping_byte_add(offset).cast()) }
    }

    /// The slot's value in a class, as an address or a number; NULL when the class has none.
    pub fn value(&self, class: Type<'_>) -> *mut c_void {
        // SAFETY: a class is whole, and the offset of each row is that of a pointer-sized field in the place that the
        // row names.
        self.address(class).map_or(core::ptr::null_mut(), |address| unsafe { address.read() })
    }

    /// Writes the slot of a class, if the class has the part that it is in.
    ///
    /// # Safety
    /// No other code reads or writes the class meanwhile, and the value is NULL or a function for this slot.
    pub(in crate::types) unsafe fn set(&self, class: Type<'_>, value: *mut c_void) {
        if let Some(address) = self.address(class) {
            // SAFETY: the offset of each row is that of a pointer-sized field, and no other code uses the class, as
            // promised.
            unsafe { address.write(value) };
        }
    }
}

/// The value of a slot by its number in `typeslots.h`; SystemError for a number that is no slot, or only one of a class
/// made at run time.
pub fn get(class: Type<'_>, id: c_int, function: &'static str) -> Result<*mut c_void> {
    by_id(id).map(|slot| slot.value(class)).ok_or_else(|| refusal::bad_argument(function))
}

/// The index of each slot in the table, by its number.
static INDEX: [u8; 84] = {
    let mut index = [0; 84];
    let mut i = 0;
    while i < SLOTS.len() {
        index[SLOTS[i].id as usize] = i as u8;
        i += 1;
    }
    index
};

/// The place in the table of the slot with a number of `typeslots.h`, which is known when the library is compiled.
pub(super) const fn row_of(id: c_int) -> usize {
    let row = INDEX[id as usize] as usize;
    assert!(SLOTS[row].id as c_int == id);
    row
}

/// The slot with a number of `typeslots.h`; `None` for a number that is no slot.
pub fn by_id(id: c_int) -> Option<&'static Slot> {
    let index = usize::try_from(id).ok().filter(|id| *id != 0).and_then(|id| INDEX.get(id))?;
    SLOTS.get(usize::from(*index))
}

/// The dispatchers of `tp_new` and `tp_setattro`, which [`is_dispatched`] tells from functions of C. The room of
/// dispatchers, which stands on this one, states them before a class has them.
static DISPATCHED: [AtomicPtr<c_void>; 2] = [const { AtomicPtr::new(core::ptr::null_mut()) }; 2];

/// States the dispatchers of `tp_new` and `tp_setattro`.
pub fn set_dispatched(functions: [*mut c_void; 2]) {
    DISPATCHED.iter().zip(functions).for_each(|(place, function)| place.store(function, Ordering::Relaxed));
}

/// Whether a function in `tp_new` or `tp_setattro` calls a method of the class's dict.
pub fn is_dispatched(function: *mut c_void) -> bool {
    !function.is_null() && DISPATCHED.iter().any(|place| place.load(Ordering::Relaxed) == function)
}
