//! `enumerate`: the items of an iterable, each with its number.

use super::{defaults, made};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::class_call::{self, Entry};
use crate::objects::dict::{self, Dict};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_lookup, int, iterator, str};
use crate::protocol::{iteration, number};
use crate::runtime::{Cells, Field, Layout, Obj, Own, Raised, Ref, Result, Type, View, raise};
use core::cell::Cell;
use core::mem::offset_of;

/// The object. CPython's has two fields more.
#[repr(C)]
#[derive(Debug)]
pub struct EnumerateObject {
    ob_base: PyObject,
    /// The next number, as long as `large` is NULL.
    next: Cell<isize>,
    iterator: Field,
    /// The next number, as an int, if it is larger than any index.
    large: Field,
}

type Enumerate<'a> = View<'a, EnumerateObject>;

static_type! {
    /// `enumerate`
    pub PyEnum_Type as ENUMERATE = PyTypeObject {
        tp_name: c"enumerate".as_ptr(),
        tp_iternext: slots::unary(next),
        tp_methods: (&raw mut METHODS).cast(),
        tp_new: slots::new(new),
        tp_vectorcall: Some(class_call::enter_slot::<ByArray>),
        ..defaults::<EnumerateObject>()
    }
}

static mut METHODS: [PyMethodDef; 2] = [class_lookup::CLASS_GETITEM, PyMethodDef::END];

// SAFETY: instances of the type and of classes derived from it have this layout.
unsafe impl Layout for EnumerateObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(ENUMERATE)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for EnumerateObject {}

// SAFETY: the object owns its iterator and a large number.
unsafe impl Owner for EnumerateObject {
    const FIELDS: &'static [usize] = &[offset_of!(EnumerateObject, iterator), offset_of!(EnumerateObject, large)];
}

/// `enumerate(iterable, start=0)`, for a class derived from it.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let signature = Signature { function: "enumerate", names: ["iterable", "start"], required: 1 };
    let [iterable, start] = signature.parse(tuple::items(args), keywords)?;
    iterable
        .map_or_else(|| Err(no_iterable()), |iterable| make(class, iterable.borrow(), start.as_ref().map(Ref::borrow)))
}

fn no_iterable() -> Raised {
    raise!(TypeError, "enumerate() missing required argument 'iterable'")
}

/// A call of `enumerate` itself, whose messages about arguments differ from those of classes derived from it.
enum ByArray {}

impl Entry for ByArray {
    fn call(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
        let given = tuple::len(arguments) + keywords.map_or(0, dict::len);
        match given {
            1 | 2 => {}
            _ if tuple::len(arguments) == 0 && given == 0 => return Err(no_iterable()),
            _ => return Err(raise!(TypeError, "enumerate() takes at most 2 arguments ({given} given)")),
        }
        let mut values = [const { None }; 2];
        for (value, argument) in values.iter_mut().zip(tuple::items(arguments)) {
            *value = Some(argument.to_ref());
        }
        let mut places: &[usize] = if tuple::len(arguments) == 0 { &[0, 1] } else { &[1] };
        for (name, value) in keywords.into_iter().flat_map(dict::entries) {
            if given == 2 && places == [0, 1] && str::is(name.borrow(), "start") {
                places = &[1, 0];
            }
            let Some((place, rest)) = places.split_first() else { break };
            if !str::is(name.borrow(), if *place == 0 { "iterable" } else { "start" }) {
                let shown = str::as_text(name.borrow());
                return Err(raise!(TypeError, "'{shown}' is an invalid keyword argument for enumerate()"));
            }
            values[*place] = Some(value);
            places = rest;
        }
        let [iterable, start] = &values;
        let iterable = iterable.as_ref().ok_or_else(no_iterable)?;
        make(class, iterable.borrow(), start.as_ref().map(Ref::borrow))
    }
}

fn make(class: Type<'_>, iterable: Obj<'_>, start: Option<Obj<'_>>) -> Result<Ref> {
    let start = start.map(number::index).transpose()?;
    let small = start.as_ref().map_or(Some(0), |start| int::compact(start.borrow()).or_else(|| as_isize(start)));
    let iterator = iterator::of(iterable)?;
    made(class, |fields: &EnumerateObject| {
        fields.iterator.set(Some(iterator));
        match small {
            Some(small) => fields.next.set(small),
            None => fields.large.set(start.map(Own::into_ref)),
        }
    })
}

/// An int as an index that has a next one.
fn as_isize(number: &Own<PyLongObject>) -> Option<isize> {
    int::word(int::number(number.borrow())).map(|word| word as isize)
}

/// The next number, as an int.
fn count(fields: &EnumerateObject) -> Result<Ref> {
    if let Some(number) = fields.large.get_as::<PyLongObject>() {
        let one = int::from_i64(1)?;
        let next = one.downcast().map(|one: Own<PyLongObject>| int::arithmetic::add(number.borrow(), one.borrow()));
        if let Ok(next) = next {
            fields.large.set(Some(next?));
        }
        return Ok(number.into_ref());
    }
    let number = fields.next.get();
    match number.checked_add(1) {
        Some(next) => fields.next.set(next),
        None => fields.large.set(Some(int::from_u64(number.unsigned_abs() as u64 + 1)?)),
    }
    int::from_i64(number as i64)
}

fn next(this: Enumerate<'_>) -> Result<Option<Ref>> {
    let fields = this.cells();
    let Some(iterator) = fields.iterator.get() else { return Ok(None) };
    let Some(item) = iteration::next(iterator.borrow())? else { return Ok(None) };
    let number = count(fields)?;
    tuple::tracked(&[number.borrow(), item.borrow()]).map(|pair| Some(pair.into_ref()))
}
