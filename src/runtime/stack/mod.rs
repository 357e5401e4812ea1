//! The C stack: whether it has room for another recursion that C can drive (CPython: `_Py_EnterRecursiveCall`).

mod measure;

pub(super) use measure::{Stack, with};
pub use measure::{has_room, in_use, is_low, is_own, keep};

use super::error::{Raised, Result};

/// Enters a recursion, or raises RecursionError. `place` ends the message, as in CPython: " in comparison".
#[inline]
pub fn enter(place: &'static str) -> Result<()> {
    with(|stack| if stack.is_exhausted() { Err(overflow(stack, place)) } else { Ok(()) })
}

#[cold]
fn overflow(stack: &Stack, place: &str) -> Raised {
    raise!(RecursionError, "Stack overflow (used {} kB){place}", stack.used() / 1024)
}
