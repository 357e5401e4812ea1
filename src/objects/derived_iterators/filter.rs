//! `filter`: the items of an iterable for which a function, or the item itself, is true.

use super::{defaults, made};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, call, class_call, iterator};
use crate::protocol::iteration;
use crate::protocol::truth::truth;
use crate::runtime::known::{BOOL, NONE};
use crate::runtime::{Cells, Field, Layout, Obj, Ref, Result, Type, View, refusal};
use core::mem::offset_of;

/// The object, with CPython's fields.
#[repr(C)]
#[derive(Debug)]
pub struct FilterObject {
    ob_base: PyObject,
    function: Field,
    iterator: Field,
}

type Filter<'a> = View<'a, FilterObject>;

static_type! {
    /// `filter`
    pub PyFilter_Type as FILTER = PyTypeObject {
        tp_name: c"filter".as_ptr(),
        tp_iternext: slots::unary(next),
        tp_new: slots::new(new),
        tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
        ..defaults::<FilterObject>()
    }
}

// SAFETY: instances of the type and of classes derived from it have this layout.
unsafe impl Layout for FilterObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(FILTER)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for FilterObject {}

// SAFETY: the object owns its function and its iterator.
unsafe impl Owner for FilterObject {
    const FIELDS: &'static [usize] = &[offset_of!(FilterObject, function), offset_of!(FilterObject, iterator)];
}

/// `filter(function, iterable, /)`. A derived class with an `__init__` of its own may have keywords.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let own_init = FILTER.fields().tp_init;
    let same = class.fields().tp_init.zip(own_init).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
    arguments::no_keywords("filter", keywords.filter(|_| same))?;
    arguments::between("filter", tuple::len(args), 2, 2)?;
    let [function, iterable] = *tuple::items(args) else { return Err(refusal::null_error()) };
    let iterator = iterator::of(iterable)?;
    made(class, |fields: &FilterObject| {
        fields.function.set(Some(function.to_ref()));
        fields.iterator.set(Some(iterator));
    })
}

fn next(this: Filter<'_>) -> Result<Option<Ref>> {
    let fields = this.cells();
    let (Some(function), Some(iterator)) = (fields.function.get(), fields.iterator.get()) else { return Ok(None) };
    let function = function.borrow();
    let by_itself = function.is(NONE) || function.is(BOOL.as_obj());
    while let Some(item) = iteration::next(iterator.borrow())? {
        let is_wanted = match by_itself {
            true => truth(item.borrow())?,
            false => truth(call::vectorcall(function, &[item.borrow()], None)?.borrow())?,
        };
        if is_wanted {
            return Ok(Some(item));
        }
    }
    Ok(None)
}
