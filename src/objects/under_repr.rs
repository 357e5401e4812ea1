//! The objects of extensions whose repr a thread is making (CPython: `Py_ReprEnter`). They are in a list in the
//! thread's dict, under the same name as in CPython.

use super::dict::{self, Dict};
use super::{extension_dicts, list};
use crate::runtime::{Obj, Own, Ref, Result, error};

const KEY: &str = "Py_Repr";

/// Remembers that this thread makes the repr of an object: false if it does that already. A thread that can't keep a
/// dict remembers nothing.
pub fn enter(o: Obj<'_>) -> Result<bool> {
    let Some(kept) = extension_dicts::of_thread() else { return Ok(true) };
    let Some(kept) = kept.borrow().downcast() else { return Ok(true) };
    let objects = of_dict(kept)?;
    let Some(objects) = objects.borrow().downcast() else { return Ok(true) };
    if list::items(objects).any(|known| known.borrow().is(o)) {
        return Ok(false);
    }
    list::append(objects, o).map(|()| true)
}

/// The list in a thread's dict, which is made if there is none.
fn of_dict(kept: Dict<'_>) -> Result<Ref> {
    if let Some(objects) = dict::get_str(kept, KEY)? {
        return Ok(objects);
    }
    let objects = list::new().map(Own::into_ref)?;
    dict::set_str(kept, KEY, objects.borrow())?;
    Ok(objects)
}

/// Forgets an object that [`enter`] remembers, if there is one. The error indicator does not change.
pub fn leave(o: Obj<'_>) {
    let before = error::take();
    let kept = extension_dicts::of_thread();
    let kept = kept.as_ref().and_then(|kept| kept.borrow().downcast());
    let objects = kept.and_then(|kept| dict::get_str(kept, KEY).ok().flatten());
    if let Some(objects) = objects.as_ref().and_then(|objects| objects.borrow().downcast()) {
        let last =
            (0..list::len(objects)).rev().find(|at| list::get(objects, *at).is_some_and(|known| known.borrow().is(o)));
        drop(last.and_then(|at| list::take(objects, at)));
    }
    error::put_back(before);
}
