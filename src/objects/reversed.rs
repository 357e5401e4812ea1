//! `reversed`: the items of a sequence from the last to the first.

use super::iterator::{self, Class, Iterator, Steps};
use super::{arguments, constants, slots, special};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::protocol::sequence;
use crate::runtime::{Obj, Ref, Result, Type, View, error, raise};

/// The steps over the items of any sequence, from the last one on. The iterator's `remaining` counts those that are
/// still to come.
enum Items {}

static_type! {
    /// `reversed`
    pub PyReversed_Type as REVERSED = PyTypeObject {
        tp_new: slots::new(new),
        tp_flags: iterator::type_of::<Items>(c"reversed").tp_flags & !Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..iterator::type_of::<Items>(c"reversed")
    }
}

// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(REVERSED) };

// SAFETY: the step takes a reference to the container before it runs the code of `sq_item`.
unsafe impl Steps for Items {
    type Container = PyObject;

    fn left(at: &Iterator, container: View<'_, PyObject>) -> Result<Option<usize>> {
        let length = sequence::size(*container)?.unsigned_abs();
        Ok(Some(at.remaining.get()).filter(|left| *left <= length).or(Some(0)))
    }

    fn step(at: &Iterator, container: View<'_, PyObject>) -> Result<Option<(Ref, usize)>> {
        let container = container.to_own();
        let Some(index) = at.remaining.get().checked_sub(1) else { return Ok(None) };
        let item = sequence::item(container.as_obj(), index as isize);
        // Any error ends the iteration.
        at.remaining.set(if item.is_ok() { index } else { 0 });
        match item {
            Ok(item) => Ok(Some((item, at.position.get()))),
            Err(_) if [Exc::IndexError, Exc::StopIteration].into_iter().any(error::pending_is) => {
                error::clear();
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }
}

/// `reversed(sequence)`: the answer of its `__reversed__`, or an iterator over a sequence without one.
fn new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords("reversed", keywords)?;
    arguments::between("reversed", tuple::len(args), 1, 1)?;
    tuple::items(args).first().copied().map_or_else(|| Ok(constants::NONE.to_ref()), of)
}

/// An iterator over the items of a sequence from the last one on; TypeError for other objects.
fn of(o: Obj<'_>) -> Result<Ref> {
    let refuse = || raise!(TypeError, "'{}' object is not reversible", o.class().name());
    match special::find(o, "__reversed__")? {
        Some(method) if method.borrow().is(constants::NONE) => Err(refuse()),
        Some(method) => special::call_found(method, o, &[]),
        None if sequence::check(o) => iterator::new(ITEMS, o.as_view(), sequence::size(o)?.unsigned_abs()),
        None => Err(refuse()),
    }
}
