//! Wrappers: the functions that call a slot as a method (CPython: `wrap_unaryfunc` and the others), and the rows that describe them,
//! one for each name of a slot that can be called.

use super::{Part, Place, SLOTS, Slot, Wrapper as W};
use crate::abi::*;
use crate::objects::{arguments, constants, index, int};
use crate::runtime::{IntoC, Obj, Ref, Result, Type, error, raise};
use core::ffi::{c_char, c_int, c_void};

type Raw = *mut PyObject;

/// The arguments of a call.
///
/// # Safety
/// `args` is a tuple that lives for the length of the call.
unsafe fn items<'a>(args: Raw) -> &'a [Obj<'a>] {
    // SAFETY: the caller of a wrapper passes a tuple.
    unsafe { crate::objects::tuple::items(crate::runtime::View::new_unchecked(Obj::from_ptr_unchecked(args))) }
}

/// This many arguments.
///
/// # Safety
/// As for [`items`].
unsafe fn exactly<'a, const N: usize>(args: Raw) -> Result<[Obj<'a>; N]> {
    // SAFETY: this function's caller promises the same.
    let given = unsafe { items(args) };
    given.try_into().map_err(|_| {
        let plural = if N == 1 { "" } else { "s" };
        raise!(TypeError, "expected {N} argument{plural}, got {}", given.len())
    })
}

/// Two arguments of the method `name`.
///
/// # Safety
/// As for [`items`].
unsafe fn pair<'a>(args: Raw, name: &str) -> Result<[Obj<'a>; 2]> {
    // SAFETY: this function's caller promises the same.
    let given = unsafe { items(args) };
    arguments::between(name, given.len(), 2, 2)?;
    // SAFETY: the number of arguments was checked.
    unsafe { exactly(args) }
}

/// The function in a slot.
///
/// # Safety
/// `F` is the type of the slot.
unsafe fn of<F>(slot: *mut c_void) -> F {
    const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
    // SAFETY: the slot has this type, as promised, and both are pointers.
    unsafe { core::mem::transmute_copy(&slot) }
}

/// The error of a slot that returned -1.
fn check(answer: isize) -> Result<isize> {
    match error::pending() {
        Some(raised) if answer == -1 => Err(raised),
        _ => Ok(answer),
    }
}

fn none(answer: Result<isize>) -> Raw {
    answer.map(|_| constants::NONE.to_ref()).into_c()
}

fn truth(answer: Result<isize>) -> Raw {
    answer.map(|answer| constants::bool(answer != 0).to_ref()).into_c()
}

fn size(answer: Result<isize>) -> Raw {
    answer.and_then(|answer| int::from_i64(answer as i64)).into_c()
}

type Unary = unsafe extern "C" fn(Raw) -> Raw;
type Binary = unsafe extern "C" fn(Raw, Raw) -> Raw;
type Ternary = unsafe extern "C" fn(Raw, Raw, Raw) -> Raw;
type Inquiry = unsafe extern "C" fn(Raw) -> c_int;
type Sized = unsafe extern "C" fn(Raw) -> isize;
type Indexed = unsafe extern "C" fn(Raw, isize) -> Raw;
type AssignIndexed = unsafe extern "C" fn(Raw, isize, Raw) -> c_int;
type Contains = unsafe extern "C" fn(Raw, Raw) -> c_int;
type Assign = unsafe extern "C" fn(Raw, Raw, Raw) -> c_int;
type Compare = unsafe extern "C" fn(Raw, Raw, c_int) -> Raw;
type Destroy = unsafe extern "C" fn(Raw);

// SAFETY of all wrappers: a row names the wrapper of its own slot, whose type the function has. The caller of a wrapper passes an
// object of a class with the slot, a tuple of arguments, and the slot.

unsafe extern "C" fn unary(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { exactly(args).map(|[]| of::<Unary>(slot)(o)).into_c() }
}

unsafe extern "C" fn binary(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { exactly(args).map(|[other]| of::<Binary>(slot)(o, other.as_ptr())).into_c() }
}

/// The object is the right operand.
unsafe extern "C" fn reversed(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { exactly(args).map(|[other]| of::<Binary>(slot)(other.as_ptr(), o)).into_c() }
}

/// The operand of a power and its modulus, or None.
///
/// # Safety
/// As for [`items`].
unsafe fn power_operands(args: Raw) -> Result<[Raw; 2]> {
    // SAFETY: this function's caller promises the same.
    match unsafe { items(args) } {
        [operand] => Ok([operand.as_ptr(), constants::NONE.as_ptr()]),
        [operand, modulus] => Ok([operand.as_ptr(), modulus.as_ptr()]),
        given => Err(raise!(TypeError, "expected 1 or 2 arguments, got {}", given.len())),
    }
}

unsafe extern "C" fn power(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { power_operands(args).map(|[other, modulus]| of::<Ternary>(slot)(o, other, modulus)).into_c() }
}

