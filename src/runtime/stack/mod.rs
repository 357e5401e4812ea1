//! The C stack: whether it has room for another recursion that C can drive (CPython: `_Py_EnterRecursiveCall`).

mod measure;

pub(super) use measure::{Stack, with};
pub use measure::{has_room, in_use, is_low, is_own, keep};

use super::error::{Raised, Result};
use core::fmt::Display;
use core::sync::atomic::AtomicI32;

/// The largest depth of calls of Python code, which extension modules read and set. No Python code runs here.
pub static PYTHON_CALLS: AtomicI32 = AtomicI32::new(1000);

/// Enters a recursion, or raises RecursionError. `place` ends the message, as in CPython: " in comparison".
#[inline]
pub fn enter(place: &'static str) -> Result<()> {
    enter_for_c(place)
}

/// [`enter`], with a place that is shown as it comes from C.
#[inline]
pub fn enter_for_c(place: impl Display) -> Result<()> {
    with(|stack| if stack.is_exhausted() { Err(overflow(stack, place)) } else { Ok(()) })
}

#[cold]
fn overflow(stack: &Stack, place: impl Display) -> Raised {
    raise!(RecursionError, "Stack overflow (used {} kB){place}", stack.used() / 1024)
}
