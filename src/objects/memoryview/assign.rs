//! Assignment to items of a memoryview.

use super::index::{self as by_index, Key};
use super::{MemoryView, form, item, require_open, slices};
use crate::abi::Exc;
use crate::runtime::{Obj, Result, error, raise};

/// Sets the item or the items that a key names (`mp_ass_subscript`).
pub(super) fn assign(o: MemoryView<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let form = form(o)?;
    let code = item::single(&form)?;
    if form.fields().readonly != 0 {
        return Err(raise!(TypeError, "cannot modify read-only memory"));
    }
    let Some(value) = value else { return Err(raise!(TypeError, "cannot delete memory")) };
    let place = match (Key::of(key), form.ndim()) {
        (Key::Indices([]) | Key::Ellipsis, 0) => form.start(),
        (_, 0) => return Err(by_index::no_dimension()),
        (Key::Index, 1) => {
            let index = by_index::number(o, &form, 0, key)?;
            by_index::place(&form, index)?
        }
        (Key::Index, _) => return Err(by_index::no_sub_views()),
        (Key::Indices(indices), ndim) if indices.len() < ndim => return Err(by_index::no_sub_views()),
        (Key::Indices(indices), _) => by_index::place_of(o, indices)?,
        (Key::Slice(slice), 1) => return slices::assign(o, slice, value),
        (Key::Slice(_) | Key::Slices, _) => {
            let restriction = "memoryview slice assignments are currently restricted to ndim = 1";
            return Err(error::raise(Exc::NotImplementedError, restriction));
        }
        _ => return Err(by_index::invalid_key()),
    };
    let packed = item::pack(code, value)?;
    // The code of the key or the value may have released the view.
    require_open(o)?;
    let size = packed.len().min(form.fields().itemsize.max(0) as usize);
    // SAFETY: the place is that of an item, which has as many bytes as its size states. The memory is not read-only.
    unsafe { place.copy_from_nonoverlapping(packed.as_ptr(), size) };
    Ok(())
}