/// The object is the right operand.
unsafe extern "C" fn power_reversed(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { power_operands(args).map(|[other, modulus]| of::<Ternary>(slot)(other, o, modulus)).into_c() }
}

unsafe extern "C" fn predicate(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { truth(exactly(args).and_then(|[]| check(of::<Inquiry>(slot)(o) as isize))) }
}

/// A length or a hash.
unsafe extern "C" fn sized(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { size(exactly(args).and_then(|[]| check(of::<Sized>(slot)(o)))) }
}

/// An argument as a number of items; OverflowError when it is too large.
fn count(argument: Obj<'_>) -> Result<isize> {
    index::as_ssize_t(argument, Some(Exc::OverflowError))
}

/// An argument as an index, to which the length is added when it is negative (CPython: `getindex`).
///
/// # Safety
/// `o` is an object of a class with a slot of the sequence protocol.
unsafe fn position(o: Raw, argument: Obj<'_>) -> Result<isize> {
    let index = count(argument)?;
    // SAFETY: `o` is an object, and a suite is NULL or whole. The slot belongs to the object's class.
    unsafe {
        let length =
            Obj::from_ptr_unchecked(o).class().fields().tp_as_sequence.as_ref().and_then(|suite| suite.sq_length);
        match length {
            Some(length) if index < 0 => match length(o) {
                ..0 => Err(error::fetched_from_c("__len__")),
                length => Ok(index + length),
            },
            _ => Ok(index),
        }
    }
}

unsafe extern "C" fn repeat(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { exactly(args).and_then(|[times]| Ok(of::<Indexed>(slot)(o, count(times)?))).into_c() }
}

unsafe extern "C" fn item(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { exactly(args).and_then(|[at]| Ok(of::<Indexed>(slot)(o, position(o, at)?))).into_c() }
}

unsafe extern "C" fn set_item(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe {
        none(
            pair(args, "__setitem__")
                .and_then(|[at, value]| check(of::<AssignIndexed>(slot)(o, position(o, at)?, value.as_ptr()) as isize)),
        )
    }
}

unsafe extern "C" fn delete_item(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    let null = core::ptr::null_mut();
    // SAFETY: as above.
    unsafe { none(exactly(args).and_then(|[at]| check(of::<AssignIndexed>(slot)(o, position(o, at)?, null) as isize))) }
}

unsafe extern "C" fn contains(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { truth(exactly(args).and_then(|[part]| check(of::<Contains>(slot)(o, part.as_ptr()) as isize))) }
}

/// Assigns under a key.
unsafe extern "C" fn assign_key(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { none(pair(args, "__setitem__").and_then(|pair| assign(o, pair, slot))) }
}

/// Sets the attribute of an instance.
unsafe extern "C" fn describe_set(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { none(pair(args, "__set__").and_then(|pair| assign(o, pair, slot))) }
}

/// # Safety
/// The slot has the type [`Assign`], and belongs to the class of `o`.
unsafe fn assign(o: Raw, [key, value]: [Obj<'_>; 2], slot: *mut c_void) -> Result<isize> {
    // SAFETY: as this function's caller promises.
    unsafe { check(of::<Assign>(slot)(o, key.as_ptr(), value.as_ptr()) as isize) }
}

/// Deletes under a key, or for an instance.
unsafe extern "C" fn delete(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe {
        none(exactly(args).and_then(|[key]| check(of::<Assign>(slot)(o, key.as_ptr(), core::ptr::null_mut()) as isize)))
    }
}

unsafe extern "C" fn set_attribute(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe {
        none(pair(args, "__setattr__").and_then(|pair| {
            refuse_jump(Obj::from_ptr_unchecked(o), slot, "__setattr__")?;
            assign(o, pair, slot)
        }))
    }
}

unsafe extern "C" fn delete_attribute(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe {
        none(exactly(args).and_then(|[name]| {
            refuse_jump(Obj::from_ptr_unchecked(o), slot, "__delattr__")?;
            check(of::<Assign>(slot)(o, name.as_ptr(), core::ptr::null_mut()) as isize)
        }))
    }
}

/// TypeError when the object is a class, and a base of its metatype sets attributes in a way of its own, which the call would leave
/// out (CPython: `hackcheck`).
fn refuse_jump(o: Obj<'_>, slot: *mut c_void, name: &str) -> Result<()> {
    let value = |class: Type<'_>| class.fields().tp_setattro.map_or(core::ptr::null_mut(), |slot| slot as *mut c_void);
    let class = o.class();
    if !class.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) {
        return Ok(());
    }
    let own = value(class);
    // The last class in the order that has the object's function defined it.
    let definer = crate::types::mro::of(class).filter(|base| value(*base) == own && !super::is_dispatched(own)).last();
    let mut bases = core::iter::successors(Some(definer.unwrap_or(class)), |class| class.base()).map(value);
    match bases.find(|function| *function == slot || !super::is_dispatched(*function)) {
        Some(function) if function != slot => {
            Err(raise!(TypeError, "can't apply this {name} to {} object", class.name()))
        }
        _ => Ok(()),
    }
}

