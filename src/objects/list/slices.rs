//! Assigning to a slice of a list.

use super::{List, splice};
use crate::objects::convert;
use crate::objects::tuple;
use crate::runtime::{Obj, Result, raise};
use core::ops::Range;

/// Replaces a range by the items of an iterable, which may be the list itself, or by nothing.
pub fn assign_slice(list: List<'_>, range: Range<usize>, iterable: Option<Obj<'_>>) -> Result<()> {
    match iterable {
        Some(iterable) => {
            let items = convert::fast(iterable, Some(&|| raise!(TypeError, "can only assign an iterable")))?;
            splice(list, range, tuple::items(convert::to_tuple(items.borrow())?.borrow()))
        }
        None => splice(list, range, &[]),
    }
}
