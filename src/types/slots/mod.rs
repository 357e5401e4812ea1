//! The slots of a class: one table, and how one is read, written and inherited.
//!
//! A row of [`SLOTS`] says all that is known of a slot. The functions of this folder read the table and know no slot by
//! name; a wrapper or a dispatcher is named here by its kind, and the function comes with the code that needs it.

mod inheritance;
mod table;

pub use inheritance::inherit;
pub use table::SLOTS;

use crate::abi::*;
use crate::runtime::Type;
use core::ffi::c_void;
use core::mem::offset_of;

/// A slot.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The number by which a spec names the slot (CPython: `Py_tp_hash` and its kin in `typeslots.h`); 0 for a field that
    /// a spec can't set.
    pub id: u8,
    /// CPython's name of the field.
    pub name: &'static str,
    /// Where it is.
    pub place: Place,
    /// The names of Python methods that the slot answers to.
    pub names: &'static [&'static str],
    /// When a class has it from a base.
    pub inherit: Inherit,
    /// The kind of function that calls the slot for each of the names.
    pub wrapper: Wrapper,
    /// The kind of function that fills the slot of a class which has a method of one of the names.
    pub dispatcher: Dispatcher,
}

/// Where a slot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// At an offset in the type object.
    Class(usize),
    /// At an offset in a part that the type object points to.
    Part(Part, usize),
    /// At an offset in the larger layout of a class that is made at run time.
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

/// When a class that leaves a slot empty has it from a base.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Inherit {
    /// Never.
    Never,
    /// By itself, from the first class of the MRO that defines it.
    Alone,
    /// If all of its group are empty, with all of them, from the first class of the MRO.
    Group(Group),
    /// From `tp_base`, if the class takes part in garbage collection and has neither `tp_traverse` nor `tp_clear`.
    WithGc,
    /// From `tp_base`, with the way in which the memory of instances is had and given back.
    WithDealloc,
    /// From `tp_base`, which the instances' layout extends.
    FromBase,
}

/// Slots that mean something only together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Reading an attribute by a text or by an object.
    Getattr,
    /// Setting an attribute by a text or by an object.
    Setattr,
    /// Equality and hash.
    Compare,
}

/// How a slot is called as a method.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrapper {
    /// No method calls it.
    Nothing,
    /// Of no argument, with an object as its result.
    Unary,
    /// Of one argument.
    Binary,
    /// Of one argument, which for the second name is the operator's left side.
    Operator,
    /// Of one argument, or two.
    Ternary,
    /// The same, where for the second name the argument is the operator's left side.
    Power,
    /// Of no argument, with a truth value as its result.
    Predicate,
    /// Of no argument, with a length as its result.
    Length,
    /// Of a number of times.
    Repeat,
    /// Of an index.
    Item,
    /// Of an index and a value; the second name deletes.
    AssignItem,
    /// Of one argument, with a truth value as its result.
    Contains,
    /// Of a key, a name or an instance, and a value; the second name deletes.
    Assign,
    /// Of no argument, with a hash as its result.
    Hash,
    /// Of another object; each name is one comparison.
    Compare,
    /// Of no argument; no result is StopIteration.
    Next,
    /// Of an instance and its class.
    DescrGet,
    /// Of any arguments, with an object as its result.
    Call,
    /// Of any arguments, with None as its result.
    Init,
    /// A static method, of a class and any arguments.
    New,
    /// Of no argument, with None as its result.
    Del,
    /// Of flags, with a memory view as its result.
    Buffer,
    /// Of a memory view.
    ReleaseBuffer,
}

/// What a slot does in a class that has its method written in Python.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dispatcher {
    /// No method fills it.
    Nothing,
    /// It calls the method of the first name without an argument.
    Unary,
    /// It calls the method of the first name with one argument.
    Binary,
    /// It calls the method of one of the two names, on either side.
    Operator,
    /// An operator of two or three sides.
    Power,
    /// A length that has to be an int and not negative.
    Length,
    /// It makes an int of the index.
    Item,
    /// It makes an int of the index; no value deletes.
    AssignItem,
    /// No value deletes.
    AssignKey,
    /// It looks through all items without such a method.
    Contains,
    /// A truth value, or else a length.
    Truth,
    /// A hash that has to be an int.
    Hash,
    /// The method of the comparison's name.
    Compare,
    /// It goes by index without such a method.
    Iter,
    /// StopIteration is the end.
    Next,
    /// It asks both methods in turn.
    Getattr,
    /// No value deletes.
    Setattr,
    /// It gives the attribute itself without such a method.
    DescrGet,
    /// No value deletes.
    DescrSet,
    /// It calls the method with all arguments.
    Call,
    /// The result has to be None.
    Init,
    /// It calls the static method with the class first.
    New,
    /// An error is reported and goes no further.
    Finalize,
    /// The result has to be a memory view.
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
    /// Where the slot of a class is, unless the class lacks the part that the slot is in.
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
        // SAFETY: a class is whole, and each row's offset is that of a field of a pointer's size in the place that it names.
        self.address(class).map_or(core::ptr::null_mut(), |address| unsafe { address.read() })
    }

    /// Whether a class has a value of its own, which it does not have from its base (CPython: `SLOTDEFINED`).
    fn is_defined_by(&self, class: Type<'_>) -> bool {
        let value = self.value(class);
        !value.is_null() && class.base().is_none_or(|base| self.value(base) != value)
    }
}
