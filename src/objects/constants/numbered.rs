//! The constants that have a number in C's stable interface.

use super::{ELLIPSIS, FALSE, NONE, NOT_IMPLEMENTED, TRUE};
use crate::objects::{bytes, int, str, tuple};
use crate::runtime::Obj;

/// The constant of a number (CPython: `Py_GetConstant`), if there is one. Each is immortal, so its references are not
/// counted.
pub fn by_number(number: u32) -> Option<Obj<'static>> {
    match number {
        0 => Some(NONE),
        1 => Some(FALSE),
        2 => Some(TRUE),
        3 => Some(ELLIPSIS),
        4 => Some(NOT_IMPLEMENTED),
        5 => int::small(0),
        6 => int::small(1),
        7 => Some(*str::empty()),
        8 => Some(*bytes::empty()),
        9 => Some(*tuple::empty()),
        _ => None,
    }
}