unsafe extern "C" fn compare<const OP: c_int>(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe { exactly(args).map(|[other]| of::<Compare>(slot)(o, other.as_ptr(), OP)).into_c() }
}

unsafe extern "C" fn next(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    let found = unsafe { exactly(args).map(|[]| Ref::from_ptr(of::<Unary>(slot)(o))) };
    let end = || {
        error::pending()
            .unwrap_or_else(|| error::raise_with(Exc::StopIteration, crate::objects::tuple::empty().to_own()))
    };
    found.and_then(|found| found.ok_or_else(end)).into_c()
}

unsafe extern "C" fn describe_get(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe {
        let given = items(args);
        let at = |index: usize| {
            given.get(index).filter(|o| !o.is(constants::NONE)).map_or(core::ptr::null_mut(), |o| o.as_ptr())
        };
        let checked = arguments::between("__get__", given.len(), 1, 2).and_then(|()| match (at(0), at(1)) {
            (instance, owner) if instance.is_null() && owner.is_null() => {
                Err(raise!(TypeError, "__get__(None, None) is invalid"))
            }
            both => Ok(both),
        });
        checked.map(|(instance, owner)| of::<Ternary>(slot)(o, instance, owner)).into_c()
    }
}

unsafe extern "C" fn finalize(o: Raw, args: Raw, slot: *mut c_void) -> Raw {
    // SAFETY: as above.
    unsafe {
        none(exactly(args).map(|[]| {
            of::<Destroy>(slot)(o);
            0
        }))
    }
}

unsafe extern "C" fn call(o: Raw, args: Raw, slot: *mut c_void, keywords: Raw) -> Raw {
    // SAFETY: as above; the keywords are a dict or NULL.
    unsafe { of::<Ternary>(slot)(o, args, keywords) }
}

unsafe extern "C" fn init(o: Raw, args: Raw, slot: *mut c_void, keywords: Raw) -> Raw {
    // SAFETY: as above; the keywords are a dict or NULL.
    match unsafe { of::<Assign>(slot)(o, args, keywords) } {
        ..0 => core::ptr::null_mut(),
        _ => constants::NONE.to_ref().into_ptr(),
    }
}

/// The buffer of an object would be a memory view.
unsafe extern "C" fn buffer(_: Raw, _: Raw, _: *mut c_void) -> Raw {
    Result::<Ref>::Err(raise!(NotImplementedError, "__buffer__ is not supported by pycapsule")).into_c()
}

type Plain = unsafe extern "C" fn(Raw, Raw, *mut c_void) -> Raw;
type WithKeywords = unsafe extern "C" fn(Raw, Raw, *mut c_void, Raw) -> Raw;

/// A wrapper, as a row has it.
#[derive(Clone, Copy)]
enum Function {
    Plain(Plain),
    WithKeywords(WithKeywords),
}

/// The wrapper of a slot for one of its names; `None` for a name that does not call the slot.
const fn function(kind: W, name: usize) -> Option<Function> {
    const COMPARISONS: [Plain; 6] =
        [compare::<Py_LT>, compare::<Py_LE>, compare::<Py_EQ>, compare::<Py_NE>, compare::<Py_GT>, compare::<Py_GE>];
    Some(match (kind, name) {
        (W::Unary, _) => Function::Plain(unary),
        (W::Binary | W::Operator, 0) => Function::Plain(binary),
        (W::Operator, _) => Function::Plain(reversed),
        (W::Ternary | W::Power, 0) => Function::Plain(power),
        (W::Power, _) => Function::Plain(power_reversed),
        (W::Predicate, _) => Function::Plain(predicate),
        (W::Length | W::Hash, _) => Function::Plain(sized),
        (W::Repeat, _) => Function::Plain(repeat),
        (W::Item, _) => Function::Plain(item),
        (W::AssignItem, 0) => Function::Plain(set_item),
        (W::AssignItem, _) => Function::Plain(delete_item),
        (W::Contains, _) => Function::Plain(contains),
        (W::AssignKey, 0) => Function::Plain(assign_key),
        (W::DescrSet, 0) => Function::Plain(describe_set),
        (W::AssignKey | W::DescrSet, _) => Function::Plain(delete),
        (W::Setattr, 0) => Function::Plain(set_attribute),
        (W::Setattr, _) => Function::Plain(delete_attribute),
        (W::Compare, op) => Function::Plain(COMPARISONS[op]),
        (W::Next, _) => Function::Plain(next),
        (W::DescrGet, _) => Function::Plain(describe_get),
        (W::Call, _) => Function::WithKeywords(call),
        (W::Init, _) => Function::WithKeywords(init),
        (W::Del, _) => Function::Plain(finalize),
        (W::Buffer | W::ReleaseBuffer, _) => Function::Plain(buffer),
        (W::Nothing | W::New | W::Binary | W::Ternary, _) => return None,
    })
}

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
