//! `zip`: tuples of the items of several iterables.

use super::{defaults, iterators_of, made, next_of_each, strict};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::runtime::{Cells, Field, Layout, Obj, Own, Ref, Result, Type, View};
use core::cell::Cell;
use core::mem::offset_of;

/// The object. CPython's has two fields more.
#[repr(C)]
#[derive(Debug)]
pub struct ZipObject {
    ob_base: PyObject,
    iterators: Field,
    strict: Cell<bool>,
}

type Zip<'a> = View<'a, ZipObject>;

static_type! {
    /// `zip`
    pub PyZip_Type as ZIP = PyTypeObject {
        tp_name: c"zip".as_ptr(),
        tp_iternext: slots::unary(next),
        tp_new: slots::new(new),
        ..defaults::<ZipObject>()
    }
}

// SAFETY: instances of the type and of classes derived from it have this layout.
unsafe impl Layout for ZipObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_a(ZIP)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for ZipObject {}

// SAFETY: the object owns its iterators.
unsafe impl Owner for ZipObject {
    const FIELDS: &'static [usize] = &[offset_of!(ZipObject, iterators)];
}

/// `zip(*iterables, strict=False)`
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let strict = strict("zip", keywords)?;
    let iterators = iterators_of(tuple::items(args))?;
    made(class, |fields: &ZipObject| {
        fields.iterators.set(Some(iterators.into_ref()));
        fields.strict.set(strict);
    })
}

fn next(this: Zip<'_>) -> Result<Option<Ref>> {
    let fields = this.cells();
    let Some(iterators) = fields.iterators.get_as::<PyTupleObject>() else { return Ok(None) };
    if tuple::len(iterators.borrow()) == 0 {
        return Ok(None);
    }
    Ok(next_of_each("zip", iterators.borrow(), fields.strict.get())?.map(Own::into_ref))
}
