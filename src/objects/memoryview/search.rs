//! The methods `count` and `index` of a memoryview.

use super::{MemoryView, form, index as by_index, item, iterator, require_open};
use crate::objects::{arguments, int};
use crate::protocol::{compare, iteration};
use crate::runtime::{Obj, Ref, Result, raise, refusal};

/// The number of items that are equal to an object.
pub(super) fn count(o: MemoryView<'_>, value: Obj<'_>) -> Result<Ref> {
    let items = iterator::over(o)?;
    let mut count = 0;
    while let Some(item) = iteration::next(items.borrow())? {
        count += i64::from(compare::equal(item.borrow(), value)?);
    }
    int::from_i64(count)
}

/// The index of an object, searched for between two bounds; ValueError when it is missing.
pub(super) fn index(o: MemoryView<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("index", arguments.len(), 1, 3)?;
    let length = form(o).map_or(0, |form| if form.ndim() == 0 { 0 } else { form.shape(0).max(0) as usize });
    let bounds = arguments::bounds(arguments, || length)?;
    let Some(value) = arguments.first() else { return Err(refusal::null_error()) };
    let form = form(o)?;
    match form.ndim() {
        0 => return Err(raise!(TypeError, "invalid lookup on 0-dim memory")),
        1 => {}
        _ => return Err(raise!(NotImplementedError, "multi-dimensional lookup is not implemented")),
    }
    let code = item::single(&form)?;
    for at in bounds.start.min(length)..bounds.end.min(length) {
        // The code of a comparison may have released the view.
        require_open(o)?;
        // SAFETY: the place is that of an item.
        let item = unsafe { item::unpack_sized(code, &form, by_index::place(&form, at as isize)?)? };
        if compare::equal(item.borrow(), *value)? {
            return int::from_i64(at as i64);
        }
    }
    Err(raise!(ValueError, "memoryview.index(x): x not found"))
}
