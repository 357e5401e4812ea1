//! `map`: the results of a function that is called with the items of one or several iterables.

use super::{defaults, iterators_of, made, next_of_each, strict};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, class_call};
use crate::protocol::iteration;
use crate::runtime::{Cells, Field, Layout, Obj, Own, Ref, Result, Type, View, raise};
use core::cell::Cell;
use core::mem::offset_of;

/// The object, with CPython's fields.
#[repr(C)]
#[derive(Debug)]
pub struct MapObject {
    ob_base: PyObject,
    iterators: Field,
    function: Field,
    strict: Cell<bool>,
}

type Map<'a> = View<'a, MapObject>;

static_type! {
    /// `map`
    pub PyMap_Type as MAP = PyTypeObject {
        tp_name: c"map".as_ptr(),
        tp_iternext: slots::unary(next),
        tp_new: slots::new(new),
        tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
        ..defaults::<MapObject>()
    }
}

// SAFETY: instances of the type and of classes derived from it have this layout.
unsafe impl Layout for MapObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(MAP)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for MapObject {}

// SAFETY: the object owns its function and its iterators.
unsafe impl Owner for MapObject {
    const FIELDS: &'static [usize] = &[offset_of!(MapObject, iterators), offset_of!(MapObject, function)];
}

/// `map(function, iterable, /, *iterables, strict=False)`
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let strict = strict("map", keywords)?;
    let [function, iterables @ ..] = tuple::items(args) else { return Err(too_few()) };
    if iterables.is_empty() {
        return Err(too_few());
    }
    let iterators = iterators_of(iterables)?;
    made(class, |fields: &MapObject| {
        fields.iterators.set(Some(iterators.into_ref()));
        fields.function.set(Some(function.to_ref()));
        fields.strict.set(strict);
    })
}

fn too_few() -> crate::runtime::Raised {
    raise!(TypeError, "map() must have at least two arguments.")
}

fn next(this: Map<'_>) -> Result<Option<Ref>> {
    let fields = this.cells();
    let (Some(iterators), Some(function)) = (fields.iterators.get_as::<PyTupleObject>(), fields.function.get()) else {
        return Ok(None);
    };
    // One iterable, as in most calls, needs no tuple of arguments.
    if let [iterator] = tuple::items(iterators.borrow()) {
        let Some(item) = iteration::next(*iterator)? else { return Ok(None) };
        return call::vectorcall(function.borrow(), &[item.borrow()], None).map(Some);
    }
    let items: Option<Own<PyTupleObject>> = next_of_each("map", iterators.borrow(), fields.strict.get())?;
    items.map(|items| call::vectorcall(function.borrow(), tuple::items(items.borrow()), None)).transpose()
}
